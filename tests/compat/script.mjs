// Finds JavaScript members, globals and syntax that a promised browser lacks. TypeScript's checker determines a member's owner.
import { readFileSync } from "node:fs";
import { parse } from "acorn";
import ts from "typescript";
import { at, features, lacking } from "./data.mjs";

/** The promised browsers support this version's syntax; newer syntax is a parse error. */
const SYNTAX = 2022;

const GLOBALS = [
  (name) => at("api", "Window", name),
  (name) => at("api", name),
  (name) => at("javascript", "builtins", name),
  (name) => at("api", "ServiceWorkerGlobalScope", name),
  (name) => at("api", "WorkerGlobalScope", name),
  (name) => (name === "WebAssembly" ? at("webassembly", "api") : undefined),
];

/** Members by name, for expressions of unknown type. */
const byName = new Map();
for (const group of [at("api"), at("javascript", "builtins")]) {
  for (const [owner, members] of Object.entries(group)) {
    for (const [name, node] of Object.entries(members)) {
      if (!node.__compat) continue;
      const plain = name.replace(/_static$/, "");
      byName.set(plain, [...(byName.get(plain) ?? []), { node, path: `${owner}.${name}` }]);
    }
  }
}

const first = (...nodes) => nodes.find((node) => node?.__compat);
const globalNode = (name) => first(...GLOBALS.map((look) => look(name)));
const memberNode = (owner, name) =>
  first(at("api", owner, name), at("javascript", "builtins", owner, name), at("webassembly", "api", owner, name));
const staticNode = (owner, name) =>
  first(
    at("api", owner, `${name}_static`),
    at("javascript", "builtins", owner, name),
    owner === "WebAssembly" ? first(at("webassembly", "api", `${name}_static`), at("webassembly", "api", name)) : undefined,
  );

/**
 * The features of a script that a promised browser lacks. `kind` is `dom` or `webworker`; `owners`, if given, are the interfaces
 * that members of unknown type may belong to.
 */
