// The whole journey by keyboard; the focused element is always visible.
import type { Locator, Page } from "@playwright/test";
import { button, combobox, fillBasics, main, nameBox, open, openForm, option, standing, tab, title } from "./pages";
import { expect, test } from "./watched";

/** Presses Tab until `to` has the focus; every stop on the way must be visible and not under the footer. */
async function tabTo(page: Page, to: Locator) {
  for (let presses = 0; presses < 60; presses++) {
    if (await to.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    await page.keyboard.press("Tab");
    expect(await hidden(page), "what has the focus is covered").toBe("");
  }
  await expect(to).toBeFocused();
}

/** What covers the focused element, or nothing. */
async function hidden(page: Page) {
  return page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    const focused = document.activeElement;
    if (!focused || focused === document.body) return "";
    const box = focused.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) return `${focused.id} has no size`;
    const [x, y] = [box.left + Math.min(box.width, 20) / 2, box.top + box.height / 2];
    if (y < 0 || y > innerHeight || x < 0 || x > innerWidth) return `${focused.id || focused.textContent} is out of sight at ${x}, ${y}`;
    const top = document.elementFromPoint(x, y);
    const label = top?.closest("label")?.getAttribute("for");
    return focused.contains(top) || top?.contains(focused) || label === focused.id ? "" : `${focused.id}: ${top?.outerHTML.slice(0, 80)}`;
  });
}

async function pick(page: Page, field: string, typed: string, entry: string) {
  await tabTo(page, combobox(page, field));
  await page.keyboard.type(typed);
  await expect(option(page, entry)).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(combobox(page, field)).toHaveValue(entry);
}

test("from the marketplace to the finished identity", async ({ page }) => {
  await open(page, "#/create");
  await tabTo(page, page.getByRole("searchbox", { name: "Search the marketplace" }));
  await page.keyboard.type("uami");
  await tabTo(page, button(page, "Create: User Assigned Managed Identity"));
  await page.keyboard.press("Enter");
  await expect(title(page)).toHaveText("Create User Assigned Managed Identity");

  await pick(page, "Subscription", "development", "Contoso Development");
  await pick(page, "Resource group", "rg1", "RG1");
  await expect(combobox(page, "Region")).toHaveValue("East US");
  await tabTo(page, nameBox(page));
  await page.keyboard.type("uami-keyboard");
  await tabTo(page, button(page, "Next : Tags >"));
  await page.keyboard.press("Enter");
  await tabTo(page, combobox(page, "Tag name 1"));
  await page.keyboard.type("Env");
  await tabTo(page, combobox(page, "Tag value 1"));
  await page.keyboard.type("test");
  await tabTo(page, button(page, "Next : Review + create >"));
  await page.keyboard.press("Enter");
  await expect(main(page)).toContainText("Validation passed");
  await tabTo(page, button(page, "Create"));
  await page.keyboard.press("Enter");
  await expect(standing(page, "Your deployment is complete")).toBeVisible();
  await tabTo(page, button(page, "Go to resource"));
  await page.keyboard.press("Enter");
  await expect(title(page)).toContainText("uami-keyboard");
});

