// The local cloud's sign-in pages: they identify themselves, have a button for each user, and pass axe.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, type LocalCloud, test } from "./live";
import { button } from "./pages";

const CLIENT = "5c1a7e90-2d4b-4f86-9b13-7a0e64d2f8c5";
const USERS = ["Ada Lovelace", "Grace Hopper", "Alan Turing", "Edsger Dijkstra", "Barbara Liskov", "Katherine Johnson"];

/** Sends the app's authorization request; the response isn't checked. */
async function ask(page: Page, cloud: LocalCloud, more: Record<string, string> = {}) {
  const query = new URLSearchParams({
    client_id: CLIENT,
    scope: `${new URL(cloud.served.arm).origin}/.default openid`,
    redirect_uri: `${new URL(cloud.served.app).origin}/auth.html`,
    response_type: "code",
    response_mode: "fragment",
    code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    code_challenge_method: "S256",
    state: "state",
    nonce: "nonce",
    ...more,
  });
  await page.goto(`${cloud.served.authority}/organizations/oauth2/v2.0/authorize?${query}`);
}

async function clean(page: Page, state: string) {
  await expect(page.getByText("Test users of the local cloud.")).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`)), state).toEqual([]);
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("every page identifies itself and passes axe", async ({ page, cloud }) => {
      await ask(page, cloud);
      await clean(page, "users");
      for (const user of USERS) await expect(button(page, user)).toBeVisible();
      await button(page, "Katherine Johnson").click();
      await expect(button(page, "Approve")).toBeVisible();
      await clean(page, "second factor");
      await ask(page, cloud);
      await button(page, "Barbara Liskov").click();
      await expect(button(page, "Accept")).toBeVisible();
      await clean(page, "consent");
      await ask(page, cloud, { redirect_uri: "http://localhost:1/auth.html" });
      await expect(page.getByRole("alert")).toContainText("AADSTS50011");
      await clean(page, "an error");
      await page.goto(`${cloud.served.authority}/organizations/oauth2/v2.0/logout`);
      await expect(button(page, "Sign out")).toBeVisible();
      await clean(page, "signing out");
      await button(page, "Sign out").click();
      await expect(page.getByRole("heading", { name: "Signed out" })).toBeVisible();
      await clean(page, "signed out");
    });
  });
}
