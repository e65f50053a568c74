// Tests of the checks: they find exactly what the fixtures' comments list.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { lacking } from "./data.mjs";
import { checkScript } from "./script.mjs";
import { checkStyle } from "./style.mjs";

const fixture = (name) => join(import.meta.dirname, "fixtures", name);

/** The features in the comment at the end of each line. */
function expected(name, comment) {
  return readFileSync(fixture(name), "utf8")
    .split("\n")
    .flatMap((line, index) => (comment.exec(line)?.[1].split(" | ") ?? []).map((feature) => `${index + 1} ${feature}`));
}

const listed = (found) => found.map(({ line, feature }) => `${line} ${feature}`);

test("members, globals, options and events of a script", () => {
  const found = checkScript(fixture("newer.js"));
  assert.deepEqual(listed(found), expected("newer.js", /; \/\/ (.*)$/));
  assert.deepEqual(found[0].lacks, ["chrome 109", "edge 109", "safari 16.4", "safari_ios 16.4"]);
});

test("syntax of a script", () => {
  const [one, ...more] = checkScript(fixture("syntax.js"));
  assert.match(one.feature, /^syntax after ES2022/);
  assert.deepEqual(more, []);
});

test("a stylesheet", () => {
  assert.deepEqual(listed(checkStyle(fixture("newer.css"))), expected("newer.css", /\} \/\* (.*) \*\/$/));
});

test("versions are compared as numbers; flags, prefixes and removals do not count", () => {
  const lacks = (firefox) => lacking({ __compat: { support: { firefox } } }).includes("firefox 115");
  for (const [statement, expected] of [
    [{ version_added: "99" }, false],
    [{ version_added: "115" }, false],
    [{ version_added: "≤115" }, false],
    [{ version_added: "115.1" }, true],
    [{ version_added: "1000" }, true],
    [{ version_added: "preview" }, true],
    [{ version_added: false }, true],
    [{ version_added: "80", flags: [{}] }, true],
    [{ version_added: "80", prefix: "-moz-" }, true],
    [{ version_added: "80", version_removed: "100" }, true],
    [[{ version_added: "120" }, { version_added: "80", alternative_name: "x" }], true],
    [[{ version_added: "110" }, { version_added: "80", prefix: "-moz-" }], false],
  ]) {
    assert.equal(lacks(statement), expected, JSON.stringify(statement));
  }
});
