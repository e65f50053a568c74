// The form's tab Access: what the new identity may do, who may sign in as it, and what protects it.
import type { Page } from "@playwright/test";
import { button, combobox, choose, described, DEVELOPMENT, fillBasics, main, nameGroup, open, openForm, option, panel, tab, title, TRAINING } from "./pages";
import { expect, test } from "./watched";

const card = (page: Page, name: string) => page.getByRole("group", { name, exact: true });
const box = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });

async function openAccess(page: Page) {
  await tab(page, "Access").click();
  await expect(button(page, "Add registry")).toBeVisible();
}

async function addRegistry(page: Page, name: string, row = 1) {
  await button(page, "Add registry").click();
  const registry = combobox(card(page, `Registry ${row}`), "Registry");
  await expect(registry).toBeFocused();
  await registry.fill(name);
  await page.getByRole("option", { name: new RegExp(`^${name}`) }).click();
  await expect(registry).toHaveValue(name);
}

async function addGitHub(page: Page) {
  await button(page, "Add credential").click();
  for (const [field, value] of [["Organisation", "contoso"], ["Repository", "shop"], ["Branch", "main"]]) await box(page, field).fill(value);
  await expect(card(page, "Federated credential 1")).toContainText("repo:contoso/shop:ref:refs/heads/main");
}

/** Creates what the form says, and opens the identity. */
async function create(page: Page) {
  await tab(page, "Review + create").click();
  await expect(main(page)).toContainText("Validation passed");
  await button(page, "Create").click();
  await expect(main(page)).toContainText("Your deployment is complete", { timeout: 30_000 });
}

async function openIdentity(page: Page, group: string, section: string) {
  const id = `subscriptions/${DEVELOPMENT}/resourceGroups/${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${TRAINING.name}`;
  await open(page, `#/identity/${id}`);
  await tab(page, section).click();
}

test("a new identity may pull, in one deployment", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, TRAINING);
  await openAccess(page);
  await addRegistry(page, "contosodev");
  await expect(card(page, "Registry 1")).toContainText("AcrPull");
  await described(combobox(card(page, "Registry 1"), "Registry"), /admin user of contosodev is on/);
  await button(page, "Code").click();
  await expect(panel(page)).toContainText("az role assignment create");
  await expect(panel(page)).toContainText("7f951dda-4ed3-4680-a7ca-43fe172d538d");
  await tab(page, "Review + create").click();
  await expect(main(page)).toContainText("contosodev: Pull images (AcrPull)");
  await create(page);
  await expect(page.getByRole("table")).toContainText("contosodevRole assignment");
  await expect(main(page)).toContainText("az acr login --name contosodev");
});

test("a prefix of repositories, a registry in another subscription, a workload and a lock, in a new group", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, { ...TRAINING, group: undefined, region: "East US" });
  await nameGroup(page, "rg-new");
  await openAccess(page);
  await addRegistry(page, "contosoteam");
  const first = card(page, "Registry 1");
  await box(first, "Repositories").fill("team");
  await expect(first).toContainText("Container Registry Repository Reader");
  await box(first, "Repositories").fill("team/*");
  await expect(first).toContainText("StringStartsWithIgnoreCase 'team/'");
  await addRegistry(page, "contososhared", 2);
  await combobox(card(page, "Registry 2"), "What it may do").click();
  await option(page, "Push and pull images").click();
  await described(combobox(card(page, "Registry 2"), "Registry"), /private endpoints only/);
  await addGitHub(page);
  await page.getByRole("checkbox", { name: "Lock the identity" }).check();
  await expect(box(page, "Lock name")).toBeFocused();
  await create(page);
  await openIdentity(page, "rg-new", "Federated credentials");
  await expect(main(page)).toContainText("repo:contoso/shop:ref:refs/heads/main");
  await tab(page, "Locks").click();
  await expect(main(page)).toContainText("do-not-delete");
});

test("without a deployment, each step is a request of its own", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, TRAINING);
  await openAccess(page);
  await addRegistry(page, "contosodev");
  await addGitHub(page);
  await tab(page, "Review + create").click();
  await page.getByRole("checkbox", { name: "Create without a template deployment" }).check();
  await button(page, "Create").click();
  await expect(main(page)).toContainText("complete", { timeout: 30_000 });
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(3)).toContainText("Role AcrPull");
});

test("a reload keeps everything, and what is wrong is told before anything is sent", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, TRAINING);
  await openAccess(page);
  await button(page, "Add registry").click();
  await expect(combobox(page, "Registry")).toBeFocused();
  await tab(page, "Review + create").click();
  await expect(page.getByRole("alert")).toContainText("Registry 1: Choose a registry.");
  await page.getByRole("link", { name: "Registry 1: Choose a registry." }).or(button(page, "Registry 1: Choose a registry.")).click();
  await expect(combobox(page, "Registry")).toBeFocused();
  await choose(page, "Registry", "contosoteam").catch(async () => {
    await page.getByRole("option", { name: /^contosoteam/ }).click();
  });
  await box(page, "Repositories").fill("Team/App");
  await described(box(page, "Repositories"), /no upper-case letters/);
  await page.reload();
  await expect(title(page)).toHaveText("Create User Assigned Managed Identity");
  await openAccess(page);
  await expect(box(page, "Repositories")).toHaveValue("Team/App");
  await tab(page, "Review + create").click();
  await expect(page.getByRole("alert")).toContainText("no upper-case letters");
  await expect(button(page, "Create")).toBeDisabled();
  await tab(page, "Access").click();
  await button(page, "Remove registry 1").click();
  await expect(button(page, "Add registry")).toBeFocused();
  await create(page);
});
