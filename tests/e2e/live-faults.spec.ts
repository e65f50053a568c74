// Faults between the sign-in and the identity: the draft is kept, one clear message is shown (or the page recovers silently), and
// the next try succeeds. The sign-in's own faults are in live-refused, challenges in live-tokens.
import type { Page } from "@playwright/test";
import { type Answer, bar, expect, FORM, type Given, type LocalCloud, openLive, signedIn, signIn, test } from "./live";
import { button, combobox, DEVELOPMENT, main, nameBox, option, standing } from "./pages";

type Scene = { page: Page; cloud: LocalCloud };
type Fault = (scene: Scene) => Promise<unknown>;

const PROXY = "<!doctype html><title>502 Bad Gateway</title><h1>The proxy is tired</h1>";
const arm = (plan: Record<string, unknown>): Fault => ({ cloud }) => cloud.arm("next", plan);
const instead = (path: RegExp, answer?: Answer, method?: string): Fault => ({ page, cloud }) => cloud.instead(page, path, answer, method);

// --- The lists ---

const cutInHalf: Answer = async (route) => {
  const body = await (await route.fetch()).text();
  return { body: body.slice(0, body.length / 2) };
};
/** The list, with a nextLink to another address. */
const nextAt =
  (next: (url: string) => string): Answer =>
  async (route) => {
    const list = await (await route.fetch()).json();
    return { body: JSON.stringify({ ...list, nextLink: next(route.request().url()) }) };
  };

const refused = (status: number, code: string): Answer => ({ status, body: JSON.stringify({ error: { code, message: "Azure's words." } }) });

const LATER = { status: 429, body: JSON.stringify({ error: { code: "TooManyRequests", message: "Please try again after '3600' seconds." } }) };

const SUBSCRIPTIONS = /^\/subscriptions$/;
const GROUPS = /^\/subscriptions\/[^/]+\/resourcegroups$/i;

/** Faults, with the list that they affect. Each list says that it failed, and Try again loads it. */
const LISTS: [string, Fault, string][] = [
  ["subscriptions cut", instead(SUBSCRIPTIONS), "Subscription"],
  ["subscriptions forbidden", instead(SUBSCRIPTIONS, refused(403, "AuthorizationFailed")), "Subscription"],
  ["subscriptions a proxy's page", instead(SUBSCRIPTIONS, { headers: { "content-type": "text/html" }, body: PROXY }), "Subscription"],
  ["subscriptions cut in half", instead(SUBSCRIPTIONS, cutInHalf), "Subscription"],
  ["subscriptions without a list", instead(SUBSCRIPTIONS, { body: "{}" }), "Subscription"],
  ["subscriptions that lead to a foreign host", instead(SUBSCRIPTIONS, nextAt(() => "https://evil.example/subscriptions?api-version=2022-12-01")), "Subscription"],
  ["subscriptions that lead to themselves", instead(SUBSCRIPTIONS, nextAt((url) => url)), "Subscription"],
  ["subscriptions empty", instead(SUBSCRIPTIONS, { body: "" }), "Subscription"],
  ["subscriptions without content", instead(SUBSCRIPTIONS, { status: 204, body: "" }), "Subscription"],
  ["subscriptions led elsewhere", instead(SUBSCRIPTIONS, { status: 302, headers: { location: "https://evil.example/" }, body: "" }), "Subscription"],
  ["subscriptions in an hour", instead(SUBSCRIPTIONS, { ...LATER, headers: { "retry-after": "3600" } }), "Subscription"],
  ["subscriptions in no known version", instead(SUBSCRIPTIONS, refused(400, "InvalidApiVersionParameter")), "Subscription"],
  ["groups cut", instead(GROUPS), "Resource group"],
  ["groups of a subscription that is gone", instead(GROUPS, refused(404, "SubscriptionNotFound")), "Resource group"],
  ["groups cut in half", instead(GROUPS, cutInHalf), "Resource group"],
  ["the provider cut", instead(/\/providers\/Microsoft\.ManagedIdentity$/), "Region"],
  ["the regions a proxy's page", instead(/\/locations$/, { body: PROXY }), "Region"],
];

