// Converts the provider's responses to Entra ID's shape, or forges them if a test asked for that.

import { home, membership, tenantIn, userOf } from './directory.mjs';
import { codeOf, entraError } from './errors.mjs';
import { context } from './context.mjs';
import { lifetimes, take } from './knobs.mjs';
import { accessToken, askedOf, clientInfo, idToken } from './tokens.mjs';

/** The last code, issued to another transaction. */
let lastCode;

/** Converts an authorization response before it is returned to the app. */
export function answerAuthorize(ctx, base, redirects) {
  const location = ctx.response.get('location');
  if (!location) return;
  const [target, fragment] = location.split('#');
  const query = target.split('?')[0];
  if (![...redirects].some((one) => query === one)) return;
  const inQuery = fragment === undefined;
  const sent = new URLSearchParams(inQuery ? target.split('?')[1] : fragment);
  const answer = new URLSearchParams();
  if (sent.has('error')) {
    const { params = {}, client, session } = ctx.oidc;
    const about = { base, client: client?.clientId, tenant: tenantIn(params)?.name, user: session?.accountId, correlation: params.correlation };
    const error = entraError(codeOf(Object.fromEntries(sent)), about, true);
    // Keep the provider's own error codes that Entra uses as well.
    if (['login_required', 'consent_required', 'interaction_required', 'access_denied'].includes(sent.get('error'))) error.error = sent.get('error');
    for (const name of ['error', 'error_description', 'error_uri', 'suberror', 'claims']) if (error[name]) answer.set(name, error[name]);
    if (sent.get('error_description') === 'cancel') answer.set('error_subcode', 'cancel');
  } else {
    const user = userOf(ctx.oidc.session.accountId);
    const { forge } = take('authorize', { user: user.upn }, true);
    const forged = { code: `${sent.get('code').slice(0, -8)}00000000`, 'old-code': lastCode };
    answer.set('code', forged[forge] ?? sent.get('code'));
    lastCode = sent.get('code');
    if (ctx.oidc.params.client_info) answer.set('client_info', clientInfo(user));
    if (forge === 'response-iss') answer.set('iss', `${base}/00000000-0000-0000-0000-000000000000/v2.0`);
    if (forge === 'state') sent.set('state', 'another');
    if (forge === 'no-state') sent.delete('state');
    answer.set('session_state', ctx.oidc.session.uid);
  }
  if (sent.has('state')) answer.set('state', sent.get('state'));
  ctx.set('location', `${query}${inQuery ? '?' : '#'}${answer}`);
}

/** Converts a token response. */
export async function answerToken(ctx, base) {
  const { form, correlation, forge, resource } = context();
  const about = { base, correlation, client: form.client_id };
  const refuse = (code, more = {}) => {
    ctx.status = 400;
    ctx.body = entraError(code, { ...about, ...more });
  };
  if (ctx.status !== 200) {
    const code = codeOf({ ...ctx.body, error_detail: ctx.state.refused?.error_detail, cause: ctx.state.refused?.cause });
    const refreshing = form.grant_type === 'refresh_token';
    const mapped = refreshing ? { 70008: 700084, 54005: 50173 }[code] ?? code : code;
    return refuse(mapped, refreshing && mapped === 70000 ? { suberror: 'bad_token' } : {});
  }
  const { entities } = ctx.oidc;
  const user = userOf(entities.Account.accountId);
  // A token's tenant is the one in the URL, or the user's home tenant.
  const tenant = context().tenant ?? home(user);
  if (!membership(user, tenant)) return refuse(50020, { user: user.upn, tenant: tenant.name });
  const amr = (entities.RotatedRefreshToken ?? entities.AuthorizationCode).amr ?? ['pwd'];
  const body = {
    token_type: 'Bearer',
    scope: `${resource}/user_impersonation`,
    expires_in: lifetimes.accessToken,
    ext_expires_in: lifetimes.accessToken,
    access_token: await accessToken({ base, user, tenant, resource, amr, asked: askedOf(form.claims) }),
    refresh_token: ctx.body.refresh_token,
    refresh_token_expires_in: entities.RefreshToken?.remainingTTL ?? lifetimes.refreshToken,
    id_token: await idToken({ base, user, tenant, nonce: entities.AuthorizationCode?.nonce, forge }),
  };
  if (lifetimes.refreshIn) body.refresh_in = lifetimes.refreshIn;
  if (form.client_info) body.client_info = clientInfo(user);
  if (forge === 'no-id-token') delete body.id_token;
  ctx.body = forge === 'not-json' ? '<html>a proxy was here</html>' : body;
  if (forge === 'not-json') ctx.type = 'html';
}
