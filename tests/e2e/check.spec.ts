// "Check what you have" parses every format, lists problems, fills the form and sends nothing. Also the printed report.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { button, combobox, configure, fillBasics, main, nameBox, open, openForm, review, title, TRAINING } from "./pages";
import { expect, test } from "./watched";

const CHECK = "#/check";
const text = (page: Page) => page.getByRole("textbox", { name: "Text to check" });
const status = (page: Page) => page.locator(".check-counted");
const row = (page: Page, name: string) => rows(page).getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
const rows = (page: Page) => page.getByRole("grid", { name: "Identities in the text" });

async function openCheck(page: Page, query = "") {
  await open(page, CHECK, query);
  await expect(title(page)).toHaveText("Check what you have");
  await expect(text(page)).toBeVisible();
}

/** A list of `count` identities; every tenth has a name that is too short. */
const list = (count: number) =>
  ["name,resourceGroup,region", ...Array.from({ length: count }, (_, at) => `${at % 10 ? `uami-${at}` : "x"},RG${at},eastus`)].join("\r\n");

test("the training page's command fills the form, with no request", async ({ page }) => {
  await openCheck(page);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await text(page).fill("az identity create -g RG1 -n uami_apl2003 --tags 'a/b=c'");
  await expect(status(page)).toHaveText("Bash commands: one identity.");
  await expect(main(page)).toContainText("Tag names can't contain “/”.");
  await expect(main(page)).toContainText("No region is given, so the identity gets the region of its resource group.");
  expect(asked, "nothing is sent").toEqual([]);
  await button(page, "Fill the form").click();
  await expect(nameBox(page)).toHaveValue("uami_apl2003");
  await expect(combobox(page, "Resource group")).toHaveValue("RG1");
  await page.getByRole("tab", { name: /Tags/ }).click();
  await expect(combobox(page, "Tag name 1")).toHaveValue("a/b");
  await expect(main(page)).toContainText("Tag names can't contain");
});

for (const [kind, written] of [
  ["YAML with scripts", "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: az identity create -g RG1 -n uami-1\n"],
  ["Bicep", "resource s 'Microsoft.Resources/deploymentScripts@2023-08-01' = {\n  name: 's'\n  kind: 'AzureCLI'\n  properties: {\n    scriptContent: 'az identity create -g RG1 -n uami-1'\n  }\n}"],
  ["Terraform", 'resource "terraform_data" "i" {\n  provisioner "local-exec" {\n    command = "az identity create -g RG1 -n uami-1"\n  }\n}'],
] as const) {
  test(`a script inside another language is read: ${kind}`, async ({ page }) => {
    await openCheck(page);
    await text(page).fill(written);
    await expect(status(page)).toHaveText(`${kind}: one identity.`);
    await expect(page.getByRole("heading", { name: /^uami-1/ })).toBeVisible();
  });
}

test.describe("without the readers", () => {
  test.use({ expected: [/Failed to fetch|ERR_FAILED/] });

  test("a text whose readers can't be fetched is checked on the next try", async ({ page }) => {
    const readers = /\/(shells|templates|terraform|hosts)-[0-9a-f]{16}\.wasm$/;
    await page.route(readers, (route) => route.abort());
    await openCheck(page);
    await text(page).fill("az identity create -g RG1 -n uami-1");
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("did not load");
    await expect(status(page)).toHaveText("");
    await page.unroute(readers);
    await button(alert, "Try again").click();
    await expect(status(page)).toHaveText("Bash commands: one identity.");
    await expect(alert).toHaveCount(0);
    await expect(text(page)).toHaveValue("az identity create -g RG1 -n uami-1");
  });
});

test("a file's name no longer counts once its text is replaced", async ({ page }) => {
  await openCheck(page);
  await page.locator("input[type=file]").setInputFiles({ name: "main.tf", mimeType: "text/plain", buffer: Buffer.from('resource "azurerm_user_assigned_identity" "i" {\n  name = "uami-1"\n}\n') });
  await expect(status(page)).toHaveText("Terraform: one identity.");
  await text(page).fill("for n in uami-2; do az identity create -g RG1 -n $n; done");
  await expect(status(page)).toHaveText("Bash commands: one identity.");
});

test("a problem names its field and its line, and open findings don't pass to another identity", async ({ page }) => {
  await openCheck(page);
  await text(page).fill("az identity create --name id \\\n  --resource-group RG1.\naz identity create -g RG1 -n uami-2");
  await row(page, "id").click();
  await expect(main(page)).toContainText("Resource group, line 2: Don't end the name with a full stop.");
  await expect(main(page)).toContainText("Name, line 1: Use at least 3 characters.");
  await text(page).fill("az identity create -g RG1 -n uami-3\naz identity create -g RG1 -n uami-4");
  await expect(row(page, "uami-3")).toBeVisible();
  await expect(button(page, "Fill the form")).toHaveCount(0);
});

