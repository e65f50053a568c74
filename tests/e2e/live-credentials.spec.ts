// Federated credentials against a real ARM over HTTP: answers that get lost, and parallel writes.
import type { Page } from "@playwright/test";
import { button, DEVELOPMENT, main, tab } from "./pages";
import { expect, type LocalCloud, openLive, signIn, test } from "./live";

const EXISTING = `#/identity/subscriptions/${DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-existing`;
const PATH = /\/federatedIdentityCredentials\//;

const box = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
const puts = async (cloud: LocalCloud) => (await cloud.asked()).filter(({ method, target }) => method === "PUT" && PATH.test(target));

async function fill(page: Page) {
  await openLive(page, EXISTING);
  await signIn(page);
  await tab(page, "Federated credentials").click();
  await button(page, "Add credential").click();
  await box(page, "Organisation").fill("Contoso");
  await box(page, "Repository").fill("shop");
  await box(page, "Branch").fill("main");
}

const saved = (page: Page) => expect(main(page)).toContainText("The federated credential github-Contoso-shop-main was saved.", { timeout: 20_000 });

test("a credential is written, listed and removed", async ({ page, cloud }) => {
  await fill(page);
  await button(page, "Save").click();
  await saved(page);
  expect((await puts(cloud)).map(({ status }) => status)).toEqual([201]);
  await page.reload();
  await tab(page, "Federated credentials").click();
  await button(page, "Remove github-Contoso-shop-main").click();
  await button(page.getByRole("dialog"), "Remove").click();
  await expect(main(page)).toContainText("No federated credentials yet");
});

test("an answer that is lost after the write is no failure", async ({ page, cloud }) => {
  await fill(page);
  await cloud.instead(page, PATH, async (route) => (await route.fetch(), null), "PUT");
  await button(page, "Save").click();
  await saved(page);
  await expect(page.getByRole("listitem").filter({ hasText: "repo:Contoso/shop:ref:refs/heads/main" })).toBeVisible();
});

test("a request that never arrives is told, and what was typed stays", async ({ page, cloud }) => {
  await fill(page);
  await cloud.instead(page, PATH, undefined, "PUT");
  await button(page, "Save").click();
  await expect(main(page)).toContainText("No answer came for the federated credential github-Contoso-shop-main.");
  await expect(box(page, "Branch")).toHaveValue("main");
  await button(page, "Save").click();
  await saved(page);
  expect(await puts(cloud)).toHaveLength(1);
});

test("another write to the same identity's credentials is waited for", async ({ page, cloud }) => {
  await fill(page);
  const error = { error: { code: "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity", message: "Too many writes." } };
  await cloud.instead(page, PATH, { status: 409, body: JSON.stringify(error) }, "PUT");
  await button(page, "Save").click();
  await saved(page);
});

test("a credential that somebody else saved under the same name is not overwritten", async ({ page, cloud }) => {
  await fill(page);
  const list = /\/federatedIdentityCredentials$/;
  const properties = { issuer: "https://token.example", subject: "theirs", audiences: ["api://AzureADTokenExchange"] };
  await cloud.instead(page, list, { body: JSON.stringify({ value: [{ name: "github-Contoso-shop-main", properties }] }) }, "GET");
  await button(page, "Save").click();
  await expect(page.getByRole("alert")).toContainText("The federated credential github-Contoso-shop-main was added, changed or removed by somebody else");
  expect(await puts(cloud)).toEqual([]);
  await expect(box(page, "Branch")).toHaveValue("main");
});

test("a late answer doesn't replace a newer list", async ({ page, cloud }) => {
  await openLive(page, EXISTING);
  await signIn(page);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  let isFirst = true;
  await page.route(`${cloud.served.arm}/**/federatedIdentityCredentials?*`, async (route) => {
    if (!isFirst) return route.fallback();
    isFirst = false;
    const old = await (await route.fetch()).text();
    await held;
    await route.fulfill({ body: old, contentType: "application/json", headers: { "access-control-allow-origin": "*" } }).catch(() => {});
  });
  await tab(page, "Federated credentials").click();
  await button(page, "Add credential").click();
  for (const [field, value] of [["Organisation", "Contoso"], ["Repository", "shop"], ["Branch", "main"]]) await box(page, field).fill(value);
  // Until the list is read, it isn't known what a name would overwrite.
  await expect(button(page, "Save")).toHaveAttribute("aria-disabled", "true");
  await button(page, "Refresh").click();
  await button(page, "Save").click();
  await saved(page);
  release();
  await expect(page.getByRole("listitem").filter({ hasText: "repo:Contoso/shop:ref:refs/heads/main" })).toBeVisible();
});

test("two writes go on when the tab is left, and notifications say how they ended", async ({ page, cloud }) => {
  await openLive(page, EXISTING);
  await signIn(page);
  await tab(page, "Federated credentials").click();
  await button(page, "Add credential").click();
  await page.getByRole("combobox", { name: "Scenario" }).click();
  await page.getByRole("option", { name: "HCP Terraform" }).click();
  for (const [field, value] of [["Organisation", "contoso"], ["Project", "web"], ["Workspace", "prod"]]) await box(page, field).fill(value);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await cloud.instead(page, PATH, async (route) => (await held, { status: 201, body: await (await route.fetch()).text() }), "PUT");
  await button(page, "Save").click();
  await tab(page, "Overview").click();
  release();
  await expect.poll(async () => (await puts(cloud)).map(({ status }) => status)).toEqual([201, 201]);
  await page.getByRole("button", { name: /^Notifications/ }).click();
  const list = page.getByRole("region", { name: "Notifications", exact: true });
  for (const name of ["terraform-contoso-prod-plan", "terraform-contoso-prod-apply"]) await expect(list).toContainText(`The federated credential ${name} was saved.`);
  await page.keyboard.press("Escape");
  await tab(page, "Federated credentials").click();
  await expect(main(page)).toContainText("2 of 20");
  await expect(button(page, "Add credential")).toBeVisible();
});
