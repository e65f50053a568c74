// The header: a search that follows the combobox pattern, panels, shortcuts, tooltips, and its layout.
import { chromium, type Page } from "@playwright/test";
import { announced, listen } from "./announced";
import { button, combobox, main, nameBox, open, openForm, title } from "./pages";
import { expect, test } from "./watched";

const box = (page: Page) => combobox(page, "Search");
const results = (page: Page) => page.getByRole("listbox", { name: "Search results" });
const found = (page: Page, name: RegExp) => results(page).getByRole("option", { name });
const region = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test.describe("search", () => {
  test("arrows move through services and identities, Enter opens one, and the box is then empty", async ({ page }) => {
    await open(page, "#/");
    await box(page).fill("uami-existing");
    await expect(found(page, /uami-existing/)).toBeVisible();
    await expect(box(page)).toHaveAttribute("aria-expanded", "true");
    await expect(box(page)).not.toHaveAttribute("aria-activedescendant");
    await page.keyboard.press("ArrowDown");
    const first = results(page).getByRole("option").first();
    await expect(box(page)).toHaveAttribute("aria-activedescendant", (await first.getAttribute("id"))!);
    await expect(first).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("ArrowUp");
    await expect(results(page).getByRole("option").last()).toHaveAttribute("aria-selected", "true");
    await expect(box(page)).toBeFocused();
    await expect(found(page, /uami-existing/)).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Enter");
    await expect(title(page)).toHaveText("uami-existing");
    await expect(title(page)).toBeFocused();
    await expect(box(page)).toHaveValue("");
    await expect(results(page)).toHaveCount(0);
  });

  test("an identity is found by its client ID", async ({ page }) => {
    await open(page, "#/identities");
    await page.getByRole("link", { name: "uami-existing" }).click();
    const id = await main(page).locator(".id").first().textContent();
    await box(page).fill(id!);
    await expect(found(page, /uami-existing/)).toBeVisible();
  });

  test("Escape closes and clears", async ({ page }) => {
    await openForm(page);
    await box(page).fill("uami");
    await expect(results(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(results(page)).toHaveCount(0);
    await expect(box(page)).toHaveValue("");
    await expect(box(page)).toBeFocused();
  });

  test("the number of results is announced once, when the search has settled", async ({ page }) => {
    await listen(page);
    await open(page, "#/");
    await box(page).pressSequentially("uami-existing");
    await expect.poll(() => announced(page)).toContainEqual("1 result for “uami-existing”");
    expect((await announced(page)).filter((text) => /result/.test(text))).toEqual(["1 result for “uami-existing”"]);
    await box(page).fill("zzzz");
    await expect.poll(() => announced(page)).toContainEqual("0 results for “zzzz”");
  });
});

for (const name of ["Notifications", "Settings", "Help", "Account"]) {
  test(`${name} closes on a press elsewhere, on Escape, when the focus leaves it and on navigation`, async ({ page }) => {
    await openForm(page);
    const shows = async () => {
      await page.getByRole("button", { name: new RegExp(`^${name}`) }).click();
      await expect(region(page, name)).toBeVisible();
    };
    await shows();
    await page.mouse.click(5, 400);
    await expect(region(page, name)).toHaveCount(0);
    await shows();
    await page.keyboard.press("Escape");
    await expect(region(page, name)).toHaveCount(0);
    await expect(page.getByRole("button", { name: new RegExp(`^${name}`) })).toBeFocused();
    await shows();
    await nameBox(page).focus();
    await expect(region(page, name)).toHaveCount(0);
    await shows();
    await page.evaluate(() => (location.hash = "#/identities"));
    await expect(title(page)).toHaveText("Managed identities");
    await expect(region(page, name)).toHaveCount(0);
  });
}

for (const name of ["Notifications", "Settings", "Help", "Account"]) {
  test(`${name} opened by keyboard is where the focus goes next, and Escape returns it`, async ({ page }) => {
    await openForm(page);
    const opener = page.getByRole("button", { name: new RegExp(`^${name}`) });
    await opener.focus();
    await page.keyboard.press("Enter");
    await expect(region(page, name)).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(region(page, name)).toHaveCount(0);
    await expect(opener).toBeFocused();
  });
}

test("the first Tab in a panel goes to its first control", async ({ page }) => {
  await openForm(page);
  await button(page, "Settings").focus();
  await page.keyboard.press("Space");
  await expect(region(page, "Settings").getByRole("radio").first()).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(region(page, "Settings").getByRole("radio", { name: "Use system setting" })).toBeFocused();
});

test("a press inside a panel leaves it open", async ({ page }) => {
  await openForm(page);
  await button(page, "Settings").click();
  await region(page, "Settings").getByRole("radio", { name: "Compact" }).check();
  await region(page, "Settings").getByText("Saved in this browser.").click();
  await expect(region(page, "Settings")).toBeVisible();
});

test.describe("keys", () => {
  test("G and N, G and /, ?; not while typing", async ({ page }) => {
    await open(page, "#/");
    await expect(main(page).getByRole("heading", { level: 1 })).toBeVisible();
    await page.keyboard.press("g");
    await page.keyboard.press("/");
    await expect(box(page)).toBeFocused();
    await expect(box(page)).toHaveValue("");
    await page.keyboard.type("gn?");
    await expect(box(page)).toHaveValue("gn?");
    await page.keyboard.press("Escape");
    await button(page, "Help").focus();
    await page.keyboard.press("Shift+?");
    await expect(region(page, "Help")).toContainText("Keyboard shortcuts");
    await expect(region(page, "Help")).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(button(page, "Help")).toBeFocused();
    await page.keyboard.press("g");
    await page.keyboard.press("n");
    await expect(title(page)).toHaveText("Create a resource");
    await expect(title(page)).toBeFocused();
  });

  test("Ctrl+G stays the browser's, and N alone does nothing", async ({ page }) => {
    await open(page, "#/");
    await button(page, "Help").focus();
    await page.keyboard.press("Control+g");
    await page.keyboard.press("n");
    await page.keyboard.press("g");
    await page.keyboard.press("x");
    await page.keyboard.press("n");
    await expect(title(page)).toHaveText("Managed identities for Azure");
  });

  test("turned off, they do nothing", async ({ page }) => {
    await open(page, "#/");
    await button(page, "Settings").click();
    await region(page, "Settings").getByRole("group", { name: "Keyboard shortcuts" }).getByRole("radio", { name: "Off" }).check();
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.keyboard.press("g");
    await page.keyboard.press("n");
    await expect(title(page)).toHaveText("Managed identities for Azure");
    await expect(region(page, "Help")).toHaveCount(0);
  });
});

test("icons show a tooltip on hover and on focus, until Escape", async ({ page }) => {
  await openForm(page);
  const tooltip = button(page, "Settings").locator(".tooltip");
  await expect(tooltip).toBeHidden();
  await button(page, "Settings").hover();
  await expect(tooltip).toBeVisible();
  await expect(tooltip).toHaveText("Settings");
  await page.mouse.move(0, 500);
  await expect(tooltip).toBeHidden();
  await page.getByRole("button", { name: /^Notifications/ }).focus();
  await page.keyboard.press("Tab");
  await expect(tooltip).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(tooltip).toBeHidden();
});

for (const width of [320, 390]) {
  test(`${width} px wide, the header takes two rows`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await open(page, "#/");
    const { height } = (await page.getByRole("banner").boundingBox())!;
    expect(height).toBeLessThanOrEqual(96);
    const boxes = await Promise.all(
      [page.getByRole("link", { name: "Identity Portal" }), box(page), button(page, "Account")].map((part) => part.boundingBox()),
    );
    for (const { x, width: own } of boxes.map((part) => part!)) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + own).toBeLessThanOrEqual(width);
    }
  });
}

