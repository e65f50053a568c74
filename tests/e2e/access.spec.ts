// An identity's roles: adding a registry, changing its repositories, and removing a role, with what is wrong shown before anything is sent.
import type { Page } from "@playwright/test";
import { button, combobox, DEVELOPMENT, described, main, open, option, tab } from "./pages";
import { expect, test } from "./watched";

const EXISTING = `#/identity/subscriptions/${DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-existing`;

const box = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
const role = (page: Page, place: string) => page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: place, exact: true }) });
const result = (page: Page) => page.locator(".credential-result");

async function openAccess(page: Page, query = "") {
  await open(page, EXISTING, query);
  await tab(page, "Access").click();
  await expect(main(page)).toContainText("No roles yet");
}

/** Opens the editor and chooses a registry by what is typed. */
async function chooseRegistry(page: Page, name: string, typed = name) {
  await button(page, "Add registry").click();
  await combobox(page, "Registry").fill(typed);
  await option(page, name).click();
  await expect(combobox(page, "Registry")).toHaveValue(name);
}

async function add(page: Page, name: string, repositories?: string) {
  await chooseRegistry(page, name);
  if (repositories !== undefined) await box(page, "Repositories").fill(repositories);
  await button(page, "Save").click();
  await expect(role(page, name)).toBeVisible();
}

