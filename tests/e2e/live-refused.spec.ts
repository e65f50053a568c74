// Failed sign-ins: every forged, replayed, refused, cut or malformed response. Nobody is signed in, a message is shown, the
// draft is kept, and the next try signs in. No request is sent to ARM.
import { bar, choose, configureLive, expect, kept, openLive, sees, signedIn, signIn, test } from "./live";
import { button, nameBox } from "./pages";

const FORGED = [
  ["authorize", "state", "wasn't started here"],
  ["authorize", "no-state", "wasn't started here"],
  ["authorize", "code", "The sign-in was refused"],
  ["authorize", "response-iss", "can't be trusted"],
  ["token", "nonce", "can't be trusted"],
  ["token", "no-nonce", "can't be trusted"],
  ["token", "iss", "can't be trusted"],
  ["token", "aud", "can't be trusted"],
  ["token", "exp", "has expired or isn't valid yet"],
  ["token", "nbf", "has expired or isn't valid yet"],
  ["token", "tid", /can't be trusted|another directory/],
  ["token", "signature", "can't be trusted"],
  ["token", "key", "can't be trusted"],
  ["token", "alg-none", "can't be trusted"],
  ["token", "no-id-token", "could not be understood"],
  ["token", "not-json", "could not be understood"],
] as const;

for (const [at, forge, says] of FORGED) {
  test(`forged ${forge}: refused`, async ({ page, cloud }) => {
    await openLive(page);
    await nameBox(page).fill("uami-kept");
    await cloud.entra("next", { at, forge });
    await button(bar(page), "Sign in").click();
    await choose(page, "Ada Lovelace");
    await expect(bar(page).getByRole("alert")).toContainText(says);
    await expect(bar(page)).toContainText("You're not signed in.");
    expect(JSON.parse((await kept(page)).session)["identity-portal:session"]).toBeUndefined();
    if (forge === "no-state") return;
    await expect(nameBox(page)).toHaveValue("uami-kept");
  });
}

for (const tenant of ["contoso.example", "6f1d8e52-90ab-4c37-8d24-b5e07a3c1f96"]) {
  test.describe(`in ${tenant}`, () => {
    test.use({ config: { tenant } });

    test("an ID token of another directory is rejected, even if everything else is correct", async ({ page, cloud }) => {
      await openLive(page);
      await nameBox(page).fill("uami-kept");
      await cloud.entra("next", { at: "token", forge: "tenant" });
      await button(bar(page), "Sign in").click();
      await choose(page, "Ada Lovelace");
      await expect(bar(page).getByRole("alert")).toContainText("You signed in to a directory that this page isn't for.");
      expect(JSON.parse((await kept(page)).session)["identity-portal:session"]).toBeUndefined();
      // The person has a session at the sign-in page by now.
      await button(bar(page), "Sign in").click();
      await signedIn(page);
      await expect(nameBox(page)).toHaveValue("uami-kept");
    });
  });
}

// The parameters of a redirect are untrusted input.
const ODD: [string, (state: string) => string, string | RegExp][] = [
  ["in the query", (state) => `?error=access_denied&state=${state}`, "wasn't started here"],
  ["in the query and after #", (state) => `?state=${state}#error=access_denied&error_subcode=cancel&state=${state}`, "You cancelled the sign-in."],
  ["an error and a code at once", (state) => `#error=server_error&error_description=AADSTS90033%3A+Oh.&code=0.A&state=${state}`, "The sign-in service has a temporary problem"],
  ["a code twice", (state) => `#code=0.A&code=0.B&state=${state}`, "could not be understood"],
  ["no code", (state) => `#session_state=x&state=${state}`, "could not be understood"],
  ["a code without a state", () => "#code=0.A", "wasn't started here"],
  ["a state that is a path", () => "#code=0.A&state=r.../../evil", "wasn't started here"],
  ["a page of text", (state) => `#error=access_denied&error_description=${"x".repeat(200_000)}&state=${state}`, "Your sign-in was denied."],
  ["a script", (state) => `#error=${encodeURIComponent("<img src=x onerror=alert(1)>")}&error_description=${encodeURIComponent("AADSTS1: <script>alert(1)</script>")}&state=${state}`, "The sign-in was refused"],
];

test("malformed responses: none signs anybody in, each shows a message, and the draft is kept", async ({ page, cloud }) => {
  let state = "";
  page.on("request", (request) => (state = /authorize\?.*&state=([^&]+)/.exec(request.url())?.[1] ?? state));
  await openLive(page);
  await nameBox(page).fill("uami-kept");
  for (const [what, answer, says] of ODD) {
    await test.step(what, async () => {
      await button(bar(page), "Sign in").click();
      await expect(button(page, "Ada Lovelace")).toBeVisible();
      await page.goto(`./auth.html${answer(state)}`);
      await expect(bar(page).getByRole("alert")).toContainText(says);
      await expect(nameBox(page)).toHaveValue("uami-kept");
      expect(page.url()).not.toContain("state=");
    });
  }
  expect((await cloud.seen()).filter(({ at }) => at === "token")).toHaveLength(0);
  await signIn(page);
});

// Errors that Entra returns instead of a code.
const REFUSED = [
  [65001, "doesn't have permission to use Azure"],
  [50105, "not assigned"],
  [53003, "Your organisation doesn't allow"],
  [90094, "An administrator has to approve"],
  [16000, "Several accounts"],
  [650057, "lacks the permission to call Azure"],
  [65005, "lacks the permission to call Azure"],
  [70011, "doesn't know the permission that this page asks for"],
  [500011, "doesn't know the Azure service that this page asks for"],
] as const;

for (const [code, says] of REFUSED) {
  test(`AADSTS${code} has a message and ids`, async ({ page, cloud }) => {
    await openLive(page);
    await cloud.entra("next", { at: "authorize", error: code });
    await button(bar(page), "Sign in").click();
    await expect(bar(page).getByRole("alert")).toContainText(says);
    await button(bar(page), "What Entra says").click();
    await expect(bar(page)).toContainText(`AADSTS${code}`);
    await expect(bar(page)).toContainText("Correlation ID");
    await expect(bar(page)).toContainText("Trace ID");
    await signIn(page);
  });
}

test("a failed redemption is never sent again", async ({ page, cloud }) => {
  await openLive(page);
  await cloud.entra("next", { at: "token", drop: true, times: 5 });
  await button(bar(page), "Sign in").click();
  await choose(page, "Ada Lovelace");
  await expect(bar(page).getByRole("alert")).toContainText("could not be reached");
  expect((await cloud.seen()).filter(({ at }) => at === "token")).toHaveLength(1);
});

test("a replayed response does nothing", async ({ page, cloud }) => {
  let answer = "";
  page.on("response", async (response) => {
    const to = (await response.allHeaders()).location ?? "";
    if (to.includes("auth.html#")) answer = to;
  });
  await openLive(page);
  await signIn(page);
  await expect.poll(() => answer).toContain("code=");
  const session = (await kept(page)).session;
  await page.goto("about:blank");
  await page.goto(answer);
  await signedIn(page);
  // Once the lists are shown, every step of the start has completed.
  await openLive(page);
  await sees(page, "Contoso Development");
  expect((await kept(page)).session).toEqual(session);
  expect((await cloud.seen()).filter(({ at }) => at === "token")).toHaveLength(1);
});

test("the redirect page runs only its script, and the app never reads a response from its own address", async ({ page, cloud }) => {
  await page.goto("./auth.html#code=x&state=p.nobody&next=https%3A%2F%2Fevil.example");
  // No page is waiting for it.
  await expect(page.getByRole("status")).toContainText("The page that asked you to sign in is gone.");
  expect(page.url()).toBe(`${cloud.served.app}auth.html`);
  const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname));
  expect(loaded.filter((path) => path !== "/favicon.svg")).toEqual(["/auth.js"]);
  await openLive(page, "./#/identities?code=x&state=r.x&error=y");
  await expect(bar(page)).toContainText("You're not signed in.");
  await expect(bar(page).getByRole("alert")).toHaveCount(0);
  expect(new URL(page.url()).hash).toBe("#/identities?code=x&state=r.x&error=y");
  expect((await cloud.seen()).filter(({ at }) => at === "token")).toHaveLength(0);
});

