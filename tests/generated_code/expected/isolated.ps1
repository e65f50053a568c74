--- New-AzUserAssignedIdentity has no parameter for isolation scope or resource restrictions, so the request is sent as it is.
Set-AzContext -Subscription '11111111-1111-1111-1111-111111111111'
$identity = @{
    location = 'eastus'
    tags = @{
        Env = 'prod'
    }
    properties = @{
        isolationScope = 'Regional'
    }
}
Invoke-AzRestMethod -Method PUT -Path '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-apl2003?api-version=2024-11-30' -Payload ($identity | ConvertTo-Json -Depth 4)
