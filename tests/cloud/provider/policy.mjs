// When the user must interact: sign in, second factor, consent. Each check has the Entra code that `prompt=none` returns instead.

import { interactionPolicy } from 'oidc-provider';
import { membership, tenantIn, userOf } from './directory.mjs';
import { askedOf } from './tokens.mjs';

const { Check, Prompt } = interactionPolicy;

/** Users that have consented, by tenant. */
const consented = new Set();
const key = (user, tenant) => `${user.upn} ${tenant.id}`;

export const hasConsented = (user, tenant) => !user.consent || consented.has(key(user, tenant));
export const consents = (user, tenant) => consented.add(key(user, tenant));
export const forgetConsents = () => consented.clear();

/** Whether the user needs a second factor for these claims. */
export const needsSecondFactor = (user, claims) => Boolean(user.secondFactor || askedOf(claims).acrs);

const check = (reason, code, error, holds) => new Check(reason, `AADSTS${code}`, error, (ctx) => Boolean(holds(ctx.oidc, userOf(ctx.oidc.session.accountId))));

/** The prompts, in order. */
export const policy = () => [
  new Prompt({ name: 'select_account', requestable: true }),
  new Prompt(
    { name: 'login', requestable: true },
    check('no_session', 50058, 'login_required', (oidc) => !oidc.session.accountId),
    check('hint', 50058, 'login_required', ({ params: { login_hint: hint } }, user) => user && userOf(hint) && userOf(hint) !== user),
    check('tenant', 50020, 'interaction_required', ({ params }, user) => user && tenantIn(params) && !membership(user, tenantIn(params))),
    check('second_factor', 50076, 'interaction_required', ({ session, params }, user) => user && needsSecondFactor(user, params.asked_claims) && !session.amr?.includes('mfa')),
  ),
  new Prompt(
    { name: 'consent', requestable: true },
    check('consent', 65001, 'consent_required', ({ grant }) => !grant?.getOIDCScope()),
  ),
];
