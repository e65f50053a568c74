// Write ownership: a run of one account, directory or mode is never sent as another, and its page names the owner.
import type { Page } from "@playwright/test";
import { clean } from "./clean";
import { button, combobox, DEVELOPMENT, main, nameBox, review, standing } from "./pages";
import { bar, choose, expect, FORM, kept, type LocalCloud, openLive, sees, signedIn, signIn, signInByWindow, test } from "./live";

const LINK = `${FORM}?subscription=${DEVELOPMENT}&resourceGroup=RG1&region=eastus&name=`;
const writes = async (cloud: LocalCloud) => (await cloud.asked()).filter(({ method }) => !["GET", "HEAD", "OPTIONS"].includes(method));
const puts = async (cloud: LocalCloud) => (await writes(cloud)).filter(({ method }) => method === "PUT");

/** Presses Create and leaves the page before any response: the run is stored, and its request never arrived. */
async function interrupted(page: Page, cloud: LocalCloud, name: string) {
  await page.goto(`./${LINK}${name}`);
  await expect(nameBox(page)).toHaveValue(name);
  await review(page);
  let isFirst = true;
  await page.route(`${cloud.served.arm}/**/deployments/**`, (route) => {
    if (route.request().method() !== "PUT" || !isFirst) return route.fallback();
    // Neither continued nor aborted: the page is left while it is pending.
    isFirst = false;
  });
  const sent = page.waitForRequest((request) => request.method() === "PUT");
  await button(page, "Create").click();
  await sent;
  await expect(standing(page, "Your deployment is under way")).toBeVisible();
}

/** Pastes a text on the page "Check what you have". */
async function paste(page: Page, name: string) {
  await page.getByRole("link", { name: "Check what you have" }).click();
  await page.getByRole("textbox", { name: "Text to check" }).fill(`az identity create -g RG1 -n ${name}`);
  await expect.poll(async () => (await kept(page)).session).toContain(name);
}

/** Signs in with another account, which is then the current one. */
async function add(page: Page, user: string) {
  await button(page, "Account").click();
  await button(page.getByRole("region", { name: "Account" }), "Use another account").click();
  await choose(page, user);
  await signedIn(page);
}

test("a run of Preview is never sent to Azure, and says that it was simulated", async ({ page, cloud }) => {
  await openLive(page);
  await signIn(page);
  await openLive(page, `${cloud.served.app}?mode=preview${LINK}uami-simulated`);
  await expect(combobox(page, "Resource group")).toHaveValue("RG1");
  await review(page);
  await button(page, "Create").click();
  await expect(standing(page, "Your deployment is under way")).toBeVisible();
  const { hash } = new URL(page.url());
  await page.goto("about:blank");
  await openLive(page, `${cloud.served.app}${hash}`);
  await expect(main(page)).toContainText("This deployment was simulated.");
  await expect(standing(page, "Your deployment is on hold")).toBeVisible();
  await expect(button(page, "Try again")).toHaveCount(0);
  // Its notifications are not in Live's list either.
  await button(page, "Notifications").click();
  await expect(page.getByRole("region", { name: "Notifications" })).not.toContainText("uami-simulated");
  expect(await puts(cloud)).toEqual([]);
  await page.getByRole("link", { name: "Open in Preview" }).click();
  await expect(standing(page, "Your deployment is complete")).toBeVisible({ timeout: 20_000 });
  expect(await puts(cloud)).toEqual([]);
});

test("another account's run waits for its own account and a button press", async ({ page, cloud }) => {
  await openLive(page);
  await signIn(page);
  await add(page, "Grace Hopper");
  await button(page, "Account").click();
  await button(page.getByRole("region", { name: "Account" }), "Use ada@contoso.example").click();
  await page.keyboard.press("Escape");
  await interrupted(page, cloud, "uami-of-ada");
  await button(page, "Account").click();
  await button(page.getByRole("region", { name: "Account" }), "Use grace@contoso.example").click();
  await page.reload();
  await expect(main(page)).toContainText("This deployment belongs to ada@contoso.example.");
  expect(await puts(cloud)).toEqual([]);
  await button(main(page), "Switch to ada@contoso.example").click();
  await button(main(page), "Continue").click();
  await expect(standing(page, "Your deployment is complete")).toBeVisible({ timeout: 20_000 });
  expect(await puts(cloud)).toHaveLength(1);
});

