--- --resource-restriction needs Azure CLI 2.88 or later.
az account set --subscription 3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01
az identity create -g RG1 -n uami-apl2003 \
  --resource-restriction '{"providers":["Microsoft.Compute","Microsoft.Storage/storageAccounts"]}'
az identity federated-credential create -g RG1 -n github-main \
  --identity-name uami-apl2003 \
  --issuer https://token.actions.githubusercontent.com \
  --subject repo:contoso/web:ref:refs/heads/main \
  --audiences api://AzureADTokenExchange
az identity federated-credential create -g RG1 -n github-pr \
  --identity-name uami-apl2003 \
  --issuer https://token.actions.githubusercontent.com \
  --subject repo:contoso/web:pull_request \
  --audiences api://AzureADTokenExchange
principal=$(az identity show -g RG1 -n uami-apl2003 --query principalId --output tsv)
# AcrPull on contosoimages
az role assignment create \
  --assignee-object-id "$principal" \
  --assignee-principal-type ServicePrincipal \
  --role 7f951dda-4ed3-4680-a7ca-43fe172d538d \
  --scope \
    /subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/RG1/providers/Microsoft.ContainerRegistry/registries/contosoimages \
  --name 696d0149-ac15-5547-9d72-37d3ac2862fd
# Container Registry Repository Writer on contosoimages
az role assignment create \
  --assignee-object-id "$principal" \
  --assignee-principal-type ServicePrincipal \
  --role 2a1e307c-b015-4ebd-883e-5b7698a07328 \
  --scope \
    /subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/rg-web-dev/providers/Microsoft.ContainerRegistry/registries/contosoimages \
  --name e207834e-f67a-5a25-918f-3e33b0334c54 \
  --condition \
    '((!(ActionMatches{'\''Microsoft.ContainerRegistry/registries/repositories/content/read'\''}) AND !(ActionMatches{'\''Microsoft.ContainerRegistry/registries/repositories/metadata/read'\''}) AND !(ActionMatches{'\''Microsoft.ContainerRegistry/registries/repositories/content/write'\''}) AND !(ActionMatches{'\''Microsoft.ContainerRegistry/registries/repositories/metadata/write'\''})) OR (@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringStartsWithIgnoreCase '\''team/'\'' OR @Request[Microsoft.ContainerRegistry/registries/repositories:name] StringEqualsIgnoreCase '\''web'\''))' \
  --condition-version 2.0
# AcrPush on contosoimages
az role assignment create \
  --assignee-object-id "$principal" \
  --assignee-principal-type ServicePrincipal \
  --role 8311e382-0749-4cb8-b61a-304f252e45ec \
  --scope \
    /subscriptions/7b20e9d4-51af-4c68-b3f2-08d6a4c59e02/resourceGroups/rg-training/providers/Microsoft.ContainerRegistry/registries/contosoimages \
  --name c8742071-928d-5f23-9bf1-fb024d757b03
az lock create -n keep \
  --lock-type ReadOnly \
  --resource \
    /subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-apl2003 \
  --notes 'Ask Ada first.'