const PROXY = "<!doctype html><title>502 Bad Gateway</title><h1>The proxy is tired</h1>";

/** Faults of Entra or the network, and the message. */
const FAULTS: [string, Record<string, unknown>, string][] = [
  ["the code's answer is cut", { at: "token", drop: true, times: 5 }, "The sign-in service could not be reached."],
  ["the code's answer is 500", { at: "token", status: 500, body: "" }, "The sign-in service has a temporary problem."],
  ["the code's answer is a proxy's page", { at: "token", status: 502, body: PROXY }, "The sign-in service has a temporary problem."],
  ["the code's answer is a page and calls itself a success", { at: "token", status: 200, body: PROXY }, "answer could not be understood."],
  ["too many sign-ins", { at: "token", status: 429, retryAfter: 7 }, "The sign-in service has a temporary problem."],
  ["the code was used", { at: "token", error: 54005 }, "This sign-in took too long, or was already used."],
  ["the code needs a second factor", { at: "token", error: 50076 }, "Your directory asks for a second factor."],
  ["the registration is of another platform", { at: "token", error: 9002326 }, "lists the address of this page under another platform."],
  ["the keys can't be had", { at: "keys", drop: true, times: 5 }, "The sign-in service could not be reached."],
  ["the keys are no keys", { at: "keys", status: 200, body: "{}" }, "can't be trusted"],
  ["the directory does not know the app", { at: "authorize", error: 700016 }, "This directory doesn't know the app registration of this page."],
  ["Entra has a temporary problem", { at: "authorize", error: 90033 }, "The sign-in"],
];

