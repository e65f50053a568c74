// Tokens in Entra ID's shape, signed with a key of this run. The provider's own tokens never leave this process.

import { createHash, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { client, home, membership, tenants } from './directory.mjs';
import { lifetimes } from './knobs.mjs';

const now = () => Math.floor(Date.now() / 1000);

let keys = [];

/** Adds a new signing key. The previous ones stay published, as during Entra ID's key rollover, unless `forgetOld`. */
export async function rotate(forgetOld = false) {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(publicKey);
  jwk.kid = await calculateJwkThumbprint(jwk);
  keys = [{ privateKey, public: { ...jwk, use: 'sig', alg: 'RS256' }, secret: await exportJWK(privateKey) }, ...(forgetOld ? [] : keys)];
}

export const publicKeys = () => ({ keys: keys.map((key) => key.public) });
export const secretKeys = () => ({ keys: keys.map((key) => ({ ...key.secret, kid: key.public.kid, alg: 'RS256', use: 'sig' })) });

async function sign(claims, forge) {
  if (forge === 'alg-none') return new UnsecuredJWT(claims).encode();
  const [key] = keys;
  // An unknown key under the `kid` of a published one.
  const privateKey = forge === 'key' ? (await generateKeyPair('RS256')).privateKey : key.privateKey;
  const token = await new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: key.public.kid }).sign(privateKey);
  if (forge !== 'signature') return token;
  const [head, body, signature] = token.split('.');
  return `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
}

/** The pairwise `sub` of a user for this client. */
const pairwise = (user) => createHash('sha256').update(`${client.id} ${user.upn}`).digest('base64url');

const another = (tenant) => tenants.find((one) => one.id !== tenant.id);

/** `{ base, user, tenant, nonce?, forge? }` */
export function idToken({ base, user, tenant, nonce, forge }) {
  const at = now();
  const claims = {
    ver: '2.0',
    iss: `${base}/${tenant.id}/v2.0`,
    sub: pairwise(user),
    aud: client.id,
    exp: at + lifetimes.idToken,
    iat: at,
    nbf: at,
    name: user.name,
    preferred_username: user.upn,
    upn: user.upn,
    oid: membership(user, tenant).oid,
    tid: tenant.id,
    uti: randomUUID(),
  };
  if (nonce) claims.nonce = nonce;
  Object.assign(claims, {
    nonce: { nonce: 'another' },
    iss: { iss: `${base}/00000000-0000-0000-0000-000000000000/v2.0` },
    aud: { aud: '00000000-0000-0000-0000-000000000000' },
    exp: { exp: at - 3600, iat: at - 7200, nbf: at - 7200 },
    nbf: { nbf: at + 3600 },
    tid: { tid: '00000000-0000-0000-0000-000000000000' },
    // Consistent in itself, but from another directory.
    tenant: { tid: another(tenant).id, iss: `${base}/${another(tenant).id}/v2.0` },
  }[forge]);
  if (forge === 'no-nonce') delete claims.nonce;
  return sign(claims, forge);
}

/** `{ base, user, tenant, resource, amr?, asked?, lifetime? }`; `asked` are the access token claims of the claims parameter. */
export function accessToken({ base, user, tenant, resource, amr = ['pwd'], asked = {}, lifetime = lifetimes.accessToken }) {
  const at = now();
  const claims = {
    ver: '1.0',
    iss: `${base}/${tenant.id}/`,
    aud: resource,
    exp: at + lifetime,
    iat: at,
    nbf: at,
    appid: client.id,
    appidacr: '0',
    amr,
    idtyp: 'user',
    ipaddr: '127.0.0.1',
    name: user.name,
    oid: membership(user, tenant).oid,
    scp: 'user_impersonation',
    sub: pairwise(user),
    tid: tenant.id,
    unique_name: user.upn,
    upn: user.upn,
    uti: randomUUID(),
  };
  if (asked.xms_cc) claims.xms_cc = ['cp1'];
  if (asked.acrs && amr.includes('mfa')) claims.acrs = wanted(asked.acrs);
  return sign(claims);
}

const wanted = ({ value, values }) => values ?? [value];

/** The access token claims of the claims parameter. */
export function askedOf(claims) {
  try {
    return JSON.parse(claims ?? '{}').access_token ?? {};
  } catch {
    return {};
  }
}

export function clientInfo(user) {
  const tenant = home(user);
  return Buffer.from(JSON.stringify({ uid: membership(user, tenant).oid, utid: tenant.id })).toString('base64url');
}
