// Signing in as with Entra ID: users, tenants, silent requests, consent, second factor, sign-out.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { client, tenants, users } from '../directory.mjs';
import { APP, App, ARM, Browser, claims, signIn, start } from './browser.mjs';

let cloud;
before(async () => {
  cloud = await start();
});
after(() => cloud.stop());

const [contoso, fabrikam] = tenants;

test('each user signs in with a click, and the tokens identify the user', async () => {
  for (const user of users) {
    const { tokens, step, app } = await signIn(cloud.base, user.name);
    assert.equal(step.answer.state, app.state);
    const home = tenants.find((one) => one.name === user.memberships[0].tenant);
    const id = claims(tokens.id_token);
    assert.deepEqual([id.iss, id.aud, id.tid, id.nonce, id.preferred_username, id.oid], [`${cloud.base}/${home.id}/v2.0`, client.id, home.id, app.nonce, user.upn, user.memberships[0].oid]);
    const access = claims(tokens.access_token);
    assert.deepEqual([access.aud, access.scp, access.tid, access.xms_cc], [ARM, 'user_impersonation', home.id, ['cp1']]);
    assert.deepEqual(JSON.parse(Buffer.from(tokens.client_info, 'base64url')), { uid: id.oid, utid: home.id });
    assert.equal(access.amr.includes('mfa'), Boolean(user.secondFactor));
    assert.ok(tokens.refresh_token && tokens.refresh_token_expires_in > 86_000 && tokens.token_type === 'Bearer');
  }
});

test('the provider prints no warnings', async () => {
  const quiet = await start();
  const { app, browser, tokens } = await signIn(quiet.base, 'Ada Lovelace');
  await app.refresh(tokens.refresh_token);
  await browser.go(`${quiet.base}/${app.tenant}/oauth2/v2.0/logout`);
  assert.equal(await quiet.stop(), '');
});

test('prompt=none succeeds with a session, and fails without one or with another login hint', async () => {
  const { browser } = await signIn(cloud.base, 'Ada Lovelace');
  const silent = await browser.go(new App(cloud.base).address({ prompt: 'none' }));
  assert.ok(silent.answer.code);
  const hint = await browser.go(new App(cloud.base).address({ prompt: 'none', login_hint: 'grace@contoso.example' }));
  assert.match(hint.answer.error_description, /^AADSTS50058: /);
  const none = await new Browser(cloud.base).go(new App(cloud.base).address({ prompt: 'none' }));
  assert.equal(none.answer.error, 'login_required');
  assert.match(none.answer.error_description, /^AADSTS50058: .* Trace ID: .* Correlation ID: 11111111-2222-4333-8444-555555555555 Timestamp: /);
  assert.ok((await browser.go(new App(cloud.base).address({ prompt: 'select_account' }))).page.includes('Grace Hopper'));
});

test('a refresh token works for every tenant of the user, and no other', async () => {
  const { app, tokens } = await signIn(cloud.base, 'Ada Lovelace');
  const other = await app.refresh(tokens.refresh_token, {}, { tenant: fabrikam.id });
  assert.equal(claims(other.body.access_token).tid, fabrikam.id);
  const grace = await signIn(cloud.base, 'Grace Hopper');
  const refused = await grace.app.refresh(grace.tokens.refresh_token, {}, { tenant: fabrikam.domain });
  assert.deepEqual([refused.status, refused.body.error_codes], [400, [50020]]);
  assert.equal((await grace.app.refresh(grace.tokens.refresh_token)).status, 200);
});

test('rotation: reusing a refresh token revokes its successors', async () => {
  const { app, tokens } = await signIn(cloud.base, 'Ada Lovelace');
  const second = (await app.refresh(tokens.refresh_token)).body;
  assert.notEqual(second.refresh_token, tokens.refresh_token);
  assert.ok(second.refresh_token_expires_in <= tokens.refresh_token_expires_in);
  assert.deepEqual((await app.refresh(tokens.refresh_token)).body.error_codes, [50173]);
  assert.equal((await app.refresh(second.refresh_token)).body.suberror, 'bad_token');
});

