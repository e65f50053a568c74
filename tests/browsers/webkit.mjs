// A driver for WebKit over classic WebDriver: Debian's WebKitWebDriver starts WebKitGTK's MiniBrowser on a virtual display.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** A port that is free at the moment. */
async function freePort() {
  const server = createServer();
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

export class WebKit {
  /** Always empty: WebDriver doesn't expose the console. */
  errors = [];
  #started = [];

  static async start() {
    const browser = new WebKit();
    try {
      await browser.#start();
    } catch (error) {
      await browser.end();
      throw error;
    }
    return browser;
  }

  async #start() {
    this.folder = await mkdtemp(join(tmpdir(), "identity-portal-webkit-"));
    // Xvfb chooses a free display and prints its number.
    const screen = this.#spawn(process.env.XVFB ?? "Xvfb", ["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "1400x1200x24"], {}, "pipe");
    const display = await new Promise((resolve, reject) => {
      screen.stdout.once("data", (text) => resolve(`:${String(text).trim()}`));
      screen.once("exit", () => reject(new Error("Xvfb did not start")));
    });
    const port = await freePort();
    const home = { HOME: this.folder, XDG_CACHE_HOME: join(this.folder, "cache"), XDG_DATA_HOME: join(this.folder, "data"), XDG_CONFIG_HOME: join(this.folder, "config") };
    const settings = { ...home, DISPLAY: display, GDK_BACKEND: "x11", NO_AT_BRIDGE: "1", LIBGL_ALWAYS_SOFTWARE: "1", LANG: "C.UTF-8", LANGUAGE: "en" };
    this.#spawn(process.env.WEBKIT_DRIVER ?? "WebKitWebDriver", [`--port=${port}`], settings, "ignore");
    this.base = `http://127.0.0.1:${port}/session`;
    const { sessionId, capabilities } = await this.#begin();
    this.base += `/${sessionId}`;
    this.name = `WebKitGTK ${capabilities.browserVersion}`;
    await this.#ask("POST", "/window/rect", { x: 0, y: 0, width: 1300, height: 1100 });
  }

  #spawn(program, args, settings, output) {
    const child = spawn(program, args, { stdio: ["ignore", output, "ignore"], env: { ...process.env, ...settings } });
    const ended = new Promise((resolve) => child.once("exit", resolve).once("error", resolve));
    this.#started.unshift({ child, ended });
    return child;
  }

  /** Retries until the driver listens. */
  async #begin() {
    for (let tries = 0; ; tries += 1) {
      try {
        return await this.#ask("POST", "", { capabilities: { alwaysMatch: { unhandledPromptBehavior: "ignore" } } });
      } catch (error) {
        if (error.cause?.code !== "ECONNREFUSED" || tries > 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  async #ask(method, path, body) {
    const answer = await fetch(this.base + path, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  }

  async open(url) {
    await this.#ask("POST", "/frame", { id: null });
    await this.#ask("POST", "/url", { url });
  }

  async reload() {
    await this.#ask("POST", "/refresh", {});
  }

  async enter(inFrame, body) {
    await this.#ask("POST", "/frame", { id: null });
    if (inFrame) await this.#ask("POST", "/frame", { id: await this.#script(body) });
  }

  #script(script) {
    return this.#ask("POST", "/execute/sync", { script, args: [] });
  }

  run(body) {
    return this.#script(body);
  }

  async click(body) {
    const element = await this.#script(body);
    if (!element) throw new Error("the element doesn't exist");
    try {
      await this.#ask("POST", `/element/${element[ELEMENT]}/click`, {});
    } catch (error) {
      if (!/^element not interactable/.test(error.message)) throw error;
      // The driver is wrong, the element is in view: click it by script, as assistive technology does.
      await this.#ask("POST", "/execute/sync", { script: "arguments[0].click()", args: [element] });
    }
  }

  async keys(actions) {
    await this.#ask("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  async end() {
    if (this.name) await this.#ask("DELETE", "").catch(() => {});
    for (const { child, ended } of this.#started) {
      child.kill("SIGKILL");
      await ended;
    }
    if (this.folder) await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
