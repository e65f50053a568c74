// Signing in and out, by redirect and by pop-up, as each of the test users.
import { AxeBuilder } from "@axe-core/playwright";
import { button, combobox, create, described, DEVELOPMENT, fillBasics, nameBox, review, tab, TRAINING } from "./pages";
import { bar, choose, expect, FORM, kept, openLive, sees, signedIn, signIn, signInByWindow, test } from "./live";

test("by redirect: the draft, the tab and the address are restored, and no secret stays visible", async ({ page, context }) => {
  await openLive(page, `${FORM}?tag.Env=test`);
  await expect(bar(page)).toContainText("You're not signed in.");
  await nameBox(page).fill("uami-before-sign-in");
  await signIn(page);
  expect(new URL(page.url()).hash).toMatch(new RegExp(`^${FORM}`));
  await expect(nameBox(page)).toHaveValue("uami-before-sign-in");
  await sees(page, "Contoso Development");
  await tab(page, "Tags").click();
  await expect(combobox(page, "Tag value 1")).toHaveValue("test");
  const found = await kept(page);
  // Every test checks that no token is stored in clear text (live.ts).
  const { session, ...elsewhere } = found;
  for (const [place, text] of Object.entries(elsewhere)) expect(text, place).not.toMatch(/eyJ[\w-]{20}|code=|refresh|ada@contoso/);
  expect(JSON.parse(session)["identity-portal:session"], "encrypted").toMatch(/^[\w-]{200,}$/);
  expect(JSON.parse(found.databases), "the key can't be had").toEqual([
    { name: "identity-portal", store: "keys", values: [{ extractable: false, jwk: null }] },
  ]);
  // The code, the verifier and the pending authorization are consumed.
  expect(Object.keys(JSON.parse(session)).filter((key) => /answer|asked|asking/.test(key))).toEqual([]);
  expect((await context.cookies(page.url())).filter(({ domain }) => domain === "localhost")).toEqual([]);
  // A reload keeps the session without a request to Entra.
  await page.reload();
  await signedIn(page);
  await tab(page, "Basics").click();
  await sees(page, "Contoso Development");
});

test("a link's values survive the sign-in, even if nothing was typed", async ({ page }) => {
  await openLive(page, `${FORM}?subscription=${DEVELOPMENT}&resourceGroup=RG1&region=westeurope&name=uami-linked&tag.Env=test`);
  await signIn(page);
  await expect(nameBox(page)).toHaveValue("uami-linked");
  await expect(combobox(page, "Subscription")).toHaveValue("Contoso Development");
  await expect(combobox(page, "Resource group")).toHaveValue("RG1");
  await expect(combobox(page, "Region")).toHaveValue("West Europe");
  await tab(page, "Tags").click();
  await expect(combobox(page, "Tag value 1")).toHaveValue("test");
});

test("a signed-in start sends five requests to ARM, all in parallel", async ({ page, cloud }) => {
  await openLive(page);
  await signIn(page);
  await fillBasics(page, { subscription: TRAINING.subscription });
  await expect(combobox(page, "Region")).toBeEnabled();
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().startsWith(cloud.served.arm) && request.method() !== "OPTIONS") asked.push(new URL(request.url()).pathname);
  });
  await page.reload();
  await sees(page, "Contoso Development");
  await combobox(page, "Region").fill("West Eu");
  await expect(page.getByRole("option", { name: "West Europe", exact: true })).toBeVisible();
  expect(asked.map((path) => path.split("/").pop()).sort()).toEqual(
    ["Microsoft.ManagedIdentity", "locations", "resourcegroups", "subscriptions", "tagNames"].sort(),
  );
});

test("the sign-in messages pass axe", async ({ page, cloud }) => {
  const check = async () => {
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
  };
  await openLive(page);
  await expect(button(bar(page), "Sign in")).toBeVisible();
  await check();
  await cloud.entra("next", { at: "authorize", error: 65001 });
  await button(bar(page), "Sign in").click();
  await button(bar(page), "What Entra says").click();
  await check();
  await signIn(page);
  await button(page, "Account").click();
  await expect(button(page, "Switch to Fabrikam")).toBeVisible();
  await check();
});

test("Back after signing in shows no code, and the app still works", async ({ page }) => {
  await openLive(page);
  await signIn(page);
  await page.goBack();
  await page.waitForLoadState();
  expect(page.url()).not.toContain("code=");
  await page.goForward().catch(() => undefined);
  await openLive(page);
  await signedIn(page);
  await sees(page, "Contoso Development");
});

