// The page starts under its policy, and no input from before the program runs is lost.
import { expect, test, type Page, type Route } from "@playwright/test";
import { button, choose, combobox, described, fillBasics, main, nameBox, open, openForm, review, standing, TRAINING } from "./pages";
import { BLOCKED } from "./watched";

const FORM = "./#/create/user-assigned-identity";
const name = (page: Page) => page.getByRole("textbox", { name: "Name", exact: true });
const started = (page: Page) => expect(page.locator("#program")).toBeVisible();

/** Holds a file back until the returned function is called. */
async function hold(page: Page, what = /\/app-[0-9a-f]{16}\.wasm$/) {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(what, async (route: Route) => {
    await released;
    await route.continue();
  });
  return release;
}

test("it opens without console messages and makes no requests to other origins", async ({ page, baseURL }) => {
  const words: string[] = [];
  page.on("console", (message) => BLOCKED.test(message.text()) || words.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => words.push(`error: ${error.message}`));
  const elsewhere: string[] = [];
  const twice = new Map<string, number>();
  page.on("request", (request) => {
    if (!request.url().startsWith(baseURL!)) elsewhere.push(request.url());
    twice.set(request.url(), (twice.get(request.url()) ?? 0) + 1);
  });
  const response = await page.goto(FORM);
  expect(response!.headers()["content-security-policy"]).toContain("require-trusted-types-for 'script'");
  await started(page);
  await expect(name(page)).toBeVisible();
  await expect(page.locator("#shell")).toHaveCount(0);
  expect(words).toEqual([]);
  expect(elsewhere).toEqual([]);
  expect([...twice].filter(([, count]) => count > 1)).toEqual([]);
});

test("text, caret and focus survive the start", async ({ page }) => {
  const release = await hold(page);
  await page.goto(FORM);
  await name(page).click();
  await page.keyboard.type("uami-early");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  release();
  await started(page);
  await expect(name(page)).toBeFocused();
  await expect(name(page)).toHaveValue("uami-early");
  await page.keyboard.type("X");
  await expect(name(page)).toHaveValue("uXami-early");
});

test("a name typed before the start is checked then, with the program's own messages and markup", async ({ page }) => {
  const notes = page.locator("#name-notes");
  for (const [typed, invalid] of [["-b", "true"], ["a b", "true"], ["a_long_name_for_virtual_machines", null]] as const) {
    const release = await hold(page);
    await page.goto("about:blank");
    await page.goto(FORM);
    await name(page).pressSequentially(typed);
    await expect(notes.locator(".note").first()).toBeVisible();
    await expect(page.locator("#shell")).toBeVisible();
    expect(await name(page).getAttribute("aria-invalid")).toBe(invalid);
    // Compares elements with their attributes in any order, and texts; comments are ignored.
    const markup = () =>
      notes.evaluate((element) => {
        const written = (node: Node): string[] => [
          node instanceof Element ? [node.localName, ...[...node.attributes].map(({ name, value }) => `${name}=${value}`).sort()].join(" ") : "",
          node instanceof Text ? node.data : "",
          ...[...node.childNodes].flatMap(written),
        ];
        return written(element).filter((text) => text !== "");
      });
    const early = await markup();
    release();
    await started(page);
    await expect(notes.locator(".note").first()).toBeVisible();
    expect(await markup()).toEqual(early);
    expect(await name(page).getAttribute("aria-invalid")).toBe(invalid);
    await page.evaluate(() => sessionStorage.clear());
    await page.unrouteAll({ behavior: "wait" });
  }
});

test("a name corrected before the start is no longer reported", async ({ page }) => {
  const release = await hold(page);
  await page.goto(FORM);
  await name(page).fill("-");
  await expect(name(page)).toHaveAttribute("aria-invalid", "true");
  await name(page).fill("uami-right");
  await expect(name(page)).not.toHaveAttribute("aria-invalid");
  await expect(page.locator("#name-notes .note")).toHaveCount(0);
  release();
  await started(page);
});

