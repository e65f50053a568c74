// Tokens over time: renewal, challenges, network faults, several tabs.
import type { Page } from "@playwright/test";
import { button, combobox, create, fillBasics, main, nameBox, review, standing, TRAINING } from "./pages";
import { bar, choose, configureLive, expect, FORM, kept, openLive, sees, signedIn, signIn, signInByWindow, test } from "./live";

/** Like `signInByWindow`, for a person with a session at the sign-in page. */
async function signInByWindowAgain(page: Page) {
  const opened = page.waitForEvent("popup");
  await button(bar(page), "Sign in").click();
  await opened;
  await expect(bar(page)).toHaveCount(0);
}

const grants = (seen: { at: string; grant?: string }[], grant: string) => seen.filter((one) => one.at === "token" && one.grant === grant).length;

test("from signing in to the identity", async ({ page }) => {
  await openLive(page);
  await signIn(page);
  await fillBasics(page, { ...TRAINING, name: "uami-live" });
  await review(page);
  await create(page);
});

test("a token that expires during a create is renewed silently", async ({ page, cloud }) => {
  await cloud.entra("lifetimes", { accessToken: 6 });
  await openLive(page);
  await signIn(page);
  await fillBasics(page, { ...TRAINING, name: "uami-renewed" });
  await review(page);
  await create(page);
  expect(grants(await cloud.seen(), "refresh_token")).toBeGreaterThan(0);
});

test("tokens that ARM rejects as expired are renewed once", async ({ page, cloud }) => {
  await openLive(page);
  await signIn(page);
  await sees(page, "Contoso Development");
  await cloud.arm("expire");
  await fillBasics(page, { ...TRAINING, name: "uami-expired" });
  await review(page);
  await create(page);
  await expect(bar(page)).toHaveCount(0);
});

test("many requests at once renew once", async ({ page, cloud }) => {
  await openLive(page);
  await signIn(page);
  await sees(page, "Contoso Development");
  const before = grants(await cloud.seen(), "refresh_token");
  await cloud.arm("expire");
  await page.reload();
  await sees(page, "Contoso Development");
  await fillBasics(page, { ...TRAINING, name: "uami-once" });
  expect(grants(await cloud.seen(), "refresh_token") - before).toBe(1);
});

test("a claims challenge on a list is satisfied with the refresh token", async ({ page, cloud }) => {
  await openLive(page);
  await signIn(page);
  await cloud.arm("next", { methods: ["GET"], path: "/subscriptions", challenge: "cae" });
  await page.reload();
  await sees(page, "Contoso Development");
  await expect(bar(page)).toHaveCount(0);
  // The claims are sent along if the header can be read; otherwise a new token satisfies the challenge.
  expect((await cloud.seen()).some(({ claims }) => claims?.includes("nbf"))).toBe(cloud.expose);
});

test("a write that needs a second factor resumes by itself", async ({ page, context, cloud }) => {
  await configureLive(context, { signIn: "popup" });
  await openLive(page);
  await signInByWindow(page);
  await fillBasics(page, { ...TRAINING, name: "uami-factor" });
  await review(page);
  await cloud.arm("next", { methods: ["PUT"], challenge: "p1" });
  await button(page, "Create").click();
  await expect(bar(page)).toContainText("stronger sign-in");
  const opened = page.waitForEvent("popup");
  await button(bar(page), "Sign in").click();
  await button(await opened, "Approve").click();
  await expect(standing(page, "Your deployment is complete")).toBeVisible({ timeout: 30_000 });
  await expect(bar(page)).toHaveCount(0);
});

test("by redirect, a challenged create resumes when the person is back", async ({ page, cloud }) => {
  await openLive(page);
  await signIn(page);
  await fillBasics(page, { ...TRAINING, name: "uami-resumed" });
  await review(page);
  await cloud.arm("next", { methods: ["PUT"], challenge: "p1" });
  await button(page, "Create").click();
  await expect(bar(page)).toContainText("stronger sign-in");
  await button(bar(page), "Sign in").click();
  await button(page, "Approve").click();
  await expect(standing(page, "Your deployment is complete")).toBeVisible({ timeout: 30_000 });
});

