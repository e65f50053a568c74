// az deployment group create -g RG1 -f main.bicep --subscription 11111111-1111-1111-1111-111111111111

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'uami-apl2003'
  location: 'eastus'
  tags: {
    Env: 'prod'
  }
  properties: {
    isolationScope: 'Regional'
  }
}
