// From 320 px to 4K, zoomed, with forced colours, with reduced motion: everything is usable and nothing is cut off.
import type { Page } from "@playwright/test";
import { button, combobox, create, DEVELOPMENT, fillBasics, main, nameBox, open, openForm, review, tab, TRAINING } from "./pages";
import { expect, test } from "./watched";

const EXISTING = `#/identity/subscriptions/${DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-existing`;
const scrollsSideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

test.describe("320 px wide", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  for (const hash of ["#/", "#/create", "#/identities", EXISTING, "#/guide", "#/guide?who=azure&where=aks&resources=one&lifetime=resource", "#/nowhere"]) {
    test(`${hash} does not scroll sideways`, async ({ page }) => {
      await open(page, hash);
      await expect(main(page).getByRole("heading").first()).toBeVisible();
      await expect(page.locator("main [aria-busy=true]")).toHaveCount(0);
      expect(await scrollsSideways(page)).toBe(false);
    });
  }

  for (const [name, ended] of [
    ["uami-narrow", "Your deployment is complete"],
    ["uami-deployment-fails", "Your deployment failed"],
  ] as const) {
    test(`a deployment does not scroll sideways: ${ended}`, async ({ page }) => {
      await openForm(page);
      await fillBasics(page, { ...TRAINING, name });
      await review(page);
      await create(page, ended);
      await expect(main(page)).toContainText("Correlation ID");
      expect(await scrollsSideways(page)).toBe(false);
    });
  }

  test("the form does not scroll sideways on any tab, with its list, its panel and its errors open", async ({ page }) => {
    await openForm(page);
    await fillBasics(page, { ...TRAINING, name: "x".repeat(129) });
    expect(await scrollsSideways(page)).toBe(false);
    await combobox(page, "Region").click();
    expect(await scrollsSideways(page)).toBe(false);
    await page.keyboard.press("Escape");
    await button(page, "Code").click();
    await expect(page.getByRole("complementary")).toContainText("az identity create");
    expect(await scrollsSideways(page)).toBe(false);
    await button(page, "Code").click();
    await tab(page, "Tags").click();
    await combobox(page, "Tag name 1").fill("Env");
    expect(await scrollsSideways(page)).toBe(false);
    await tab(page, "Review + create").click();
    await expect(page.getByRole("alert")).toBeVisible();
    expect(await scrollsSideways(page)).toBe(false);
  });
});

test("zoomed to 200 %, the form can be filled to the end", async ({ page }) => {
  // The effect of zooming: half the CSS pixels.
  await page.setViewportSize({ width: 640, height: 400 });
  await openForm(page);
  await fillBasics(page, TRAINING);
  await review(page);
  expect(await scrollsSideways(page)).toBe(false);
});

test("with text twice as large, nothing scrolls sideways", async ({ page }) => {
  await openForm(page);
  await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
  expect(await scrollsSideways(page)).toBe(false);
});

test("with text twice as large, rows of a list are as high as their text, and End shows the last one", async ({ page }) => {
  await openForm(page);
  await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
  await combobox(page, "Subscription").fill("Contoso Development");
  await page.keyboard.press("Enter");
  await combobox(page, "Resource group").click();
  const rows = page.getByRole("listbox", { name: "Resource group" }).getByRole("option");
  await expect(rows.first()).toBeVisible();
  expect((await rows.first().boundingBox())!.height).toBe(64);
  await page.keyboard.press("End");
  await expect(rows.last()).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("Home");
  await expect(rows.first()).toBeInViewport({ ratio: 1 });
});

test("on a phone, the form's footer is one row on every tab", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openForm(page);
  for (const name of ["Basics", "Access", "Tags", "Review + create"]) {
    await tab(page, name).click();
    await expect(page.getByRole("tabpanel", { name })).toBeVisible();
    const buttons = await page.locator(".create-footer").getByRole("button").all();
    const tops = new Set(await Promise.all(buttons.map(async (one) => Math.round((await one.boundingBox())!.y))));
    expect([...tops], name).toHaveLength(1);
  }
});

