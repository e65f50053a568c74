// The sign-in's redirect address: it hands Entra's answer to the page that asked, and does nothing else.
//
// The answer stands after `#`, is taken out of the address and of the history at once, and only the keys below are ever
// read. The first letter of its state says how it was asked for (`src/entra/request.rs`): in this tab, in a window of its
// own, or in a frame that nobody sees. Whether it is an answer to a question of ours is held against the question by the
// program (`src/entra/answer.rs`).
"use strict";

// The same as in `src/entra/answer.rs`.
const KEYS = ["code", "state", "error", "error_description", "error_subcode", "suberror", "claims", "client_info", "iss", "session_state"];
// What `src/browser/channel.rs` and `src/app/live/session_storage.rs` name the same.
const ANSWER = "identity-portal:answer";
const ASKED = "identity-portal:asked:";
const ASKING = "identity-portal:asking";
const LEFT = "identity-portal:left";
const CHANNEL = "identity-portal:sign-in:";
// How long the page that asked may take to say that it has the answer.
const PATIENCE_MS = 5000;

const given = new URLSearchParams(location.hash.slice(1));
// An answer in the query is none of ours: we ask for it after `#`, which no server sees. It is not read, and the page says so.
const astray = new URLSearchParams(location.search);
history.replaceState(null, "", location.pathname);

const answer = new URLSearchParams();
for (const key of KEYS) for (const value of given.getAll(key)) answer.append(key, value);
const state = answer.get("state") ?? "";

if (/^[pf]\.[\w-]+$/.test(state)) handOver();
else comeBack();

/** In this tab: the page reads the answer when it starts again, where the person left it. */
function comeBack() {
  let page = "";
  try {
    if (answer.toString() !== "" || astray.has("state")) {
      // Where the person left, whatever was answered.
      const asked = sessionStorage.getItem(ASKED + sessionStorage.getItem(ASKING));
      page = new URLSearchParams(asked ?? "").get("page") ?? "";
      sessionStorage.setItem(ANSWER, answer.toString());
    } else {
      // Back from signing out.
      page = sessionStorage.getItem(LEFT) ?? "";
      sessionStorage.removeItem(LEFT);
    }
  } catch {
    // No storage: the page asks again.
  }
  // One of our own addresses and nothing else: a query and a route beside this page.
  location.replace(/^(\?[^#\s]*)?(#\/\S*)?$/.test(page) ? `./${page}` : "./");
}

/** From a window or a frame: to the page that asked, by a channel that only it and we can name. */
function handOver() {
  const message = { state, answer: answer.toString() };
  const channel = new BroadcastChannel(CHANNEL + state);
  const late = setTimeout(() => {
    document.getElementById("state").textContent = "The page that asked you to sign in is gone. Close this window and sign in again there.";
  }, PATIENCE_MS);
  channel.onmessage = ({ data }) => {
    if (data !== "received") return;
    clearTimeout(late);
    channel.close();
    // A frame is taken away by the page that made it.
    if (state.startsWith("p")) window.close();
  };
  channel.postMessage(message);
  // Where a browser keeps the channel from the page that opened us. A browser that cut the two apart has no opener here.
  window.opener?.postMessage(message, location.origin);
}
