// Starts the program, and preserves what a person does before it runs.
//
// `index.html` holds the form's first screen (the shell), which `shell.js` shows, and which can be read and typed into while
// the program loads. When the program has rendered, it dispatches `identity-portal:ready` with its root,
// and this module replaces the shell with it in one task, transferring text, caret, focus and the last click.

// The values of controls that the program never saw, by element id. A named instance has its own keys, as in
// `src/browser/storage.rs`.
const instance = new URLSearchParams(location.search).get("instance");
const own = (key) => (instance ? `${instance}/${key}` : key);
const TYPED = own("identity-portal:typed");

const framed = parent !== self;

// A host with the policy of an earlier version refuses the style in the page.
const style = document.getElementById("style");
if (!style.sheet) {
  const link = document.createElement("link");
  Object.assign(link, { rel: "stylesheet", href: style.dataset.href, integrity: style.dataset.integrity, crossOrigin: "" });
  style.replaceWith(link);
}

const shell = document.getElementById("shell");
const typedInto = () => [...shell.querySelectorAll("input[id]")].filter((input) => input.value !== input.defaultValue);

// ---- Markup ----------------------------------------------------------------------------------------
// Only Leptos sets `innerHTML`, with inert markup. This policy refuses markup that could run, and every script but
// ours and the service worker.
const programScript = document.getElementById("program-script");
const earlyScript = document.getElementById("early-script");
const offline = document.getElementById("offline");
const ACTIVE = /<\/?(script|iframe|frame|object|embed|link|meta|base|style|form)\b|[\s/"']on[a-z]+\s*=|srcdoc\s*=|javascript:/i;
globalThis.trustedTypes?.createPolicy("default", {
  createHTML: (markup) => {
    if (ACTIVE.test(markup)) throw new TypeError("active markup was refused");
    return markup;
  },
  createScriptURL: (address) => {
    if (![programScript, earlyScript, offline].some((link) => link?.href === address)) throw new TypeError("a foreign script was refused");
    return address;
  },
});
// Until here it says that the script was blocked: a host's policy may not allow ours.
document.getElementById("unstarted")?.remove();

// ---- The shell -------------------------------------------------------------------------------------
let lastClick;
// Replacing the shell would interrupt an input method's composition, or a press between its two halves.
let composing = false;
let pressing = false;

function remember(event) {
  const target = event.target.closest("button, [role=tab], [role=combobox], summary");
  if (target) event.preventDefault();
  lastClick = target?.id || undefined;
}

/** Stores what was typed before the program runs, for the next load. */
function keepTyped() {
  if (framed || !shell.isConnected || shell.hidden) return;
  try {
    sessionStorage.setItem(TYPED, JSON.stringify(Object.fromEntries(typedInto().map((input) => [input.id, input.value]))));
  } catch {
    // No storage: what was typed is lost.
  }
}
addEventListener("pagehide", keepTyped);

/** A click counts only until the person goes on elsewhere. */
function forgetElsewhere({ target }) {
  if (target.id !== lastClick) lastClick = undefined;
}

addEventListener("hashchange", showShell);
shell.addEventListener("click", remember);
shell.addEventListener("focusin", forgetElsewhere);
shell.addEventListener("compositionstart", () => (composing = true));
shell.addEventListener("compositionend", () => (composing = false));
shell.addEventListener("pointerdown", ({ button }) => (pressing = button === 0));
// The other keys act when they are pressed.
shell.addEventListener("keydown", ({ key, target }) => (pressing = key === " " && target.matches("button, [role=tab]")));
// Where a menu opens or a drag begins, there is no `pointerup`.
const RELEASES = ["pointerup", "pointercancel", "contextmenu", "dragend", "keyup", "blur"];
for (const release of RELEASES) addEventListener(release, () => (pressing = false));

// ---- Taking over -----------------------------------------------------------------------------------
function takeOver(root) {
  removeEventListener("hashchange", showShell);
  const find = (id) => root.querySelector(`#${CSS.escape(id)}`);
  const active = shell.contains(document.activeElement) ? document.activeElement : null;
  // Inputs without a selection return null.
  const selection = active?.matches("input") ? [active.selectionStart, active.selectionEnd, active.selectionDirection] : [];
  const typed = shell.hidden ? [] : typedInto();
  const scroll = [scrollX, scrollY];
  shell.replaceWith(root);
  for (const input of typed) {
    const twin = find(input.id);
    if (!twin || twin.value === input.value) continue;
    twin.value = input.value;
    twin.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    twin.dispatchEvent(new Event("change", { bubbles: true }));
  }
  try {
    sessionStorage.removeItem(TYPED);
  } catch {
    // No storage: there is nothing to remove.
  }
  const twin = active?.id ? find(active.id) : null;
  twin?.focus({ preventScroll: true });
  if (twin && selection[0] != null) twin.setSelectionRange(...selection);
  scrollTo(...scroll);
  if (lastClick) find(lastClick)?.click();
  performance.mark("program-ready");
}

/** Takes over once nothing would be interrupted. Text and clicks arrive in the task of the event that ends it, or the next. */
function takeOverWhenIdle(root) {
  if (!composing && !pressing) return takeOver(root);
  const ends = composing ? ["compositionend"] : RELEASES;
  const next = () => {
    for (const end of ends) removeEventListener(end, next);
    setTimeout(takeOverWhenIdle, 0, root);
  };
  for (const end of ends) addEventListener(end, next);
}

// Leptos sets the values of controls in a microtask; take over after it, or it would move the caret.
addEventListener("identity-portal:ready", ({ detail: root }) => queueMicrotask(() => takeOverWhenIdle(root)));

// ---- The program -----------------------------------------------------------------------------------
// These messages can't come from the catalogue, because the program that contains it failed.
function stop(title, advice) {
  const box = document.getElementById("stopped");
  if (!box.hidden) return; // Keep the first failure, which explains the later ones.
  const heading = document.createElement("h1");
  heading.textContent = title;
  const text = document.createElement("p");
  text.textContent = advice;
  const retry = document.createElement("button");
  retry.textContent = "Try again";
  retry.addEventListener("click", () => location.reload());
  box.replaceChildren(heading, text, retry);
  box.hidden = false;
}

const notLoaded = () =>
  stop("A part of this page did not load", "Check your connection, then try again. What you typed is kept.");

// After a trap the program can't continue.
function trapped(error) {
  if (!(error instanceof WebAssembly.RuntimeError)) return;
  stop("Something went wrong in this page", "Try again. What you typed is kept; the browser's console has the details.");
}
addEventListener("error", ({ error }) => trapped(error));
addEventListener("unhandledrejection", ({ reason }) => trapped(reason));

async function start(init) {
  try {
    const [module] = await Promise.all([program, configured]);
    await init({ module_or_path: module });
  } catch (error) {
    console.error(error);
    if (error instanceof WebAssembly.CompileError && /content security policy|unsafe-eval/i.test(error.message)) {
      stop("This page may not run its program", "Its Content-Security-Policy has to allow 'wasm-unsafe-eval'. Tell whoever runs this site.");
    } else if (error instanceof TypeError) {
      notLoaded();
    } else {
      stop("The program could not start", "Try again. If that does not help, update your browser.");
    }
  }
}

// ---- Fetched (a single file has `inside.js` in this place) ----
/** Compiles a wasm while it arrives. */
async function compiled(asked) {
  const answer = await asked;
  if (!answer.ok) throw new TypeError(`${answer.status} for ${answer.url}`);
  // Some hosts don't know the type, which streaming requires.
  if (answer.headers.get("content-type") === "application/wasm") return WebAssembly.compileStreaming(answer);
  return WebAssembly.compile(await answer.arrayBuffer());
}

const fetchLinked = (link, cache = "default") => compiled(fetch(link.href, { integrity: link.dataset.integrity, cache }));

/** Fetches the program. If that fails, the browser may have kept a broken copy of the file: the second attempt ignores it. */
async function fetchProgram() {
  const link = document.getElementById("program-wasm");
  try {
    return await fetchLinked(link);
  } catch {
    return fetchLinked(link, "reload");
  }
}

function runScript(link, failed) {
  const script = document.createElement("script");
  script.type = "module";
  script.crossOrigin = "";
  script.integrity = link.integrity || link.dataset.integrity;
  script.addEventListener("error", failed);
  script.src = link.href;
  document.head.append(script);
}

/** Fetches what checks the name before the program runs, once there is one. A build for development has no such script. */
function checkEarly() {
  const field = document.getElementById("name");
  if (!earlyScript || !field) return;
  const run = () => runScript(earlyScript, () => {}); // The program checks the name, too.
  if (field.value || field === document.activeElement) run();
  else field.addEventListener("focus", run, { once: true });
}

// When the page goes away, its requests fail: no reason to say so.
let leaving = false;
addEventListener("pagehide", () => (leaving = true));
addEventListener("pageshow", () => (leaving = false));

// Parts that were fetched before the program asks for them, by file name.
const ahead = new Map();
// Parts whose last attempt failed: the browser may have kept a broken copy of the file.
const failed = new Set();

/** Fetches parts that the form needs before it asks for them. A build for development has none. */
function fetchAhead(...parts) {
  if (framed || shell.hidden) return;
  for (const part of parts) {
    const link = document.getElementById(`part-${part}`);
    if (!link) continue;
    const module = fetchLinked(link);
    module.catch(() => {}); // The program asks again.
    ahead.set(link.getAttribute("href"), module);
  }
}

/** Fetches a part of the program, for its loader. */
globalThis.identityPortalPart = async (name, integrity) => {
  const module = ahead.get(name);
  ahead.delete(name);
  try {
    if (module) return await module;
  } catch {
    failed.add(name); // Fetched again below.
  }
  try {
    const cache = failed.has(name) ? "reload" : "default";
    return await compiled(fetch(new URL(name, document.baseURI), { integrity, cache }));
  } catch (error) {
    failed.add(name);
    // A page that is going away learns so only now; in a frame that was removed, no timer runs any more.
    await new Promise((later) => setTimeout(later));
    if (leaving) return new Promise(() => {});
    missing();
    throw error;
  }
};

/** Reads `config.json`, leaves it in the page for the program, and fetches what its mode needs. */
async function configure() {
  const answer = await fetch("config.json");
  // Otherwise the program asks, and says what is wrong.
  if (!answer.ok && answer.status !== 404) return;
  const text = answer.ok ? await answer.text() : "{}";
  const element = document.createElement("template");
  element.id = "config";
  element.textContent = text;
  document.head.append(element);
  const config = JSON.parse(text);
  if (Object.keys(config).length > 0) fetchAhead("config");
  const mode = new URLSearchParams(location.search).get("mode") ?? config.mode;
  if (config.clientId && mode !== "preview") fetchAhead("shared_live", "signin");
  else fetchAhead("sandbox");
}
// ---- End of fetched ----

let program;
let configured;
if (typeof WebAssembly === "object") {
  program = fetchProgram();
  program.catch(() => {}); // Handled where it is awaited.
  addEventListener("identity-portal:script", ({ detail }) => start(detail), { once: true });
  runScript(programScript, notLoaded);
  checkEarly();
  fetchAhead("shared", "azure");
  configured = configure().catch(() => {}); // The program says what is wrong.
} else {
  stop("Your browser runs no WebAssembly", "This page needs it. Use a current browser, or allow WebAssembly in the one you have.");
}

// ---- New versions, and visits without a network --------------------------------------------------------
/** Shows a notice at the bottom of the page with a button that acts on it. */
function tell(words, label, act) {
  const box = document.getElementById("news");
  const text = document.createElement("p");
  text.textContent = words;
  const button = (label, press) => {
    const made = document.createElement("button");
    made.className = "button";
    made.textContent = label;
    made.addEventListener("click", press);
    return made;
  };
  box.replaceChildren(text, button(label, act), button("Later", () => (box.hidden = true)));
  box.hidden = false;
}

const tellNew = (reload) => tell("There is a new version of this page. Reload to go on with it; what you typed is kept.", "Reload", reload);

/** Called when a part of the program couldn't be fetched: an upgrade may have removed the file. */
async function missing() {
  try {
    const page = await (await fetch("./", { cache: "no-cache" })).text();
    if (/app-[0-9a-f]{16}\.js/.test(page) && !page.includes(programScript.getAttribute("href"))) tellNew(() => location.reload());
  } catch {
    // No network: the page says so already.
  }
}

// ---- The network comes and goes ------------------------------------------------------------------------
// The query of the Live page when a person switched to Preview because there was no network.
const LEFT_LIVE = own("identity-portal:left-live");

async function connection(change) {
  if (framed) return;
  const live = document.querySelector("#program [data-mode=live]");
  let left = null;
  try {
    left = sessionStorage.getItem(LEFT_LIVE);
  } catch {
    return; // No storage: what was typed couldn't be carried over.
  }
  if (live && !navigator.onLine) {
    // Without the cached site, Preview wouldn't load either.
    if (!(await navigator.serviceWorker?.getRegistration())?.active) return;
    tell("There is no network. What you typed can go on in Preview, on a simulated Azure: checked, and nothing real is made.", "Go on in Preview", () => {
      sessionStorage.setItem(LEFT_LIVE, location.search);
      const search = new URLSearchParams(location.search);
      search.set("mode", "preview");
      location.search = search;
    });
  } else if (live && change === "identity-portal:ready") {
    // Only at the start: a Live page that is being left for Preview gets network events too.
    sessionStorage.removeItem(LEFT_LIVE);
  } else if (live) {
    document.getElementById("news").hidden = true;
  } else if (left !== null && navigator.onLine) {
    tell("The network is back. Go on in Live with what you typed.", "Go on in Live", () => {
      sessionStorage.removeItem(LEFT_LIVE);
      location.search = left;
    });
  }
}
for (const change of ["online", "offline", "identity-portal:ready"]) addEventListener(change, () => setTimeout(connection, 0, change));

// How long after the start files are fetched for the next visit.
const REST_MS = 3000;

async function keepForNextVisit() {
  const workers = navigator.serviceWorker;
  // Offline visits of an embedded page are up to its host page.
  if (!offline || !workers || top !== self) return;
  try {
    if (document.documentElement.dataset.offline === "off") {
      const scope = new URL("./", location.href).href;
      const ours = await workers.getRegistration();
      if (ours?.scope === scope) await ours.unregister();
      for (const key of await caches.keys()) if (key.startsWith(`identity-portal ${scope} `)) await caches.delete(key);
      return;
    }
    // In data-saving mode the site isn't prefetched; a site that is already cached is kept up to date.
    if (navigator.connection?.saveData && !(await workers.getRegistration())) return;
    const registration = await workers.register(offline.href, { updateViaCache: "none" });
    const waiting = () => {
      const next = registration.waiting;
      if (!next || !workers.controller) return;
      tellNew(() => {
        workers.addEventListener("controllerchange", () => location.reload(), { once: true });
        next.postMessage("take-over");
      });
    };
    waiting();
    registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", waiting));
  } catch {
    // Service workers aren't allowed here: the page works without one.
  }
}
addEventListener("identity-portal:ready", () => setTimeout(keepForNextVisit, REST_MS), { once: true });
