// Every simulated fault, in an identity's name or, for everything, in the address.
import { announced, listen } from "./announced";
import { button, combobox, create, described, fillBasics, main, nameBox, openForm, option, review, standing, TRAINING } from "./pages";
import { expect, test } from "./watched";

test.describe("in a name", () => {
  test.beforeEach(async ({ page }) => openForm(page));

  for (const [fault, said, advice, field, code] of [
    ["forbidden", "Your account isn't allowed to do this here.", "Ask an owner for the role Managed Identity Contributor", "Resource group", "Authorization failed for template resource"],
    ["policy-denied", /Blocked by the policy “.*”\./, "Change what it asks for", "Name", "RequestDisallowedByPolicy"],
    ["locked", "A lock prevents changes here.", "Ask to have the lock", "Resource group", "ScopeLocked"],
    ["region-full", "This region isn't available", "Choose another region.", "Region", "RequestDisallowedByAzure"],
    ["conflict", "already exists in the resource group, in another region.", "Choose another name", "Name", "InvalidResourceLocation"],
  ] as const) {
    test(`${fault}: the review says what Azure would, what to do, and where; nothing is lost`, async ({ page }) => {
      await fillBasics(page, { ...TRAINING, name: `uami-${fault}` });
      await review(page, said);
      const alert = page.getByRole("alert");
      await expect(alert).toContainText("Validation failed. Fix the problem below, then try again.");
      await expect(alert).toContainText(advice);
      await expect(button(page, "Create")).toBeDisabled();
      await button(alert, "What Azure said").click();
      await expect(alert).toContainText(code);
      await button(alert, `Go to ${field}`).click();
      await expect(field === "Name" ? nameBox(page) : combobox(page, field)).toBeFocused();
      await expect(nameBox(page)).toHaveValue(`uami-${fault}`);
      await expect(combobox(page, "Resource group")).toHaveValue("RG1");
      await nameBox(page).fill("uami-changed");
      await review(page);
      await expect(button(page, "Create")).toBeEnabled();
    });
  }

  test("offline: the validation couldn't be sent, can be repeated, and Create stays enabled", async ({ page }) => {
    await fillBasics(page, { ...TRAINING, name: "uami-offline" });
    await review(page, "Azure couldn't validate this.");
    await expect(page.getByRole("alert")).toContainText("Check your connection and try again.");
    await expect(button(page, "Create")).toBeEnabled();
    await button(page.getByRole("alert"), "Try again").click();
    await expect(main(page)).toContainText("Checking with Azure…");
    await expect(main(page)).toContainText("Azure couldn't validate this.");
    // Whether the name is taken couldn't be checked either.
    await button(page, "Create").click();
    await button(page.getByRole("dialog", { name: "Create without checking the name?" }), "Create anyway").click();
    await expect(standing(page, "Your deployment failed")).toBeVisible({ timeout: 20_000 });
    await expect(main(page)).toContainText("Azure could not be reached.");
    await button(page, "Edit and try again").click();
    await expect(nameBox(page)).toHaveValue("uami-offline");
  });

  test("throttled: the page waits as long as Azure asks and then continues", async ({ page }) => {
    await fillBasics(page, { ...TRAINING, name: "uami-throttled" });
    await button(page, "Review + create").click();
    await expect(main(page)).toContainText("Azure asked for a pause. Continuing in");
    await expect(main(page)).toContainText("Validation passed");
  });

  test("slow: the wait is shown, and announced together with its result", async ({ page }) => {
    await listen(page);
    await page.reload();
    await fillBasics(page, { ...TRAINING, name: "uami-slow" });
    await button(page, "Review + create").click();
    await expect(page.getByRole("tabpanel", { name: "Review + create" }).getByText("Checking with Azure…")).toBeVisible();
    await expect(button(page, "Create")).toBeDisabled();
    await expect(main(page)).toContainText("Validation passed", { timeout: 15_000 });
    // A text inserted in several steps counts once.
    const told = async () => [...new Set((await announced(page)).filter((text) => /^(Checking|Validation)/.test(text)))];
    await expect.poll(told).toEqual(["Checking with Azure…", expect.stringMatching(/^Validation passed/)]);
  });
});

