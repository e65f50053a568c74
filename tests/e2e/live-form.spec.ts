// Real data in the form and on the pages: a cloud whose metadata comes from ARM, unusable subscriptions, headers that a browser can't
// read, and pages that were open before the person signed in.
import type { Page, Route } from "@playwright/test";
import { bar, configureLive, expect, FORM, type LocalCloud, openLive, sees, signedIn, signIn, signInByWindow, test } from "./live";
import { button, combobox, create, described, DEVELOPMENT, fillBasics, main, nameBox, option, review, title, TRAINING } from "./pages";

const LINK = `${FORM}?subscription=${DEVELOPMENT}&resourceGroup=RG1&region=eastus&name=`;
const GROUP = `subscriptions/${DEVELOPMENT}/resourceGroups/RG1/providers`;

test.describe("a cloud of which config.json has only ARM's address", () => {
  test("ARM's metadata names the authority, and the identity is created", async ({ page, context, cloud }) => {
    await configureLive(context, { cloud: { name: "Somewhere else", resourceManager: cloud.served.arm } });
    await openLive(page);
    await expect(bar(page)).toContainText(`You sign in at ${new URL(cloud.served.authority).host}`);
    await signIn(page);
    await fillBasics(page, { ...TRAINING, name: "uami-elsewhere" });
    await review(page);
    await create(page);
    const metadata = (await cloud.asked()).filter(({ target }) => target.startsWith("/metadata/endpoints"));
    expect(new Set(metadata.map(({ target }) => target))).toEqual(new Set(["/metadata/endpoints?api-version=2022-09-01"]));
  });

  test("if ARM doesn't name it, a message says so, and the next try signs in", async ({ page, context, cloud }) => {
    await configureLive(context, { cloud: { name: "Somewhere else", resourceManager: cloud.served.arm } });
    let answer: string | null = null;
    const metadata = (url: URL) => url.pathname === "/metadata/endpoints";
    await page.route(metadata, (route) => (answer ? route.fulfill({ headers: { "access-control-allow-origin": "*" }, body: answer }) : route.abort("connectionreset")));
    for (answer of [null, "<h1>Welcome to the hotel's network</h1>"]) {
      if (answer) await page.reload();
      else await openLive(page);
      await nameBox(page).fill("uami-kept");
      await button(bar(page), "Sign in").click();
      await expect(bar(page).getByRole("alert")).toContainText(answer ? "doesn't say where to sign in" : "could not be reached");
      await expect(nameBox(page)).toHaveValue("uami-kept");
    }
    await page.unroute(metadata);
    await signIn(page);
    await expect(nameBox(page)).toHaveValue("uami-kept");
    await sees(page, "Contoso Development");
  });
});

for (const status of [401, 403]) {
  test(`a list that Azure refuses with ${status} says why`, async ({ page, cloud }) => {
    await openLive(page);
    await signIn(page);
    await sees(page, "Contoso Development");
    const code = status === 401 ? "InvalidAuthenticationTokenTenant" : "AuthorizationFailed";
    await cloud.arm("next", { methods: ["GET"], path: "/subscriptions", status, code, message: "No.", times: 20 });
    await page.reload();
    const why = status === 401 ? "directory" : "allowed";
    await described(combobox(page, "Subscription"), new RegExp(`Couldn't load your subscriptions \\(.*${why}.*\\)`, "i"));
  });
}

test.describe("subscriptions that can't be used", () => {
  const states = { "Contoso Development": "PastDue", "Contoso Sandbox": "Warned" } as Record<string, string>;

  test("are listed last, greyed out under the reason", async ({ page, cloud }) => {
    await openLive(page);
    await cloud.instead(page, /^\/subscriptions$/, async (route) => {
      const list = await (await route.fetch()).json();
      const value = list.value.map((one: { displayName: string; state: string }) => ({ ...one, state: states[one.displayName] ?? one.state }));
      return { body: JSON.stringify({ ...list, value }) };
    });
    await signIn(page);
    // The only writable one is selected, and a past due payment is mentioned.
    await expect(combobox(page, "Subscription")).toHaveValue("Contoso Development");
    await described(combobox(page, "Subscription"), "A payment for this subscription is overdue.");
    await combobox(page, "Subscription").click();
    for (const [reason, name] of [
      ["Read only: the subscription is about to be disabled", "Contoso Sandbox"],
      ["Read only: the subscription is disabled", "Contoso Archive"],
    ]) {
      const entry = page.getByRole("group", { name: reason }).getByRole("option", { name, exact: true });
      await expect(entry).toHaveAttribute("aria-disabled", "true");
    }
    await expect(page.getByRole("option").first()).toHaveAccessibleName("Contoso Development");
    // A click on it selects nothing.
    await page.getByRole("option", { name: "Contoso Sandbox" }).click({ force: true });
    await page.keyboard.press("Escape");
    await expect(combobox(page, "Subscription")).toHaveValue("Contoso Development");
  });

  test.describe("by the organisation's rules", () => {
    test.use({ config: { rules: { subscriptions: ["7b20e9d4-51af-4c68-b3f2-08d6a4c59e02"] } } });

    test("the same, and the only one left is selected", async ({ page }) => {
      await openLive(page);
      await signIn(page);
      await expect(combobox(page, "Subscription")).toHaveValue("Contoso Sandbox");
      await combobox(page, "Subscription").click();
      const refused = page.getByRole("group", { name: "Not allowed by your organisation" });
      await expect(refused.getByRole("option", { name: "Contoso Development" })).toHaveAttribute("aria-disabled", "true");
      const names = await page.getByRole("option").allTextContents();
      expect(names.findIndex((name) => name.includes("Sandbox"))).toBe(0);
    });
  });
});

