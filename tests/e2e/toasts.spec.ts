// News has a place of its own: it covers neither the header nor the page, however wide the window is.
import { button, create, fillBasics, openForm, review, standing, TRAINING } from "./pages";
import { expect, test } from "./watched";

for (const width of [320, 360, 800, 1200, 1920]) {
  test(`${width} px wide, toasts cover nothing`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await openForm(page);
    await fillBasics(page, TRAINING);
    await review(page);
    await create(page);
    const toasts = page.getByRole("region", { name: "New notifications" });
    await expect(toasts).toContainText("uami-apl2003 is created");
    const box = (await toasts.boundingBox())!;
    for (const other of [page.getByRole("banner"), page.getByRole("main")]) {
      const { x, y, width, height } = (await other.boundingBox())!;
      const apart = x >= box.x + box.width || x + width <= box.x || y >= box.y + box.height || y + height <= box.y;
      expect(apart).toBe(true);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
    await button(toasts, "Close").first().click();
    await expect(toasts).not.toContainText("uami-apl2003 is created");
    await expect(standing(page, "Your deployment is complete")).toBeVisible();
  });
}
