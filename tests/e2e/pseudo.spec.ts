// Every text that people read is in the catalogue: in the pseudo-locale, text without brackets is data.
import type { Page } from "@playwright/test";
import { DEVELOPMENT, open } from "./pages";
import { expect, test } from "./watched";

/** Visible texts, placeholders and accessible names that are neither pseudo-English nor in `data`. */
async function plain(page: Page, data: RegExp) {
  const found = await page.evaluate(() => {
    const texts: string[] = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (node.parentElement?.checkVisibility() && !node.parentElement.closest("pre, code")) texts.push(node.textContent ?? "");
    }
    for (const element of document.querySelectorAll("[aria-label], [placeholder], [title], [alt]")) {
      for (const name of ["aria-label", "placeholder", "title", "alt"]) texts.push(element.getAttribute(name) ?? "");
    }
    return texts;
  });
  // A sentence may contain data; the rest of the sentence has no plain vowels.
  const english = (text: string) => /[a-zA-Z]{2}/.test(text) && !(text.startsWith("[") && text.endsWith("]"));
  return [...new Set(found.map((text) => text.trim()))].filter((text) => english(text) && !data.test(text));
}

const accented = (text: string) =>
  "[" + text.replace(/[aeiouAEIOU]/g, (vowel) => "áéíöüÁÉÍÖÜ"["aeiouAEIOU".indexOf(vowel)]) + "·".repeat(Math.floor([...text].length / 3)) + "]";
const DATA = /^(localhost:\d+|Contoso .*|RG1|rg-.*|uami-.*|(East|West|North|South|Sweden|Central) [A-Z].*|eastus|[0-9a-f-]{36}|Microsoft\..*|Regional|None|Env|test|(east|west|north|south|sweden|central)[a-z]*\d?|\/subscriptions\/.*|\d+\/\d+\/\d{4}, .*)$/;

const ACCESS = new RegExp(`${DATA.source}|^(contoso\\w+.*|AcrPull|do-not-delete)$`);

test("the form in the pseudo-locale", async ({ page }) => {
  await open(page, "#/create/user-assigned-identity", "?locale=pseudo");
  const button = (name: string) => page.getByRole("button", { name: accented(name), exact: true });
  const box = (name: string) => page.getByRole("combobox", { name: accented(name), exact: true });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(accented("Create User Assigned Managed Identity"));
  expect(await plain(page, DATA)).toEqual([]);
  await box("Subscription").fill("Contoso Development");
  expect(await plain(page, DATA)).toEqual([]);
  await page.getByRole("option", { name: "Contoso Development" }).click();
  await box("Resource group").fill("RG1");
  await page.getByRole("option", { name: "RG1", exact: true }).click();
  await expect(box("Isolation scope")).toBeVisible();
  await page.getByRole("textbox", { name: accented("Name") }).fill("-");
  expect(await plain(page, DATA)).toEqual([]);
  await button("Create new").click();
  await expect(page.getByRole("dialog")).toBeVisible();
  expect(await plain(page, DATA)).toEqual([]);
  await page.keyboard.press("Escape");
  await button("Review + create").click();
  await expect(page.getByRole("alert")).toBeVisible();
  expect(await plain(page, DATA)).toEqual([]);
  await page.getByRole("tab", { name: accented("Access") }).click();
  await button("Add registry").click();
  await box("Registry").fill("contosodev");
  await page.getByRole("option", { name: /^contosodev/ }).click();
  await page.getByRole("checkbox", { name: accented("Lock the identity") }).check();
  await expect(page.getByText("AcrPull")).toBeVisible();
  expect(await plain(page, ACCESS)).toEqual([]);
  await page.getByRole("tab", { name: accented("Tags") }).click();
  await page.getByRole("combobox", { name: /Tág námé/ }).first().fill("a/b");
  expect(await plain(page, DATA)).toEqual([]);
  await button("Code").click();
  await expect(page.getByRole("complementary")).toContainText("az identity create");
  expect(await plain(page, DATA)).toEqual([]);
});

