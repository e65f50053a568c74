// Entra ID's endpoints, `/{tenant}/oauth2/v2.0/…`, in front of the provider's own, with the errors that only Entra returns.

import { parse } from 'node:querystring';
import { randomUUID } from 'node:crypto';
import { within } from './context.mjs';
import { client, home, membership, tenantOf, userOf } from './directory.mjs';
import { entraError } from './errors.mjs';
import { headers, note, take } from './knobs.mjs';
import * as pages from './pages.mjs';
import { needsSecondFactor } from './policy.mjs';
import { redirects, signedOut } from './provider.mjs';
import { publicKeys } from './tokens.mjs';

/** The maximum size of a form, in bytes. */
const FORM_MAX = 64 * 1024;
/** Scopes that name no resource. */
const PLAIN = new Set(['openid', 'profile', 'email', 'offline_access']);

/** The resources that tokens are issued for, without a trailing slash; the cloud adds ARM's origin. */
export const resources = new Set(['https://management.azure.com', 'https://management.core.windows.net']);
/** Users whose refresh tokens were revoked, and when. */
export const revoked = new Map();

const origins = () => new Set([...redirects].map((one) => new URL(one).origin));
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function json(response, status, body, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store, no-cache', pragma: 'no-cache', 'access-control-allow-origin': '*', ...headers });
  response.end(body === undefined ? '' : JSON.stringify(body));
}

function html(response, status, body) {
  if (headers.coop) response.setHeader('cross-origin-opener-policy', headers.coop);
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  response.end(body);
}

/** Browsers themselves repeat a request if a keep-alive connection closes before the response: the repetition is cut as well. */
const REPEATED_WITHIN_MS = 250;
let cut = { request: '', at: 0 };

/** Applies the planned effect for this request; returns whether that answered the request. */
async function planned(plan, response, request) {
  if (plan.delayMs) await wait(plan.delayMs);
  const again = cut.request === request && Date.now() - cut.at <= REPEATED_WITHIN_MS;
  if (plan.drop || again) {
    if (!again) cut = { request, at: Date.now() };
    response.destroy();
    return true;
  }
  if (plan.status) {
    const headers = { ...(plan.retryAfter ? { 'retry-after': String(plan.retryAfter) } : {}), ...(plan.status === 429 ? { 'x-ms-throttle': '1' } : {}) };
    json(response, plan.status, plan.body ?? { error: plan.status === 429 ? 'temporarily_unavailable' : 'server_error', error_description: 'AADSTS90033: A transient error has occurred. Please try again.', error_codes: [90033] }, headers);
    return true;
  }
  return false;
}

/** The resource in the scopes, or the error number. */
function resourceOf(scope) {
  const named = new Set();
  for (const one of (scope ?? '').split(/\s+/).filter((text) => text && !PLAIN.has(text))) {
    const at = one.search(/\/(user_impersonation|\.default)$/);
    if (at < 0) return { code: 70011 };
    named.add(one.slice(0, at));
  }
  if (named.size > 1) return { code: 28000 };
  const [resource] = named;
  if (!resource) return { code: 70011 };
  return resources.has(resource.replace(/\/$/, '')) ? { resource } : { code: 500011, name: resource };
}

async function form(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > FORM_MAX) return {};
    chunks.push(chunk);
  }
  return { ...parse(Buffer.concat(chunks).toString()) };
}

async function authorize(request, response, about, query, passOn) {
  const { base, tenant, correlation } = about;
  const plan = take('authorize', { user: query.get('login_hint') });
  note({ at: 'authorize', tenant: tenant?.name ?? 'organizations', prompt: query.get('prompt'), loginHint: query.get('login_hint'), claims: query.get('claims'), scope: query.get('scope'), responseMode: query.get('response_mode'), correlation });
  if (await planned(plan, response, `authorize ${query.get('state')}`)) return;
  const redirect = query.get('redirect_uri');
  const refuse = (code, more) => {
    const error = entraError(code, { base, correlation, client: query.get('client_id'), tenant: tenant?.name, redirect, ...more }, true);
    if (!redirects.has(redirect) || query.get('client_id') !== client.id) return html(response, 400, pages.failure(error));
    const answer = new URLSearchParams();
    for (const name of ['error', 'error_description', 'error_uri', 'suberror', 'claims']) if (error[name]) answer.set(name, error[name]);
    if (query.has('state')) answer.set('state', query.get('state'));
    response.writeHead(302, { location: `${redirect}${query.get('response_mode') === 'fragment' ? '#' : '?'}${answer}`, 'cache-control': 'no-store' });
    return response.end();
  };
  if (plan.error) return refuse(plan.error, plan);
  const asked = resourceOf(query.get('scope'));
  if (asked.code) return refuse(asked.code, { resource: asked.name });
  const rewritten = new URLSearchParams(query);
  // Entra's claims parameter refers to the access token; the provider supports only OpenID's.
  if (query.has('claims')) rewritten.set('asked_claims', query.get('claims'));
  rewritten.delete('claims');
  rewritten.set('resource_scope', asked.resource);
  rewritten.set('directory', tenant?.id ?? '');
  rewritten.set('correlation', correlation);
  rewritten.set('scope', 'openid profile');
  request.url = `/authorize?${rewritten}`;
  return passOn({ route: 'authorize' });
}

