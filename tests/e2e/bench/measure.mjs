// Measures the served site in a real browser and prints a table. `cargo xtask bench` builds, serves and calls this.
//
// Every figure is a median over RUNS new browser contexts; latencies are over KEYS keys. Absolute times vary with the
// machine: compare two builds alternately, in one session.
import { readFileSync, statSync } from "node:fs";
import { createServer, request } from "node:http";
import { chromium } from "@playwright/test";

const SITE = process.env.IDENTITY_PORTAL_URL ?? "http://localhost:8080/";
const RUNS = Number(process.env.BENCH_RUNS ?? 7);
const KEYS = Number(process.env.BENCH_KEYS ?? 60);
const FORM = "#/create/user-assigned-identity";
const SUBSCRIPTION = "Contoso Development";

const THROTTLED = { name: "throttled", latency: 150, throughput: 1_600_000 / 8, cpu: 4 };
const PLAIN = { name: "here", cpu: 1 };

const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
const quantile = (numbers, q) => sorted(numbers)[Math.min(numbers.length - 1, Math.floor(numbers.length * q))];
const median = (numbers) => quantile(numbers, 0.5);
const ms = (number) => `${number.toFixed(number < 20 ? 1 : 0)} ms`;
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

// Runs in the page: types a letter into Name repeatedly from the moment the field exists (the driver would add latency), until
// its note appears; and measures how long the main thread was blocked.
function watchStart() {
  globalThis.bench = { blocked: 0, message: 0 };
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) globalThis.bench.blocked += Math.max(0, task.duration - 50);
  }).observe({ type: "longtask", buffered: true });
  const typing = setInterval(() => {
    const name = document.querySelector("#name");
    if (!name) return;
    name.value = "a";
    name.dispatchEvent(new InputEvent("input", { bubbles: true }));
    if (!document.querySelector("#name-notes p")) return;
    globalThis.bench.message = performance.now();
    clearInterval(typing);
  }, 4);
}

async function open(setting, query = "") {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const session = await context.newCDPSession(page);
  const wire = { bytes: 0, requests: 0 };
  session.on("Network.requestWillBeSent", ({ request }) => (wire.requests += request.url.startsWith("http") ? 1 : 0));
  session.on("Network.loadingFinished", ({ encodedDataLength }) => (wire.bytes += encodedDataLength));
  await session.send("Network.enable");
  if (setting.latency) {
    await session.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: setting.latency,
      downloadThroughput: setting.throughput,
      uploadThroughput: setting.throughput,
    });
  }
  await session.send("Emulation.setCPUThrottlingRate", { rate: setting.cpu });
  await page.addInitScript(watchStart);
  await page.goto(`${SITE}${query}${FORM}`, { waitUntil: "commit" });
  return { context, page, session, wire };
}

/** The form is usable once a letter in Name gets its message. */
async function start(setting) {
  const { context, page, wire } = await open(setting);
  await page.waitForFunction(() => globalThis.bench.message > 0);
  const atUsable = { ...wire };
  // The program replaces the first screen; then the form's initial requests complete.
  await page.waitForFunction(() => performance.getEntriesByName("program-ready").length > 0);
  await page.waitForLoadState("networkidle");
  const figures = await page.evaluate(() => ({
    paint: performance.getEntriesByName("first-paint")[0]?.startTime ?? 0,
    ready: performance.getEntriesByName("program-ready")[0]?.startTime ?? 0,
    ...globalThis.bench,
  }));
  await context.close();
  return { ...figures, ...atUsable, resting: wire.bytes };
}

/** The second visit with the server stopped: only what the first visit cached can answer. */
async function offline() {
  const { port } = new URL(SITE);
  const between = createServer((asked, answer) => {
    const onward = request({ port, host: "localhost", path: asked.url, headers: asked.headers }, (given) => {
      answer.writeHead(given.statusCode, given.headers);
      given.pipe(answer);
    });
    onward.end();
  });
  await new Promise((resolve) => between.listen(0, "localhost", resolve));
  const site = `http://localhost:${between.address().port}/`;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const first = await context.newPage();
  await first.goto(`${site}${FORM}`);
  await first.evaluate(async () => void (await navigator.serviceWorker.ready));
  await first.close();
  between.close();
  between.closeAllConnections();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.addInitScript(watchStart);
  await page.goto(`${site}${FORM}`, { waitUntil: "commit" });
  await page.waitForFunction(() => globalThis.bench.message > 0);
  const time = await page.evaluate(() => globalThis.bench.message);
  await context.close();
  return time;
}

/** The times from each event on `target` to the next mutation under `watched`, without painting. */
async function latencies(page, target, watched, type, act, times) {
  const found = [];
  for (let index = 0; index < times; index += 1) {
    await page.evaluate(
      ({ target, watched, type }) => {
        globalThis.latency = new Promise((resolve, reject) => {
          setTimeout(() => reject(new Error(`nothing changed under ${watched} after ${type}`)), 10_000);
          document.querySelector(target).addEventListener(
            type,
            () => {
              const begun = performance.now();
              const observer = new MutationObserver(() => {
                observer.disconnect();
                resolve(performance.now() - begun);
              });
              observer.observe(document.querySelector(watched), { childList: true, subtree: true, characterData: true });
            },
            { once: true, capture: true },
          );
        });
      },
      { target, watched, type },
    );
    await act(index);
    found.push(await page.evaluate(() => globalThis.latency));
  }
  return found;
}