test.describe("a fault", () => {
  for (const [what, fault, says] of FAULTS) {
    test(what, async ({ page, cloud }) => {
      await openLive(page);
      await nameBox(page).fill("uami-kept");
      await cloud.entra("next", fault);
      await button(bar(page), "Sign in").click();
      const chosen = button(page, "Ada Lovelace");
      await expect(chosen.or(bar(page).getByRole("alert"))).toBeVisible();
      if (await chosen.isVisible()) await chosen.click();
      await expect(bar(page).getByRole("alert")).toContainText(says);
      await expect(bar(page).getByRole("alert")).toHaveCount(1);
      await expect(nameBox(page)).toHaveValue("uami-kept");
      await cloud.reset();
      await signIn(page);
      await expect(nameBox(page)).toHaveValue("uami-kept");
    });
  }

  test("the sign-in page doesn't load, and the person goes back", async ({ page, cloud }) => {
    await openLive(page);
    await nameBox(page).fill("uami-kept");
    await cloud.entra("next", { at: "authorize", drop: true, times: 5 });
    await button(bar(page), "Sign in").click();
    await expect.poll(() => page.url()).toContain("chrome-error:");
    await cloud.reset();
    await page.goBack();
    await expect(bar(page)).toContainText("You're not signed in.");
    await expect(nameBox(page)).toHaveValue("uami-kept");
    await signIn(page);
    await expect(nameBox(page)).toHaveValue("uami-kept");
  });

  test("the sign-in page is slow", async ({ page, cloud }) => {
    await openLive(page);
    await nameBox(page).fill("uami-kept");
    await cloud.entra("next", { at: "authorize", delayMs: 2500 });
    await cloud.entra("next", { at: "token", delayMs: 2500 });
    await button(bar(page), "Sign in").click();
    await choose(page, "Ada Lovelace");
    await expect(bar(page)).toContainText("Finishing the sign-in…");
    await signedIn(page);
    await expect(nameBox(page)).toHaveValue("uami-kept");
  });

  test("the browser blocks the pop-up, and signing in on this page is offered", async ({ page, context }) => {
    await configureLive(context, { signIn: "popup" });
    await openLive(page);
    await nameBox(page).fill("uami-kept");
    await page.evaluate(() => (window.open = () => null));
    await button(bar(page), "Sign in").click();
    await expect(bar(page).getByRole("alert")).toContainText("Your browser blocked the sign-in window.");
    await expect(nameBox(page)).toHaveValue("uami-kept");
    await button(bar(page), "Sign in on this page").click();
    await choose(page, "Ada Lovelace");
    await signedIn(page);
    await expect(nameBox(page)).toHaveValue("uami-kept");
  });

  test("the pop-up shows an error, and is opened again", async ({ page, context, cloud }) => {
    await configureLive(context, { signIn: "popup" });
    await openLive(page);
    await nameBox(page).fill("uami-kept");
    await cloud.entra("next", { at: "token", status: 503 });
    const opened = page.waitForEvent("popup");
    await button(bar(page), "Sign in").click();
    await choose(await opened, "Ada Lovelace");
    await expect(bar(page).getByRole("alert")).toContainText("The sign-in service has a temporary problem.");
    await expect(nameBox(page)).toHaveValue("uami-kept");
    const again = page.waitForEvent("popup");
    await button(bar(page), "Sign in").click();
    await again;
    await expect(bar(page)).toHaveCount(0);
    await expect(nameBox(page)).toHaveValue("uami-kept");
  });
});
