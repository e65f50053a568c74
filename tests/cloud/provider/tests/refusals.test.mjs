// The requests that the provider rejects, with Entra ID's error numbers.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { client } from '../directory.mjs';
import { APP, App, Browser, REDIRECT, signIn, start } from './browser.mjs';

let cloud;
before(async () => {
  cloud = await start();
});
after(() => cloud.stop());

const code = (text) => Number(/AADSTS(\d+)/.exec(text)?.[1]);

test('authorize: errors return to the app if that is safe, or else show a page', async () => {
  const go = (more, tenant) => new Browser(cloud.base).go(new App(cloud.base, tenant).address(more));
  const back = [
    [{ code_challenge: '', code_challenge_method: '' }, 9002325],
    [{ scope: 'openid' }, 70011],
    [{ scope: 'https://graph.microsoft.com/.default https://management.azure.com/.default' }, 28000],
    [{ scope: 'https://nowhere.example/.default' }, 500011],
    [{ prompt: 'none' }, 50058],
  ];
  for (const [more, number] of back) {
    const { answer } = await go(more);
    assert.equal(code(answer?.error_description), number, JSON.stringify(more));
    assert.ok(answer.state);
  }
  const page = [
    [{ redirect_uri: 'http://localhost:8080/other.html' }, 50011],
    [{ redirect_uri: 'http://evil.example/auth.html', prompt: 'none' }, 50011],
    [{ client_id: '00000000-0000-0000-0000-000000000000' }, 700016],
    [{}, 90002, 'nowhere.example'],
  ];
  for (const [more, number, tenant] of page) {
    const shown = await go(more, tenant);
    assert.equal(code(shown.page), number, JSON.stringify(more));
  }
});

test('token: a code is valid once, for its verifier, redirect URI and origin', async () => {
  const reach = async () => {
    const app = new App(cloud.base);
    const browser = new Browser(cloud.base);
    const { answer } = await browser.click(await browser.go(app.address()), 'Ada Lovelace');
    return { app, code: answer.code };
  };
  const first = await reach();
  assert.equal((await first.app.redeem(first.code)).status, 200);
  const again = await first.app.redeem(first.code);
  assert.deepEqual([again.status, again.body.error, again.body.error_codes], [400, 'invalid_grant', [54005]]);
  assert.equal(again.headers.get('access-control-allow-origin'), APP);
  for (const name of ['timestamp', 'trace_id', 'correlation_id', 'error_uri']) assert.ok(again.body[name], name);

  const table = [
    [(app) => Object.assign(app, { verifier: 'x'.repeat(43) }), {}, 501481],
    [() => {}, { origin: 'http://evil.example' }, 9002326],
    [() => {}, { origin: null }, 9002327],
    [(app) => Object.assign(app, { scope: 'https://nowhere.example/.default' }), {}, 500011],
  ];
  for (const [change, options, number] of table) {
    const { app, code: issued } = await reach();
    change(app);
    assert.deepEqual((await app.redeem(issued, options)).body.error_codes, [number]);
  }
  const other = await reach();
  const elsewhere = await other.app.token({ grant_type: 'authorization_code', code: other.code, code_verifier: other.app.verifier, redirect_uri: `${REDIRECT}/x` });
  assert.deepEqual(elsewhere.body.error_codes, [50011]);
  const stranger = await other.app.token({ grant_type: 'refresh_token', refresh_token: 'nothing', client_id: client.id });
  assert.deepEqual(stranger.body.error_codes, [70000]);
});

test('token: a code stolen from another transaction is rejected', async () => {
  const [mine, theirs] = [await signIn(cloud.base, 'Ada Lovelace'), new App(cloud.base)];
  const browser = new Browser(cloud.base);
  const { answer } = await browser.click(await browser.go(mine.app.address()), 'Grace Hopper');
  assert.deepEqual((await theirs.redeem(answer.code)).body.error_codes, [501481]);
});
