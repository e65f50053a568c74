// az deployment group create -g RG1 -f main.bicep --subscription 11111111-1111-1111-1111-111111111111

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2026-05-31' = {
  name: 'uami-apl2003'
  location: 'eastus'
  properties: {
    assignmentRestrictions: {
      providers: [
        'Microsoft.Compute'
        'Microsoft.Storage/storageAccounts'
      ]
    }
  }
}
