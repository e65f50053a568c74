// A Chromium with storage partitioned by site, as people have it. Playwright's command line turns that off, which would hide
// failures; this one is started with a plain command line, and Playwright connects to it.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Browser, chromium } from "@playwright/test";

const ARGUMENTS = [
  "--headless=new", "--remote-debugging-port=0", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=en-US",
];

/** Starts a browser with these additional arguments, and ends it after `use`. */
export async function plainly(more: string[], use: (browser: Browser) => Promise<void>) {
  const folder = await mkdtemp(join(tmpdir(), "identity-portal-plain-"));
  const started = spawn(process.env.CHROMIUM ?? chromium.executablePath(), [...ARGUMENTS, ...more, `--user-data-dir=${folder}`, "about:blank"], {
    stdio: ["ignore", "ignore", "pipe"],
    detached: true,
  });
  const ended = new Promise((resolve) => started.once("exit", resolve));
  try {
    let address = "";
    for await (const line of createInterface({ input: started.stderr })) {
      address = /DevTools listening on (ws:\S+)/.exec(line)?.[1] ?? "";
      if (address) break;
    }
    started.stderr.resume();
    const browser = await chromium.connectOverCDP(address);
    await use(browser);
    await browser.close();
  } finally {
    // The whole process group.
    process.kill(-started.pid!, "SIGKILL");
    await ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
