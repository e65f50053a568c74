// The single file, opened from disk: all of Preview, without any request.
import { pathToFileURL } from "node:url";
import { copyFileSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { TRAINING, button, create, fillBasics, nameBox, panel, review, tab, title } from "./pages";
import { expect, test } from "./watched";

const FILE = process.env.IDENTITY_PORTAL_FILE;
test.skip(!FILE, "`cargo xtask test e2e` makes the file");
const address = FILE ? pathToFileURL(FILE).href : "about:blank";
// Any other request would be reported.
test.use({ baseURL: address });

test("the journey to the finished resource, with the code panel, makes no requests", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`${address}#/create/user-assigned-identity`);
  await expect(page.locator("#program")).toBeVisible();
  await button(page, "Code").click();
  await expect(panel(page)).toBeVisible();
  await fillBasics(page, TRAINING);
  for (const [language, says] of [["Azure CLI", "az identity create"], ["Bicep", "Microsoft.ManagedIdentity/userAssignedIdentities"], ["Terraform", "azurerm_user_assigned_identity"]]) {
    await tab(page, language).click();
    await expect(panel(page)).toContainText(says);
  }
  await review(page);
  await create(page);
  await button(page, "Go to resource").click();
  await expect(title(page)).toHaveText("uami-apl2003");
  await page.reload();
  await expect(title(page)).toHaveText("uami-apl2003");
  // Only the page itself, twice; inline resources aren't requests.
  expect(asked.filter((url) => !/^(data|blob):/.test(url)).map((url) => url.split("#")[0])).toEqual([address, address]);
});

test.describe("moved", () => {
  test.use({ expected: [/^asked file:/] });

  test("it starts in a folder of any name, and its console is checked like any page's", async ({ page }) => {
    const folder = join(test.info().outputPath(), "a b #1 ü% 你好");
    mkdirSync(folder, { recursive: true });
    const copy = join(folder, "identity portal (1).html");
    copyFileSync(FILE!, copy);
    await page.goto(`${pathToFileURL(copy).href}#/create/user-assigned-identity`);
    await expect(page.locator("#program")).toBeVisible();
    await nameBox(page).fill("a b");
    await expect(nameBox(page)).toHaveAttribute("aria-invalid", "true");
    await button(page, "Code").click();
    await expect(panel(page)).toContainText("az identity create");
  });
});

test("what is typed is checked, and survives a reload", async ({ page }) => {
  await page.goto(`${address}#/create/user-assigned-identity`);
  await expect(page.locator("#program")).toBeVisible();
  await nameBox(page).fill("a b");
  await expect(nameBox(page)).toHaveAttribute("aria-invalid", "true");
  await page.reload();
  await expect(nameBox(page)).toHaveValue("a b");
});

test("its policy allows only its inline scripts, and it stays small", async ({ page }) => {
  await page.goto(address);
  const policy = await page.locator("meta[http-equiv]").getAttribute("content");
  expect(policy).toMatch(/^default-src 'none'; script-src( 'sha256-[^']+'){3} 'wasm-unsafe-eval'; style-src 'sha256-[^']+'; img-src data:; /);
  expect(policy).not.toContain("unsafe-inline");
  expect(statSync(FILE!).size).toBeLessThan(1_700_000);
});
