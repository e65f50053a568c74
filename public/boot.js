// Starts the program, and preserves what a person does before it runs.
//
// `index.html` holds the form's first screen (the shell), which can be read and typed into while
// the program loads. When the program has rendered, it dispatches `identity-portal:ready` with its root,
// and this module replaces the shell with it in one task, transferring text, caret, focus and the last click.

document.getElementById("unstarted")?.remove();

// The addresses that show the shell's page; the same as in `src/browser/shell.rs`.
const SHELL_ADDRESS = /^#\/create\/user-assigned-identity(\?|$)/;
// Values by element id. The program saves and restores DRAFT itself; TYPED is what it never saw.
// A named instance has its own keys, as in `src/browser/storage.rs`.
const instance = new URLSearchParams(location.search).get("instance");
const own = (key) => (instance ? `${instance}/${key}` : key);
const DRAFT = own("identity-portal:shell");
const TYPED = own("identity-portal:typed");

// When framed, nothing is read or shown until the program knows the host page (src/app/embedded.rs).
const framed = parent !== self;

// ---- Appearance --------------------------------------------------------------------------------------
// `src/portal/appearance.rs` writes these. They are set before the first paint to avoid a flash of the wrong theme.
for (const name of ["theme", "density"]) {
  try {
    const chosen = !framed && localStorage.getItem(`identity-portal:${name}`);
    if (chosen) document.documentElement.dataset[name] = chosen;
  } catch {
    // No storage: use the system's theme.
  }
}

const shell = document.getElementById("shell");
const isControl = (element) => element.matches?.("input, textarea, select");
const controls = () => [...shell.querySelectorAll("input[id], textarea[id], select[id]")];
const valueOf = (control) => (control.type === "checkbox" || control.type === "radio" ? String(control.checked) : control.value);
const setValue = (control, value) => {
  if (control.type === "checkbox" || control.type === "radio") control.checked = value === "true";
  else control.value = value;
};

// ---- Markup ----------------------------------------------------------------------------------------
// Only Leptos sets `innerHTML`, with inert markup. This policy refuses markup that could run, and every script but
// the program's and the service worker.
const programScript = document.getElementById("program-script");
const offline = document.getElementById("offline");
const ACTIVE = /<\/?(script|iframe|frame|object|embed|link|meta|base|style|form)\b|[\s/"']on[a-z]+\s*=|srcdoc\s*=|javascript:/i;
globalThis.trustedTypes?.createPolicy("default", {
  createHTML: (markup) => {
    if (ACTIVE.test(markup)) throw new TypeError("active markup was refused");
    return markup;
  },
  createScriptURL: (address) => {
    if (address !== programScript?.href && address !== offline?.href) throw new TypeError("a foreign script was refused");
    return address;
  },
});

// ---- The shell -------------------------------------------------------------------------------------
const rendered = new Map();
let lastClick;
let composing = false;

function stored(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key)) ?? {};
  } catch {
    return {}; // No storage, or not our JSON: the shell stays as rendered.
  }
}

function fill() {
  if (framed) return;
  const draft = stored(DRAFT);
  const typed = stored(TYPED);
  try {
    sessionStorage.removeItem(TYPED);
  } catch {
    // No storage: there is nothing to remove.
  }
  for (const control of controls()) {
    if (Object.hasOwn(draft, control.id)) setValue(control, draft[control.id]);
    rendered.set(control.id, valueOf(control));
    if (Object.hasOwn(typed, control.id)) setValue(control, typed[control.id]);
  }
}

function show() {
  shell.hidden = framed || !SHELL_ADDRESS.test(location.hash);
}

function remember(event) {
  const target = event.target.closest("button, [role=tab], [role=combobox], summary");
  if (!target) return;
  event.preventDefault();
  lastClick = target.id || undefined;
}

fill();
show();
addEventListener("hashchange", show);
shell.addEventListener("click", remember);
shell.addEventListener("compositionstart", () => (composing = true));
shell.addEventListener("compositionend", () => (composing = false));
performance.mark("shell-visible");

// ---- Taking over -----------------------------------------------------------------------------------
function takeOver(root) {
  removeEventListener("hashchange", show);
  const find = (id) => root.querySelector(`#${CSS.escape(id)}`);
  const active = shell.contains(document.activeElement) ? document.activeElement : null;
  // Inputs without a selection return null.
  const selection = active && isControl(active) ? [active.selectionStart, active.selectionEnd, active.selectionDirection] : [];
  const typed = shell.hidden ? [] : controls().filter((control) => valueOf(control) !== rendered.get(control.id));
  const scroll = [scrollX, scrollY];
  shell.replaceWith(root);
  for (const control of typed) {
    const twin = find(control.id);
    if (!twin || valueOf(twin) === valueOf(control)) continue;
    setValue(twin, valueOf(control));
    twin.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    twin.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const twin = active?.id ? find(active.id) : null;
  twin?.focus({ preventScroll: true });
  if (twin && selection[0] != null) twin.setSelectionRange(...selection);
  scrollTo(...scroll);
  if (lastClick) find(lastClick)?.click();
  performance.mark("program-ready");
}

addEventListener("identity-portal:ready", ({ detail: root }) => {
  // Leptos sets the values of controls in a microtask; run after it, or it would move the caret.
  if (!composing) return queueMicrotask(() => takeOver(root));
  // An input method is composing in the element; its text arrives in the task after `compositionend`.
  shell.addEventListener("compositionend", () => setTimeout(() => takeOver(root)), { once: true });
});

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
  retry.addEventListener("click", () => {
    try {
      const typed = controls().filter((control) => valueOf(control) !== rendered.get(control.id));
      sessionStorage.setItem(TYPED, JSON.stringify(Object.fromEntries(typed.map((control) => [control.id, valueOf(control)]))));
    } catch {
      // No storage: what was typed is lost.
    }
    location.reload();
  });
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
    const response = await program;
    if (!response.ok) throw new TypeError(`${response.status} for ${response.url}`);
    await init({ module_or_path: response });
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
// Fetched here rather than preloaded by `index.html`, so that it doesn't compete with what the first screen needs.
function fetchProgram() {
  const link = document.getElementById("program-wasm");
  return fetch(link.href, { integrity: link.dataset.integrity });
}

function runScript() {
  const script = document.createElement("script");
  script.type = "module";
  script.crossOrigin = "";
  script.integrity = programScript.dataset.integrity;
  script.addEventListener("error", notLoaded);
  script.src = programScript.href;
  document.head.append(script);
}

/** Fetches a part of the program, for its loader. */
globalThis.identityPortalPart = async (name, integrity) => {
  try {
    return await fetch(new URL(name, document.baseURI), { integrity });
  } catch (error) {
    missing();
    throw error;
  }
};
// ---- End of fetched ----

let program;
if (typeof WebAssembly === "object") {
  program = fetchProgram();
  program.catch(() => {}); // Handled where it is awaited.
  addEventListener("identity-portal:script", ({ detail }) => start(detail), { once: true });
  runScript();
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
