--- A nested deployment keeps this in one file. In a larger project, put the identity into a module of its own.
// az deployment sub create -l eastus -f main.bicep --subscription 3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01
targetScope = 'subscription'

resource group 'Microsoft.Resources/resourceGroups@2024-07-01' = {
  name: 'rg-new'
  location: 'eastus'
  tags: {
    Env: 'prod'
    'cost centre': 'it\'s 42'
  }
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
          tags: {
            Env: 'prod'
            'cost centre': 'it\'s 42'
          }
        }
      ]
    }
  }
}