test("tabs follow the arrow keys and open with Enter", async ({ page }) => {
  await openForm(page);
  await tab(page, "Basics").focus();
  await page.keyboard.press("ArrowRight");
  await expect(tab(page, "Access")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(tab(page, "Tags")).toBeFocused();
  await expect(tab(page, "Basics")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(tab(page, "Tags")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("End");
  await expect(tab(page, "Review + create")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(tab(page, "Basics")).toBeFocused();
});

test("a combobox follows the ARIA pattern", async ({ page }) => {
  await openForm(page);
  const box = combobox(page, "Subscription");
  await box.focus();
  await expect(box).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("ArrowDown");
  await expect(box).toHaveAttribute("aria-expanded", "true");
  await expect(option(page, "Contoso Development")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  const active = await box.getAttribute("aria-activedescendant");
  await expect(page.locator(`[id="${active}"]`)).toHaveText(/Contoso Archive/);
  await page.keyboard.press("Escape");
  await expect(box).toHaveAttribute("aria-expanded", "false");
  await expect(box).toHaveValue("");
  await page.keyboard.type("nothing like this");
  await expect(page.getByText("No matches.").first()).toBeAttached();
  await page.keyboard.press("Escape");
  await expect(box).toHaveValue("");
});

test("leaving the page from inside a field with the browser's Back causes no error", async ({ page }) => {
  await open(page, "#/create");
  await button(page, "Create: User Assigned Managed Identity").click();
  await nameBox(page).fill("uami-left");
  await expect(nameBox(page)).toBeFocused();
  await page.goBack();
  await expect(title(page)).toHaveText("Create a resource");
  await page.goForward();
  await expect(nameBox(page)).toHaveValue("uami-left");
  await combobox(page, "Subscription").fill("Contoso");
  await page.goBack();
  await expect(title(page)).toHaveText("Create a resource");
  await page.goForward();
  await fillBasics(page, { subscription: "Contoso Development" });
});

test("the skip link skips the header", async ({ page }) => {
  await openForm(page);
  await page.keyboard.press("Tab");
  await expect(button(page, "Skip to content")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(main(page)).toBeFocused();
});

test("in a low window, the footer never covers the focused element", async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 420 });
  await openForm(page);
  await fillBasics(page, { subscription: "Contoso Development" });
  await expect(combobox(page, "Isolation scope")).toBeVisible();
  await tab(page, "Basics").focus();
  await tabTo(page, button(page, "Next : Tags >"));
});

test("the focus is visible", async ({ page }) => {
  await openForm(page);
  for (const control of [combobox(page, "Subscription"), nameBox(page), button(page, "Create new"), tab(page, "Basics"), button(page, "Review + create")]) {
    await control.focus();
    await page.keyboard.press("Shift");
    const drawn = await control.evaluate((element) => {
      const styles = [element, element.parentElement!].map((one) => getComputedStyle(one));
      return styles.some((style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none");
    });
    expect(drawn).toBe(true);
  }
});

test("a removed element passes the focus on", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, { subscription: "Contoso Development", group: "RG1", name: "uami-focus" });
  await pressed(page, button(page, "Next : Tags >"));
  await expect(page.getByRole("tabpanel", { name: "Tags" })).toBeFocused();
  await combobox(page, "Tag name 1").fill("Env");
  await pressed(page, button(page, "Remove tag 1"));
  await expect(combobox(page, "Tag name 1")).toBeFocused();
  await pressed(page, button(page, "Next : Review + create >"));
  const reviewPanel = page.getByRole("tabpanel", { name: "Review + create" });
  await expect(reviewPanel).toBeFocused();
  await pressed(page, button(page, "Edit Tags"));
  await expect(page.getByRole("tabpanel", { name: "Tags" })).toBeFocused();
  await pressed(page, button(page, "Review + create"));
  await pressed(page, button(page, "Edit Basics"));
  await expect(page.getByRole("tabpanel", { name: "Basics" })).toBeFocused();
  await pressed(page, button(page, "Review + create"));
  await expect(main(page)).toContainText("Validation passed");
  await pressed(page, button(page, "Create"));
  await expect(title(page)).toBeFocused();
  await pressed(page, button(page.getByRole("region", { name: "New notifications" }), "Close"));
  await expect(page.getByRole("button", { name: /^Notifications/ })).toBeFocused();
  await page.getByRole("button", { name: /^Notifications/ }).click();
  await pressed(page, button(page, "Clear all"));
  await expect(page.getByRole("button", { name: /^Notifications/ })).toBeFocused();
});

test("a tab is shown from its start, also in a narrow window", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 600 });
  await openForm(page);
  await fillBasics(page, { subscription: "Contoso Development", group: "RG1", name: "uami-narrow" });
  await pressed(page, button(page, "Review + create"));
  await expect(main(page)).toContainText("Validation passed");
  await expect(tab(page, "Basics")).toBeInViewport();
  await expect(page.getByRole("tabpanel", { name: "Review + create" }).getByText("Validation passed")).toBeInViewport();
});

test("a lazily loaded page takes the focus when it has loaded", async ({ page }) => {
  await openForm(page);
  await pressed(page, page.getByRole("link", { name: "Check what you have" }));
  await expect(title(page)).toBeFocused();
  await nothingTyped(page);
});

/** Presses a button by keyboard. */
async function pressed(page: Page, what: Locator) {
  await what.focus();
  await page.keyboard.press("Enter");
}

/** Back on the form, Discard leads to the home page and its title. */
async function nothingTyped(page: Page) {
  await openForm(page);
  await nameBox(page).fill("uami-gone");
  await pressed(page, button(page, "Close"));
  await pressed(page, button(page, "Discard"));
  await expect(title(page)).toBeFocused();
}
