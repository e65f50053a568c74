// Starts the program, and keeps what a person does before it runs.
//
// `index.html` holds the form's first screen (the shell), so that it can be read and typed into while
// the program loads. When the program has drawn itself it sends `identity-portal:ready` with its root,
// and this module puts that in the shell's place in one task: text, caret, focus and the last click go along.

// The addresses whose page the shell is; `src/browser/shell.rs` names the same.
const SHELL_ADDRESS = /^#\/create\/user-assigned-identity(\?|$)/;
// Values by element id. DRAFT is what the program saved and restores by itself, TYPED what it never saw.
// An instance with a name keeps them apart; `src/browser/storage.rs` does the same.
const instance = new URLSearchParams(location.search).get("instance");
const own = (key) => (instance ? `${instance}/${key}` : key);
const DRAFT = own("identity-portal:shell");
const TYPED = own("identity-portal:typed");

// ---- Appearance --------------------------------------------------------------------------------------
// `src/portal/appearance.rs` writes these; set before anything is drawn, so that no other theme flashes up.
for (const name of ["theme", "density"]) {
  try {
    const chosen = localStorage.getItem(`identity-portal:${name}`);
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
const ACTIVE = /<\/?(script|iframe|frame|object|embed|link|meta|base|style|form)\b|[\s/"']on[a-z]+\s*=|srcdoc\s*=|javascript:/i;
globalThis.trustedTypes?.createPolicy("default", {
  createHTML: (markup) => {
    if (ACTIVE.test(markup)) throw new TypeError("active markup was refused");
    return markup;
  },
  createScriptURL: (address) => {
    if (address !== programScript.href) throw new TypeError("a foreign script was refused");
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
  shell.hidden = !SHELL_ADDRESS.test(location.hash);
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
  const link = document.getElementById("program-wasm");
  try {
    const response = await program;
    if (!response.ok) throw new TypeError(`${response.status} for ${link.href}`);
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

// Fetched from here and not by `index.html`: what the first screen needs shall not share the line with it.
let program;
if (typeof WebAssembly === "object") {
  const link = document.getElementById("program-wasm");
  program = fetch(link.href, { integrity: link.dataset.integrity });
  program.catch(() => {}); // Handled where it is awaited.
  addEventListener("identity-portal:script", ({ detail }) => start(detail), { once: true });
  const script = document.createElement("script");
  script.type = "module";
  script.crossOrigin = "";
  script.integrity = programScript.dataset.integrity;
  script.addEventListener("error", notLoaded);
  script.src = programScript.href;
  document.head.append(script);
} else {
  stop("Your browser runs no WebAssembly", "This page needs it. Use a current browser, or allow WebAssembly in the one you have.");
}
