// Who there is: the tenants, the users and the client of ../directory.json, and which of them belong together.

import { readFileSync } from 'node:fs';

const { client, tenants, users } = JSON.parse(readFileSync(new URL('../directory.json', import.meta.url), 'utf8'));

export { client, tenants, users };

/** The tenants' addresses that stand for whatever tenant the user is of. */
const ANY_TENANT = new Set(['organizations', 'common']);

/** The tenant of this id or domain; `null` for any tenant; `undefined` for one that is not there. */
export function tenantOf(segment) {
  const name = segment.toLowerCase();
  return ANY_TENANT.has(name) ? null : tenants.find((one) => one.id === name || one.domain === name);
}

/** The tenant of an authorization request that is under way; `null` for any. */
export const tenantIn = (params) => tenants.find((one) => one.id === params.directory) ?? null;

export function userOf(upn) {
  return users.find((one) => one.upn === upn?.toLowerCase());
}

/** The user's own tenant. */
export function home(user) {
  return tenants.find((one) => one.name === user.memberships[0].tenant);
}

/** What the user is in the tenant; `undefined` where the user is not in it. */
export function membership(user, tenant) {
  return user.memberships.find((one) => one.tenant === tenant.name);
}