async function token(request, response, about, provider, passOn) {
  const { base, correlation, tenant } = about;
  const body = await form(request);
  const { origin } = request.headers;
  const refresh = body.grant_type === 'refresh_token' && body.refresh_token ? await provider.RefreshToken.find(body.refresh_token, { ignoreExpiration: true }) : undefined;
  const user = userOf(refresh?.accountId);
  const plan = take('token', { user: user?.upn, grant: body.grant_type });
  note({ at: 'token', grant: body.grant_type, tenant: tenant?.name ?? 'organizations', user: user?.upn, origin, claims: body.claims, scope: body.scope, correlation, headers: Object.keys(request.headers).filter((name) => name.startsWith('x-')) });
  if (await planned(plan, response, `token ${body.grant_type} ${user?.upn}`)) return;
  const refuse = (code, more = {}) => json(response, code === 90033 ? 503 : 400, entraError(code, { base, correlation, client: body.client_id, tenant: tenant?.name, user: user?.upn, origin, ...more }));
  if (plan.error) return refuse(plan.error, plan);
  if (!origin) return refuse(9002327);
  if (!origins().has(origin)) return refuse(9002326);
  const asked = resourceOf(body.scope);
  if (asked.code) return refuse(asked.code, { resource: asked.name });
  if (refresh) {
    const there = user && (tenant ?? home(user));
    if ((revoked.get(user?.upn) ?? 0) >= refresh.iat) return refuse(50173);
    if (!membership(user, there)) return refuse(50020, { tenant: there.name });
    // Checked before the token is consumed: an error leaves it valid.
    if (!refresh.consumed && needsSecondFactor(user, body.claims) && !refresh.amr?.includes('mfa')) return refuse(50076, { claims: body.claims });
  }
  const { scope: _, claims: __, ...kept } = body;
  request.body = kept;
  request.url = '/token';
  return passOn({ route: 'token', form: body, resource: asked.resource, forge: plan.forge });
}

function logout(request, query, passOn) {
  const back = query.get('post_logout_redirect_uri');
  // Entra ID accepts registered URIs; here any URI of a registered origin is accepted.
  if (back && URL.canParse(back) && origins().has(new URL(back).origin)) signedOut.add(back);
  const rewritten = new URLSearchParams(query);
  rewritten.delete('id_token_hint');
  rewritten.set('client_id', client.id);
  request.url = `/logout?${rewritten}`;
  note({ at: 'logout', logoutHint: query.get('logout_hint') });
  return passOn({ route: 'logout' });
}

function discovery(base, tenant, segment) {
  const id = tenant?.id ?? segment;
  const at = `${base}/${id}`;
  return {
    token_endpoint: `${at}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['none'],
    jwks_uri: `${at}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: `${base}/${tenant?.id ?? '{tenantid}'}/v2.0`,
    authorization_endpoint: `${at}/oauth2/v2.0/authorize`,
    end_session_endpoint: `${at}/oauth2/v2.0/logout`,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'preferred_username', 'name', 'tid', 'oid', 'ver'],
    tenant_region_scope: null,
    cloud_instance_name: new URL(base).host,
  };
}

/** Answers a request below a tenant; returns `false` for an unknown path. */
export async function answer(request, response, base, provider) {
  const url = new URL(request.url, base);
  const [, segment = '', ...rest] = url.pathname.split('/');
  const what = rest.join('/').toLowerCase();
  const known = ['oauth2/v2.0/authorize', 'oauth2/v2.0/token', 'oauth2/v2.0/logout', 'discovery/v2.0/keys', 'v2.0/.well-known/openid-configuration'];
  if (!known.includes(what)) return false;
  if (request.method === 'OPTIONS') {
    json(response, 204, undefined, { 'access-control-allow-methods': 'GET, POST, OPTIONS', 'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*', 'access-control-max-age': '86400' });
    return true;
  }
  const tenant = tenantOf(segment);
  const correlation = url.searchParams.get('client-request-id') ?? request.headers['client-request-id'] ?? randomUUID();
  if (tenant === undefined) {
    const error = entraError(90002, { base, tenant: segment, correlation });
    if (what.endsWith('authorize')) html(response, 400, pages.failure(error));
    else json(response, 400, error);
    return true;
  }
  const about = { base, tenant, correlation };
  const passOn = (more) => within({ ...about, ...more }, () => provider.callback()(request, response));
  if (what.endsWith('authorize')) await authorize(request, response, about, url.searchParams, passOn);
  else if (what.endsWith('token')) await token(request, response, about, provider, passOn);
  else if (what.endsWith('logout')) await logout(request, url.searchParams, passOn);
  else if (what.endsWith('keys')) {
    note({ at: 'keys' });
    if (!(await planned(take('keys', {}), response, 'keys'))) json(response, 200, publicKeys());
  } else json(response, 200, discovery(base, tenant, segment));
  return true;
}
