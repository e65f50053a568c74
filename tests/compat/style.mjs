// Finds CSS properties, values, functions, units, selectors and at-rules that a promised browser lacks.
import { readFileSync } from "node:fs";
import { parse, walk } from "css-tree";
import { at, features, lacking } from "./data.mjs";

const functions = new Map();
for (const { key, path, node } of features(at("css", "types"), "css.types")) if (!functions.has(key)) functions.set(key, { path, node });

const UNITS = { d: "viewport_percentage_units_dynamic", s: "viewport_percentage_units_small", l: "viewport_percentage_units_large" };

function unitNode(unit) {
  if (/^[dsl]v/.test(unit)) return at("css", "types", "length", UNITS[unit[0]]);
  if (/^cq/.test(unit)) return at("css", "types", "length", "container_query_length_units");
  return at("css", "types", "length", unit);
}

/** The features of a stylesheet that a promised browser lacks, except inside `@supports`. */
export function checkStyle(file) {
  const found = [];
  const wrong = [];
  const tree = parse(readFileSync(file, "utf8"), { positions: true, parseCustomProperty: true, onParseError: (error) => wrong.push(error) });
  for (const error of wrong) found.push({ line: error.line, feature: error.message, lacks: [] });
  const report = (node, feature, data) => {
    const lacks = lacking(data);
    if (lacks.length > 0) found.push({ line: node.loc.start.line, feature, lacks });
  };
  const rules = [];
  let property = "";
  const enter = (node) => {
    switch (node.type) {
      case "Atrule":
        if (node.name === "supports") return walk.skip;
        report(node, `@${node.name}`, at("css", "at-rules", node.name));
        return undefined;
      case "Feature":
        report(node, `@media (${node.name})`, at("css", "at-rules", "media", node.name.replace(/^(min|max)-/, "")));
        return undefined;
      case "FeatureRange":
        report(node, "@media ranges", at("css", "at-rules", "media", "range_syntax"));
        return undefined;
      case "Rule":
        if (rules.length > 0) report(node, "nesting", at("css", "selectors", "nesting"));
        rules.push(node);
        return undefined;
      case "PseudoClassSelector":
      case "PseudoElementSelector":
        report(node, `${node.type === "PseudoClassSelector" ? ":" : "::"}${node.name}`, at("css", "selectors", node.name));
        return undefined;
      case "Declaration":
        property = node.property;
        report(node, property, at("css", "properties", property));
        return undefined;
      case "Identifier":
        if (property) report(node, `${property}: ${node.name}`, at("css", "properties", property, node.name));
        return undefined;
      case "Function":
        report(node, `${node.name}()`, at("css", "properties", property, node.name) ?? functions.get(node.name)?.node);
        return undefined;
      case "Dimension":
        report(node, node.unit, unitNode(node.unit));
        return undefined;
      default:
        return undefined;
    }
  };
  const leave = (node) => {
    if (node.type === "Rule") rules.pop();
    if (node.type === "Declaration") property = "";
  };
  walk(tree, { enter, leave });
  return found;
}