test("once the page is open, every format is checked without a network", async ({ page, context }) => {
  const readers = /\/(shells|templates|terraform|hosts)-[0-9a-f]{16}\.wasm$/;
  const loaded = new Set<string>();
  page.on("requestfinished", (request) => loaded.add(readers.exec(request.url())?.[1] ?? ""));
  await openCheck(page);
  await expect.poll(() => [...loaded].filter(Boolean).sort()).toEqual(["hosts", "shells", "templates", "terraform"]);
  await context.setOffline(true);
  await text(page).fill("```sh\naz identity create -g RG1 -n uami-1\n```\n");
  await expect(status(page)).toHaveText("Markdown: one identity.");
});

test("the form's draft is not replaced without confirmation", async ({ page }) => {
  await openForm(page);
  await nameBox(page).fill("uami-mine");
  await page.getByRole("link", { name: "Check what you have" }).click();
  await text(page).fill("az identity create -g RG1 -n uami-other");
  await button(page, "Fill the form").click();
  await expect(main(page)).toContainText("This replaces what you typed there (uami-mine).");
  await button(page, "Cancel").click();
  await expect(main(page)).not.toContainText("This replaces");
  await button(page, "Fill the form").click();
  await button(page, "Replace").click();
  await expect(nameBox(page)).toHaveValue("uami-other");
});

for (const [kind, written, name] of [
  ["PowerShell commands", "New-AzUserAssignedIdentity -ResourceGroupName RG1 -Name uami-1 `\n  -Location eastus -Tag @{ Env = 'prod' }", "uami-1"],
  ["Bicep", "param n string = 'uami-1'\nresource i 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {\n  name: n\n  location: resourceGroup().location\n}", "uami-1"],
  ["Terraform", 'resource "azurerm_user_assigned_identity" "i" {\n  name = "uami-1"\n  resource_group_name = "RG1"\n  location = "eastus"\n}', "uami-1"],
  ["ARM template or JSON", '{"resources":[{"type":"Microsoft.ManagedIdentity/userAssignedIdentities","name":"uami-1","location":"eastus"}]}', "uami-1"],
] as const) {
  test(`${kind} is read`, async ({ page }) => {
    await openCheck(page);
    await text(page).fill(written);
    await expect(status(page)).toHaveText(`${kind}: one identity.`);
    await expect(page.getByRole("heading", { name })).toBeVisible();
    await expect(main(page)).toContainText("No problems found.");
  });
}

test("10,000 rows: counted, virtualised, filtered, downloaded", async ({ page }) => {
  await openCheck(page);
  await page.locator("input[type=file]").setInputFiles({ name: "identities.csv", mimeType: "text/csv", buffer: Buffer.from(list(10_000)) });
  await expect(status(page)).toHaveText("CSV list: 10000 identities. With problems: 1000. With warnings only: 0. Fine: 9000.");
  await expect(rows(page)).toHaveAttribute("aria-rowcount", "10001");
  expect(await rows(page).locator("tbody tr[aria-rowindex]").count()).toBeLessThan(100);
  await rows(page).evaluate((grid) => (grid.parentElement!.scrollTop = grid.parentElement!.scrollHeight));
  await expect(row(page, "uami-9999")).toBeVisible();
  await page.getByRole("checkbox", { name: "Only problems and warnings" }).check();
  await expect(main(page)).toContainText("1000 of 10000 shown. Download as CSV saves only these.");
  await rows(page).evaluate((grid) => (grid.parentElement!.scrollTop = 0));
  await row(page, "x").first().click();
  await expect(page.getByRole("heading", { name: "x Line 2" })).toBeFocused();
  await expect(main(page)).toContainText("Use at least 3 characters.");
  const download = page.waitForEvent("download");
  await button(page, "Download as CSV").click();
  const saved = readFileSync(await (await download).path(), "utf8").split("\r\n");
  // Without the byte order mark, Excel reads UTF-8 as the system's encoding.
  expect(saved[0]).toBe("\ufeffline,name,resourceGroup,region,subscription,severity,problems");
  expect(saved[1]).toContain('2,"x","RG0","eastus","","Problem","Use at least 3 characters.');
  expect(saved).toHaveLength(1_002);
});

test("the organisation's rules apply, a reload keeps the text, Clear removes it", async ({ page }) => {
  await configure(page, { rules: { requiredTags: [{ name: "Env" }], name: { pattern: "uami-.*", message: "Begin with uami-." } } });
  await openCheck(page);
  await text(page).fill("az identity create -g RG1 -n mine");
  await expect(main(page)).toContainText("Begin with uami-.");
  await expect(main(page)).toContainText("Add the tag Env");
  await page.reload();
  await expect(text(page)).toHaveValue("az identity create -g RG1 -n mine");
  await expect(main(page)).toContainText("Begin with uami-.");
  await button(page, "Clear").click();
  await expect(text(page)).toHaveValue("");
  await expect(status(page)).toHaveText("Nothing to check yet.");
  await page.reload();
  await expect(status(page)).toHaveText("Nothing to check yet.");
  await expect(text(page)).toHaveValue("");
});