for (const way of ["redirect", "popup"] as const) {
  test(`a step-up by another account, by ${way}, is rejected, and nothing is sent as that account`, async ({ page, context, cloud }) => {
    await configureLive(context, { signIn: way });
    await openLive(page);
    await (way === "popup" ? signInByWindow(page) : signIn(page));
    await fillBasics(page, { ...TRAINING, name: "uami-of-ada" });
    await review(page);
    await cloud.arm("next", { methods: ["PUT"], challenge: "p1" });
    await button(page, "Create").click();
    await expect(bar(page)).toContainText("stronger sign-in");
    // A real sign-in page lets the person select any account; the local one enforces the login hint.
    await cloud.entra("sign-out");
    await context.route(/\/oauth2\/v2\.0\/authorize\?/, (route) => route.continue({ url: route.request().url().replace(/&login_hint=[^&]*/, "") }));
    const opened = way === "popup" ? page.waitForEvent("popup") : Promise.resolve(page);
    await button(bar(page), "Sign in").click();
    await choose(await opened, "Grace Hopper");
    await button(await opened, "Approve").click();
    await expect(bar(page).getByRole("alert")).toContainText("You signed in with a different account from the one this page asked for.");
    await button(page, "Account").click();
    await expect(page.getByRole("region", { name: "Account" })).toContainText("Ada Lovelace");
    await expect(page.getByRole("region", { name: "Account" })).not.toContainText("grace@contoso.example");
    await button(page, "Account").click();
    const taken = (await cloud.asked()).filter(({ method, status }) => method === "PUT" && status < 400);
    expect(taken).toEqual([]);
  });
}

test("a deployment that failed for lack of a second factor asks for it and resumes, and isn't reported as a policy violation", async ({ page, context, cloud }) => {
  await configureLive(context, { signIn: "popup" });
  await openLive(page);
  await signInByWindow(page);
  await fillBasics(page, { ...TRAINING, name: "uami-inner-factor" });
  await review(page);
  const error = { code: "DeploymentFailed", message: "See details.", details: [{ code: "RequestDisallowedByPolicy", message: "Resource was disallowed by policy. Reasons: MFA is required." }] };
  await cloud.instead(
    page,
    /\/deployments\/[^/]+$/,
    async (route) => {
      const deployment = await (await route.fetch()).json();
      return { body: JSON.stringify({ ...deployment, properties: { ...deployment.properties, provisioningState: "Failed", error } }) };
    },
    "GET",
  );
  await button(page, "Create").click();
  await expect(bar(page)).toContainText("stronger sign-in", { timeout: 30_000 });
  await expect(main(page)).not.toContainText("Blocked by");
  const opened = page.waitForEvent("popup");
  await button(bar(page), "Sign in").click();
  await button(await opened, "Approve").click();
  await expect(standing(page, "Your deployment is complete")).toBeVisible({ timeout: 30_000 });
});

test("a challenge that no token satisfies prompts once, never in a loop", async ({ page, context, cloud }) => {
  await configureLive(context, { signIn: "popup" });
  await openLive(page);
  await signInByWindow(page);
  await fillBasics(page, { ...TRAINING, name: "uami-endless" });
  await review(page);
  await cloud.arm("next", { methods: ["PUT"], challenge: "p1", endless: true, times: 20 });
  await button(page, "Create").click();
  const opened = page.waitForEvent("popup");
  await button(bar(page), "Sign in").click();
  await button(await opened, "Approve").click();
  await expect(page.getByRole("main")).toContainText("Azure requires a stronger sign-in", { timeout: 30_000 });
  expect((await cloud.seen()).filter(({ at, claims }) => at === "authorize" && claims?.includes("acrs"))).toHaveLength(1);
});

