// A client for the local cloud that `cargo xtask test cloud` starts, and tokens for its users.

export const cloud = JSON.parse(process.env.LOCAL_CLOUD);
export const DEVELOPMENT = '3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01';
export const FABRIKAM = 'e15b7c40-92d8-4a3f-b6c1-5d08f7a2e904';
export const endpoint = cloud.https.arm;

/** Turns a knob of `arm` or of the `provider`. */
export async function control(whose, what, body = {}) {
  const answer = await fetch(`${cloud.control[whose]}/${what}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

/** An access token. */
export async function token(user, more = {}) {
  return (await control('provider', 'token', { user, resource: cloud.arm, ...more })).access_token;
}

/** Sends a request to ARM; returns the status, headers and body. */
export async function arm(bearer, method, target, body) {
  const headers = { ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }), ...(body ? { 'content-type': 'application/json' } : {}) };
  const answer = await fetch(`${cloud.arm}${target}`, { method, headers, body: body && JSON.stringify(body) });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : null };
}

/** The path of an identity. */
export const identity = (group, name, version = '2023-01-31') => `/subscriptions/${DEVELOPMENT}/resourceGroups/${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}?api-version=${version}`;

/** A credential for the SDKs, which records the requested scopes and claims. */
export function credential(user, more = {}) {
  const asked = [];
  return {
    asked,
    async getToken(scopes, { claims } = {}) {
      const [scope] = [scopes].flat();
      asked.push({ scope, claims });
      const resource = scope.replace(/\/+\.default$/, '');
      const answer = await control('provider', 'token', { user, resource, claims, secondFactor: Boolean(claims), ...more });
      return { token: answer.access_token, expiresOnTimestamp: Date.now() + answer.expires_in * 1000 };
    },
  };
}

/** A unique name. */
export const fresh = (start) => `${start}-${Date.now().toString(36)}-${Math.floor(Math.random() * 1e6).toString(36)}`;
