// The app in Live mode against a local cloud. Each worker has its own, since knobs affect the whole cloud.
import { BLOCKED } from "./watched";
import { type BrowserContext, type Page, type Response, type Route, test as base } from "@playwright/test";
import { watchFocus } from "./focus";
import { button, combobox } from "./pages";

export { expect } from "@playwright/test";

/** The addresses of a cloud and of the app served against it, from `cargo xtask test e2e`. */
type Served = { app: string; authority: string; arm: string };

const SERVED: Served[] = JSON.parse(process.env.IDENTITY_PORTAL_LIVE ?? "[]");

export type Given = { status?: number; headers?: Record<string, string>; body: string };
/** A response in ARM's place, or a function that returns one for the request; null cuts the connection. */
export type Answer = Given | ((route: Route) => Promise<Given | null>);

/** A local cloud (docs/local-cloud.md). */
export class LocalCloud {
  /** `expose`: whether a browser may read ARM's own headers. */
  constructor(
    readonly served: Served,
    readonly expose: boolean,
  ) {}

  /** Restores the initial state. */
  async reset() {
    await Promise.all([this.entra("reset"), this.arm("reset")]);
    await this.arm("headers", { expose: this.expose });
  }

  get origins() {
    return [this.served.app, this.sameSite, this.served.authority, this.served.arm].map((address) => new URL(address).origin);
  }

  /** The app at an address of the same site as the sign-in, so that the sign-in's cookies are sent in frames. */
  get sameSite() {
    return this.served.app.replace("localhost", "127.0.0.1");
  }

  /** Turns a knob of the sign-in. */
  entra(knob: string, body: unknown = {}) {
    return this.turn(this.served.authority, knob, body);
  }

  /** Turns a knob of ARM. */
  async arm(knob: string, body: unknown = {}) {
    const done = await this.turn(this.served.arm, knob, body);
    // Token times are in whole seconds: a token issued in the same second counts as expired too.
    if (knob === "expire") await new Promise((resolve) => setTimeout(resolve, 1100));
    return done;
  }

  /** The requests that the sign-in received since the last reset. */
  async seen(): Promise<{ at: string; grant?: string; claims?: string; prompt?: string }[]> {
    return (await (await fetch(`${this.served.authority}/control/state`)).json()).requests;
  }

  /** The requests that ARM received since the last reset; status 0 if the connection was cut. */
  async asked(): Promise<{ method: string; target: string; status: number; user?: string }[]> {
    return (await (await fetch(`${this.served.arm}/control/state`)).json()).requests;
  }

  /** Replaces ARM's next response at a matching path (to this method); without an answer, cuts the connection. */
  async instead(page: Page, path: RegExp, answer?: Answer, method?: string, times = 1) {
    let left = times;
    const fits = (url: URL) => url.href.startsWith(this.served.arm) && path.test(url.pathname);
    const respond = async (route: Route) => {
      if (left === 0 || (method && route.request().method() !== method)) return route.fallback();
      left -= 1;
      const given = typeof answer === "function" ? await answer(route) : answer;
      if (!given) return route.abort("connectionreset");
      const headers: Record<string, string> = { "access-control-allow-origin": "*", "content-type": "application/json", ...given.headers };
      if (this.expose) headers["access-control-expose-headers"] = Object.keys(headers).join(",");
      await route.fulfill({ status: given.status ?? 200, headers, body: given.body });
    };
    await page.route(fits, respond);
  }

