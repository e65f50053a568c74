// Starts the program, and keeps what a person does before it runs.
//
// `index.html` holds the form's first screen (the shell), so that it can be read and typed into while
// the program loads. When the program has drawn itself it sends `identity-portal:ready` with its root,
// and this module puts that in the shell's place in one task: text, caret, focus and the last click go along.

document.getElementById("unstarted")?.remove();

// The addresses whose page the shell is; `src/browser/shell.rs` names the same.
const SHELL_ADDRESS = /^#\/create\/user-assigned-identity(\?|$)/;
// Values by element id. DRAFT is what the program saved and restores by itself, TYPED what it never saw.
// An instance with a name keeps them apart; `src/browser/storage.rs` does the same.
const instance = new URLSearchParams(location.search).get("instance");
const own = (key) => (instance ? `${instance}/${key}` : key);
const DRAFT = own("identity-portal:shell");
const TYPED = own("identity-portal:typed");

// Inside another page nothing is read and nothing shown until the program knows whose page that is (src/app/embedded.rs).
const framed = parent !== self;

// ---- Appearance --------------------------------------------------------------------------------------
// `src/portal/appearance.rs` writes these; set before anything is drawn, so that no other theme flashes up.
for (const name of ["theme", "density"]) {
  try {
    const chosen = !framed && localStorage.getItem(`identity-portal:${name}`);
    if (chosen) document.documentElement.dataset[name] = chosen;
  } catch {
    // No storage: the system's theme.
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
// Leptos sets inert markup by `innerHTML`, and so does nobody else. What could run is refused, and so is every script but
// the program's.
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
    return {}; // No storage, or not ours: the shell stays as it was rendered.
  }
}

function fill() {
  if (framed) return;
  const draft = stored(DRAFT);
  const typed = stored(TYPED);
  try {
    sessionStorage.removeItem(TYPED);
  } catch {
    // Nothing was stored then.
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
  // Not every kind of input has a selection; those give null.
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
  // Leptos sets the values of controls in a microtask, which would move the caret after us.
  if (!composing) return queueMicrotask(() => takeOver(root));
  // An input method holds the element; what it composes arrives with the task after its end.
  shell.addEventListener("compositionend", () => setTimeout(() => takeOver(root)), { once: true });
});

// ---- The program -----------------------------------------------------------------------------------
// The sentences stand here, because what could say them otherwise is what failed.
function stop(title, advice) {
  const box = document.getElementById("stopped");
  if (!box.hidden) return; // What failed first explains what failed after it.
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
      // Without storage, what was typed can't be kept.
    }
    location.reload();
  });
  box.replaceChildren(heading, text, retry);
  box.hidden = false;
}

const notLoaded = () =>
  stop("A part of this page did not load", "Check your connection, then try again. What you typed is kept.");

// A trap is the end of the program, wherever it happened.
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
// Fetched from here and not by `index.html`: what the first screen needs shall not share the line with it.
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

/** One of the parts of the program, for its loader. */
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
/** Says something at the foot of the page that one press acts on. */
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

/** A part of the program could not be fetched: maybe an upgrade took the file away. */
async function missing() {
  try {
    const page = await (await fetch("./", { cache: "no-cache" })).text();
    if (/app-[0-9a-f]{16}\.js/.test(page) && !page.includes(programScript.getAttribute("href"))) tellNew(() => location.reload());
  } catch {
    // No network: that is what the page says already.
  }
}

// ---- The network comes and goes ------------------------------------------------------------------------
// What stood before `#` when a person went from Live to Preview for want of a network.
const LEFT_LIVE = own("identity-portal:left-live");

async function connection(change) {
  if (framed) return;
  const live = document.querySelector("#program [data-mode=live]");
  let left = null;
  try {
    left = sessionStorage.getItem(LEFT_LIVE);
  } catch {
    return; // Without storage nothing could be taken along.
  }
  if (live && !navigator.onLine) {
    // Without what was kept of the site, Preview would not come either.
    if (!(await navigator.serviceWorker?.getRegistration())?.active) return;
    tell("There is no network. What you typed can go on in Preview, on a simulated Azure: checked, and nothing real is made.", "Go on in Preview", () => {
      sessionStorage.setItem(LEFT_LIVE, location.search);
      const search = new URLSearchParams(location.search);
      search.set("mode", "preview");
      location.search = search;
    });
  } else if (live && change === "identity-portal:ready") {
    // Not later: a page that is being left for Preview hears of the network, too.
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

// How long the form rests before files are fetched for the next visit.
const REST_MS = 3000;

async function keepForNextVisit() {
  const workers = navigator.serviceWorker;
  // A frame's visits are its host page's business.
  if (!offline || !workers || top !== self) return;
  try {
    if (document.documentElement.dataset.offline === "off") {
      const scope = new URL("./", location.href).href;
      const ours = await workers.getRegistration();
      if (ours?.scope === scope) await ours.unregister();
      for (const key of await caches.keys()) if (key.startsWith(`identity-portal ${scope} `)) await caches.delete(key);
      return;
    }
    // Whoever saves data is not made to fetch all of it at once; what is kept already is kept up to date.
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
    // Not allowed here: the page works all the same.
  }
}
addEventListener("identity-portal:ready", () => setTimeout(keepForNextVisit, REST_MS), { once: true });
