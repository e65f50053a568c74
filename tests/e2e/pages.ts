// Page helpers that find elements only by role and accessible name.
import type { Locator, Page } from "@playwright/test";
import { expect } from "./watched";

export const DEVELOPMENT = "3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01";
const FORM = "#/create/user-assigned-identity";

/** What a person types into the form. */
export type Typed = { subscription?: string; group?: string; region?: string; name?: string };

/** The training page's case. */
export const TRAINING: Typed = { subscription: "Contoso Development", group: "RG1", name: "uami-apl2003" };

export const button = (page: Page | Locator, name: string) => page.getByRole("button", { name, exact: true });
export const combobox = (page: Page | Locator, name: string) => page.getByRole("combobox", { name, exact: true });
export const tab = (page: Page | Locator, name: string) => page.getByRole("tab", { name });
export const option = (page: Page, name: string) => page.getByRole("option", { name, exact: true });
export const nameBox = (page: Page | Locator) => page.getByRole("textbox", { name: "Name", exact: true });
export const panel = (page: Page) => page.getByRole("complementary", { name: "Code" });
export const main = (page: Page) => page.getByRole("main");
export const title = (page: Page) => page.getByRole("heading", { level: 1 });

/** Opens an address of the app, such as `#/create`, and waits until the program runs. `query` goes before the `#`. */
export async function open(page: Page, hash: string, query = "") {
  await page.goto(`./${query}${hash}`);
  await expect(page.locator("#program")).toBeVisible();
}

/** Opens the form. `query` goes before the `#`, `values` after it. */
export async function openForm(page: Page, query = "", values = "") {
  await open(page, FORM + values, query);
  await expect(title(page)).toHaveText("Create User Assigned Managed Identity");
}

/** Types a filter into a combobox and clicks the entry. */
export async function choose(page: Page, field: string, entry: string) {
  const box = combobox(page, field);
  await box.fill(entry);
  await option(page, entry).click();
  await expect(box).toHaveValue(entry);
}

/** Fills the Basics tab. */
export async function fillBasics(page: Page, { subscription, group, region, name }: Typed) {
  if (subscription) await choose(page, "Subscription", subscription);
  if (group) await choose(page, "Resource group", group);
  if (region) await choose(page, "Region", region);
  if (name !== undefined) await nameBox(page).fill(name);
}

/** Names a new resource group in its dialog. */
export async function nameGroup(page: Page, name: string) {
  await button(page, "Create new").click();
  await nameBox(page.getByRole("dialog", { name: "New resource group" })).fill(name);
  await page.keyboard.press("Enter");
  await expect(combobox(page, "Resource group")).toHaveValue(`(New) ${name}`);
}

/** Expects a note under a field that is also its accessible description. */
export async function described(control: Locator, text: string | RegExp) {
  const say = typeof text === "string" ? new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")) : text;
  await expect(control).toHaveAccessibleDescription(say);
}

/** Opens the review and waits for Azure's answer. */
export async function review(page: Page, answer: string | RegExp = "Validation passed") {
  await button(page, "Review + create").click();
  await expect(main(page)).toContainText(answer);
}

/** Presses Create and waits until the deployment's page says how it ended. */
export async function create(page: Page, ended = "Your deployment is complete") {
  await button(page, "Create").click();
  await expect(standing(page, ended)).toBeVisible({ timeout: 20_000 });
}

/** The status heading of a deployment's page. */
export const standing = (page: Page, says: string) => page.getByRole("heading", { name: says });

/** Serves this config.json. */
export async function configure(page: Page, config: unknown, status = 200) {
  const body = typeof config === "string" ? config : JSON.stringify(config);
  await page.route("**/config.json", (route) => route.fulfill({ status, body, contentType: "application/json" }));
}
