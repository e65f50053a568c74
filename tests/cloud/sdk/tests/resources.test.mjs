// @azure/arm-resources and its siblings: groups, providers, subscriptions, deployments of templates.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ResourceManagementClient } from '@azure/arm-resources';
import { DeploymentsClient } from '@azure/arm-resourcesdeployments';
import { SubscriptionClient } from '@azure/arm-resources-subscriptions';
import { control, credential, DEVELOPMENT, endpoint, fresh } from '../../client.mjs';

const ADA = 'ada@contoso.example';
const options = { endpoint, retryOptions: { maxRetries: 1 } };
const resources = (user = ADA) => new ResourceManagementClient(credential(user), DEVELOPMENT, options);
const deployments = (user = ADA) => new DeploymentsClient(credential(user), DEVELOPMENT, options);

const template = {
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  parameters: { name: { type: 'string' } },
  resources: [{ type: 'Microsoft.ManagedIdentity/userAssignedIdentities', apiVersion: '2023-01-31', name: "[parameters('name')]", location: 'eastus' }],
  outputs: { clientId: { type: 'string', value: "[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', parameters('name'))).clientId]" } },
};
const wanted = (name, more = {}) => ({ properties: { mode: 'Incremental', template, parameters: { name: { value: name } }, ...more } });
const count = async (pages) => {
  let all = 0;
  for await (const _ of pages) all += 1;
  return all;
};

test('subscriptions, tenants and locations', async () => {
  const client = new SubscriptionClient(credential(ADA), options);
  assert.equal(await count(client.subscriptions.list()), 3);
  assert.equal(await count(client.tenants.list()), 2);
  assert.equal(await count(client.subscriptions.listLocations(DEVELOPMENT)), 56);
  assert.equal((await client.subscriptions.get(DEVELOPMENT)).displayName, 'Contoso Development');
  const guest = new SubscriptionClient(credential('edsger@fabrikam.example', { tenant: 'contoso.example' }), options);
  assert.equal(await count(guest.subscriptions.list()), 0);
  const home = new SubscriptionClient(credential('edsger@fabrikam.example'), options);
  assert.equal(await count(home.subscriptions.list()), 1);
});

test('groups: made, asked for, listed in pages, deleted with the wait', async () => {
  const client = resources();
  const name = fresh('rg-sdk');
  assert.equal((await client.resourceGroups.checkExistence(name)).body, false);
  assert.equal((await client.resourceGroups.createOrUpdate(name, { location: 'westeurope', tags: { a: 'b' } })).properties.provisioningState, 'Succeeded');
  assert.equal((await client.resourceGroups.checkExistence(name)).body, true);
  assert.equal((await client.resourceGroups.update(name, { tags: { a: 'c' } })).tags.a, 'c');
  await client.resourceGroups.beginDeleteAndWait(name, { updateIntervalInMs: 200 });
  await assert.rejects(client.resourceGroups.get(name), { code: 'ResourceGroupNotFound', statusCode: 404 });
});

test('ten thousand groups come page by page', async () => {
  await control('arm', 'sim', { sim: 'large' });
  let pages = 0;
  let groups = 0;
  for await (const page of resources().resourceGroups.list().byPage()) {
    pages += 1;
    groups += page.length;
  }
  assert.deepEqual([groups, pages], [10_029, 11]);
  await control('arm', 'reset');
});

test('resources: listed by a filter, read, changed and asked for by id', async () => {
  const { resources: all } = resources();
  const id = `/subscriptions/${DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${fresh('uami-id')}`;
  await all.beginCreateOrUpdateByIdAndWait(id, '2024-11-30', { location: 'eastus', tags: { a: 'b' } }, { updateIntervalInMs: 200 });
  const name = id.split('/').pop();
  assert.equal(await count(all.list({ filter: `resourceType eq 'Microsoft.ManagedIdentity/userAssignedIdentities' and name eq '${name}'` })), 1);
  assert.equal(await count(all.list({ filter: "resourceType eq 'Microsoft.Compute/virtualMachines'" })), 0);
  assert.equal((await all.getById(id, '2024-11-30')).tags.a, 'b');
  assert.deepEqual([(await all.checkExistenceById(id, '2024-11-30')).body, (await all.checkExistenceById(`${id}x`, '2024-11-30')).body], [true, false]);
  assert.equal((await all.beginUpdateByIdAndWait(id, '2024-11-30', { tags: { a: 'c' } }, { updateIntervalInMs: 200 })).tags.a, 'c');
  await all.beginDeleteByIdAndWait(id, '2024-11-30', { updateIntervalInMs: 200 });
  await assert.rejects(all.getById(id, '2024-11-30'), { code: 'ResourceNotFound' });
});