test("Back on the sign-in page leaves nothing stuck", async ({ page }) => {
  await openLive(page);
  await nameBox(page).fill("uami-back");
  await button(bar(page), "Sign in").click();
  await expect(button(page, "Ada Lovelace")).toBeVisible();
  await page.goBack();
  await expect(bar(page)).toContainText("You're not signed in.");
  await expect(nameBox(page)).toHaveValue("uami-back");
  await signIn(page);
  await expect(nameBox(page)).toHaveValue("uami-back");
});

test("a page restored from the back/forward cache can sign in again", async ({ page, cloud }) => {
  await openLive(page);
  await nameBox(page).fill("uami-back");
  // A sign-in that doesn't navigate (204), so that the page stays as it was when it was left.
  await page.route(`${cloud.served.authority}/**/authorize?*`, (route) => route.fulfill({ status: 204 }), { times: 1 });
  await button(bar(page), "Sign in").click();
  await expect(button(bar(page), "Sign in")).toHaveCount(0);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await expect(bar(page)).toContainText("You're not signed in.");
  await signIn(page);
  await expect(nameBox(page)).toHaveValue("uami-back");
});

for (const way of ["redirect", "popup"]) {
  test.describe(`interrupted, by ${way}`, () => {
    test.use({ config: { signIn: way } });

    test("a tab that is closed leaves nothing behind for the next", async ({ page, context }) => {
      await openLive(page);
      const asked = way === "popup" ? context.waitForEvent("page") : Promise.resolve(page);
      await button(bar(page), "Sign in").click();
      await expect(button(await asked, "Ada Lovelace")).toBeVisible();
      await page.close();
      const next = await context.newPage();
      await openLive(next);
      await expect(bar(next)).toContainText("You're not signed in.");
      expect(await next.evaluate(() => Object.keys({ ...localStorage, ...sessionStorage }).filter((key) => /ask|answer|interaction/.test(key)))).toEqual([]);
      await (way === "popup" ? signInByWindow(next) : signIn(next));
      await sees(next, "Contoso Development");
    });
  });
}

test("another app of this origin signs in meanwhile, and neither affects the other", async ({ page, context, cloud }) => {
  await openLive(page);
  await button(bar(page), "Sign in").click();
  await expect(button(page, "Ada Lovelace")).toBeVisible();
  // The same origin with another app registration, in another tab.
  const other = await context.newPage();
  await other.route("**/config.json", async (route) => route.fulfill({ json: { ...(await (await route.fetch()).json()), signIn: "popup" } }));
  await openLive(other, `${cloud.served.app}?instance=other${FORM}`);
  await signInByWindow(other);
  await sees(other, "Contoso Development");
  await choose(page, "Ada Lovelace");
  await signedIn(page);
  await sees(page, "Contoso Development");
});

test("a tab that navigates to another app of this origin passes it no tokens", async ({ page, cloud }) => {
  await openLive(page);
  await signIn(page);
  await page.route("**/config.json", async (route) =>
    route.fulfill({ json: { ...(await (await route.fetch()).json()), clientId: "99999999-2d4b-4f86-9b13-7a0e64d2f8c5" } }),
  );
  await page.goto("about:blank");
  const asked: string[] = [];
  page.on("request", (request) => request.url().startsWith(cloud.served.arm) && asked.push(request.url()));
  await openLive(page);
  await expect(bar(page)).toContainText("You're not signed in.");
  expect(JSON.parse((await kept(page)).session)["identity-portal:session"]).toBeUndefined();
  expect(asked).toEqual([]);
});

test("a response requested under other settings signs nobody in", async ({ page, cloud }) => {
  await openLive(page);
  await nameBox(page).fill("uami-kept");
  await button(bar(page), "Sign in").click();
  await expect(button(page, "Ada Lovelace")).toBeVisible();
  // Meanwhile the configuration changes to another app registration.
  await page.route("**/config.json", async (route) =>
    route.fulfill({ json: { ...(await (await route.fetch()).json()), clientId: "99999999-2d4b-4f86-9b13-7a0e64d2f8c5" } }),
  );
  await choose(page, "Ada Lovelace");
  await expect(bar(page).getByRole("alert")).toContainText("The settings of this page changed while you were signing in.");
  await expect(bar(page)).toContainText("You're not signed in.");
  await expect(nameBox(page)).toHaveValue("uami-kept");
  expect((await cloud.seen()).filter(({ at }) => at === "token")).toHaveLength(0);
});

