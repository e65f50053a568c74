// The form inside another site's page: its properties, its events, and its guarantees.
import type { FrameLocator, Page } from "@playwright/test";
import axe from "axe-core";
import { APP, expect, framed, hostPage, said, says, test } from "./embed";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const box = (frame: FrameLocator, name: string) => frame.getByRole("combobox", { name, exact: true });
const nameBox = (frame: FrameLocator) => frame.getByRole("textbox", { name: "Name", exact: true });
const button = (frame: FrameLocator, name: string) => frame.getByRole("button", { name, exact: true });

async function choose(frame: FrameLocator, field: string, entry: string) {
  await box(frame, field).fill(entry);
  await frame.getByRole("option", { name: entry, exact: true }).click();
  await expect(box(frame, field)).toHaveValue(entry);
}

/** The frame is as high as its page. */
const fits = (page: Page) =>
  expect
    .poll(async () => {
      const outer = await page.locator("identity-portal iframe").evaluate((frame) => frame.clientHeight);
      const inner = await framed(page).locator("body").evaluate((body) => Math.ceil(body.getBoundingClientRect().height));
      return outer - inner;
    })
    .toBe(0);

test("the plain example: from the handshake to an identity, in a browser that partitions storage by site", async ({ page, context, hosts, words }) => {
  const alone = await context.newPage();
  await alone.goto(APP);
  await alone.evaluate(() => localStorage.setItem("mark", "of the top"));
  await page.goto(await hosts.example("plain"));
  const frame = framed(page);
  const status = page.locator("#status");
  await expect(frame.getByRole("heading", { level: 1 })).toHaveText("Create User Assigned Managed Identity");
  expect(await frame.locator("body").evaluate(() => localStorage.getItem("mark"))).toBeNull();
  await expect(status).toHaveText("Some fields still need you.");
  // No link leads to a page that isn't available here.
  await expect(frame.getByRole("link", { name: "Check what you have" })).toHaveCount(0);
  await expect(frame.getByRole("link", { name: "Which way to sign in" })).toHaveCount(0);
  await expect(page.locator("identity-portal iframe")).toHaveAttribute(
    "sandbox",
    "allow-scripts allow-same-origin allow-forms allow-downloads allow-popups allow-popups-to-escape-sandbox",
  );
  await expect(page.locator("identity-portal iframe")).toHaveAttribute("allow", "clipboard-write");
  await choose(frame, "Subscription", "Contoso Development");
  await choose(frame, "Resource group", "RG1");
  await nameBox(frame).fill("id-apl2003");
  await expect(nameBox(frame)).toHaveAccessibleDescription(/Names begin with uami-\./);
  await nameBox(frame).fill("uami-apl2003");
  await expect(status).toHaveText("uami-apl2003 can be created.");
  await fits(page);
  await button(frame, "Review + create").click();
  await expect(frame.getByRole("main")).toContainText("Validation passed");
  // The frame's sandbox doesn't allow modals, which printing needs.
  await expect(frame.getByRole("checkbox")).toBeVisible();
  await expect(button(frame, "Print")).toHaveCount(0);
  await button(frame, "Create").click();
  await expect(status).toHaveText(/^Created, client ID [0-9a-f-]{36}\.$/);
  await fits(page);
  expect(words).toEqual([]);
});

test("pre-filled, fixed and hidden fields, and rules from both sides", async ({ page, hosts, words }) => {
  const prefill = { subscription: "3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01", resourceGroup: "RG1", region: "westeurope", name: "uami-one", tags: { Env: "prod" } };
  const script = `form.prefill = ${JSON.stringify(prefill)}; form.fixed = ["region", "isolationScope"]; form.hiddenFields = ["subscription", "later"];
    form.rules = { requiredTags: [{ name: "Env", values: ["test"] }] };`;
  await page.goto(hosts.put("/fixed", hostPage(APP, "", script)));
  const frame = framed(page);
  await expect(nameBox(frame)).toHaveValue("uami-one");
  await expect(box(frame, "Region")).toHaveValue("West Europe");
  await expect(box(frame, "Region")).toBeDisabled();
  await expect(box(frame, "Region")).toHaveAccessibleDescription(/The page that embeds this form sets this/);
  await expect(box(frame, "Subscription")).toHaveCount(0);
  await expect(box(frame, "Resource group")).toBeEnabled();
  await says(page, "changed", { values: prefill, valid: false });
  expect((await said(page, "changed")).at(-1)!.problems).toContainEqual({ field: "Tag value 1", blocks: true, message: expect.stringContaining("test") });
  // What was typed survives a reload of the host page with the same pre-filled values; other values replace it.
  await nameBox(frame).fill("uami-typed");
  await says(page, "changed", { values: { name: "uami-typed" } });
  await page.reload();
  await expect(nameBox(frame)).toHaveValue("uami-typed");
  await page.goto(hosts.put("/fixed", hostPage(APP, "", script.replace("uami-one", "uami-two"))));
  await expect(nameBox(frame)).toHaveValue("uami-two");
  await page.evaluate("form.prefill = { name: 'uami-three' }");
  await expect(nameBox(frame)).toHaveValue("uami-three");
  expect(words).toEqual([]);
});

