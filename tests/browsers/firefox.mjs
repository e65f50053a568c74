// Firefox over WebDriver BiDi, which it speaks by itself.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import WebSocket from "ws";

/** It speaks to nobody but us, and in English. */
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

/** What Firefox says of itself under remote control wherever a page compiles wasm, be it an empty page. */
const ITS_OWN = 'Error: Permission denied to access property "length"';

/** A word of the console, with where it was said. */
function said({ text, stackTrace }) {
  const frames = (stackTrace?.callFrames ?? []).slice(0, 4).map(({ functionName, url, lineNumber }) => `${functionName} ${url}:${lineNumber + 1}`);
  return [text, ...frames].join("\n  ");
}

export class Firefox {
  /** Errors that pages said in the console. */
  words = [];
  #answers = new Map();
  #number = 0;
  #inFrame = false;

  static async start() {
    const browser = new Firefox();
    browser.folder = await mkdtemp(join(tmpdir(), "identity-portal-firefox-"));
    const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
    await writeFile(join(browser.folder, "user.js"), lines.join(""));
    const words = ["--headless", "--no-remote", "--remote-debugging-port=0", "--width=1280", "--height=1000", "--profile", browser.folder, "about:blank"];
    browser.child = spawn(process.env.FIREFOX ?? "firefox-esr", words, {
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
    this.socket.on("message", (text) => this.#hear(JSON.parse(text)));
    const { capabilities } = await this.#ask("session.new", { capabilities: {} });
    this.name = `Firefox ${capabilities.browserVersion}`;
    await this.#ask("session.subscribe", { events: ["log.entryAdded"] });
    const policy = "() => document.addEventListener('securitypolicyviolation', (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`))";
    await this.#ask("script.addPreloadScript", { functionDeclaration: policy });
    this.top = (await this.#ask("browsingContext.getTree")).contexts[0].context;
  }

  #hear({ id, method, params, error, message, result }) {
    if (method === "log.entryAdded" && params.level === "error") this.#say(said(params));
    const answer = this.#answers.get(id);
    this.#answers.delete(id);
    if (error) answer?.reject(new Error(`${error}: ${message}`));
    else answer?.resolve(result);
  }

  #say(word) {
    if (word !== ITS_OWN) this.words.push(word);
  }

  #ask(method, params = {}) {
    const id = (this.#number += 1);
    const answer = new Promise((resolve, reject) => this.#answers.set(id, { resolve, reject }));
    this.socket.send(JSON.stringify({ id, method, params }));
    return answer;
  }

  async open(url) {
    this.#inFrame = false;
    await this.#ask("browsingContext.navigate", { context: this.top, url, wait: "complete" });
  }

  async reload() {
    await this.#ask("browsingContext.reload", { context: this.top, wait: "complete" });
  }

  /** From now on what is asked is asked of the frame, or of the page again. */
  async enter(inFrame) {
    this.#inFrame = inFrame;
  }

  async #context() {
    if (!this.#inFrame) return this.top;
    const [tree] = (await this.#ask("browsingContext.getTree", { root: this.top })).contexts;
    if (tree.children.length !== 1) throw new Error(`the page has ${tree.children.length} frames`);
    return tree.children[0].context;
  }

  async #call(body) {
    const params = { functionDeclaration: `() => { ${body} }`, awaitPromise: true, target: { context: await this.#context() } };
    const { type, result, exceptionDetails } = await this.#ask("script.callFunction", params);
    if (type === "exception") throw new Error(exceptionDetails.text);
    return result;
  }

  /** Runs a script's `body`, whose answer is JSON. */
  async run(body) {
    const { value } = await this.#call(`return JSON.stringify((() => { ${body} })() ?? null)`);
    return JSON.parse(value);
  }

  /** Clicks in the middle of the element that `body` gives. */
  async click(body) {
    const { sharedId } = await this.#call(body);
    if (!sharedId) throw new Error("it is not there");
    const at = { type: "pointerMove", x: 0, y: 0, origin: { type: "element", element: { sharedId } } };
    const actions = [at, { type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }];
    await this.#ask("input.performActions", { context: await this.#context(), actions: [{ type: "pointer", id: "mouse", actions }] });
  }

  /** Presses keys, as WebDriver writes them. */
  async keys(actions) {
    await this.#ask("input.performActions", { context: await this.#context(), actions: [{ type: "key", id: "keyboard", actions }] });
  }

  async end() {
    this.socket?.close();
    this.child.kill("SIGKILL");
    await this.ended;
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