test("a pipeline's scripts are read, and the detected format can be overruled", async ({ page }) => {
  await openCheck(page);
  const format = page.getByRole("combobox", { name: "Read as" });
  const pipeline = "jobs:\n  a:\n    steps:\n      - run: |\n          az identity create -g RG1 -n uami-1\n      - run: az identity create -g RG1 -n uami.2\n";
  await page.locator("input[type=file]").setInputFiles({ name: "ci.yml", mimeType: "text/yaml", buffer: Buffer.from(pipeline) });
  await expect(status(page)).toHaveText("YAML with scripts: 2 identities. With problems: 1. With warnings only: 0. Fine: 1.");
  await expect(row(page, "uami.2")).toContainText("6");
  await format.selectOption("Markdown");
  await expect(status(page)).toHaveText("Markdown");
  await page.reload();
  await expect(status(page)).toHaveText("Markdown");
  await expect(format).toHaveValue("markdown");
  await format.selectOption("Detected format");
  await expect(status(page)).toContainText("YAML with scripts: 2 identities.");
  await button(page, "Clear").click();
  await expect(status(page)).toHaveText("Nothing to check yet.");
});

test("a dropped file is read, also in UTF-16, and a file that isn't text is rejected", async ({ page }) => {
  await openCheck(page);
  const drop = (bytes: number[]) =>
    text(page).evaluate((area, bytes) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], "x.sh"));
      area.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }, bytes);
  await drop([...Buffer.from("\ufeffaz identity create -g RG1 -n uami-wide", "utf16le")]);
  await expect(page.getByRole("heading", { name: "uami-wide" })).toBeVisible();
  await drop([0xff, 0x00, 0xfe, 0x80]);
  await expect(main(page)).toContainText("This file can't be read.");
  await expect(page.getByRole("heading", { name: "uami-wide" })).toBeVisible();
});

test("a file in Windows-1252 is read, with a note on its encoding", async ({ page }) => {
  await openCheck(page);
  const drop = (bytes: Buffer) => page.locator("input[type=file]").setInputFiles({ name: "x.csv", mimeType: "text/csv", buffer: bytes });
  await drop(Buffer.from("name,resourceGroup,tag.Owner\r\nuami-1,RG1,COMPAÑIA\r\n", "latin1"));
  await expect(page.getByRole("heading", { name: "uami-1" })).toBeVisible();
  await expect(text(page)).toHaveValue(/COMPAÑIA/);
  await expect(main(page)).toContainText("Read as Windows-1252");
  await text(page).fill("az identity create -g RG1 -n uami-1");
  await expect(main(page)).not.toContainText("Windows-1252");
});

test("a command's missing options are named as the command names them", async ({ page }) => {
  await openCheck(page);
  await text(page).fill("az identity create -n uami-1");
  await expect(main(page)).toContainText("-g (resource group) is missing.");
  await text(page).fill("New-AzUserAssignedIdentity -ResourceGroupName RG1");
  await expect(main(page)).toContainText("-Name (name) is missing.");
  await expect(main(page)).toContainText("-Location (region) is missing.");
});

test("the list by keyboard: arrows, Page keys, Home and End, far beyond the rendered rows; scrolling keeps the focus", async ({ page }) => {
  await openCheck(page);
  await page.locator("input[type=file]").setInputFiles({ name: "identities.csv", mimeType: "text/csv", buffer: Buffer.from(list(1_000)) });
  await expect(rows(page)).toBeVisible();
  await rows(page).focus();
  const active = async () => {
    const id = await rows(page).getAttribute("aria-activedescendant");
    const one = page.locator(`[id="${id}"]`);
    await expect(one).toBeInViewport();
    const covered = await one.evaluate((element) => {
      const { left, top, height } = element.getBoundingClientRect();
      return !element.contains(document.elementFromPoint(left + 20, top + height / 2));
    });
    expect(covered, "the head covers it").toBe(false);
    return Number(await one.getAttribute("aria-rowindex"));
  };
  expect(await active()).toBe(2);
  for (const [key, times, at] of [
    ["ArrowDown", 30, 32],
    ["ArrowUp", 3, 29],
    ["PageDown", 2, 49],
    ["PageUp", 1, 39],
    ["End", 1, 1001],
    ["ArrowDown", 1, 1001],
    ["Home", 1, 2],
    ["ArrowUp", 1, 2],
    ["PageDown", 9, 92],
  ] as const) {
    for (let time = 0; time < times; time += 1) await page.keyboard.press(key);
    expect(await active(), key).toBe(at);
  }
  await rows(page).evaluate((grid) => (grid.parentElement!.scrollTop = grid.parentElement!.scrollHeight));
  await expect(row(page, "uami-999")).toBeVisible();
  await expect(rows(page)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  expect(await active()).toBe(93);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "uami-91 Line 93" })).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(rows(page)).toBeFocused();
  expect(await active()).toBe(93);
  await page.keyboard.press("Tab");
  await expect(rows(page)).not.toBeFocused();
});