test("the program starts even if the first screen's check can't be fetched", async ({ page }) => {
  await page.route(/\/early-[0-9a-f]{16}\.(js|wasm)$/, (route) => route.abort());
  await page.goto(FORM);
  await started(page);
  await name(page).fill("-");
  await expect(name(page)).toHaveAttribute("aria-invalid", "true");
});

test("after a trap the page says so and keeps what was typed", async ({ page }) => {
  await page.goto(FORM);
  await started(page);
  await name(page).fill("uami-kept");
  await page.evaluate(() => {
    // (module (func (export "f") unreachable))
    const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11];
    const trap = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes))).exports.f as () => void;
    setTimeout(trap);
  });
  const alert = page.locator("#stopped");
  await expect(alert).toContainText("Something went wrong");
  await alert.getByRole("button", { name: "Try again" }).click();
  await started(page);
  await expect(name(page)).toHaveValue("uami-kept");
});

test("an input method's composition is not interrupted", async ({ page }) => {
  await page.addInitScript(() => addEventListener("identity-portal:ready", () => document.body.classList.add("ready"), { once: true }));
  const release = await hold(page);
  await page.goto(FORM);
  await name(page).click();
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
  release();
  await expect(page.locator("body.ready")).toHaveCount(1);
  await session.send("Input.imeSetComposition", { text: "にほ", selectionStart: 2, selectionEnd: 2 });
  await expect(page.locator("#shell")).toBeVisible();
  await session.send("Input.insertText", { text: "日本" });
  await started(page);
  await expect(name(page)).toBeFocused();
  await expect(name(page)).toHaveValue("日本");
});

test("a press before the start takes effect after it", async ({ page }) => {
  const release = await hold(page);
  await page.goto(FORM);
  await page.getByRole("tab", { name: "Tags" }).click();
  release();
  await started(page);
  await expect(page.getByRole("tab", { name: "Tags" })).toHaveAttribute("aria-selected", "true");
});

test("a press before the start counts only until the person goes on elsewhere", async ({ page }) => {
  const release = await hold(page);
  await page.goto(FORM);
  await combobox(page, "Region").click();
  await name(page).click();
  await page.keyboard.type("uami-");
  release();
  await started(page);
  await expect(name(page)).toBeFocused();
  await page.keyboard.type("here");
  await expect(name(page)).toHaveValue("uami-here");
  await expect(combobox(page, "Region")).toHaveAttribute("aria-expanded", "false");
});

test("what is typed before the start survives a reload before it", async ({ page }) => {
  const release = await hold(page);
  await page.goto(FORM);
  await name(page).fill("uami-early");
  await page.reload();
  await expect(name(page)).toHaveValue("uami-early");
  release();
  await started(page);
  await expect(name(page)).toHaveValue("uami-early");
});

test("a reload on another tab doesn't show the fields of the first one", async ({ page }) => {
  await page.goto(FORM);
  await started(page);
  await name(page).fill("uami-tags");
  await page.getByRole("tab", { name: "Tags" }).click();
  const release = await hold(page);
  await page.reload();
  await expect(page.locator("#shell")).toBeHidden();
  release();
  await started(page);
  await expect(page.getByRole("tab", { name: "Tags" })).toHaveAttribute("aria-selected", "true");
});

test("a menu that swallows the release does not hold up the start", async ({ page }) => {
  const release = await hold(page);
  await page.goto(FORM);
  await name(page).hover();
  await page.mouse.down({ button: "right" });
  release();
  await started(page);
});