test("a browser without random numbers starts no sign-in", async ({ page, context, cloud }) => {
  await context.addInitScript(() => {
    crypto.getRandomValues = () => {
      throw new DOMException("no entropy", "OperationError");
    };
  });
  await openLive(page);
  await button(bar(page), "Sign in").click();
  await expect(bar(page).getByRole("alert")).toContainText("Your browser returned no random numbers");
  expect((await cloud.seen()).filter(({ at }) => at === "authorize")).toHaveLength(0);
});

test("by redirect, in a browser without URLSearchParams.size", async ({ page, context }) => {
  await context.addInitScript(() => delete (URLSearchParams.prototype as { size?: number }).size);
  await openLive(page);
  await signIn(page);
});

test("an unsolicited response signs nobody in", async ({ page, cloud }) => {
  await page.goto("./auth.html#code=0.foreign&state=r.AAAAAAAAAAAAAAAAAAAAAA");
  await expect(bar(page)).toContainText("This sign-in wasn't started here");
  expect(page.url()).not.toContain("foreign");
  await page.goto("./auth.html#access_token=x&state=r.x&next=https%3A%2F%2Fevil.example");
  await expect(bar(page)).toContainText("wasn't started here");
  expect(page.url().startsWith(cloud.served.app)).toBe(true);
});

test.describe("in a pop-up", () => {
  test.use({ config: { signIn: "popup" } });

  test("the form stays as it is", async ({ page }) => {
    await openLive(page);
    await nameBox(page).fill("uami-window");
    await signInByWindow(page);
    await sees(page, "Contoso Development");
    await expect(nameBox(page)).toHaveValue("uami-window");
    expect(page.context().pages()).toHaveLength(1);
  });

  test("Cancel is always available, a closed pop-up is not a response, and signing in can be tried again", async ({ page }) => {
    await openLive(page);
    const opened = page.waitForEvent("popup");
    await button(bar(page), "Sign in").click();
    const popup = await opened;
    await expect(button(popup, "Ada Lovelace")).toBeVisible();
    await expect(bar(page)).toContainText("using the window that opened");
    await popup.close();
    await expect(bar(page)).toContainText("The sign-in window seems to be closed.");
    await expect(button(bar(page), "Sign in")).toBeVisible();
    await button(bar(page), "Cancel sign-in").click();
    await expect(bar(page)).toContainText("You're not signed in.");
    await signInByWindow(page);
    await sees(page, "Contoso Development");
  });

  test("Cancel closes the pop-up", async ({ page }) => {
    await openLive(page);
    const opened = page.waitForEvent("popup");
    await button(bar(page), "Sign in").click();
    const popup = await opened;
    const closed = popup.waitForEvent("close");
    await button(bar(page), "Cancel sign-in").click();
    await closed;
    await expect(button(bar(page), "Sign in")).toBeVisible();
  });

  test("cancelling on the sign-in page shows a message", async ({ page }) => {
    await openLive(page);
    const opened = page.waitForEvent("popup");
    await button(bar(page), "Sign in").click();
    await button(await opened, "Cancel").click();
    await expect(bar(page).getByRole("alert")).toBeVisible();
    await expect(button(bar(page), "Sign in")).toBeVisible();
  });

  test("a response still arrives if Cross-Origin-Opener-Policy severs the windows", async ({ page, context, cloud }) => {
    await context.route(`${cloud.served.authority}/**`, async (route) => {
      const answer = await route.fetch({ maxRedirects: 0 });
      await route.fulfill({ response: answer, headers: { ...answer.headers(), "cross-origin-opener-policy": "same-origin" } });
    });
    await openLive(page);
    await signInByWindow(page);
    await sees(page, "Contoso Development");
  });
});

test("a reader gets a warning before creating", async ({ page }) => {
  await openLive(page);
  await signIn(page, "Alan Turing");
  await fillBasics(page, TRAINING);
  await described(combobox(page, "Resource group"), "Your account seems to lack");
});

