// The page starts under its policy, and nothing that a person does before it runs is lost.
import { expect, test } from "@playwright/test";

const FORM = "#/create/user-assigned-identity";

test("the page opens without a word in the console and asks nobody else", async ({ page, baseURL }) => {
  const console: string[] = [];
  page.on("console", (message) => console.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => console.push(`error: ${error.message}`));
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(baseURL!)) elsewhere.push(request.url());
  });
  const response = await page.goto("./" + FORM);
  expect(response!.headers()["content-security-policy"]).toContain("require-trusted-types-for 'script'");
  await expect(page.locator("#program")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toBeVisible();
  expect(console).toEqual([]);
  expect(elsewhere).toEqual([]);
});
