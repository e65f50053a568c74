// A minimal browser for the provider's tests (cookies, redirects, forms), and a function that starts the provider.

import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { client } from '../directory.mjs';

export const APP = 'http://localhost:8080';
export const REDIRECT = `${APP}/auth.html`;
export const ARM = 'http://127.0.0.1:8082';
const CLAIMS = '{"access_token":{"xms_cc":{"values":["cp1"]}}}';

/** Starts a provider on any port; `stop` ends it and returns its error output. */
export async function start() {
  // With the deprecation warnings of future Node versions.
  const child = spawn(process.execPath, ['--pending-deprecation', fileURLToPath(new URL('../main.mjs', import.meta.url))], { stdio: ['pipe', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (text) => {
    errors += text;
    process.stderr.write(text);
  });
  const ended = new Promise((resolve) => child.once('close', () => resolve(errors)));
  child.stdin.write(`${JSON.stringify({ http: 0, origins: [APP], resources: [ARM] })}\n`);
  const line = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', () => reject(new Error('the provider ended')));
  });
  const base = JSON.parse(line).http;
  const control = async (what, body = {}) => {
    const answer = await fetch(`${base}/control/${what}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    return { status: answer.status, body: await answer.json() };
  };
  return { base, control, stop: () => (child.stdin.end(), ended) };
}

export class Browser {
  cookies = new Map();

  constructor(base) {
    this.base = base;
  }

  /** Sends one request, with the cookies whose path matches. */
  async fetch(url, options = {}) {
    const target = new URL(url, this.base);
    const cookie = [...this.cookies.values()].filter(({ path }) => target.pathname.startsWith(path)).map(({ pair }) => pair).join('; ');
    const answer = await fetch(target, { ...options, redirect: 'manual', headers: { ...options.headers, accept: 'text/html', ...(cookie ? { cookie } : {}) } });
    for (const set of answer.headers.getSetCookie()) {
      const [pair, ...rest] = set.split('; ');
      const [name, value] = pair.split('=');
      const path = rest.find((one) => one.startsWith('path='))?.slice(5) ?? '/';
      if (value) this.cookies.set(`${name} ${path}`, { pair, path });
      else this.cookies.delete(`${name} ${path}`);
    }
    return answer;
  }

  /** Follows redirects to a page or the app: returns `{ page, at }`, or `{ answer }` with the parameters of the app's redirect URI. */
  async go(url, options) {
    let answer = await this.fetch(url, options);
    let at = url;
    for (let hops = 0; answer.status >= 300 && answer.status < 400 && hops < 10; hops += 1) {
      at = new URL(answer.headers.get('location'), this.base).href;
      if (at.startsWith(APP)) return { answer: Object.fromEntries(new URLSearchParams(at.split('#')[1] ?? at.split('?')[1])), at };
      answer = await this.fetch(at);
    }
    return { page: await answer.text(), status: answer.status, at };
  }

  /** Clicks a form's button, or submits a self-submitting form. */
  async click({ page, at }, label) {
    for (const [, head, body] of page.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)) {
      if (label && !body.includes(`>${label}</button>`)) continue;
      const action = /action="([^"]*)"/.exec(head)?.[1] ?? at;
      const fields = [...body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]);
      const sent = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields).toString() };
      const next = await this.go(action, sent);
      // If another user was signed in, the provider first ends that session with a self-submitting form.
      return next.page?.includes('/session/end/confirm') || next.page?.includes('/logout/confirm') ? this.click(next) : next;
    }
    throw new Error(`no form with ${label} in ${page}`);
  }
}

/** An app that signs in: its PKCE verifier, state and nonce, its authorization request and its token requests. */
export class App {
  verifier = randomBytes(32).toString('base64url');
  state = randomBytes(8).toString('hex');
  nonce = randomBytes(8).toString('hex');

  constructor(base, tenant = 'organizations') {
    this.base = base;
    this.tenant = tenant;
  }

  scope = `${ARM}/user_impersonation openid profile offline_access`;

  address(more = {}) {
    const query = new URLSearchParams({
      client_id: client.id, scope: this.scope, redirect_uri: REDIRECT, response_type: 'code', response_mode: 'fragment',
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'), code_challenge_method: 'S256',
      nonce: this.nonce, state: this.state, client_info: '1', claims: CLAIMS, 'client-request-id': '11111111-2222-4333-8444-555555555555', ...more,
    });
    for (const [name, value] of [...query]) if (value === '') query.delete(name);
    return `${this.base}/${this.tenant}/oauth2/v2.0/authorize?${query}`;
  }

  async token(form, { origin = APP, tenant = this.tenant } = {}) {
    const body = new URLSearchParams({ client_id: client.id, redirect_uri: REDIRECT, scope: this.scope, client_info: '1', claims: CLAIMS, ...form });
    const answer = await fetch(`${this.base}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body, headers: origin ? { origin } : {} });
    const text = await answer.text();
    let parsed = null;
    try {
      parsed = JSON.parse(text);
    } catch {}
    return { status: answer.status, headers: answer.headers, body: parsed, text };
  }

  redeem(code, options) {
    return this.token({ grant_type: 'authorization_code', code, code_verifier: this.verifier }, options);
  }

  refresh(refreshToken, more = {}, options = {}) {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken, ...more }, options);
  }
}

export const claims = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());

/** Signs in the user `name`; returns the app, the browser, the last step and the tokens. */
export async function signIn(base, name, { tenant, browser = new Browser(base), query = {} } = {}) {
  const app = new App(base, tenant);
  let step = await browser.go(app.address(query));
  if (step.page) step = await browser.click(step, name);
  if (step.page?.includes('Second factor')) step = await browser.click(step, 'Approve');
  if (step.page?.includes('>Accept<')) step = await browser.click(step, 'Accept');
  const { body } = step.answer?.code ? await app.redeem(step.answer.code) : {};
  return { app, browser, step, tokens: body };
}
