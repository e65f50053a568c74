// @azure/arm-authorization, @azure/arm-containerregistry, @azure/arm-resourcegraph and @azure/arm-msi: from nothing to an identity that may pull.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { ContainerRegistryManagementClient } from '@azure/arm-containerregistry';
import { ManagedServiceIdentityClient } from '@azure/arm-msi';
import { ResourceGraphClient } from '@azure/arm-resourcegraph';
import { ResourceManagementClient } from '@azure/arm-resources';
import { credential, DEVELOPMENT, endpoint, fresh } from '../../client.mjs';

const ADA = 'ada@contoso.example';
const MARGARET = 'margaret@contoso.example';
const RADIA = 'radia@contoso.example';
const options = { endpoint, retryOptions: { maxRetries: 1 } };
const authorization = (user = ADA) => new AuthorizationManagementClient(credential(user), DEVELOPMENT, options);
const registries = (user = ADA) => new ContainerRegistryManagementClient(credential(user), DEVELOPMENT, options).registries;
const identities = (user = ADA) => new ManagedServiceIdentityClient(credential(user), DEVELOPMENT, options);

const REGISTRY = `/subscriptions/${DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.ContainerRegistry/registries/contosodev`;
const role = (id) => `/subscriptions/${DEVELOPMENT}/providers/Microsoft.Authorization/roleDefinitions/${id}`;
const PULL = '7f951dda-4ed3-4680-a7ca-43fe172d538d';
const PUSH = '8311e382-0749-4cb8-b61a-304f252e45ec';
const CONDITION = "((!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/read'}) AND !(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/metadata/read'})) OR (@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringStartsWithIgnoreCase 'backend/'))";

const listed = async (pages) => {
  const all = [];
  for await (const one of pages) all.push(one);
  return all;
};

test('registries: listed, read and changed', async () => {
  const all = await listed(registries().list());
  assert.deepEqual(all.map((one) => one.name), ['contosodev', 'contosoteam']);
  assert.deepEqual((await listed(registries().listByResourceGroup('RG1'))).map((one) => one.name), ['contosodev']);
  const one = await registries().get('RG1', 'contosodev');
  assert.deepEqual([one.loginServer, one.roleAssignmentMode, one.adminUserEnabled, one.sku.name], ['contosodev.azurecr.io', 'LegacyRegistryPermissions', true, 'Basic']);
  assert.equal((await registries().get('rg-devops-agents', 'contosoteam')).roleAssignmentMode, 'AbacRepositoryPermissions');
  const name = fresh('reg').replaceAll('-', '');
  await registries().create('RG1', name, { location: 'eastus', sku: { name: 'Standard' } });
  assert.equal((await registries().update('RG1', name, { roleAssignmentMode: 'AbacRepositoryPermissions' })).roleAssignmentMode, 'AbacRepositoryPermissions');
  await registries().delete('RG1', name);
  await assert.rejects(registries().get('RG1', name), { code: 'ResourceNotFound', statusCode: 404 });
});

test('role definitions are found by their name', async () => {
  const found = await listed(authorization().roleDefinitions.list(REGISTRY, { filter: "roleName eq 'AcrPull'" }));
  assert.deepEqual(found.map((one) => [one.name, one.permissions[0].actions]), [[PULL, ['Microsoft.ContainerRegistry/registries/pull/read']]]);
  assert.ok((await listed(authorization().roleDefinitions.list('', { filter: "type eq 'BuiltInRole'" }))).length > 30);
});

