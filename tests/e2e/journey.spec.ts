// The main journey: from the marketplace to the finished identity, also after a reload.
import { button, combobox, create, described, DEVELOPMENT, fillBasics, main, nameBox, open, openForm, review, standing, tab, title, TRAINING } from "./pages";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./watched";

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

test("from the marketplace to the finished identity", async ({ page }) => {
  await open(page, "#/create");
  await expect(title(page)).toHaveText("Create a resource");
  await page.getByRole("searchbox", { name: "Search the marketplace" }).fill("uami");
  await button(page, "Create: User Assigned Managed Identity").click();
  await expect(title(page)).toHaveText("Create User Assigned Managed Identity");
  await fillBasics(page, TRAINING);
  await expect(combobox(page, "Region")).toHaveValue("East US");
  await button(page, "Next : Tags >").click();
  await combobox(page, "Tag name 1").fill("Env");
  await combobox(page, "Tag value 1").fill("test");
  await button(page, "Next : Review + create >").click();
  await expect(main(page)).toContainText("Validation passed");
  await create(page);
  await expect(main(page)).toContainText("Correlation ID");
  await expect(main(page)).toContainText("RG1");

  await button(page, "Go to resource").click();
  await expect(title(page)).toContainText("uami-apl2003");
  await overview(page);
  await page.reload();
  await overview(page);

  await open(page, "#/identities");
  await page.getByRole("searchbox", { name: "Filter" }).fill("apl2003");
  await expect(page.getByRole("row", { name: /uami-apl2003/ })).toContainText("East US");

  await openForm(page);
  await expect(nameBox(page)).toHaveValue("");
  await fillBasics(page, TRAINING);
  await described(nameBox(page), "An identity with this name already exists in this resource group.");
});

/** The overview shows what code, roles and templates need. */
async function overview(page: import("@playwright/test").Page) {
  for (const id of ["Client ID", "Principal (object) ID", "Tenant ID"]) {
    await expect(button(page, `Copy ${id}`)).toBeVisible();
    await expect(main(page).getByRole("term").filter({ hasText: id })).toBeVisible();
  }
  await expect(main(page)).toContainText(GUID);
  await expect(main(page)).toContainText("/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-apl2003");
  await expect(main(page)).toContainText("East US");
  await expect(main(page)).toContainText("Env");
}

test("the review shows what would change, and changes nothing", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, TRAINING);
  await review(page);
  await button(page, "See what would change").click();
  const told = main(page).locator("#what-if");
  await expect(told.getByRole("term").filter({ hasText: "uami-apl2003" })).toBeVisible();
  await expect(told.getByRole("definition")).toContainText("Will be created");
  await open(page, "#/identities");
  await page.getByRole("searchbox", { name: "Filter" }).fill("apl2003");
  await expect(page.getByRole("row", { name: /uami-apl2003/ })).toHaveCount(0);
  // There is no what-if for direct requests.
  await openForm(page);
  await review(page);
  await page.getByRole("checkbox").check();
  await expect(button(page, "See what would change")).toHaveCount(0);
});

test("a running deployment resumes after a reload", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, TRAINING);
  await review(page);
  await button(page, "Create").click();
  await expect(standing(page, "Your deployment is under way")).toBeVisible();
  await page.reload();
  await expect(standing(page, "Your deployment is complete")).toBeVisible({ timeout: 20_000 });
  await expect(button(page, "Go to resource")).toBeVisible();
});

test("if the provider is not registered, Create registers it", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, { subscription: "Contoso Sandbox", group: "rg-sandbox-ada", name: "uami-first" });
  await review(page, "Create also registers the Microsoft.ManagedIdentity provider");
  await create(page);
});

test("repeated presses on Create count once", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, TRAINING);
  await review(page);
  await button(page, "Create").dblclick();
  await expect(standing(page, "Your deployment is complete")).toBeVisible({ timeout: 20_000 });
  await button(page, "Notifications").or(page.getByRole("button", { name: /^Notifications/ })).first().click();
  await expect(page.getByRole("region", { name: /^Notifications/ }).first()).toContainText("uami-apl2003 was created");
});

test("a double or held press on Review + create creates nothing", async ({ page }) => {
  for (const press of [twice, thrice, held, entered]) {
    await openForm(page);
    await fillBasics(page, TRAINING);
    await press(page);
    await expect(main(page)).toContainText("Validation passed");
    await expect(button(page, "Create")).toBeEnabled();
  }
  // After those, a deliberate press creates.
  await create(page);
});