const GROUP = `subscriptions/${DEVELOPMENT}/resourceGroups/RG1`;
const EXISTING = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-existing`;

test("an identity in the pseudo-locale", async ({ page }) => {
  await open(page, `#/identity/${EXISTING}`, "?locale=pseudo");
  await expect(page.getByRole("main")).toContainText("East US");
  expect(await plain(page, DATA)).toEqual([]);
  await page.getByRole("button", { name: accented("JSON view"), exact: true }).click();
  expect(await plain(page, DATA)).toEqual([]);
});

test("federated credentials in the pseudo-locale", async ({ page }) => {
  await open(page, `#/identity/${EXISTING}`, "?locale=pseudo");
  await page.getByRole("tab", { name: accented("Federated credentials") }).click();
  await page.getByRole("button", { name: accented("Add credential"), exact: true }).click();
  await page.getByRole("button", { name: accented("Save"), exact: true }).click();
  await expect(page.getByRole("main")).toContainText(accented("Enter a value."));
  expect(await plain(page, new RegExp(`${DATA.source}|^(github|https://token\\..*|repo:.*|api://.*)$`))).toEqual([]);
});

test("access in the pseudo-locale", async ({ page }) => {
  await open(page, `#/identity/${EXISTING}`, "?locale=pseudo");
  const button = (name: string) => page.getByRole("button", { name: accented(name), exact: true });
  const data = new RegExp(`${DATA.source}|^(contoso.*|team\\*|Container Registry .*)$`);
  await page.getByRole("tab", { name: accented("Access") }).click();
  await expect(page.getByRole("main")).toContainText(accented("No roles yet"));
  await button("Add registry").click();
  await page.getByRole("combobox", { name: accented("Registry"), exact: true }).fill("contosoteam");
  await page.getByRole("option", { name: "contosoteam" }).click();
  await page.getByRole("textbox", { name: accented("Repositories") }).fill("team*");
  await expect(page.getByRole("main")).toContainText(accented("Why this role"));
  expect(await plain(page, data)).toEqual([]);
  await button("Save").click();
  await expect(page.getByRole("main")).toContainText(accented("Login server"));
  expect(await plain(page, data)).toEqual([]);
  await button("Add role").click();
  await button("Save").click();
  await expect(page.getByRole("main")).toContainText(accented("Choose a role."));
  expect(await plain(page, data)).toEqual([]);
});

test("locks in the pseudo-locale", async ({ page }) => {
  await open(page, `#/identity/${EXISTING}`, "?locale=pseudo&sim=locked");
  await page.getByRole("tab", { name: accented("Locks") }).click();
  await page.getByRole("button", { name: accented("Add lock"), exact: true }).click();
  await page.getByRole("button", { name: accented("Save"), exact: true }).click();
  await expect(page.getByRole("main")).toContainText(accented("Lock type"));
  expect(await plain(page, new RegExp(`${DATA.source}|^locked$`))).toEqual([]);
});

for (const [name, ended] of [
  ["uami-pseudo", "Your deployment is complete"],
  ["uami-deployment-fails", "Your deployment failed"],
] as const) {
  test(`a deployment in the pseudo-locale: ${ended}`, async ({ page }) => {
    await open(page, `#/create/user-assigned-identity?subscription=${DEVELOPMENT}&resourceGroup=RG1&region=eastus&name=${name}`, "?locale=pseudo");
    const button = (words: string) => page.getByRole("button", { name: accented(words), exact: true });
    await button("Review + create").click();
    await expect(button("Create")).toBeEnabled();
    await button("Create").click();
    await expect(page.getByRole("heading", { name: accented(ended) })).toBeVisible();
    await expect(page.getByRole("main")).toContainText(accented("Correlation ID"));
    expect(await plain(page, DATA)).toEqual([]);
  });
}

for (const hash of ["#/", "#/create", "#/identities", "#/guide?who=azure&where=vm&resources=many", "#/guide?who=outside&where=server", "#/nowhere"]) {
  test(`${hash} in the pseudo-locale`, async ({ page }) => {
    await open(page, hash, "?locale=pseudo");
    await expect(page.getByRole("main").getByRole("heading", { level: 1 })).toBeVisible();
    if (hash === "#/identities") await expect(page.getByRole("link", { name: "uami-existing" })).toBeVisible();
    expect(await plain(page, DATA)).toEqual([]);
  });
}