const LINK = `${FORM}?subscription=${DEVELOPMENT}&resourceGroup=RG1&region=eastus&name=`;
const LISTED = { Subscription: "Contoso Development", "Resource group": "RG1", Region: "Australia East" } as Record<string, string>;

async function retried(page: Page, list: string) {
  await combobox(page, list).click();
  await expect(page.getByText("Couldn't load the list.").first()).toBeVisible();
  await option(page, "Try again").click();
  await expect(option(page, LISTED[list])).toBeVisible();
  await page.keyboard.press("Escape");
}

test("every list that fails says so, keeps what was typed, and loads on the next try", async ({ page, cloud }) => {
  await openLive(page, `${LINK}uami-kept`);
  await signIn(page);
  for (const [what, fault, list] of LISTS) {
    await test.step(what, async () => {
      await fault({ page, cloud });
      await page.reload();
      await retried(page, list);
      await expect(nameBox(page)).toHaveValue("uami-kept");
      await expect(combobox(page, "Resource group")).toHaveValue("RG1");
    });
  }
});

test("without a network the lists fail, and load when it is back", async ({ page, context }) => {
  await openLive(page);
  await signIn(page);
  await nameBox(page).fill("uami-kept");
  await combobox(page, "Subscription").fill("Contoso Dev");
  await expect(option(page, "Contoso Development")).toBeVisible();
  await context.setOffline(true);
  await option(page, "Contoso Development").click();
  await combobox(page, "Resource group").click();
  await expect(page.getByText("Couldn't load the list.").first()).toBeVisible();
  await context.setOffline(false);
  // By themselves: there is nothing to press.
  await expect(option(page, "RG1")).toBeVisible();
  await expect(page.getByText("Couldn't load the list.")).toHaveCount(0);
  await expect(nameBox(page)).toHaveValue("uami-kept");
});

test("too many reads: the page waits as long as the header or the message says, and continues", async ({ page, cloud }) => {
  await openLive(page, `${LINK}uami-kept`);
  await signIn(page);
  await expect(option(page, "Try again")).toHaveCount(0);
  const message = "Number of 'read' requests for subscription 's' actor 'o' exceeded. Please try again after '2' seconds.";
  const body = JSON.stringify({ error: { code: "SubscriptionRequestsThrottled", message } });
  await cloud.instead(page, GROUPS, { status: 429, headers: { "retry-after": "2" }, body });
  await page.reload();
  await combobox(page, "Resource group").click();
  await expect(option(page, "RG1")).toBeVisible();
  await expect(nameBox(page)).toHaveValue("uami-kept");
});

/** Faults of a token renewal, the message, and the button that loads the lists again. */
const RENEWALS: [string, Fault, string, "Sign in" | "Try again"][] = [
  ["the refresh token is expired", async ({ cloud }) => cloud.entra("next", { at: "token", grant: "refresh_token", error: 700084 }), "Azure asks you to sign in again.", "Sign in"],
  ["the password was changed", async ({ cloud }) => cloud.entra("next", { at: "token", grant: "refresh_token", error: 50173 }), "Azure asks you to sign in again.", "Sign in"],
  ["a device rule came", async ({ cloud }) => cloud.entra("next", { at: "token", grant: "refresh_token", error: 53000 }), "Azure asks you to sign in again.", "Sign in"],
  ["renewing is cut", async ({ page, cloud }) => page.route(`${cloud.served.authority}/*/oauth2/v2.0/token`, (route) => route.abort("connectionreset"), { times: 1 }), "The sign-in service could not be reached.", "Try again"],
  ["renewing answers with a page", async ({ cloud }) => cloud.entra("next", { at: "token", grant: "refresh_token", status: 200, body: PROXY }), "answer could not be understood.", "Try again"],
];

