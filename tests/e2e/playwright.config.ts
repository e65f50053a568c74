// The end-to-end tests run against the release build, which `cargo xtask test e2e` serves.
import { defineConfig } from "@playwright/test";
import type { Options } from "./live";

export default defineConfig<Options>({
  testDir: ".",
  outputDir: "test-results",
  reporter: "list",
  forbidOnly: !!process.env.CI,
  // On a busy machine once more; the report still names such a test as flaky.
  retries: process.env.CI ? 1 : 0,
  // Two browsers at once are what a small machine carries without disturbing the tests.
  workers: 2,
  fullyParallel: true,
  // Speed is the bench's business: a busy machine fails no test.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  // Every test of the app that comes to ARM runs twice: with ARM's headers readable by a browser, and hidden from it.
  projects: [
    { name: "all", use: { expose: true } },
    { name: "headers hidden", testMatch: /live-(?!pages|refused).*\.spec\.ts/, use: { expose: false } },
  ],
  use: {
    baseURL: process.env.IDENTITY_PORTAL_URL ?? "http://localhost:8080/",
    browserName: "chromium",
    locale: "en-US",
    screenshot: "only-on-failure",
    // A worker's own requests pass by what a test routes; `offline.spec.ts` allows it.
    serviceWorkers: "block",
    launchOptions: {
      executablePath: process.env.CHROMIUM,
      // As root, Chromium's sandbox can't start; the rest keeps it from speaking to anyone.
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
