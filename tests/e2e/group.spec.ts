// A new resource group is made with the identity and not before; the direct path sends single requests.
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
  await nameBox(dialog).fill("rg-new");
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

test("without a deployment, group and identity are made by single requests", async ({ page }) => {
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