test("Back keeps the filter of the list", async ({ page }) => {
  await openCheck(page);
  await text(page).fill(list(20));
  await page.getByRole("checkbox", { name: "Only problems and warnings" }).check();
  await expect(main(page)).toContainText("2 of 20 shown.");
  await row(page, "x").first().click();
  await button(page, "Fill the form").click();
  await expect(title(page)).toHaveText("Create User Assigned Managed Identity");
  await page.goBack();
  await expect(main(page)).toContainText("2 of 20 shown.");
  await expect(page.getByRole("checkbox", { name: "Only problems and warnings" })).toBeChecked();
});

test("opening the page by a link focuses the title", async ({ page }) => {
  await open(page, "#/");
  await page.getByRole("link", { name: "Check what you have" }).click();
  await expect(title(page)).toHaveText("Check what you have");
  await expect(title(page)).toBeFocused();
});

test("by keyboard, from the text to the form", async ({ page }) => {
  await openCheck(page);
  await text(page).focus();
  await page.keyboard.type("az identity create -g RG1 -n uami-keys");
  await expect(page.getByRole("heading", { name: "uami-keys" })).toBeVisible();
  for (let step = 0; step < 6; step += 1) {
    await page.keyboard.press("Tab");
    if (await button(page, "Fill the form").evaluate((element) => element === document.activeElement)) break;
  }
  await page.keyboard.press("Enter");
  await expect(nameBox(page)).toHaveValue("uami-keys");
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1280, 360]) {
    test(`axe finds nothing, ${colorScheme}, ${width} px`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await openCheck(page);
      const clean = async (state: string) => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)), state).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${state}: no sideways scrolling`).toBeLessThanOrEqual(0);
        const below = await page.evaluate(() => document.documentElement.scrollHeight - Math.max(innerHeight, document.querySelector("main")!.getBoundingClientRect().bottom + scrollY));
        expect(below, `${state}: nothing hangs out below`).toBeLessThanOrEqual(1);
      };
      await clean("empty");
      await text(page).fill("az identity create -g RG1 -n 'a b' --frobnicate\naz vm create");
      await expect(page.getByRole("heading", { name: "About the text" })).toBeVisible();
      await clean("one with problems");
      await text(page).fill(list(100));
      await expect(rows(page)).toBeVisible();
      await row(page, "x").first().click();
      await expect(page.getByRole("heading", { name: "x Line 2" })).toBeFocused();
      await clean("many");
    });
  }
}

test.describe("printed", () => {
  // Elements hidden in print lose the focus.
  test.use({ expected: [/the focus fell to body: it was on button Print/] });

  test("the review prints on one page: the request, the code, time and place, and the link", async ({ page }) => {
    await page.addInitScript(() => {
      // What a browser does, without the dialog.
      window.print = () => dispatchEvent(new Event("beforeprint"));
    });
    await openForm(page);
    await fillBasics(page, TRAINING);
    await review(page);
    await expect(button(page, "Copy link")).toBeVisible();
    await button(page, "Print").click();
    await expect(page.getByText(/^Printed .+ from http/)).toBeAttached();
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await expect(page.getByText("az identity create -g RG1 -n uami-apl2003")).toBeVisible();
    await expect(page.getByText(/^Printed .+ from http/)).toBeVisible();
    await expect(main(page)).toContainText("Contoso Development");
    for (const hidden of [button(page, "Create"), button(page, "Print"), page.getByRole("tablist"), page.getByRole("banner")]) await expect(hidden).toBeHidden();
    const inks = await page.evaluate(() => getComputedStyle(document.body).color);
    expect(inks).toBe("rgb(0, 0, 0)");
    const pdf = await page.pdf({ format: "A4", path: process.env.PRINTED });
    expect(pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
  });
});

test("printing with the browser's own shortcut gives the same, with the current values", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, TRAINING);
  await review(page);
  await page.getByRole("tab", { name: "Basics" }).click();
  await nameBox(page).fill("uami-later");
  await review(page);
  await page.pdf({ format: "A4" });
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("az identity create -g RG1 -n uami-later")).toBeVisible();
  await expect(page.getByText(/^Printed .+ from http/)).toBeVisible();
});
