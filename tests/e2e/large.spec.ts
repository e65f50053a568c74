// Ten thousand groups and five thousand subscriptions load page by page, and only the visible rows are rendered.
import { choose, combobox, openForm, option } from "./pages";
import { expect, test } from "./watched";

test.beforeEach(async ({ page }) => {
  await openForm(page, "?mode=preview&sim=large");
  await choose(page, "Subscription", "Contoso Development");
});

test("a list of ten thousand groups is opened, navigated and filtered by keyboard", async ({ page }) => {
  const box = combobox(page, "Resource group");
  await box.fill("rg-contoso-09999");
  await expect(option(page, "rg-contoso-09999")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option").first()).toHaveAttribute("aria-setsize", "10029");
  await page.keyboard.press("End");
  await expect(page.getByRole("option").last()).toHaveAttribute("aria-posinset", "10029");
  expect(await page.getByRole("option").count()).toBeLessThan(40);
  await page.keyboard.press("Home");
  await page.keyboard.press("PageDown");
  expect(await page.getByRole("option").count()).toBeLessThan(40);
  await page.keyboard.type("0777");
  await expect(option(page, "rg-contoso-00777")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(box).toHaveValue("rg-contoso-00777");
});

test("a subscription among five thousand is found by its name", async ({ page }) => {
  await choose(page, "Subscription", "Contoso subscription 04999");
});