test.describe("responses whose URL is only in a header", () => {
  test("a long-running validation is confirmed or not, and Create is enabled", async ({ page, cloud }) => {
    await openLive(page, `${LINK}uami-later`);
    await signIn(page);
    let later = "";
    const taken = async (route: Route) => {
      later = await (await route.fetch()).text();
      return { status: 202, headers: { location: `${cloud.served.arm}/subscriptions/${DEVELOPMENT}/operationresults/1?api-version=2024-07-01` }, body: "" };
    };
    // A list that loads late triggers another validation.
    await cloud.instead(page, /\/validate$/, taken, "POST", Infinity);
    await cloud.instead(page, /\/operationresults\/1$/, async () => ({ body: later }), "GET", Infinity);
    await review(page, cloud.expose ? "Validation passed." : "Azure's answer couldn't be read, so validation isn't confirmed.");
    await expect(button(page, "Create")).toBeEnabled();
    await create(page);
  });

  for (const [what, headers] of [
    ["at a foreign host", { location: "https://evil.example/operationresults/1" }],
    ["nowhere", {}],
  ] as const) {
    test(`a validation whose answer will be ${what} is not confirmed, and Create is enabled`, async ({ page, cloud }) => {
      await openLive(page, `${LINK}uami-astray`);
      await signIn(page);
      // A list that loads late triggers another validation.
      await cloud.instead(page, /\/validate$/, { status: 202, headers, body: "" }, "POST", Infinity);
      await review(page, "Azure's answer couldn't be read, so validation isn't confirmed.");
      await create(page);
    });
  }

  test("the what-if result is shown, or else the command that shows it", async ({ page, cloud }) => {
    await openLive(page, `${LINK}uami-outlook`);
    await signIn(page);
    await review(page);
    await button(page, "See what would change").click();
    const told = main(page).locator("#what-if");
    if (cloud.expose) {
      await expect(told.getByRole("term").filter({ hasText: "uami-outlook" })).toBeVisible();
      await expect(told.getByRole("definition")).toContainText("Will be created");
    } else {
      await expect(told).toContainText("doesn't let a browser read it");
      await expect(told).toContainText("az deployment group what-if");
    }
    await expect(button(page, "Create")).toBeEnabled();
  });

  test("a deployment has its correlation id either way", async ({ page }) => {
    await openLive(page, `${LINK}uami-traced`);
    await signIn(page);
    await review(page);
    await create(page);
    await expect(button(page, "Copy Correlation ID")).toBeVisible();
  });
});

