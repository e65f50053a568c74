// Signing in where storage is partitioned by site and third-party cookies are blocked.
import { bar, configureLive, expect, openLive, sees, signIn, signInByWindow, test } from "./live";
import { button, create, fillBasics, nameBox, review, TRAINING } from "./pages";
import { plainly } from "./plain";

/** With third-party cookies blocked. */
const PHASEOUT = ["--test-third-party-cookie-phaseout"];

test("signing in by pop-up and creating", async ({ cloud }) => {
  await plainly(PHASEOUT, async (browser) => {
    const context = browser.contexts()[0];
    await configureLive(context, { signIn: "popup" });
    const page = await context.newPage();
    await openLive(page, `${cloud.served.app}#/create/user-assigned-identity`);
    await nameBox(page).fill("uami-plain");
    await signInByWindow(page);
    await fillBasics(page, { ...TRAINING, name: "uami-plain" });
    await review(page);
    await create(page);
  });
});

test("if the sign-in's cookies are third-party, one silent attempt is made, and then the person is asked", async ({ cloud }) => {
  await plainly(PHASEOUT, async (browser) => {
    const context = browser.contexts()[0];
    const page = await context.newPage();
    await openLive(page, `${cloud.served.app}#/create/user-assigned-identity`);
    await signIn(page);
    await cloud.entra("revoke");
    await cloud.arm("expire");
    await page.reload();
    await nameBox(page).fill("uami-plain");
    await expect(bar(page)).toContainText("Azure asks you to sign in again.");
    expect((await cloud.seen()).filter(({ prompt }) => prompt === "none")).toHaveLength(1);
    await button(bar(page), "Sign in").click();
    await sees(page, "Contoso Development");
    await expect(bar(page)).toHaveCount(0);
    await expect(nameBox(page)).toHaveValue("uami-plain");
  });
});
