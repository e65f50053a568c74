// A new resource group is created with the identity and not before; without a deployment, direct requests are sent.
import { button, combobox, create, described, fillBasics, main, nameBox, nameGroup, openForm, option, review } from "./pages";
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
  await openForm(page, "", "?subscription=3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01&resourceGroup=rg1");
  await expect(combobox(page, "Resource group")).toHaveValue("RG1");
  await expect(combobox(page, "Region")).toHaveValue("East US");
});
