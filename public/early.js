// Checks the name while the program is loading, with the program's own check in a small separate wasm. `boot.js` runs this
// once there is a name to check. When the program takes over, it removes this screen with its listener.
import init, { name_notes } from "./early_program.js";

// None if the program was faster.
const field = document.querySelector("#shell #name");
const notes = document.querySelector("#shell #name-notes");

function answer() {
  const said = name_notes(field.value);
  const views = [];
  for (let at = 0; at < said.length; at += 2) {
    const view = document.getElementById(`note-${said[at]}`).content.cloneNode(true);
    view.querySelector("p > span").lastChild.data = said[at + 1];
    views.push(view);
  }
  notes.replaceChildren(...views);
  if (said.includes("error")) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

const wasm = document.getElementById("early-wasm");
if (field) {
  init({ module_or_path: fetch(wasm.href, { integrity: wasm.dataset.integrity }) }).then(
    () => {
      field.addEventListener("input", answer);
      answer();
    },
    () => {}, // The program checks the name once it has loaded; if it can't load either, `boot.js` says why.
  );
}
