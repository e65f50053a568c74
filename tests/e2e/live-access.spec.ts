// An identity's roles against a real ARM over HTTP: accounts with other rights, answers that get lost, and what others do meanwhile.
import type { Page } from "@playwright/test";
import { button, combobox, DEVELOPMENT, described, main, option, tab } from "./pages";
import { expect, type LocalCloud, openLive, signIn, test } from "./live";

const EXISTING = `#/identity/subscriptions/${DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-existing`;
const PATH = /\/registries\/\w+\/providers\/Microsoft\.Authorization\/roleAssignments\//;
const LIST = /\/registries\/\w+\/providers\/Microsoft\.Authorization\/roleAssignments$/;

const writes = async (cloud: LocalCloud) => (await cloud.asked()).filter(({ method, target }) => method !== "GET" && method !== "OPTIONS" && PATH.test(target.split("?")[0]));

async function fill(page: Page, registry = "contosodev", user?: string) {
  await openLive(page, EXISTING);
  await signIn(page, user);
  await tab(page, "Access").click();
  await button(page, "Add registry").click();
  await combobox(page, "Registry").fill(registry);
  await option(page, registry).click();
  await expect(button(page, "Save")).not.toHaveAttribute("aria-disabled", "true");
}

const added = (page: Page) => expect(main(page)).toContainText("The role AcrPull on contosodev was added.", { timeout: 20_000 });

test("a role is written once, listed and removed", async ({ page, cloud }) => {
  await fill(page);
  await button(page, "Save").click();
  await added(page);
  await page.reload();
  await tab(page, "Access").click();
  await button(page, "Remove AcrPull on contosodev").click();
  await button(page.getByRole("dialog"), "Remove").click();
  await expect(main(page)).toContainText("No roles yet");
  expect((await writes(cloud)).map(({ method, status }) => [method, status])).toEqual([["PUT", 201], ["DELETE", 200]]);
});

test("an answer that is lost after the write is no failure", async ({ page, cloud }) => {
  await fill(page);
  await cloud.instead(page, PATH, async (route) => (await route.fetch(), null), "PUT");
  await button(page, "Save").click();
  await added(page);
  await expect(page.getByRole("listitem").filter({ hasText: "contosodev.azurecr.io" })).toBeVisible();
});

test("an identity that the directory doesn't know yet is waited for", async ({ page, cloud }) => {
  await fill(page);
  const error = { error: { code: "PrincipalNotFound", message: "Principal does not exist in the directory." } };
  await cloud.instead(page, PATH, { status: 400, body: JSON.stringify(error) }, "PUT");
  await button(page, "Save").click();
  await expect(page.getByRole("status").filter({ hasText: "Microsoft Entra ID doesn't know this identity yet. Trying again in 2 seconds…" })).toBeVisible();
  await added(page);
  expect(await writes(cloud)).toHaveLength(1);
});

test("a name that another principal's role has is explained", async ({ page, cloud }) => {
  await fill(page);
  const error = { error: { code: "RoleAssignmentUpdateNotPermitted", message: "Tenant ID, application ID, principal ID, and scope are not allowed to be updated." } };
  await cloud.instead(page, PATH, { status: 400, body: JSON.stringify(error) }, "PUT");
  await button(page, "Save").click();
  await expect(page.getByRole("alert")).toContainText("The role AcrPull on contosodev was not added");
  await expect(page.getByRole("alert")).toContainText("Identity not found");
  await expect(combobox(page, "Registry")).toHaveValue("contosodev");
});

test("a role that somebody else added with a condition meanwhile is not overwritten", async ({ page, cloud }) => {
  await fill(page);
  const role = "/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d";
  await cloud.instead(page, LIST, async (route) => {
    const url = new URL(route.request().url());
    const scope = url.pathname.split("/providers/Microsoft.Authorization")[0];
    const name = "05c5a614-a7d6-4502-b150-c2fb455033ff";
    const properties = { roleDefinitionId: role, principalId: "p", scope, condition: "(theirs)" };
    return { body: JSON.stringify({ value: [{ id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`, name, properties }] }) };
  }, "GET");
  await button(page, "Save").click();
  await expect(page.getByRole("alert")).toContainText("was added, changed or removed by somebody else");
  expect(await writes(cloud)).toEqual([]);
});

test("a write goes on when the tab is left, and a notification says how it ended", async ({ page, cloud }) => {
  await fill(page);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await cloud.instead(page, PATH, async (route) => (await held, { status: 201, body: await (await route.fetch()).text() }), "PUT");
  await button(page, "Save").click();
  await tab(page, "Overview").click();
  release();
  await expect.poll(async () => (await writes(cloud)).map(({ status }) => status)).toEqual([201]);
  await page.getByRole("button", { name: /^Notifications/ }).click();
  await expect(page.getByRole("region", { name: "Notifications", exact: true })).toContainText("The role AcrPull on contosodev was added.");
});

test("a reader is told that the account may not assign roles", async ({ page, cloud }) => {
  await fill(page, "contosodev", "Alan Turing");
  await described(combobox(page, "Registry"), "Your account may not assign roles on contosodev.");
  await button(page, "Save").click();
  await expect(page.getByRole("alert")).toContainText("The role AcrPull on contosodev was not added");
  expect((await writes(cloud)).map(({ status }) => status)).toEqual([403]);
});

test("a condition on the account's own role is told, and decides", async ({ page }) => {
  await fill(page, "contosoteam", "Radia Perlman");
  await described(combobox(page, "Registry"), "A condition limits the roles that your account may assign on contosoteam: Azure may refuse this one.");
  await button(page, "Save").click();
  await expect(page.getByRole("alert")).toContainText("Container Registry Repository Reader on contosoteam was not added");
  await combobox(page, "Registry").fill("contosodev");
  await option(page, "contosodev").click();
  await button(page, "Save").click();
  await added(page);
});
