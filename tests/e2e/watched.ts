// The test function of every spec: it watches the page, and fails a test whose page says a word in the console, asks
// another origin, breaks its policy or drops the focus.
import { test as base } from "@playwright/test";
import { watchFocus } from "./focus";

export { expect } from "@playwright/test";

/** What Playwright says where it keeps the page from having a worker. */
export const BLOCKED = /Service Worker registration blocked by Playwright/;

/** What a browser says on a busy machine, where the program comes late. */
const LATE = /preloaded using link preload but not used/;

/** What a test expects the console to say. */
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