test("the browser's font size scales the page, and nothing is cut off", async ({ baseURL }) => {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--blink-settings=defaultFontSize=32"],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, baseURL });
  for (const hash of ["#/", "#/create", "#/identities", "#/check", "#/guide", "#/create/user-assigned-identity"]) {
    await open(page, hash);
    await expect(main(page).getByRole("heading", { level: 1 })).toBeVisible();
    const size = await main(page).evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
    expect(size).toBe(28);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), hash).toBeLessThanOrEqual(0);
  }
  await browser.close();
});

test("with forced colours, links have the system's link colour", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await open(page, "#/identities");
  const link = page.getByRole("link", { name: "uami-existing" });
  await expect(link).toBeVisible();
  const colours = await link.evaluate((element) => {
    const probe = document.createElement("span");
    probe.style.color = "LinkText";
    document.body.append(probe);
    const wanted = getComputedStyle(probe).color;
    probe.remove();
    return [getComputedStyle(element).color, wanted];
  });
  expect(colours[0]).toBe(colours[1]);
});

test("the browser's title is the page's heading", async ({ page }) => {
  for (const [hash, heading] of [
    ["#/", "Managed identities for Azure"],
    ["#/create", "Create a resource"],
    ["#/check", "Check what you have"],
    ["#/guide", "Which way to sign in to the registry"],
    ["#/nowhere", "Page not found"],
  ]) {
    await open(page, hash);
    await expect(title(page)).toHaveText(heading);
    await expect(page).toHaveTitle(`${heading} - Identity Portal`);
  }
});
