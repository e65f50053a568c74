// Malicious or broken host pages: their messages are ignored, they see no personal data, and the page keeps
// working. The messages are generated from a seed, so that failures are reproducible.
import type { Page } from "@playwright/test";
import { APP, expect, framed, hostPage, said, says, test } from "./embed";

const TIMES = 220;

/** Runs in a page: almost valid messages, by number. `good` is a valid message to corrupt. */
const hostile = String.raw`
const random = (seed) => () => ((seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32);
function hostile(number, good) {
  const next = random(number + 1), at = Math.floor(next() * good.length);
  const other = (change) => JSON.stringify({ ...JSON.parse(good), ...change });
  const kinds = [
    () => good.slice(0, at),
    () => good + good,
    () => good.slice(0, at) + "\u0000" + good.slice(at),
    () => other({ protocol: "identity-portal/" + (2 + number), kind: "Focus" }),
    () => other({ protocol: ["identity-portal/1"], kind: ["focus"] }),
    () => other({ kind: "knock", nonce: crypto.randomUUID() }),
    () => other({ kind: "hello", nonce: crypto.randomUUID(), options: { mode: "code" } }),
    () => '{"__proto__":{"protocol":"identity-portal/1","kind":"focus","admin":true}}',
    () => '{"constructor":{"prototype":{"kind":"focus"}},"toString":"x"}',
    () => other({ kind: "constructor", nonce: "__proto__" }),
    () => "x".repeat(1 << 20),
    () => other({ kind: "prefill", values: { name: "x".repeat(1 << 20) } }),
    () => "[".repeat(1000 + number),
    () => '{"kind":' + "[".repeat(50) + "]".repeat(50) + "}",
    () => ({ protocol: "identity-portal/1", kind: "focus", nonce: good }),
    () => [good, good],
    () => number,
    () => null,
    () => undefined,
    () => new ArrayBuffer(1 << 16),
    () => new Map([["kind", "focus"]]),
    () => new Date(number),
    () => '{"kind":"token","id":"' + number + '","token":"stolen"}',
    () => '{"kind":"token","id":' + (1e6 + number) + ',"token":"nobody asked"}',
    () => '{"kind":"prefill","values":{"tags":[' + number + "]}}",
    () => '{"kind":"created","id":"' + number + '"}',
    () => "<img src=x onerror=alert(1)>",
  ];
  return kinds[number % kinds.length]();
}`;

/** Sends all of them to the frame, from the host's window and from another frame inside it. */
const pelt = (page: Page, good: string) =>
  page.evaluate(
    ([good, times, code]) => {
      const make = new Function(`${code}; return hostile;`)() as (number: number, good: string) => unknown;
      const frame = document.querySelector("identity-portal")?.shadowRoot?.querySelector("iframe") ?? document.querySelector("iframe");
      for (let number = 0; number < times; number += 1) frame!.contentWindow!.postMessage(make(number, good), "*");
    },
    [good, TIMES, hostile] as const,
  );

const HELLO = (nonce: string) => JSON.stringify({ protocol: "identity-portal/1", kind: "hello", nonce, options: {} });
const ignored = (page: Page) => page.frames().at(-1)!.evaluate(() => Number(document.documentElement.dataset.ignored ?? 0));

test.describe("a host that is not allowed", () => {
  test.use({ config: { embed: { allowedOrigins: ["https://portal.example"] } } });

  test("sees only a link, whatever it sends", async ({ page, hosts }) => {
    await page.addInitScript(() => {
      for (const name of ["getItem", "setItem"] as const) {
        Storage.prototype[name] = function () {
          (globalThis as unknown as { touched: boolean }).touched = true;
          return null;
        } as never;
      }
    });
    // A plain frame, as for clickjacking.
    const frameOf = `<!doctype html><html lang="en"><title>x</title><iframe src="${APP}#/create/user-assigned-identity" width="900" height="700" style="opacity:.01"></iframe>`;
    await page.goto(hosts.put("/jacking", frameOf));
    const frame = page.frameLocator("iframe");
    await expect(frame.getByRole("link", { name: "Open in a new tab" })).toBeVisible();
    await pelt(page, HELLO("00000000-0000-4000-8000-000000000000"));
    await expect.poll(() => ignored(page)).toBe(TIMES);
    await expect(frame.getByRole("link", { name: "Open in a new tab" })).toHaveAttribute("href", `${APP}#/create/user-assigned-identity`);
    await expect(frame.locator("button:visible, input:visible")).toHaveCount(0);
    expect(await page.frames().at(-1)!.evaluate("globalThis.touched")).toBeUndefined();
  });

  test("gets no answer through the element, which reports that", async ({ page, hosts }) => {
    await page.goto(hosts.put("/unknown", hostPage(APP, "", "form.patience = 300;")));
    await expect(page.getByRole("alert")).toContainText("embed.allowedOrigins");
    await says(page, "failed", { code: "no-handshake" });
    expect(await said(page, "ready")).toEqual([]);
  });
});

