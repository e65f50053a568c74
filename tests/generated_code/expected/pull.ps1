--- New-AzRoleAssignment gives assignments random names. The request is written out, so that running it again finds the same assignment.
Set-AzContext -Subscription '3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01'
New-AzUserAssignedIdentity -ResourceGroupName RG1 -Name uami-apl2003 -Location eastus
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
