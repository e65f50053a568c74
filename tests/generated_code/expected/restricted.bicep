// az deployment group create -g RG1 -f main.bicep --subscription 3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01

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
