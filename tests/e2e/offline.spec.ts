// Offline visits, upgrades while pages are open, and what is never cached.
import { expect, test as base, type Page } from "@playwright/test";
import { Deployment, upgraded } from "./deployed";
import { TRAINING, button, combobox, create, fillBasics, nameBox, option, panel, review, tab, title } from "./pages";

const FORM = "#/create/user-assigned-identity";

const test = base.extend<{ site: Deployment }>({
  site: async ({}, use) => {
    const site = new Deployment();
    await site.start();
    await use(site);
    await site.stop();
  },
});
test.use({ serviceWorkers: "allow" });

/** Opens the form and waits until the program runs. */
async function visit(page: Page, site: Deployment) {
  await page.goto("about:blank");
  const response = await page.goto(`${site.address}${FORM}`);
  await expect(page.locator("#program")).toBeVisible();
  return response!;
}

/** Waits until the site is cached for the next visit. */
const keptForNext = (page: Page) => page.evaluate(async () => void (await navigator.serviceWorker.ready));

/** Every cached URL, in all caches. */
const kept = (page: Page) =>
  page.evaluate(async () => {
    const caches_ = await Promise.all((await caches.keys()).map((key) => caches.open(key)));
    return (await Promise.all(caches_.map((cache) => cache.keys()))).flat().map(({ url }) => url);
  });

const policyOf = async (page: Page, site: Deployment) => (await visit(page, site)).headers()["content-security-policy"];

/** Whether the page has the next version's style; the page may be navigating. */
const isUpgraded = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--upgraded") === "1").catch(() => false);

const news = (page: Page) => page.getByRole("status").filter({ hasText: "There is a new version of this page" });

test("the second visit needs no network, to the finished resource", async ({ page, context, site }) => {
  site.config({ brand: { name: "Contoso Cloud Desk" } });
  await visit(page, site);
  await keptForNext(page);
  await visit(page, site); // From this visit on, the worker sees the page's requests.
  await site.stop();
  await context.setOffline(true);
  await visit(page, site);
  await expect(page.getByRole("link", { name: "Contoso Cloud Desk" })).toBeVisible();
  await button(page, "Code").click();
  await expect(panel(page)).toBeVisible();
  await fillBasics(page, TRAINING);
  await tab(page, "Terraform").click();
  await expect(panel(page)).toContainText("azurerm_user_assigned_identity");
  await review(page);
  await create(page);
  await button(page, "Go to resource").click();
  await expect(title(page)).toHaveText("uami-apl2003");
});

test("the page that recommends a way works offline, though it was never opened before", async ({ page, site }) => {
  await visit(page, site);
  await keptForNext(page);
  await site.stop();
  await page.goto("about:blank");
  await page.goto(`${site.address}#/guide?who=person`);
  await expect(title(page)).toHaveText("Which way to sign in to the registry");
  await expect(page.getByRole("region", { name: "Sign-in on your computer" })).toContainText("az acr login");
});

test("one visit is enough, even if the worker never fetched config.json for the page", async ({ page, site }) => {
  await visit(page, site);
  await keptForNext(page);
  await site.stop();
  await visit(page, site);
  await combobox(page, "Subscription").click();
  await expect(option(page, "Contoso Development")).toBeVisible();
});

test("auth.html, the worker itself and anything with a token are never cached", async ({ page, site }) => {
  await visit(page, site);
  await keptForNext(page);
  await visit(page, site);
  await page.evaluate(async () => {
    for (const file of ["auth.html", "auth.js", "sw.js", "config.schema.json"]) await fetch(file);
    await fetch("config.json", { headers: { Authorization: "Bearer x" } });
  });
  const files = (await kept(page)).map((url) => url.replace(site.address, ""));
  expect(files).toContain("");
  expect(files).toContain("config.json");
  const allowed = /^(|config\.json|favicon\.svg|manifest\.webmanifest|icon-[\w-]+\.png|[\w-]+-[0-9a-f]{16}\.(js|css|wasm))$/;
  expect(files.filter((file) => !allowed.test(file))).toEqual([]);
  expect(files.filter((file) => /auth|sw\.js/.test(file))).toEqual([]);
  await site.stop();
  const answered = await page.evaluate(async () => {
    const reached = async (file: string, headers = {}) => (await fetch(file, { headers }).catch(() => undefined)) !== undefined;
    return { page: await reached("auth.html"), token: await reached("config.json", { Authorization: "Bearer x" }), plain: await reached("config.json") };
  });
  expect(answered).toEqual({ page: false, token: false, plain: true });
});

test("config.json comes from the network, and offline from its last valid copy", async ({ page, site }) => {
  site.config({ brand: { name: "First Desk" } });
  await visit(page, site);
  await keptForNext(page);
  await visit(page, site);
  site.config({ brand: { name: "Second Desk" } });
  await visit(page, site);
  await expect(page.getByRole("link", { name: "Second Desk" })).toBeVisible();
  site.config("<!doctype html><title>Sign in to this Wi-Fi</title>");
  await visit(page, site);
  await expect(page.getByRole("heading", { name: "This site's config.json has errors" })).toBeVisible();
  await site.stop();
  await visit(page, site);
  await expect(page.getByRole("link", { name: "Second Desk" })).toBeVisible();
});

