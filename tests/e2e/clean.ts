// What axe finds on a page: nothing, in any state.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export async function clean(page: Page, state: string) {
  // What has been scrolled under the header counts as obscured.
  await page.evaluate(() => scrollTo(0, 0));
  // Colours between two states are nobody's.
  await page.waitForFunction(() => document.getAnimations().every((animation) => !(animation instanceof CSSTransition)));
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}\n  ${node.failureSummary}`));
  expect(found, state).toEqual([]);
}
