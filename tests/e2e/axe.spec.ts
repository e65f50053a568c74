// axe finds nothing on any page, in any state, light and dark.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { button, combobox, configure, create, fillBasics, main, nameBox, open, openForm, option, panel, review, standing, tab, title, TRAINING } from "./pages";
import { expect, test } from "./watched";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function clean(page: Page, state: string) {
  // What has been scrolled under the header counts as obscured.
  await page.evaluate(() => scrollTo(0, 0));
  // Colours between two states are nobody's.
  await page.waitForFunction(() => document.getAnimations().every((animation) => !(animation instanceof CSSTransition)));
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}\n  ${node.failureSummary}`));
  expect(found, state).toEqual([]);
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("the form on Basics", async ({ page }) => {
      await openForm(page);
      await clean(page, "empty");
      await combobox(page, "Subscription").click();
      await expect(option(page, "Contoso Development")).toBeVisible();
      await clean(page, "with an open list");
      await option(page, "Contoso Development").click();
      await nameBox(page).fill("-");
      await button(page, "More about Region").click();
      await clean(page, "with an error and an open hint");
      await nameBox(page).fill("x".repeat(30));
      await button(page, "Create new").click();
      await nameBox(page.getByRole("dialog")).fill("a/b");
      await clean(page, "with the dialog");
    });

    test("the form on Tags and Review", async ({ page }) => {
      await openForm(page);
      await tab(page, "Tags").click();
      await combobox(page, "Tag name 1").fill("a/b");
      await clean(page, "tags");
      await tab(page, "Review + create").click();
      await expect(page.getByRole("alert")).toBeVisible();
      await clean(page, "review that is blocked");
      await button(page, "Code").click();
      await expect(panel(page)).toContainText("az identity create");
      await clean(page, "code panel");
    });

    test("a review that passed", async ({ page }) => {
      await openForm(page);
      await fillBasics(page, TRAINING);
      await review(page);
      await clean(page, "passed");
    });

    test("a review that Azure refused", async ({ page }) => {
      await openForm(page);
      await fillBasics(page, { ...TRAINING, name: "uami-region-full" });
      await review(page, "Validation failed.");
      await clean(page, "refused");
    });

    for (const hash of ["#/", "#/create", "#/identities", "#/identities?filter=nothing", "#/nowhere"]) {
      test(`the page ${hash}`, async ({ page }) => {
        await open(page, hash);
        await expect(title(page)).toBeVisible();
        if (hash === "#/identities") await expect(page.getByRole("link", { name: "uami-existing" })).toBeVisible();
        await clean(page, hash);
      });
    }

    test("the panels of the header", async ({ page }) => {
      await openForm(page);
      for (const [name, shown] of [
        ["Notifications", "No notifications yet."],
        ["Settings", "Theme"],
        ["Help", "without a password"],
        ["Account", "You're not signed in"],
      ]) {
        await button(page, name).click();
        await expect(page.getByText(shown).first()).toBeVisible();
        await clean(page, name);
      }
      await combobox(page, "Search").fill("existing");
      await expect(page.getByRole("option", { name: /uami-existing/ })).toBeVisible();
      await page.keyboard.press("ArrowDown");
      await clean(page, "search");
    });

    test("a deployment, from under way to the made identity", async ({ page }) => {
      await openForm(page);
      await fillBasics(page, TRAINING);
      await review(page);
      await button(page, "Create").click();
      await expect(standing(page, "Your deployment is under way")).toBeVisible();
      await clean(page, "under way");
      await expect(button(page, "Go to resource")).toBeVisible({ timeout: 20_000 });
      await clean(page, "complete");
      await button(page, "Go to resource").click();
      await expect(button(page, "Copy Client ID")).toBeVisible();
      await clean(page, "overview");
    });

    test("a deployment that failed", async ({ page }) => {
      await openForm(page);
      await fillBasics(page, { ...TRAINING, name: "uami-deployment-fails" });
      await review(page);
      await create(page, "Your deployment failed");
      await button(page, "What Azure said").click();
      await clean(page, "failed");
    });

    test("a config.json that needs mending", async ({ page }) => {
      await configure(page, { brnad: 1 });
      await open(page, "#/");
      await expect(main(page)).toContainText("brnad");
      await clean(page, "config");
    });
  });
}