test("a page that frames it and never answers", async ({ page, hosts }) => {
  await page.goto(hosts.put("/silent", `<!doctype html><html lang="en"><title>x</title><iframe src="${APP}" width="900" height="700"></iframe>`));
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("status")).toHaveText("Waiting for the page that embeds this one.");
  await expect(frame.getByText("doesn't answer")).toBeVisible();
  await expect(frame.getByRole("link", { name: "Open in a new tab" })).toBeVisible();
  await expect(frame.getByRole("textbox")).toHaveCount(0);
});

test("a known host's other messages are ignored and counted", async ({ page, hosts }) => {
  await page.goto(hosts.put("/pelts", hostPage(APP, "", "form.prefill = { name: 'uami-mine' };")));
  const name = framed(page).getByRole("textbox", { name: "Name", exact: true });
  await expect(name).toHaveValue("uami-mine");
  await says(page, "ready");
  await pelt(page, HELLO("00000000-0000-4000-8000-000000000000"));
  await expect.poll(() => page.evaluate("form.ignored.there")).toBe(TIMES);
  await expect(name).toHaveValue("uami-mine");
  expect((await said(page, "ready")).length).toBe(1);
  expect(await page.frames().at(-1)!.evaluate("({}).admin")).toBeUndefined();
});

test("messages through the port are validated too, and a flood blocks the port for a moment", async ({ page, hosts }) => {
  // A host without the element: it does the handshake itself, and replays messages.
  const script = `<!doctype html><html lang="en"><title>x</title><iframe src="${APP}#/create/user-assigned-identity" width="900" height="700"></iframe><script>
    ${hostile}
    const heard = [];
    let port, hello;
    addEventListener("message", ({ data, source, origin }) => {
      const channel = new MessageChannel();
      port ??= channel.port1;
      channel.port1.onmessage = ({ data }) => heard.push(JSON.parse(data));
      hello = JSON.stringify({ protocol: "identity-portal/1", kind: "hello", nonce: JSON.parse(data).nonce, options: { prefill: { name: "uami-mine" } } });
      source.postMessage(hello, origin, [channel.port2]);
    });
    const last = (kind) => heard.filter((message) => message.kind === kind).at(-1);
    function replay() {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => heard.push({ kind: "accepted" });
      document.querySelector("iframe").contentWindow.postMessage(hello, "*", [port2]);
    }
  </script>`;
  await page.goto(hosts.put("/line", script));
  const name = page.frameLocator("iframe").getByRole("textbox", { name: "Name", exact: true });
  await expect(name).toHaveValue("uami-mine");
  const counts = (count: number) => expect.poll(() => page.evaluate("last('ignored')?.count ?? 0")).toBe(count);
  await page.evaluate("replay()");
  await counts(1);
  await page.evaluate("port.postMessage(JSON.stringify({ kind: 'theme', theme: { name: 'dark' } }))");
  await expect(page.frameLocator("iframe").locator("html")).toHaveAttribute("data-theme", "dark");
  await page.evaluate(`for (let number = 0; number < ${TIMES}; number += 1) port.postMessage(hostile(number, '{"kind":"theme","theme":{"name":"light"}}'))`);
  await counts(1 + TIMES);
  // In a flood, valid messages are ignored too, beyond 200 per second.
  const before = 1 + TIMES;
  await page.evaluate("for (let number = 0; number < 20000; number += 1) port.postMessage('{}')");
  await counts(before + 20000);
  // After that second, they are read again.
  await expect(async () => {
    await page.evaluate("port.postMessage(JSON.stringify({ kind: 'prefill', values: { name: 'uami-after' } }))");
    await expect(name).toHaveValue("uami-after", { timeout: 500 });
  }).toPass();
  expect(await page.evaluate("heard.some(({ kind }) => kind === 'accepted')")).toBe(false);
});