test("a guest without access sees no subscription, and the form names the directory to switch to", async ({ page }) => {
  await openLive(page);
  await signIn(page, "Edsger Dijkstra");
  await sees(page, "Fabrikam Production");
  await button(page, "Account").click();
  const panel = page.getByRole("region", { name: "Account" });
  await expect(panel).toContainText("Edsger Dijkstra");
  await expect(panel).toContainText("Fabrikam");
  await button(panel, "Switch to Contoso").click();
  await page.keyboard.press("Escape");
  const main = page.getByRole("main");
  await expect(main.getByText("You have no subscription in this directory. You can switch to another one.")).toHaveCount(1);
  await combobox(page, "Subscription").click();
  await expect(page.getByText("No subscriptions", { exact: true }).last()).toBeVisible();
  await page.keyboard.press("Escape");
  await button(page, "Review + create").click();
  await expect(main).toContainText("There is no subscription to choose in this directory.");
  await expect(main).not.toContainText("Choose a subscription.");
  await tab(page, "Basics").click();
  await button(main, "Switch to Fabrikam").click();
  await expect(combobox(page, "Subscription")).toBeFocused();
  await sees(page, "Fabrikam Production");
  await expect(main).not.toContainText("You have no subscription");
});

test("the home page names it too", async ({ page }) => {
  await openLive(page);
  await signIn(page, "Edsger Dijkstra");
  await button(page, "Account").click();
  await button(page.getByRole("region", { name: "Account" }), "Switch to Contoso").click();
  await page.keyboard.press("Escape");
  await openLive(page, "#/");
  await button(page.getByRole("main"), "Switch to Fabrikam").click();
  await expect(page.getByRole("heading", { name: "Identities in Fabrikam Production" })).toBeVisible();
});

test("switching the directory clears the subscription and group, and keeps the rest of the form", async ({ page }) => {
  await openLive(page);
  await signIn(page);
  await fillBasics(page, { ...TRAINING, name: "uami-typed" });
  await tab(page, "Tags").click();
  await combobox(page, "Tag name 1").fill("Env");
  await button(page, "Account").click();
  await button(page.getByRole("region", { name: "Account" }), "Switch to Fabrikam").click();
  await expect(page.getByRole("region", { name: "Account" })).toContainText("Switch to Contoso");
  await tab(page, "Basics").click();
  // The other directory's only subscription is selected, if any, but never the previous one.
  await expect(combobox(page, "Subscription")).toHaveValue(/^(|Fabrikam Production)$/);
  await expect(combobox(page, "Resource group")).toHaveValue("");
  await expect(nameBox(page)).toHaveValue("uami-typed");
  await tab(page, "Tags").click();
  await expect(combobox(page, "Tag name 1")).toHaveValue("Env");
});

test("signed out, the review offers the sign-in, and Create waits for it", async ({ page }) => {
  await openLive(page, `${FORM}?subscription=${DEVELOPMENT}&resourceGroup=RG1&region=westeurope&name=uami-linked`);
  await button(page, "Review + create").click();
  const main = page.getByRole("main");
  await expect(main.getByRole("alert")).toContainText("Sign in and try again. Nothing you typed is lost.");
  await expect(main).not.toContainText("You can still create the identity");
  await expect(button(page, "Create")).toBeDisabled();
  await expect(main.getByRole("button", { name: "Try again" })).toHaveCount(0);
  await main.getByRole("alert").getByRole("button", { name: "Sign in" }).click();
  await choose(page, "Ada Lovelace");
  await signedIn(page);
  await expect(nameBox(page)).toHaveValue("uami-linked");
  await review(page);
  await create(page);
});

test("signed out, the form shows what it can and offers the sign-in", async ({ page }) => {
  await openLive(page, `${FORM}?subscription=${DEVELOPMENT}&resourceGroup=RG1&region=westeurope&name=uami-linked`);
  await expect(combobox(page, "Subscription")).toHaveValue(`Subscription ${DEVELOPMENT.split("-")[0]}…`);
  await expect(combobox(page, "Region")).toHaveValue("West Europe");
  await button(page, "Review + create").click();
  await expect(page.getByRole("main")).not.toContainText("You can continue");
  await page.evaluate(() => sessionStorage.clear());
  await page.goto("about:blank");
  await openLive(page, FORM);
  await button(page, "Review + create").click();
  await expect(page.getByRole("main")).toContainText("Sign in to choose a subscription.");
  await expect(page.getByRole("main")).not.toContainText("Choose a subscription.");
});