test("a pull by keyboard, then already there, then removed", async ({ page }) => {
  await openAccess(page);
  await button(page, "Add registry").press("Enter");
  await expect(page.getByRole("heading", { name: "Access" })).toBeFocused();
  await combobox(page, "Registry").focus();
  await page.keyboard.type("contosodev");
  await expect(option(page, "contosodev")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(combobox(page, "Registry")).toHaveValue("contosodev");
  await described(combobox(page, "Registry"), "The admin user of contosodev is on");
  await expect(result(page)).toContainText("AcrPull");
  await expect(result(page)).toContainText("RBAC Registry Permissions");
  await expect(box(page, "Repositories")).toHaveCount(0);
  await button(page, "Save").press("Enter");
  await expect(main(page)).toContainText("The role AcrPull on contosodev was added.");
  await expect(role(page, "contosodev")).toContainText("AcrPull");
  await expect(role(page, "contosodev")).toContainText("contosodev.azurecr.io");
  await expect(role(page, "contosodev")).toContainText("It can pull images.");

  await chooseRegistry(page, "contosodev");
  await described(combobox(page, "What it may do"), "This identity already has the role AcrPull on contosodev.");
  await button(page, "Save").click();
  await expect(combobox(page, "What it may do")).toHaveAttribute("aria-invalid", "true");
  await button(page, "Cancel").click();
  await expect(button(page, "Add registry")).toBeFocused();

  await button(page, "Remove AcrPull on contosodev").press("Enter");
  const question = page.getByRole("dialog", { name: "Remove this role?" });
  await expect(question).toContainText("no longer pull images from contosodev.azurecr.io");
  await expect(button(question, "Cancel")).toBeFocused();
  await button(question, "Remove").press("Enter");
  await expect(main(page)).toContainText("The role AcrPull on contosodev was removed.");
  await expect(main(page)).toContainText("No roles yet");
});

test("a prefix in a registry with repository permissions, then other repositories", async ({ page }) => {
  await openAccess(page);
  await chooseRegistry(page, "contosoteam", "rg-devops");
  await combobox(page, "What it may do").click();
  await option(page, "Push and pull images").click();
  await expect(result(page)).toContainText("Container Registry Repository Writer");
  await box(page, "Repositories").fill("team*");
  await described(box(page, "Repositories"), "End it with a slash to avoid that: team/*");
  await box(page, "Repositories").fill("team/*, Web");
  await described(box(page, "Repositories"), "Repository names have no upper-case letters: Web");
  await button(page, "Save").click();
  await expect(box(page, "Repositories")).toBeFocused();
  await box(page, "Repositories").fill("team/*, web");
  await expect(result(page)).toContainText("StringStartsWithIgnoreCase 'team/'");
  await button(page, "Save").click();
  await expect(main(page)).toContainText("The role Container Registry Repository Writer on contosoteam was added.");
  await expect(role(page, "contosoteam")).toContainText("team/*, web");

  await button(page, "Edit Container Registry Repository Writer on contosoteam").click();
  await expect(box(page, "Repositories")).toHaveValue("team/*, web");
  await box(page, "Repositories").fill("team/*, tools");
  await expect(result(page)).toContainText("Repositories nowteam/*, web");
  await expect(result(page)).toContainText("Repositories afterteam/*, tools");
  await expect(result(page)).toContainText("This takes away access to web.");
  await button(page, "Save").click();
  await expect(main(page)).toContainText("The role Container Registry Repository Writer on contosoteam was changed.");
  await expect(role(page, "contosoteam")).toContainText("team/*, tools");
});

test("a registry in another subscription, with what would spoil a pull", async ({ page }) => {
  await openAccess(page);
  await chooseRegistry(page, "contososhared", "contososhared.azurecr.io");
  const registry = combobox(page, "Registry");
  await described(registry, "contososhared can be reached through private endpoints only");
  await described(registry, "App Service and Container Apps can't pull from it");
  await button(page, "Save").click();
  await expect(role(page, "contososhared")).toContainText("rg-poc-containers in Contoso Sandbox");
  await add(page, "contosodev");
  await expect(page.getByRole("main").getByRole("listitem").getByRole("heading")).toHaveText(["contosodev", "contososhared"]);
});

test("a reload keeps what was typed; Cancel forgets it", async ({ page }) => {
  await openAccess(page);
  await chooseRegistry(page, "contosoteam");
  await box(page, "Repositories").fill("team/*");
  await page.reload();
  await expect(tab(page, "Access")).toHaveAttribute("aria-selected", "true");
  await expect(combobox(page, "Registry")).toHaveValue("contosoteam");
  await expect(box(page, "Repositories")).toHaveValue("team/*");
  await button(page, "Cancel").click();
  await page.reload();
  await expect(tab(page, "Overview")).toHaveAttribute("aria-selected", "true");
});

test("without a registry nothing is sent, and an account that may not assign roles is told so", async ({ page }) => {
  await openAccess(page, "?sim=forbidden");
  await button(page, "Add registry").click();
  await button(page, "Save").click();
  await expect(combobox(page, "Registry")).toBeFocused();
  await described(combobox(page, "Registry"), "Choose a registry.");
  await button(page, "Cancel").click();
  await chooseRegistry(page, "contosodev");
  await described(combobox(page, "Registry"), "Your account may not assign roles on contosodev. Ask for the role Role Based Access Control Administrator");
  await button(page, "Save").click();
  await expect(main(page)).toContainText("The role AcrPull on contosodev was not added");
  await expect(page.getByRole("alert")).toContainText("Ask for the role Role Based Access Control Administrator");
  await expect(combobox(page, "Registry")).toHaveValue("contosodev");
});

test("another role on a resource group, found by what it allows; a privileged one needs a second look", async ({ page }) => {
  await openAccess(page);
  await button(page, "Add role").click();
  await expect(combobox(page, "Subscription")).toHaveValue("Contoso Development");
  await expect(combobox(page, "Resource group")).toHaveValue("RG1");
  await button(page, "Save").click();
  await described(combobox(page, "Role"), "Choose a role.");
  await combobox(page, "Role").fill("userAssignedIdentities/*/assign/action");
  await option(page, "Managed Identity Operator").click();
  await expect(result(page)).toContainText("Read and Assign User Assigned Identity");
  await button(page, "Save").click();
  await expect(main(page)).toContainText("The role Managed Identity Operator on the resource group RG1 was added.");
  await expect(role(page, "Resource group RG1")).toContainText("Managed Identity Operator");
  await expect(button(page, "Add role")).toBeVisible();

  await button(page, "Add role").press("Enter");
  await combobox(page, "Resource group").fill("(Whole");
  await option(page, "(Whole subscription)").click();
  await described(combobox(page, "Resource group"), "The role will count for everything in the subscription");
  await combobox(page, "Role").fill("Owner");
  await option(page, "Owner").click();
  await described(combobox(page, "Role"), "Owner can give any role to anybody here");
  await page.reload();
  await expect(combobox(page, "Role")).toHaveValue("Owner");
  await button(page, "Save").press("Enter");
  const question = page.getByRole("dialog", { name: "Give this identity the role Owner?" });
  await expect(button(question, "Cancel")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(question).toHaveCount(0);
  await button(page, "Save").click();
  await button(question, "Give the role").click();
  await expect(main(page)).toContainText("The role Owner on the subscription Contoso Development was added.");
  await expect(role(page, "Subscription Contoso Development")).toContainText("Owner here is more than an identity needs");
});

test("of many subscriptions, the identity's own is searched first, and the others on request", async ({ page }) => {
  await open(page, EXISTING, "?sim=large");
  await tab(page, "Access").click();
  await expect(main(page)).toContainText("No roles in the subscriptions that were searched");
  const more = page.getByRole("button", { name: /^Search more subscriptions \(\d+ left\)$/ });
  const left = async () => Number((await more.textContent())?.match(/\d+/)?.[0]);
  const before = await left();
  await more.click();
  await expect.poll(left).toBe(before - 50);
  await chooseRegistry(page, "contosodev");
  await button(page, "Save").click();
  await expect(role(page, "contosodev")).toBeVisible();
});
