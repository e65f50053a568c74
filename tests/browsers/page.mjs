// A page as a person has it: what can be seen is waited for, clicked and typed into, the same in every browser.
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

/** A regular expression as it can be sent. */
const sent = (name) => (name instanceof RegExp ? { pattern: name.source } : name);

/** Asks again until the answer fits; what was wrong last is told. */
async function until(what, probe) {
  const end = Date.now() + PATIENCE_MS;
  let last;
  for (;;) {
    try {
      const answer = await probe();
      if (answer) return answer;
    } catch (error) {
      // A page on its way to another answers nothing.
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

  /** Into the form's frame in a host's page, once that is there. */
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

  /** Waits for something of a role and a name that fits. */
  sees(role, name, fits = () => true) {
    return until(`${role} ${name ?? ""}`, async () => {
      const told = await this.ask("tell", role, sent(name));
      return told && fits(told) ? told : undefined;
    });
  }

  says(role, name, text) {
    const fits = (told) => (text instanceof RegExp ? text.test(told.text) : told.text.includes(text));
    return this.sees(role, name, fits).catch(async (error) => {
      const told = await this.ask("tell", role, sent(name)).catch(() => undefined);
      throw new Error(`waited for ${text} in ${role}, which says ${JSON.stringify(told?.text)}`, { cause: error });
    });
  }

  async click(role, name) {
    await this.sees(role, name, (told) => !told.disabled);
    // It may be drawn anew between the two.
    await until(`a click on ${role} ${name}`, async () => {
      await this.driver.click(call("find", [role, sent(name)]));
      return true;
    });
  }

  /** Presses until the button is gone: one that comes where another stood takes no press within half a second of the last. */
  async pressAway(role, name) {
    const isThere = () => this.ask("tell", role, sent(name));
    await this.sees(role, name, (told) => !told.disabled);
    await until(`${role} ${name} to go`, async () => {
      if (!(await isThere())) return true;
      await this.click(role, name);
      for (const end = Date.now() + 2000; Date.now() < end; ) if (!(await isThere())) return true;
      return false;
    });
  }

  async fill(role, name, text) {
    // A page that is drawn anew under the keys has lost some of them.
    await until(`${role} ${name} to be "${text}"`, async () => {
      await this.click(role, name);
      await this.driver.keys([...SELECT_ALL, ...[...text].flatMap(pressed)]);
      return (await this.ask("tell", role, sent(name)))?.value === text;
    });
  }

  /** Types a filter into a combobox and presses the entry. */
  async choose(field, entry) {
    // While it is only typed, the list is open.
    const isChosen = (told) => told?.value === entry && !told.isOpen;
    // A driver may choose the entry and say that it couldn't: then the list is closed already.
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
