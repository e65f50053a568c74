// ARM over the wire: what browsers may read, who is let in, what each version shows.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, test } from 'node:test';
import { arm, cloud, control, DEVELOPMENT, FABRIKAM, identity, token } from '../client.mjs';

const ADA = 'ada@contoso.example';
after(() => control('arm', 'reset'));

test('any origin may ask, and is told so for an hour', async () => {
  const answer = await fetch(`${cloud.arm}/subscriptions`, {
    method: 'OPTIONS',
    headers: { origin: 'http://localhost:8080', 'access-control-request-method': 'PUT', 'access-control-request-headers': 'authorization,content-type' },
  });
  const said = (name) => answer.headers.get(`access-control-${name}`);
  assert.deepEqual([answer.status, said('allow-origin'), said('max-age'), said('allow-headers')], [200, '*', '3600', 'authorization,content-type']);
  assert.ok(said('allow-methods').includes('PATCH'));
});

test('headers are shown or hidden', async () => {
  const bearer = await token(ADA);
  const exposed = async () => (await arm(bearer, 'GET', '/subscriptions?api-version=2022-12-01')).headers.get('access-control-expose-headers');
  assert.match(await exposed(), /x-ms-request-id/);
  await control('arm', 'headers', { expose: false });
  assert.equal(await exposed(), null);
  await control('arm', 'headers', { expose: true });
  await control('arm', 'next', { expose: false });
  assert.equal(await exposed(), null);
  assert.match(await exposed(), /x-ms-request-id/);
});

const parts = (jwt) => jwt.split('.');
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