test("a challenge that renewed tokens don't satisfy prompts once, then shows the error with its ids", async ({ page, context, cloud }) => {
  await configureLive(context, { signIn: "popup" });
  await openLive(page);
  await signInByWindow(page);
  await sees(page, "Contoso Development");
  await cloud.arm("next", { methods: ["GET"], challenge: "cae", endless: true, times: 200 });
  await page.reload();
  await expect(bar(page)).toContainText("Azure asks you to sign in again.");
  await nameBox(page).fill("uami-kept");
  const before = (await cloud.seen()).filter(({ at }) => at === "authorize").length;
  const opened = page.waitForEvent("popup");
  await button(bar(page), "Sign in").click();
  await opened;
  const told = bar(page).getByRole("alert");
  await expect(told).toContainText("Azure doesn't accept your sign-in.");
  await expect(bar(page)).not.toContainText("You're not signed in.");
  await button(bar(page), "What Entra says").click();
  await expect(bar(page)).toContainText("Request ID");
  const asked = (await cloud.seen()).filter(({ at }) => at === "authorize");
  // One press causes one sign-in, not counting hidden frames.
  expect(asked.length - before - asked.slice(before).filter(({ prompt }) => prompt === "none").length).toBe(1);
  await expect(main(page)).not.toContainText("you are not signed in");
  // Once ARM accepts the tokens, the next sign-in loads everything.
  await cloud.arm("reset");
  await cloud.arm("headers", { expose: cloud.expose });
  await signInByWindowAgain(page);
  await sees(page, "Contoso Development");
  await expect(nameBox(page)).toHaveValue("uami-kept");
});

test("a revoked session prompts the person, and loading resumes by itself", async ({ page, context, cloud }) => {
  await configureLive(context, { signIn: "popup" });
  await openLive(page);
  await signInByWindow(page);
  await sees(page, "Contoso Development");
  await cloud.entra("revoke");
  await cloud.arm("expire");
  await cloud.entra("sign-out");
  await page.reload();
  await expect(bar(page)).toContainText("Azure asks you to sign in again.");
  await nameBox(page).fill("uami-waits");
  await signInByWindow(page);
  await sees(page, "Contoso Development");
  await expect(nameBox(page)).toHaveValue("uami-waits");
});

test("if the sign-in's cookies are sent in frames, a hidden frame renews silently", async ({ page, cloud }) => {
  await cloud.entra("redirects", { add: [`${cloud.sameSite}auth.html`] });
  await openLive(page, `${cloud.sameSite}${FORM}`);
  await signIn(page);
  await cloud.entra("revoke");
  await cloud.arm("expire");
  await page.reload();
  await sees(page, "Contoso Development");
  await expect(bar(page)).toHaveCount(0);
  await expect(page.locator("iframe")).toHaveCount(0);
  const silent = (await cloud.seen()).filter(({ at, prompt }) => at === "authorize" && prompt === "none");
  expect(silent).toHaveLength(1);
});

test("the hidden frame's sandbox allows only scripts", async ({ page, cloud }) => {
  await openLive(page);
  await signIn(page);
  await cloud.entra("revoke");
  await cloud.arm("expire");
  // Held while the test inspects it.
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/authorize\?.*prompt=none/, async (route) => {
    await held;
    await route.continue();
  });
  await page.reload();
  await expect(page.locator("iframe")).toHaveAttribute("sandbox", "allow-scripts allow-same-origin allow-forms");
  release();
  await expect(bar(page)).toContainText("Azure asks you to sign in again.");
});

test("if not, one attempt is made, and the person is prompted", async ({ page, cloud }) => {
  await openLive(page);
  await signIn(page);
  // A list that is still loading would make an attempt, too.
  await sees(page, "Contoso Development");
  await cloud.entra("revoke");
  await cloud.arm("expire");
  await page.reload();
  await expect(bar(page)).toContainText("Azure asks you to sign in again.");
  expect((await cloud.seen()).filter(({ prompt }) => prompt === "none")).toHaveLength(1);
  // The session at Entra continues: one press is enough.
  await button(bar(page), "Sign in").click();
  await signedIn(page);
  await sees(page, "Contoso Development");
});

test("prompted again and cancelled: a message is shown, and nothing is lost", async ({ page, cloud }) => {
  await openLive(page);
  await signIn(page);
  await cloud.entra("revoke");
  await cloud.arm("expire");
  await cloud.entra("sign-out");
  await page.reload();
  await nameBox(page).fill("uami-off");
  await expect(bar(page)).toContainText("Azure asks you to sign in again.");
  await button(bar(page), "Cancel sign-in").click();
  await expect(bar(page)).toHaveCount(0);
  await expect(nameBox(page)).toHaveValue("uami-off");
  // The list says that it failed, and Try again prompts the person again.
  await combobox(page, "Subscription").click();
  await page.getByRole("option", { name: /Try again/ }).or(button(page, "Try again")).first().click();
  await expect(bar(page)).toContainText("Azure asks you to sign in again.");
  await page.keyboard.press("Escape");
  await button(page, "Account").click();
  await expect(page.getByRole("region", { name: "Account" })).toContainText("Ada Lovelace");
});

