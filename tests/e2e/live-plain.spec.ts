// A browser as people have it: storage partitioned by site, third-party cookies blocked. Playwright's own command line turns the first off, so
// that what hangs for people would pass.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type BrowserContext, chromium } from "@playwright/test";
import { bar, configureLive, expect, openLive, sees, signIn, signInByWindow, test } from "./live";
import { button, create, fillBasics, nameBox, review, TRAINING } from "./pages";

const ARGUMENTS = [
  "--headless=new", "--remote-debugging-port=0", "--test-third-party-cookie-phaseout", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=en-US",
];

/** Starts a browser on a plain command line, and ends it after `use`. */
async function plainly(use: (context: BrowserContext) => Promise<void>) {
  const folder = await mkdtemp(join(tmpdir(), "identity-portal-plain-"));
  const started = spawn(process.env.CHROMIUM ?? chromium.executablePath(), [...ARGUMENTS, `--user-data-dir=${folder}`, "about:blank"], { stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise((resolve) => started.once("exit", resolve));
  try {
    let address = "";
    for await (const line of createInterface({ input: started.stderr })) {
      address = /DevTools listening on (ws:\S+)/.exec(line)?.[1] ?? "";
      if (address) break;
    }
    started.stderr.resume();
    const browser = await chromium.connectOverCDP(address);
    await use(browser.contexts()[0]);
    await browser.close();
  } finally {
    started.kill();
    await ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

test("signing in by a window and creating", async ({ cloud }) => {
  await plainly(async (context) => {
    await configureLive(context, { signIn: "popup" });
    const page = await context.newPage();
    await openLive(page, `${cloud.served.app}#/create/user-assigned-identity`);
    await nameBox(page).fill("uami-plain");
    await signInByWindow(page);
    await fillBasics(page, { ...TRAINING, name: "uami-plain" });
    await review(page);
    await create(page);
  });
});

test("where the sign-in's cookies are third-party, one silent try is made, and the person is asked", async ({ cloud }) => {
  await plainly(async (context) => {
    const page = await context.newPage();
    await openLive(page, `${cloud.served.app}#/create/user-assigned-identity`);
    await signIn(page);
    await cloud.entra("revoke");
    await cloud.arm("expire");
    await page.reload();
    await nameBox(page).fill("uami-plain");
    await expect(bar(page)).toContainText("Azure asks you to sign in again.");
    expect((await cloud.seen()).filter(({ prompt }) => prompt === "none")).toHaveLength(1);
    await button(bar(page), "Sign in").click();
    await sees(page, "Contoso Development");
    await expect(bar(page)).toHaveCount(0);
    await expect(nameBox(page)).toHaveValue("uami-plain");
  });
});
