// The knobs of ARM: what a test asks for goes wrong, for whom it is meant and as often as it says.

import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { arm, cloud, control, DEVELOPMENT, identity, token } from '../client.mjs';

const ADA = 'ada@contoso.example';
const LIST = '/subscriptions?api-version=2022-12-01';
beforeEach(() => control('arm', 'reset'));
after(() => control('arm', 'reset'));

test('statuses, with Retry-After', async () => {
  const bearer = await token(ADA);
  await control('arm', 'next', { status: 429, retryAfter: 7, times: 2 });
  for (let time = 0; time < 2; time += 1) {
    const answer = await arm(bearer, 'GET', LIST);
    assert.deepEqual([answer.status, answer.headers.get('retry-after'), answer.headers.get('access-control-allow-origin')], [429, '7', '*']);
  }
  await control('arm', 'next', { status: 503, code: 'ServerBusy', message: 'Later.' });
  assert.deepEqual((await arm(bearer, 'GET', LIST)).body, { error: { code: 'ServerBusy', message: 'Later.' } });
  assert.equal((await arm(bearer, 'GET', LIST)).status, 200);
});

test('a wish is for a user, a method and a path', async () => {
  await control('arm', 'next', { status: 500, user: ADA, methods: ['PUT'], path: '/userassignedidentities/' });
  assert.equal((await arm(await token('grace@contoso.example'), 'PUT', identity('RG1', 'uami-a'), { location: 'eastus' })).status, 201);
  const ada = await token(ADA);
  assert.equal((await arm(ada, 'GET', LIST)).status, 200);
  assert.equal((await arm(ada, 'PUT', identity('RG1', 'uami-b'), { location: 'eastus' })).status, 500);
  assert.equal((await arm(ada, 'PUT', identity('RG1', 'uami-b'), { location: 'eastus' })).status, 201);
});

test('a connection is cut before or after the work is done', async () => {
  const bearer = await token(ADA);
  for (const [drop, made] of [['before', 404], ['after', 200]]) {
    await control('arm', 'next', { drop, methods: ['PUT'] });
    await assert.rejects(arm(bearer, 'PUT', identity('RG1', `uami-${drop}`), { location: 'eastus' }));
    assert.equal((await arm(bearer, 'GET', identity('RG1', `uami-${drop}`))).status, made, drop);
  }
});

test('a challenge wants a token that has what it asks for', async () => {
  const bearer = await token(ADA);
  const claimsOf = (answer) => JSON.parse(Buffer.from(/claims="([^"]+)"/.exec(answer.headers.get('www-authenticate'))[1], 'base64'));
  await control('arm', 'next', { challenge: 'cae', methods: ['GET'] });
  // Tokens tell their time in seconds.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const refused = await arm(bearer, 'GET', LIST);
  assert.deepEqual([refused.status, Object.keys(claimsOf(refused).access_token)], [401, ['nbf', 'xms_caeerror']]);
  assert.match(refused.headers.get('www-authenticate'), /error="insufficient_claims"/);
  assert.equal((await arm(bearer, 'GET', LIST)).status, 401);
  assert.equal((await arm(await token(ADA), 'GET', LIST)).status, 200);
  await control('arm', 'next', { challenge: 'p1', methods: ['PUT'] });
  const put = (jwt) => arm(jwt, 'PUT', identity('RG1', 'uami-p1'), { location: 'eastus' });
  const asked = await put(await token(ADA));
  assert.deepEqual([asked.status, asked.body.error.code, claimsOf(asked).access_token.acrs.value], [401, 'RequestDisallowedByPolicy', 'p1']);
  assert.equal((await put(await token(ADA, { claims: JSON.stringify(claimsOf(asked)) }))).status, 401);
  assert.equal((await put(await token(ADA, { claims: JSON.stringify(claimsOf(asked)), secondFactor: true }))).status, 201);
  await control('arm', 'next', { challenge: 'cae', endless: true });
  for (let time = 0; time < 3; time += 1) assert.equal((await arm(await token(ADA), 'GET', LIST)).status, 401);
});

test('tokens expire on demand', async () => {
  const [ada, grace] = [await token(ADA), await token('grace@contoso.example')];
  await control('arm', 'expire', { user: ADA });
  assert.equal((await arm(ada, 'GET', LIST)).body.error.code, 'ExpiredAuthenticationToken');
  assert.equal((await arm(grace, 'GET', LIST)).status, 200);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  assert.equal((await arm(await token(ADA), 'GET', LIST)).status, 200);
});

test('a user has so many requests, is told how many are left, and waits for more', async () => {
  const bearer = await token(ADA);
  const at = `/subscriptions/${DEVELOPMENT}/resourceGroups/RG1?api-version=2021-04-01`;
  const left = async () => Number((await arm(bearer, 'GET', at)).headers.get('x-ms-ratelimit-remaining-subscription-reads'));
  assert.deepEqual([await left(), (await left()) <= 249], [249, true]);
  await control('arm', 'quota', { reads: { burst: 2, perSecond: 0 } });
  assert.equal(await left(), 1);
  await arm(bearer, 'GET', at);
  const refused = await arm(bearer, 'GET', at);
  assert.deepEqual([refused.status, refused.body.error.code, refused.headers.get('retry-after')], [429, 'SubscriptionRequestsThrottled', '1']);
  assert.equal((await arm(bearer, 'GET', LIST)).status, 200);
  assert.equal((await arm(bearer, 'PUT', identity('RG1', 'uami-quota'), { location: 'eastus' })).status, 201);
  await control('arm', 'quota', {});
  assert.equal((await arm(bearer, 'GET', at)).status, 200);
});

test('faults by name and by data set reach the wire', async () => {
  const bearer = await token(ADA);
  await assert.rejects(arm(bearer, 'GET', identity('RG1', 'uami-offline')));
  assert.equal((await arm(bearer, 'GET', identity('RG1', 'uami-throttled'))).status, 429);
  await control('arm', 'sim', { sim: 'forbidden' });
  assert.equal((await arm(bearer, 'PUT', identity('RG1', 'uami-x'), { location: 'eastus' })).body.error.code, 'AuthorizationFailed');
});

test('what means nothing is refused, and no page of another site can turn a knob', async () => {
  for (const [what, body] of [['next', { tiems: 1 }], ['next', { challenge: 'p2' }], ['sim', { sim: 'fast' }], ['headers', {}], ['nothing', {}]]) {
    await assert.rejects(control('arm', what, body), what);
  }
  const sent = await fetch(`${cloud.control.arm}/reset`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' });
  assert.equal(sent.status, 415);
  const asked = await fetch(`${cloud.control.arm}/reset`, { method: 'OPTIONS', headers: { origin: 'http://evil.example', 'access-control-request-method': 'POST' } });
  assert.equal(asked.headers.get('access-control-allow-origin'), null);
});

test('it remembers what came, and no token', async () => {
  const bearer = await token(ADA);
  await arm(bearer, 'GET', `/subscriptions/${DEVELOPMENT}?api-version=2022-12-01`);
  const state = await (await fetch(`${cloud.control.arm}/state`)).text();
  const last = JSON.parse(state).requests.at(-1);
  assert.deepEqual([last.method, last.user, last.status], ['GET', ADA, 200]);
  assert.ok(!state.includes(bearer));
});
