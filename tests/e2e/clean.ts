// Checks that axe finds no problems on a page.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export async function clean(page: Page, state: string) {
  // axe reports elements scrolled under the header as obscured.
  await page.evaluate(() => scrollTo(0, 0));
  // Wait for transitions, and for toasts to fade in, since colours are in between until then.
  await page.waitForFunction(
    () =>
      document.getAnimations().every((animation) => !(animation instanceof CSSTransition)) &&
      [...document.querySelectorAll(".toast")].every((toast) => getComputedStyle(toast).opacity === "1"),
  );
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}\n  ${node.failureSummary}`));
  expect(found, state).toEqual([]);
}
