// What a test can turn: lifetimes, and what goes wrong with the next requests.

const DEFAULTS = { accessToken: 3900, idToken: 3600, refreshToken: 86_400, code: 600, refreshIn: null };

/** Lifetimes in seconds. */
export const lifetimes = { ...DEFAULTS };

/** `coop`: the opener policy of the pages that a person sees; empty for none, as long as nobody asks. */
export const headers = { coop: '' };

/** Every way to forge an answer; see docs/local-cloud.md. */
export const FORGERIES = [
  'state', 'no-state', 'code', 'old-code', 'response-iss', 'nonce', 'no-nonce', 'iss', 'aud', 'exp', 'nbf', 'tid', 'tenant', 'signature', 'key', 'alg-none', 'no-id-token', 'not-json',
];

/** What waits for requests that it is meant for. */
let waiting = [];
/** What came, without any secret. */
let seen = [];

/** Takes `plan` for the next `times` requests to `at`: `authorize`, `token` or `keys`. */
export function plan(one) {
  const { at = 'token', times = 1, forge } = one;
  if (!['authorize', 'token', 'keys'].includes(at)) return 'at is authorize, token or keys';
  if (forge && !FORGERIES.includes(forge)) return `forge is one of ${FORGERIES.join(', ')}`;
  waiting.push({ ...one, at, times });
  return null;
}

/**
 * The plan for this request, if there is one; used up by it. `about` is what the request is about. A forged answer to
 * `authorize` is asked for when it has been reached, after all pages (`atEnd`).
 */
export function take(at, about, atEnd = false) {
  const fits = (one) => one.at === at && (at !== 'authorize' || atEnd === Boolean(one.forge))
    && (!one.user || one.user === about.user) && (!one.grant || one.grant === about.grant);
  const found = waiting.find(fits);
  if (!found) return {};
  found.times -= 1;
  if (found.times <= 0) waiting = waiting.filter((one) => one !== found);
  return found;
}

export function note(entry) {
  seen.push({ time: new Date().toISOString(), ...entry });
  if (seen.length > 500) seen.shift();
}

export const state = () => ({ lifetimes, headers, waiting, requests: seen });

export function reset() {
  Object.assign(lifetimes, DEFAULTS);
  headers.coop = '';
  waiting = [];
  seen = [];
}
