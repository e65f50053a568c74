// An identity's federated credentials: adding, editing and removing them, with their problems shown before anything is sent.
import type { Page } from "@playwright/test";
import { button, combobox, DEVELOPMENT, described, main, nameBox, open, option, tab } from "./pages";
import { expect, test } from "./watched";

const EXISTING = `#/identity/subscriptions/${DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-existing`;

const box = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
const credential = (page: Page, name: string) => page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, exact: true }) });
const result = (page: Page) => page.locator(".credential-result");

async function openCredentials(page: Page, query = "") {
  await open(page, EXISTING, query);
  await tab(page, "Federated credentials").click();
  await expect(main(page)).toContainText("No federated credentials yet");
}

async function pick(page: Page, field: string, entry: string) {
  await combobox(page, field).click();
  await option(page, entry).click();
  await expect(combobox(page, field)).toHaveValue(entry);
}

/** Opens the editor with a GitHub repository's main branch. */
async function fillGitHub(page: Page) {
  await button(page, "Add credential").click();
  await box(page, "Organisation").pressSequentially("https://github.com/Contoso/shop");
  await page.keyboard.press("Tab");
  await expect(box(page, "Organisation")).toHaveValue("Contoso");
  await expect(box(page, "Repository")).toHaveValue("shop");
  await box(page, "Branch").fill("main");
}

