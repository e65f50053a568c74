token=$(az account get-access-token --query accessToken --output tsv)

curl --fail-with-body --request PUT \
  --url \
    'https://management.azure.com/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/rg-new?api-version=2024-07-01' \
  --header "Authorization: Bearer $token" \
  --header 'Content-Type: application/json' \
  --data-raw \
    '{
  "location": "eastus",
  "tags": {
    "Env": "prod",
    "cost centre": "it'\''s 42"
  }
}'

curl --fail-with-body --request PUT \
  --url \
    'https://management.azure.com/subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/rg-new/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-apl2003?api-version=2023-01-31' \
  --header "Authorization: Bearer $token" \
  --header 'Content-Type: application/json' \
  --data-raw \
    '{
  "location": "eastus",
  "tags": {
    "Env": "prod",
    "cost centre": "it'\''s 42"
  }
}'
