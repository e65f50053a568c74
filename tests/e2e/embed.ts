// The embedded page, in a plain browser. The host is another site (127.0.0.1, while the app is at localhost).
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type Browser, type BrowserContext, expect, type Page, test as base } from "@playwright/test";
import { plainly } from "./plain";
import { BLOCKED } from "./watched";

export { expect };

export const APP = process.env.IDENTITY_PORTAL_URL ?? "http://localhost:8080/";
const EXAMPLES = join(import.meta.dirname, "../../docs/examples");

/** A host's pages. */
class Hosts {
  private pages = new Map<string, { body: string; headers: Record<string, string> }>();
  constructor(
    private server: Server,
    readonly origin: string,
  ) {}

  static async begin() {
    const server = createServer((request, response) => {
      const page = hosts.pages.get(new URL(request.url!, "http://host").pathname);
      if (!page) return response.writeHead(request.url === "/favicon.ico" ? 204 : 404).end();
      response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...page.headers }).end(page.body);
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const hosts = new Hosts(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return hosts;
  }

  /** Serves a page at a path and returns its URL. */
  put(path: string, body: string, headers: Record<string, string> = {}) {
    this.pages.set(path, { body, headers });
    return this.origin + path;
  }

  /** An example from the documentation, with this app's address instead of `identity.example`. */
  async example(name: string, app = APP) {
    const text = (file: string) => readFile(join(EXAMPLES, file), "utf8").then((text) => text.replaceAll("https://identity.example/", app));
    this.put(`/${name}.js`, await text(`${name}.js`), { "content-type": "text/javascript" });
    return this.put(`/${name}.html`, await text(`${name}.html`));
  }

  end() {
    this.server.closeAllConnections();
    this.server.close();
  }
}

type Fixtures = {
  /** The app's address. */
  app: string;
  /** Additional keys of this deployment's config.json. */
  config: Record<string, unknown>;
  context: BrowserContext;
  page: Page;
  /** The console messages of the host page and the frame. */
  words: string[];
};

/** Chromium's message about what a frame was still fetching when it was removed; no reason follows the address. */
const CANCELLED = /^Fetch API cannot load \S+\.wasm\. $/;

export const test = base.extend<Fixtures, { plain: Browser; hosts: Hosts }>({
  plain: [
    // The local cloud is on the local network, which pages may not access without the person's permission; Azure is not.
    ({}, use) => plainly(["--disable-features=LocalNetworkAccessChecks"], use),
    { scope: "worker" },
  ],
  hosts: [
    async ({}, use) => {
      const hosts = await Hosts.begin();
      await use(hosts);
      hosts.end();
    },
    { scope: "worker" },
  ],
  app: [APP, { option: true }],
  config: [{}, { option: true }],
  words: async ({}, use) => use([]),
  context: async ({ plain, hosts, app, config, words }, use) => {
    const context = await plain.newContext({ locale: "en-US", viewport: { width: 1100, height: 800 } });
    // The headers of this deployment allow the hosts to frame the page, and its config.json lists them.
    await context.route(
      (url) => url.href.startsWith(app) && /\/(index\.html|config\.json)?$/.test(url.pathname),
      async (route) => {
        const response = await route.fetch();
        if (route.request().url().includes("config.json")) {
          return route.fulfill({ response, json: { ...(await response.json()), embed: { allowedOrigins: [hosts.origin] }, ...config } });
        }
        const headers = response.headers();
        const policy = headers["content-security-policy"].replace(/frame-ancestors [^;]*/, "frame-ancestors http:");
        await route.fulfill({ response, headers: { ...headers, "content-security-policy": policy } });
      },
    );
    await context.addInitScript(() =>
      document.addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)),
    );
    context.on("page", (page) => {
      page.on("console", (message) => [BLOCKED, CANCELLED].some((known) => known.test(message.text())) || words.push(`${message.type()}: ${message.text()}`));
      page.on("pageerror", (error) => words.push(`error: ${error.message}`));
    });
    await use(context);
    await context.close();
  },
  page: async ({ context }, use) => use(await context.newPage()),
});

/** The form's frame in the host page. */
export const framed = (page: Page, at = 0) => page.frameLocator("identity-portal iframe >> nth=" + at);

/** A host page with the element; its events are in `events`. */
export const hostPage = (app: string, attributes = "", script = "") => `<!doctype html><html lang="en"><title>Host</title>
<script src="${app}embed.js"></script><h1>Host</h1><button id="before">Before</button>
<identity-portal src="${app}" ${attributes}></identity-portal><button id="after">After</button>
<script>
const form = document.querySelector("identity-portal");
const events = [];
for (const kind of ["ready", "changed", "validated", "created", "failed", "cancelled", "ignored"])
  form.addEventListener(kind, (event) => events.push({ kind, ...event.detail }));
${script}
</script>`;

export type Said = { kind: string } & Record<string, any>;

/** The element's events of a kind. */
export const said = async (page: Page, kind: string): Promise<Said[]> =>
  (await page.evaluate<Said[]>("events")).filter((event) => event.kind === kind);

/** Waits until the last event of a kind matches. */
export const says = (page: Page, kind: string, fits: Record<string, unknown> = {}) =>
  expect.poll(async () => (await said(page, kind)).at(-1)).toMatchObject(fits);
