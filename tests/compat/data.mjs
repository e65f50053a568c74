// What the promised browsers (browsers.json) support, according to MDN's browser-compat-data.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const bcd = require("@mdn/browser-compat-data");
export const promised = require("./browsers.json");


/** On an iPhone every browser is Safari. */
const BROWSERS = { ...promised, safari_ios: promised.safari };

const number = (version) => version.replace("≤", "").split(".").map(Number);

/** Whether a version is at least another. */
function reaches(version, wanted) {
  const [have, need] = [number(version), number(wanted)];
  for (let at = 0; at < Math.max(have.length, need.length); at += 1) {
    const difference = (have[at] ?? 0) - (need[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** Whether a version supports a feature without a flag, a prefix or another name. */
function supports(statements, version) {
  return [statements ?? []].flat().some(
    ({ version_added: added, version_removed: removed, flags, prefix, alternative_name: alias }) =>
      typeof added === "string" && added !== "preview" && !flags && !prefix && !alias && reaches(version, added) && !(removed && reaches(version, removed)),
  );
}

/** The node of the data set at these keys. */
export const at = (...keys) => keys.reduce((node, key) => (node && Object.hasOwn(node, key) ? node[key] : undefined), bcd);

/** The promised browsers that lack a node's feature, such as `firefox 115`. */
export function lacking(node) {
  const support = node?.__compat?.support;
  if (!support) return [];
  return Object.entries(BROWSERS).flatMap(([name, version]) => (supports(support[name], version) ? [] : [`${name} ${version}`]));
}

/** Every node with support data below a node, with its path. */
export function* features(node, path) {
  for (const [key, below] of Object.entries(node ?? {})) {
    if (key === "__compat") continue;
    if (below.__compat) yield { key, path: `${path}.${key}`, node: below };
    yield* features(below, `${path}.${key}`);
  }
}
