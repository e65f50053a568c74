// Live inside another page, with the host's tokens only.
import type { Page } from "@playwright/test";
import { expect, framed, hostPage, said, says, test } from "./embed";
import { kept, LocalCloud } from "./live";

const SERVED = JSON.parse(process.env.IDENTITY_PORTAL_LIVE ?? "[]");
const cloudOf = (index: number) => new LocalCloud(SERVED[index % Math.max(SERVED.length, 1)]);
const live = test.extend<{ cloud: LocalCloud; asked: Record<string, unknown>[] }>({
  app: async ({}, use, info) => use(cloudOf(info.parallelIndex).served.app),
  cloud: async ({}, use, info) => {
    const cloud = cloudOf(info.parallelIndex);
    await Promise.all([cloud.entra("reset"), cloud.arm("reset")]);
    await cloud.arm("headers", { expose: true });
    await use(cloud);
  },
  asked: async ({}, use) => use([]),
});

/** The audience attribute for a custom cloud. */
const FOR = (cloud: LocalCloud) => `audience="${cloud.served.arm}"`;

/** Gives the host page a token provider, like that of a signed-in portal. */
async function provide(page: Page, cloud: LocalCloud, asked: Record<string, unknown>[]) {
  await page.exposeFunction("tokenOf", async (request: { scopes: string[]; claims?: string }, user = "ada@contoso.example") => {
    asked.push(request);
    const more = request.claims ? { claims: request.claims, secondFactor: true } : {};
    const answer = await cloud.entra("token", { user, resource: cloud.served.arm, ...more });
    return (answer as { access_token: string }).access_token;
  });
}

live("an identity with the host's token, which is nowhere to be found afterwards", async ({ page, hosts, cloud, app, asked, words }) => {
  await provide(page, cloud, asked);
  const requested: string[] = [];
  page.on("request", (request) => requested.push(request.url()));
  await page.goto(hosts.put("/live", hostPage(app, FOR(cloud), "form.tokenProvider = (request) => tokenOf(request);")));
  const frame = framed(page);
  await frame.getByRole("combobox", { name: "Subscription", exact: true }).fill("Contoso Development");
  await frame.getByRole("option", { name: "Contoso Development", exact: true }).click();
  await frame.getByRole("combobox", { name: "Resource group", exact: true }).fill("RG1");
  await frame.getByRole("option", { name: "RG1", exact: true }).click();
  await frame.getByRole("textbox", { name: "Name", exact: true }).fill("uami-by-host");
  await frame.getByRole("button", { name: "Review + create", exact: true }).click();
  await expect(frame.getByRole("main")).toContainText("Validation passed");
  await frame.getByRole("button", { name: "Create", exact: true }).click();
  await says(page, "created", { name: "uami-by-host" });
  expect(asked[0].scopes).toEqual([`${cloud.served.arm}/.default`]);
  expect(asked.length).toBeLessThan(5);
  const everything = JSON.stringify([await kept(page.frames().at(-1) as never), requested, words, await page.evaluate("events")]);
  expect(everything).not.toMatch(/eyJ[\w-]{10,}\./);
});

live("no token for an audience that the host's page doesn't name", async ({ page, hosts, cloud, app, asked }) => {
  await provide(page, cloud, asked);
  await page.goto(hosts.put("/unnamed", hostPage(app, "", "form.tokenProvider = (request) => tokenOf(request);")));
  await expect(framed(page).getByText("gave no access to Azure")).toBeVisible();
  expect(await said(page, "failed")).toEqual(expect.arrayContaining([expect.objectContaining({ code: "bad-scope" })]));
  expect(asked).toEqual([]);
});

live("what Azure asks for beyond a token goes to the host as it came", async ({ page, hosts, cloud, app, asked }) => {
  await provide(page, cloud, asked);
  await cloud.arm("next", { methods: ["GET"], path: "/resourcegroups", challenge: "p1", times: 1 });
  await page.goto(hosts.put("/claims", hostPage(app, FOR(cloud), "form.tokenProvider = (request) => tokenOf(request);")));
  const frame = framed(page);
  await frame.getByRole("combobox", { name: "Subscription", exact: true }).fill("Contoso Development");
  await frame.getByRole("option", { name: "Contoso Development", exact: true }).click();
  await frame.getByRole("combobox", { name: "Resource group", exact: true }).fill("RG1");
  await expect(frame.getByRole("option", { name: "RG1", exact: true })).toBeVisible();
  await expect.poll(() => asked.filter(({ claims }) => claims).length).toBe(1);
  expect(JSON.parse(asked.find(({ claims }) => claims)!.claims as string)).toHaveProperty("access_token");
});