async function choose(page, id, text) {
  await page.locator(id).fill(text);
  await page.getByRole("option", { name: text, exact: true }).click();
}

async function keys() {
  const { context, page } = await open(PLAIN);
  await page.waitForFunction(() => performance.getEntriesByName("program-ready").length > 0);
  await choose(page, "#subscription", SUBSCRIPTION);
  await page.locator("#name").fill("ab");
  // Each key changes the message: too short, or an invalid character.
  const found = await latencies(page, "#name", "#name-notes", "input", (index) => page.keyboard.press(index % 2 ? "Backspace" : "."), KEYS);
  await context.close();
  return found;
}

async function privateMemory(page) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const sizes = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => {
      try {
        const lines = readFileSync(`/proc/${id}/smaps_rollup`, "utf8").match(/^Private_(Clean|Dirty):\s+(\d+)/gm) ?? [];
        return lines.reduce((sum, line) => sum + Number(line.match(/\d+/)[0]) * 1024, 0);
      } catch {
        return 0; // Not Linux, or the process has exited.
      }
    });
  return Math.max(0, ...sizes);
}

async function large() {
  const { context, page, session } = await open(PLAIN, "?sim=large");
  await page.waitForFunction(() => performance.getEntriesByName("program-ready").length > 0);
  await choose(page, "#subscription", SUBSCRIPTION);
  await page.locator("#resource-group").click();
  await page.getByRole("option").first().waitFor();
  // The last page has loaded when the last group can be found.
  await page.locator("#resource-group").fill("rg-contoso-09999");
  await page.getByRole("option", { name: "rg-contoso-09999" }).waitFor({ timeout: 60_000 });
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.locator("#name").focus();
  const popup = ".combobox:has(#resource-group)";
  const opens = [];
  for (let index = 0; index < 8; index += 1) {
    const [time] = await latencies(page, "#resource-group", popup, "click", () => page.locator("#resource-group").click(), 1);
    opens.push(time);
    await page.keyboard.press("Escape");
    await page.locator("#name").focus();
  }
  await page.locator("#resource-group").click();
  const filters = await latencies(page, "#resource-group", popup, "input", (index) => page.keyboard.press(index % 2 ? "Backspace" : "5"), KEYS);
  await page.keyboard.press("Escape");
  await session.send("HeapProfiler.enable");
  await session.send("HeapProfiler.collectGarbage");
  const memory = await privateMemory(page);
  await context.close();
  return { first: opens[0], later: opens.slice(1), filters, memory };
}

/** The transferred bytes of the whole journey, including the code panel. */
async function journey() {
  const { context, page, wire } = await open(PLAIN);
  await page.waitForFunction(() => performance.getEntriesByName("program-ready").length > 0);
  await page.getByRole("button", { name: "Code", exact: true }).click();
  await page.getByRole("tab", { name: "Bicep" }).click();
  await choose(page, "#subscription", SUBSCRIPTION);
  await choose(page, "#resource-group", "RG1");
  await page.locator("#name").fill("uami-apl2003");
  await page.getByRole("tab", { name: "Tags" }).click();
  await page.getByRole("combobox", { name: "Tag name 1" }).fill("Env");
  await page.getByRole("tab", { name: "Review + create" }).click();
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.getByRole("button", { name: "Go to resource" }).or(page.getByRole("link", { name: "Go to resource" })).click({ timeout: 60_000 });
  await page.getByText("Client ID").first().waitFor();
  const total = { ...wire };
  await context.close();
  return total;
}

/** The pre-checks of what is typed: permissions, locks, policies, and whether the name is taken. */
const PRECHECKS = /\/(permissions|locks|checkPolicyRestrictions|userAssignedIdentities\/)/;

/** A signed-in start in Live with a stored draft: its ARM requests until subscriptions, groups and regions have loaded. */
async function live({ app, arm }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(`${app}${FORM}`);
  await page.getByRole("button", { name: "Sign in" }).first().click();
  await page.getByRole("button", { name: "Ada Lovelace" }).click();
  await page.waitForFunction(() => performance.getEntriesByName("program-ready").length > 0);
  await choose(page, "#subscription", SUBSCRIPTION);
  await choose(page, "#resource-group", "RG1");
  await page.waitForLoadState("networkidle");
  const session = await context.newCDPSession(page);
  const asked = { lists: [], beforehand: 0, preflights: 0 };
  session.on("Network.requestWillBeSent", ({ request, type, timestamp }) => {
    if (!request.url.startsWith(arm)) return;
    if (type === "Preflight" || request.method === "OPTIONS") asked.preflights += 1;
    else if (PRECHECKS.test(request.url)) asked.beforehand += 1;
    else asked.lists.push(timestamp);
  });
  await session.send("Network.enable");
  await page.reload();
  // The region's display name appears once the regions have loaded; the groups have loaded by then.
  await page.waitForFunction(() => document.querySelector("#region")?.value === "East US" && document.querySelector("#program"));
  const time = await page.evaluate(() => performance.now());
  await page.waitForLoadState("networkidle");
  await context.close();
  return { time, ...asked };
}