test("the element answers only its page", async ({ page, hosts }) => {
  const evil = hosts.put(
    "/evil",
    `<!doctype html><title>x</title><script>${hostile}
      addEventListener("message", () => parent.postMessage("heard", "*"));
      const good = (nonce) => JSON.stringify({ protocol: "identity-portal/1", kind: "knock", nonce });
      onload = () => { for (let number = 0; number < ${TIMES}; number += 1) parent.postMessage(hostile(number, good("x")), "*"); };
    </script>`,
  );
  // The element's frame navigated to another origin; a second frame sends valid messages from the wrong source.
  const moved = hosts.put("/moved", `<!doctype html><title>x</title><meta http-equiv="refresh" content="0;url=${evil}">`).replace("127.0.0.1", "localhost");
  const other = `const frame = document.createElement("iframe"); frame.src = "${evil}"; document.body.append(frame);
    let answered = 0; addEventListener("message", ({ data }) => (answered += data === "heard"));`;
  await page.goto(hosts.put("/host-of-evil", hostPage(APP, "", other).replace(`src="${APP}" `, `src="${moved}" `)));
  await expect.poll(() => page.evaluate("form.ignored.here")).toBe(TIMES);
  const knock = '{"protocol":"identity-portal/1","kind":"knock","nonce":"00000000-0000-4000-8000-000000000000"}';
  const frames = page.frames().slice(1);
  expect(frames.length).toBe(2);
  for (const frame of frames) await frame.evaluate((knock) => parent.postMessage(knock, "*"), knock);
  // One of the two is the element's own frame, whose messages are counted.
  await expect.poll(() => page.evaluate("form.ignored.here")).toBe(TIMES + 1);
  expect(await page.evaluate("answered")).toBe(0);
  expect(await said(page, "ready")).toEqual([]);
});

test("the element requests only Azure Resource Manager tokens from its host, whatever its page requests", async ({ page, hosts }) => {
  const arm = "https://management.azure.com/.default";
  const wanted = [
    ["https://graph.microsoft.com/.default"],
    [arm, "https://graph.microsoft.com/Mail.Read"],
    ["https://management.azure.com.evil.example/.default"],
    ["https://management.azure.com/user_impersonation offline_access"],
    [],
    arm,
    [[arm]],
    { 0: arm, length: 1 },
    null,
  ];
  const asks = hosts.put(
    "/asks",
    `<!doctype html><title>x</title><script>
      const answers = [];
      addEventListener("message", ({ ports: [port] }) => {
        port.onmessage = ({ data }) => answers.push(JSON.parse(data));
        const ask = (scopes, id) => port.postMessage(JSON.stringify({ kind: "token-request", id, scopes, tenant: ["x"], claims: { x: 1 } }));
        [...${JSON.stringify(wanted)}, ["${arm}"]].forEach(ask);
      });
      parent.postMessage('{"protocol":"identity-portal/1","kind":"knock","nonce":"00000000-0000-4000-8000-000000000000"}', "*");
    </script>`,
  );
  const provider = "const asked = []; form.tokenProvider = async (request) => { asked.push(request); return 'a token'; };";
  await page.goto(hosts.put("/asked", hostPage(APP, "", provider).replace(`src="${APP}" `, `src="${asks}" `)));
  const answers = () => page.frames().at(-1)!.evaluate<{ id: number; token?: string }[]>("answers");
  await expect.poll(async () => (await answers()).length).toBe(wanted.length + 1);
  const given = (await answers()).filter(({ token }) => token);
  // An array-like object with one valid scope is accepted as well: the host gets the element's own array.
  expect(given.map(({ id }) => id).sort()).toEqual([wanted.length - 2, wanted.length]);
  for (const request of await page.evaluate<unknown[]>("asked")) expect(request).toEqual({ scopes: [arm] });
  expect((await said(page, "failed")).map(({ code }) => code)).toEqual(wanted.slice(1).map(() => "bad-scope"));
  expect(await page.evaluate("form.ignored.here")).toBe(wanted.length - 1);
});

test("a sandboxed host, or a frame sandboxed too strictly: a message says what is missing", async ({ page, hosts }) => {
  const inner = hosts.put("/inner", hostPage(APP, "", "form.patience = 300;"));
  await page.goto(hosts.put("/outer", `<!doctype html><title>x</title><iframe sandbox="allow-scripts" src="${inner}" width="900" height="900"></iframe>`));
  await expect(page.frameLocator("iframe").getByRole("alert")).toContainText("must not be sandboxed itself");
  await page.goto(hosts.put("/own", `<!doctype html><title>x</title><iframe sandbox="allow-scripts" src="${APP}" width="900" height="900"></iframe>`));
  await expect(page.frameLocator("iframe").getByText("must allow it scripts and its own origin")).toBeVisible();
});
