// The form's tab Access against a real ARM over HTTP: what is written, in which order, and how a run that stopped half-way goes on.
import type { Page } from "@playwright/test";
import { button, combobox, described, fillBasics, main, tab, type Typed, TRAINING } from "./pages";
import { expect, FORM, type LocalCloud, openLive, signIn, test } from "./live";

const ROLE = /\/registries\/\w+\/providers\/Microsoft\.Authorization\/roleAssignments\//;

const writes = async (cloud: LocalCloud) =>
  (await cloud.asked()).filter(({ method }) => method === "PUT").map(({ target, status }) => [target.split("?")[0].split("/").at(-2), status]);

async function fill(page: Page, basics: Typed, user?: string) {
  await openLive(page, FORM);
  await signIn(page, user);
  await fillBasics(page, basics);
  await tab(page, "Access").click();
  await button(page, "Add registry").click();
  await combobox(page, "Registry").fill("contosodev");
  await page.getByRole("option", { name: /^contosodev/ }).click();
  await expect(combobox(page, "Registry")).toHaveValue("contosodev");
  await expect(page.getByText("Checking your rights")).toHaveCount(0);
}

async function createDirectly(page: Page) {
  await tab(page, "Review + create").click();
  await page.getByRole("checkbox", { name: "Create without a template deployment" }).check();
  await button(page, "Create").click();
}

test("after a refusal, Continue sends only what is missing", async ({ page, cloud }) => {
  await fill(page, TRAINING);
  const error = { error: { code: "AuthorizationFailed", message: "The client does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/write' over scope." } };
  await cloud.instead(page, ROLE, { status: 403, body: JSON.stringify(error) }, "PUT");
  await createDirectly(page);
  await expect(page.getByRole("alert")).toContainText("Your account may not assign one of these roles.", { timeout: 20_000 });
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows.nth(1)).toContainText("Done");
  await expect(rows.nth(2)).toContainText("Failed");
  await page.reload();
  await button(page, "Continue").click();
  await expect(main(page)).toContainText("az acr login --name contosodev", { timeout: 20_000 });
  expect(await writes(cloud)).toEqual([["userAssignedIdentities", 201], ["roleAssignments", 201]]);
});

test("an identity that the directory doesn't know yet is waited for, under the same name", async ({ page, cloud }) => {
  await fill(page, TRAINING);
  const error = { error: { code: "PrincipalNotFound", message: "Principal does not exist in the directory." } };
  await cloud.instead(page, ROLE, { status: 400, body: JSON.stringify(error) }, "PUT");
  await createDirectly(page);
  await expect(main(page)).toContainText("az acr login --name contosodev", { timeout: 20_000 });
  expect(await writes(cloud)).toEqual([["userAssignedIdentities", 201], ["roleAssignments", 201]]);
});

test("who may assign roles but not deploy there is told, and creates with single requests", async ({ page, cloud }) => {
  await fill(page, { ...TRAINING, group: "rg-web-dev" }, "Margaret Hamilton");
  await described(combobox(page, "Registry"), /may not deploy to the resource group RG1/);
  await createDirectly(page);
  await expect(main(page)).toContainText("az acr login --name contosodev", { timeout: 20_000 });
  expect(await writes(cloud)).toEqual([["userAssignedIdentities", 201], ["roleAssignments", 201]]);
});

test("who may not assign roles is told before anything is sent", async ({ page }) => {
  await fill(page, TRAINING, "Alan Turing");
  await described(combobox(page, "Registry"), /may not assign roles on contosodev/);
});
