// The header's panels: persistent appearance settings and Reset Preview. Also the list's CSV export.
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { button, combobox, create, DEVELOPMENT, fillBasics, main, nameBox, open, openForm, review, standing, TRAINING } from "./pages";
import { expect, test } from "./watched";

const region = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const height = async (page: Page) => (await nameBox(page).boundingBox())!.height;

test("density: compact is denser, and persists for the next visit", async ({ page }) => {
  await openForm(page);
  const normal = await height(page);
  await button(page, "Settings").click();
  await region(page, "Settings").getByRole("radio", { name: "Compact" }).check();
  expect(await height(page)).toBeLessThan(normal);
  expect(await height(page)).toBeGreaterThanOrEqual(24);
  await page.reload();
  // Until then the first screen may be replaced while it is measured.
  await expect(page.locator("#program")).toBeVisible();
  expect(await height(page)).toBeLessThan(normal);
  await button(page, "Settings").click();
  await expect(region(page, "Settings").getByRole("radio", { name: "Compact" })).toBeChecked();
  await region(page, "Settings").getByRole("radio", { name: "Normal" }).check();
  expect(await height(page)).toBe(normal);
});

test("theme: dark is dark, and persists for the next visit", async ({ page }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await openForm(page);
  const light = await background();
  await button(page, "Settings").click();
  await region(page, "Settings").getByRole("radio", { name: "Dark" }).check();
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.reload();
  expect(await background()).toBe(dark);
});

test("Reset Preview asks once, then deletes everything that was created", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, TRAINING);
  await review(page);
  await create(page);
  const reset = async (answer: string) => {
    await button(page, "Account").click();
    await button(page, "Reset Preview").click();
    await button(page.getByRole("dialog", { name: "Reset Preview?" }), answer).click();
  };
  await open(page, "#/identities");
  await expect(page.getByRole("link", { name: "uami-apl2003" })).toBeVisible();
  await reset("Cancel");
  await expect(page.getByRole("link", { name: "uami-apl2003" })).toBeVisible();
  await button(page, "Account").click();
  await reset("Reset");
  await expect(page.getByRole("link", { name: "uami-existing" })).toBeVisible();
  await expect(page.getByRole("link", { name: "uami-apl2003" })).toHaveCount(0);
  await button(page, "Notifications").click();
  await expect(region(page, "Notifications")).not.toContainText("uami-apl2003");
});

test("the list is exported with its filter", async ({ page }) => {
  await open(page, "#/identities");
  await expect(page.getByRole("link", { name: "uami-existing" })).toBeVisible();
  await page.getByRole("searchbox", { name: "Filter" }).fill("east us 2");
  await expect(page.getByRole("link", { name: "uami-existing" })).toHaveCount(0);
  const downloading = page.waitForEvent("download");
  await button(page, "Export to CSV").click();
  const file = await downloading;
  expect(file.suggestedFilename()).toBe("managed-identities.csv");
  // The spelling of ids in ARM's lists.
  const id = `/subscriptions/${DEVELOPMENT}/resourcegroups/rg-web-prod/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-web-prod`;
  const saved = await readFile(await file.path(), "utf8");
  expect(saved).toEqual(
    expect.stringMatching(/^\ufeffname,resourceGroup,region,subscription,id,clientId,principalId\r\n/),
  );
  const [, row] = saved.split("\r\n");
  expect(row).toMatch(/^"uami-web-prod","rg-web-prod","eastus2","Contoso Development","[^"]+","[0-9a-f-]{36}","[0-9a-f-]{36}"$/);
  expect(row).toContain(`"${id}"`);
  await page.getByRole("searchbox", { name: "Filter" }).fill("nothing like this");
  await expect(button(page, "Export to CSV")).toBeDisabled();
});

test("notifications survive a reload, until they are cleared", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, TRAINING);
  await review(page);
  await create(page);
  await page.reload();
  await page.getByRole("button", { name: /^Notifications, \d new/ }).click();
  await expect(region(page, "Notifications")).toContainText("uami-apl2003 was created");
  await page.reload();
  await button(page, "Notifications").click();
  await region(page, "Notifications").getByRole("link", { name: /uami-apl2003/ }).click();
  await expect(standing(page, "Your deployment is complete")).toBeVisible();
  await button(page, "Notifications").click();
  await button(page, "Clear all").click();
  await page.reload();
  await button(page, "Notifications").click();
  await expect(region(page, "Notifications")).not.toContainText("uami-apl2003");
});

test("named instances have separate drafts", async ({ page }) => {
  await openForm(page);
  await nameBox(page).fill("uami-nobody-s");
  await openForm(page, "?instance=left");
  await expect(nameBox(page)).toHaveValue("");
  await nameBox(page).fill("uami-left");
  await openForm(page, "?instance=right");
  await expect(nameBox(page)).toHaveValue("");
  await openForm(page, "?instance=left");
  await expect(nameBox(page)).toHaveValue("uami-left");
  await openForm(page);
  await expect(nameBox(page)).toHaveValue("uami-nobody-s");
});

test("a fault in the fragment works on every page", async ({ page }) => {
  await open(page, "#/identities?mode=preview&sim=offline");
  await expect(main(page)).toContainText("Azure could not be reached.");
  await page.goto("about:blank");
  const id = `subscriptions/${DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-existing`;
  await open(page, `#/identity/${id}?sim=offline`);
  await expect(main(page)).toContainText("Azure could not be reached.");
  await page.goto("about:blank");
  await open(page, "#/create?mode=preview&sim=nonsense");
  await expect(main(page)).toContainText("unknown simulation: nonsense");
  await expect(combobox(page, "Subscription")).toHaveCount(0);
});
