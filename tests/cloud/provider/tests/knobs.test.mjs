// The knobs of the sign-in.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { client } from '../directory.mjs';
import { known } from '../errors.mjs';
import { FORGERIES } from '../knobs.mjs';
import { App, Browser, claims, signIn, start } from './browser.mjs';

let cloud;
before(async () => {
  cloud = await start();
});
beforeEach(() => cloud.control('reset'));
after(() => cloud.stop());

const ADA = 'Ada Lovelace';
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

test('lifetimes', async () => {
  await cloud.control('lifetimes', { accessToken: 60, refreshToken: 1, refreshIn: 30 });
  const { app, tokens } = await signIn(cloud.base, ADA);
  const { exp, iat } = claims(tokens.access_token);
  assert.deepEqual([exp - iat, tokens.expires_in, tokens.refresh_in], [60, 60, 30]);
  assert.ok(tokens.refresh_token_expires_in <= 1);
  await wait(2_100);
  const late = await app.refresh(tokens.refresh_token);
  assert.deepEqual([late.body.error_codes, late.body.suberror], [[700084], 'bad_token']);
  await cloud.control('lifetimes', { code: 1 });
  const slow = new App(cloud.base);
  const browser = new Browser(cloud.base);
  const { answer } = await browser.click(await browser.go(slow.address()), ADA);
  await wait(2_100);
  assert.deepEqual((await slow.redeem(answer.code)).body.error_codes, [70008]);
  assert.equal((await cloud.control('lifetimes', { accesToken: 1 })).status, 400);
});

test('errors by number, at both places', async () => {
  const { app, browser, tokens } = await signIn(cloud.base, ADA);
  for (const number of [50076, 50105, 50173, 53003, 65001, 70043, 700082, 90094, 16000]) {
    assert.ok(known(number), number);
    await cloud.control('next', { error: number, claims: '{"a":1}' });
    const { status, body } = await app.refresh(tokens.refresh_token);
    assert.deepEqual([status, body.error_codes, body.claims], [400, [number], '{"a":1}']);
    await cloud.control('next', { at: 'authorize', error: number });
    const { answer } = await browser.go(new App(cloud.base).address());
    assert.match(answer.error_description, new RegExp(`^AADSTS${number}: `));
    assert.ok(answer.state && answer.error);
  }
  // None of them consumed the token.
  assert.equal((await app.refresh(tokens.refresh_token)).status, 200);
});

test('statuses with Retry-After, delays, cuts', async () => {
  const { app, tokens } = await signIn(cloud.base, ADA);
  await cloud.control('next', { status: 429, retryAfter: 4, times: 2 });
  for (let time = 0; time < 2; time += 1) {
    const answer = await app.refresh(tokens.refresh_token);
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [429, '4']);
  }
  await cloud.control('next', { drop: true });
  // The repetition by a browser is cut as well.
  const cut = await Promise.allSettled([app.refresh(tokens.refresh_token), app.refresh(tokens.refresh_token)]);
  assert.deepEqual(cut.map(({ status }) => status), ['rejected', 'rejected']);
  await wait(300);
  await cloud.control('next', { delayMs: 300 });
  const begun = Date.now();
  assert.equal((await app.refresh(tokens.refresh_token)).status, 200);
  assert.ok(Date.now() - begun >= 290);
});

test('every forgery is detectable, and an honest response passes', async () => {
  const keys = createRemoteJWKSet(new URL(`${cloud.base}/organizations/discovery/v2.0/keys`));
  const verified = async (forge) => {
    const atAuthorize = ['state', 'no-state', 'code', 'old-code', 'response-iss'].includes(forge);
    if (forge) await cloud.control('next', { at: atAuthorize ? 'authorize' : 'token', forge });
    const app = new App(cloud.base);
    const browser = new Browser(cloud.base);
    const { answer } = await browser.click(await browser.go(app.address()), ADA);
    if (answer.state !== app.state) return 'state';
    if (answer.iss) return 'response-iss';
    const { status, body } = await app.redeem(answer.code);
    if (body === null) return 'not-json';
    if (status !== 200) return 'code';
    if (!body.id_token) return 'no-id-token';
    const tenant = '6f1d8e52-90ab-4c37-8d24-b5e07a3c1f96';
    try {
      if (decodeProtectedHeader(body.id_token).alg === 'none') return 'alg-none';
      const { payload } = await jwtVerify(body.id_token, keys, { issuer: `${cloud.base}/${tenant}/v2.0`, audience: client.id, algorithms: ['RS256'] });
      if (payload.nonce !== app.nonce) return 'nonce';
      return payload.tid === tenant ? null : 'tid';
    } catch (error) {
      return error.claim ?? 'signature';
    }
  };
  assert.equal(await verified(null), null);
  const alike = { 'old-code': 'code', 'no-state': 'state', 'no-nonce': 'nonce', key: 'signature', tenant: 'iss' };
  for (const forge of FORGERIES) assert.equal(await verified(forge), alike[forge] ?? forge, forge);
  assert.equal((await cloud.control('next', { forge: 'everything' })).status, 400);
});

test('revoked refresh tokens, ended sessions, new keys', async () => {
  const { app, browser, tokens } = await signIn(cloud.base, ADA);
  await cloud.control('revoke', { user: 'ada@contoso.example' });
  assert.deepEqual((await app.refresh(tokens.refresh_token)).body.error_codes, [50173]);
  await cloud.control('sign-out');
  assert.equal((await browser.go(new App(cloud.base).address({ prompt: 'none' }))).answer.error, 'login_required');
  const kid = decodeProtectedHeader(tokens.id_token).kid;
  await cloud.control('rotate-keys', { forget: true });
  const { keys } = await (await fetch(`${cloud.base}/organizations/discovery/v2.0/keys`)).json();
  assert.ok(keys.length === 1 && keys[0].kid !== kid);
  await wait(1_100);
  assert.equal(decodeProtectedHeader((await signIn(cloud.base, ADA)).tokens.id_token).kid, keys[0].kid);
});

test('pages sever their opener on demand, as Entra ID’s may', async () => {
  const policy = async () => {
    const browser = new Browser(cloud.base);
    const first = await browser.fetch(new App(cloud.base).address());
    return (await browser.fetch(first.headers.get('location'))).headers.get('cross-origin-opener-policy');
  };
  assert.equal(await policy(), null);
  await cloud.control('coop', { policy: 'same-origin' });
  assert.equal(await policy(), 'same-origin');
});

test('tests can add a redirect URI', async () => {
  const redirect = 'http://localhost:8080/sub/auth.html';
  await cloud.control('redirects', { add: [redirect] });
  const app = new App(cloud.base);
  const browser = new Browser(cloud.base);
  const { at } = await browser.click(await browser.go(app.address({ redirect_uri: redirect })), ADA);
  assert.ok(at.startsWith(`${redirect}#code=`));
  await cloud.control('reset');
  assert.ok(!(await cloud.control('redirects')).body.includes(redirect));
});

test('it records requests without secrets', async () => {
  const { app, tokens } = await signIn(cloud.base, ADA);
  await app.refresh(tokens.refresh_token);
  const state = await (await fetch(`${cloud.base}/control/state`)).text();
  const { requests } = JSON.parse(state);
  assert.deepEqual(requests.map(({ at }) => at), ['authorize', 'token', 'token']);
  for (const secret of [tokens.access_token, tokens.refresh_token, tokens.id_token, app.verifier]) assert.ok(!state.includes(secret));
});
