// A page object for every browser: waits for elements, clicks them and types into them.
import { join } from "node:path";
import { buildSync } from "esbuild";

const PATIENCE_MS = 60_000;
const CONTROL = "\uE009";

const { outputFiles } = buildSync({
  entryPoints: [join(import.meta.dirname, "inside.mjs")],
  bundle: true,
  minify: true,
  write: false,
  format: "iife",
  globalName: "inside",
});
const INSIDE = outputFiles[0].text;

const call = (what, args) => `${INSIDE}; return inside.${what}(...${JSON.stringify(args)})`;
const pressed = (key) => [
  { type: "keyDown", value: key },
  { type: "keyUp", value: key },
];
const SELECT_ALL = [{ type: "keyDown", value: CONTROL }, ...pressed("a"), { type: "keyUp", value: CONTROL }];

/** A name, with a regular expression in serialisable form. */
const sent = (name) => (name instanceof RegExp ? { pattern: name.source } : name);

/** Polls until `probe` returns something truthy; a timeout reports the last error. */
async function until(what, probe) {
  const end = Date.now() + PATIENCE_MS;
  let last;
  for (;;) {
    try {
      const result = await probe();
      if (result) return result;
    } catch (error) {
      // A page that is navigating doesn't answer.
      last = error;
    }
    if (Date.now() > end) throw new Error(`waited for ${what}`, { cause: last });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export class Page {
  constructor(driver) {
    this.driver = driver;
  }

  open(url) {
    return this.driver.open(url);
  }

  ask(what, ...args) {
    return this.driver.run(call(what, args));
  }

  /** Enters the form's frame in a host page, once it exists. */
  enterFrame() {
    return until("the frame", async () => {
      await this.driver.enter(false);
      await this.driver.enter(true, call("frame", []));
      return (await this.ask("address")) !== "about:blank";
    });
  }

  leaveFrame() {
    return this.driver.enter(false);
  }

  /** Waits for an element with this role and name whose state `fits`. */
  sees(role, name, fits = () => true) {
    return until(`${role} ${name ?? ""}`, async () => {
      const state = await this.ask("tell", role, sent(name));
      return state && fits(state) ? state : undefined;
    });
  }

  says(role, name, text) {
    const fits = (state) => (text instanceof RegExp ? text.test(state.text) : state.text.includes(text));
    return this.sees(role, name, fits).catch(async (error) => {
      const state = await this.ask("tell", role, sent(name)).catch(() => undefined);
      throw new Error(`waited for ${text} in ${role}, which has ${JSON.stringify(state?.text)}`, { cause: error });
    });
  }

  async click(role, name) {
    await this.sees(role, name, (state) => !state.disabled);
    // The element may be rendered again between the two.
    await until(`a click on ${role} ${name}`, async () => {
      await this.driver.click(call("find", [role, sent(name)]));
      return true;
    });
  }

  /** Clicks until the button is gone: a button that replaces another ignores clicks within half a second of the previous one. */
  async pressAway(role, name) {
    const isThere = () => this.ask("tell", role, sent(name));
    await this.sees(role, name, (state) => !state.disabled);
    await until(`${role} ${name} to go`, async () => {
      if (!(await isThere())) return true;
      await this.click(role, name);
      for (const end = Date.now() + 2000; Date.now() < end; ) if (!(await isThere())) return true;
      return false;
    });
  }

  async fill(role, name, text) {
    // If the page is rendered again while typing, some keys are lost.
    await until(`${role} ${name} to be "${text}"`, async () => {
      await this.click(role, name);
      await this.driver.keys([...SELECT_ALL, ...[...text].flatMap(pressed)]);
      return (await this.ask("tell", role, sent(name)))?.value === text;
    });
  }

  /** Types a filter into a combobox and clicks the entry. */
  async choose(field, entry) {
    // While the entry is only typed, the list is open.
    const isChosen = (state) => state?.value === entry && !state.isOpen;
    // A driver may report an error although it clicked the entry: then the list is closed already.
    await until(`${entry} to be chosen as ${field}`, async () => {
      if (isChosen(await this.ask("tell", "combobox", sent(field)))) return true;
      await this.driver.click(call("find", ["combobox", sent(field)]));
      await this.driver.keys([...SELECT_ALL, ...[...entry].flatMap(pressed)]);
      for (const end = Date.now() + 5000; Date.now() < end && !(await this.ask("tell", "option", entry)); );
      await this.driver.click(call("find", ["option", entry]));
      await this.sees("combobox", field, isChosen);
      return true;
    });
  }

  reload() {
    return this.driver.reload();
  }

  until(what, probe) {
    return until(what, probe);
  }
}
