// Every forged, replayed or refused answer: nobody is signed in by it, a sentence says so, and what was typed stays.
import { button, nameBox } from "./pages";
import { bar, choose, expect, kept, openLive, sees, signIn, signedIn, test } from "./live";

const FORGED = [
  ["authorize", "state", "not started here"],
  ["authorize", "no-state", "not started here"],
  ["authorize", "code", "The sign-in was refused"],
  ["authorize", "response-iss", "not to be trusted"],
  ["token", "nonce", "not to be trusted"],
  ["token", "no-nonce", "not to be trusted"],
  ["token", "iss", "not to be trusted"],
  ["token", "aud", "not to be trusted"],
  ["token", "exp", "too old or too new"],
  ["token", "nbf", "too old or too new"],
  ["token", "tid", /not to be trusted|another directory/],
  ["token", "signature", "not to be trusted"],
  ["token", "key", "not to be trusted"],
  ["token", "alg-none", "not to be trusted"],
  ["token", "no-id-token", "could not be understood"],
  ["token", "not-json", "could not be understood"],
] as const;

for (const [at, forge, says] of FORGED) {
  test(`forged ${forge}: refused`, async ({ page, cloud }) => {
    await openLive(page);
    await nameBox(page).fill("uami-kept");
    await cloud.entra("next", { at, forge });
    await button(bar(page), "Sign in").click();
    await choose(page, "Ada Lovelace");
    await expect(bar(page).getByRole("alert")).toContainText(says);
    await expect(bar(page)).toContainText("You are not signed in.");
    expect(JSON.parse((await kept(page)).session)["identity-portal:session"]).toBeUndefined();
    if (forge === "no-state") return;
    await expect(nameBox(page)).toHaveValue("uami-kept");
  });
}

// What Entra answers with, before and instead of a code.
const REFUSED = [
  [65001, "has not been given leave"],
  [50105, "not assigned"],
  [53003, "A rule of your organisation"],
  [90094, "An administrator has to accept"],
  [16000, "Several accounts"],
] as const;

for (const [code, says] of REFUSED) {
  test(`AADSTS${code} has words and ids`, async ({ page, cloud }) => {
    await openLive(page);
    await cloud.entra("next", { at: "authorize", error: code });
    await button(bar(page), "Sign in").click();
    await expect(bar(page).getByRole("alert")).toContainText(says);
    await button(bar(page), "What Entra says").click();
    await expect(bar(page)).toContainText(`AADSTS${code}`);
    await expect(bar(page)).toContainText("Correlation ID");
    await expect(bar(page)).toContainText("Trace ID");
    await signIn(page);
  });
}

test("a failed redemption is never sent again", async ({ page, cloud }) => {
  await openLive(page);
  await cloud.entra("next", { at: "token", drop: true, times: 5 });
  await button(bar(page), "Sign in").click();
  await choose(page, "Ada Lovelace");
  await expect(bar(page).getByRole("alert")).toContainText("could not be reached");
  expect((await cloud.seen()).filter(({ at }) => at === "token")).toHaveLength(1);
});

test("an answer that comes a second time does nothing", async ({ page, cloud }) => {
  let answer = "";
  page.on("response", async (response) => {
    const to = (await response.allHeaders()).location ?? "";
    if (to.includes("auth.html#")) answer = to;
  });
  await openLive(page);
  await signIn(page);
  await expect.poll(() => answer).toContain("code=");
  const session = (await kept(page)).session;
  await page.goto("about:blank");
  await page.goto(answer);
  await signedIn(page);
  // Whoever sees the lists has had every step of the start.
  await openLive(page);
  await sees(page, "Contoso Development");
  expect((await kept(page)).session).toEqual(session);
  expect((await cloud.seen()).filter(({ at }) => at === "token")).toHaveLength(1);
});
