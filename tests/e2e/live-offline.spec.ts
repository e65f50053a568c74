// Live without a network: Preview takes over what was typed, and Live takes it back.
import { FORM, expect, openLive, signIn, test } from "./live";
import { button, nameBox } from "./pages";

test.use({ serviceWorkers: "allow", expected: [/ERR_INTERNET_DISCONNECTED|Failed to fetch/] });

test("losing the network offers Preview with what was typed, coming back offers Live", async ({ page, context }) => {
  await openLive(page, FORM);
  await signIn(page);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await nameBox(page).fill("uami-on-a-train");
  await context.setOffline(true);
  const news = page.locator("#news");
  await expect(news).toContainText("There is no network.");
  await button(news, "Go on in Preview").click();
  await expect(page).toHaveURL(/\?mode=preview#/);
  await expect(page.locator("#program")).toBeVisible();
  await expect(page.locator("#program [data-mode=preview]")).toBeVisible();
  await expect(nameBox(page)).toHaveValue("uami-on-a-train");
  await nameBox(page).fill("uami-on-a-plane");
  await context.setOffline(false);
  await expect(news).toContainText("The network is back.");
  await button(news, "Go on in Live").click();
  await expect(page).not.toHaveURL(/mode=preview/);
  await expect(page.locator("#program [data-mode=live]")).toBeVisible();
  await expect(nameBox(page)).toHaveValue("uami-on-a-plane");
  await expect(news).toBeHidden();
});

test("a network that is away for a moment leaves nothing behind", async ({ page, context }) => {
  await openLive(page, FORM);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await context.setOffline(true);
  const news = page.locator("#news");
  await expect(news).toContainText("There is no network.");
  await context.setOffline(false);
  await expect(news).toBeHidden();
});