test("another account takes over a run only after a confirmation that says what was sent, and by whom", async ({ page, cloud }) => {
  await openLive(page);
  await signIn(page);
  await interrupted(page, cloud, "uami-handed-over");
  await add(page, "Grace Hopper");
  await expect(main(page)).toContainText("This deployment belongs to ada@contoso.example.");
  await button(main(page), "Create as grace@contoso.example instead").click();
  const dialog = page.getByRole("dialog", { name: "Create uami-handed-over as grace@contoso.example?" });
  await expect(dialog).toContainText("ada@contoso.example sent the deployment");
  await button(dialog, "Cancel").click();
  expect(await puts(cloud)).toEqual([]);
  await button(main(page), "Create as grace@contoso.example instead").click();
  await button(dialog, "Create as grace@contoso.example instead").click();
  await expect(standing(page, "Your deployment is complete")).toBeVisible({ timeout: 20_000 });
  expect(await puts(cloud)).toHaveLength(1);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("axe finds nothing on a deployment that is on hold", async ({ page, cloud }) => {
      await openLive(page);
      await signIn(page);
      await interrupted(page, cloud, "uami-on-hold");
      await add(page, "Grace Hopper");
      await expect(main(page)).toContainText("This deployment belongs to ada@contoso.example.");
      await clean(page, "on hold");
      await button(main(page), "Create as grace@contoso.example instead").click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await clean(page, "question");
    });
  });
}

test("signing out asks for confirmation while a run is active, and deletes the account's runs, texts and notifications", async ({ page, cloud }) => {
  await openLive(page);
  await signIn(page);
  await paste(page, "uami-pasted");
  await interrupted(page, cloud, "uami-left");
  const { hash } = new URL(page.url());
  await button(page, "Account").click();
  await button(page.getByRole("region", { name: "Account" }), "Sign out").click();
  const dialog = page.getByRole("dialog", { name: "Sign out while something is under way?" });
  await expect(dialog).toContainText("uami-left");
  await button(dialog, "Sign out").click();
  await expect(bar(page)).toContainText("You're not signed in.");
  for (const name of ["uami-left", "uami-pasted"]) expect((await kept(page)).session).not.toContain(name);
  await signIn(page, "Grace Hopper");
  await openLive(page, `${cloud.served.app}${hash}`);
  await expect(main(page)).toContainText("There is no such deployment");
  expect(await puts(cloud)).toEqual([]);
});

test.describe("if a sign-in expires", () => {
  test.use({ config: { session: { idleMinutes: 600, absoluteMinutes: 60 } } });

  test("no other account replaces it automatically", async ({ page, cloud }) => {
    await page.clock.install();
    await openLive(page);
    await signIn(page);
    await page.clock.fastForward("30:00");
    await add(page, "Grace Hopper");
    await button(page, "Account").click();
    await button(page.getByRole("region", { name: "Account" }), "Use ada@contoso.example").click();
    await page.keyboard.press("Escape");
    await page.goto(`./${LINK}uami-of-ada`);
    await expect(nameBox(page)).toHaveValue("uami-of-ada");
    await review(page);
    await page.clock.fastForward("31:00");
    await expect(bar(page).getByRole("alert")).toContainText("You were signed out: a sign-in lasts for 60 minutes here.");
    await expect(bar(page)).toContainText("You're not signed in.");
    const asked = (await cloud.asked()).filter(({ user }) => user === "grace@contoso.example");
    await page.reload();
    await expect(bar(page)).toContainText("You're not signed in.");
    expect((await cloud.asked()).filter(({ user }) => user === "grace@contoso.example")).toEqual(asked);
    // The other account can be selected with one press.
    await button(page, "Account").click();
    await button(page.getByRole("region", { name: "Account" }), "Use grace@contoso.example").click();
    await expect(bar(page)).toHaveCount(0);
    expect(await puts(cloud)).toEqual([]);
  });
});