test('a token is refused with the code that is right for it', async () => {
  const good = await token(ADA);
  const [head, body, signature] = parts(good);
  const claims = JSON.parse(Buffer.from(body, 'base64url'));
  const keys = await (await fetch(`${cloud.authority}/organizations/discovery/v2.0/keys`)).json();
  const confused = `${encode({ typ: 'JWT', alg: 'HS256', kid: keys.keys[0].kid })}.${body}`;
  const table = [
    [null, 'AuthenticationFailed'],
    ['', 'AuthenticationFailed'],
    ['nonsense', 'InvalidAuthenticationToken'],
    [`${head}.${encode({ ...claims, oid: 'e6b0c3d8-7f15-4a92-8e64-1d3f5a7b9c02' })}.${signature}`, 'InvalidAuthenticationToken'],
    [`${encode({ typ: 'JWT', alg: 'none', kid: keys.keys[0].kid })}.${body}.`, 'InvalidAuthenticationToken'],
    // The public key taken for a secret.
    [`${confused}.${createHmac('sha256', JSON.stringify(keys.keys[0])).update(confused).digest('base64url')}`, 'InvalidAuthenticationToken'],
    [await token(ADA, { lifetime: -60 }), 'ExpiredAuthenticationToken'],
    [await token(ADA, { resource: 'https://graph.microsoft.com' }), 'InvalidAuthenticationTokenAudience'],
    [await token('edsger@fabrikam.example'), 'InvalidAuthenticationTokenTenant'],
  ];
  for (const [sent, code] of table) {
    const answer = await arm(sent, 'GET', `/subscriptions/${DEVELOPMENT}?api-version=2022-12-01`);
    const challenge = answer.headers.get('www-authenticate');
    assert.deepEqual([answer.status, answer.body.error.code], [401, code], String(sent));
    assert.match(challenge, new RegExp(`^Bearer authorization_uri="${cloud.authority}/6f1d8e52-[^"]*", error="invalid_token", error_description="[^"]+"$`));
  }
  assert.match((await arm(null, 'GET', '/tenants?api-version=2022-12-01')).headers.get('www-authenticate'), /\/common"/);
  for (const resource of [cloud.arm, `${cloud.arm}/`, cloud.https.arm, 'https://management.azure.com/', 'https://management.core.windows.net/']) {
    assert.equal((await arm(await token(ADA, { resource }), 'GET', '/tenants?api-version=2022-12-01')).status, 200, resource);
  }
});

test('each role may do what it may', async () => {
  const registration = `/subscriptions/${DEVELOPMENT}/providers/Microsoft.Storage/register?api-version=2021-04-01`;
  const table = [
    // Subscriptions seen, identity written, group written, provider registered, policy asked.
    [ADA, undefined, [3, 201, 201, 200, 200]],
    ['grace@contoso.example', undefined, [3, 201, 403, 403, 403]],
    ['alan@contoso.example', undefined, [3, 403, 403, 403, 200]],
    ['edsger@fabrikam.example', 'contoso.example', [0, 403, 403, 403, 403]],
    [ADA, 'fabrikam.example', [1, 401, 401, 401, 401]],
  ];
  for (const [user, tenant, expected] of table) {
    const bearer = await token(user, { tenant });
    const name = `role-${user.split('@')[0]}`;
    const asked = { resourceDetails: { resourceContent: { type: 'Microsoft.ManagedIdentity/userAssignedIdentities' }, apiVersion: '2023-01-31' } };
    const got = [
      (await arm(bearer, 'GET', '/subscriptions?api-version=2022-12-01')).body.value.length,
      (await arm(bearer, 'PUT', identity('RG1', name), { location: 'eastus' })).status,
      (await arm(bearer, 'PUT', `/subscriptions/${DEVELOPMENT}/resourceGroups/rg-${name}?api-version=2021-04-01`, { location: 'eastus' })).status,
      (await arm(bearer, 'POST', registration, {})).status,
      (await arm(bearer, 'POST', `/subscriptions/${DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.PolicyInsights/checkPolicyRestrictions?api-version=2023-03-01`, asked)).status,
    ];
    assert.deepEqual(got, expected, `${user} ${tenant ?? ''}`);
  }
  const grace = await arm(await token('grace@contoso.example'), 'GET', `/subscriptions/${DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`);
  assert.ok(grace.body.value[0].actions.includes('Microsoft.ManagedIdentity/userAssignedIdentities/write'));
  const guest = await arm(await token('edsger@fabrikam.example', { tenant: 'contoso.example' }), 'GET', `/subscriptions/${DEVELOPMENT}?api-version=2022-12-01`);
  assert.deepEqual([guest.status, guest.body.error.code], [403, 'AuthorizationFailed']);
  assert.match(guest.body.error.message, /'edsger@fabrikam\.example' with object id 'e6b0c3d8/);
});

test('every version of an identity is answered in its shape', async () => {
  const bearer = await token(ADA);
  const versions = ['2015-08-31-preview', '2018-11-30', '2021-09-30-preview', '2022-01-31-preview', '2023-01-31', '2023-07-31-preview', '2024-11-30', '2025-01-31-preview', '2025-05-31-preview', '2026-04-30', '2026-05-31'];
  const restricting = ['2025-05-31-preview', '2026-05-31'];
  for (const version of versions) {
    const { status, body } = await arm(bearer, 'GET', identity('rg-api-prod', 'uami-api-prod', version));
    assert.equal(status, 200, version);
    assert.deepEqual(['isolationScope' in body.properties, 'assignmentRestrictions' in body.properties], [version >= '2024-11-30', restricting.includes(version)], version);
    assert.equal((await arm(bearer, 'PUT', identity('RG1', `v-${version}`, version), { location: 'eastus' })).status, 201, version);
  }
  const unknown = await arm(bearer, 'GET', identity('rg-api-prod', 'uami-api-prod', '2020-02-02'));
  assert.deepEqual([unknown.status, unknown.body.error.code], [404, 'InvalidResourceType']);
  for (const version of versions) assert.ok(unknown.body.error.message.includes(version), version);
  const provider = await arm(bearer, 'GET', `/subscriptions/${DEVELOPMENT}/providers/Microsoft.ManagedIdentity?api-version=2021-04-01`);
  const offered = provider.body.resourceTypes.find((one) => one.resourceType === 'userAssignedIdentities').apiVersions;
  assert.deepEqual([...offered].sort(), [...versions].sort());
});

test('groups and deployments take every version from 2018 to 2025', async () => {
  const bearer = await token(ADA);
  const provider = await arm(bearer, 'GET', `/subscriptions/${DEVELOPMENT}/providers/Microsoft.Resources?api-version=2021-04-01`);
  const template = { $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#', contentVersion: '1.0.0.0', resources: [] };
  const validated = { properties: { mode: 'Incremental', template } };
  for (const [type, ask] of [
    ['resourceGroups', (version) => arm(bearer, 'GET', `/subscriptions/${DEVELOPMENT}/resourceGroups/RG1?api-version=${version}`)],
    ['deployments', (version) => arm(bearer, 'POST', `/subscriptions/${DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.Resources/deployments/d/validate?api-version=${version}`, validated)],
  ]) {
    const { apiVersions } = provider.body.resourceTypes.find((one) => one.resourceType === type);
    const wanted = apiVersions.filter((version) => version >= '2018' && version <= '2025-04-01');
    assert.ok(wanted.length >= 20 && wanted.includes('2018-02-01') && wanted.includes('2025-04-01'), type);
    for (const version of wanted) assert.equal((await ask(version)).status, 200, `${type} ${version}`);
    const unknown = await ask('2019-02-30');
    assert.deepEqual([unknown.status, unknown.body.error.code], [400, 'InvalidApiVersionParameter'], type);
    assert.ok(unknown.body.error.message.includes('2025-04-01'));
  }
});

test('a template is taken as its file is written, as az sends it', async () => {
  const bearer = await token(ADA);
  const body = `{"properties": {"mode": "Incremental", "parameters": {}, template:{
    // One identity.
    "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", contentVersion: '1.0.0.0',
    "resources": [{ "type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31", "name": "uami-az", "location": "eastus", },],
  }}}`;
  const at = `${cloud.arm}/subscriptions/${DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.Resources/deployments/lenient/validate?api-version=2024-03-01`;
  const answer = await fetch(at, { method: 'POST', headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' }, body });
  assert.equal(answer.status, 200, await answer.text());
});

test('what is asked oddly is answered as ARM answers it', async () => {
  const bearer = await token(ADA);
  const here = `/subscriptions/${DEVELOPMENT}`;
  const list = `${here}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities`;
  for (const [method, target, status, code] of [
    ['GET', `${list.toUpperCase()}/UAMI-EXISTING/?API-VERSION=2023-01-31`, 200],
    ['GET', `${list}/uami%2Dexisting?api-version=2023-01-31`, 200],
    ['HEAD', `${list}/uami-existing?api-version=2023-01-31`, 204],
    ['HEAD', `${list}/uami-nobody?api-version=2023-01-31`, 404],
    ['GET', `${list}?api-version=2023-01-31&api-version=2018-11-30`, 404, 'InvalidResourceType'],
    ['GET', `${list}?api-version=`, 400, 'MissingApiVersionParameter'],
    ['POST', `${list}/uami-existing?api-version=2023-01-31`, 405, 'MethodNotAllowed'],
    ['GET', `${list}/${'n'.repeat(8000)}?api-version=2023-01-31`, 404, 'ResourceNotFound'],
    ['PUT', `${list}/${'n'.repeat(8000)}?api-version=2023-01-31`, 400, 'InvalidResourceName'],
    ['GET', `${here}/providers/Microsoft.Compute/virtualMachines?api-version=2024-07-01`, 404, 'InvalidResourceType'],
    ['GET', `${here}/providers/Microsoft.Authorization/policyAssignments?api-version=2025-11-01`, 404, 'InvalidResourceType'],
    ['GET', '/providers/Microsoft.ManagedIdentity/operations?api-version=2024-11-30', 200],
    ['GET', '/providers/Microsoft.Nothing/operations?api-version=2024-11-30', 404, 'InvalidResourceType'],
    ['GET', `${list}/uami-existing/providers/Microsoft.ManagedIdentity/identities/default?api-version=2023-01-31`, 404, 'ResourceNotFound'],
  ]) {
    const { status: got, body } = await arm(bearer, method, target, method === 'PUT' || method === 'POST' ? { location: 'eastus' } : undefined);
    assert.deepEqual([got, body?.error?.code], [status, code], `${method} ${target.slice(0, 200)}`);
  }
  const text = await fetch(`${cloud.arm}${list}/uami-text?api-version=2023-01-31`, { method: 'PUT', headers: { authorization: `Bearer ${bearer}`, 'content-type': 'text/plain' }, body: '{"location":"eastus"}' });
  assert.deepEqual([text.status, (await text.json()).error.code], [415, 'UnsupportedMediaType']);
});

test('links lead back to where they were asked for', async () => {
  await control('arm', 'sim', { sim: 'large' });
  const bearer = await token(ADA);
  const { body } = await arm(bearer, 'GET', '/subscriptions?api-version=2022-12-01');
  assert.ok(body.nextLink.startsWith(`${cloud.arm}/subscriptions?`), body.nextLink);
  assert.equal((await arm(bearer, 'GET', body.nextLink.slice(cloud.arm.length))).body.value.length, 1_000);
  await control('arm', 'reset');
});

test('/metadata/endpoints in the shapes that clients read, without a token', async () => {
  const read = async (version) => {
    const answer = await fetch(`${cloud.arm}/metadata/endpoints${version ? `?api-version=${version}` : ''}`);
    return { status: answer.status, body: await answer.json() };
  };
  for (const version of ['1.0', '2015-01-01', '2018-01-01']) {
    assert.equal((await read(version)).body.authentication.loginEndpoint, `${cloud.authority}/`, version);
  }
  // Azure CLI's list of clouds comes as a list, and what az cloud register and Terraform ask for today as one.
  for (const version of ['2019-05-01', '2022-09-01']) {
    const { body } = await read(version);
    assert.equal(Array.isArray(body), version === '2019-05-01', version);
    const one = [body].flat()[0];
    assert.equal(one.authentication.loginEndpoint, cloud.authority, version);
    assert.equal(one.authentication.audiences[0], cloud.audience, version);
    assert.deepEqual([one.resourceManager, one.name, one.suffixes.storage], [`${cloud.arm}/`, 'LocalCloud', 'core.local.example'], version);
  }
  assert.equal((await read('2001-01-01')).body.error.code, 'InvalidApiVersionParameter');
  assert.equal((await read('')).body.error.code, 'MissingApiVersionParameter');
});

test('a tenant has its own subscriptions, and identities that say so', async () => {
  const bearer = await token('edsger@fabrikam.example');
  const at = `/subscriptions/${FABRIKAM}/resourceGroups/rg-start/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-f?api-version=2023-01-31`;
  assert.equal((await arm(bearer, 'POST', `/subscriptions/${FABRIKAM}/providers/Microsoft.ManagedIdentity/register?api-version=2021-04-01`, {})).status, 200);
  const made = await arm(bearer, 'PUT', at, { location: 'westeurope' });
  assert.deepEqual([made.status, made.body.properties.tenantId], [201, 'd82b4c17-3e6a-4950-a7f1-0c95be6d2843']);
});

test('a guest without a role sees nothing', async () => {
  const guest = await token('edsger@fabrikam.example', { tenant: 'contoso.example' });
  const here = `/subscriptions/${DEVELOPMENT}`;
  const group = `${here}/resourceGroups/RG1`;
  for (const [method, path, version] of [
    ['GET', here, '2022-12-01'],
    ['GET', `${here}/locations`, '2022-12-01'],
    ['GET', `${here}/tagNames`, '2021-04-01'],
    ['GET', `${here}/resourceGroups`, '2021-04-01'],
    ['GET', group, '2021-04-01'],
    ['HEAD', group, '2021-04-01'],
    ['GET', `${here}/providers`, '2021-04-01'],
    ['GET', `${here}/providers/Microsoft.ManagedIdentity`, '2021-04-01'],
    ['GET', `${group}/providers/Microsoft.Resources/deployments`, '2021-04-01'],
    ['GET', `${group}/providers/Microsoft.Resources/deployments/none/operations`, '2021-04-01'],
    ['GET', `${group}/providers/Microsoft.Resources/tags/default`, '2021-04-01'],
    ['GET', `${group}/providers/Microsoft.Authorization/locks`, '2020-05-01'],
    ['GET', `${group}/providers/Microsoft.Authorization/roleAssignments`, '2022-04-01'],
    ['GET', `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`, '2023-01-31'],
    ['POST', `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-existing/listAssociatedResources`, '2022-01-31-preview'],
    ['POST', `${group}/providers/Microsoft.Resources/deployments/none/exportTemplate`, '2021-04-01'],
  ]) {
    const answer = await arm(guest, method, `${path}?api-version=${version}`, method === 'POST' ? {} : undefined);
    assert.equal(answer.status, 403, `${method} ${path}`);
    if (method !== 'HEAD') assert.equal(answer.body.error.code, 'AuthorizationFailed', path);
  }
  for (const [path, version] of [['/subscriptions', '2022-12-01'], [`${here}/resources`, '2021-04-01'], [`${group}/providers/Microsoft.Authorization/permissions`, '2022-04-01']]) {
    assert.deepEqual((await arm(guest, 'GET', `${path}?api-version=${version}`)).body.value, [], path);
  }
});

test('a deployment goes on in the name of who started it, whoever asks meanwhile', async () => {
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#', contentVersion: '1.0.0.0',
    resources: [{ type: 'Microsoft.ManagedIdentity/userAssignedIdentities', apiVersion: '2023-01-31', name: 'uami-by', location: 'westeurope' }],
    outputs: { who: { type: 'string', value: '[deployer().objectId]' }, where: { type: 'string', value: '[tenant().tenantId]' } },
  };
  const starters = [
    ['grace@contoso.example', `/subscriptions/${DEVELOPMENT}/resourceGroups/RG1`],
    ['edsger@fabrikam.example', `/subscriptions/${FABRIKAM}/resourceGroups/rg-start`],
  ];
  const at = (group) => `${group}/providers/Microsoft.Resources/deployments/by?api-version=2021-04-01`;
  const [reader, guest] = [await token('alan@contoso.example'), await token('edsger@fabrikam.example', { tenant: 'contoso.example' })];
  await arm(await token('edsger@fabrikam.example'), 'POST', `/subscriptions/${FABRIKAM}/providers/Microsoft.ManagedIdentity/register?api-version=2021-04-01`, {});
  for (const [user, group] of starters) {
    const begun = await arm(await token(user), 'PUT', at(group), { properties: { mode: 'Incremental', template } });
    assert.equal(begun.status, 201, JSON.stringify(begun.body));
  }
  for (let time = 0; time < 12; time += 1) {
    await arm(reader, 'GET', at(starters[0][1]));
    await arm(guest, 'GET', '/subscriptions?api-version=2022-12-01');
    await new Promise((resolve) => setTimeout(resolve, 350));
  }
  for (const [user, group] of starters) {
    const { properties } = (await arm(await token(user), 'GET', at(group))).body;
    const claims = JSON.parse(Buffer.from((await token(user)).split('.')[1], 'base64url'));
    assert.deepEqual([properties.provisioningState, properties.outputs.who.value, properties.outputs.where.value], ['Succeeded', claims.oid, claims.tid], user);
  }
});