test.describe("with rules of the deployment", () => {
  test.use({ config: { rules: { regions: ["eastus", "westus"], name: { pattern: "uami-.*", message: "Ours." } } } });

  test("a host can only add rules, and with invalid rules no form opens", async ({ page, hosts, words }) => {
    await page.goto(hosts.put("/adds", hostPage(APP, "", `form.rules = { regions: ["westus", "northeurope"], name: { pattern: ".*-x", message: "Theirs." } };`)));
    const frame = framed(page);
    await nameBox(frame).fill("y");
    await expect(nameBox(frame)).toHaveAccessibleDescription(/Ours\..*Theirs\./);
    await choose(frame, "Subscription", "Contoso Development");
    await box(frame, "Region").click();
    await expect(frame.getByRole("option", { name: "West US", exact: true })).toBeEnabled();
    await expect(frame.getByRole("option", { name: "East US", exact: true })).toBeDisabled();
    await page.goto(hosts.put("/bad", hostPage(APP, "", `form.rules = { region: ["westus"] };`)));
    await expect(framed(page).getByRole("main")).toContainText("rules.region is not a known setting");
    await expect(framed(page).getByRole("textbox")).toHaveCount(0);
    await says(page, "failed", { code: "bad-rules" });
    await page.goto(hosts.put("/pattern", hostPage(APP, "", `form.rules = { name: { pattern: "(?=x)x" } };`)));
    await expect(framed(page).getByRole("main")).toContainText("rules.name.pattern is (?=x)x, which can't be used");
    await expect(framed(page).getByRole("textbox")).toHaveCount(0);
    await says(page, "failed", { code: "bad-rules" });
    expect(words).toEqual([]);
  });
});

test("code only: the request is returned in six languages, and nothing is created", async ({ page, hosts, words }) => {
  await page.goto(hosts.put("/code", hostPage(APP, `mode="code"`)));
  const frame = framed(page);
  await choose(frame, "Subscription", "Contoso Development");
  await choose(frame, "Resource group", "RG1");
  await nameBox(frame).fill("uami-by-pull-request");
  await button(frame, "Review + create").click();
  await expect(frame.getByRole("main")).toContainText("Validation passed");
  await expect(button(frame, "Create")).toHaveCount(0);
  await button(frame, "Use this request").click();
  await expect(frame.getByText("The request for uami-by-pull-request was handed over.")).toBeVisible();
  await says(page, "validated", { values: { name: "uami-by-pull-request", resourceGroup: "RG1" } });
  const { code } = (await said(page, "validated")).at(-1)!;
  expect(Object.keys(code).sort()).toEqual(["arm-template", "azure-cli", "bicep", "powershell", "rest", "terraform"]);
  for (const { fileName, text } of Object.values<{ fileName: string; text: string }>(code)) {
    expect(fileName).toMatch(/\./);
    expect(text).toContain("uami-by-pull-request");
  }
  expect(await said(page, "created")).toEqual([]);
  // Other pages are not available.
  await frame.locator("body").evaluate(() => (location.hash = "#/identities"));
  await expect(frame.getByRole("heading", { level: 1 })).toHaveText("Create User Assigned Managed Identity");
  expect(words).toEqual([]);
});