for (const [what, fault, says, remedy] of RENEWALS) {
  test(`${what}: a message is shown, and a sign-in or the next try loads the lists`, async ({ page, cloud }) => {
    await openLive(page);
    await signIn(page);
    await cloud.arm("expire");
    await fault({ page, cloud });
    await page.reload();
    await nameBox(page).fill("uami-kept");
    await expect(bar(page)).toContainText(says);
    if (remedy === "Sign in") {
      await button(bar(page), "Sign in").click();
      await signedIn(page);
      await combobox(page, "Subscription").click();
    } else {
      await combobox(page, "Subscription").click();
      await option(page, "Try again").click();
    }
    await expect(option(page, "Contoso Development")).toBeVisible();
    await expect(bar(page)).toHaveCount(0);
    await expect(nameBox(page)).toHaveValue("uami-kept");
  });
}

// --- The review ---

const VALIDATE = { methods: ["POST"], path: "/validate" };

/** Faults of Azure's validation, and the message. Each can be repeated; Create stays enabled unless Azure refused the request. */
const REVIEWS: [string, Fault, string][] = [
  ["cut", arm({ ...VALIDATE, drop: "before" }), "Azure could not be reached."],
  ["500", arm({ ...VALIDATE, status: 500, code: "InternalServerError", message: "Oh." }), "Azure has a temporary problem."],
  ["a proxy's 502", instead(/\/validate$/, { status: 502, body: PROXY }), "Azure has a temporary problem."],
  ["a proxy's page that calls itself a success", instead(/\/validate$/, { body: PROXY }), "Azure's answer could not be understood."],
  ["403", arm({ ...VALIDATE, status: 403, code: "AuthorizationFailed", message: "No." }), "Your account isn't allowed to do this here."],
  ["a group that is gone", arm({ ...VALIDATE, status: 404, code: "ResourceGroupNotFound", message: "Gone." }), "The resource group could not be found."],
  ["a lock", arm({ ...VALIDATE, status: 409, code: "ScopeLocked", message: "Locked." }), "A lock prevents changes here."],
  ["a subscription that was disabled", arm({ ...VALIDATE, status: 409, code: "ReadOnlyDisabledSubscription", message: "Off." }), "The subscription is disabled"],
  ["a code that nobody knows", arm({ ...VALIDATE, status: 418, code: "Teapot", message: "I am one." }), "Azure refused the request."],
  ["an error without a word", instead(/\/validate$/, { status: 400, body: "" }), "Azure refused the request."],
];

/** Those that are not refusals. */
const UNANSWERED = ["cut", "500", "a proxy's 502", "a proxy's page that calls itself a success"];

test("every validation that fails says why, keeps what was typed, and can be repeated", async ({ page, cloud }) => {
  await openLive(page, `${LINK}uami-kept`);
  await signIn(page);
  for (const [what, fault, says] of REVIEWS) {
    await test.step(what, async () => {
      await fault({ page, cloud });
      await button(page, "Review + create").click();
      const alert = main(page).getByRole("alert");
      await expect(alert).toContainText(says);
      await expect(alert).toHaveCount(1);
      if (UNANSWERED.includes(what)) await expect(button(page, "Create")).toBeEnabled();
      else await expect(button(page, "Create")).toBeDisabled();
      await button(page, "Edit Basics").click();
      await expect(nameBox(page)).toHaveValue("uami-kept");
      await button(page, "Review + create").click();
      await expect(main(page)).toContainText("Validation passed");
      await button(page, "Edit Basics").click();
    });
  }
});

test("too many validations: the wait is shown, and ends", async ({ page, cloud }) => {
  await openLive(page, `${LINK}uami-kept`);
  await signIn(page);
  await cloud.arm("next", { ...VALIDATE, status: 429, code: "TooManyRequests", retryAfter: 4, message: "Please try again after '4' seconds." });
  await button(page, "Review + create").click();
  await expect(main(page)).toContainText("Azure asked for a pause. Continuing in 4 seconds");
  await expect(main(page)).toContainText("Validation passed");
});

// --- Creating ---

