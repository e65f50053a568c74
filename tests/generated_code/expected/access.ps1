--- New-AzRoleAssignment gives assignments random names. The request is written out, so that running it again finds the same assignment.
Set-AzContext -Subscription '3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01'
New-AzUserAssignedIdentity -ResourceGroupName RG1 -Name uami-apl2003 -Location eastus
New-AzFederatedIdentityCredential -ResourceGroupName RG1 -IdentityName uami-apl2003 -Name github-main -Issuer 'https://token.actions.githubusercontent.com' -Subject 'repo:contoso/web:ref:refs/heads/main' -Audience 'api://AzureADTokenExchange'
New-AzFederatedIdentityCredential -ResourceGroupName RG1 -IdentityName uami-apl2003 -Name github-pr -Issuer 'https://token.actions.githubusercontent.com' -Subject 'repo:contoso/web:pull_request' -Audience 'api://AzureADTokenExchange'
$principal = (Get-AzUserAssignedIdentity -ResourceGroupName RG1 -Name uami-apl2003).PrincipalId
# AcrPull on contosoimages
$role = @{
    properties = @{
        roleDefinitionId = '/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d'
        principalId      = $principal
        principalType    = 'ServicePrincipal'
    }
}
Invoke-AzRestMethod -Method PUT -Path '/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/RG1/providers/Microsoft.ContainerRegistry/registries/contosoimages/providers/Microsoft.Authorization/roleAssignments/696d0149-ac15-5547-9d72-37d3ac2862fd?api-version=2022-04-01' -Payload ($role | ConvertTo-Json -Depth 4)
# Container Registry Repository Writer on contosoimages
$role = @{
    properties = @{
        roleDefinitionId = '/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/providers/Microsoft.Authorization/roleDefinitions/2a1e307c-b015-4ebd-883e-5b7698a07328'
        principalId      = $principal
        principalType    = 'ServicePrincipal'
        condition        = '((!(ActionMatches{''Microsoft.ContainerRegistry/registries/repositories/content/read''}) AND !(ActionMatches{''Microsoft.ContainerRegistry/registries/repositories/metadata/read''}) AND !(ActionMatches{''Microsoft.ContainerRegistry/registries/repositories/content/write''}) AND !(ActionMatches{''Microsoft.ContainerRegistry/registries/repositories/metadata/write''})) OR (@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringStartsWithIgnoreCase ''team/'' OR @Request[Microsoft.ContainerRegistry/registries/repositories:name] StringEqualsIgnoreCase ''web''))'
        conditionVersion = '2.0'
    }
}
Invoke-AzRestMethod -Method PUT -Path '/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/rg-web-dev/providers/Microsoft.ContainerRegistry/registries/contosoimages/providers/Microsoft.Authorization/roleAssignments/e207834e-f67a-5a25-918f-3e33b0334c54?api-version=2022-04-01' -Payload ($role | ConvertTo-Json -Depth 4)
# AcrPush on contosoimages
$role = @{
    properties = @{
        roleDefinitionId = '/subscriptions/7b20e9d4-51af-4c68-b3f2-08d6a4c59e02/providers/Microsoft.Authorization/roleDefinitions/8311e382-0749-4cb8-b61a-304f252e45ec'
        principalId      = $principal
        principalType    = 'ServicePrincipal'
    }
}
Invoke-AzRestMethod -Method PUT -Path '/subscriptions/7b20e9d4-51af-4c68-b3f2-08d6a4c59e02/resourceGroups/rg-training/providers/Microsoft.ContainerRegistry/registries/contosoimages/providers/Microsoft.Authorization/roleAssignments/c8742071-928d-5f23-9bf1-fb024d757b03?api-version=2022-04-01' -Payload ($role | ConvertTo-Json -Depth 4)
New-AzResourceLock -LockName keep -LockLevel ReadOnly -Scope '/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-apl2003' -LockNotes 'Ask Ada first.' -Force
