// The OpenID provider (npm's oidc-provider): it checks PKCE, redirect URIs, codes and rotation; its responses are converted to Entra's shape.

import Provider from 'oidc-provider';
import { client, home, tenantIn, userOf } from './directory.mjs';
import { codeOf, entraError } from './errors.mjs';
import { context } from './context.mjs';
import { lifetimes } from './knobs.mjs';
import * as pages from './pages.mjs';
import { hasConsented, policy } from './policy.mjs';
import { adapter } from './storage.mjs';
import { secretKeys } from './tokens.mjs';
import { answerAuthorize, answerToken } from './answers.mjs';

const DAY = 86_400;

/** The allowed redirect URIs; tests can add more. */
export const redirects = new Set();
/** The allowed redirect URIs after signing out. */
export const signedOut = new Set();

const Storage = adapter(() => context().route === 'token');

/** The client is looked up for each request, so that tests can add redirect URIs. */
class Stored extends Storage {
  async find(id) {
    if (this.model !== 'Client') return super.find(id);
    if (id !== client.id) return undefined;
    return {
      client_id: client.id,
      client_name: client.name,
      token_endpoint_auth_method: 'none',
      application_type: 'web',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      redirect_uris: [...redirects],
      post_logout_redirect_uris: [...signedOut],
    };
  }
}

export function provider(base) {
  const secure = base.startsWith('https:');
  // A hidden frame of another site gets only https cookies, and only if third-party cookies are allowed.
  const cookie = { signed: true, httpOnly: true, ...(secure ? { secure: true, sameSite: 'none' } : { sameSite: 'lax' }) };
  const made = new Provider(base, {
    adapter: Stored,
    jwks: secretKeys(),
    cookies: { keys: ['local cloud'], long: cookie, short: cookie, names: cookieNames(base) },
    routes: { authorization: '/authorize', token: '/token', end_session: '/logout', jwks: '/keys' },
    scopes: ['openid', 'profile', 'email'],
    responseTypes: ['code'],
    pkce: { required: () => true },
    extraParams: ['asked_claims', 'client_info', 'resource_scope', 'directory', 'correlation'],
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = userOf(ctx.oidc.params.logout_hint)?.upn === ctx.oidc.session.accountId ? pages.signOutAtOnce(form) : pages.signOut(form);
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.body = pages.signedOut();
        },
      },
    },
    ttl: {
      AccessToken: DAY,
      AuthorizationCode: () => lifetimes.code,
      Grant: 30 * DAY,
      IdToken: DAY,
      Interaction: DAY,
      // The lifetime of a single-page app's refresh token counts from the sign-in and isn't extended by rotation.
      RefreshToken: (ctx) => Math.max(1, ctx?.oidc?.entities.RotatedRefreshToken?.remainingTTL ?? lifetimes.refreshToken),
      Session: DAY,
    },
    clientBasedCORS: () => true,
    issueRefreshToken: (_, one) => one.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    expiresWithSession: () => false,
    revokeGrantPolicy: () => context().route === 'token',
    interactions: { policy: policy(), url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, id) => userOf(id) && { accountId: id, claims: () => ({ sub: id }) },
    loadExistingGrant,
    renderError: (ctx, out, error) => {
      const { tenant, correlation } = context();
      const { client_id: id, redirect_uri: redirect } = ctx.oidc?.params ?? {};
      ctx.type = 'html';
      ctx.body = pages.failure(entraError(codeOf({ ...out, error_detail: error.error_detail }), { base, client: id, redirect, tenant: tenant?.name, correlation }));
    },
  });
  made.on('grant.error', (ctx, error) => {
    ctx.state.refused = error;
  });
  made.on('server_error', (_, error) => console.error(error));
  made.use(async (ctx, next) => {
    await next();
    if (ctx.oidc?.route === 'token') await answerToken(ctx, base);
    if (['authorization', 'resume'].includes(ctx.oidc?.route)) answerAuthorize(ctx, base, redirects);
  });
  return made;
}

/** Cookies ignore the port, so each provider on this machine has its own names. */
function cookieNames(base) {
  const { port } = new URL(base);
  return { session: `cloud-session-${port}`, interaction: `cloud-interaction-${port}`, resume: `cloud-resume-${port}` };
}

/** Grants the request if the user has consented, or needs no consent. */
async function loadExistingGrant(ctx) {
  const { oidc } = ctx;
  const given = oidc.result?.consent?.grantId;
  if (given) return oidc.provider.Grant.find(given);
  const user = userOf(oidc.session.accountId);
  if (!user || !hasConsented(user, tenantIn(oidc.params) ?? home(user))) return undefined;
  const grant = new oidc.provider.Grant({ accountId: user.upn, clientId: oidc.client.clientId });
  grant.addOIDCScope('openid profile email');
  await grant.save();
  return grant;
}
