// axe finds no problems on any page, in any state, light and dark.
import { clean } from "./clean";
import { button, choose, combobox, configure, create, DEVELOPMENT, fillBasics, main, nameBox, nameGroup, open, openForm, option, panel, review, standing, tab, title, TRAINING } from "./pages";
import { expect, test } from "./watched";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("the form on Basics", async ({ page }) => {
      await openForm(page);
      await clean(page, "empty");
      await combobox(page, "Subscription").click();
      await expect(option(page, "Contoso Development")).toBeVisible();
      await clean(page, "with an open list");
      await option(page, "Contoso Development").click();
      await nameBox(page).fill("-");
      await button(page, "More about Region").click();
      await clean(page, "with an error and an open hint");
      await nameBox(page).fill("x".repeat(30));
      await button(page, "Create new").click();
      await nameBox(page.getByRole("dialog")).fill("a/b");
      await clean(page, "with the dialog");
    });

    test("the form on Tags and Review", async ({ page }) => {
      await openForm(page);
      await tab(page, "Tags").click();
      await combobox(page, "Tag name 1").fill("a/b");
      await clean(page, "tags");
      await tab(page, "Review + create").click();
      await expect(page.getByRole("alert")).toBeVisible();
      await clean(page, "review that is blocked");
      await button(page, "Code").click();
      await expect(panel(page)).toContainText("az identity create");
      await clean(page, "code panel");
    });

    test("the form on Access", async ({ page }) => {
      await openForm(page);
      await tab(page, "Access").click();
      await expect(button(page, "Add registry")).toBeVisible();
      await clean(page, "nothing chosen");
      await button(page, "Add registry").click();
      await combobox(page, "Registry").fill("contosoteam");
      await page.getByRole("option", { name: /^contosoteam/ }).click();
      await page.getByRole("textbox", { name: "Repositories" }).fill("team*, Bad");
      await button(page, "Add credential").click();
      await page.getByRole("checkbox", { name: "Lock the identity" }).check();
      await page.getByRole("textbox", { name: "Lock name" }).fill("bad name");
      await expect(page.getByText("Checking your rights")).toHaveCount(0);
      await clean(page, "cards with errors");
      await page.getByRole("textbox", { name: "Repositories" }).fill("team/*");
      await expect(page.getByText("StringStartsWithIgnoreCase")).toBeVisible();
      await clean(page, "a condition");
    });

    test("a review that passed", async ({ page }) => {
      await openForm(page);
      await fillBasics(page, TRAINING);
      await review(page);
      await expect(button(page, "Create")).toBeEnabled();
      await clean(page, "passed");
    });

    test("a review that Azure refused", async ({ page }) => {
      await openForm(page);
      await fillBasics(page, { ...TRAINING, name: "uami-region-full" });
      await review(page, "Validation failed.");
      await clean(page, "refused");
    });

    test("the confirmation before an identity is updated", async ({ page }) => {
      await openForm(page);
      await fillBasics(page, { ...TRAINING, name: "uami-existing" });
      await review(page);
      await expect(button(page, "Create")).toBeEnabled();
      await clean(page, "before and after");
      await button(page, "Create").click();
      await expect(page.getByRole("dialog", { name: "Update the existing identity?" })).toBeVisible();
      await clean(page, "question");
    });

    test("federated credentials", async ({ page }) => {
      await open(page, `#/identity/subscriptions/${DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-existing`);
      await tab(page, "Federated credentials").click();
      await expect(main(page)).toContainText("No federated credentials yet");
      await clean(page, "none");
      await button(page, "Add credential").click();
      await button(page, "Save").click();
      await expect(page.getByRole("textbox", { name: "Organisation" })).toHaveAttribute("aria-invalid", "true");
      await clean(page, "the editor with errors");
      for (const [field, value] of [["Organisation", "Contoso"], ["Repository", "shop"], ["Branch", "main"]]) {
        await page.getByRole("textbox", { name: field, exact: true }).fill(value);
      }
      await button(page, "Save").click();
      await expect(main(page)).toContainText("1 of 20");
      await clean(page, "one");
      await button(page, "How to sign in with github-Contoso-shop-main").click();
      await clean(page, "how to sign in");
      await page.keyboard.press("Escape");
      await button(page, "Remove github-Contoso-shop-main").click();
      await clean(page, "question");
    });

    test("access", async ({ page }) => {
      const existing = `#/identity/subscriptions/${DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-existing`;
      await open(page, existing);
      await tab(page, "Access").click();
      await expect(main(page)).toContainText("No roles yet");
      await button(page, "Add registry").click();
      await button(page, "Save").click();
      await expect(combobox(page, "Registry")).toHaveAttribute("aria-invalid", "true");
      await clean(page, "the empty list, and the editor with an error");
      await choose(page, "Registry", "contosoteam");
      await page.getByRole("textbox", { name: "Repositories" }).fill("team*");
      await expect(main(page)).toContainText("StringStartsWithIgnoreCase");
      await clean(page, "the editor with a condition");
      await button(page, "Save").click();
      await button(page, "Edit Container Registry Repository Reader on contosoteam").click();
      await page.getByRole("textbox", { name: "Repositories" }).fill("web");
      await expect(main(page)).toContainText("This takes away access to team*.");
      await clean(page, "a role, and the editor with its change");
      await button(page, "Remove Container Registry Repository Reader on contosoteam").click();
      await expect(page.getByRole("dialog", { name: "Remove this role?" })).toBeVisible();
      await clean(page, "question");
      await page.keyboard.press("Escape");
      await button(page, "Cancel").click();
      await button(page, "Add role").click();
      await choose(page, "Role", "Owner");
      await button(page, "Save").click();
      await expect(page.getByRole("dialog", { name: "Give this identity the role Owner?" })).toBeVisible();
      await clean(page, "the second look at a privileged role");
    });

    test("locks", async ({ page }) => {
      const locked = `#/identity/subscriptions/${DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-existing`;
      await open(page, locked, "?sim=locked");
      await tab(page, "Locks").click();
      await expect(main(page)).toContainText("The resource group RG1");
      await button(page, "Add lock").click();
      await button(page, "Save").click();
      await expect(page.getByRole("textbox", { name: "Lock name" })).toHaveAttribute("aria-invalid", "true");
      await clean(page, "the editor with errors");
    });

    test("the notice of a link, and the confirmation before it replaces anything", async ({ page }) => {
      await openForm(page, "", "?name=uami-linked&nmae=x&isolationScope=zonal");
      await expect(main(page)).toContainText("The link you opened filled in");
      await clean(page, "notice");
      await page.evaluate(() => (location.hash = "#/create/user-assigned-identity?tag.Owner=web&name=uami-other"));
      await expect(page.getByRole("dialog", { name: "Replace what you typed?" })).toBeVisible();
      await clean(page, "question");
    });

    test("the confirmation before the form is closed", async ({ page }) => {
      await openForm(page);
      await nameBox(page).fill("uami-x");
      await button(page, "Close").click();
      await expect(page.getByRole("dialog", { name: "Discard what you typed?" })).toBeVisible();
      await clean(page, "question");
    });

    test("the what-if result, and a new group", async ({ page }) => {
      await openForm(page);
      await choose(page, "Subscription", "Contoso Development");
      await nameGroup(page, "rg-new");
      await choose(page, "Region", "West Europe");
      await nameBox(page).fill("uami-new");
      await tab(page, "Tags").click();
      await combobox(page, "Tag name 1").fill("Owner");
      await combobox(page, "Tag value 1").fill("web");
      await clean(page, "tags of a new group");
      await review(page);
      await button(page, "See what would change").click();
      await expect(main(page)).toContainText("Will be created");
      await expect(button(page, "Create")).toBeEnabled();
      await clean(page, "changes");
    });

    test("Check what you have", async ({ page }) => {
      await open(page, "#/check");
      const text = page.getByRole("textbox", { name: "Text to check" });
      await expect(text).toBeVisible();
      await clean(page, "empty");
      await text.fill("az identity create -g RG1 -n 'ua\u200bmi' --oops 1 -l eastus");
      await expect(main(page)).toContainText("<U+200B>");
      await clean(page, "one, with hidden characters");
      await text.fill(`name,resourceGroup,location\n${Array.from({ length: 60 }, (_, at) => `${at % 2 ? "-" : ""}uami-${at},RG1,eastus`).join("\n")}`);
      await expect(page.getByRole("grid")).toBeVisible();
      await page.getByRole("grid").focus();
      await page.keyboard.press("ArrowDown");
      await clean(page, "many");
      await page.keyboard.press("Enter");
      await clean(page, "the findings of one");
    });

    test("Which way to sign in to the registry", async ({ page }) => {
      await open(page, "#/guide");
      await page.getByRole("radio", { name: "Something in Azure" }).check();
      await clean(page, "without a recommendation");
      await page.getByRole("radio", { name: "Virtual machine", exact: true }).check();
      await page.getByRole("radio", { name: "One resource" }).check();
      await page.getByRole("radio", { name: "No, it ends with the resource" }).check();
      await page.getByRole("textbox", { name: "Registry name" }).fill("-");
      await expect(main(page)).toContainText("az vm identity assign");
      await clean(page, "with commands and an error");
      await open(page, "#/guide?who=outside&where=github-actions&oops=1");
      await expect(page.getByRole("link", { name: "Create the identity" })).toBeVisible();
      await clean(page, "with the form, and a note on the address");
    });

    for (const hash of ["#/", "#/create", "#/identities", "#/identities?filter=nothing", "#/nowhere"]) {
      test(`the page ${hash}`, async ({ page }) => {
        await open(page, hash);
        await expect(title(page)).toBeVisible();
        if (hash === "#/identities") await expect(page.getByRole("link", { name: "uami-existing" })).toBeVisible();
        await clean(page, hash);
      });
    }

    test("the header's panels", async ({ page }) => {
      await openForm(page);
      for (const [name, shown] of [
        ["Notifications", "No notifications yet."],
        ["Settings", "Theme"],
        ["Help", "without a password"],
        ["Account", "You're not signed in"],
      ]) {
        await button(page, name).click();
        await expect(page.getByText(shown).first()).toBeVisible();
        await clean(page, name);
      }
      await page.keyboard.press("Escape");
      await title(page).focus();
      await page.keyboard.press("?");
      await expect(page.getByRole("region", { name: "Help", exact: true })).toBeFocused();
      await clean(page, "keyboard shortcuts");
      await combobox(page, "Search").fill("existing");
      await expect(page.getByRole("option", { name: /uami-existing/ })).toBeVisible();
      await page.keyboard.press("ArrowDown");
      await clean(page, "search");
    });

    test("a deployment, from running to the created identity", async ({ page }) => {
      await openForm(page);
      await fillBasics(page, TRAINING);
      await review(page);
      await button(page, "Create").click();
      await expect(standing(page, "Your deployment is under way")).toBeVisible();
      await clean(page, "under way");
      await expect(button(page, "Go to resource")).toBeVisible({ timeout: 20_000 });
      await clean(page, "complete");
      await button(page, "Go to resource").click();
      await expect(button(page, "Copy Client ID")).toBeVisible();
      await clean(page, "overview");
    });

    test("a deployment that failed", async ({ page }) => {
      await openForm(page);
      await fillBasics(page, { ...TRAINING, name: "uami-deployment-fails" });
      await review(page);
      await create(page, "Your deployment failed");
      await button(page, "What Azure said").click();
      await clean(page, "failed");
    });

    test("a config.json with mistakes", async ({ page }) => {
      await configure(page, { brnad: 1 });
      await open(page, "#/");
      await expect(main(page)).toContainText("brnad");
      await clean(page, "config");
    });
  });
}
