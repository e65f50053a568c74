// When somebody has to be asked: who it is, a second factor, consent. Each check names the Entra code that silence gets instead.

import { interactionPolicy } from 'oidc-provider';
import { membership, tenantIn, userOf } from './directory.mjs';
import { askedOf } from './tokens.mjs';

const { Check, Prompt } = interactionPolicy;

/** Users, by tenant, that have consented. */
const consented = new Set();
const place = (user, tenant) => `${user.upn} ${tenant.id}`;

export const hasConsented = (user, tenant) => !user.consent || consented.has(place(user, tenant));
export const consents = (user, tenant) => consented.add(place(user, tenant));
export const forgetConsents = () => consented.clear();

/** Whether the user, asked for these claims, needs a second factor. */
export const needsSecondFactor = (user, claims) => Boolean(user.secondFactor || askedOf(claims).acrs);

const check = (reason, code, error, holds) => new Check(reason, `AADSTS${code}`, error, (ctx) => Boolean(holds(ctx.oidc, userOf(ctx.oidc.session.accountId))));

/** The prompts, in the order in which they come. */
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
