// The sign-in's redirect page: it passes Entra's response to the page that sent the request, and does nothing else.
//
// The response is in the fragment, which is removed from the address and the history at once. Only the keys below are read.
// The first letter of its state is the interaction type (`src/entra/authorization_request.rs`): redirect, pop-up or hidden frame.
// The program validates the response against the pending authorization (`src/entra/authorization_response.rs`).
"use strict";

// The same as in `src/entra/authorization_response.rs`.
const KEYS = ["code", "state", "error", "error_description", "error_subcode", "suberror", "claims", "client_info", "iss", "session_state"];
// The same names as in `src/browser/channel.rs` and `src/app/live/session_storage.rs`.
const ANSWER = "identity-portal:answer";
const ASKED = "identity-portal:asked:";
const ASKING = "identity-portal:asking";
const LEFT = "identity-portal:left";
const CHANNEL = "identity-portal:sign-in:";
// How long the requesting page may take to confirm that it received the response.
const PATIENCE_MS = 5000;

const given = new URLSearchParams(location.hash.slice(1));
// We request the response in the fragment, which no server sees. A response in the query is not ours: it is not read, and
// the page says so.
const astray = new URLSearchParams(location.search);
history.replaceState(null, "", location.pathname);

const answer = new URLSearchParams();
for (const key of KEYS) for (const value of given.getAll(key)) answer.append(key, value);
const state = answer.get("state") ?? "";

if (/^[pf]\.[\w-]+$/.test(state)) handOver();
else comeBack();

/** Redirect: the page reads the response when it starts again at the address that the person left. */
function comeBack() {
  let page = "";
  try {
    if (answer.toString() !== "" || astray.has("state")) {
      // The address that the person left, whatever the response.
      const asked = sessionStorage.getItem(ASKED + sessionStorage.getItem(ASKING));
      page = new URLSearchParams(asked ?? "").get("page") ?? "";
      sessionStorage.setItem(ANSWER, answer.toString());
    } else {
      // Returning from signing out.
      page = sessionStorage.getItem(LEFT) ?? "";
      sessionStorage.removeItem(LEFT);
    }
  } catch {
    // No storage: the person has to sign in again.
  }
  // Only our own addresses: a query and a route beside this page.
  location.replace(/^(\?[^#\s]*)?(#\/\S*)?$/.test(page) ? `./${page}` : "./");
}

/** Pop-up or frame: sends the response to the requesting page, through a channel whose name only both know. */
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
    // A frame is removed by the page that created it.
    if (state.startsWith("p")) window.close();
  };
  channel.postMessage(message);
  // For browsers that partition the channel from the opener's page. If COOP severed the windows, there is no opener.
  window.opener?.postMessage(message, location.origin);
}