test("a changed policy applies from the next visit on, online and offline", async ({ page, site }) => {
  await visit(page, site);
  await keptForNext(page);
  // Only the headers change, as when a deployment's config.json names another cloud.
  site.policy = site.policy.replace("connect-src 'self'", "connect-src 'self' https://management.example");
  expect(await policyOf(page, site)).toBe(site.served);
  await expect.poll(async () => (await site.stop(), await policyOf(page, site))).toBe(site.served);
  // And with a new version.
  await site.start();
  site.files = upgraded();
  site.policy = site.policy.replace("management.example", "management.upgraded.example");
  expect(await policyOf(page, site)).toBe(site.served);
  await keptForNext(page);
  await expect.poll(() => isUpgraded(page)).toBe(true);
});

test("a new version waits with a notice, and takes over with Reload; until then the old one keeps working", async ({ page, site }) => {
  await visit(page, site);
  await keptForNext(page);
  await visit(page, site);
  await nameBox(page).fill("uami-kept");
  site.files = upgraded();
  await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())!.update()));
  await expect(news(page)).toBeVisible();
  // A part that it hasn't loaded yet, and that was removed from the server.
  for (const name of [...site.files.keys()]) if (/^code-/.test(name)) site.files.delete(name);
  await button(page, "Code").click();
  await expect(panel(page)).toContainText("az ");
  site.files = upgraded();
  await news(page).getByRole("button", { name: "Reload" }).click();
  await expect.poll(() => isUpgraded(page)).toBe(true);
  await expect(page.locator("#program")).toBeVisible();
  await expect(nameBox(page)).toHaveValue("uami-kept");
  await expect(news(page)).toHaveCount(0);
  await site.stop();
  await visit(page, site);
  expect(await isUpgraded(page)).toBe(true);
});

test("during a deployment versions aren't mixed: the old one stays until the new one is complete", async ({ page, site }) => {
  await visit(page, site);
  await keptForNext(page);
  const old = site.files;
  site.files = new Map([...upgraded(), ["index.html", old.get("index.html")!]]);
  const state = await page.evaluate(async () => {
    const registration = (await navigator.serviceWorker.getRegistration())!;
    const gone = new Promise<void>((resolve) =>
      registration.addEventListener("updatefound", () => {
        const next = registration.installing!;
        next.addEventListener("statechange", () => next.state === "redundant" && resolve());
      }),
    );
    await registration.update().catch(() => {});
    await gone;
    return { waiting: registration.waiting !== null, active: registration.active?.state };
  });
  expect(state).toEqual({ waiting: false, active: "activated" });
  await site.stop();
  await visit(page, site);
  await nameBox(page).fill("-");
  await expect(nameBox(page)).toHaveAttribute("aria-invalid", "true");
});

test("turned off in config.json, it deletes what it cached", async ({ page, site }) => {
  await visit(page, site);
  await keptForNext(page);
  expect((await kept(page)).length).toBeGreaterThan(10);
  site.config({ offline: "off" });
  await visit(page, site);
  const left = () => page.evaluate(async () => ({ workers: (await navigator.serviceWorker.getRegistrations()).length, caches: await caches.keys() }));
  await expect.poll(left).toEqual({ workers: 0, caches: [] });
});

test("it can be installed", async ({ page, site }) => {
  await visit(page, site);
  const session = await page.context().newCDPSession(page);
  const { url, errors, data } = await session.send("Page.getAppManifest");
  expect(url).toBe(`${site.address}manifest.webmanifest`);
  expect(errors).toEqual([]);
  const manifest = JSON.parse(data!);
  for (const { src, sizes, type } of manifest.icons) {
    const size = await page.evaluate(async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, src);
    if (type === "image/png") expect(size).toBe(sizes);
  }
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual([]);
});

test("in data-saving mode the site isn't prefetched", async ({ page, site }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } }));
  await page.clock.install();
  await visit(page, site);
  // Without data-saving mode, the worker is registered by then.
  await page.clock.runFor(10_000);
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
});

test("a file that the browser evicted is fetched and cached again", async ({ page, site }) => {
  await visit(page, site);
  await keptForNext(page);
  const dropped = await page.evaluate(async () => {
    const [name] = (await caches.keys()).filter((key) => !key.endsWith("config"));
    const cache = await caches.open(name);
    const part = (await cache.keys()).find(({ url }) => /\/code-[0-9a-f]{16}\.wasm$/.test(url))!;
    await cache.delete(part);
    return part.url;
  });
  await visit(page, site);
  await button(page, "Code").click();
  await expect(panel(page)).toContainText("az ");
  await expect.poll(() => kept(page)).toContain(dropped);
  await site.stop();
  // The panel stays open.
  await visit(page, site);
  await expect(panel(page)).toContainText("az ");
});

test("without enough storage for the site, the page still works", async ({ page, site }) => {
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin: new URL(site.address).origin, quotaSize: 10_000 });
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.addInitScript(() => {
    if (!("serviceWorker" in navigator)) return;
    const { register } = ServiceWorkerContainer.prototype;
    ServiceWorkerContainer.prototype.register = async function (...given) {
      const registration = await register.apply(this, given);
      const worker = registration.installing!;
      worker.addEventListener("statechange", () => (document.documentElement.dataset.worker = worker.state));
      return registration;
    };
  });
  await visit(page, site);
  await expect(page.locator("html")).toHaveAttribute("data-worker", "redundant");
  await fillBasics(page, TRAINING);
  await review(page);
  await create(page);
  expect(errors).toEqual([]);
});
