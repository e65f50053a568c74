// A deployment that a test can change while a page is open: stop, upgrade, change headers.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const DIST = fileURLToPath(new URL("../../dist", import.meta.url));
const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};

export type Files = Map<string, Buffer>;

/** The built site. */
export function built(): Files {
  const names = readdirSync(DIST).filter((name) => name in TYPES || extname(name) in TYPES);
  return new Map(names.map((name) => [name, readFileSync(join(DIST, name))]));
}

/** The sources of a policy for what a page contains. */
function inline(page: string, element: RegExp) {
  return [...page.matchAll(element)].map(([, text]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`).join(" ");
}

/** The next version: another stylesheet under another name, with the page and the service worker for it. */
export function upgraded(): Files {
  const files = built();
  const old = [...files.keys()].find((name) => /^style-[0-9a-f]{16}\.css$/.test(name))!;
  const style = Buffer.concat([files.get(old)!, Buffer.from("\n:root { --upgraded: 1 }\n")]);
  const name = `style-${createHash("sha256").update(style).digest("hex").slice(0, 16)}.css`;
  const integrity = (bytes: Buffer) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
  const replaced = (file: string, ...pairs: [string, string][]) => {
    let text = files.get(file)!.toString();
    for (const [from, to] of pairs) {
      if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
      text = text.replaceAll(from, to);
    }
    files.set(file, Buffer.from(text));
  };
  const pairs: [string, string][] = [[old, name], [integrity(files.get(old)!), integrity(style)], ["</style>", "\n:root { --upgraded: 1 }\n</style>"]];
  replaced("index.html", ...pairs);
  const version = files.get("sw.js")!.toString().match(/"([0-9a-f]{16})"/)![1];
  replaced("sw.js", [old, name], [version, "00000000000000aa"]);
  files.delete(old);
  files.set(name, style);
  return files;
}

export class Deployment {
  files: Files = built();
  policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types default";
  asked: string[] = [];
  private server?: Server;
  private port = 0;

  get address() {
    return `http://localhost:${this.port}/`;
  }

  /** The policy as it is sent. */
  get served() {
    const page = this.files.get("index.html")!.toString();
    return this.policy
      .replace("'wasm-unsafe-eval'", `'wasm-unsafe-eval' ${inline(page, /<script>(.*?)<\/script>/gs)}`)
      .replace("style-src 'self'", `style-src 'self' ${inline(page, /<style[^>]*>(.*?)<\/style>/gs)}`);
  }

  config(config: unknown) {
    this.files.set("config.json", Buffer.from(typeof config === "string" ? config : JSON.stringify(config)));
  }

  async start() {
    this.server = createServer((request, response) => {
      const file = request.url!.slice(1).split("?")[0] || "index.html";
      this.asked.push(file);
      const body = this.files.get(file);
      const kept = /-[0-9a-f]{16}\./.test(file) ? "public, max-age=31536000, immutable" : "no-cache";
      const headers: Record<string, string> = { "Content-Type": TYPES[extname(file)] ?? "text/plain", "Cache-Control": kept };
      if (this.policy) headers["Content-Security-Policy"] = this.served;
      response.writeHead(body ? 200 : 404, headers).end(body ?? "Not found");
    });
    await new Promise<void>((resolve) => this.server!.listen(this.port, "localhost", resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  async stop() {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }
}
