// The knobs that tests turn: lifetimes, and planned failures of the next requests.

const DEFAULTS = { accessToken: 3900, idToken: 3600, refreshToken: 86_400, code: 600, refreshIn: null };

/** Lifetimes in seconds. */
export const lifetimes = { ...DEFAULTS };

/** `coop`: the `Cross-Origin-Opener-Policy` of the sign-in pages; empty for none. */
export const headers = { coop: '' };

/** Every way to forge a response; see docs/local-cloud.md. */
export const FORGERIES = [
  'state', 'no-state', 'code', 'old-code', 'response-iss', 'nonce', 'no-nonce', 'iss', 'aud', 'exp', 'nbf', 'tid', 'tenant', 'signature', 'key', 'alg-none', 'no-id-token', 'not-json',
];

/** Plans that wait for a matching request. */
let waiting = [];
/** The requests received, without secrets. */
let seen = [];

/** Plans an effect for the next `times` requests to `at`: `authorize`, `token` or `keys`. Returns an error message or null. */
export function plan(one) {
  const { at = 'token', times = 1, forge } = one;
  if (!['authorize', 'token', 'keys'].includes(at)) return 'at is authorize, token or keys';
  if (forge && !FORGERIES.includes(forge)) return `forge is one of ${FORGERIES.join(', ')}`;
  waiting.push({ ...one, at, times });
  return null;
}

/**
 * Takes the plan for this request, if there is one. `about` has the request's user and grant. A forged response of
 * `authorize` is taken at the end, after all pages (`atEnd`).
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