test.describe("in the address", () => {
  test("offline: the list says so and can be loaded again", async ({ page }) => {
    await openForm(page, "?mode=preview&sim=offline");
    await combobox(page, "Subscription").click();
    await expect(option(page, "Try again")).toBeVisible();
    await option(page, "Try again").click();
    await expect(option(page, "Try again")).toBeVisible();
    await nameBox(page).fill("uami-kept");
    await expect(nameBox(page)).toHaveValue("uami-kept");
  });

  test("faults also work in the fragment, and survive a reload", async ({ page }) => {
    await openForm(page, "", "?mode=preview&sim=offline");
    await combobox(page, "Subscription").click();
    await expect(option(page, "Try again")).toBeVisible();
    await page.reload();
    await combobox(page, "Subscription").click();
    await expect(option(page, "Try again")).toBeVisible();
  });

  test("throttled: the lists load after the pause", async ({ page }) => {
    await openForm(page, "?mode=preview&sim=throttled");
    await fillBasics(page, TRAINING);
    await review(page);
  });

  test("slow: lists show a skeleton until they have loaded", async ({ page }) => {
    await openForm(page, "?mode=preview&sim=slow");
    await combobox(page, "Subscription").click();
    await expect(page.getByRole("listbox", { name: "Subscription" })).toHaveAttribute("aria-busy", "true");
    await expect(option(page, "Contoso Development")).toBeVisible({ timeout: 15_000 });
  });

  test("slow: an entry confirmed before its list has loaded is selected when it loads", async ({ page }) => {
    await openForm(page, "?mode=preview&sim=slow");
    await combobox(page, "Subscription").fill("Contoso Development");
    await page.keyboard.press("Enter");
    await nameBox(page).fill("uami-quick");
    // The groups are requested once the subscription is selected.
    await expect(combobox(page, "Subscription")).toHaveAccessibleDescription("", { timeout: 15_000 });
    await expect(combobox(page, "Subscription")).toHaveValue("Contoso Development");
    await combobox(page, "Resource group").fill("rg1");
    await page.keyboard.press("Enter");
    await expect(combobox(page, "Resource group")).toHaveValue("RG1", { timeout: 15_000 });
    await expect(combobox(page, "Resource group")).toHaveAttribute("aria-expanded", "false");
  });

  test("an unknown fault is reported, and the others apply", async ({ page }) => {
    await openForm(page, "?mode=preview&sim=slwo,locked");
    await expect(main(page)).toContainText("The address asks for an unknown simulation: slwo.");
    await fillBasics(page, TRAINING);
    await described(combobox(page, "Resource group"), "makes this read-only");
  });

  test("forbidden: the resource group says so before anything is sent", async ({ page }) => {
    await openForm(page, "?mode=preview&sim=forbidden");
    await fillBasics(page, TRAINING);
    await described(combobox(page, "Resource group"), "Your account seems to lack");
  });

  test("locked: the group says so", async ({ page }) => {
    await openForm(page, "?mode=preview&sim=locked");
    await fillBasics(page, TRAINING);
    await described(combobox(page, "Resource group"), "makes this read-only");
  });

  for (const [fault, said] of [
    ["policy-denied", /Blocked by the policy “.*”\./],
    ["region-full", "This region isn't available to your subscription."],
    ["conflict", "already exists in the resource group, in another region."],
  ] as const) {
    test(`${fault}: the review says so`, async ({ page }) => {
      await openForm(page, `?mode=preview&sim=${fault}`);
      await fillBasics(page, TRAINING);
      await review(page, said);
    });
  }

  test("deployment-fails: validation passes, and the deployment says why it failed", async ({ page }) => {
    await openForm(page, "?mode=preview&sim=deployment-fails");
    await fillBasics(page, TRAINING);
    await review(page);
    await create(page, "Your deployment failed");
    await expect(main(page)).toContainText("Azure has a temporary problem.");
  });
});
