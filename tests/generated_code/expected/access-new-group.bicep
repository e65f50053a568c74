--- A nested deployment keeps this in one file. In a larger project, put the identity into a module of its own.
--- A role in another resource group is a nested deployment, since a module would need a second file.
// az deployment sub create -l eastus -f main.bicep --subscription 3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01
targetScope = 'subscription'

resource group 'Microsoft.Resources/resourceGroups@2024-07-01' = {
  name: 'rg-new'
  location: 'eastus'
}

#disable-next-line no-deployments-resources
resource identity 'Microsoft.Resources/deployments@2024-07-01' = {
  name: 'identity'
  resourceGroup: group.name
  properties: {
    mode: 'Incremental'
    expressionEvaluationOptions: {
      scope: 'inner'
    }
    template: {
      '$schema': 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#'
      contentVersion: '1.0.0.0'
      resources: [
        {
          type: 'Microsoft.ManagedIdentity/userAssignedIdentities'
          apiVersion: '2023-01-31'
          name: 'uami-apl2003'
          location: 'eastus'
        }
        {
          type: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials'
          apiVersion: '2023-01-31'
          name: 'uami-apl2003/github-main'
          dependsOn: [
            'Microsoft.ManagedIdentity/userAssignedIdentities/uami-apl2003'
          ]
          properties: {
            issuer: 'https://token.actions.githubusercontent.com'
            subject: 'repo:contoso/web:ref:refs/heads/main'
            audiences: [
              'api://AzureADTokenExchange'
            ]
          }
        }
        {
          type: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials'
          apiVersion: '2023-01-31'
          name: 'uami-apl2003/github-pr'
          dependsOn: [
            'uami-apl2003/github-main'
          ]
          properties: {
            issuer: 'https://token.actions.githubusercontent.com'
            subject: 'repo:contoso/web:pull_request'
            audiences: [
              'api://AzureADTokenExchange'
            ]
          }
        }
        {
          type: 'Microsoft.Authorization/locks'
          apiVersion: '2020-05-01'
          name: 'keep'
          scope: 'Microsoft.ManagedIdentity/userAssignedIdentities/uami-apl2003'
          dependsOn: [
            'uami-apl2003/github-pr'
          ]
          properties: {
            level: 'ReadOnly'
            notes: 'Ask Ada first.'
          }
        }
      ]
    }
  }
}

resource created 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  scope: resourceGroup('rg-new')
  name: 'uami-apl2003'
}

// AcrPull on contosoimages
#disable-next-line no-deployments-resources
resource role 'Microsoft.Resources/deployments@2024-07-01' = {
  name: 'role-d75666d3-f9e2-52de-afd1-83af6d765d35'
  resourceGroup: 'RG1'
  dependsOn: [
    identity
  ]
  properties: {
    mode: 'Incremental'
    template: {
      '$schema': 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#'
      contentVersion: '1.0.0.0'
      resources: [
        {
          type: 'Microsoft.Authorization/roleAssignments'
          apiVersion: '2022-04-01'
          name: 'd75666d3-f9e2-52de-afd1-83af6d765d35'
          scope: 'Microsoft.ContainerRegistry/registries/contosoimages'
          properties: {
            roleDefinitionId: '/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d'
            principalId: created.properties.principalId
            principalType: 'ServicePrincipal'
          }
        }
      ]
    }
  }
}

// Container Registry Repository Writer on contosoimages
#disable-next-line no-deployments-resources
resource role_2 'Microsoft.Resources/deployments@2024-07-01' = {
  name: 'role-98f8b2cf-6663-5d41-9d73-8a0526aabb78'
  resourceGroup: 'rg-web-dev'
  dependsOn: [
    identity
  ]
  properties: {
    mode: 'Incremental'
    template: {
      '$schema': 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#'
      contentVersion: '1.0.0.0'
      resources: [
        {
          type: 'Microsoft.Authorization/roleAssignments'
          apiVersion: '2022-04-01'
          name: '98f8b2cf-6663-5d41-9d73-8a0526aabb78'
          scope: 'Microsoft.ContainerRegistry/registries/contosoimages'
          properties: {
            roleDefinitionId: '/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/providers/Microsoft.Authorization/roleDefinitions/2a1e307c-b015-4ebd-883e-5b7698a07328'
            principalId: created.properties.principalId
            principalType: 'ServicePrincipal'
            condition: '((!(ActionMatches{\'Microsoft.ContainerRegistry/registries/repositories/content/read\'}) AND !(ActionMatches{\'Microsoft.ContainerRegistry/registries/repositories/metadata/read\'}) AND !(ActionMatches{\'Microsoft.ContainerRegistry/registries/repositories/content/write\'}) AND !(ActionMatches{\'Microsoft.ContainerRegistry/registries/repositories/metadata/write\'})) OR (@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringStartsWithIgnoreCase \'team/\' OR @Request[Microsoft.ContainerRegistry/registries/repositories:name] StringEqualsIgnoreCase \'web\'))'
            conditionVersion: '2.0'
          }
        }
      ]
    }
  }
}

// AcrPush on contosoimages
#disable-next-line no-deployments-resources
resource role_3 'Microsoft.Resources/deployments@2024-07-01' = {
  name: 'role-ddea3dd5-7219-59f7-939d-47d389ba9845'
  subscriptionId: '7b20e9d4-51af-4c68-b3f2-08d6a4c59e02'
  resourceGroup: 'rg-training'
  dependsOn: [
    identity
  ]
  properties: {
    mode: 'Incremental'
    template: {
      '$schema': 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#'
      contentVersion: '1.0.0.0'
      resources: [
        {
          type: 'Microsoft.Authorization/roleAssignments'
          apiVersion: '2022-04-01'
          name: 'ddea3dd5-7219-59f7-939d-47d389ba9845'
          scope: 'Microsoft.ContainerRegistry/registries/contosoimages'
          properties: {
            roleDefinitionId: '/subscriptions/7b20e9d4-51af-4c68-b3f2-08d6a4c59e02/providers/Microsoft.Authorization/roleDefinitions/8311e382-0749-4cb8-b61a-304f252e45ec'
            principalId: created.properties.principalId
            principalType: 'ServicePrincipal'
          }
        }
      ]
    }
  }
}