/** Two presses, the second of which hits Create as soon as it appears; and a browser's double click, whose second
* click begins when the review has its answer. */
async function twice(page: Page) {
  const { x, y } = await middle(button(page, "Review + create"));
  await page.mouse.click(x, y);
  await expect(button(page, "Create")).toBeVisible();
  await page.mouse.click(x, y);
  await expect(button(page, "Create")).toBeEnabled();
  await again(page, 2);
}

/** Presses again at the pointer's position, with this click count. */
async function again(page: Page, clickCount: number) {
  await page.mouse.down({ clickCount });
  await page.mouse.up({ clickCount });
}

/** Pressed before the answer, released after it, and pressed again. */
async function thrice(page: Page) {
  const { x, y } = await middle(button(page, "Review + create"));
  await page.mouse.dblclick(x, y);
  await page.mouse.down();
  await expect(button(page, "Create")).toBeEnabled();
  await page.mouse.up();
  await again(page, 3);
}

/** Enter held down on Review + create, then on Create. */
async function held(page: Page) {
  await button(page, "Review + create").focus();
  await page.keyboard.down("Enter");
  for (let repeats = 0; repeats < 5; repeats++) await page.keyboard.down("Enter");
  await expect(button(page, "Create")).toBeEnabled();
  await button(page, "Create").focus();
  for (let repeats = 0; repeats < 5; repeats++) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
}

/** Enter twice. */
async function entered(page: Page) {
  await button(page, "Review + create").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(button(page, "Create")).toBeEnabled();
  await page.keyboard.press("Enter");
}

async function middle(of: Locator) {
  const box = (await of.boundingBox())!;
  // At a quarter of the width, since Create is narrower.
  return { x: box.x + box.width / 4, y: box.y + box.height / 2 };
}

test("a click event alone, as from assistive technology, creates", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, TRAINING);
  await review(page);
  await expect(button(page, "Create")).toBeEnabled();
  await expect(async () => {
    await button(page, "Create").evaluate((element: HTMLElement) => element.click());
    await expect(standing(page, "Your deployment")).toBeVisible({ timeout: 500 });
  }).toPass();
});

test("the notifications list what happened", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, TRAINING);
  await review(page);
  await create(page);
  await page.getByRole("button", { name: "Notifications, 1 new" }).click();
  await expect(page.getByText("uami-apl2003 was created").first()).toBeVisible();
});

test("the same name again updates the identity, and the page says so first", async ({ page }) => {
  await openForm(page, "", `?subscription=${DEVELOPMENT}&resourceGroup=RG1&region=eastus&name=uami-existing&tag.Env=new`);
  await expect(tab(page, "Basics")).toBeVisible();
  await described(nameBox(page), "Creating yours would update it and replace its tags.");
  await review(page);
  await expect(main(page)).toContainText("Check these before you create");
  await expect(changes(page).getByRole("row", { name: "Tag Env Not set new Added" })).toBeVisible();
  await update(page);
});

test("the same name again without any change warns of none", async ({ page }) => {
  await openForm(page, "", `?subscription=${DEVELOPMENT}&resourceGroup=RG1&region=eastus&name=uami-existing`);
  await described(nameBox(page), "Creating yours would change nothing.");
  await expect(nameBox(page)).not.toHaveAccessibleDescription(/would update it/);
  await tab(page, "Tags").click();
  await combobox(page, "Tag name 1").fill("Env");
  await tab(page, "Basics").click();
  await described(nameBox(page), "Creating yours would update it and replace its tags.");
  await tab(page, "Tags").click();
  await button(page, "Remove tag 1").click();
  await review(page);
  await expect(main(page)).not.toContainText("Check these before you create");
  await button(page, "Create").click();
  const dialog = page.getByRole("dialog", { name: "Update the existing identity?" });
  await expect(dialog).toContainText("uami-existing already exists in RG1. Nothing will change.");
  await expect(dialog).not.toContainText("will be updated");
});

for (const direct of [false, true]) {
  test(`updating shows every tag that it removes${direct ? ", by direct requests" : ""}`, async ({ page }) => {
    const link = (tags: string) => `?subscription=${DEVELOPMENT}&resourceGroup=RG1&region=eastus&name=uami-twice${tags}`;
    await openForm(page, "", link("&tag.Env=test&tag.owner=web"));
    await review(page);
    await create(page);
    await openForm(page, "", link("&tag.Env=prod"));
    await review(page);
    if (direct) await page.getByRole("checkbox", { name: "Create without a template deployment" }).check();
    for (const row of ["Region East US East US Unchanged", "Tag Env test prod Changed", "Tag owner web Not set Removed"]) {
      await expect(changes(page).getByRole("row", { name: row })).toBeVisible();
    }
    await expect(button(page, "Create")).toBeEnabled();
    await button(page, "Create").focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Update the existing identity?" });
    await expect(dialog.getByRole("row", { name: "Tag owner web Not set Removed" })).toBeVisible();
    await expect(button(dialog, "Cancel")).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    await expect(button(page, "Create")).toBeFocused();
    await update(page);
  });
}

