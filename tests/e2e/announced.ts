// Records what screen readers announce: text inserted into a live region that was in the document before it, and new alerts.
import type { Page } from "@playwright/test";

declare global {
  interface Window {
    announced: string[];
  }
}

/** Starts recording with the next page load. */
export async function listen(page: Page) {
  await page.addInitScript(() => {
    window.announced = [];
    const LIVE = "[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]";
    const known = new WeakSet<Element>();
    const meet = (region: Element) => {
      if (region.matches("[role=alert]")) window.announced.push(region.textContent!.trim());
      // A region counts as known from the next paint on.
      requestAnimationFrame(() => known.add(region));
    };
    new MutationObserver((changes) => {
      for (const { type, target, addedNodes } of changes) {
        // A reused element may become a region.
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

/** The announcements so far, without empty ones. */
export const announced = (page: Page) => page.evaluate(() => window.announced.filter((text) => text));
