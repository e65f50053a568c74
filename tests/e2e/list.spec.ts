// The list of identities: filter, sorting, Back, empty results, and the focus.
import type { Page } from "@playwright/test";
import { announced, listen } from "./announced";
import { button, combobox, DEVELOPMENT, main, open, title } from "./pages";
import { expect, test } from "./watched";

const filter = (page: Page) => page.getByRole("searchbox", { name: "Filter" });
const names = (page: Page) => page.getByRole("rowheader").allTextContents();

async function openList(page: Page, query = "") {
  await open(page, `#/identities${query}`);
  await expect(page.getByText(/identities from \d+ subscriptions|match the filters/)).toBeVisible();
}

test("Back restores the filter, the pill and the order; so does a reload", async ({ page }) => {
  await openList(page);
  const all = await names(page);
  await filter(page).fill("prod");
  await combobox(page, "Subscription").selectOption("Contoso Development");
  await button(page, "Name").click();
  await expect.poll(async () => (await names(page)).length).toBeLessThan(all.length);
  const shown = await names(page);
  await page.getByRole("rowheader").first().getByRole("link").click();
  await expect(title(page)).toHaveText(shown[0]);
  await page.goBack();
  await expect(title(page)).toHaveText("Managed identities");
  await expect(filter(page)).toHaveValue("prod");
  await expect.poll(() => names(page)).toEqual(shown);
  await page.reload();
  await expect.poll(() => names(page)).toEqual(shown);
  await expect(combobox(page, "Subscription").locator("option:checked")).toHaveText("Contoso Development");
  await button(page, "Clear filters").click();
  await expect(filter(page)).toBeFocused();
  await expect.poll(() => names(page)).toHaveLength(all.length);
  expect(new URL(page.url()).hash).toBe("#/identities?order=descending");
});

test("the address keeps the app's own keys", async ({ page }) => {
  await open(page, "#/identities?sim=locked");
  await expect(page.getByText(/identities from \d+ subscriptions/)).toBeVisible();
  await filter(page).fill("uami");
  await expect.poll(() => new URL(page.url()).hash).toBe("#/identities?filter=uami&sim=locked");
});

test("columns are sorted both ways, and the heading keeps the focus", async ({ page }) => {
  await openList(page);
  const heading = (name: string) => page.getByRole("columnheader", { name });
  await expect(heading("Name")).toHaveAttribute("aria-sort", "ascending");
  await button(page, "Region").press("Enter");
  await expect(heading("Region")).toHaveAttribute("aria-sort", "ascending");
  await expect(heading("Name")).not.toHaveAttribute("aria-sort");
  await expect(button(page, "Region")).toBeFocused();
  const regions = () => page.locator("tbody tr td:nth-child(3)").allTextContents();
  expect(await regions()).toEqual([...(await regions())].sort((one, other) => one.toLowerCase().localeCompare(other.toLowerCase())));
  const up = await names(page);
  await button(page, "Region").press("Enter");
  await expect(heading("Region")).toHaveAttribute("aria-sort", "descending");
  expect(await names(page)).toEqual(up.reverse());
});

test("an empty filter result is shown and announced, with a button that clears the filter", async ({ page }) => {
  await listen(page);
  await openList(page);
  await filter(page).fill("nothing like this");
  await expect(main(page)).toContainText(/None of the \d+ identities match the filters/);
  await expect.poll(async () => (await announced(page)).at(-1)).toMatch(/None of the \d+ identities match/);
  await expect(page.getByRole("table")).toBeHidden();
  await button(page, "Clear filters").click();
  await expect(filter(page)).toBeFocused();
  await expect(page.getByRole("link", { name: "uami-existing" })).toBeVisible();
});

test("an identity is found by its client ID and its principal ID", async ({ page }) => {
  await open(page, `#/identity/subscriptions/${DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-existing`);
  const ids = main(page).locator(".id");
  await expect(ids.first()).toBeVisible();
  const [client, principal] = await ids.allTextContents();
  await openList(page);
  for (const id of [client, principal.toUpperCase()]) {
    await filter(page).fill(id);
    await expect.poll(() => names(page)).toEqual(["uami-existing"]);
  }
});

test("Preview doesn't link to the Azure portal", async ({ page }) => {
  await openList(page);
  await expect(page.getByRole("link", { name: /Azure portal/ })).toHaveCount(0);
});

test("Try again on an identity that is missing keeps the focus on the page", async ({ page }) => {
  await open(page, `#/identity/subscriptions/${DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-missing`);
  await expect(main(page)).toContainText("The identity uami-missing wasn't found");
  await button(page, "Try again").press("Enter");
  await expect(title(page)).toBeFocused();
});

test("more subscriptions, and more rows, keep the focus on the page", async ({ page }) => {
  await open(page, "#/identities?mode=preview&sim=large");
  const more = page.getByRole("button", { name: /^Search more subscriptions/ });
  await more.press("Enter", { timeout: 60_000 });
  const focused = () => page.evaluate(() => document.activeElement?.tagName);
  expect(await focused()).not.toBe("BODY");
  await expect(more).toBeVisible();
  expect(await focused()).not.toBe("BODY");
});