test("a broken copy of a part in the browser's cache is fetched anew", async ({ page }) => {
  const part = /\/pages-[0-9a-f]{16}\.wasm$/;
  // Where requests are intercepted, the browser's cache is off: what matters is how the page fetches.
  await page.addInitScript(() => {
    const { fetch } = globalThis;
    globalThis.fetch = (...asked) => {
      if (/\/pages-[0-9a-f]{16}\.wasm$/.test(String(asked[0]))) document.body.dataset.caches = [document.body.dataset.caches, asked[1]?.cache].join(" ");
      return fetch(...asked);
    };
  });
  await page.goto(FORM);
  await started(page);
  await page.route(part, (route) => route.fulfill({ contentType: "application/wasm", body: "not what the page expects" }), { times: 1 });
  await page.evaluate(() => (location.hash = "#/create"));
  await button(page.getByRole("alert"), "Try again").click();
  await expect(page.getByRole("heading", { level: 1, name: "Create a resource" })).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(page.locator("body")).toHaveAttribute("data-caches", " default reload");
});

test("a press that is still held as the program is ready takes effect", async ({ page }) => {
  await page.addInitScript(() => addEventListener("identity-portal:ready", () => document.body.classList.add("ready"), { once: true }));
  const release = await hold(page);
  await page.goto(FORM);
  await page.getByRole("tab", { name: "Tags" }).hover();
  await page.mouse.down();
  release();
  await expect(page.locator("body.ready")).toHaveCount(1);
  await expect(page.locator("#shell")).toBeVisible();
  await page.mouse.up();
  await started(page);
  await expect(page.getByRole("tab", { name: "Tags" })).toHaveAttribute("aria-selected", "true");
});

test("the first screen is drawn with nothing but the page itself", async ({ page }) => {
  await page.route(/\.(js|css|wasm|json|svg)$/, () => {}); // Never answered.
  await page.goto(FORM, { waitUntil: "commit" });
  await expect(name(page)).toBeVisible();
  const shown = await page.evaluate(() => ({
    space: getComputedStyle(document.documentElement).getPropertyValue("--space"),
    unstarted: getComputedStyle(document.getElementById("unstarted")!).visibility,
  }));
  expect(shown).toEqual({ space: "4px", unstarted: "hidden" });
  await name(page).fill("uami-early");
  await expect(name(page)).toHaveValue("uami-early");
});

test("with the policy of a version that had nothing in its page, the page works", async ({ page }) => {
  await page.route("./", async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    const policy = headers["content-security-policy"].replace(/ 'sha256-[^']+'/g, "");
    expect(policy).not.toEqual(headers["content-security-policy"]);
    await route.fulfill({ response, headers: { ...headers, "content-security-policy": policy } });
  });
  await page.addInitScript(() => localStorage.setItem("identity-portal:theme", "dark"));
  const release = await hold(page);
  await page.goto(FORM);
  await expect(name(page)).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator("html")).toHaveCSS("--space", "4px");
  await name(page).fill("uami-early");
  release();
  await started(page);
  await expect(name(page)).toHaveValue("uami-early");
});

test("what the form needs before its data is fetched before the program asks for it", async ({ page }) => {
  const asked = ["shared", "azure", "sandbox"].map((part) => page.waitForRequest((request) => request.url().includes(`/${part}-`)));
  const release = await hold(page);
  await page.goto(FORM);
  await Promise.all(asked);
  await expect(page.locator("#program")).toHaveCount(0);
  release();
  await started(page);
});

test("other addresses do not show the form first", async ({ page }) => {
  const release = await hold(page);
  await page.goto("./#/identities");
  await expect(page.locator("#shell")).toBeHidden();
  release();
  await started(page);
});

test("if the program can't be fetched, the page says so and keeps what was typed", async ({ page }) => {
  await page.route(/\/app-[0-9a-f]{16}\.wasm$/, (route) => route.abort());
  await page.goto(FORM);
  await name(page).fill("uami-kept");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("did not load");
  await page.unroute(/\/app-[0-9a-f]{16}\.wasm$/);
  await alert.getByRole("button", { name: "Try again" }).click();
  await started(page);
  await expect(name(page)).toHaveValue("uami-kept");
});

