// The test function of every spec: it watches the page, and fails a test whose page logs to the console, sends a request to
// another origin, violates its policy or drops the focus.
import { test as base } from "@playwright/test";
import { watchFocus } from "./focus";

export { expect } from "@playwright/test";

/** Playwright's message when it blocks a service worker. */
export const BLOCKED = /Service Worker registration blocked by Playwright/;

/** A browser's warning on a busy machine, when the program loads late. */
const LATE = /preloaded using link preload but not used/;

/** Console messages that a test expects. */
type Expected = { expected: RegExp[] };

export const test = base.extend<Expected & { watched: void }>({
  expected: [[], { option: true }],
  watched: [
    async ({ page, baseURL, expected }, use, info) => {
      const words: string[] = [];
      const say = (word: string) => [...expected, BLOCKED, LATE].some((known) => known.test(word)) || words.push(word);
      page.on("console", (message) => say(`${message.type()}: ${message.text()}`));
      page.on("pageerror", (error) => say(`error: ${error.message}`));
      page.on("request", (request) => {
        const url = request.url();
        if (!url.startsWith(baseURL!) && !/^(data|blob):/.test(url)) say(`asked ${url}`);
      });
      await page.addInitScript(() =>
        document.addEventListener("securitypolicyviolation", (event) =>
          console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
        ),
      );
      await page.addInitScript(watchFocus);
      await use();
      if (info.status === info.expectedStatus && words.length > 0) throw new Error(`The page should be quiet:\n${words.join("\n")}`);
    },
    { auto: true },
  ],
});
