// The form shows problems while typing that Azure would report later, and never loses what was typed.
import { button, choose, combobox, described, fillBasics, main, nameBox, openForm, option, review, tab, TRAINING } from "./pages";
import { expect, test } from "./watched";

test.beforeEach(async ({ page }) => openForm(page));

test("a name is checked while it is typed", async ({ page }) => {
  const name = nameBox(page);
  await name.fill("u");
  await described(name, "Use at least 3 characters.");
  await expect(name).toHaveAttribute("aria-invalid", "true");
  for (const [typed, said] of [
    ["-uami", "Start with a letter or digit, not with “-”."],
    ["uami apl", "Remove spaces."],
    ["x".repeat(129), "Use at most 128 characters; you have 129."],
  ]) {
    await name.fill(typed);
    await described(name, said);
    await expect(name).toHaveAttribute("aria-invalid", "true");
  }
  for (const [typed, said] of [
    ["x".repeat(25), "Warning: Keep the name to 24 characters (it has 25)"],
    ["uami_apl2003", "Warning: Azure accepts underscores"],
  ]) {
    await name.fill(typed);
    await described(name, said);
    await expect(name).not.toHaveAttribute("aria-invalid", "true");
  }
  await name.fill("uami-apl2003");
  await expect(name).toHaveAccessibleDescription("");
});