export function checkScript(file, { kind = "dom", owners } = {}) {
  const found = [];
  try {
    parse(readFileSync(file, "utf8"), { ecmaVersion: SYNTAX, sourceType: "module" });
  } catch (error) {
    found.push({ line: error.loc.line, feature: `syntax after ES${SYNTAX}: ${error.message}`, lacks: [] });
  }
  const program = ts.createProgram([file], {
    allowJs: true,
    noEmit: true,
    target: ts.ScriptTarget.ESNext,
    lib: kind === "dom" ? ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"] : ["lib.esnext.d.ts", "lib.webworker.d.ts", "lib.webworker.iterable.d.ts"],
    module: ts.ModuleKind.ESNext,
    moduleDetection: ts.ModuleDetectionKind.Force,
    types: [],
  });
  const source = program.getSourceFile(file);
  const checker = program.getTypeChecker();
  const isLibrary = (symbol) => !!symbol?.declarations?.length && symbol.declarations.every((one) => program.isSourceFileDefaultLibrary(one.getSourceFile()));

  /** Whether a feature is detected before it is used: `a.b?.c`, `typeof a.b`, `"b" in a`. */
  const isDetected = (node) => {
    const { parent } = node;
    return (
      ts.isTypeOfExpression(parent) ||
      ((ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent) || ts.isCallExpression(parent)) && parent.expression === node && !!parent.questionDotToken)
    );
  };

  const report = (node, feature, data, above) => {
    const missing = lacking(data).filter((browser) => !above.includes(browser));
    if (missing.length > 0 && !isDetected(node)) found.push({ line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, feature, lacks: missing });
    return lacking(data);
  };

  /** The names of a type's interfaces, the most derived first. */
  const ownersOf = (type) => {
    const names = [];
    const add = (one) => {
      const name = one.symbol?.name;
      if (name && !names.includes(name)) names.push(name);
      for (const base of one.isClassOrInterface() || one.objectFlags & ts.ObjectFlags.Reference ? (checker.getBaseTypes(one.target ?? one) ?? []) : []) add(base);
    };
    add(checker.getApparentType(type));
    return names;
  };

  /** Checks a member of an expression's type; returns the browsers that lack it. */
  const member = (node, type, name, owner, above) => {
    if (owner && (isLibrary(owner) || owner.name === "globalThis")) {
      const isGlobal = ["globalThis", "window", "self", "parent", "top"].includes(owner.name);
      const data = isGlobal ? globalNode(name) : staticNode(owner.name, name);
      if (data) return report(node, isGlobal ? name : `${owner.name}.${name}`, data, above);
    }
    if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown) || !checker.getPropertyOfType(checker.getApparentType(type), name)) {
      const all = (byName.get(name) ?? []).filter(({ path }) => !owners || owners.has(path.split(".")[0]));
      const missing = all.map((one) => lacking(one.node));
      // If some member of that name is supported everywhere, it may be that one.
      const bad = owners ? missing.findIndex((one) => one.length > 0) : missing.every((one) => one.length > 0) ? 0 : -1;
      return bad >= 0 && all.length > 0 ? report(node, all[bad].path, all[bad].node, above) : [];
    }
    const lacks = [];
    for (const one of type.isUnion() ? type.types : [type]) {
      const names = ownersOf(one);
      const holder = names.find((candidate) => memberNode(candidate, name));
      if (holder) lacks.push(...report(node, `${holder}.${name}`, memberNode(holder, name), above));
    }
    return lacks;
  };

  /** Checks the options of a call, and the event of `addEventListener`. */
  const argumentsOf = (call, data, type) => {
    for (const argument of call.arguments ?? []) {
      if (ts.isObjectLiteralExpression(argument)) {
        for (const { name } of argument.properties) {
          const option = name && [...features(data, "")].find(({ key }) => new RegExp(`(^|_)${name.getText()}(_parameter|_option|$)`).test(key));
          if (option) report(name, option.key, option.node, lacking(data));
        }
      }
    }
    const [event] = call.arguments ?? [];
    if (type && event && ts.isStringLiteral(event)) {
      const name = `${event.text}_event`;
      const holder = [...ownersOf(type), "Window"].find((candidate) => at("api", candidate, name)?.__compat);
      if (holder) report(event, `${holder} ${event.text}`, at("api", holder, name), []);
    }
  };

  /** Visits a node; returns the browsers that lack what it evaluates to. */
  const visit = (node) => {
    if (ts.isPropertyAccessExpression(node)) {
      const above = visit(node.expression);
      if (ts.isPrivateIdentifier(node.name)) return above;
      const symbol = checker.getSymbolAtLocation(node.expression);
      return [...above, ...member(node, checker.getNonNullableType(checker.getTypeAtLocation(node.expression)), node.name.text, symbol, above)];
    }
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const above = visit(node.expression);
      node.arguments?.forEach(visit);
      const callee = node.expression;
      if (ts.isPropertyAccessExpression(callee)) {
        const type = checker.getNonNullableType(checker.getTypeAtLocation(callee.expression));
        const holder = ownersOf(type).find((name) => memberNode(name, callee.name.text));
        if (holder) argumentsOf(node, memberNode(holder, callee.name.text), callee.name.text === "addEventListener" ? type : undefined);
      } else if (ts.isIdentifier(callee) && isLibrary(checker.getSymbolAtLocation(callee))) {
        const data = ts.isNewExpression(node) ? memberNode(callee.text, callee.text) : globalNode(callee.text);
        if (data) {
          if (ts.isNewExpression(node)) report(node, `new ${callee.text}`, data, above);
          argumentsOf(node, data, callee.text === "addEventListener" ? checker.getTypeAtLocation(callee) : undefined);
        }
      }
      return above;
    }
    if (ts.isIdentifier(node)) {
      const isName = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
      const known = checker.resolveName(node.text, node, ts.SymbolFlags.Value, false);
      const isGlobal = known ? isLibrary(known) && known === checker.getSymbolAtLocation(node) : !checker.getSymbolAtLocation(node);
      if (!isName && isGlobal && globalNode(node.text)) {
        return report(node, node.text, globalNode(node.text), []);
      }
      return [];
    }
    if (ts.isObjectBindingPattern(node)) {
      const type = checker.getNonNullableType(checker.getTypeAtLocation(node));
      for (const element of node.elements.filter(({ dotDotDotToken }) => !dotDotDotToken)) {
        const name = element.propertyName ?? element.name;
        if (ts.isIdentifier(name)) member(element, type, name.text, undefined, []);
        if (!ts.isIdentifier(element.name)) visit(element.name);
        if (element.initializer) visit(element.initializer);
      }
      return [];
    }
    ts.forEachChild(node, (child) => void visit(child));
    return [];
  };
  visit(source);
  return found;
}
