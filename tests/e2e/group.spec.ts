// A new resource group is created with the identity and not before; without a deployment, direct requests are sent.
import { button, choose, combobox, create, described, DEVELOPMENT, fillBasics, main, nameBox, nameGroup, openForm, option, review } from "./pages";
import { expect, test } from "./watched";

test("a new group is named in a dialog, shown as new, and there after creation", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, { subscription: "Contoso Development" });
  await button(page, "Create new").click();
  const dialog = page.getByRole("dialog", { name: "New resource group" });
  await expect(nameBox(dialog)).toBeFocused();
  for (const [typed, said] of [
    ["rg/new", "Remove “/”."],
    ["rg-new.", "Don't end the name with a full stop."],
  ]) {
    await nameBox(dialog).fill(typed);
    await described(nameBox(dialog), said);
    await button(dialog, "OK").click();
    await expect(dialog).toBeVisible();
  }
  await nameBox(dialog).fill("rg1");
  await described(nameBox(dialog), "RG1 already exists");
  await expect(button(dialog, "OK")).toHaveCount(0);
  await button(dialog, "Use RG1").click();
  await expect(dialog).toBeHidden();
  await expect(combobox(page, "Resource group")).toHaveValue("RG1");
  await expect(combobox(page, "Region")).toHaveValue("East US");
  await button(page, "Create new").click();
  await nameBox(dialog).fill("  rg-new\u00a0");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(combobox(page, "Resource group")).toHaveValue("(New) rg-new");
  await fillBasics(page, { region: "West Europe", name: "uami-new" });
  await review(page);
  await expect(main(page)).toContainText("(New) rg-new");
  await create(page);

  await openForm(page);
  await fillBasics(page, { subscription: "Contoso Development", group: "rg-new" });
  await expect(combobox(page, "Region")).toHaveValue("West Europe");
});

test("Escape leaves the dialog and the group as it was", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, { subscription: "Contoso Development", group: "RG1" });
  await button(page, "Create new").click();
  await nameBox(page.getByRole("dialog")).fill("rg-other");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(button(page, "Create new")).toBeFocused();
  await expect(combobox(page, "Resource group")).toHaveValue("RG1");
});

test("without a deployment, group and identity are created by direct requests", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, { subscription: "Contoso Development" });
  await nameGroup(page, "rg-direct");
  await fillBasics(page, { region: "East US", name: "uami-direct" });
  await review(page);
  await page.getByRole("checkbox", { name: "Create without a template deployment" }).check();
  await expect(main(page)).toContainText("Azure can't validate individual requests in advance");
  await create(page);
  await openForm(page);
  await fillBasics(page, { subscription: "Contoso Development" });
  await combobox(page, "Resource group").fill("direct");
  await expect(option(page, "rg-direct")).toBeVisible();
});

test("a new group gets the tags if a policy requires them, and a person can override that", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, { subscription: "Contoso Sandbox" });
  await nameGroup(page, "rg-tagged");
  await fillBasics(page, { region: "East US", name: "uami-tagged" });
  const group = combobox(page, "Resource group");
  await described(group, "A policy checks the tags of resource groups");
  await page.getByRole("tab", { name: "Tags" }).click();
  const put = page.getByRole("checkbox", { name: "Put these tags on the new resource group as well" });
  await expect(put).toBeChecked();
  await combobox(page, "Tag name 1").fill("Owner");
  await combobox(page, "Tag value 1").fill("ada");
  await put.uncheck();
  await page.getByRole("tab", { name: "Basics" }).click();
  await described(group, "requires the tag Owner on the new resource group");
  await page.getByRole("tab", { name: "Tags" }).click();
  await put.check();
  await review(page);
  await expect(main(page)).toContainText("Same as the identity");
  await create(page);
});

test("a group in a link matches case-insensitively", async ({ page }) => {
  await openForm(page, "", `?subscription=${DEVELOPMENT}&resourceGroup=rg1`);
  await expect(combobox(page, "Resource group")).toHaveValue("RG1");
  await expect(combobox(page, "Region")).toHaveValue("East US");
});

test("a group in a link that doesn't exist is one error, with a button that creates it", async ({ page }) => {
  await openForm(page, "", `?subscription=${DEVELOPMENT}&resourceGroup=rg-absent&region=eastus&name=uami-absent`);
  const group = combobox(page, "Resource group");
  await described(group, "This subscription has no resource group rg-absent.");
  await expect(group).toHaveAttribute("aria-invalid", "true");
  await expect(main(page)).not.toContainText("Couldn't check");
  await button(page, "Create it: rg-absent").click();
  await expect(group).toHaveValue("(New) rg-absent");
  await expect(group).toBeFocused();
  await expect(group).not.toHaveAttribute("aria-invalid", "true");
  await expect(button(page, "Create it: rg-absent")).toHaveCount(0);
  await described(combobox(page, "Subscription"), "You can create identities here.");
  await review(page);
  await expect(main(page)).toContainText("(New) rg-absent");
  await create(page);
});

test("a group that is typed and doesn't exist is kept, with a button that creates it", async ({ page }) => {
  await openForm(page);
  const group = combobox(page, "Resource group");
  // Before the subscription is chosen, nothing is known about groups.
  await group.fill("rg-typed");
  await page.keyboard.press("Tab");
  await expect(group).toHaveValue("rg-typed");
  await fillBasics(page, { subscription: "Contoso Development" });
  await described(group, "This subscription has no resource group rg-typed.");
  await choose(page, "Resource group", "RG1");
  await expect(group).not.toHaveAttribute("aria-invalid", "true");
  for (const leave of [() => page.keyboard.press("Tab"), () => nameBox(page).click()]) {
    await group.fill("  rg-other ");
    await leave();
    await expect(group).toHaveValue("rg-other");
    await described(group, "This subscription has no resource group rg-other.");
  }
  await group.fill("rg1");
  await nameBox(page).click();
  await expect(group).toHaveValue("RG1");
  await group.fill("rg-other");
  await page.keyboard.press("Escape");
  await expect(group).toHaveValue("RG1");
  await group.fill("rg-other");
  await page.keyboard.press("Tab");
  await expect(button(page, "Create new")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(nameBox(page.getByRole("dialog"))).toHaveValue("rg-other");
  await page.keyboard.press("Enter");
  await expect(group).toHaveValue("(New) rg-other");
});

test("a group that is typed while the groups load is kept", async ({ page }) => {
  await openForm(page, "?mode=preview&sim=slow", `?subscription=${DEVELOPMENT}`);
  const group = combobox(page, "Resource group");
  await group.fill("rg-early");
  await page.keyboard.press("Tab");
  await expect(group).toHaveValue("rg-early");
  await described(group, "This subscription has no resource group rg-early.");
  await expect(group).toHaveValue("rg-early");
});
