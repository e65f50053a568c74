token=$(az account get-access-token --query accessToken --output tsv)

curl --fail-with-body --request PUT \
  --url \
    'https://management.azure.com/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/rg-new?api-version=2024-07-01' \
  --header "Authorization: Bearer $token" \
  --header 'Content-Type: application/json' \
  --data-raw '{
  "location": "eastus"
}'

curl --fail-with-body --request PUT \
  --url \
    'https://management.azure.com/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/rg-new/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-apl2003?api-version=2023-01-31' \
  --header "Authorization: Bearer $token" \
  --header 'Content-Type: application/json' \
  --data-raw '{
  "location": "eastus"
}'

curl --fail-with-body --request PUT \
  --url \
    'https://management.azure.com/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/rg-new/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-apl2003/federatedIdentityCredentials/github-main?api-version=2023-01-31' \
  --header "Authorization: Bearer $token" \
  --header 'Content-Type: application/json' \
  --data-raw \
    '{
  "properties": {
    "issuer": "https://token.actions.githubusercontent.com",
    "subject": "repo:contoso/web:ref:refs/heads/main",
    "audiences": [
      "api://AzureADTokenExchange"
    ]
  }
}'

curl --fail-with-body --request PUT \
  --url \
    'https://management.azure.com/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/rg-new/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-apl2003/federatedIdentityCredentials/github-pr?api-version=2023-01-31' \
  --header "Authorization: Bearer $token" \
  --header 'Content-Type: application/json' \
  --data-raw \
    '{
  "properties": {
    "issuer": "https://token.actions.githubusercontent.com",
    "subject": "repo:contoso/web:pull_request",
    "audiences": [
      "api://AzureADTokenExchange"
    ]
  }
}'

principal=$(az identity show -g rg-new -n uami-apl2003 --query principalId --output tsv)

curl --fail-with-body --request PUT \
  --url \
    'https://management.azure.com/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/RG1/providers/Microsoft.ContainerRegistry/registries/contosoimages/providers/Microsoft.Authorization/roleAssignments/d75666d3-f9e2-52de-afd1-83af6d765d35?api-version=2022-04-01' \
  --header "Authorization: Bearer $token" \
  --header 'Content-Type: application/json' \
  --data-raw '{
  "properties": {
    "roleDefinitionId": "/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d",
    "principalId": "'"$principal"'",
    "principalType": "ServicePrincipal"
  }
}'

curl --fail-with-body --request PUT \
  --url \
    'https://management.azure.com/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/rg-web-dev/providers/Microsoft.ContainerRegistry/registries/contosoimages/providers/Microsoft.Authorization/roleAssignments/98f8b2cf-6663-5d41-9d73-8a0526aabb78?api-version=2022-04-01' \
  --header "Authorization: Bearer $token" \
  --header 'Content-Type: application/json' \
  --data-raw '{
  "properties": {
    "roleDefinitionId": "/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/providers/Microsoft.Authorization/roleDefinitions/2a1e307c-b015-4ebd-883e-5b7698a07328",
    "principalId": "'"$principal"'",
    "principalType": "ServicePrincipal",
    "condition": "((!(ActionMatches\u007b'\''Microsoft.ContainerRegistry/registries/repositories/content/read'\''}) AND !(ActionMatches\u007b'\''Microsoft.ContainerRegistry/registries/repositories/metadata/read'\''}) AND !(ActionMatches\u007b'\''Microsoft.ContainerRegistry/registries/repositories/content/write'\''}) AND !(ActionMatches\u007b'\''Microsoft.ContainerRegistry/registries/repositories/metadata/write'\''})) OR (@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringStartsWithIgnoreCase '\''team/'\'' OR @Request[Microsoft.ContainerRegistry/registries/repositories:name] StringEqualsIgnoreCase '\''web'\''))",
    "conditionVersion": "2.0"
  }
}'

curl --fail-with-body --request PUT \
  --url \
    'https://management.azure.com/subscriptions/7b20e9d4-51af-4c68-b3f2-08d6a4c59e02/resourceGroups/rg-training/providers/Microsoft.ContainerRegistry/registries/contosoimages/providers/Microsoft.Authorization/roleAssignments/ddea3dd5-7219-59f7-939d-47d389ba9845?api-version=2022-04-01' \
  --header "Authorization: Bearer $token" \
  --header 'Content-Type: application/json' \
  --data-raw '{
  "properties": {
    "roleDefinitionId": "/subscriptions/7b20e9d4-51af-4c68-b3f2-08d6a4c59e02/providers/Microsoft.Authorization/roleDefinitions/8311e382-0749-4cb8-b61a-304f252e45ec",
    "principalId": "'"$principal"'",
    "principalType": "ServicePrincipal"
  }
}'

curl --fail-with-body --request PUT \
  --url \
    'https://management.azure.com/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/rg-new/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-apl2003/providers/Microsoft.Authorization/locks/keep?api-version=2020-05-01' \
  --header "Authorization: Bearer $token" \
  --header 'Content-Type: application/json' \
  --data-raw '{
  "properties": {
    "level": "ReadOnly",
    "notes": "Ask Ada first."
  }
}'