test('consent is asked for once, and may be declined', async () => {
  await cloud.control('reset');
  const browser = new Browser(cloud.base);
  const asked = await browser.click(await browser.go(new App(cloud.base).address()), 'Barbara Liskov');
  const declined = await browser.click(asked, 'Decline');
  assert.match(declined.answer.error_description, /^AADSTS65004: /);
  const silent = await browser.go(new App(cloud.base).address({ prompt: 'none' }));
  assert.deepEqual([silent.answer.error, silent.answer.suberror], ['consent_required', 'consent_required']);
  assert.ok((await signIn(cloud.base, 'Barbara Liskov')).tokens.access_token);
  const again = new Browser(cloud.base);
  assert.ok((await again.click(await again.go(new App(cloud.base).address()), 'Barbara Liskov')).answer.code);
});

test('claims for a second factor: silent requests fail and leave the token valid, a click satisfies them', async () => {
  const { app, browser, tokens } = await signIn(cloud.base, 'Ada Lovelace');
  const asked = '{"access_token":{"acrs":{"essential":true,"value":"p1"}}}';
  const refused = await app.refresh(tokens.refresh_token, { claims: asked });
  assert.deepEqual([refused.body.error, refused.body.suberror, refused.body.error_codes, refused.body.claims], ['invalid_grant', 'basic_action', [50076], asked]);
  assert.equal((await app.refresh(tokens.refresh_token)).status, 200);
  assert.equal((await browser.go(new App(cloud.base).address({ prompt: 'none', claims: asked }))).answer.error, 'interaction_required');
  const stepped = new App(cloud.base);
  const page = await browser.go(stepped.address({ claims: asked }));
  assert.ok(page.page.includes('Second factor'));
  const { answer } = await browser.click(page, 'Approve');
  const { body } = await stepped.token({ grant_type: 'authorization_code', code: answer.code, code_verifier: stepped.verifier, claims: asked });
  assert.deepEqual(claims(body.access_token).acrs, ['p1']);
});

test('cancelling returns access_denied', async () => {
  const browser = new Browser(cloud.base);
  const { answer } = await browser.click(await browser.go(new App(cloud.base).address()), 'Cancel');
  assert.deepEqual([answer.error, answer.error_subcode], ['access_denied', 'cancel']);
  assert.match(answer.error_description, /Correlation ID: 11111111-2222-4333-8444-555555555555 /);
});

test('a directory without the user: silent requests fail, and another user can be selected', async () => {
  const { browser } = await signIn(cloud.base, 'Grace Hopper');
  const elsewhere = () => new App(cloud.base, fabrikam.domain);
  const silent = await browser.go(elsewhere().address({ prompt: 'none' }));
  assert.equal(silent.answer.error, 'interaction_required');
  assert.match(silent.answer.error_description, /^AADSTS50020: .*'grace@contoso\.example'.*'Fabrikam'/);
  const shown = await browser.go(elsewhere().address());
  assert.match((await browser.click(shown, 'Grace Hopper')).page, /AADSTS50020/);
  const { tokens } = await signIn(cloud.base, 'Ada Lovelace', { tenant: fabrikam.domain, browser });
  assert.equal(claims(tokens.id_token).tid, fabrikam.id);
});

test('another user can sign in in the same browser, and the first keeps the refresh token', async () => {
  const ada = await signIn(cloud.base, 'Ada Lovelace');
  const grace = await signIn(cloud.base, 'Grace Hopper', { browser: ada.browser, query: { prompt: 'select_account' } });
  assert.equal(claims(grace.tokens.id_token).preferred_username, 'grace@contoso.example');
  assert.equal((await ada.app.refresh(ada.tokens.refresh_token)).status, 200);
});

test('signing out ends the session and returns to the app', async () => {
  for (const hint of ['ada@contoso.example', '']) {
    const { browser } = await signIn(cloud.base, 'Ada Lovelace');
    const page = await browser.go(`${cloud.base}/${contoso.id}/oauth2/v2.0/logout?post_logout_redirect_uri=${APP}/&logout_hint=${hint}`);
    assert.equal(page.page.includes('forms[0].submit'), hint !== '');
    const body = new URLSearchParams([[...page.page.matchAll(/name="(xsrf)" value="([^"]*)"/g)][0].slice(1), ['logout', 'yes']]).toString();
    const action = /action="([^"]*)"/.exec(page.page)[1];
    const back = await browser.go(action, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body });
    assert.equal(back.at, `${APP}/`);
    assert.equal((await browser.go(new App(cloud.base).address({ prompt: 'none' }))).answer.error, 'login_required');
  }
});