test("offline during a create: it resumes when the network is back", async ({ page, context }) => {
  await openLive(page);
  await signIn(page);
  await fillBasics(page, { ...TRAINING, name: "uami-cut" });
  await review(page);
  const accepted = page.waitForResponse((response) => response.request().method() === "PUT");
  await button(page, "Create").click();
  await accepted;
  const cut = page.waitForEvent("requestfailed");
  await context.setOffline(true);
  await cut;
  await context.setOffline(false);
  await expect(standing(page, "Your deployment is complete")).toBeVisible({ timeout: 30_000 });
});

test("the page waits out repeated 503 responses of the sign-in", async ({ page, cloud }) => {
  await openLive(page);
  await signIn(page);
  await cloud.arm("expire");
  await cloud.entra("next", { at: "token", grant: "refresh_token", status: 503, retryAfter: 1, times: 2 });
  await page.reload();
  await sees(page, "Contoso Development");
  expect(grants(await cloud.seen(), "refresh_token")).toBe(3);
});

test("the page waits out repeated 503 responses of ARM", async ({ page, cloud }) => {
  await openLive(page);
  await signIn(page);
  // If Retry-After can't be read, the page backs off: 1, 2, 4 seconds.
  await cloud.arm("next", { path: "/subscriptions", status: 503, retryAfter: 1, times: cloud.expose ? 5 : 3 });
  await page.reload();
  await sees(page, "Contoso Development");
});

test("more than six 503 responses show an error, and the next try loads the list", async ({ page, cloud }) => {
  await openLive(page);
  await signIn(page);
  await cloud.arm("next", { path: "/subscriptions", status: 503, retryAfter: 1, times: 6 });
  await page.reload();
  await combobox(page, "Subscription").click();
  await page.getByRole("option", { name: "Try again" }).click({ timeout: 45_000 });
  await expect(page.getByRole("option", { name: "Contoso Development", exact: true })).toBeVisible();
});

test("slow responses: the form can be edited meanwhile", async ({ page, cloud }) => {
  await openLive(page);
  await signIn(page);
  await cloud.arm("next", { delayMs: 3000, times: 3 });
  await page.reload();
  await nameBox(page).fill("uami-patient");
  await sees(page, "Contoso Development");
  await expect(nameBox(page)).toHaveValue("uami-patient");
});

test("a duplicated tab keeps working, and revokes no refresh token", async ({ page, context, cloud }) => {
  await openLive(page);
  await signIn(page);
  await sees(page, "Contoso Development");
  const opened = context.waitForEvent("page");
  // Like Duplicate in a browser: a new tab with a copy of the session storage.
  await page.evaluate(() => window.open(location.href, "_blank"));
  const copy = await opened;
  await sees(copy, "Contoso Development");
  await cloud.arm("expire");
  // The duplicate has no refresh token, so it prompts the person.
  await copy.reload();
  await expect(bar(copy)).toContainText("Azure asks you to sign in again.");
  await page.reload();
  await sees(page, "Contoso Development");
  await expect(bar(page)).toHaveCount(0);
});

test("two tabs renew side by side", async ({ page, context, cloud }) => {
  await openLive(page);
  await signIn(page);
  const other = await context.newPage();
  await openLive(other);
  await button(bar(other), "Sign in").click();
  await signedIn(other);
  await cloud.arm("expire");
  await Promise.all([page.reload(), other.reload()]);
  await Promise.all([sees(page, "Contoso Development"), sees(other, "Contoso Development")]);
});

test("a copy of the tab's storage is useless in another browser", async ({ page, browser, cloud }) => {
  await openLive(page);
  await signIn(page);
  const { session } = await kept(page);
  const elsewhere = await browser.newContext();
  const thief = await elsewhere.newPage();
  await thief.addInitScript((all) => {
    if (location.origin === all.origin) for (const [key, value] of Object.entries(JSON.parse(all.session))) sessionStorage.setItem(key, value as string);
  }, { session, origin: new URL(cloud.served.app).origin });
  await thief.goto(`${cloud.served.app}${FORM}`);
  await expect(bar(thief)).toContainText("You're not signed in.");
  await elsewhere.close();
});

