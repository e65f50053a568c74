// The scripts that the build makes: wasm-bindgen's names of what the program calls are all that tells of the Rust code's use of
// the browser. `IDENTITY_PORTAL_SITE` is the built site.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { at } from "./data.mjs";
import { problems } from "./found.mjs";
import { checkScript } from "./script.mjs";

const { IDENTITY_PORTAL_SITE: site } = process.env;
const ROOT = join(import.meta.dirname, "../..");

/** The interfaces that the Rust code can name, as the browser writes them: the features of web-sys that are turned on. */
function interfaces() {
  const words = ["metadata", "--locked", "--format-version=1", "--filter-platform=wasm32-unknown-unknown"];
  const { packages, resolve } = JSON.parse(execFileSync("cargo", words, { cwd: ROOT, maxBuffer: 1 << 28 }));
  const { features: all } = resolve.nodes.find(({ id }) => /[/#]web-sys[@#]/.test(id));
  const own = packages.find(({ name }) => name === "identity-portal").dependencies.find(({ name }) => name === "web-sys").features;
  // Leptos turns on an interface for each kind of element, and uses what all elements have.
  const features = all.filter((name) => own.includes(name) || !/^Html.+Element$/.test(name));
  const written = new Map([...Object.keys(at("api")), ...Object.keys(at("javascript", "builtins"))].map((name) => [name.toLowerCase(), name]));
  return new Set([...features.map((name) => written.get(name.toLowerCase())), ...Object.keys(at("javascript", "builtins"))]);
}

test("the scripts of the built site", { skip: !site && "no site was built" }, () => {
  const owners = interfaces();
  assert.ok(owners.size > 50);
  const scripts = readdirSync(site).filter((name) => name.endsWith(".js"));
  const plain = (name) => name.replace(/-[0-9a-f]{16}\./, ".");
  assert.ok(scripts.some((name) => plain(name) === "app.js"));
  for (const name of scripts) {
    const isBound = ["app.js", "early.js"].includes(plain(name));
    const found = checkScript(join(site, name), { kind: name === "sw.js" ? "webworker" : "dom", owners: isBound ? owners : undefined });
    assert.deepEqual(problems(plain(name), found), []);
  }
});