test.describe("pages that were open before the person signed in", () => {
  test.use({ config: { signIn: "popup" } });

  for (const [page_, hash, brings] of [
    ["the list of identities", "#/identities", (page: Page) => page.getByRole("row", { name: /uami-existing/ })],
    ["an identity", `#/identity/${GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/uami-existing`, (page: Page) => button(page, "Copy Client ID")],
    ["a deployment that is not there", `#/deployment/${GROUP}/Microsoft.Resources/deployments/gone`, (page: Page) => page.getByText("There is no such deployment")],
  ] as const) {
    test(`${page_} loads again without a reload of the page`, async ({ page }) => {
      await openLive(page, hash);
      // Not an error: the sign-in bar says it once, with its button.
      await expect(main(page)).toContainText(/Sign in to see (this|your identities)\./);
      await expect(page.getByRole("alert")).toHaveCount(0);
      await expect(button(page, "Try again")).toHaveCount(0);
      await page.evaluate(() => ((window as unknown as { same: boolean }).same = true));
      await signInByWindow(page);
      await expect(brings(page)).toBeVisible();
      await expect(main(page)).not.toContainText("Sign in to see");
      expect(await page.evaluate(() => (window as unknown as { same?: boolean }).same)).toBe(true);
      // Another account sees other data.
      await button(page, "Account").click();
      await button(page.getByRole("region", { name: "Account" }), "Sign out").click();
      await expect(bar(page)).toContainText("You're not signed in.");
      await expect(title(page)).toBeVisible();
    });
  }

  test("a failed search works after signing in", async ({ page }) => {
    await openLive(page, "#/");
    const box = combobox(page, "Search");
    await box.fill("uami-ex");
    await expect(page.getByRole("region", { name: "Search results" })).toContainText("Sign in to see your identities.");
    await page.keyboard.press("Escape");
    await signInByWindow(page);
    await box.fill("");
    await box.fill("uami-ex");
    await expect(page.getByRole("option", { name: /uami-existing/ })).toBeVisible();
  });

  test("a failed search is repeated on the next keystroke", async ({ page, cloud }) => {
    await openLive(page, "#/create");
    await signInByWindow(page);
    await signedIn(page);
    // Only Azure is out of reach: the panel itself is still to be loaded.
    const azure = `${cloud.served.arm}/**`;
    await page.route(azure, (route) => route.abort("internetdisconnected"));
    const box = combobox(page, "Search");
    await box.fill("uami-e");
    await expect(page.getByText("Couldn't load your identities.")).toBeVisible();
    await page.unroute(azure);
    await box.press("End");
    await box.press("x");
    await expect(page.getByRole("option", { name: /uami-existing/ })).toBeVisible();
  });

  test("the form loads what was missing, and keeps what was typed", async ({ page }) => {
    await openLive(page, `${LINK}uami-typed`);
    await signInByWindow(page);
    await expect(combobox(page, "Subscription")).toHaveValue("Contoso Development");
    await expect(nameBox(page)).toHaveValue("uami-typed");
    await combobox(page, "Region").fill("West Eu");
    await expect(option(page, "West Europe")).toBeVisible();
  });
});

test("an identity that is found only when Create is pressed also needs a confirmation", async ({ page, cloud }) => {
  await openLive(page);
  await signIn(page);
  await fillBasics(page, { ...TRAINING, name: "uami-race" });
  await review(page);
  const id = `/${GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/uami-race`;
  const [tenantId, principalId, clientId] = [1, 2, 3].map((last) => `11111111-2222-3333-4444-55555555555${last}`);
  const there = { id, name: "uami-race", location: "eastus", tags: { owner: "web" }, properties: { tenantId, principalId, clientId } };
  // By then the form has checked the name itself.
  await expect(button(page, "Create")).toBeEnabled();
  await cloud.instead(page, /userAssignedIdentities\/uami-race$/, { body: JSON.stringify(there) }, "GET");
  await button(page, "Create").click();
  const dialog = page.getByRole("dialog", { name: "Update the existing identity?" });
  await expect(dialog.getByRole("row", { name: "Tag owner web Not set Removed" })).toBeVisible();
  await button(dialog, "Cancel").click();
  expect((await cloud.asked()).filter(({ method }) => method === "PUT")).toEqual([]);
});

test("a missing identity is asked for once, and again only if it was created here", async ({ page, cloud }) => {
  const path = `/${GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/`;
  const asked = async (name: string) =>
    (await cloud.asked()).filter(({ method, target }) => method === "GET" && target.includes(`userAssignedIdentities/${name}`)).length;
  await openLive(page);
  await signIn(page);
  await openLive(page, `#/identity${path}uami-missing`);
  await expect(main(page)).toContainText("The identity uami-missing wasn't found");
  expect(await asked("uami-missing")).toBe(1);
  await openLive(page, FORM);
  await fillBasics(page, { ...TRAINING, name: "uami-late" });
  await review(page, /Validation passed/);
  await create(page);
  const missing = JSON.stringify({ error: { code: "ResourceNotFound", message: "Not yet." } });
  await cloud.instead(page, /userAssignedIdentities\/uami-late$/, { status: 404, body: missing }, "GET", 2);
  await button(page, "Go to resource").click();
  await expect(button(page, "Copy Client ID")).toBeVisible();
});