/** A long list on "Check what you have": from the paste to the summary, including the pause for further keystrokes. */
async function checkOfMany() {
  const { context, page } = await open(PLAIN);
  await page.waitForFunction(() => performance.getEntriesByName("program-ready").length > 0);
  await page.evaluate(() => (location.hash = "#/check"));
  await page.locator("#check-text").waitFor();
  const time = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const lines = ["name,resourceGroup,region,tag.Env", ...Array.from({ length: 10_000 }, (_, at) => `${at % 10 ? `uami-${at}` : "x"},RG${at % 100},eastus,prod`)];
        const area = document.querySelector("#check-text");
        const said = document.querySelector(".check-counted");
        area.value = lines.join("\r\n");
        const begun = performance.now();
        new MutationObserver(() => said.textContent.includes("10000") && resolve(performance.now() - begun)).observe(said, { childList: true, subtree: true, characterData: true });
        area.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }),
  );
  await context.close();
  return time;
}

const rows = [];
const row = (what, figure, limit) => {
  rows.push([what, figure, limit]);
  console.error(`· ${what}: ${figure}`);
};

for (const setting of [THROTTLED, PLAIN]) {
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(await start(setting));
  const of = (name) => median(runs.map((run) => run[name]));
  // On a slow network the message comes before later downloads.
  if (setting === THROTTLED) {
    row("wire until Name is usable, throttled", `${kB(of("bytes"))}, ${of("requests")} requests`, "110 kB");
    row("wire until the form rests, lists included", kB(of("resting")), "");
  }
  row(`first paint, ${setting.name}`, ms(of("paint")), setting === THROTTLED ? "600 ms" : "");
  row(`Name is usable, ${setting.name}`, ms(of("message")), setting === THROTTLED ? "1,100 ms" : "200 ms");
  row(`the whole form is live, ${setting.name}`, ms(of("ready")), "");
  row(`total blocking time, ${setting.name}`, ms(of("blocked")), setting === THROTTLED ? "100 ms" : "30 ms");
}
const kept = [];
for (let run = 0; run < RUNS; run += 1) kept.push(await offline());
row("second visit, server gone, CPU 4x: Name is usable", ms(median(kept)), "700 ms");
const single = process.env.IDENTITY_PORTAL_FILE;
if (single) row("the single file", kB(statSync(single).size), "1,500 kB");
const pressed = await keys();
row("key in Name to its message, median / p95", `${ms(median(pressed))} / ${ms(quantile(pressed, 0.95))}`, "2 / 4 ms");
const many = [];
for (let run = 0; run < Math.min(RUNS, 3); run += 1) many.push(await large());
row("10,000 groups: first open", ms(median(many.map((run) => run.first))), "15 ms");
row("10,000 groups: later opens", ms(median(many.flatMap((run) => run.later))), "8 ms");
const filters = many.flatMap((run) => run.filters);
row("10,000 groups: filter key, median / p95", `${ms(median(filters))} / ${ms(quantile(filters, 0.95))}`, "8 / 16 ms");
row("renderer's private memory, form with 10,000 groups", `${(median(many.map((run) => run.memory)) / 1e6).toFixed(1)} MB`, "40 MB");
const checked = [];
for (let run = 0; run < Math.min(RUNS, 3); run += 1) checked.push(await checkOfMany());
row("10,000 rows of CSV checked in the page, from the paste", ms(median(checked)), "1,000 ms");
const whole = await journey();
row("wire of a whole journey in Preview, code panel included", `${kB(whole.bytes)}, ${whole.requests} requests`, "220 kB");
const embed = await fetch(new URL("embed.js", SITE), { headers: { "accept-encoding": "br" } });
row("embed.js, which a page with the form in it loads", kB(Number(embed.headers.get("content-length"))), "4 kB");

const cloud = JSON.parse(process.env.IDENTITY_PORTAL_LIVE ?? "null");
if (cloud) {
  const starts = [];
  for (let run = 0; run < Math.min(RUNS, 3); run += 1) starts.push(await live(cloud));
  const of = (name) => median(starts.map((start) => start[name]));
  row("Live: signed-in start to a form with its lists", ms(of("time")), "");
  row("Live: ARM requests of it; asked beforehand; CORS preflights", `${median(starts.map(({ lists }) => lists.length))}; ${of("beforehand")}; ${of("preflights")}`, "6; -; -");
}

await browser.close();
const widths = [0, 1, 2].map((column) => Math.max(...rows.map((cells) => cells[column].length)));
for (const cells of rows) console.log(cells.map((cell, column) => cell.padEnd(widths[column])).join("  ").trimEnd());
