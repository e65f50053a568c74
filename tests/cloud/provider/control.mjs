// The control endpoints, with which tests turn the knobs. They accept only JSON, so that no page of another site can use them.

import { redirects } from './provider.mjs';
import { resources, revoked } from './addresses.mjs';
import { home, membership, tenantOf, userOf, users } from './directory.mjs';
import { headers, lifetimes, plan, reset, state } from './knobs.mjs';
import { forgetConsents } from './policy.mjs';
import { forget } from './storage.mjs';
import { accessToken, askedOf, rotate } from './tokens.mjs';

const seconds = () => Math.floor(Date.now() / 1000);

/** Adds values to a set until the next reset. */
const added = [];
const grow = (set, all) => {
  for (const one of all) {
    if (set.has(one)) continue;
    set.add(one);
    added.push([set, one]);
  }
  return [...set];
};

/** The actions by name. They get the JSON body; a returned string is an error message. */
const ACTIONS = {
  next: (body) => plan(body) ?? {},
  lifetimes: (body) => {
    const unknown = Object.keys(body).find((name) => !(name in lifetimes));
    return unknown ? `there is no lifetime ${unknown}` : Object.assign(lifetimes, body);
  },
  coop: ({ policy = '' }) => {
    headers.coop = policy;
    return {};
  },
  revoke: ({ user }) => {
    for (const one of user ? [user] : users.map(({ upn }) => upn)) revoked.set(one, seconds());
    return {};
  },
  'sign-out': () => {
    forget('Session');
    return {};
  },
  'rotate-keys': async ({ forget: old }) => {
    await rotate(old);
    return {};
  },
  redirects: ({ add = [] }) => grow(redirects, add),
  resources: ({ add = [] }) => grow(resources, add.map((one) => one.replace(/\/$/, ''))),
  token: async ({ user: upn, tenant: named, resource, lifetime, claims, secondFactor }, base) => {
    const user = userOf(upn);
    if (!user) return `there is no user ${upn}`;
    const tenant = named ? tenantOf(named) : home(user);
    if (!tenant || !membership(user, tenant)) return `${upn} is not in ${named}`;
    const amr = secondFactor ? ['pwd', 'mfa'] : ['pwd'];
    return { access_token: await accessToken({ base, user, tenant, resource: resource ?? [...resources][0], amr, asked: askedOf(claims), lifetime }), expires_in: lifetime ?? lifetimes.accessToken };
  },
  reset: () => {
    reset();
    revoked.clear();
    forgetConsents();
    for (const [set, one] of added.splice(0)) set.delete(one);
    forget('Session', 'Interaction', 'Grant', 'AuthorizationCode', 'RefreshToken', 'AccessToken');
    return {};
  },
};

/** Handles `/control/{what}`. */
export async function control(request, response, base) {
  const send = (status, body) => {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(body));
  };
  const what = request.url.split(/[/?]/)[2];
  if (request.method === 'GET' && what === 'state') return send(200, state());
  if (request.method !== 'POST' || !ACTIONS[what]) return send(404, { error: `POST to one of ${Object.keys(ACTIONS).join(', ')}, or GET state` });
  if (!request.headers['content-type']?.startsWith('application/json')) return send(415, { error: 'send JSON' });
  let text = '';
  for await (const chunk of request) text += chunk;
  let body;
  try {
    body = JSON.parse(text || '{}');
  } catch {
    return send(400, { error: 'the body is not JSON' });
  }
  const result = await ACTIONS[what](body, base);
  return typeof result === 'string' ? send(400, { error: result }) : send(200, result);
}