for (const cache of ["session", "memory"]) {
  test.describe(`tokens kept in ${cache}`, () => {
    test.use({ config: { tokenCache: cache, signIn: "popup" } });

    test("a tab that was asleep while its account signed out in another deletes its data too", async ({ page, context, cloud }) => {
      await openLive(page);
      await signInByWindow(page);
      await interrupted(page, cloud, "uami-sent");
      const { hash } = new URL(page.url());
      await openLive(page, `${cloud.served.app}${FORM}`);
      await nameBox(page).fill("uami-typed");
      await expect.poll(async () => (await kept(page)).session).toContain("uami-typed");
      await paste(page, "uami-pasted");
      await page.goto("about:blank");
      const other = await context.newPage();
      await openLive(other);
      const opened = other.waitForEvent("popup");
      await button(bar(other), "Sign in").click();
      await opened;
      await expect(bar(other)).toHaveCount(0);
      await button(other, "Account").click();
      await button(other.getByRole("region", { name: "Account" }), "Sign out").click();
      await expect(bar(other)).toContainText("You're not signed in.");
      await openLive(page);
      await expect(bar(page)).toContainText("You're not signed in.");
      await expect(nameBox(page)).toHaveValue("");
      const { session } = await kept(page);
      for (const name of ["uami-typed", "uami-sent", "uami-pasted"]) expect(session).not.toContain(name);
      await openLive(page, `${cloud.served.app}${hash}`);
      await expect(main(page)).not.toContainText("uami-sent");
      expect(await puts(cloud)).toEqual([]);
    });
  });
}

test.describe("kept in memory", () => {
  test.use({ config: { tokenCache: "memory", signIn: "popup" } });

  test("a page restored from the back/forward cache is signed out if the account signed out meanwhile", async ({ page, context }) => {
    await openLive(page);
    await signInByWindow(page);
    // The page must be idle before it goes into the back/forward cache: the lists have loaded, and nothing more is filled in.
    await sees(page, "Contoso Development");
    await nameBox(page).fill("uami-typed");
    await expect.poll(async () => (await kept(page)).session).toContain("uami-typed");
    const account = await page.evaluate(() => {
      const key = Object.keys(localStorage).find((key) => key.startsWith("identity-portal:active "))!;
      return key.slice("identity-portal:active ".length);
    });
    // What the other tab stores: a page in the back/forward cache gets no events.
    const other = await context.newPage();
    await openLive(other);
    await other.evaluate((account) => {
      for (const key of ["signed-out", "forget"]) localStorage.setItem(`identity-portal:${key} ${account}`, String(Date.now()));
    }, account);
    // Another process's storage is visible after a moment.
    await expect.poll(() => page.evaluate((account) => localStorage.getItem(`identity-portal:forget ${account}`), account)).not.toBeNull();
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
    await expect(bar(page)).toContainText("You're not signed in.");
    await expect(nameBox(page)).toHaveValue("");
  });

  test("a pasted text that was forgotten meanwhile is gone from a page restored from the back/forward cache", async ({ page, context }) => {
    await openLive(page);
    await signInByWindow(page);
    await page.evaluate(() => (location.hash = "#/check"));
    const pasted = page.getByRole("textbox", { name: "Text to check" });
    await pasted.fill("az identity create -g RG1 -n uami-pasted");
    await expect(main(page)).toContainText("one identity");
    const account = await page.evaluate(() => {
      const key = Object.keys(localStorage).find((key) => key.startsWith("identity-portal:active "))!;
      return key.slice("identity-portal:active ".length);
    });
    const other = await context.newPage();
    await openLive(other);
    await other.evaluate((account) => localStorage.setItem(`identity-portal:forget ${account}`, String(Date.now())), account);
    await expect.poll(() => page.evaluate((account) => localStorage.getItem(`identity-portal:forget ${account}`), account)).not.toBeNull();
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
    await expect(pasted).toHaveValue("");
    await expect(main(page)).not.toContainText("uami-pasted");
  });
});

test("switching the directory during a run stops it, and its page names the owner", async ({ page, cloud }) => {
  await openLive(page);
  await signIn(page);
  await page.goto(`./${LINK}uami-of-contoso`);
  await review(page);
  // The run reads the state before it sends anything, and is paused there.
  let isHeld = () => {};
  let go = () => {};
  const [held, going] = [new Promise<void>((resolve) => (isHeld = resolve)), new Promise<void>((resolve) => (go = resolve))];
  await page.route(`${cloud.served.arm}/**/userAssignedIdentities/uami-of-contoso?*`, async (route) => {
    if (page.url().includes("#/deployment/")) {
      isHeld();
      await going;
    }
    await route.fallback();
  });
  await button(page, "Create").click();
  await held;
  await button(page, "Account").click();
  const account = page.getByRole("region", { name: "Account" });
  await button(account, "Switch to Fabrikam").click();
  await expect(button(account, "Switch to Contoso")).toBeVisible();
  await page.keyboard.press("Escape");
  go();
  await expect(main(page)).toContainText("This deployment belongs to another directory.");
  await expect(main(page)).toContainText("ada@contoso.example started it in the directory 6f1d8e52-90ab-4c37-8d24-b5e07a3c1f96.");
  expect(await puts(cloud)).toEqual([]);
  await button(main(page), "Switch directory").click();
  await button(main(page), "Continue").click();
  await expect(standing(page, "Your deployment is complete")).toBeVisible();
  expect(await puts(cloud)).toHaveLength(1);
});

