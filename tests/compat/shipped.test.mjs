// Shipped code uses only features of the promised browsers. allowed.json has the exceptions.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { at, lacking, promised } from "./data.mjs";
import { allowed, problems, used } from "./found.mjs";
import { checkScript } from "./script.mjs";
import { checkStyle } from "./style.mjs";

const ROOT = join(import.meta.dirname, "../..");
const text = (file) => readFileSync(join(ROOT, file), "utf8");
const files = (folder, end) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(end))
    .sort()
    .map((name) => [name, join(ROOT, folder, name)]);

const check = (name, found) => assert.deepEqual(problems(name, found), []);

for (const [name, file] of files("public", ".js")) {
  test(`public/${name}`, () => check(name, checkScript(file, { kind: name === "sw.js" ? "webworker" : "dom" })));
}

for (const [name, file] of files("style", ".css")) test(`style/${name}`, () => check(name, checkStyle(file)));

// The exceptions for wasm-bindgen's code need a build (site.test.mjs).
test("every exception is still needed", () => assert.deepEqual(allowed.filter((one) => !used.has(one) && !["app.js", "early.js"].includes(one.file)), []));

/** The data set's names of the wasm features that the build enables. */
const WASM = {
  "bulk-memory": ["bulk-memory-operations"],
  "nontrapping-float-to-int": ["non-trapping-float-to-int-conversions"],
  "sign-ext": ["sign-extension-operations"],
  "mutable-globals": ["api", "Global"],
  "reference-types": ["reference-types"],
  multivalue: ["multi-value"],
};

test("the features of wasm", () => {
  const enabled = [...text("xtask/src/site/wasm_features.rs").matchAll(/"--enable-([\w-]+)"/g)].map(([, name]) => name);
  assert.ok(enabled.length > 0);
  for (const name of enabled) {
    const node = WASM[name] && at("webassembly", ...WASM[name]);
    assert.ok(node, `${name} is not in the table`);
    assert.deepEqual(lacking(node), [], name);
  }
});

test("people are told the same versions", () => {
  const { chrome, edge, firefox, safari } = promised;
  assert.equal(chrome, edge);
  assert.ok(text("index.html").includes(`Chrome and Edge are new enough from ${chrome} on, Firefox from ${firefox}, Safari from ${safari}.`));
  assert.ok(text("README.md").includes(`Chrome and Edge from ${chrome} on, Firefox from ${firefox} and Safari from ${safari}`));
});
