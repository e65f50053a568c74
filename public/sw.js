// Keeps the site for the next visit, with a network or without.
//
// It answers for the page itself (asked anew each time, kept for when nobody answers), for `config.json` (the same), and for
// the files of one build, whose list is stamped in below. Everything else goes its own way, untouched: `auth.html`, this
// file, Azure, Entra ID, and whatever carries a token.
//
// A new version is put beside the old one, and takes over when no page of the old one is open, or when a person says so.
"use strict";

const VERSION = "development";
const FILES = [];

const SCOPE = self.registration.scope;
const PREFIX = `identity-portal ${SCOPE} `;
const CACHE = PREFIX + VERSION;
const CONFIG = `${PREFIX}config`;
const PAGE = "./";
const HASHED = /^[\w-]+-[0-9a-f]{16}\.[a-z]+$/;
// A line so slow that the page waits for this is as good as none.
const PATIENCE_MS = 4000;

addEventListener("install", (event) => event.waitUntil(fill()));
addEventListener("activate", (event) => event.waitUntil(clear()));
addEventListener("message", ({ data }) => {
  if (data === "take-over") self.skipWaiting();
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || request.headers.has("authorization") || !request.url.startsWith(SCOPE)) return;
  const [file] = request.url.slice(SCOPE.length).split(/[?#]/);
  if (request.mode === "navigate") {
    if (file === "" || file === "index.html") event.respondWith(page(event));
  } else if (file === "config.json") {
    event.respondWith(config(event));
  } else if (HASHED.test(file) || FILES.includes(file)) {
    event.respondWith(kept(request));
  }
});

async function fill() {
  const cache = await caches.open(CACHE);
  const put = async (file) => {
    // What an older version has by the same name is the same.
    const known = HASHED.test(file) ? await caches.match(new URL(file, SCOPE)) : undefined;
    const answer = known ?? (await fetch(file, { cache: HASHED.test(file) ? "default" : "no-cache" }));
    if (!answer.ok || answer.redirected) throw new TypeError(`${answer.status} for ${file}`);
    // In the middle of an upload the page may be of another version than this list.
    if (file === PAGE && !fits(await answer.clone().text())) throw new TypeError("the page is of another version");
    await cache.put(file, answer);
  };
  await Promise.all([PAGE, ...FILES].map(put));
  // The visit that brought this worker asked for it before.
  await fetch("config.json", { cache: "no-cache" }).then((answer) => note(answer, "config.json", CONFIG)).catch(() => {});
}

/** Whether all that a page names by content is in this version. */
function fits(page) {
  const named = page.match(/[\w-]+-[0-9a-f]{16}\.[a-z]+/g) ?? [];
  return named.length > 0 && named.every((file) => FILES.includes(file));
}

/** Forgets the versions before the last one, whose pages may still be open. */
async function clear() {
  await self.registration.navigationPreload?.enable();
  const old = (await caches.keys()).filter((key) => key.startsWith(PREFIX) && key !== CACHE && key !== CONFIG);
  await Promise.all(old.slice(0, -1).map((key) => caches.delete(key)));
}

const late = () => new Promise((_, reject) => setTimeout(reject, PATIENCE_MS, new TypeError("nobody answers")));

/** An answer from the network, in time and from a server that is well; else what is kept; else whatever came. */
async function fresh(event, key, cacheName) {
  const asked = (async () => (await event.preloadResponse) ?? fetch(event.request))();
  const noted = asked.then((answer) => note(answer.clone(), key, cacheName));
  event.waitUntil(noted.catch(() => {}));
  let answer;
  try {
    answer = await Promise.race([asked, late()]);
  } catch {
    answer = undefined;
  }
  if (answer && answer.status < 500) return answer;
  const cache = await caches.open(cacheName);
  return (await cache.match(key)) ?? answer ?? asked;
}

const page = (event) => fresh(event, PAGE, CACHE);
const config = (event) => fresh(event, "config.json", CONFIG);

/** Keeps an answer if it is what it should be. The page comes with its headers: the policy it is kept with is the last one sent. */
async function note(answer, key, cacheName) {
  if (answer.redirected || answer.type !== "basic") return;
  const good = answer.ok || (answer.status === 404 && key !== PAGE);
  if (!good) return;
  const text = await answer.clone().text();
  if (key === PAGE) {
    if (!fits(text)) return self.registration.update();
  } else if (answer.ok) {
    JSON.parse(text);
  }
  await (await caches.open(cacheName)).put(key, answer);
}

async function kept(request) {
  const cache = await caches.open(CACHE);
  const known = (await cache.match(request, { ignoreVary: true })) ?? (await caches.match(request, { ignoreVary: true }));
  if (known) return known;
  const answer = await fetch(request);
  // A browser that was short of space may have dropped it.
  if (answer.ok && !answer.redirected && FILES.includes(request.url.slice(SCOPE.length))) await cache.put(request, answer.clone()).catch(() => {});
  return answer;
}