test("a script that was modified in transit is not run", async ({ page }) => {
  await page.route(/\/app-[0-9a-f]{16}\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()) + "\n" });
  });
  await page.goto(FORM);
  await expect(page.getByRole("alert")).toContainText("did not load");
  await expect(page.locator("#program")).toHaveCount(0);
});

test("without WebAssembly the page says what is missing", async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, "WebAssembly"));
  await page.goto(FORM);
  await expect(page.getByRole("alert")).toContainText("WebAssembly");
});

test("a policy that forbids WebAssembly is reported", async ({ page }) => {
  await page.route("./", async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    headers["content-security-policy"] = headers["content-security-policy"].replace(" 'wasm-unsafe-eval'", "");
    await route.fulfill({ response, headers });
  });
  await page.goto(FORM);
  await expect(page.getByRole("alert")).toContainText("wasm-unsafe-eval");
});

test("if a script is blocked, the page says so", async ({ page }) => {
  const boot = /\/boot-[0-9a-f]{16}\.js$/;
  await page.route(boot, (route) => route.abort());
  await page.goto(FORM);
  const told = page.locator("#unstarted");
  await expect(told).toBeVisible();
  await expect(told).toContainText("Its script was blocked or did not arrive, or your browser is too old");
  await page.unroute(boot);
  await page.reload();
  await started(page);
  await expect(told).toHaveCount(0);
});

test("if a policy forbids every script, the page says so", async ({ page }) => {
  await page.route("./", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": "default-src 'self'; script-src 'none'" } });
  });
  await page.goto(FORM);
  await expect(page.locator("#unstarted")).toBeVisible();
});

test("in a browser that is too old for the program, the page says so", async ({ page }) => {
  // Like a browser that lacks an instruction that the program uses.
  await page.addInitScript(() => {
    const fail = async () => Promise.reject(new WebAssembly.CompileError("invalid opcode"));
    WebAssembly.instantiateStreaming = fail;
    WebAssembly.instantiate = fail;
  });
  await page.goto(FORM);
  await expect(page.getByRole("alert")).toContainText("update your browser");
});

