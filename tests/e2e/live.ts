// The app in Live mode against a local cloud of its own: each worker has one, since knobs turn for everybody.
import { BLOCKED } from "./watched";
import { type BrowserContext, type Page, type Response, type Route, test as base } from "@playwright/test";
import { watchFocus } from "./focus";
import { button, combobox } from "./pages";

export { expect } from "@playwright/test";

/** What `cargo xtask test e2e` says of a cloud, and of the app that is served against it. */
type Served = { app: string; authority: string; arm: string };

const SERVED: Served[] = JSON.parse(process.env.IDENTITY_PORTAL_LIVE ?? "[]");

export type Given = { status?: number; headers?: Record<string, string>; body: string };
/** An answer in ARM's place, or what makes one of the request; null cuts the connection. */
export type Answer = Given | ((route: Route) => Promise<Given | null>);

/** A local cloud (docs/local-cloud.md). */
export class LocalCloud {
  /** `expose`: whether a browser may read ARM's own headers. */
  constructor(
    readonly served: Served,
    readonly expose: boolean,
  ) {}

  /** All as at the start. */
  async reset() {
    await Promise.all([this.entra("reset"), this.arm("reset")]);
    await this.arm("headers", { expose: this.expose });
  }

  get origins() {
    return [this.served.app, this.sameSite, this.served.authority, this.served.arm].map((address) => new URL(address).origin);
  }

  /** The app at an address that a browser takes for the same site as the sign-in's: there its cookies go into frames. */
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
    // Tokens know whole seconds: one that comes in the same second counts as expired too.
    if (knob === "expire") await new Promise((resolve) => setTimeout(resolve, 1100));
    return done;
  }

  /** What came to the sign-in since the last reset. */
  async seen(): Promise<{ at: string; grant?: string; claims?: string; prompt?: string }[]> {
    return (await (await fetch(`${this.served.authority}/control/state`)).json()).requests;
  }

  /** What came to ARM since the last reset; status 0 where the connection was cut. */
  async asked(): Promise<{ method: string; target: string; status: number; user?: string }[]> {
    return (await (await fetch(`${this.served.arm}/control/state`)).json()).requests;
  }

  /** Gives the next answer of ARM at such a path (to this method), in ARM's place; without one, the connection is cut. */
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

/** What a project of playwright.config.ts sets. */
export type Options = {
  /** Whether a browser may read ARM's own headers: nobody documents that, so that every test holds both ways. */
  expose: boolean;
};

type Fixtures = {
  /** The cloud, as at its start. */
  cloud: LocalCloud;
  /** Keys that this test's config.json has beyond the cloud's own. */
  config: Record<string, unknown>;
  /** What a test expects the console to say. */
  expected: RegExp[];
  watched: void;
};

/** Tokens and codes as they look; none may ever be seen. */
const SECRET = /eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*|[?#&](code|access_token|refresh_token|id_token)=/;
/** Every secret that the sign-in gave: none may lie anywhere in clear. */
const given = async (response: Response) => {
  const answer = await response.json().catch(() => ({}));
  return ["access_token", "refresh_token", "id_token"].map((name) => answer[name]).filter((secret) => typeof secret === "string");
};
/** What a browser says by itself of an answer that is an error, and of one that did not come. */
const NETWORK = /^error: Failed to load resource|preloaded using link preload but not used/;
/** What Chromium says of every frame with both flags, whatever its origin (src/browser/frame.rs). */
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
          // The answer's code stands after # only, and only until auth.js has taken it.
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

/** From the next load on, config.json has these keys beyond the cloud's own. */
export const configureLive = (context: BrowserContext, more: Record<string, unknown>) =>
  context.route("**/config.json", async (route) => route.fulfill({ json: { ...(await (await route.fetch()).json()), ...more } }));

export const FORM = "#/create/user-assigned-identity";

/** What stands above the page. */
export const bar = (page: Page) => page.locator(".sign-in-bar");

/** Opens the app at a route, or at a whole address. */
export async function openLive(page: Page, hash = FORM) {
  await page.goto(hash.startsWith("#") ? `./${hash}` : hash);
  await base.expect(page.locator("#program")).toBeVisible();
}

/** Presses a user's button on the provider's page. */
export const choose = (page: Page, user: string) => button(page, user).click();

/** Signs in by redirect, from the bar. */
export async function signIn(page: Page, user = "Ada Lovelace") {
  await button(bar(page), "Sign in").click();
  await choose(page, user);
  await signedIn(page);
}

/** Signs in by a window, from the bar. */
export async function signInByWindow(page: Page, user = "Ada Lovelace") {
  const opened = page.waitForEvent("popup");
  await button(bar(page), "Sign in").click();
  await choose(await opened, user);
  await base.expect(bar(page)).toHaveCount(0);
}

/** Back and signed in, with nothing more asked. */
export async function signedIn(page: Page) {
  await base.expect(page.locator("#program")).toBeVisible();
  // The page is there before the answer has been traded.
  await base.expect.poll(() => page.evaluate(() => sessionStorage.getItem("identity-portal:session")).catch(() => null)).not.toBeNull();
  await base.expect(bar(page)).toHaveCount(0);
}

/** Waits for the list of subscriptions to have this one. */
export async function sees(page: Page, subscription: string) {
  await combobox(page, "Subscription").click();
  await base.expect(page.getByRole("option", { name: subscription, exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
}

/** All that the page keeps or shows where others could look: storage, history, address. */
export const kept = (page: Page) =>
  page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    /** What a record of a database gives away: of a key, whatever can be had of it. */
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
