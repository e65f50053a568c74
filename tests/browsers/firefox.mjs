// A driver for Firefox over WebDriver BiDi, which Firefox supports natively.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import WebSocket from "ws";

/** No background connections, and English. */
const PREFERENCES = {
  "app.update.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "dom.push.connection.enabled": false,
  "extensions.systemAddon.update.enabled": false,
  "intl.accept_languages": "en-US, en",
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,",
  "toolkit.telemetry.enabled": false,
};

/** An error that Firefox itself logs under remote control when any page compiles wasm, even an empty one. */
const FIREFOX_ERROR = 'Error: Permission denied to access property "length"';

/** A console message with its stack trace. */
function format({ text, stackTrace }) {
  const frames = (stackTrace?.callFrames ?? []).slice(0, 4).map(({ functionName, url, lineNumber }) => `${functionName} ${url}:${lineNumber + 1}`);
  return [text, ...frames].join("\n  ");
}

export class Firefox {
  /** The errors in the pages' consoles. */
  errors = [];
  #pending = new Map();
  #number = 0;
  #inFrame = false;

  static async start() {
    const browser = new Firefox();
    browser.folder = await mkdtemp(join(tmpdir(), "identity-portal-firefox-"));
    const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
    await writeFile(join(browser.folder, "user.js"), lines.join(""));
    const args = ["--headless", "--no-remote", "--remote-debugging-port=0", "--width=1280", "--height=1000", "--profile", browser.folder, "about:blank"];
    browser.child = spawn(process.env.FIREFOX ?? "firefox-esr", args, {
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, HOME: browser.folder, LANG: "C.UTF-8" },
    });
    browser.ended = new Promise((resolve) => browser.child.once("exit", resolve));
    let address = "";
    for await (const line of createInterface({ input: browser.child.stderr })) {
      address = /WebDriver BiDi listening on (ws:\S+)/.exec(line)?.[1] ?? "";
      if (address) break;
    }
    if (!address) throw new Error("Firefox did not start");
    browser.child.stderr.resume();
    await browser.#connect(`${address}/session`);
    return browser;
  }

  async #connect(address) {
    this.socket = new WebSocket(address);
    await new Promise((resolve, reject) => this.socket.once("open", resolve).once("error", reject));
    this.socket.on("message", (text) => this.#receive(JSON.parse(text)));
    const { capabilities } = await this.#send("session.new", { capabilities: {} });
    this.name = `Firefox ${capabilities.browserVersion}`;
    await this.#send("session.subscribe", { events: ["log.entryAdded"] });
    const policy = "() => document.addEventListener('securitypolicyviolation', (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`))";
    await this.#send("script.addPreloadScript", { functionDeclaration: policy });
    this.top = (await this.#send("browsingContext.getTree")).contexts[0].context;
  }

  #receive({ id, method, params, error, message, result }) {
    if (method === "log.entryAdded" && params.level === "error") this.#log(format(params));
    const request = this.#pending.get(id);
    this.#pending.delete(id);
    if (error) request?.reject(new Error(`${error}: ${message}`));
    else request?.resolve(result);
  }

  #log(message) {
    if (message !== FIREFOX_ERROR) this.errors.push(message);
  }

  #send(method, params = {}) {
    const id = (this.#number += 1);
    const response = new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
    this.socket.send(JSON.stringify({ id, method, params }));
    return response;
  }

  async open(url) {
    this.#inFrame = false;
    await this.#send("browsingContext.navigate", { context: this.top, url, wait: "complete" });
  }

  async reload() {
    await this.#send("browsingContext.reload", { context: this.top, wait: "complete" });
  }

  /** Directs later commands to the frame, or to the page again. */
  async enter(inFrame) {
    this.#inFrame = inFrame;
  }

  async #context() {
    if (!this.#inFrame) return this.top;
    const [tree] = (await this.#send("browsingContext.getTree", { root: this.top })).contexts;
    if (tree.children.length !== 1) throw new Error(`the page has ${tree.children.length} frames`);
    return tree.children[0].context;
  }

  async #call(body) {
    const params = { functionDeclaration: `() => { ${body} }`, awaitPromise: true, target: { context: await this.#context() } };
    const { type, result, exceptionDetails } = await this.#send("script.callFunction", params);
    if (type === "exception") throw new Error(exceptionDetails.text);
    return result;
  }

  /** Runs a function with this `body`, whose result is serialised as JSON. */
  async run(body) {
    const { value } = await this.#call(`return JSON.stringify((() => { ${body} })() ?? null)`);
    return JSON.parse(value);
  }

  /** Clicks in the middle of the element that `body` returns. */
  async click(body) {
    const { sharedId } = await this.#call(body);
    if (!sharedId) throw new Error("the element doesn't exist");
    const at = { type: "pointerMove", x: 0, y: 0, origin: { type: "element", element: { sharedId } } };
    const actions = [at, { type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }];
    await this.#send("input.performActions", { context: await this.#context(), actions: [{ type: "pointer", id: "mouse", actions }] });
  }

  /** Performs WebDriver key actions. */
  async keys(actions) {
    await this.#send("input.performActions", { context: await this.#context(), actions: [{ type: "key", id: "keyboard", actions }] });
  }

  async end() {
    this.socket?.close();
    this.child.kill("SIGKILL");
    await this.ended;
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