test("a tab from before an upgrade says that there is a new version, and keeps what was typed", async ({ page, baseURL }) => {
  const parts = /\/(?!app-)[a-z_]+-[0-9a-f]{16}\.wasm$/;
  await page.goto(FORM);
  await started(page);
  await name(page).fill("uami-kept");
  // The old version's files are gone, and the page refers to others.
  await page.route(parts, (route) => route.fulfill({ status: 404, body: "Not found" }));
  const index = await (await page.request.get(baseURL!)).text();
  await page.route(baseURL!, (route) => route.fulfill({ contentType: "text/html", body: index.replace(/app-[0-9a-f]{16}\.js/g, "app-00000000000000aa.js") }));
  await page.evaluate(() => (location.hash = "#/create"));
  await expect(page.getByRole("alert")).toContainText("did not load");
  const news = page.getByRole("status").filter({ hasText: "There is a new version of this page" });
  await expect(news).toBeVisible();
  await page.unrouteAll({ behavior: "wait" });
  await news.getByRole("button", { name: "Reload" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Create a resource" })).toBeVisible();
  await page.goto(FORM);
  await expect(name(page)).toHaveValue("uami-kept");
});

test("lists whose part can't be fetched load on the next try", async ({ page }) => {
  const parts = /\/(?!app-)[a-z_]+-[0-9a-f]{16}\.wasm$/;
  await page.route(parts, (route) => route.abort());
  await page.goto(FORM);
  await started(page);
  await page.getByRole("combobox", { name: "Subscription" }).click();
  await expect(page.getByRole("option", { name: "Try again" })).toBeVisible();
  await page.unroute(parts);
  await page.getByRole("option", { name: "Try again" }).click();
  await expect(page.getByRole("option", { name: "Contoso Development" })).toBeVisible();
});

test("lists whose part can't be fetched say so under the field, and load when the network is back", async ({ page }) => {
  const parts = /\/(?!app-)[a-z_]+-[0-9a-f]{16}\.wasm$/;
  await page.route(parts, (route) => route.abort());
  await page.goto(FORM);
  await started(page);
  const box = page.getByRole("combobox", { name: "Subscription" });
  await expect(box).toHaveAccessibleDescription(/did not load/);
  await page.unroute(parts);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect(box).not.toHaveAccessibleDescription(/did not load/);
  await box.click();
  await expect(page.getByRole("option", { name: "Contoso Development" })).toBeVisible();
});

test("a part that can't be fetched shows an error and loads on the next try", async ({ page }) => {
  const parts = /\/(?!app-)[a-z_]+-[0-9a-f]{16}\.wasm$/;
  await page.goto(FORM);
  await started(page);
  await page.route(parts, (route) => route.abort());
  await page.evaluate(() => (location.hash = "#/create"));
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("did not load");
  await page.unroute(parts);
  const fetched = page.waitForResponse((response) => parts.test(response.url()) && response.ok());
  await alert.getByRole("button", { name: "Try again" }).click();
  await fetched;
  await expect(alert).toHaveCount(0);
});

test("a deployment whose engine can't be fetched says so and resumes on the next try, also after a reload", async ({ page }) => {
  const engine = /\/deploy-[0-9a-f]{16}\.wasm$/;
  await page.route(engine, (route) => route.abort());
  await openForm(page);
  await fillBasics(page, TRAINING);
  await review(page, "A part of this page could not be loaded.");
  await page.unroute(engine);
  await button(page.getByRole("alert"), "Try again").click();
  await expect(main(page)).toContainText("Validation passed");
  await button(page, "Create").click();
  await expect(standing(page, "Your deployment is under way")).toBeVisible();
  // Every request waits for the engine now, since the running deployment has to advance first.
  const fetched = page.waitForResponse((response) => engine.test(response.url()) && response.ok());
  await page.reload();
  await fetched;
  await expect(standing(page, "Your deployment is complete")).toBeVisible({ timeout: 20_000 });
});

test("the form's lists and checks need no handlers; if these can't be fetched, the review says so and resumes on the next try", async ({ page }) => {
  const handlers = /\/handlers-[0-9a-f]{16}\.wasm$/;
  let fetches = 0;
  await page.route(handlers, (route) => {
    fetches += 1;
    return route.abort();
  });
  await openForm(page);
  await fillBasics(page, { ...TRAINING, group: "rg-finance-ledger" });
  await described(combobox(page, "Resource group"), "The lock “books-closed” makes this read-only.");
  // Selected first: once the policy has loaded, the region can no longer be selected.
  await choose(page, "Region", "East US");
  await choose(page, "Resource group", "rg-europe-only");
  await described(combobox(page, "Region"), /(The policy .* requires one of|Blocked by the policy)/);
  await fillBasics(page, { group: TRAINING.group, name: "uami-existing" });
  await described(nameBox(page), "An identity with this name already exists in this resource group.");
  expect(fetches).toBe(0);
  await nameBox(page).fill(TRAINING.name!);
  await review(page, "A part of this page could not be loaded.");
  expect(fetches).toBeGreaterThan(0);
  await page.unroute(handlers);
  await button(page.getByRole("alert"), "Try again").click();
  await expect(main(page)).toContainText("Validation passed");
});

test("a link to a page of what exists fetches the handlers, also on the next try", async ({ page }) => {
  const handlers = /\/handlers-[0-9a-f]{16}\.wasm$/;
  await page.route(handlers, (route) => route.abort());
  await open(page, "#/identities");
  await expect(main(page)).toContainText("Couldn't load these subscriptions");
  await page.unroute(handlers);
  const fetched = page.waitForResponse((response) => handlers.test(response.url()) && response.ok());
  await button(main(page), "Refresh").click();
  await fetched;
  await expect(page.getByRole("link", { name: "uami-existing" })).toBeVisible();
});