test("theme and locale, initially and when changed", async ({ page, hosts, words }) => {
  const script = `form.theme = { name: "dark", "--accent": "#0b6a6a", "--page": "url(${"https://evil.example"})", "--no-token": "red" };`;
  await page.goto(hosts.put("/looks", hostPage(APP, "", script)));
  const frame = framed(page);
  const root = frame.locator("html");
  const token = (name: string) => root.evaluate((root, name) => getComputedStyle(root).getPropertyValue(name), name);
  await expect(nameBox(frame)).toBeVisible();
  await expect(root).toHaveAttribute("data-theme", "dark");
  expect([await token("--accent"), await token("--page"), await token("--no-token")]).toEqual(["#0b6a6a", "#1f1f1f", ""]);
  await says(page, "ignored", { count: 2 });
  await page.evaluate("form.theme = 'light'");
  await expect(root).toHaveAttribute("data-theme", "light");
  expect(await token("--accent")).toBe("#0f6cbd");
  await nameBox(frame).fill("uami-kept");
  await page.evaluate("form.locale = 'pseudo'");
  await expect(frame.getByRole("heading", { level: 1 })).toHaveText(/^\[/);
  await expect(frame.locator("#name")).toHaveValue("uami-kept");
  expect(words).toEqual([]);
});

test("several forms on a page have separate drafts", async ({ page, hosts, words }) => {
  const script = `const second = document.createElement("identity-portal"); second.setAttribute("src", form.getAttribute("src")); document.body.append(second);`;
  const address = hosts.put("/several", hostPage(APP, "", script));
  await page.goto(address);
  await nameBox(framed(page, 0)).fill("uami-first");
  await nameBox(framed(page, 1)).fill("uami-second");
  await says(page, "changed", { values: { name: "uami-first" } });
  await page.reload();
  await expect(nameBox(framed(page, 0))).toHaveValue("uami-first");
  await expect(nameBox(framed(page, 1))).toHaveValue("uami-second");
  expect(words).toEqual([]);
});

test("the focus moves in and out, and closing dispatches an event", async ({ page, hosts, words }) => {
  await page.goto(hosts.put("/focus", hostPage(APP)));
  const frame = framed(page);
  await expect(nameBox(frame)).toBeVisible();
  await page.evaluate("form.focus()");
  await expect(frame.getByRole("heading", { level: 1 })).toBeFocused();
  await page.locator("#before").focus();
  await page.keyboard.press("Tab");
  await expect(button(frame, "Close")).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(page.locator("#before")).toBeFocused();
  await button(frame, "Next : Tags >").focus();
  await page.keyboard.press("Tab");
  await expect(page.locator("#after")).toBeFocused();
  await button(frame, "Close").click();
  await says(page, "cancelled");
  expect(words).toEqual([]);
});

test("a removed element leaves nothing behind, and can be connected again", async ({ page, hosts, words }) => {
  await page.addInitScript(() => {
    const listening = new Set<unknown>();
    const { addEventListener, removeEventListener } = window;
    const all = window as unknown as Record<string, unknown>;
    all.listening = listening;
    all.addEventListener = function (kind: string, heard: EventListener, options: unknown) {
      if (kind === "message") listening.add(heard);
      return addEventListener.call(window, kind, heard, options as never);
    };
    all.removeEventListener = function (kind: string, heard: EventListener) {
      if (kind === "message") listening.delete(heard);
      return removeEventListener.call(window, kind, heard);
    };
  });
  await page.goto(hosts.put("/away", hostPage(APP)));
  await expect(nameBox(framed(page))).toBeVisible();
  expect(await page.evaluate("listening.size")).toBe(1);
  await page.evaluate("form.remove()");
  await expect(page.locator("iframe")).toHaveCount(0);
  expect(await page.evaluate("listening.size")).toBe(0);
  await expect.poll(() => page.frames().length).toBe(1);
  await page.evaluate("document.body.append(form)");
  await expect(nameBox(framed(page))).toBeVisible();
  await page.evaluate("form.destroy()");
  await expect(page.locator("iframe")).toHaveCount(0);
  expect(words).toEqual([]);
});

test("a src that is set late or corrected, and an element that moves", async ({ page, hosts, words }) => {
  await page.goto(hosts.put("/late", hostPage(APP, "", `form.remove(); form.removeAttribute("src"); document.body.append(form);`)));
  await expect(page.locator("iframe")).toHaveCount(0);
  await page.evaluate("form.setAttribute('src', 'mailto:nobody')");
  await says(page, "failed", { code: "bad-src" });
  await expect(page.locator("identity-portal").getByRole("alert")).toContainText("src has to be the address");
  await page.evaluate((app) => document.querySelector("identity-portal")!.setAttribute("src", app), APP);
  await nameBox(framed(page)).fill("uami-late");
  await expect(page.locator("identity-portal").getByRole("alert")).toHaveCount(0);
  await says(page, "changed", { values: { name: "uami-late" } });
  await page.evaluate("document.body.prepend(form)");
  await expect(nameBox(framed(page))).toHaveValue("uami-late");
  expect(words).toEqual([]);
});

test("a server that never answers is reported", async ({ page, context, hosts }) => {
  await context.route(`${APP}never`, () => new Promise(() => {}));
  await page.goto(hosts.put("/silence", hostPage(APP, "", `form.patience = 300; form.setAttribute("src", "${APP}never");`)), { waitUntil: "domcontentloaded" });
  await says(page, "failed", { code: "no-handshake" });
});

test("connecting and removing the element many times leaks no memory in the host", async ({ page, hosts }) => {
  await page.goto(hosts.put("/many", hostPage(APP)));
  await expect(nameBox(framed(page))).toBeVisible();
  const session = await page.context().newCDPSession(page);
  const counted = async () => {
    await session.send("HeapProfiler.collectGarbage");
    const { documents, nodes, jsEventListeners } = await session.send("Memory.getDOMCounters");
    return { documents, nodes, jsEventListeners };
  };
  const again = async (times: number) => {
    for (let time = 0; time < times; time += 1) {
      await page.evaluate(() => {
        const old = document.querySelector("identity-portal")!;
        const next = document.createElement("identity-portal");
        next.setAttribute("src", old.getAttribute("src")!);
        const ready = new Promise((resolve) => next.addEventListener("ready", resolve, { once: true }));
        old.replaceWith(next);
        return ready;
      });
    }
  };
  await page.evaluate("document.querySelectorAll('script').forEach((script) => script.remove())");
  // The page's own `form` and `events` keep a reference to the first element.
  await again(2);
  const before = await counted();
  await again(8);
  // The counts are the same as after the second element.
  await expect.poll(counted).toEqual(before);
});

test("a host with a strict policy", async ({ page, hosts, words }) => {
  const policy = `default-src 'none'; script-src ${new URL(APP).origin} 'nonce-own'; frame-src ${new URL(APP).origin}; require-trusted-types-for 'script'; trusted-types`;
  const body = hostPage(APP).replaceAll("<script>", `<script nonce="own">`);
  await page.goto(hosts.put("/strict", body, { "content-security-policy": policy }));
  await nameBox(framed(page)).fill("uami-strict");
  await says(page, "changed", { values: { name: "uami-strict" } });
  await fits(page);
  expect(words).toEqual([]);
});

test("a frame that reloads repeats the handshake", async ({ page, hosts }) => {
  await page.goto(hosts.put("/anew", hostPage(APP)));
  await nameBox(framed(page)).fill("uami-anew");
  await says(page, "changed", { values: { name: "uami-anew" } });
  await framed(page).locator("body").evaluate(() => location.reload());
  await expect.poll(async () => (await said(page, "ready")).length).toBe(2);
  await expect(nameBox(framed(page))).toHaveValue("uami-anew");
});

for (const [look, theme, width] of [["light", "light", 1100], ["dark", "dark", 1100], ["narrow", "light", 360]] as const) {
  test(`axe finds nothing in the embedded page, ${look}`, async ({ page, hosts }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(hosts.put(`/axe-${look}`, hostPage(APP, `theme="${theme}"`)));
    const frame = framed(page);
    await expect(frame.locator("html")).toHaveAttribute("data-theme", theme);
    await button(frame, "Review + create").click();
    await expect(frame.getByRole("alert")).toBeVisible();
    // From inside the frame: it is in another process, which axe doesn't always reach from the host page.
    const inside = page.frames().at(-1)!;
    await inside.evaluate(axe.source);
    for (const tab of ["Basics", "Tags", "Review + create"]) {
      await frame.getByRole("tab", { name: tab }).click();
      await expect(frame.getByRole("tabpanel", { name: tab })).toBeVisible();
      await fits(page);
      const { violations, passes } = await inside.evaluate((tags) => (globalThis as unknown as { axe: typeof axe }).axe.run(document, { runOnly: tags }), TAGS);
      expect(passes.length).toBeGreaterThan(10);
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    }
  });
}