test('an identity may pull, and then no longer', async () => {
  const { userAssignedIdentities } = identities();
  const { roleAssignments } = authorization();
  const [name, guid] = [fresh('uami-access'), randomUUID()];
  const { principalId } = await userAssignedIdentities.createOrUpdate('RG1', name, { location: 'eastus' });
  const wanted = { roleDefinitionId: role(PULL), principalId, principalType: 'ServicePrincipal', description: 'pulls' };
  await assert.rejects(roleAssignments.create(REGISTRY, guid, { ...wanted, principalType: undefined }), { code: 'PrincipalNotFound', statusCode: 400 });
  const made = await roleAssignments.create(REGISTRY, guid, wanted);
  assert.deepEqual([made.principalType, made.scope, made.description], ['ServicePrincipal', REGISTRY, 'pulls']);
  await assert.rejects(roleAssignments.create(REGISTRY, randomUUID(), wanted), { code: 'RoleAssignmentExists', statusCode: 409 });
  const conditional = await roleAssignments.create(REGISTRY, guid, { ...wanted, condition: CONDITION, conditionVersion: '2.0' });
  assert.equal(conditional.condition, CONDITION);
  assert.deepEqual((await listed(roleAssignments.listForScope(REGISTRY, { filter: `principalId eq '${principalId}'` }))).map((one) => one.name), [guid]);
  const graph = new ResourceGraphClient(credential(ADA), options);
  const query = `authorizationresources | where type =~ 'microsoft.authorization/roleassignments' | where properties.principalId == '${principalId}' | project id, name`;
  assert.deepEqual((await graph.resources({ query })).data.map((one) => one.name), [guid]);
  await userAssignedIdentities.delete('RG1', name);
  assert.equal((await roleAssignments.get(REGISTRY, guid)).principalId, principalId);
  assert.equal((await roleAssignments.delete(REGISTRY, guid)).name, guid);
  await assert.rejects(roleAssignments.get(REGISTRY, guid), { code: 'RoleAssignmentNotFound', statusCode: 404 });
});

test('Resource Graph finds the registries of all subscriptions', async () => {
  const graph = new ResourceGraphClient(credential(ADA), options);
  const query = "resources | where type =~ 'microsoft.containerregistry/registries' | project id, name, properties";
  const first = await graph.resources({ query, options: { top: 2 } });
  const second = await graph.resources({ query, options: { top: 2, skipToken: first.skipToken } });
  assert.deepEqual([...first.data, ...second.data].map((one) => one.name), ['contosodev', 'contosoteam', 'contososhared']);
  await assert.rejects(graph.resources({ query: 'resources | summarize count()' }), { code: 'BadRequest', statusCode: 400 });
});

test('a user access administrator assigns anywhere, and deploys in one group only', async () => {
  const template = (resources) => ({
    properties: {
      mode: 'Incremental',
      template: { $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#', contentVersion: '1.0.0.0', resources },
    },
  });
  const name = fresh('uami-margaret');
  const identity = { type: 'Microsoft.ManagedIdentity/userAssignedIdentities', apiVersion: '2023-01-31', name, location: 'eastus' };
  const { deployments } = new ResourceManagementClient(credential(MARGARET), DEVELOPMENT, options);
  await deployments.beginCreateOrUpdateAndWait('rg-web-dev', fresh('margaret'), template([identity]), { updateIntervalInMs: 200 });
  await assert.rejects(deployments.beginCreateOrUpdateAndWait('RG1', fresh('margaret'), template([])), { code: 'AuthorizationFailed', statusCode: 403 });
  const { principalId } = await identities(MARGARET).userAssignedIdentities.get('rg-web-dev', name);
  const { roleAssignments } = authorization(MARGARET);
  const guid = randomUUID();
  await roleAssignments.create(REGISTRY, guid, { roleDefinitionId: role(PUSH), principalId, principalType: 'ServicePrincipal' });
  await roleAssignments.delete(REGISTRY, guid);
  await identities(MARGARET).userAssignedIdentities.delete('rg-web-dev', name);
});

test('a delegation permits some roles and some principals', async () => {
  const { roleAssignments } = authorization(RADIA);
  const name = fresh('uami-radia');
  const { principalId } = await identities(RADIA).userAssignedIdentities.createOrUpdate('RG1', name, { location: 'eastus' });
  const wanted = { roleDefinitionId: role(PULL), principalId, principalType: 'ServicePrincipal' };
  const guid = randomUUID();
  for (const more of [{ roleDefinitionId: role(PUSH) }, { principalType: 'User' }]) {
    await assert.rejects(roleAssignments.create(REGISTRY, guid, { ...wanted, ...more }), (error) => {
      assert.deepEqual([error.statusCode, error.code], [403, 'AuthorizationFailed']);
      assert.match(error.message, /ABAC condition not fulfilled/);
      return true;
    });
  }
  assert.equal((await roleAssignments.create(REGISTRY, guid, wanted)).name, guid);
  const own = await listed(authorization(RADIA).roleAssignments.listForScope(`/subscriptions/${DEVELOPMENT}`, { filter: "assignedTo('b1d6f0a4-2c73-4e58-8a19-6f3e7d5c4b20')" }));
  assert.ok(own.some((one) => one.condition?.includes('GuidEquals')));
  await roleAssignments.delete(REGISTRY, guid);
  await assert.rejects(registries('grace@contoso.example').get('RG1', 'contosodev'), { code: 'AuthorizationFailed', statusCode: 403 });
});
