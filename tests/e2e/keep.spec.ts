// What was typed survives a reload, and a link carries it to somebody else.
import { button, combobox, DEVELOPMENT, fillBasics, main, nameBox, nameGroup, openForm, review, tab, TRAINING } from "./pages";
import { expect, test } from "./watched";

test("a reload brings the draft back on every tab", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, { ...TRAINING, region: "West Europe" });
  await tab(page, "Tags").click();
  await combobox(page, "Tag name 1").fill("Env");
  await combobox(page, "Tag value 1").fill("test");
  await page.reload();
  await expect(nameBox(page)).toHaveValue("uami-apl2003");
  await expect(combobox(page, "Subscription")).toHaveValue("Contoso Development");
  await expect(combobox(page, "Resource group")).toHaveValue("RG1");
  await expect(combobox(page, "Region")).toHaveValue("West Europe");
  await tab(page, "Tags").click();
  await expect(combobox(page, "Tag name 1")).toHaveValue("Env");
  await expect(combobox(page, "Tag value 1")).toHaveValue("test");
  await review(page);
});

test("a draft in a new group comes back", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, { subscription: "Contoso Development" });
  await nameGroup(page, "rg-new");
  await page.reload();
  await expect(combobox(page, "Resource group")).toHaveValue("(New) rg-new");
});

test("what a link brought stays over a reload, though nothing was typed", async ({ page }) => {
  await openForm(page, "", `?subscription=${DEVELOPMENT}&resourceGroup=RG1&name=uami-linked`);
  await expect(nameBox(page)).toHaveValue("uami-linked");
  await page.reload();
  await expect(nameBox(page)).toHaveValue("uami-linked");
  await expect(combobox(page, "Resource group")).toHaveValue("RG1");
});

test("another tab begins with an empty form", async ({ page, context }) => {
  await openForm(page);
  await nameBox(page).fill("uami-mine");
  const other = await context.newPage();
  await openForm(other);
  await expect(nameBox(other)).toHaveValue("");
});

test("a link fills the form, tags included", async ({ page }) => {
  const values = `?subscription=${DEVELOPMENT}&resourceGroup=RG1&region=westeurope&name=uami-linked&isolationScope=Regional&tag.Env=test&tag.cost%20centre=1%20%2B%201`;
  await openForm(page, "", values);
  await expect(combobox(page, "Subscription")).toHaveValue("Contoso Development");
  await expect(combobox(page, "Resource group")).toHaveValue("RG1");
  await expect(combobox(page, "Region")).toHaveValue("West Europe");
  await expect(combobox(page, "Isolation scope")).toHaveValue("Regional");
  await expect(nameBox(page)).toHaveValue("uami-linked");
  await tab(page, "Tags").click();
  await expect(combobox(page, "Tag name 2")).toHaveValue("cost centre");
  await expect(combobox(page, "Tag value 2")).toHaveValue("1 + 1");
  await review(page);
});

test("a later change is not overwritten by the link at a reload", async ({ page }) => {
  await openForm(page, "", "?name=uami-linked");
  await nameBox(page).fill("uami-changed");
  await page.reload();
  await expect(nameBox(page)).toHaveValue("uami-changed");
});

test.describe("with a clipboard", () => {
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });

  test("Copy link says what the link does not", async ({ page }) => {
    await openForm(page);
    await fillBasics(page, { subscription: "Contoso Development" });
    await nameGroup(page, "rg-new");
    await button(page, "Copy link").click();
    await expect(page.getByRole("region", { name: "New notifications" })).toContainText("It does not say that rg-new is new.");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("resourceGroup=rg-new");
  });

  test("Copy link gives a link that fills the form again", async ({ page, context }) => {
    await openForm(page);
    await fillBasics(page, TRAINING);
    await tab(page, "Tags").click();
    await combobox(page, "Tag name 1").fill("a&b=c");
    await combobox(page, "Tag value 1").fill("50% #1");
    await button(page, "Copy link").click();
    await expect(main(page)).toContainText("Copied");
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(new URL(link).search).toBe("");
    const other = await context.newPage();
    await other.goto(link);
    await expect(nameBox(other)).toHaveValue("uami-apl2003");
    await expect(combobox(other, "Resource group")).toHaveValue("RG1");
    await tab(other, "Tags").click();
    await expect(combobox(other, "Tag name 1")).toHaveValue("a&b=c");
    await expect(combobox(other, "Tag value 1")).toHaveValue("50% #1");
  });
});