const changes = (page: Page) => main(page).getByRole("table", { name: "Changes to the existing identity" });

/** Presses Create on an existing identity, confirms, and waits for the end. */
async function update(page: Page) {
  await button(page, "Create").click();
  await button(page.getByRole("dialog", { name: "Update the existing identity?" }), "Update").click();
  await expect(standing(page, "Your deployment is complete")).toBeVisible({ timeout: 20_000 });
}

test("a deployment is refreshed, its template downloaded, and Redeploy opens the form without sending anything", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, TRAINING);
  await review(page);
  await create(page);
  const ended = page.url();
  const download = page.waitForEvent("download");
  await button(page, "Template").click();
  expect((await download).suggestedFilename()).toBe("template.json");
  await expect(main(page).getByRole("link", { name: /Azure portal/ })).toHaveCount(0);
  await button(page, "Redeploy").click();
  await expect(nameBox(page)).toHaveValue("uami-apl2003");
  await expect(combobox(page, "Resource group")).toHaveValue("RG1");
  await page.goto(ended);
  // After a reload the tab no longer has the draft, so the page reads from ARM.
  await page.reload();
  await expect(standing(page, "Your deployment is complete")).toBeVisible();
  await expect(button(page, "Redeploy")).toHaveCount(0);
  await button(page, "Refresh").press("Enter");
  await expect(button(page, "Refresh")).not.toHaveAttribute("aria-busy");
  await expect(button(page, "Refresh")).toBeFocused();
  await expect(standing(page, "Your deployment is complete")).toBeVisible();
  await expect(page.getByRole("table", { name: "Deployment details" })).toContainText("uami-apl2003");
});

test("a failed deployment says why, and Edit and try again opens the form as it was", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, { ...TRAINING, name: "uami-deployment-fails" });
  await review(page);
  await create(page, "Your deployment failed");
  await expect(main(page)).toContainText("Azure has a temporary problem.");
  await button(page, "What Azure said").click();
  await expect(main(page)).toContainText("InternalServerError");
  await button(page, "Edit and try again").click();
  await expect(nameBox(page)).toHaveValue("uami-deployment-fails");
  await expect(combobox(page, "Resource group")).toHaveValue("RG1");
  await nameBox(page).fill("uami-again");
  await review(page);
  await create(page);
});

test("Edit and try again restores what was sent, and asks before it replaces what was typed since", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, { ...TRAINING, name: "uami-deployment-fails" });
  await review(page);
  await create(page, "Your deployment failed");
  const failed = page.url();
  await openForm(page);
  await nameBox(page).fill("uami-other");
  await page.goto(failed);
  for (const press of ["Edit and try again", "Redeploy"]) {
    await button(page, press).click();
    await expect(main(page)).toContainText("This replaces what you typed there (uami-other).");
    await button(page, "Cancel").click();
    await expect(main(page)).not.toContainText("This replaces");
  }
  await openForm(page);
  await expect(nameBox(page)).toHaveValue("uami-other");
  await page.goto(failed);
  await button(page, "Edit and try again").click();
  await button(page, "Replace").click();
  await expect(nameBox(page)).toHaveValue("uami-deployment-fails");
  await expect(combobox(page, "Resource group")).toHaveValue("RG1");
});

test("the policy that denied it is also named after a reload", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, { ...TRAINING, name: "uami-policy-denied" });
  await button(page, "Review + create").click();
  await page.getByRole("checkbox", { name: "Create without a template deployment" }).check();
  await expect(button(page, "Create")).toBeEnabled();
  await create(page, "Your deployment failed");
  const named = /Blocked by the policy “\S.*”\./;
  await expect(main(page)).toContainText(named);
  await page.reload();
  await expect(main(page)).toContainText(named);
});

test("a failure of direct requests can be retried", async ({ page }) => {
  await openForm(page);
  await fillBasics(page, { ...TRAINING, name: "uami-locked" });
  await button(page, "Review + create").click();
  await page.getByRole("checkbox", { name: "Create without a template deployment" }).check();
  await expect(button(page, "Create")).toBeEnabled();
  await create(page, "Your deployment failed");
  await expect(main(page)).toContainText("A lock prevents changes here.");
  await expect(button(page, "Edit and try again")).toBeVisible();
});
