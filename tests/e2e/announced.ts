// What screen readers announce: words that come into a live region that was on the page before them, and new alerts.
import type { Page } from "@playwright/test";

declare global {
  interface Window {
    announced: string[];
  }
}

/** Listens from the next page load on. */
export async function listen(page: Page) {
  await page.addInitScript(() => {
    window.announced = [];
    const LIVE = "[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]";
    const known = new WeakSet<Element>();
    const meet = (region: Element) => {
      if (region.matches("[role=alert]")) window.announced.push(region.textContent!.trim());
      // Known once a frame is about to be painted with it.
      requestAnimationFrame(() => known.add(region));
    };
    new MutationObserver((changes) => {
      for (const { type, target, addedNodes } of changes) {
        // An element may be used again, and become a region then.
        if (type === "attributes") {
          if (target instanceof Element && target.matches(LIVE) && !known.has(target)) meet(target);
          continue;
        }
        for (const node of addedNodes) {
          if (!(node instanceof Element)) continue;
          for (const region of [...(node.matches(LIVE) ? [node] : []), ...node.querySelectorAll(LIVE)]) meet(region);
        }
        const element = target instanceof Element ? target : target.parentElement;
        const region = element?.closest(LIVE);
        if (region && known.has(region)) window.announced.push(region.textContent!.trim());
      }
    }).observe(document, { subtree: true, childList: true, characterData: true, attributeFilter: ["role", "aria-live"] });
  });
}

/** What was announced so far, without what is empty. */
export const announced = (page: Page) => page.evaluate(() => window.announced.filter((text) => text));
