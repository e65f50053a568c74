token=$(az account get-access-token --query accessToken --output tsv)

curl --fail-with-body --request PUT \
  --url \
    'https://management.azure.com/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-apl2003?api-version=2023-01-31' \
  --header "Authorization: Bearer $token" \
  --header 'Content-Type: application/json' \
  --data-raw '{
  "location": "eastus"
}'

principal=$(az identity show -g RG1 -n uami-apl2003 --query principalId --output tsv)

curl --fail-with-body --request PUT \
  --url \
    'https://management.azure.com/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/RG1/providers/Microsoft.ContainerRegistry/registries/contosoimages/providers/Microsoft.Authorization/roleAssignments/696d0149-ac15-5547-9d72-37d3ac2862fd?api-version=2022-04-01' \
  --header "Authorization: Bearer $token" \
  --header 'Content-Type: application/json' \
  --data-raw '{
  "properties": {
    "roleDefinitionId": "/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d",
    "principalId": "'"$principal"'",
    "principalType": "ServicePrincipal"
  }
}'