test("a GitHub branch by keyboard, then how to sign in, edited and removed", async ({ page }) => {
  await openCredentials(page);
  await button(page, "Add credential").press("Enter");
  await expect(page.getByRole("heading", { name: "Federated credentials" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(combobox(page, "Scenario")).toBeFocused();
  await expect(combobox(page, "Scenario")).toHaveValue("GitHub Actions");
  await box(page, "Organisation").focus();
  await page.keyboard.type("Contoso");
  await page.keyboard.press("Tab");
  await page.keyboard.type("shop");
  await page.keyboard.press("Tab");
  await page.keyboard.type("main");
  await expect(result(page)).toContainText("repo:Contoso/shop:ref:refs/heads/main");
  await button(page, "Save").press("Enter");
  await expect(main(page)).toContainText("The federated credential github-Contoso-shop-main was saved.");
  const made = credential(page, "github-Contoso-shop-main");
  await expect(made).toContainText("repo:Contoso/shop:ref:refs/heads/main");
  await expect(made).toContainText("GitHub Actions");
  await expect(main(page)).toContainText("1 of 20");

  await page.getByRole("button", { name: "How to sign in with github-Contoso-shop-main" }).click();
  const dialog = page.getByRole("dialog", { name: "How to sign in" });
  await expect(dialog).toContainText("id-token: write");
  const client = await dialog.getByRole("region").textContent();
  expect(client).toMatch(/client-id: [0-9a-f]{8}-/);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(button(page, "How to sign in with github-Contoso-shop-main")).toBeFocused();

  await page.getByRole("button", { name: "Edit github-Contoso-shop-main" }).click();
  await box(page, "Subject").fill("repo:Contoso/shop:environment:production");
  await button(page, "Save").click();
  await expect(made).toContainText("repo:Contoso/shop:environment:production");
  await expect(main(page)).toContainText("1 of 20");

  await button(made, "Remove github-Contoso-shop-main").click();
  const question = page.getByRole("dialog", { name: "Remove this federated credential?" });
  await expect(question).toContainText("github-Contoso-shop-main");
  await expect(question).toContainText("repo:Contoso/shop:environment:production");
  await expect(button(question, "Cancel")).toBeFocused();
  await button(question, "Remove").click();
  await expect(main(page)).toContainText("The federated credential github-Contoso-shop-main was removed.");
  await expect(main(page)).toContainText("No federated credentials yet");
});

test("each scenario asks for its values and shows the subject they make", async ({ page }) => {
  await openCredentials(page);
  await button(page, "Add credential").click();
  const scenarios: [string, [string, string][], string][] = [
    ["Kubernetes or AKS", [["Issuer", "https://eastus.oic.prod-aks.azure.com/t/u/"], ["Namespace", "shop"], ["Service account", "web"]], "system:serviceaccount:shop:web"],
    ["GitLab CI/CD", [["Project", "group/app"], ["Branch", "main"]], "project_path:group/app:ref_type:branch:ref:main"],
    ["Azure DevOps", [["Issuer", "https://login.microsoftonline.com/t/v2.0"], ["Subject", "/eid1/c/pub/t/a/a/b/sc/o/c"]], "/eid1/c/pub/t/a/a/b/sc/o/c"],
    ["HCP Terraform", [["Organisation", "contoso"], ["Project", "web"], ["Workspace", "prod"]], "organization:contoso:project:web:workspace:prod:run_phase:apply"],
    ["Google Cloud", [["Subject", "112233445566778899001"]], "https://accounts.google.com"],
    ["Other issuer", [["Issuer", "https://token.example"], ["Subject", "a"]], "https://token.example"],
  ];
  for (const [scenario, values, made] of scenarios) {
    await pick(page, "Scenario", scenario);
    for (const [field, value] of values) await box(page, field).fill(value);
    await expect(result(page)).toContainText(made);
  }
});

test("two credentials where a workspace plans and applies", async ({ page }) => {
  await openCredentials(page);
  await button(page, "Add credential").click();
  await pick(page, "Scenario", "HCP Terraform");
  for (const [field, value] of [["Organisation", "contoso"], ["Project", "web"], ["Workspace", "prod"]]) await box(page, field).fill(value);
  await button(page, "Save").click();
  await expect(credential(page, "terraform-contoso-prod-plan")).toBeVisible();
  await expect(credential(page, "terraform-contoso-prod-apply")).toBeVisible();
  // Once more: there is nothing left to add.
  await button(page, "Add credential").click();
  await pick(page, "Scenario", "HCP Terraform");
  for (const [field, value] of [["Organisation", "contoso"], ["Project", "web"], ["Workspace", "prod"]]) await box(page, field).fill(value);
  await described(box(page, "Workspace"), "This identity already accepts these tokens.");
});

test("what no token would match is shown while it is typed, and nothing is sent", async ({ page }) => {
  await openCredentials(page);
  await button(page, "Add credential").click();
  await button(page, "Save").click();
  await expect(box(page, "Organisation")).toBeFocused();
  await described(box(page, "Organisation"), "Enter a value.");
  await expect(box(page, "Organisation")).toHaveAttribute("aria-invalid", "true");
  await box(page, "Branch").fill("release/*");
  await described(box(page, "Branch"), "There are no wildcards");
  await box(page, "Name").fill("-");
  await described(box(page, "Name"), "Use 3 to 120 letters");
  await box(page, "Audience").fill("api://other");
  await described(box(page, "Audience"), "api://AzureADTokenExchange");
  await pick(page, "Scenario", "Kubernetes or AKS");
  await box(page, "Issuer").fill("https://eastus.oic.prod-aks.azure.com/t/u");
  await described(box(page, "Issuer"), "ends with a slash");
  await button(page, "Cancel").click();
  await expect(button(page, "Add credential")).toBeFocused();
  await expect(main(page)).toContainText("No federated credentials yet");
});

test("a pasted token fills issuer and subject, and isn't kept", async ({ page }) => {
  const claims = Buffer.from(JSON.stringify({ iss: "https://token.example", sub: "job:42", aud: "api://AzureADTokenExchange" })).toString("base64url");
  await openCredentials(page);
  await button(page, "Add credential").click();
  await pick(page, "Scenario", "Other issuer");
  const token = `eyJhbGciOiJSUzI1NiJ9.${claims}.c2lnbmF0dXJl`;
  // Twice: the second time, nothing else changes.
  for (let time = 0; time < 2; time++) {
    await box(page, "Subject").fill(token);
    await expect(box(page, "Issuer")).toHaveValue("https://token.example");
    await expect(box(page, "Subject")).toHaveValue("job:42");
  }
  for (const field of ["Issuer", "Name", "Audience"]) {
    await box(page, field).fill(token);
    await expect(box(page, field)).not.toHaveValue(new RegExp(claims));
  }
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toContain(claims);
});

test("a reload and another page keep what was typed; Cancel forgets it", async ({ page }) => {
  await openCredentials(page);
  await fillGitHub(page);
  await page.reload();
  await expect(box(page, "Branch")).toHaveValue("main");
  await open(page, "#/identities");
  await page.getByRole("link", { name: "uami-existing" }).click();
  await expect(box(page, "Repository")).toHaveValue("shop");
  await button(page, "Cancel").click();
  await page.reload();
  await expect(tab(page, "Overview")).toHaveAttribute("aria-selected", "true");
});

test("an account that may only read is told so", async ({ page }) => {
  await openCredentials(page, "?sim=forbidden");
  await expect(main(page)).toContainText("Your account may not change federated credentials here.");
  await fillGitHub(page);
  await button(page, "Save").click();
  await expect(main(page)).toContainText("The federated credential github-Contoso-shop-main was not saved");
  await expect(box(page, "Branch")).toHaveValue("main");
});

test("what is being typed outlives another credential's removal, and Edit waits for it", async ({ page }) => {
  await openCredentials(page);
  await fillGitHub(page);
  await button(page, "Save").click();
  await expect(credential(page, "github-Contoso-shop-main")).toBeVisible();
  await button(page, "Add credential").click();
  await box(page, "Organisation").fill("Fabrikam");
  await expect(button(page, "Edit github-Contoso-shop-main")).toHaveAttribute("aria-disabled", "true");
  await button(page, "Remove github-Contoso-shop-main").click();
  await button(page.getByRole("dialog"), "Remove").click();
  await expect(main(page)).toContainText("The federated credential github-Contoso-shop-main was removed.");
  await expect(box(page, "Organisation")).toHaveValue("Fabrikam");
});
