--- New-AzUserAssignedIdentity has no parameter for isolation scope or resource restrictions, so the raw request is sent instead.
Set-AzContext -Subscription '3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01'
$identity = @{
    location = 'eastus'
    properties = @{
        assignmentRestrictions = @{
            providers = @(
                'Microsoft.Compute'
                'Microsoft.Storage/storageAccounts'
            )
        }
    }
}
Invoke-AzRestMethod -Method PUT -Path '/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-apl2003?api-version=2026-05-31' -Payload ($identity | ConvertTo-Json -Depth 4)
