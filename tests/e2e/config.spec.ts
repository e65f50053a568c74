// config.json configures a deployment; a page lists its problems, and nothing is ignored.
import { button, combobox, configure, described, main, nameBox, open, openForm, option, tab } from "./pages";
import { expect, test } from "./watched";

test("the organisation's rules are checked while typing", async ({ page }) => {
  await configure(page, {
    rules: {
      name: { pattern: "^id-[a-z0-9-]+$", message: "Begin with id- and use lower case, please." },
      requiredTags: [{ name: "CostCenter", pattern: "^[0-9]{4}$" }, { name: "Env", values: ["dev", "prod"] }],
      regions: ["westeurope", "northeurope"],
      subscriptions: ["3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01"],
    },
  });
  await openForm(page);
  await nameBox(page).fill("uami-x");
  await described(nameBox(page), "Begin with id- and use lower case, please.");
  await nameBox(page).fill("id-x");
  await expect(nameBox(page)).toHaveAccessibleDescription("");

  const refused = page.getByRole("group", { name: "Not allowed by your organisation" });
  await combobox(page, "Subscription").fill("Sandbox");
  await expect(refused.getByRole("option", { name: "Contoso Sandbox" })).toHaveAttribute("aria-disabled", "true");
  await combobox(page, "Subscription").fill("Development");
  await option(page, "Contoso Development").click();
  await combobox(page, "Region").fill("East US");
  await expect(refused.getByRole("option", { name: "East US", exact: true })).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Escape");

  await tab(page, "Tags").click();
  await expect(combobox(page, "Tag name 1")).toHaveValue("CostCenter");
  await expect(combobox(page, "Tag name 2")).toHaveValue("Env");
  await combobox(page, "Tag value 1").fill("47");
  await described(combobox(page, "Tag value 1"), "doesn't match your organisation's pattern");
  await combobox(page, "Tag value 1").fill("4711");
  await expect(combobox(page, "Tag value 1")).toHaveAccessibleDescription("");
  await combobox(page, "Tag value 2").fill("test");
  await described(combobox(page, "Tag value 2"), "Your organisation allows only these values for Env: dev, prod.");
});

test("after Discard the form opens with the organisation's defaults again", async ({ page }) => {
  await configure(page, { defaults: { name: "id-default" } });
  await openForm(page);
  await nameBox(page).fill("id-mine");
  await button(page, "Close").click();
  await button(page, "Discard").click();
  await expect(nameBox(page)).toHaveCount(0);
  await openForm(page);
  await expect(nameBox(page)).toHaveValue("id-default");
});

test("a pattern and a name that cause catastrophic backtracking in other engines", async ({ page }) => {
  await configure(page, { rules: { name: { pattern: "id-([a-z0-9]+[-_]?)+", message: "Lower case, please." } } });
  await open(page, `#/create/user-assigned-identity?name=id-${"a".repeat(60)}--`);
  await described(nameBox(page), "Lower case, please.");
  await nameBox(page).fill(`id-${"a".repeat(60)}`);
  await expect(nameBox(page)).not.toHaveAccessibleDescription(/Lower case/);
});

test("defaults fill the form, and the brand appears in the header", async ({ page }) => {
  await configure(page, {
    brand: { name: "Contoso Cloud Desk" },
    defaults: { subscription: "3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01", resourceGroup: "RG1", name: "id-", tags: { Env: "dev" } },
  });
  await openForm(page);
  await expect(page.getByRole("link", { name: "Contoso Cloud Desk" })).toBeVisible();
  await expect(combobox(page, "Resource group")).toHaveValue("RG1");
  await expect(combobox(page, "Region")).toHaveValue("East US");
  await expect(nameBox(page)).toHaveValue("id-");
  await tab(page, "Tags").click();
  await expect(combobox(page, "Tag value 1")).toHaveValue("dev");
});

for (const [what, config, named] of [
  ["unknown keys, all of them", { brnad: {}, rules: { nmae: {} } }, ["brnad", "rules.nmae"]],
  ["a bad value", { mode: "demo" }, ["mode"]],
  ["live mode without a client", { mode: "live" }, ["clientId"]],
  ["text that is not JSON", '{\n  "mode": preview\n}', ["line 2"]],
  ["a page instead of the file", "<!doctype html><title>Not here</title>", ["line 1"]],
  ["a list", "[]", ["config.json"]],
  ["an empty file", "", ["line 1"]],
  ["a pattern that is none", { rules: { name: { pattern: "id-[" } } }, ["rules.name.pattern is id-[, which can't be used"]],
  [
    "patterns of another dialect, all of them",
    { rules: { name: { pattern: "id-(?!x).*" }, requiredTags: [{ name: "Env", pattern: "(a)\\1" }] } },
    ["rules.name.pattern is id-(?!x).*, which can't be used: lookahead", "rules.requiredTags[0].pattern is (a)\\1"],
  ],
] as const) {
  test(`${what}: the page names it`, async ({ page }) => {
    await configure(page, config);
    await open(page, "#/create/user-assigned-identity");
    await expect(main(page).getByRole("heading", { name: "This site's config.json has errors" })).toBeVisible();
    for (const name of named) await expect(page.getByRole("listitem").filter({ hasText: name })).toBeVisible();
    await expect(button(page, "Review + create")).toHaveCount(0);
  });
}

test.describe("if the file can't be fetched", () => {
  test.use({ expected: [/status of 403|net::ERR_FAILED/] });

  test("it isn't treated as an empty file", async ({ page }) => {
    await configure(page, "", 403);
    await open(page, "#/create/user-assigned-identity");
    const problem = main(page).getByRole("listitem").filter({ hasText: "config.json couldn't be loaded" });
    await expect(problem).toHaveText("config.json couldn't be loaded: the server answered with status 403.");
    await page.unrouteAll({ behavior: "wait" });
    await page.route("**/config.json", (route) => route.abort());
    await page.reload();
    await expect(problem).toContainText("config.json couldn't be loaded.");
  });
});

test.describe("without the file", () => {
  test.use({ expected: [/status of 404/] });

  test("it is Preview", async ({ page }) => {
    await configure(page, "Not found", 404);
    await openForm(page);
    await expect(page.getByText("Preview").first()).toBeVisible();
    await combobox(page, "Subscription").click();
    await expect(option(page, "Contoso Development")).toBeVisible();
  });
});

test("Help links to the organisation's own help", async ({ page }) => {
  await configure(page, { brand: { name: "Contoso Cloud Desk", helpUrl: "https://help.contoso.example/identities" } });
  await open(page, "#/");
  await button(page, "Help").click();
  const link = page.getByRole("region", { name: "Help" }).getByRole("link", { name: "More help from Contoso Cloud Desk" });
  await expect(link).toHaveAttribute("href", "https://help.contoso.example/identities");
  await expect(link).toHaveAttribute("target", "_blank");
});
