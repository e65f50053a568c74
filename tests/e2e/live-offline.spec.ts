// Live without a network: Preview continues with the draft, and with the last known lists if config.json lets the browser keep
// them; then Live continues with the draft.
import type { BrowserContext, Page } from "@playwright/test";
import { FORM, bar, expect, openLive, signIn, test } from "./live";
import { button, choose, combobox, create, described, DEVELOPMENT, fillBasics, main, nameBox, review, standing } from "./pages";

test.use({ serviceWorkers: "allow", expected: [/ERR_INTERNET_DISCONNECTED|Failed to fetch/] });

test("losing the network offers Preview with the draft, and its return offers Live", async ({ page, context }) => {
  await openLive(page, FORM);
  await signIn(page);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await nameBox(page).fill("uami-on-a-train");
  await context.setOffline(true);
  const news = page.locator("#news");
  await expect(news).toContainText("There is no network.");
  await button(news, "Go on in Preview").click();
  await expect(page).toHaveURL(/\?mode=preview#/);
  await expect(page.locator("#program")).toBeVisible();
  await expect(page.locator("#program [data-mode=preview]")).toBeVisible();
  await expect(nameBox(page)).toHaveValue("uami-on-a-train");
  await nameBox(page).fill("uami-on-a-plane");
  await context.setOffline(false);
  await expect(news).toContainText("The network is back.");
  await button(news, "Go on in Live").click();
  await expect(page).not.toHaveURL(/mode=preview/);
  await expect(page.locator("#program [data-mode=live]")).toBeVisible();
  await expect(nameBox(page)).toHaveValue("uami-on-a-plane");
  await expect(news).toBeHidden();
});

test("a short network outage leaves no notice behind", async ({ page, context }) => {
  await openLive(page, FORM);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await context.setOffline(true);
  const news = page.locator("#news");
  await expect(news).toContainText("There is no network.");
  await context.setOffline(false);
  await expect(news).toBeHidden();
});

test("a page that is being left for Preview keeps its return address when the network changes", async ({ page }) => {
  await openLive(page, FORM);
  const left = await page.evaluate(async () => {
    sessionStorage.setItem("identity-portal:left-live", "?from=here");
    dispatchEvent(new Event("online"));
    // The page handles the event in the next task.
    await new Promise((resolve) => setTimeout(() => setTimeout(resolve)));
    return sessionStorage.getItem("identity-portal:left-live");
  });
  expect(left).toBe("?from=here");
});

const news = (page: Page) => page.locator("#news");

/** The stored lists, serialised. */
const lists = (page: Page) =>
  page.evaluate(() =>
    Object.entries({ ...localStorage })
      .filter(([key]) => key.startsWith("identity-portal:lists "))
      .map(([key, value]) => `${key}=${value}`),
  );

/** Signs in as the owner of Fabrikam, whose only subscription Preview doesn't have, and selects its group. */
async function workInFabrikam(page: Page) {
  await openLive(page, FORM);
  await signIn(page, "Edsger Dijkstra");
  await expect(combobox(page, "Subscription")).toHaveValue("Fabrikam Production");
  await fillBasics(page, { group: "rg-start", name: "uami-on-a-train" });
  await expect(combobox(page, "Region")).toHaveValue("West Europe");
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
}

/** Goes offline and continues in Preview. */
async function goOnInPreview(page: Page, context: BrowserContext) {
  await context.setOffline(true);
  await button(news(page), "Go on in Preview").click();
  await expect(page.locator("#program [data-mode=preview]")).toBeVisible();
}

test.describe("if config.json lets the browser keep the lists", () => {
  test.use({ config: { offline: "lists" } });

  test("Preview has them with their age, up to the finished identity, and Live continues", async ({ page, context }) => {
    await workInFabrikam(page);
    // Only names, ids and regions are stored. A token or the person's name would show up here.
    await expect.poll(() => lists(page)).toHaveLength(1);
    await expect.poll(async () => (await lists(page))[0]).toMatch(/rg-start.*westeurope.*Fabrikam Production/);
    expect((await lists(page))[0]).not.toMatch(/eyJ|secret|token|edsger|Dijkstra/i);

    await goOnInPreview(page, context);
    await expect(combobox(page, "Subscription")).toHaveValue("Fabrikam Production");
    await expect(combobox(page, "Resource group")).toHaveValue("rg-start");
    for (const field of ["Subscription", "Resource group", "Region"]) await described(combobox(page, field), "Loaded in Live less than a minute ago.");
    await combobox(page, "Subscription").click();
    await expect(page.getByRole("option")).toHaveCount(1);
    await page.keyboard.press("Escape");
    await choose(page, "Region", "North Europe");
    await review(page);

    await context.setOffline(false);
    await button(news(page), "Go on in Live").click();
    await expect(page.locator("#program [data-mode=live]")).toBeVisible();
    await expect(nameBox(page)).toHaveValue("uami-on-a-train");
    await expect(combobox(page, "Subscription")).toHaveValue("Fabrikam Production");
    await expect(combobox(page, "Region")).toHaveValue("North Europe");
    await review(page);
    await create(page);
  });

  test("a page that starts without a network offers them too, and says how old they are", async ({ page, context }) => {
    await workInFabrikam(page);
    await expect.poll(async () => (await lists(page))[0]).toMatch(/rg-start.*westeurope/);
    // Two days later, in another tab, where nobody is signed in.
    await page.evaluate(() => {
      for (const [key, value] of Object.entries({ ...localStorage })) {
        if (key.startsWith("identity-portal:lists ")) localStorage.setItem(key, value.replace(/"at":(\d+)/g, (_, at) => `"at":${at - 50 * 3_600_000}`));
      }
    });
    const next = await context.newPage();
    await page.close();
    await openLive(next, FORM);
    await expect(bar(next)).toBeVisible();
    await context.setOffline(true);
    // Some versions of Chromium stay without a network after a reload, but say otherwise.
    await next.addInitScript(() => Object.defineProperty(navigator, "onLine", { get: () => false }));
    await next.reload();
    await button(news(next), "Go on in Preview").click();
    await expect(combobox(next, "Subscription")).toHaveValue("Fabrikam Production");
    await described(combobox(next, "Subscription"), "Loaded in Live 2 days ago.");
    await choose(next, "Resource group", "rg-start");
    await fillBasics(next, { name: "uami-on-a-train" });
    await review(next);
    await create(next);
    await next.reload();
    await expect(next.locator("#program")).toBeVisible();
  });

  test("signing out deletes them", async ({ page }) => {
    await workInFabrikam(page);
    await expect.poll(() => lists(page)).toHaveLength(1);
    await button(page, "Account").click();
    await button(page.getByRole("region", { name: "Account" }), "Sign out").click();
    await expect(bar(page)).toBeVisible();
    expect(await lists(page)).toEqual([]);
  });

  test("once config.json no longer allows it, they are deleted", async ({ page, context }) => {
    await workInFabrikam(page);
    await expect.poll(() => lists(page)).toHaveLength(1);
    await context.unroute("**/config.json");
    await page.reload();
    await expect(page.locator("#program")).toBeVisible();
    await expect.poll(() => lists(page)).toEqual([]);
    await expect(combobox(page, "Subscription")).toHaveValue("Fabrikam Production");
  });
});

test("by default no list is stored, and Preview still has the typed subscription and group", async ({ page, context }) => {
  await workInFabrikam(page);
  expect(await lists(page)).toEqual([]);
  await goOnInPreview(page, context);
  await expect(combobox(page, "Subscription")).toHaveValue("e15b7c40-92d8-4a3f-b6c1-5d08f7a2e904");
  await expect(combobox(page, "Resource group")).toHaveValue("rg-start");
  await review(page);
  await create(page);
});

test("a run of Live waits while its tab continues in Preview, and is read when the tab returns", async ({ page, context, cloud }) => {
  const puts = async () => (await cloud.asked()).filter(({ method }) => method === "PUT");
  await openLive(page, `${FORM}?subscription=${DEVELOPMENT}&resourceGroup=RG1&region=eastus&name=uami-in-a-tunnel`);
  await signIn(page);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await review(page);
  await page.route(`${cloud.served.arm}/**/deployments/**`, async (route) => {
    if (route.request().method() !== "PUT") return route.fallback();
    await context.setOffline(true);
    await route.abort("internetdisconnected");
  });
  await button(page, "Create").click();
  await expect(standing(page, "The outcome of your deployment is unknown")).toBeVisible();
  await button(news(page), "Go on in Preview").click();
  await expect(page.locator("#program [data-mode=preview]")).toBeVisible();
  await expect(main(page)).toContainText("This is a real deployment in Azure.");
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await context.setOffline(false);
  await expect(news(page)).toContainText("The network is back.");
  expect(await puts()).toEqual([]);
  await button(news(page), "Go on in Live").click();
  await expect(page.locator("#program [data-mode=live]")).toBeVisible();
  // Nothing was created, and nothing is sent before a button press.
  await expect(standing(page, "Your deployment failed")).toBeVisible();
  expect(await puts()).toEqual([]);
  await button(page, "Try again").click();
  await expect(standing(page, "Your deployment is complete")).toBeVisible();
  expect(await puts()).toHaveLength(1);
});