live("without a token: a new tab with what was typed, and a token later", async ({ page, context, hosts, cloud, app, asked }) => {
  await provide(page, cloud, asked);
  await page.goto(hosts.put("/no-tokens", hostPage(app, FOR(cloud))));
  const frame = framed(page);
  const name = frame.getByRole("textbox", { name: "Name", exact: true });
  await name.fill("uami-goes-along");
  const link = frame.getByRole("link", { name: /Open in a new tab/ });
  const opened = context.waitForEvent("page");
  await link.click();
  const alone = await opened;
  await expect(alone.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("uami-goes-along");
  await alone.close();
  // A token provider that fails.
  await page.evaluate("form.tokenProvider = async () => { throw new Error('not signed in'); }");
  await says(page, "failed", { code: "no-token" });
  await expect(frame.getByText("gave no access to Azure")).toBeVisible();
  await page.evaluate("form.tokenProvider = (request) => tokenOf(request)");
  await frame.getByRole("combobox", { name: "Subscription", exact: true }).click();
  await expect(frame.getByRole("option", { name: "Contoso Development", exact: true })).toBeVisible();
  await expect(link).toHaveCount(0);
  await expect(name).toHaveValue("uami-goes-along");
  expect(await said(page, "created")).toEqual([]);
});

live("a host whose tokens become another account's in the middle of a run: nothing is sent as that one", async ({ page, hosts, cloud, app, asked }) => {
  await provide(page, cloud, asked);
  await page.goto(hosts.put("/other-account", hostPage(app, FOR(cloud), "form.tokenProvider = (request) => tokenOf(request);")));
  const frame = framed(page);
  for (const [field, entry] of [["Subscription", "Contoso Development"], ["Resource group", "RG1"]]) {
    await frame.getByRole("combobox", { name: field, exact: true }).fill(entry);
    await frame.getByRole("option", { name: entry, exact: true }).click();
  }
  await frame.getByRole("textbox", { name: "Name", exact: true }).fill("uami-of-ada");
  await frame.getByRole("button", { name: "Review + create", exact: true }).click();
  await expect(frame.getByRole("main")).toContainText("Validation passed");
  // Create checks whether the name is taken; then the run does, which is paused there before it sends anything.
  let looks = 0;
  let isHeld = () => {};
  let go = () => {};
  const [held, going] = [new Promise<void>((resolve) => (isHeld = resolve)), new Promise<void>((resolve) => (go = resolve))];
  await page.route(`${cloud.served.arm}/**/userAssignedIdentities/uami-of-ada?*`, async (route) => {
    if (route.request().method() === "GET" && (looks += 1) === 2) {
      isHeld();
      await going;
    }
    await route.fallback();
  });
  await frame.getByRole("button", { name: "Create", exact: true }).click();
  await held;
  await page.evaluate("form.tokenProvider = (request) => tokenOf(request, 'grace@contoso.example')");
  go();
  await expect(frame.getByRole("main")).toContainText("This deployment belongs to ada@contoso.example.");
  expect((await cloud.asked()).filter(({ method }) => method === "PUT")).toEqual([]);
  expect(await said(page, "created")).toEqual([]);
});

live("a token that comes after the host gives another account's is used for nothing new", async ({ page, hosts, cloud, app }) => {
  await page.exposeFunction("tokenFor", async (user: string) => {
    const answer = await cloud.entra("token", { user: `${user}@contoso.example`, resource: cloud.served.arm });
    return (answer as { access_token: string }).access_token;
  });
  const late = "form.tokenProvider = () => new Promise((resolve) => (window.answer = async () => resolve(await tokenFor('ada'))));";
  await page.goto(hosts.put("/late", hostPage(app, FOR(cloud), late)));
  await expect.poll(() => page.evaluate("typeof answer")).toBe("function");
  await page.evaluate("form.tokenProvider = () => tokenFor('grace'); answer()");
  const frame = framed(page);
  await frame.getByRole("combobox", { name: "Subscription", exact: true }).fill("Contoso Development");
  await frame.getByRole("option", { name: "Contoso Development", exact: true }).click();
  const groups = async () => (await cloud.asked()).filter(({ method, target }) => method === "GET" && /resourcegroups\?/i.test(target));
  await expect.poll(groups).not.toEqual([]);
  for (const { user } of await groups()) expect(user).toBe("grace@contoso.example");
});

live("what the host says while the form is on its way holds", async ({ page, hosts, cloud, app, asked }) => {
  await provide(page, cloud, asked);
  // Right after the handshake, like a framework that has just learned who is signed in.
  const late = `addEventListener("message", () => setTimeout(() => {
    form.tokenProvider = (request) => tokenOf(request);
    form.prefill = { name: "uami-late" };
    form.theme = "dark";
  }));`;
  await page.goto(hosts.put("/early", hostPage(app, FOR(cloud), late)));
  const frame = framed(page);
  await expect(frame.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("uami-late");
  await frame.getByRole("combobox", { name: "Subscription", exact: true }).click();
  await expect(frame.getByRole("option", { name: "Contoso Development", exact: true })).toBeVisible();
  await expect(frame.locator("html")).toHaveAttribute("data-theme", "dark");
});
