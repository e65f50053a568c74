// Shows the form's first screen (the shell): its theme, and what this tab stored of it. Inline in `index.html`, after the
// shell, so that the first paint needs no other file. `boot.js` contains it too, for a host whose policy refuses it in the page.
if (!globalThis.showShell) {
  const shell = document.getElementById("shell");
  // The addresses that show the shell's page; the same as in `src/browser/shell.rs`.
  const address = /^#\/create\/user-assigned-identity(\?|$)/;
  // When framed, nothing is read or shown until the program knows the host page (src/app/embedded.rs).
  const framed = parent !== self;
  // A named instance has its own keys, as in `src/browser/storage.rs`.
  const instance = new URLSearchParams(location.search).get("instance");

  const stored = (key) => {
    try {
      return JSON.parse(sessionStorage.getItem(instance ? `${instance}/${key}` : key)) ?? {};
    } catch {
      return {}; // No storage, or not our JSON: the shell stays as rendered.
    }
  };

  // The history entry of another tab of the form, by `Tab::word` (`src/provisioning/field.rs`): its fields aren't those of the shell.
  const isOtherTab = () => typeof history.state === "string" && history.state !== "basics";

  globalThis.showShell = () => {
    shell.hidden = framed || !address.test(location.hash) || isOtherTab();
  };

  if (!framed) {
    // `src/portal/appearance.rs` writes these. They are set before the first paint to avoid a flash of the wrong theme.
    for (const name of ["theme", "density"]) {
      try {
        const chosen = localStorage.getItem(`identity-portal:${name}`);
        if (chosen) document.documentElement.dataset[name] = chosen;
      } catch {
        // No storage: use the system's theme.
      }
    }
    // Values by element id: the program's draft, then what was typed and the program never saw.
    const draft = stored("identity-portal:shell");
    const typed = stored("identity-portal:typed");
    for (const input of shell.querySelectorAll("input[id]")) {
      // `boot.js` compares with the default value.
      if (Object.hasOwn(draft, input.id)) input.defaultValue = draft[input.id];
      if (Object.hasOwn(typed, input.id)) input.value = typed[input.id];
    }
  }
  showShell();
  performance.mark("shell-visible");
}
