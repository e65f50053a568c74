// The draft survives a reload, and a link carries it to somebody else.
import { button, combobox, DEVELOPMENT, fillBasics, main, nameBox, nameGroup, open, openForm, option, review, tab, title, TRAINING } from "./pages";
import { expect, test } from "./watched";

test("a reload restores the draft on every tab", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, { ...TRAINING, region: "West Europe" });
  await tab(page, "Tags").click();
  await combobox(page, "Tag name 1").fill("Env");
  await combobox(page, "Tag value 1").fill("test");
  await page.reload();
  await expect(combobox(page, "Tag name 1")).toHaveValue("Env");
  await expect(combobox(page, "Tag value 1")).toHaveValue("test");
  await tab(page, "Basics").click();
  await expect(nameBox(page)).toHaveValue("uami-apl2003");
  await expect(combobox(page, "Subscription")).toHaveValue("Contoso Development");
  await expect(combobox(page, "Resource group")).toHaveValue("RG1");
  await expect(combobox(page, "Region")).toHaveValue("West Europe");
  await review(page);
});

test("a key is answered in its own task and stored in a later one, or at once when the page is hidden or left", async ({ page }) => {
  await openForm(page);
  for (const event of ["pagehide", "visibilitychange", "later"]) {
    const seen = await page.evaluate(async (event) => {
      const name = document.getElementById("name") as HTMLInputElement;
      const stored = () => (sessionStorage.getItem("identity-portal:draft") ?? "").includes(`name=uami.${event}`);
      name.value = `uami.${event}`;
      name.dispatchEvent(new InputEvent("input", { bubbles: true }));
      // All that runs before the next task.
      for (let turn = 0; turn < 100; turn++) await null;
      const seen = [document.getElementById("name-notes")!.textContent!.includes("Remove “.”."), stored()];
      if (event !== "later") dispatchEvent(new Event(event));
      while (!stored()) await new Promise((resolve) => setTimeout(resolve));
      return [...seen, stored()];
    }, event);
    expect(seen, event).toEqual([true, false, true]);
  }
});

test("a draft in a new group comes back", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, { subscription: "Contoso Development" });
  await nameGroup(page, "rg-new");
  await page.reload();
  await expect(combobox(page, "Resource group")).toHaveValue("(New) rg-new");
});

