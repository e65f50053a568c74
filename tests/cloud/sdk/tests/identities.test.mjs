// @azure/arm-msi, with nothing changed but the endpoint and the trusted certificate.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManagedServiceIdentityClient } from '@azure/arm-msi';
import { ResourceManagementClient } from '@azure/arm-resources';
import { control, credential, DEVELOPMENT, endpoint, fresh } from '../../client.mjs';

const client = (user = 'ada@contoso.example', more = {}) => new ManagedServiceIdentityClient(credential(user, more), DEVELOPMENT, { endpoint, retryOptions: { maxRetries: 2 } });
const listed = async (pages) => {
  const all = [];
  for await (const one of pages) all.push(one);
  return all;
};

test('creates, gets, updates, lists and deletes an identity', async () => {
  const { userAssignedIdentities: identities } = client();
  const name = fresh('uami-sdk');
  const made = await identities.createOrUpdate('RG1', name, { location: 'eastus', tags: { Environment: 'Test' } });
  assert.deepEqual([made.name, made.location, made.tags], [name, 'eastus', { Environment: 'Test' }]);
  assert.match(made.principalId, /^[0-9a-f-]{36}$/);
  assert.equal(made.tenantId, '6f1d8e52-90ab-4c37-8d24-b5e07a3c1f96');
  assert.equal((await identities.get('rg1', name.toUpperCase())).clientId, made.clientId);
  const updated = await identities.update('RG1', name, { tags: { Environment: 'Production', Owner: 'ada' } });
  assert.deepEqual([updated.tags, updated.principalId], [{ Environment: 'Production', Owner: 'ada' }, made.principalId]);
  assert.ok((await listed(identities.listByResourceGroup('RG1'))).some((one) => one.name === name));
  assert.ok((await listed(identities.listBySubscription())).length >= 8);
  await identities.delete('RG1', name);
  await assert.rejects(identities.get('RG1', name), { code: 'ResourceNotFound', statusCode: 404 });
  await identities.delete('RG1', name);
});

test('federated credentials', async () => {
  const { userAssignedIdentities: identities, federatedIdentityCredentials: credentials } = client();
  const name = fresh('uami-sdk');
  await identities.createOrUpdate('RG1', name, { location: 'eastus' });
  const wanted = { issuer: 'https://token.actions.githubusercontent.com', subject: 'repo:contoso/app:ref:refs/heads/main', audiences: ['api://AzureADTokenExchange'] };
  const made = await credentials.createOrUpdate('RG1', name, 'github', wanted);
  assert.deepEqual([made.issuer, made.subject, made.audiences], [wanted.issuer, wanted.subject, wanted.audiences]);
  assert.deepEqual((await listed(credentials.list('RG1', name))).map((one) => one.name), ['github']);
  await credentials.delete('RG1', name, 'github');
  assert.deepEqual(await listed(credentials.list('RG1', name)), []);
  await identities.delete('RG1', name);
});

test('what the provider can do', async () => {
  const names = (await listed(client().operations.list())).map((one) => one.name);
  assert.ok(names.includes('Microsoft.ManagedIdentity/userAssignedIdentities/write'));
});

test('errors are typed', async () => {
  const { userAssignedIdentities: identities } = client();
  const table = [
    [() => identities.get('RG1', 'uami-nobody'), 404, 'ResourceNotFound'],
    [() => identities.get('rg-nowhere', 'uami-nobody'), 404, 'ResourceGroupNotFound'],
    [() => identities.createOrUpdate('RG1', 'uami-x', { location: 'atlantis' }), 400, 'LocationNotAvailableForResourceType'],
    [() => identities.createOrUpdate('RG1', 'x', { location: 'eastus' }), 400, 'InvalidResourceName'],
    [() => identities.createOrUpdate('RG1', 'uami-policy-denied', { location: 'eastus' }), 403, 'RequestDisallowedByPolicy'],
    [() => identities.createOrUpdate('rg-finance-ledger', 'uami-x', { location: 'uksouth' }), 409, 'ScopeLocked'],
    [() => identities.createOrUpdate('RG1', 'uami-existing', { location: 'westus' }), 409, 'InvalidResourceLocation'],
    [() => client('alan@contoso.example').userAssignedIdentities.createOrUpdate('RG1', 'uami-x', { location: 'eastus' }), 403, 'AuthorizationFailed'],
    [() => client('edsger@fabrikam.example', { tenant: 'contoso.example' }).userAssignedIdentities.listBySubscription().next(), 403, 'AuthorizationFailed'],
    [() => client('edsger@fabrikam.example').userAssignedIdentities.listBySubscription().next(), 401, 'InvalidAuthenticationTokenTenant'],
  ];
  for (const [asked, statusCode, code] of table) {
    await assert.rejects(asked(), (error) => {
      assert.deepEqual([error.statusCode, error.code, error.name], [statusCode, code, 'RestError']);
      return true;
    });
  }
});

test('the SDK waits for Retry-After and goes on by itself', async () => {
  await control('arm', 'next', { status: 429, retryAfter: 1, path: 'uami-existing', user: 'ada@contoso.example' });
  assert.equal((await client().userAssignedIdentities.get('RG1', 'uami-existing')).name, 'uami-existing');
});

test('the SDK answers a claims challenge with a new token', async () => {
  const asking = credential('katherine@contoso.example');
  const { userAssignedIdentities: identities } = new ManagedServiceIdentityClient(asking, DEVELOPMENT, { endpoint });
  const name = fresh('uami-sdk');
  await control('arm', 'next', { challenge: 'p1', methods: ['PUT'], user: 'katherine@contoso.example' });
  await identities.createOrUpdate('RG1', name, { location: 'eastus' });
  assert.deepEqual(asking.asked.map(({ claims }) => claims), [undefined, '{"access_token":{"acrs":{"essential":true,"value":"p1"}}}']);
  await identities.delete('RG1', name);
});

test('a long list comes page by page', async () => {
  const { deployments } = new ResourceManagementClient(credential('ada@contoso.example'), DEVELOPMENT, { endpoint });
  const template = (start) => ({
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [{
      type: 'Microsoft.ManagedIdentity/userAssignedIdentities', apiVersion: '2023-01-31', location: 'eastus',
      name: `[concat('uami-${start}-', copyIndex())]`, copy: { name: 'all', count: 600 },
    }],
  });
  for (const start of ['a', 'b']) {
    await deployments.beginCreateOrUpdateAndWait('rg-web-dev', fresh('many'), { properties: { mode: 'Incremental', template: template(start) } }, { updateIntervalInMs: 500 });
  }
  const pages = [];
  for await (const page of client().userAssignedIdentities.listByResourceGroup('rg-web-dev').byPage()) pages.push(page.length);
  assert.deepEqual(pages, [1_000, 200]);
  await control('arm', 'reset');
});