  private async turn(at: string, knob: string, body: unknown) {
    const answer = await fetch(`${at}/control/${knob}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${knob}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
}

/** The options that a project of playwright.config.ts sets. */
export type Options = {
  /** Whether a browser may read ARM's own headers. That is undocumented, so every test passes either way. */
  expose: boolean;
};

type Fixtures = {
  /** The cloud, in its initial state. */
  cloud: LocalCloud;
  /** Additional keys of this test's config.json. */
  config: Record<string, unknown>;
  /** Console messages that a test expects. */
  expected: RegExp[];
  watched: void;
};

/** Matches tokens and codes, which must never appear. */
const SECRET = /eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*|[?#&](code|access_token|refresh_token|id_token)=/;
/** The secrets of a token response, which must never be stored in clear text. */
const given = async (response: Response) => {
  const answer = await response.json().catch(() => ({}));
  return ["access_token", "refresh_token", "id_token"].map((name) => answer[name]).filter((secret) => typeof secret === "string");
};
/** The browser's own messages about error responses and failed requests. */
const NETWORK = /^error: Failed to load resource|preloaded using link preload but not used/;
/** Chromium's warning about a frame with both flags, whatever its origin (src/browser/frame.rs). */
const SANDBOX = /^warning: An iframe which has both allow-scripts and allow-same-origin/;

export const test = base.extend<Fixtures & Options>({
  expose: [true, { option: true }],
  config: [{}, { option: true }],
  expected: [[], { option: true }],
  cloud: async ({ expose }, use, info) => {
    const served = SERVED[info.parallelIndex % Math.max(SERVED.length, 1)];
    if (!served) throw new Error("there is no local cloud: run `cargo xtask test e2e`");
    const cloud = new LocalCloud(served, expose);
    await cloud.reset();
    await use(cloud);
  },
  baseURL: async ({ cloud }, use) => use(cloud.served.app),
  context: async ({ context, config }, use) => {
    if (Object.keys(config).length > 0) await configureLive(context, config);
    await use(context);
  },
  watched: [
    async ({ context, cloud, expected }, use, info) => {
      const words: string[] = [];
      const watch = (page: Page) => {
        const say = (word: string) => {
          if (SECRET.test(word)) words.push(`a secret in ${word}`);
          else if (!NETWORK.test(word) && ![...expected, BLOCKED, SANDBOX].some((known) => known.test(word))) words.push(word);
        };
        const ours = () => [cloud.served.app, cloud.sameSite].some((app) => page.url().startsWith(app));
        page.on("console", (message) => ours() && say(`${message.type()}: ${message.text()}`));
        page.on("pageerror", (error) => ours() && say(`error: ${error.message}`));
        page.on("request", (request) => {
          const url = request.url();
          if (!cloud.origins.includes(new URL(url).origin) && !/^(data|blob|about):/.test(url)) words.push(`asked ${url}`);
          // The code is only in the fragment, and only until auth.js has read it.
          if (/[?&](code|access_token|refresh_token|id_token)=/.test(url)) words.push(`a secret in ${url}`);
        });
      };
      context.on("page", watch);
      const secrets: Promise<string[]>[] = [];
      context.on("response", (response) => {
        if (response.request().method() === "POST" && /\/oauth2\/v2\.0\/token$/.test(response.url())) secrets.push(given(response));
      });
      await context.addInitScript(() =>
        document.addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)),
      );
      await context.addInitScript(watchFocus);
      await use();
      const all = (await Promise.all(secrets)).flat();
      for (const page of context.pages().filter((page) => [cloud.served.app, cloud.sameSite].some((app) => page.url().startsWith(app)))) {
        const found = JSON.stringify(await kept(page).catch(() => ({})));
        if (all.some((secret) => found.includes(secret))) words.push(`a token in clear: ${found.slice(0, 2000)}`);
      }
      if (info.status === info.expectedStatus && words.length > 0) throw new Error(`The page should be quiet:\n${words.join("\n")}`);
    },
    { auto: true },
  ],
});

/** Adds keys to config.json from the next load on. */
export const configureLive = (context: BrowserContext, more: Record<string, unknown>) =>
  context.route("**/config.json", async (route) => route.fulfill({ json: { ...(await (await route.fetch()).json()), ...more } }));

export const FORM = "#/create/user-assigned-identity";

/** The sign-in bar above the page. */
export const bar = (page: Page) => page.locator(".sign-in-bar");

/** Opens the app at a route, or at a complete URL. */
export async function openLive(page: Page, hash = FORM) {
  await page.goto(hash.startsWith("#") ? `./${hash}` : hash);
  await base.expect(page.locator("#program")).toBeVisible();
}

/** Presses a user's button on the sign-in page. */
export const choose = (page: Page, user: string) => button(page, user).click();

/** Signs in by redirect, from the bar. */
export async function signIn(page: Page, user = "Ada Lovelace") {
  await button(bar(page), "Sign in").click();
  await choose(page, user);
  await signedIn(page);
}

/** Signs in by pop-up, from the bar. */
export async function signInByWindow(page: Page, user = "Ada Lovelace") {
  const opened = page.waitForEvent("popup");
  await button(bar(page), "Sign in").click();
  await choose(await opened, user);
  await base.expect(bar(page)).toHaveCount(0);
}

/** Waits until the app is signed in. */
export async function signedIn(page: Page) {
  await base.expect(page.locator("#program")).toBeVisible();
  // The page renders before the code has been redeemed.
  await base.expect.poll(() => page.evaluate(() => sessionStorage.getItem("identity-portal:session")).catch(() => null)).not.toBeNull();
  await base.expect(bar(page)).toHaveCount(0);
}

/** Waits until the list of subscriptions has this one. */
export async function sees(page: Page, subscription: string) {
  await combobox(page, "Subscription").click();
  await base.expect(page.getByRole("option", { name: subscription, exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
}

/** Everything that the page stores or exposes: storage, history, address. */
export const kept = (page: Page) =>
  page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    /** The readable content of a database record; for a key, whatever can be exported. */
    const said = async (value: unknown) =>
      value instanceof CryptoKey ? { extractable: value.extractable, jwk: await crypto.subtle.exportKey("jwk", value).catch(() => null) } : value;
    const databases = async () => {
      const all = [];
      for (const { name } of await indexedDB.databases()) {
        const database = await done(indexedDB.open(name!));
        for (const store of database.objectStoreNames) {
          const values = await done(database.transaction(store).objectStore(store).getAll());
          all.push({ name, store, values: await Promise.all(values.map(said)) });
        }
        database.close();
      }
      return all;
    };
    return {
    address: location.href,
    state: JSON.stringify(history.state),
    local: JSON.stringify({ ...localStorage }),
    session: JSON.stringify({ ...sessionStorage }),
    cookies: document.cookie,
    databases: JSON.stringify(await databases()),
    caches: JSON.stringify(await caches.keys()),
    resources: JSON.stringify(performance.getEntriesByType("resource").map((entry) => entry.name)),
    };
  });
