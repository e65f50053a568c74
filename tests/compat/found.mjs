// Filters the findings by allowed.json.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Features that are detected before use, or whose absence does no harm; each with its reason. */
export const allowed = JSON.parse(readFileSync(join(import.meta.dirname, "allowed.json"), "utf8"));

/** The exceptions that matched a finding. */
export const used = new Set();

export function problems(name, found) {
  const isAllowed = ({ feature }) => {
    const known = allowed.find((one) => (one.file ?? name) === name && (feature === one.feature || feature.startsWith(`${one.feature}: `)));
    if (known) used.add(known);
    return known;
  };
  return found.filter((one) => !isAllowed(one)).map(({ line, feature, lacks }) => `${name}:${line} ${feature}: not in ${lacks.join(", ")}`);
}
