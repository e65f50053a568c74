// An identity's locks: adding and removing them, and what they keep from being changed.
import type { Page } from "@playwright/test";
import { button, combobox, DEVELOPMENT, described, main, open, option, tab } from "./pages";
import { expect, test } from "./watched";

const EXISTING = `#/identity/subscriptions/${DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-existing`;

const box = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
const lock = (page: Page, name: string) => page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, exact: true }) });

async function openLocks(page: Page, query = "") {
  await open(page, EXISTING, query);
  await tab(page, "Locks").click();
  await expect(button(page, "Add lock")).toBeVisible();
}

test("a lock by keyboard, then removed", async ({ page }) => {
  await openLocks(page);
  await expect(main(page)).toContainText("No locks");
  await button(page, "Add lock").press("Enter");
  await expect(page.getByRole("heading", { name: "Locks" })).toBeFocused();
  await box(page, "Lock name").focus();
  await page.keyboard.type("keep");
  await page.keyboard.press("Tab");
  await box(page, "Notes").fill("Ask the platform team.");
  await button(page, "Save").press("Enter");
  await expect(main(page)).toContainText("The lock keep was added.");
  await expect(lock(page, "keep")).toContainText("This identity");
  await expect(lock(page, "keep")).toContainText("Ask the platform team.");
  await button(lock(page, "keep"), "Remove keep").click();
  const question = page.getByRole("dialog", { name: "Remove this lock?" });
  await expect(button(question, "Cancel")).toBeFocused();
  await button(question, "Remove").click();
  await expect(main(page)).toContainText("The lock keep was removed.");
  await expect(main(page)).toContainText("No locks");
});

test("a read-only lock stops a federated credential, whose text stays", async ({ page }) => {
  await openLocks(page);
  await button(page, "Add lock").click();
  await combobox(page, "Lock type").click();
  await option(page, "Read-only").click();
  await described(combobox(page, "Lock type"), "Nobody can then change tags or federated credentials");
  await box(page, "Lock name").fill("frozen");
  await button(page, "Save").click();
  await expect(main(page)).toContainText("The lock frozen was added.");
  await tab(page, "Federated credentials").click();
  await button(page, "Add credential").click();
  for (const [field, value] of [["Organisation", "Contoso"], ["Repository", "shop"], ["Branch", "main"]]) await box(page, field).fill(value);
  await button(page, "Save").click();
  await expect(main(page)).toContainText("The federated credential github-Contoso-shop-main was not saved");
  await expect(main(page)).toContainText("A lock prevents changes here.");
  await expect(box(page, "Branch")).toHaveValue("main");
});

test("a name that Azure refuses is told before anything is sent, and a reload keeps it", async ({ page }) => {
  await openLocks(page);
  await button(page, "Add lock").click();
  await button(page, "Save").click();
  await expect(box(page, "Lock name")).toBeFocused();
  await described(box(page, "Lock name"), "Use 1 to 90 letters");
  await box(page, "Lock name").fill("a/b");
  await expect(box(page, "Lock name")).toHaveAttribute("aria-invalid", "true");
  await page.reload();
  await expect(box(page, "Lock name")).toHaveValue("a/b");
  await button(page, "Cancel").click();
  await expect(button(page, "Add lock")).toBeFocused();
});

test("locks of the resource group are shown, and removed only there", async ({ page }) => {
  await openLocks(page, "?sim=locked");
  await expect(lock(page, "locked")).toContainText("The resource group RG1");
  await expect(lock(page, "locked")).toContainText("Read-only");
  await expect(lock(page, "locked").getByRole("button")).toHaveCount(0);
});