test("the form's footer stays at the bottom of the window, whatever is above it", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openForm(page);
  const end = async () => {
    const box = (await page.locator(".create-footer").boundingBox())!;
    return Math.round(box.y + box.height);
  };
  expect(await end()).toBe(900);
  await tab(page, "Review + create").click();
  await expect(page.getByRole("alert")).toBeVisible();
  expect(await end()).toBe(900);
});

test("on a low screen, a field's info is not covered by the footer", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 640 });
  await openForm(page);
  for (const field of ["Subscription", "Resource group", "Region", "Name"]) {
    await button(page, `More about ${field}`).click();
    const text = page.locator(".info-text");
    await expect(text).toBeInViewport({ ratio: 1 });
    const isOnTop = await text.evaluate((element) => {
      const { left, width, bottom } = element.getBoundingClientRect();
      return document.elementFromPoint(left + width / 2, bottom - 4) === element;
    });
    expect(isOnTop, field).toBe(true);
    await page.keyboard.press("Escape");
  }
});

for (const width of [412, 1200, 1280]) {
  test(`${width} px wide, every language of the code panel is in sight`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await openForm(page);
    await button(page, "Code").click();
    const languages = page.getByRole("complementary", { name: "Code" }).getByRole("tab");
    await expect(languages).toHaveCount(6);
    for (const language of await languages.all()) {
      const { x, width: own } = (await language.boundingBox())!;
      expect(x + own).toBeLessThanOrEqual(width);
      expect(await language.evaluate((element) => element.parentElement!.scrollWidth - element.parentElement!.clientWidth)).toBeLessThanOrEqual(0);
    }
    if (width >= 1280) expect(new Set(await languages.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().y))).size).toBe(1);
    expect(await scrollsSideways(page)).toBe(false);
  });
}

test("on a phone, the button that copies code covers none of it", async ({ page }) => {
  await page.setViewportSize({ width: 412, height: 900 });
  await open(page, EXISTING);
  await button(page, "JSON view").click();
  const [code, copy] = await Promise.all([main(page).getByRole("region", { name: "JSON view" }), button(page, "Copy JSON view")].map((one) => one.boundingBox()));
  expect(code!.x + code!.width).toBeLessThanOrEqual(copy!.x);
  expect(await scrollsSideways(page)).toBe(false);
});

test("on 4K, the form stays in a readable column", async ({ page }) => {
  await page.setViewportSize({ width: 3840, height: 2160 });
  await openForm(page);
  const box = await nameBox(page).boundingBox();
  expect(box!.width).toBeLessThanOrEqual(700);
  expect(await scrollsSideways(page)).toBe(false);
});

test("with forced colours, controls and focus have visible borders", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await openForm(page);
  for (const control of [nameBox(page), button(page, "Review + create")]) {
    expect(await control.evaluate((element) => getComputedStyle(element).borderStyle)).not.toBe("none");
  }
  await nameBox(page).focus();
  const outlined = await nameBox(page).evaluate((element) => getComputedStyle(element).outlineStyle);
  expect(outlined).not.toBe("none");
});

test("with reduced motion, nothing is animated", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openForm(page, "?mode=preview&sim=slow");
  await combobox(page, "Subscription").click();
  const moving = await page.evaluate(() =>
    document.getAnimations().filter((one) => one.playState === "running" && Number(one.effect!.getComputedTiming().duration) > 1).length,
  );
  expect(moving).toBe(0);
});

test("every target is 24 px or more", async ({ page }) => {
  await openForm(page);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll("button, a[href], input, [role=option]")]
      .filter((element) => element.checkVisibility() && !element.closest("p, li"))
      .map((element) => ({ name: element.getAttribute("aria-label") ?? element.textContent, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && (box.width < 24 || box.height < 24))
      .map(({ name, box }) => `${name} ${box.width}x${box.height}`),
  );
  expect(small).toEqual([]);
});