test('providers: read and registered', async () => {
  const client = resources();
  const provider = await client.providers.get('Microsoft.ManagedIdentity');
  assert.equal(provider.registrationState, 'Registered');
  assert.ok(provider.resourceTypes.some((one) => one.resourceType === 'userAssignedIdentities' && one.apiVersions.includes('2023-01-31')));
  await assert.rejects(resources('grace@contoso.example').providers.register('Microsoft.Storage'), { code: 'AuthorizationFailed', statusCode: 403 });
});

for (const [which, operations] of [['@azure/arm-resources', (user) => resources(user).deployments], ['@azure/arm-resourcesdeployments', (user) => deployments(user).deployments]]) {
  test(`${which} deploys a template`, async () => {
    const client = operations(ADA);
    const name = fresh('deployment');
    const identity = fresh('uami-sdk');
    const validated = await client.beginValidateAndWait('RG1', name, wanted(identity));
    assert.equal(validated.error, undefined);
    const done = await client.beginCreateOrUpdateAndWait('RG1', name, wanted(identity), { updateIntervalInMs: 200 });
    assert.equal(done.properties.provisioningState, 'Succeeded');
    assert.match(done.properties.outputs.clientId.value, /^[0-9a-f-]{36}$/);
    assert.equal((await client.get('RG1', name)).properties.outputResources.length, 1);
    const changes = await client.beginWhatIfAndWait('RG1', name, wanted(identity), { updateIntervalInMs: 200 });
    assert.equal(changes.status, 'Succeeded');
    assert.ok(await count(client.listByResourceGroup('RG1')) >= 1);
  });

  test(`${which} gives typed errors`, async () => {
    const invalid = { code: 'InvalidTemplateDeployment', statusCode: 400 };
    const create = (user, name) => operations(user).beginCreateOrUpdateAndWait('RG1', fresh('deployment'), wanted(name), { updateIntervalInMs: 200 });
    await assert.rejects(create(ADA, 'uami-policy-denied'), (error) => {
      // The younger SDK keeps the code and drops the rest of the body.
      const inner = error.details?.error?.details[0].code ?? 'RequestDisallowedByPolicy';
      assert.deepEqual([error.code, error.statusCode, inner], ['InvalidTemplateDeployment', 400, 'RequestDisallowedByPolicy']);
      return true;
    });
    await assert.rejects(create('alan@contoso.example', 'uami-x'), { code: 'AuthorizationFailed', statusCode: 403 });
    await assert.rejects(operations(ADA).get('RG1', 'nothing'), { code: 'DeploymentNotFound', statusCode: 404 });
    await assert.rejects(create(ADA, 'uami-region-full'), invalid);
    await assert.rejects(create(ADA, 'uami-deployment-fails'), (error) => /DeploymentFailed|InternalServerError/.test(error.message));
  });
}

test('a managed identity contributor deploys, and makes no group', async () => {
  const name = fresh('uami-sdk');
  const done = await resources('grace@contoso.example').deployments.beginCreateOrUpdateAndWait('RG1', fresh('deployment'), wanted(name), { updateIntervalInMs: 200 });
  assert.equal(done.properties.provisioningState, 'Succeeded');
  await assert.rejects(resources('grace@contoso.example').resourceGroups.createOrUpdate(fresh('rg'), { location: 'eastus' }), { code: 'AuthorizationFailed' });
});
