// The site on real servers, under a path, with the headers from `cargo xtask headers`.
import { readFileSync } from "node:fs";
import { Deployment } from "./deployed";
import {
  TRAINING,
  button,
  create,
  fillBasics,
  main,
  nameBox,
  open,
  openForm,
  panel,
  review,
  tab,
  title,
} from "./pages";
import { expect, test } from "./watched";

/** A URL, or why there is none. */
type Host = string | { leftOut: string };
const hosts: Record<string, Host> = JSON.parse(process.env.IDENTITY_PORTAL_HOSTS ?? "{}");

test.describe("a host that sends no headers", () => {
  const stamped = hosts.stamped;
  test.skip(typeof stamped !== "string", "`cargo xtask test e2e` stamps the page");
  // The address is only known when the test runs, which checks the requests itself.
  test.use({ expected: [/^asked http:\/\/localhost:|elsewhere\.example/] });

  test("the policy stamped into the page applies", async ({ page }) => {
    const site = new Deployment();
    site.policy = "";
    site.files.set("index.html", readFileSync(stamped as string));
    await site.start();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const response = await page.goto(`${site.address}#/create/user-assigned-identity`);
    expect(await response!.headerValue("content-security-policy")).toBeNull();
    await expect(page.locator("#program")).toBeVisible();
    await fillBasics(page, TRAINING);
    await review(page);
    await create(page);
    expect(asked.filter((url) => !url.startsWith(site.address))).toEqual([]);
    const refused = await page.evaluate(async () => {
      const violated = new Promise<string>((resolve) => document.addEventListener("securitypolicyviolation", (event) => resolve(event.violatedDirective), { once: true }));
      await fetch("https://elsewhere.example/").catch(() => {});
      return violated;
    });
    expect(refused).toBe("connect-src");
    await site.stop();
  });
});

for (const name of ["nginx", "caddy"]) {
  test.describe(name, () => {
    const host = hosts[name] ?? { leftOut: "`cargo xtask test e2e` starts it" };
    test.skip(typeof host !== "string", typeof host === "string" ? "" : host.leftOut);
    const base = typeof host === "string" ? host : "http://localhost/";
    test.use({ baseURL: base, expected: [/^asked \S+\/some\/path$/] });

    test("the whole journey in Preview", async ({ page }) => {
      await openForm(page);
      await expect(page.getByRole("link", { name: "Contoso Cloud Desk" })).toBeVisible();
      await button(page, "Code").click();
      await expect(panel(page)).toBeVisible();
      await fillBasics(page, TRAINING);
      await expect(panel(page)).toContainText("uami-apl2003");
      await tab(page, "Bicep").click();
      await expect(panel(page)).toContainText("Microsoft.ManagedIdentity/userAssignedIdentities");
      await page.getByRole("tab", { name: "Tags" }).click();
      await page.getByRole("combobox", { name: "Tag name 1" }).fill("Env");
      await page.keyboard.press("Escape");
      await review(page);
      await create(page);
      await button(page, "Go to resource").click();
      await expect(title(page)).toHaveText("uami-apl2003");
      await page.reload();
      await expect(main(page)).toContainText("Client ID");
      await open(page, "#/identities");
      await expect(page.getByRole("link", { name: "uami-apl2003" })).toBeVisible();
    });

    test("every file comes with its headers, its type and compressed", async ({ page, request }) => {
      const response = await page.goto("./#/create/user-assigned-identity");
      const policy = (await response!.allHeaders())["content-security-policy"];
      expect(policy).toMatch(/^default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-[^']+'; style-src 'self' 'sha256-[^']+'; /);
      expect(policy).toMatch(/; frame-ancestors https:\/\/portal\.example$/);
      const html = await response!.text();
      const named = (pattern: RegExp) => html.match(pattern)![0];
      const types: [string, string][] = [
        ["", "text/html; charset=utf-8"],
        ["index.html", "text/html; charset=utf-8"],
        ["auth.html", "text/html; charset=utf-8"],
        ["config.json", "application/json"],
        ["favicon.svg", "image/svg+xml"],
        [named(/app-[0-9a-f]{16}\.wasm/), "application/wasm"],
        [named(/app-[0-9a-f]{16}\.js/), "text/javascript; charset=utf-8"],
        [named(/style-[0-9a-f]{16}\.css/), "text/css; charset=utf-8"],
      ];
      for (const [file, type] of types) {
        for (const encoding of ["br", "gzip"]) {
          const answer = await request.get(`./${file}`, { headers: { "Accept-Encoding": encoding } });
          const headers = answer.headers();
          expect(answer.status(), file).toBe(200);
          expect(headers["content-type"].toLowerCase(), file).toBe(type);
          // The file that people edit has no compressed copy that would become stale.
          expect(headers["content-encoding"], file).toBe(file === "config.json" ? undefined : encoding);
          expect(headers["x-content-type-options"], file).toBe("nosniff");
          expect(headers["referrer-policy"], file).toBe("no-referrer");
          expect(headers["strict-transport-security"], file).toBe("max-age=31536000");
          const kept = /-[0-9a-f]{16}\./.test(file) ? "public, max-age=31536000, immutable" : "no-cache";
          expect(headers["cache-control"], file).toBe(kept);
          if (file === "auth.html") {
            expect(headers["content-security-policy"]).toContain("frame-ancestors 'self'");
            expect(headers["cross-origin-opener-policy"]).toBeUndefined();
          } else {
            expect(headers["content-security-policy"], file).toBe(policy);
            expect(headers["cross-origin-opener-policy"], file).toBe("same-origin-allow-popups");
          }
        }
      }
    });

    test("the path without its slash redirects to the page, and a missing file is a 404", async ({ page, request }) => {
      await page.goto(`${base.replace(/\/$/, "")}#/create/user-assigned-identity`);
      await expect(nameBox(page)).toBeVisible();
      expect(page.url()).toBe(`${base}#/create/user-assigned-identity`);
      const missing = await request.get("./app-0000000000000000.wasm");
      expect(missing.status()).toBe(404);
    });
  });
}
