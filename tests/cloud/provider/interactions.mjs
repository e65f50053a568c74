// The sign-in pages between the app's request and its response.

import { parse } from 'node:querystring';
import { within } from './context.mjs';
import { client, home, membership, tenantIn, userOf, users } from './directory.mjs';
import { headers } from './knobs.mjs';
import * as pages from './pages.mjs';
import { consents, needsSecondFactor } from './policy.mjs';

/** Handles `/interaction/{uid}`. */
export async function interact(request, response, base, provider) {
  const send = (status, body) => {
    if (headers.coop) response.setHeader('cross-origin-opener-policy', headers.coop);
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-frame-options': 'DENY' });
    response.end(body);
  };
  let details;
  try {
    details = await provider.interactionDetails(request, response);
  } catch {
    return send(400, pages.failure({ error_description: 'AADSTS90014: This sign-in has ended or belongs to another window. Go back to the app and start again.' }));
  }
  const { prompt, params, session } = details;
  const tenant = tenantIn(params);
  const action = `/interaction/${details.uid}`;
  const finish = (result, merge = true) => within({ base }, () => provider.interactionFinished(request, response, result, { mergeWithLastSubmission: merge }));
  const cancel = () => finish({ error: 'access_denied', error_description: 'cancel' }, false);
  if (request.method === 'POST') {
    let text = '';
    for await (const chunk of request) text += chunk;
    const { step, user: upn } = parse(text);
    const user = userOf(upn);
    if (step === 'cancel') return cancel();
    if (step === 'decline') return finish({ error: 'access_denied', error_description: 'AADSTS65004' }, false);
    if (step === 'consent') return finish(await agreed(provider, params, userOf(session?.accountId), tenant));
    if (!user) return send(400, pages.failure({ error_description: 'AADSTS50034: There is no such test user.' }));
    if (tenant && !membership(user, tenant)) return send(400, pages.failure({ error_description: `AADSTS50020: User account '${user.upn}' does not exist in tenant '${tenant.name}'.` }));
    const needed = needsSecondFactor(user, params.asked_claims);
    if (step === 'user' && needed) return send(200, pages.secondFactor(action, user));
    // The user was selected from all users, which satisfies `prompt=select_account`.
    return finish({ login: { accountId: user.upn, amr: needed ? ['pwd', 'mfa'] : ['pwd'] }, select_account: {} });
  }
  const user = userOf(session?.accountId);
  if (prompt.name === 'consent') return send(200, pages.consent(action, user, client.name, params.resource_scope));
  // A user who is signed in already only needs the second factor.
  const alone = prompt.name === 'login' && prompt.reasons.every((reason) => reason === 'second_factor');
  if (alone && user) return send(200, pages.secondFactor(action, user));
  const hinted = userOf(params.login_hint);
  return send(200, pages.choose(action, hinted ? [hinted, ...users.filter((one) => one !== hinted)] : users, client.name));
}

async function agreed(provider, params, user, tenant) {
  consents(user, tenant ?? home(user));
  const grant = new provider.Grant({ accountId: user.upn, clientId: params.client_id });
  grant.addOIDCScope('openid profile email');
  return { consent: { grantId: await grant.save() } };
}
