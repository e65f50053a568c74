// Starts the provider. Its input is one line of JSON: `http` and `https` (ports), `origins` of apps, `resources` that tokens
// are for, `certificate` and `key`. It prints one line of JSON with its addresses, and ends when its input does.

import http from 'node:http';
import https from 'node:https';
import { createInterface } from 'node:readline';

// What the library and Node advise whoever deploys a provider is nothing to whoever tries the app.
const isAdvice = (text) => /oidc-provider (NOTICE|WARNING): /.test(text);
for (const name of ['info', 'warn']) {
  const said = console[name];
  console[name] = (text, ...rest) => (isAdvice(text) ? undefined : said(text, ...rest));
}
process.removeAllListeners('warning');
const { provider, redirects } = await import('./provider.mjs');
const { answer, resources } = await import('./addresses.mjs');
const { control } = await import('./control.mjs');
const { interact } = await import('./interactions.mjs');
const { within } = await import('./context.mjs');
const { rotate } = await import('./tokens.mjs');

const HOST = '127.0.0.1';
const input = createInterface({ input: process.stdin });
const asked = JSON.parse(await new Promise((resolve) => input.once('line', resolve)));
input.on('close', () => process.exit(0));
for (const origin of asked.origins ?? []) redirects.add(`${origin}/auth.html`);
for (const resource of asked.resources ?? []) resources.add(resource.replace(/\/$/, ''));
await rotate();

/** Listens, and gives the address. */
async function serve(server, scheme, port) {
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, HOST, resolve));
  const base = `${scheme}://${HOST}:${server.address().port}`;
  const one = provider(base);
  server.on('request', async (request, response) => {
    try {
      if (request.url.startsWith('/control/')) await control(request, response, base);
      else if (request.url.startsWith('/interaction/')) await interact(request, response, base, one);
      else if (!(await answer(request, response, base, one))) await within({ base, route: 'resume' }, () => one.callback()(request, response));
    } catch (error) {
      console.error(error);
      response.destroy();
    }
  });
  return base;
}

try {
  const addresses = { http: await serve(http.createServer(), 'http', asked.http ?? 0) };
  if (asked.certificate) {
    const server = https.createServer({ cert: asked.certificate, key: asked.key });
    addresses.https = await serve(server, 'https', asked.https ?? 0);
  }
  console.log(JSON.stringify(addresses));
} catch (error) {
  console.log(JSON.stringify({ error: error.code === 'EADDRINUSE' ? `port ${error.port} is taken; \`--port-base N\` takes others` : error.message }));
  process.exit(1);
}
process.on('SIGTERM', () => process.exit(0));
