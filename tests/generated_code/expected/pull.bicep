// az deployment group create -g RG1 -f main.bicep --subscription 3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'uami-apl2003'
  location: 'eastus'
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
