// The end-to-end tests run against the release build, which `cargo xtask test e2e` serves.
import { defineConfig } from "@playwright/test";
import type { Options } from "./live";

export default defineConfig<Options>({
  testDir: ".",
  outputDir: "test-results",
  reporter: "list",
  forbidOnly: !!process.env.CI,
  // Retry once on a busy machine; the report still lists such a test as flaky.
  retries: process.env.CI ? 1 : 0,
  // `cargo xtask test` says how many: one for each processor.
  workers: Number(process.env.IDENTITY_PORTAL_WORKERS ?? 2),
  fullyParallel: true,
  // Generous, since a busy machine should fail no test; the bench measures speed.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  // The tests of what ARM's headers change run twice: with the headers exposed to the browser, and hidden from it.
  projects: [
    { name: "all", use: { expose: true } },
    { name: "headers hidden", testMatch: /live-(faults|form|tokens)\.spec\.ts/, use: { expose: false } },
  ],
  use: {
    baseURL: process.env.IDENTITY_PORTAL_URL ?? "http://localhost:8080/",
    browserName: "chromium",
    locale: "en-US",
    screenshot: "only-on-failure",
    // A service worker's requests bypass the test's routes; `offline.spec.ts` allows it.
    serviceWorkers: "block",
    launchOptions: {
      executablePath: process.env.CHROMIUM,
      // As root, Chromium's sandbox can't start; the other flags prevent background connections.
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
