// az deployment group create -g RG1 -f main.bicep --subscription 11111111-1111-1111-1111-111111111111

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'uami-apl2003'
  location: 'eastus'
  tags: {
    Env: 'prod'
    Owner: 'Ada Lovelace'
    'cost centre': '42'
  }
}
