// In a single-file build the program is embedded: this replaces the section of `boot.js` that fetches it.
const fetchProgram = () => identityPortalPart("app");
const runScript = () => {}; // It is the next script in the file.
const checkEarly = () => {};
const fetchAhead = () => {};
const configure = async () => {}; // It is in the file.

globalThis.identityPortalPart = async (name) => {
  const text = document.getElementById(`inside-${name}`).textContent;
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  const wasm = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return WebAssembly.compileStreaming(new Response(wasm, { headers: { "content-type": "application/wasm" } }));
};
