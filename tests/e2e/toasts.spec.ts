// Toasts cover nothing that is used: they are above the page if there is no room beside it, or else over its free side. Every
// toast is announced, including the first, and closing one keeps the focus on the page.
import type { Locator, Page } from "@playwright/test";
import { announced, listen } from "./announced";
import { button, create, fillBasics, nameBox, openForm, review, standing, title, TRAINING } from "./pages";
import { expect, test } from "./watched";

const toasts = (page: Page) => page.getByRole("region", { name: "New notifications" });

async function created(page: Page) {
  await openForm(page);
  await fillBasics(page, TRAINING);
  await review(page);
  await create(page);
  await expect(toasts(page)).toContainText("uami-apl2003 was");
}

async function apart(one: Locator, other: Locator) {
  const [a, b] = [(await one.boundingBox())!, (await other.boundingBox())!];
  return b.x >= a.x + a.width || b.x + b.width <= a.x || b.y >= a.y + a.height || b.y + b.height <= a.y;
}

for (const width of [320, 360, 800, 1200, 1440, 1920]) {
  test(`${width} px wide, toasts cover neither the header, the title, nor the content`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await created(page);
    const used = [page.getByRole("banner"), page.locator(".page-head"), standing(page, "Your deployment is complete"), page.locator(".data-list").first()];
    for (const other of used) expect(await apart(toasts(page), other), await other.evaluate((element) => element.outerHTML.slice(0, 60))).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
    await button(toasts(page), "Close").first().click();
    await expect(toasts(page).getByText("uami-apl2003 was")).toHaveCount(0);
    await expect(standing(page, "Your deployment is complete")).toBeVisible();
  });
}

test("1440 px wide, the page keeps its width", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 800 });
  await created(page);
  const { width } = (await page.getByRole("main").boundingBox())!;
  expect(width).toBeGreaterThanOrEqual(1420);
});

test("the first toast is announced", async ({ page }) => {
  await listen(page);
  await openForm(page);
  await fillBasics(page, TRAINING);
  await review(page);
  await button(page, "Create").click();
  await expect.poll(async () => (await announced(page)).some((text) => text.includes("uami-apl2003"))).toBe(true);
  await expect(standing(page, "Your deployment is complete")).toBeVisible({ timeout: 20_000 });
});

test("closing toasts by keyboard never leaves the focus on the body", async ({ page }) => {
  await created(page);
  const bell = page.getByRole("button", { name: /^Notifications/ });
  while ((await toasts(page).count()) > 0) {
    await button(toasts(page), "Close").first().press("Enter");
    await expect.poll(() => page.evaluate(() => document.activeElement!.tagName)).not.toBe("BODY");
  }
  await expect(bell).toBeFocused();
});

test("Clear all leaves the focus in the panel", async ({ page }) => {
  await created(page);
  await page.getByRole("button", { name: /^Notifications/ }).click();
  await button(page, "Clear all").press("Enter");
  await expect(page.getByRole("region", { name: "Notifications", exact: true })).toContainText("No notifications yet.");
  expect(await page.evaluate(() => document.activeElement!.tagName)).not.toBe("BODY");
});

test("navigating to another page focuses its title", async ({ page }) => {
  await openForm(page);
  await expect(nameBox(page)).toBeVisible();
  await page.getByRole("link", { name: "Home" }).click();
  await expect(title(page)).toHaveText("Managed identities for Azure");
  await expect(title(page)).toBeFocused();
});

test("notifications added while the list is open count as seen, and no toast is under the list", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openForm(page);
  await fillBasics(page, { ...TRAINING, name: "uami-slow" });
  await review(page);
  await button(page, "Create").click();
  await expect(title(page)).toHaveText("Deployment of uami-slow");
  const bell = page.getByRole("button", { name: /^Notifications/ });
  await bell.click();
  const list = page.getByRole("region", { name: "Notifications", exact: true });
  const toast = page.getByRole("region", { name: "New notifications" });
  const [panel, news] = [(await list.boundingBox())!, (await toast.boundingBox())!];
  expect(news.x + news.width).toBeLessThanOrEqual(panel.x);
  await expect(list).toContainText("uami-slow was created", { timeout: 60_000 });
  await expect(bell).toHaveAccessibleName("Notifications");
});