test("the last used subscription and group are offered first, and deleted on sign-out", async ({ page }) => {
  const first = async (field: string) => {
    await combobox(page, field).click();
    await expect(page.getByRole("option").first()).toBeVisible();
    const group = page.getByRole("group", { name: "Last used" });
    const names = (await group.count()) > 0 ? await group.getByRole("option").allTextContents() : [];
    await page.keyboard.press("Escape");
    return names;
  };
  await openLive(page);
  await signIn(page);
  await sees(page, "Contoso Sandbox");
  expect(await first("Subscription")).toEqual([]);
  await fillBasics(page, { subscription: "Contoso Sandbox", group: "rg-training", region: "Italy North", name: "uami-last" });
  await review(page, /Validation passed/);
  await create(page);
  await openLive(page, FORM);
  await expect.poll(() => first("Subscription")).toEqual([expect.stringContaining("Contoso Sandbox")]);
  await fillBasics(page, { subscription: "Contoso Sandbox" });
  await expect.poll(() => first("Resource group")).toEqual([expect.stringContaining("rg-training")]);
  await button(page, "Account").click();
  await button(page.getByRole("region", { name: "Account" }), "Sign out").click();
  await expect(bar(page)).toContainText("You're not signed in.");
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain("rg-training");
  await signIn(page);
  await sees(page, "Contoso Sandbox");
  expect(await first("Subscription")).toEqual([]);
});

for (const [why, answer, said] of [
  ["Azure refuses to tell", { status: 403, body: JSON.stringify({ error: { code: "AuthorizationFailed", message: "No." } }) }, "your account isn't allowed to read this"],
  ["Azure answers with an error", { status: 400, body: JSON.stringify({ error: { code: "BadRequest", message: "Oh." } }) }, "BadRequest"],
  ["no answer comes", undefined, "Azure could not be reached"],
] as const) {
  test(`whether the name is taken is unknown, since ${why}: a confirmation comes before any write`, async ({ page, cloud }) => {
    const puts = async () => (await cloud.asked()).filter(({ method }) => method === "PUT");
    await cloud.instead(page, /userAssignedIdentities\/uami-existing$/, answer, "GET", Infinity);
    await openLive(page, `${LINK}uami-existing`);
    await signIn(page);
    await review(page);
    await button(page, "Create").click();
    const dialog = page.getByRole("dialog", { name: "Create without checking the name?" });
    await expect(dialog).toContainText(`Couldn't check whether uami-existing already exists in RG1 (${said}). If it does, Create updates it`);
    await expect(button(dialog, "Cancel")).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    expect(await puts()).toEqual([]);
    // Somebody without read permission can still create.
    await button(page, "Create").click();
    await button(dialog, "Create anyway").click();
    await expect.poll(puts).toHaveLength(1);
  });
}

test.describe("the review's validation", () => {
  const validated = async (cloud: LocalCloud) => (await cloud.asked()).filter(({ method, target }) => method === "POST" && target.includes("/validate?"));

  test("is sent once, however late the lists load", async ({ page, cloud }) => {
    let arrive = () => {};
    const lists = new Promise<void>((resolve) => (arrive = resolve));
    const late: string[] = [];
    const isList = (url: URL) => url.href.startsWith(cloud.served.arm) && /\/(subscriptions|locations|resourcegroups|tagNames|Microsoft\.ManagedIdentity)$/i.test(url.pathname);
    await page.route(isList, async (route) => {
      late.push(new URL(route.request().url()).pathname);
      await lists;
      await route.fallback();
    });
    // The group's spelling differs from the list's, so that the list corrects it.
    await openLive(page, `${LINK.replace("RG1", "rg1")}uami-late-lists`);
    await signIn(page);
    await review(page);
    await expect(button(page, "Create")).toBeEnabled();
    expect(late.length).toBeGreaterThan(2);
    await page.evaluate(() => {
      const button = document.querySelector("#create-now")!;
      const flips = ((window as unknown as { flips: string[] }).flips = []) as string[];
      new MutationObserver((changes) => flips.push(...changes.map(({ attributeName }) => attributeName!))).observe(button, {
        attributeFilter: ["disabled", "aria-disabled"],
      });
    });
    arrive();
    await expect(main(page).getByRole("definition").filter({ hasText: "Contoso Development" })).toBeVisible();
    await expect(main(page).getByRole("definition").filter({ hasText: "RG1" })).toBeVisible();
    await expect(button(page, "Create")).toBeEnabled();
    expect(await page.evaluate(() => (window as unknown as { flips: string[] }).flips)).toEqual([]);
    expect(await validated(cloud)).toHaveLength(1);
    // Opening the review again validates again.
    await page.getByRole("tab", { name: "Basics" }).click();
    await review(page);
    await expect(button(page, "Create")).toBeEnabled();
    expect(await validated(cloud)).toHaveLength(2);
  });
});
