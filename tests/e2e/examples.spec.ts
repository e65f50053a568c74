// The examples of docs/embedding.md that need a build: they type-check, and they run.
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { APP, expect, framed, test } from "./embed";

const HERE = import.meta.dirname;

/** An example bundled with the code that mounts it, with this app's address instead of `identity.example`. */
async function bundled(mount: string) {
  const { outputFiles } = await build({
    stdin: { contents: mount, resolveDir: join(HERE, "../../docs/examples"), loader: "tsx" },
    bundle: true,
    write: false,
    format: "esm",
    jsx: "automatic",
    nodePaths: [join(HERE, "node_modules")],
    define: { "process.env.NODE_ENV": '"development"' },
  });
  return outputFiles[0].text.replaceAll("https://identity.example/", APP);
}

const PAGE = (script: string) =>
  `<!doctype html><html lang="en"><title>Portal</title><main id="root"></main><script type="module" src="${script}"></script>`;
const TYPE = { "content-type": "text/javascript" };

test("the examples type-check", () => {
  execFileSync(process.execPath, [join(HERE, "node_modules/typescript/bin/tsc"), "-p", join(HERE, "examples.tsconfig.json")], { stdio: "inherit" });
});

test("the types declare exactly the element's properties", async ({ page, hosts }) => {
  await page.goto(hosts.put("/types", `<!doctype html><title>x</title><script src="${APP}embed.js"></script>`));
  const there = await page.evaluate(() => {
    const element = document.createElement("identity-portal");
    const inherited = /^(constructor|attributeChangedCallback|(dis)?connectedCallback|focus)$/;
    return [...Object.getOwnPropertyNames(element), ...Object.getOwnPropertyNames(Object.getPrototypeOf(element))].filter((name) => !inherited.test(name)).sort();
  });
  const types = await readFile(join(HERE, "../../public/embed.d.ts"), "utf8");
  const element = /interface IdentityPortalElement[^{]*\{([\s\S]*?)\n\}/.exec(types)![1];
  const typed = [...element.matchAll(/^ {2}(?:readonly )?(\w+)\??[(:]/gm)].map(([, name]) => name).filter((name) => name !== "addEventListener");
  expect(typed.sort()).toEqual(there);
});

test("React: in strict mode, properties and events", async ({ page, hosts, words }) => {
  const mount = `import { StrictMode } from "react";
    import { createRoot } from "react-dom/client";
    import { NewIdentity } from "./react";
    const root = createRoot(document.getElementById("root"));
    window.show = (team) => root.render(<StrictMode><NewIdentity team={team} acquireToken={async () => "none"}/></StrictMode>);
    window.show("blue");`;
  hosts.put("/react.js", await bundled(mount), TYPE);
  await page.goto(hosts.put("/react", PAGE("/react.js")));
  const frame = framed(page);
  const name = frame.getByRole("textbox", { name: "Name", exact: true });
  await name.fill("uami-react");
  // Rendering again, with other functions, keeps what was typed.
  await page.evaluate("show('blue')");
  await expect(name).toHaveValue("uami-react");
  for (const [field, entry] of [["Subscription", "Contoso Development"], ["Resource group", "RG1"]]) {
    await frame.getByRole("combobox", { name: field, exact: true }).fill(entry);
    await frame.getByRole("option", { name: entry, exact: true }).click();
  }
  await frame.getByRole("button", { name: "Review + create", exact: true }).click();
  await expect(frame.getByRole("main")).toContainText("Validation passed");
  await expect(frame.getByRole("main")).toContainText("blue");
  await frame.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByRole("status")).toHaveText(/^Created uami-react, client ID [0-9a-f-]{36}\.$/);
  await expect(page.locator("identity-portal")).toHaveCount(0);
  expect(words.filter((word) => !/React DevTools/.test(word))).toEqual([]);
});

test("Backstage-like: the portal's theme, the organisation's rules, and a pull request at the end", async ({ page, hosts, words }) => {
  const mount = `import { createRoot } from "react-dom/client";
    import { IdentityRequestPage } from "./backstage";
    const root = createRoot(document.getElementById("root"));
    const token = async () => undefined;
    const propose = async (title, files) => { window.proposed = { title, files }; };
    window.show = (theme) => root.render(<IdentityRequestPage url=${JSON.stringify(APP)} theme={theme} token={token} propose={propose}/>);
    window.show("dark");`;
  hosts.put("/backstage.js", await bundled(mount), TYPE);
  await page.goto(hosts.put("/backstage", PAGE("/backstage.js")));
  const frame = framed(page);
  const surface = () => frame.locator("html").evaluate((root) => getComputedStyle(root).getPropertyValue("--page"));
  await frame.getByRole("textbox", { name: "Name", exact: true }).fill("uami-backstage");
  await expect.poll(surface).toBe("#121212");
  await page.evaluate("show('light')");
  await expect.poll(surface).not.toBe("#121212");
  for (const [field, entry] of [["Subscription", "Contoso Development"], ["Resource group", "RG1"]]) {
    await frame.getByRole("combobox", { name: field, exact: true }).fill(entry);
    await frame.getByRole("option", { name: entry, exact: true }).click();
  }
  await frame.getByRole("tab", { name: "Tags" }).click();
  await frame.getByRole("combobox", { name: "Tag value 1" }).fill("team-blue");
  await frame.getByRole("combobox", { name: "Tag value 2" }).fill("test");
  await frame.getByRole("button", { name: "Review + create", exact: true }).click();
  await frame.getByRole("button", { name: "Use this request", exact: true }).click();
  await expect.poll(() => page.evaluate("window.proposed?.title")).toBe("Add uami-backstage");
  const files = await page.evaluate<Record<string, string>>("proposed.files");
  expect(Object.keys(files)[0]).toMatch(/^identities\/uami-backstage\/.+\.bicep$/);
  expect(Object.values(files)[0]).toContain("uami-backstage");
  expect(words.filter((word) => !/React DevTools/.test(word))).toEqual([]);
});