test("a link's values survive a reload, even if nothing was typed", async ({ page }) => {
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

test("a notice lists what a link filled in, and Undo reverts it", async ({ page }) => {
  await openForm(page, "", "?name=uami-linked&tag.Env=test");
  await expect(page.getByText("The link you opened filled in: Name, Tag Env.")).toBeVisible();
  await button(page, "Undo").click();
  await expect(nameBox(page)).toHaveValue("");
});

test("the notices about a link can be closed, and what it filled in stays", async ({ page }) => {
  await openForm(page, "", "?name=uami-linked&nmae=x");
  const notices = [page.getByText("The link you opened filled in: Name."), page.getByText("Unknown parameter “nmae”.")];
  for (const notice of notices) await expect(notice).toBeVisible();
  await expect(button(page, "Close")).toHaveCount(1);
  for (const notice of notices) {
    await button(page, "Close this notice").first().click();
    await expect(notice).toHaveCount(0);
    await expect(title(page)).toBeFocused();
  }
  await expect(nameBox(page)).toHaveValue("uami-linked");
});

test("undoing a link keeps what was typed after it", async ({ page }) => {
  await openForm(page, "", `?subscription=${DEVELOPMENT}&resourceGroup=RG1&name=uami-linked&tag.Env=test`);
  await expect(combobox(page, "Region")).toHaveValue("East US");
  await nameBox(page).fill("uami-typed");
  await tab(page, "Tags").click();
  await combobox(page, "Tag value 1").fill("prod");
  await combobox(page, "Tag name 2").fill("owner");
  await button(page, "Undo").click();
  await expect(combobox(page, "Tag value 1")).toHaveValue("prod");
  await expect(combobox(page, "Tag name 2")).toHaveValue("owner");
  await tab(page, "Basics").click();
  await expect(nameBox(page)).toHaveValue("uami-typed");
  await expect(combobox(page, "Subscription")).toHaveValue("");
  await expect(combobox(page, "Resource group")).toHaveValue("");
  await expect(combobox(page, "Region")).toHaveValue("");
});

test("a link replaces nothing that was typed without confirmation", async ({ page }) => {
  await openForm(page);
  await nameBox(page).fill("uami-mine");
  for (const answer of ["Keep mine", "Enter", "Escape"]) {
    await open(page, "#/create");
    await openForm(page, "", `?subscription=${DEVELOPMENT}&name=uami-theirs&region=westus`);
    const dialog = page.getByRole("dialog", { name: "Replace what you typed?" });
    for (const row of ["Subscription Not set Contoso Development", "Region Not set West US", "Name uami-mine uami-theirs"]) {
      await expect(dialog.getByRole("row", { name: row })).toBeVisible();
    }
    await expect(button(dialog, "Keep mine")).toBeFocused();
    if (answer === "Keep mine") await button(dialog, answer).click();
    else await page.keyboard.press(answer);
    await expect(dialog).toBeHidden();
    await expect(nameBox(page)).toHaveValue("uami-mine");
  }
  await open(page, "#/create");
  await openForm(page, "", "?name=uami-theirs");
  await button(page, "Use the link's values").click();
  await expect(nameBox(page)).toHaveValue("uami-theirs");
  await button(page, "Undo").click();
  await expect(nameBox(page)).toHaveValue("uami-mine");
});

test("a link's invalid parts are reported", async ({ page }) => {
  await openForm(page, "", "?nmae=uami-linked&isolationScope=zonal&region=eastus");
  for (const said of ["Unknown parameter “nmae”.", "“zonal” isn't a valid value for “isolationScope”."]) {
    await expect(main(page).getByText(said)).toBeVisible();
  }
});

test("Copy link shows the link if the browser refuses the clipboard", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator.clipboard, "writeText", { value: () => Promise.reject(new Error("refused")) }));
  await openForm(page);
  await fillBasics(page, TRAINING);
  await combobox(page, "Resource restrictions").fill("Web");
  await option(page, "Microsoft.Web/sites").click();
  await button(page, "Copy link").click();
  const box = page.getByRole("dialog").getByRole("textbox", { name: "Copy link" });
  await expect(box).toBeFocused();
  await expect(box).toHaveValue(/#\/create\/user-assigned-identity\?.*name=uami-apl2003.*restrictions=Microsoft\.Web/);
  expect(await box.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd))).toBe(await box.inputValue());
  const link = await box.inputValue();
  await button(page, "Done").click();
  await expect(button(page, "Copy link")).toBeFocused();
  const other = await page.context().newPage();
  await other.goto(link);
  await expect(button(other, "Remove Microsoft.Web/sites")).toBeVisible();
});

test("tabs are steps in the history, and a reload keeps the tab and the code panel", async ({ page }) => {
  await open(page, "#/create");
  await button(page, "Create: User Assigned Managed Identity").click();
  await fillBasics(page, TRAINING);
  await button(page, "Code").click();
  await tab(page.getByRole("complementary", { name: "Code" }), "Bicep").click();
  await button(page, "Next : Tags >").click();
  await combobox(page, "Tag name 1").fill("Env");
  await button(page, "Next : Review + create >").click();
  await expect(main(page)).toContainText("Validation passed");
  await page.reload();
  await expect(tab(page, "Review + create")).toHaveAttribute("aria-selected", "true");
  await expect(main(page)).toContainText("Validation passed");
  await expect(tab(page, "Bicep")).toHaveAttribute("aria-selected", "true");
  await page.goBack();
  await expect(combobox(page, "Tag name 1")).toHaveValue("Env");
  await page.goBack();
  await expect(nameBox(page)).toHaveValue("uami-apl2003");
  await page.goBack();
  await expect(title(page)).toHaveText("Create a resource");
  await page.goForward();
  await page.goForward();
  await expect(combobox(page, "Tag name 1")).toHaveValue("Env");
});

test.describe("with a clipboard", () => {
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });

  test("Copy link says what the link leaves out", async ({ page }) => {
    await openForm(page);
    await fillBasics(page, { subscription: "Contoso Development" });
    await nameGroup(page, "rg-new");
    await button(page, "Copy link").click();
    await expect(page.getByRole("region", { name: "New notifications" })).toContainText("It doesn't say that rg-new is new.");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("resourceGroup=rg-new");
  });

  test("Copy link copies a link that fills the form again", async ({ page, context }) => {
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
