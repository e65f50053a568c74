// Starts the provider. Its input is one line of JSON: `http` and `https` (ports), `origins` of apps, `resources` of tokens,
// `certificate` and `key`. It prints one line of JSON with its addresses, and exits when its input ends.

import http from 'node:http';
import https from 'node:https';
import { createInterface } from 'node:readline';

// Hide the library's and Node's advice for production deployments.
const isAdvice = (text) => /oidc-provider (NOTICE|WARNING): /.test(text);
for (const name of ['info', 'warn']) {
  const log = console[name];
  console[name] = (text, ...rest) => (isAdvice(text) ? undefined : log(text, ...rest));
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
const options = JSON.parse(await new Promise((resolve) => input.once('line', resolve)));
input.on('close', () => process.exit(0));
for (const origin of options.origins ?? []) redirects.add(`${origin}/auth.html`);
for (const resource of options.resources ?? []) resources.add(resource.replace(/\/$/, ''));
await rotate();

/** Listens, and returns the base URL. */
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
  const addresses = { http: await serve(http.createServer(), 'http', options.http ?? 0) };
  if (options.certificate) {
    const server = https.createServer({ cert: options.certificate, key: options.key });
    addresses.https = await serve(server, 'https', options.https ?? 0);
  }
  console.log(JSON.stringify(addresses));
} catch (error) {
  console.log(JSON.stringify({ error: error.code === 'EADDRINUSE' ? `port ${error.port} is taken; \`--port-base N\` takes others` : error.message }));
  process.exit(1);
}
process.on('SIGTERM', () => process.exit(0));