test("a contributor creates", async ({ page }) => {
  await openLive(page);
  await signIn(page, "Grace Hopper");
  await fillBasics(page, { ...TRAINING, name: "uami-by-grace" });
  await review(page);
  await create(page);
});

test("a user who needs a second factor is asked for it once, and signed in", async ({ page, cloud }) => {
  await openLive(page);
  await nameBox(page).fill("uami-factor");
  await button(bar(page), "Sign in").click();
  await choose(page, "Katherine Johnson");
  await button(page, "Approve").click();
  await signedIn(page);
  await sees(page, "Contoso Development");
  await expect(nameBox(page)).toHaveValue("uami-factor");
  expect((await cloud.seen()).filter(({ at }) => at === "authorize")).toHaveLength(1);
});

test("consent: declining shows a message, accepting continues", async ({ page }) => {
  await openLive(page);
  await button(bar(page), "Sign in").click();
  await choose(page, "Barbara Liskov");
  await button(page, "Decline").click();
  await expect(bar(page)).toContainText("You didn't accept");
  await button(bar(page), "What Entra says").click();
  await expect(bar(page)).toContainText("AADSTS65004");
  await button(bar(page), "Sign in").click();
  const choice = button(page, "Barbara Liskov");
  await expect(choice.or(button(page, "Accept"))).toBeVisible();
  if (await choice.isVisible()) await choice.click();
  await button(page, "Accept").click();
  await signedIn(page);
  await sees(page, "Contoso Development");
});

test("two accounts, and each sees its own", async ({ page, cloud }) => {
  await openLive(page);
  await signIn(page);
  await button(page, "Account").click();
  const panel = page.getByRole("region", { name: "Account" });
  await button(panel, "Use another account").click();
  await choose(page, "Edsger Dijkstra");
  await signedIn(page);
  await sees(page, "Fabrikam Production");
  await button(page, "Account").click();
  await button(panel, "Use ada@contoso.example").click();
  await expect(panel).toContainText("Ada Lovelace");
  await sees(page, "Contoso Development");
  // Navigating away and back is not a duplicated tab: both accounts' tokens can still be renewed.
  await cloud.arm("expire");
  await page.reload();
  await sees(page, "Contoso Development");
  await button(page, "Account").click();
  await button(panel, "Use edsger@fabrikam.example").click();
  await sees(page, "Fabrikam Production");
  expect((await cloud.seen()).filter(({ grant }) => grant === "refresh_token").length).toBeGreaterThanOrEqual(2);
  await expect(bar(page)).toHaveCount(0);
});

test("signing out signs out everywhere", async ({ page, context }) => {
  await openLive(page);
  await signIn(page);
  const other = await context.newPage();
  await openLive(other);
  // The session at Entra continues: one press, and no account selection.
  await button(bar(other), "Sign in").click();
  await signedIn(other);
  await nameBox(page).fill("uami-left");
  await button(page, "Account").click();
  await button(page.getByRole("region", { name: "Account" }), "Sign out").click();
  await expect(page.locator("#program")).toBeVisible();
  await expect(bar(page)).toContainText("You're not signed in.");
  // That account's draft is deleted.
  await expect(nameBox(page)).toHaveValue("");
  await expect(bar(other)).toContainText("You signed out in another tab.");
  for (const tab of [page, other]) expect(JSON.parse((await kept(tab)).session)["identity-portal:session"]).toBeUndefined();
});

test.describe("with the organisation's defaults", () => {
  test.use({ config: { defaults: { name: "id-default" } } });

  test("the form opens with them again after signing out, here and in another tab", async ({ page, context }) => {
    await openLive(page);
    await signIn(page);
    await nameBox(page).fill("uami-left");
    const other = await context.newPage();
    await openLive(other);
    await button(bar(other), "Sign in").click();
    await signedIn(other);
    await nameBox(other).fill("uami-other");
    await button(page, "Account").click();
    await button(page.getByRole("region", { name: "Account" }), "Sign out").click();
    await expect(bar(page)).toContainText("You're not signed in.");
    await expect(nameBox(page)).toHaveValue("id-default");
    await expect(bar(other)).toContainText("You signed out in another tab.");
    await expect(nameBox(other)).toHaveValue("");
    await other.reload();
    await expect(bar(other)).toContainText("You're not signed in.");
    await expect(nameBox(other)).toHaveValue("id-default");
  });
});