const PUT = { methods: ["PUT"], path: "/deployments/" };
const DIRECT = { methods: ["PUT"], path: "/userAssignedIdentities/" };
const DEPLOYMENT = /\/deployments\/[^/]+$/;
const IDENTITY = /\/userAssignedIdentities\/[^/]+$/;
const doneAndLost: Answer = async (route) => {
  await route.fetch();
  return null;
};
/** Carried out, with a changed response. */
const doneBut =
  (change: (given: { status: number; headers: Record<string, string>; body: string }) => Given): Answer =>
  async (route) => {
    const answer = await route.fetch();
    return change({ status: answer.status(), headers: answer.headers(), body: await answer.text() });
  };
const elsewhere = doneBut((given) => ({ ...given, headers: { ...given.headers, "azure-asyncoperation": "https://evil.example/status", "retry-after": "-1" } }));
const POLL = { methods: ["GET"], path: "/deployments/" };

type Remedy = "Try again" | "Edit and try again";
/** Faults after which Create is refused or its outcome is unknown: the message, and what creates it on the next try. */
const REFUSED: [string, Fault, string, Remedy][] = [
  ["cut off before it arrives", instead(DEPLOYMENT, undefined, "PUT"), "Azure could not be reached.", "Try again"],
  ["forbidden", arm({ ...PUT, status: 403, code: "AuthorizationFailed", message: "No." }), "Your account isn't allowed to do this here.", "Edit and try again"],
  ["the group deleted meanwhile", arm({ ...PUT, status: 404, code: "ResourceGroupNotFound", message: "Gone." }), "The resource group could not be found.", "Edit and try again"],
  ["the group being deleted", arm({ ...PUT, status: 409, code: "ResourceGroupBeingDeleted", message: "Going." }), "The resource group is being deleted.", "Try again"],
  ["the history full", arm({ ...PUT, status: 409, code: "DeploymentQuotaExceeded", message: "Full." }), "The deployment history is full.", "Try again"],
  ["500", arm({ ...PUT, status: 500, code: "InternalServerError", message: "Oh." }), "Azure has a temporary problem.", "Try again"],
  ["a proxy's page in its place", instead(DEPLOYMENT, { body: PROXY }, "PUT"), "Azure's answer could not be understood.", "Try again"],
];
const REFUSED_DIRECT: [string, Fault, string, Remedy][] = [
  ["cut off before it arrives", instead(IDENTITY, undefined, "PUT"), "Azure could not be reached.", "Try again"],
  ["the name taken in another region", arm({ ...DIRECT, status: 409, code: "InvalidResourceLocation", message: "There." }), "already exists in the resource group, in another region.", "Try again"],
  ["forbidden", arm({ ...DIRECT, status: 403, code: "AuthorizationFailed", message: "No." }), "Your account isn't allowed to do this here.", "Edit and try again"],
];
/** Azure accepted the request, and its response is lost: the page reads the state from Azure, and reports no failure. */
const lostAnswers = (path: RegExp): [string, Fault, null][] => [
  ["its answer lost", instead(path, doneAndLost, "PUT"), null],
  ["a proxy's 502 after the fact", instead(path, doneBut(() => ({ status: 502, body: PROXY })), "PUT"), null],
  ["a proxy's 504 after the fact", instead(path, doneBut(() => ({ status: 504, body: PROXY })), "PUT"), null],
  ["its answer empty", instead(path, doneBut(({ status }) => ({ status, body: "" })), "PUT"), null],
  ["its answer cut in half", instead(path, doneBut(({ status, body }) => ({ status, body: body.slice(0, body.length / 2) })), "PUT"), null],
];
/** Faults from which the page recovers by itself. */
const OVERCOME: [string, Fault, null][] = [
  ["two 503 in a row", arm({ ...PUT, status: 503, retryAfter: 1, times: 2 }), null],
  ["the first polls cut", arm({ ...POLL, drop: "before", times: 3 }), null],
  ["its state to be asked for elsewhere", instead(DEPLOYMENT, elsewhere, "PUT"), null],
  ["a poll answered by a proxy's page", instead(/\/deployments\/[^/]+(\/operationStatuses\/[^/]+)?$/, { body: PROXY }, "GET"), null],
  ["the first poll 500", arm({ ...POLL, status: 500, code: "InternalServerError", message: "Oh." }), null],
  ["the deployment not there at first", arm({ ...POLL, status: 404, code: "DeploymentNotFound", message: "Not yet." }), null],
  ["the identity not there at first", arm({ methods: ["GET"], path: "/userAssignedIdentities/", status: 404, code: "ResourceNotFound", message: "Not yet.", times: 2 }), null],
];

