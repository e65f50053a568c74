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
