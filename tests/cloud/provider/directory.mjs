// The tenants, users and client of ../directory.json, with look-ups.

import { readFileSync } from 'node:fs';

const { client, tenants, users } = JSON.parse(readFileSync(new URL('../directory.json', import.meta.url), 'utf8'));

export { client, tenants, users };

/** The path segments that mean the user's home tenant. */
const ANY_TENANT = new Set(['organizations', 'common']);

/** The tenant with this id or domain; `null` for any tenant; `undefined` for an unknown one. */
export function tenantOf(segment) {
  const name = segment.toLowerCase();
  return ANY_TENANT.has(name) ? null : tenants.find((one) => one.id === name || one.domain === name);
}

/** The tenant of a running authorization request; `null` for any. */
export const tenantIn = (params) => tenants.find((one) => one.id === params.directory) ?? null;

export function userOf(upn) {
  return users.find((one) => one.upn === upn?.toLowerCase());
}

/** The user's home tenant. */
export function home(user) {
  return tenants.find((one) => one.name === user.memberships[0].tenant);
}

/** The user's membership in a tenant; `undefined` if there is none. */
export function membership(user, tenant) {
  return user.memberships.find((one) => one.tenant === tenant.name);
}