test("if the browser can't store a key, tokens stay in memory", async ({ page, context }) => {
  await context.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("no databases here", "SecurityError");
    };
  });
  await configureLive(context, { signIn: "popup" });
  await openLive(page);
  await signInByWindow(page);
  await sees(page, "Contoso Development");
  expect(await page.evaluate(() => sessionStorage.getItem("identity-portal:session"))).toBeNull();
  await page.reload();
  await expect(bar(page)).toContainText("You're not signed in.");
});

test.describe("time-outs", () => {
  test.use({ config: { session: { idleMinutes: 10, absoluteMinutes: 25 }, signIn: "popup" } });

  test("an idle page drops its tokens, says so, and keeps what was typed", async ({ page, context }) => {
    await page.clock.install();
    await openLive(page);
    await signInByWindow(page);
    await nameBox(page).fill("uami-typed");
    const other = await context.newPage();
    await openLive(other);
    const opened = other.waitForEvent("popup");
    await button(bar(other), "Sign in").click();
    await opened;
    await signedIn(other);
    // As after the machine was asleep: the clock jumps, and each timer fires at most once.
    await page.clock.fastForward("09:00");
    await page.keyboard.press("Shift");
    await page.clock.fastForward("09:30");
    await expect(bar(page)).toHaveCount(0);
    // The message must be in a region that existed before: screen readers often skip a region inserted with its text.
    await page.evaluate(() => document.querySelectorAll("[role=status], [role=alert], [aria-live]").forEach((region) => region.setAttribute("data-known", "")));
    await page.clock.fastForward("00:40");
    await expect(page.locator("[data-known]").filter({ hasText: "You were signed out because nobody used this page" })).toHaveCount(1);
    await expect(bar(page).getByRole("alert")).toContainText("You were signed out because nobody used this page for 10 minutes.");
    await expect(nameBox(page)).toHaveValue("uami-typed");
    expect(JSON.parse((await kept(page)).session)["identity-portal:session"]).toBeUndefined();
    // So does the other tab, and it reloads as signed out.
    await expect(bar(other)).toContainText("You were signed out because nobody used this page for 10 minutes.");
    await other.reload();
    await expect(bar(other)).toContainText("You're not signed in.");
    await signInByWindowAgain(page);
    await expect(nameBox(page)).toHaveValue("uami-typed");
  });

  test("a sign-in ends after the absolute time-out, however active the person is", async ({ page, cloud }) => {
    await page.clock.install();
    await openLive(page);
    await signInByWindow(page);
    for (let minutes = 0; minutes < 24; minutes += 8) {
      await page.clock.fastForward("08:00");
      await page.keyboard.press("Shift");
      await expect(bar(page)).toHaveCount(0);
    }
    await page.clock.fastForward("01:00");
    await page.keyboard.press("Shift");
    await expect(bar(page).getByRole("alert")).toContainText("You were signed out: a sign-in lasts for 25 minutes here.");
    const before = (await cloud.asked()).length;
    await combobox(page, "Subscription").click();
    expect((await cloud.asked()).length).toBe(before);
  });

  test("a tab that is reopened much later has no session", async ({ page }) => {
    await openLive(page);
    await signInByWindow(page);
    await page.evaluate(() => {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith("identity-portal:active ")) localStorage.setItem(key, String(Date.now() - 11 * 60_000));
      }
    });
    await page.reload();
    await expect(bar(page)).toContainText("You were signed out because nobody used this page for 10 minutes.");
  });
});

test.describe("in memory only", () => {
  test.use({ config: { tokenCache: "memory", signIn: "popup" } });

  test("after a reload nobody is signed in, and nothing was stored", async ({ page }) => {
    await openLive(page);
    await signInByWindow(page);
    await sees(page, "Contoso Development");
    expect(JSON.parse((await kept(page)).session)["identity-portal:session"]).toBeUndefined();
    await page.reload();
    await expect(bar(page)).toContainText("You're not signed in.");
  });
});

test("people who return still have Entra's session: Sign in is the only button they press", async ({ page }) => {
  await openLive(page);
  await signIn(page);
  await page.evaluate(() => sessionStorage.clear());
  await page.reload();
  await button(bar(page), "Sign in").click();
  await signedIn(page);
  await expect(combobox(page, "Subscription")).toBeVisible();
  await choose(page, "Account").catch(() => undefined);
});