/** Creates one identity for each fault. */
async function creating({ page, cloud }: Scene, faults: [string, Fault, string | null, Remedy?][], direct = false) {
  await openLive(page);
  await signIn(page);
  for (const [index, [what, fault, says, remedy]] of faults.entries()) {
    await test.step(what, async () => {
      const name = `uami-${direct ? "direct" : "fault"}-${index}`;
      await page.goto(`./${LINK}${name}`);
      await expect(nameBox(page)).toHaveValue(name);
      await button(page, "Review + create").click();
      if (direct) await page.getByRole("checkbox", { name: "Create without a template deployment" }).check();
      await expect(main(page)).toContainText(direct ? "Ready to create." : "Validation passed");
      await fault({ page, cloud });
      await button(page, "Create").click();
      const complete = standing(page, "Your deployment is complete");
      const failed = standing(page, "Your deployment failed");
      await expect(complete.or(failed)).toBeVisible({ timeout: 30_000 });
      if (says) {
        await expect(failed).toBeVisible();
        const alert = main(page).getByRole("alert");
        await expect(alert).toContainText(says);
        await expect(alert).toHaveCount(1);
        await button(page, remedy!).click();
        if (remedy === "Edit and try again") {
          await expect(nameBox(page)).toHaveValue(name);
          await expect(combobox(page, "Resource group")).toHaveValue("RG1");
          await button(page, "Review + create").click();
          await expect(button(page, "Create")).toBeEnabled();
          await button(page, "Create").click();
        }
      }
      await expect(complete).toBeVisible({ timeout: 30_000 });
      await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
    });
  }
  // However often it was sent, only one response per resource is a 201: each was created once.
  const made = (await cloud.asked()).filter(({ method, target, status }) => method === "PUT" && /deployments|userAssigned/.test(target) && status === 201);
  expect(made.length).toBeGreaterThanOrEqual(faults.length);
  expect(new Set(made.map(({ target }) => target)).size).toBe(made.length);
}

test("a deployment that is refused or lost: a message is shown, the draft is kept, and the next try creates it once", async ({ page, cloud }) => {
  await creating({ page, cloud }, REFUSED);
});

test("a direct request that is refused or lost: the same", async ({ page, cloud }) => {
  await creating({ page, cloud }, REFUSED_DIRECT, true);
});

test("a response that is lost after Azure accepted the request is not a failure", async ({ page, cloud }) => {
  await creating({ page, cloud }, lostAnswers(DEPLOYMENT));
});

test("a direct request: the same", async ({ page, cloud }) => {
  await creating({ page, cloud }, lostAnswers(IDENTITY), true);
});

test("if the state can't be read from Azure either, the page reports no failure, and checks again by itself", async ({ page, context, cloud }) => {
  await openLive(page, `${LINK}uami-unknown`);
  await signIn(page);
  await button(page, "Review + create").click();
  await page.getByRole("checkbox", { name: "Create without a template deployment" }).check();
  await expect(button(page, "Create")).toBeEnabled();
  const lost: Answer = async (route) => {
    await route.fetch();
    await context.setOffline(true);
    return null;
  };
  await cloud.instead(page, IDENTITY, lost, "PUT");
  await button(page, "Create").click();
  await expect(standing(page, "The outcome of your deployment is unknown")).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/was not created|failed/)).toHaveCount(0);
  await context.setOffline(false);
  await expect(standing(page, "Your deployment is complete")).toBeVisible({ timeout: 20_000 });
  expect((await cloud.asked()).filter(({ method, target }) => method === "PUT" && target.includes("uami-unknown"))).toHaveLength(1);
});

test("temporary faults: Create recovers by itself", async ({ page, cloud }) => {
  await creating({ page, cloud }, OVERCOME);
});
