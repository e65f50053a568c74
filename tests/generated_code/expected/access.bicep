--- A role in another resource group is a nested deployment, since a module would need a second file.
// az deployment group create -g RG1 -f main.bicep --subscription 3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'uami-apl2003'
  location: 'eastus'
}

resource credential 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2023-01-31' = {
  parent: identity
  name: 'github-main'
  properties: {
    issuer: 'https://token.actions.githubusercontent.com'
    subject: 'repo:contoso/web:ref:refs/heads/main'
    audiences: [
      'api://AzureADTokenExchange'
    ]
  }
}

resource credential_2 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2023-01-31' = {
  parent: identity
  name: 'github-pr'
  properties: {
    issuer: 'https://token.actions.githubusercontent.com'
    subject: 'repo:contoso/web:pull_request'
    audiences: [
      'api://AzureADTokenExchange'
    ]
  }
  dependsOn: [
    credential
  ]
}

resource target 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: 'contosoimages'
}

// AcrPull on contosoimages
resource role 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: target
  name: '696d0149-ac15-5547-9d72-37d3ac2862fd'
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

// Container Registry Repository Writer on contosoimages
#disable-next-line no-deployments-resources
resource role_2 'Microsoft.Resources/deployments@2024-07-01' = {
  name: 'role-e207834e-f67a-5a25-918f-3e33b0334c54'
  resourceGroup: 'rg-web-dev'
  properties: {
    mode: 'Incremental'
    template: {
      '$schema': 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#'
      contentVersion: '1.0.0.0'
      resources: [
        {
          type: 'Microsoft.Authorization/roleAssignments'
          apiVersion: '2022-04-01'
          name: 'e207834e-f67a-5a25-918f-3e33b0334c54'
          scope: 'Microsoft.ContainerRegistry/registries/contosoimages'
          properties: {
            roleDefinitionId: '/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/providers/Microsoft.Authorization/roleDefinitions/2a1e307c-b015-4ebd-883e-5b7698a07328'
            principalId: identity.properties.principalId
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
  name: 'role-c8742071-928d-5f23-9bf1-fb024d757b03'
  subscriptionId: '7b20e9d4-51af-4c68-b3f2-08d6a4c59e02'
  resourceGroup: 'rg-training'
  properties: {
    mode: 'Incremental'
    template: {
      '$schema': 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#'
      contentVersion: '1.0.0.0'
      resources: [
        {
          type: 'Microsoft.Authorization/roleAssignments'
          apiVersion: '2022-04-01'
          name: 'c8742071-928d-5f23-9bf1-fb024d757b03'
          scope: 'Microsoft.ContainerRegistry/registries/contosoimages'
          properties: {
            roleDefinitionId: '/subscriptions/7b20e9d4-51af-4c68-b3f2-08d6a4c59e02/providers/Microsoft.Authorization/roleDefinitions/8311e382-0749-4cb8-b61a-304f252e45ec'
            principalId: identity.properties.principalId
            principalType: 'ServicePrincipal'
          }
        }
      ]
    }
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = {
  scope: identity
  name: 'keep'
  properties: {
    level: 'ReadOnly'
    notes: 'Ask Ada first.'
  }
  dependsOn: [
    credential_2
  ]
}