test("typing the name renders nothing but its notes and the tab's mark", async ({ page }) => {
  await fillBasics(page, TRAINING);
  await expect(combobox(page, "Isolation scope")).toBeVisible();
  await described(combobox(page, "Resource group"), "You can create identities here");
  await page.evaluate(() => {
    const changed = new Set<string>();
    Object.assign(globalThis, { changed });
    new MutationObserver((records) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement;
        changed.add(element?.closest("[id]")?.id ?? "");
      }
    }).observe(document.getElementById("program")!, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  await nameBox(page).press("End");
  for (let time = 0; time < 2; time++) {
    await page.keyboard.press(".");
    await described(nameBox(page), "Remove “.”.");
    await page.keyboard.press("Backspace");
    await expect(nameBox(page)).toHaveAccessibleDescription("");
  }
  expect(await page.evaluate(() => [...(globalThis as unknown as { changed: Set<string> }).changed].sort())).toEqual(["create-tab-0", "name", "name-notes"]);
});

test("a field that was left empty says that it is required", async ({ page }) => {
  await nameBox(page).focus();
  await page.keyboard.press("Tab");
  await described(nameBox(page), "Enter a name.");
});

test("the region follows the group until one is chosen", async ({ page }) => {
  await fillBasics(page, { subscription: "Contoso Development", group: "rg-aks-weu" });
  await expect(combobox(page, "Region")).toHaveValue("West Europe");
  await choose(page, "Resource group", "RG1");
  await expect(combobox(page, "Region")).toHaveValue("East US");
  await choose(page, "Region", "Sweden Central");
  await choose(page, "Resource group", "rg-aks-weu");
  await expect(combobox(page, "Region")).toHaveValue("Sweden Central");
});

test("a disabled subscription is listed last with the reason and can't be chosen", async ({ page }) => {
  const box = combobox(page, "Subscription");
  await box.click();
  const archive = page.getByRole("group", { name: "Read only: the subscription is disabled" }).getByRole("option", { name: "Contoso Archive" });
  await expect(archive).toHaveAttribute("aria-disabled", "true");
  await archive.click({ force: true });
  await expect(box).toHaveValue("");
});

test("naming a new group leaves no error behind the dialog, and Cancel leaves the field empty", async ({ page }) => {
  const dialog = page.getByRole("dialog", { name: "New resource group" });
  const field = combobox(page, "Resource group");
  await choose(page, "Subscription", "Contoso Development");
  await button(page, "Create new").click();
  await expect(nameBox(dialog)).toBeFocused();
  await expect(field).not.toHaveAttribute("aria-invalid", "true");
  await button(dialog, "Cancel").click();
  await expect(field).not.toHaveAttribute("aria-invalid", "true");
  await nameBox(page).focus();
  await described(field, "Choose a resource group, or create a new one.");
});

test("a group with a read-only lock isn't described as usable for identities", async ({ page }) => {
  await fillBasics(page, { subscription: "Contoso Development", group: "rg-finance-ledger" });
  await described(combobox(page, "Resource group"), "The lock “books-closed” makes this read-only.");
  await expect(combobox(page, "Resource group")).not.toHaveAccessibleDescription(/You can create identities here/);
});

test("an existing identity is reported", async ({ page }) => {
  await fillBasics(page, { ...TRAINING, name: "uami-existing" });
  await described(nameBox(page), "An identity with this name already exists in this resource group.");
});

test("a lock, a policy and missing rights are reported beside their fields", async ({ page }) => {
  await fillBasics(page, { subscription: "Contoso Development", group: "rg-finance-ledger", name: "uami-x" });
  const group = combobox(page, "Resource group");
  await described(group, "The lock “books-closed” makes this read-only");
  await choose(page, "Resource group", "rg-audit");
  await described(group, "Your account seems to lack");
  // Selected first: once the policy has loaded, the region can no longer be selected.
  await choose(page, "Region", "East US");
  await choose(page, "Resource group", "rg-europe-only");
  await described(combobox(page, "Region"), /(The policy .* requires one of|Blocked by the policy)/);
});

test("a focused field isn't replaced while responses arrive", async ({ page }) => {
  await openForm(page, "?mode=preview&sim=slow,locked");
  await fillBasics(page, { subscription: "Contoso Development", group: "RG1" });
  await combobox(page, "Isolation scope").fill("Reg");
  await described(combobox(page, "Resource group"), "makes this read-only");
  await expect(combobox(page, "Isolation scope")).toBeFocused();
  await expect(combobox(page, "Isolation scope")).toHaveValue("Reg");
});

test("isolation scope and resource restrictions go into the request", async ({ page }) => {
  await fillBasics(page, TRAINING);
  await choose(page, "Isolation scope", "Regional");
  await combobox(page, "Resource restrictions").fill("Compute");
  await option(page, "Microsoft.Compute/*").click();
  await expect(combobox(page, "Resource restrictions")).toHaveValue("");
  await expect(combobox(page, "Resource restrictions")).not.toHaveAttribute("placeholder");
  await review(page);
  await expect(main(page)).toContainText("Regional");
  await expect(main(page)).toContainText("Microsoft.Compute");
});

test("tags are checked while they are typed, and each adds a new row", async ({ page }) => {
  await button(page, "Next : Tags >").click();
  await combobox(page, "Tag name 1").fill("a/b");
  await described(combobox(page, "Tag name 1"), "Tag names can't contain “/”.");
  await combobox(page, "Tag name 1").fill("Owner");
  await combobox(page, "Tag value 1").fill("web");
  await combobox(page, "Tag name 2").fill("OWNER");
  await described(combobox(page, "Tag name 2"), "There's already a tag named OWNER");
  await expect(tab(page, "Tags")).toContainText("has errors");
  await button(page, "Remove tag 2").click();
  await expect(combobox(page, "Tag name 2")).toHaveValue("");
  await expect(tab(page, "Tags")).not.toContainText("has errors");
});

test("tags in use are suggested", async ({ page }) => {
  await fillBasics(page, TRAINING);
  await button(page, "Next : Tags >").click();
  await combobox(page, "Tag name 1").fill("Env");
  await option(page, "Environment").click();
  await combobox(page, "Tag value 1").fill("Prod");
  await option(page, "Production").click();
  await expect(combobox(page, "Tag value 1")).toHaveValue("Production");
});

test("a review of an empty form lists every field with a link to it", async ({ page }) => {
  await button(page, "Review + create").click();
  await expect(button(page, "Create")).toBeDisabled();
  await expect(page.getByRole("alert")).toContainText("Some fields need your attention first.");
  await expect(page.getByRole("alert")).toBeFocused();
  for (const entry of ["Subscription: Choose", "Resource group: Choose", "Region: Choose", "Name: Enter"]) {
    await expect(page.getByRole("alert").getByRole("button", { name: entry })).toBeVisible();
  }
  await page.getByRole("alert").getByRole("button", { name: "Name: Enter" }).click();
  await expect(nameBox(page)).toBeFocused();
  await expect(tab(page, "Basics")).toContainText("has errors");
});

test("Previous and Next move between the tabs, and the review shows everything typed", async ({ page }) => {
  await fillBasics(page, TRAINING);
  await button(page, "Next : Tags >").click();
  await combobox(page, "Tag name 1").fill("Env");
  await combobox(page, "Tag value 1").fill("test");
  await button(page, "Next : Review + create >").click();
  for (const shown of ["Contoso Development", "RG1", "East US", "uami-apl2003", "Env", "test", "Template deployment"]) {
    await expect(main(page)).toContainText(shown);
  }
  await button(page, "< Previous").click();
  await expect(combobox(page, "Tag name 1")).toHaveValue("Env");
  await button(page, "< Previous").click();
  await expect(nameBox(page)).toHaveValue("uami-apl2003");
  await expect(button(page, "< Previous")).toBeDisabled();
});

test("closing with something typed asks once", async ({ page }) => {
  await nameBox(page).fill("uami-typed");
  await button(page, "Close").click();
  const dialog = page.getByRole("dialog", { name: "Discard what you typed?" });
  await button(dialog, "Keep editing").click();
  await expect(nameBox(page)).toHaveValue("uami-typed");
  await button(page, "Close").click();
  await button(dialog, "Discard").click();
  await expect(page.getByRole("heading", { name: "Create User Assigned Managed Identity" })).toHaveCount(0);
  await openForm(page);
  await expect(nameBox(page)).toHaveValue("");
});

test("closing with an accidental extra key press loses nothing: the safe button has the focus", async ({ page }) => {
  await nameBox(page).fill("uami-typed");
  await button(page, "Close").focus();
  await page.keyboard.press("Enter");
  await expect(button(page, "Keep editing")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(nameBox(page)).toHaveValue("uami-typed");
  await expect(button(page, "Close")).toBeFocused();
  await button(page, "Create new").click();
  await expect(nameBox(page.getByRole("dialog"))).toBeFocused();
  await page.keyboard.press("Escape");
  await button(page, "Account").click();
  await button(page, "Reset Preview").click();
  await expect(button(page, "Cancel")).toBeFocused();
});

test("closing an untouched form asks nothing", async ({ page }) => {
  await button(page, "Close").click();
  await expect(page.getByRole("heading", { name: "Create User Assigned Managed Identity" })).toHaveCount(0);
});

test("a field's info opens with a press and closes with Escape", async ({ page }) => {
  await button(page, "More about Region").click();
  await expect(page.getByText("The region where Azure stores the identity.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("The region where Azure stores the identity.")).toBeHidden();
});
