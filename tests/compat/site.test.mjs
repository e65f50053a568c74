// The scripts of a build. wasm-bindgen's script shows which web APIs the Rust code uses. `IDENTITY_PORTAL_SITE` is the built
// site's folder.
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

/** The interfaces that the Rust code uses (the features of web-sys in Cargo.toml), in the browser's spelling. */
function interfaces() {
  const { packages } = JSON.parse(execFileSync("cargo", ["metadata", "--locked", "--no-deps", "--format-version=1"], { cwd: ROOT, maxBuffer: 1 << 26 }));
  const { features } = packages.find(({ name }) => name === "identity-portal").dependencies.find(({ name }) => name === "web-sys");
  const builtins = Object.keys(at("javascript", "builtins"));
  const written = new Map(Object.keys(at("api")).map((name) => [name.toLowerCase(), name]));
  return new Set([...features.map((name) => written.get(name.toLowerCase())), ...builtins]);
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
