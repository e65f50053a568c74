// Caches the site for the next visit, online or offline.
//
// It handles the page itself and `config.json` (network first, the cache as a fallback), and the files of one build, whose
// list is stamped in below (cache first). It leaves all other requests alone: `auth.html`, this file, Azure, Entra ID, and
// anything that carries a token.
//
// A new version is cached beside the old one, and takes over when no page of the old one is open, or when a person asks for it.
"use strict";

const VERSION = "development";
const FILES = [];

const SCOPE = self.registration.scope;
const PREFIX = `identity-portal ${SCOPE} `;
const CACHE = PREFIX + VERSION;
const CONFIG = `${PREFIX}config`;
const PAGE = "./";
const HASHED = /^[\w-]+-[0-9a-f]{16}\.[a-z]+$/;
// A network that takes longer than this is treated as offline.
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
    // A hashed name has the same content in an older version.
    const known = HASHED.test(file) ? await caches.match(new URL(file, SCOPE)) : undefined;
    const answer = known ?? (await fetch(file, { cache: HASHED.test(file) ? "default" : "no-cache" }));
    if (!answer.ok || answer.redirected) throw new TypeError(`${answer.status} for ${file}`);
    // During a deployment the page may be of another version than this list.
    if (file === PAGE && !fits(await answer.clone().text())) throw new TypeError("the page is of another version");
    await cache.put(file, answer);
  };
  await Promise.all([PAGE, ...FILES].map(put));
  // The visit that installed this worker fetched it before the worker could see it.
  await fetch("config.json", { cache: "no-cache" }).then((answer) => note(answer, "config.json", CONFIG)).catch(() => {});
}

/** Whether every hashed file that a page names is in this version. */
function fits(page) {
  const named = page.match(/[\w-]+-[0-9a-f]{16}\.[a-z]+/g) ?? [];
  return named.length > 0 && named.every((file) => FILES.includes(file));
}

/** Deletes old versions except the latest of them, whose pages may still be open. */
async function clear() {
  await self.registration.navigationPreload?.enable();
  const old = (await caches.keys()).filter((key) => key.startsWith(PREFIX) && key !== CACHE && key !== CONFIG);
  await Promise.all(old.slice(0, -1).map((key) => caches.delete(key)));
}

const late = () => new Promise((_, reject) => setTimeout(reject, PATIENCE_MS, new TypeError("nobody answers")));

/** The network's response if it comes in time and isn't a server error; else the cached one; else whatever the network returned. */
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

/** Caches a response if it is valid. The page is cached with its headers, so the latest policy applies to it. */
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
  // The browser may have evicted it to free space.
  if (answer.ok && !answer.redirected && FILES.includes(request.url.slice(SCOPE.length))) await cache.put(request, answer.clone()).catch(() => {});
  return answer;
}
