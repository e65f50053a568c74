// The code panel shows the same request in six languages, live.
import { button, combobox, DEVELOPMENT, fillBasics, nameBox, openForm, panel, tab, TRAINING } from "./pages";
import { expect, test } from "./watched";

const CASE: Record<string, string[]> = {
  "Azure CLI": [`az account set --subscription ${DEVELOPMENT}\n`, "az identity create -g RG1 -n uami-apl2003\n"],
  PowerShell: ["New-AzUserAssignedIdentity -ResourceGroupName RG1 -Name uami-apl2003 -Location eastus\n"],
  "ARM template": ['"type": "Microsoft.ManagedIdentity/userAssignedIdentities"', '"$schema"', "uami-apl2003"],
  Bicep: ["'Microsoft.ManagedIdentity/userAssignedIdentities@", "'uami-apl2003'"],
  Terraform: ['resource "azurerm_user_assigned_identity"', '"uami-apl2003"', '"RG1"'],
  REST: [`PUT https://management.azure.com/subscriptions/${DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-apl2003?api-version=`, "curl"],
};

test("each language shows the training page's case", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, TRAINING);
  await button(page, "Code").click();
  for (const [language, lines] of Object.entries(CASE)) {
    await tab(panel(page), language).click();
    for (const line of lines) await expect.poll(() => text(page, language)).toContain(line);
  }
  await button(page, "Code").click();
  await expect(panel(page)).toHaveCount(0);
});

test("the code follows the form on every tab, with placeholders for missing values", async ({ page }) => {
  await openForm(page);
  await button(page, "Code").click();
  await expect(panel(page)).toContainText("-g your-resource-group -n your-identity");
  await expect(panel(page)).toContainText("Placeholders stand in for missing values: Subscription, Resource group, Region, Name.");
  await nameBox(page).fill("uami-live");
  await expect(panel(page)).toContainText("-n uami-live");
  await tab(page, "Tags").click();
  await combobox(page, "Tag name 1").fill("Env");
  await combobox(page, "Tag value 1").fill("test");
  await expect(panel(page)).toContainText("--tags Env=test");
  await tab(page, "Review + create").click();
  await expect(panel(page)).toContainText("--tags Env=test");
});

test("hostile values are quoted, and run nothing", async ({ page }) => {
  const hostile = `it's "$(id)" \`id\` \${x} <img src=x onerror=alert(1)>`;
  await openForm(page, "", `?name=uami-apl2003&tag.note=${encodeURIComponent(hostile)}&tag.lines=${encodeURIComponent("one\ntwo")}`);
  await button(page, "Code").click();
  for (const [language, quoted] of [
    ["PowerShell", `'it''s "$(id)" \`id\` \${x} <img src=x onerror=alert(1)>'`],
    ["ARM template", JSON.stringify(hostile)],
    ["Bicep", `'it\\'s "$(id)" \`id\` \\\${x} <img src=x onerror=alert(1)>'`],
    ["Terraform", `"it's \\"$(id)\\" \`id\` $\${x} <img src=x onerror=alert(1)>"`],
  ]) {
    await tab(panel(page), language).click();
    await expect.poll(() => text(page, language)).toContain(quoted);
  }
  await tab(panel(page), "Azure CLI").click();
  await expect.poll(() => text(page, "Azure CLI")).toContain("one\\ntwo");
  await expect(panel(page).getByRole("img", { name: "x" })).toHaveCount(0);
});

test("hidden characters are escaped in the code and shown on the review; PowerShell is ASCII", async ({ page }) => {
  const value = "\u202eCOMPA\u00d1IA\u200b\u2019{{token}}";
  await openForm(page, "", `?name=uami-apl2003&tag.note=${encodeURIComponent(value)}`);
  await button(page, "Code").click();
  for (const [language, quoted] of [
    ["Azure CLI", '{"note":"\\u202eCOMPAÑIA\\u200b’{{token}}"}'],
    ["PowerShell", '"$([char]0x202e)COMPA$([char]0x00d1)IA$([char]0x200b)$([char]0x2019){{token}}"'],
    ["ARM template", '"\\u202eCOMPAÑIA\\u200b’{{token}}"'],
    ["Bicep", "'\\u{202e}COMPAÑIA\\u{200b}’{{token}}'"],
    ["Terraform", '"\\u202eCOMPAÑIA\\u200b’{{token}}"'],
    ["REST", '"\\u202eCOMPAÑIA\\u200b’\\u007b\\u007btoken}}"'],
  ]) {
    await tab(panel(page), language).click();
    await expect.poll(() => text(page, language)).toContain(quoted);
  }
  await tab(panel(page), "PowerShell").click();
  const [saved] = await Promise.all([page.waitForEvent("download"), button(panel(page), "Download").click()]);
  expect(await read(saved)).toMatch(/^[\x20-\x7e\n]*$/);
  await button(page, "Code").click();
  await tab(page, "Review + create").click();
  await expect(page.getByRole("main")).toContainText("<U+202E>COMPAÑIA<U+200B>’{{token}}");
});

test("Download saves the text as a file", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, TRAINING);
  await button(page, "Code").click();
  await tab(panel(page), "Bicep").click();
  await expect.poll(() => text(page, "Bicep")).toContain("uami-apl2003");
  const [saved] = await Promise.all([page.waitForEvent("download"), button(panel(page), "Download").click()]);
  expect(saved.suggestedFilename()).toBe("main.bicep");
  expect(await read(saved)).toBe(await text(page, "Bicep"));
});

test("the review gives a template for automation", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, TRAINING);
  await button(page, "Review + create").click();
  const [saved] = await Promise.all([page.waitForEvent("download"), button(page, "Download a template for automation").click()]);
  expect(saved.suggestedFilename()).toBe("template.json");
  const template = JSON.parse(await read(saved));
  expect(template.resources[0].type).toBe("Microsoft.ManagedIdentity/userAssignedIdentities");
});

test.describe("with a clipboard", () => {
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });

  test("Copy copies the text verbatim", async ({ page }) => {
    await openForm(page);
    await fillBasics(page, TRAINING);
    await button(page, "Code").click();
    await button(panel(page), "Copy").click();
    await expect(panel(page)).toContainText("Copied");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await text(page, "Azure CLI"));
  });
});

/** The text of a language, line breaks included. */
async function text(page: import("@playwright/test").Page, language: string) {
  return (await panel(page).getByRole("region", { name: language }).textContent()) ?? "";
}

async function read(saved: import("@playwright/test").Download) {
  const { readFile } = await import("node:fs/promises");
  return readFile(await saved.path(), "utf8");
}