/** Another tab with a copy of the session storage of `page`'s tab, like Duplicate in a browser. */
async function duplicate(page: Page) {
  const kept = await page.evaluate(() => Object.entries({ ...sessionStorage }));
  const copy = await page.context().newPage();
  await copy.addInitScript((kept: [string, string][]) => {
    // Only at the first load: later the duplicate has its own storage.
    if (sessionStorage.length === 0) for (const [key, value] of kept) sessionStorage.setItem(key, value);
  }, kept);
  await copy.goto(page.url());
  return copy;
}

/** Holds write requests until `go` is called. */
async function heldBack(page: Page, cloud: LocalCloud) {
  let go = () => {};
  const going = new Promise<void>((resolve) => (go = resolve));
  await page.route(`${cloud.served.arm}/**`, async (route) => {
    if (route.request().method() === "PUT") await going;
    await route.fallback();
  });
  return () => go();
}

const ELSEWHERE = "Another tab is carrying out this deployment";

for (const path of ["a deployment", "single requests"] as const) {
  const start = async (page: Page, name: string) => {
    await page.goto(`./${LINK}${name}`);
    await expect(nameBox(page)).toHaveValue(name);
    await review(page);
    if (path === "single requests") {
      await page.getByRole("checkbox", { name: "Create without a template deployment" }).check();
      await expect(main(page)).toContainText("Ready to create.");
    }
    const sent = page.waitForRequest((request) => request.method() === "PUT");
    await button(page, "Create").click();
    await sent;
  };

  test(`a duplicated tab sends nothing while the other one executes the run, and shows how it ended: ${path}`, async ({ page, cloud }) => {
    await openLive(page);
    await signIn(page);
    const go = await heldBack(page, cloud);
    await start(page, "uami-copied");
    const copy = await duplicate(page);
    await expect(standing(copy, ELSEWHERE)).toBeVisible();
    await expect(main(copy)).toContainText("This tab is a copy and sends nothing.");
    expect(await puts(cloud)).toEqual([]);
    go();
    await expect(standing(page, "Your deployment is complete")).toBeVisible();
    await expect(standing(copy, "Your deployment is complete")).toBeVisible();
    expect(await puts(cloud)).toHaveLength(1);
  });
}

test("a duplicated tab resumes a run once the other one is closed", async ({ page, cloud }) => {
  await openLive(page);
  await signIn(page);
  await page.goto(`./${LINK}uami-left-to-the-copy`);
  await review(page);
  // The run reads the state before it sends anything, and is paused there.
  let isHeld = () => {};
  const held = new Promise<void>((resolve) => (isHeld = resolve));
  await page.route(`${cloud.served.arm}/**/userAssignedIdentities/uami-left-to-the-copy?*`, (route) =>
    page.url().includes("#/deployment/") ? isHeld() : route.fallback(),
  );
  await button(page, "Create").click();
  await held;
  const copy = await duplicate(page);
  await expect(standing(copy, ELSEWHERE)).toBeVisible();
  expect(await puts(cloud)).toEqual([]);
  await page.close();
  await expect(standing(copy, "Your deployment is complete")).toBeVisible();
  // It read whether the other tab had sent the deployment.
  const sent = (await cloud.asked()).filter(({ target }) => /\/deployments\/[^/?]+\?/.test(target)).map(({ method }) => method);
  expect(sent.slice(0, sent.indexOf("PUT") + 1)).toEqual(["GET", "PUT"]);
  expect(await puts(cloud)).toHaveLength(1);
});

test("without Web Locks, a run still resumes after a reload", async ({ page, cloud }) => {
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "locks", { value: undefined }));
  await openLive(page);
  await signIn(page);
  await interrupted(page, cloud, "uami-lockless");
  await page.reload();
  await expect(standing(page, "Your deployment is complete")).toBeVisible();
  expect(await puts(cloud)).toHaveLength(1);
});
