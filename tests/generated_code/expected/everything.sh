--- --isolation-scope needs Azure CLI 2.82 or later.
--- --resource-restriction needs Azure CLI 2.88 or later.
az account set --subscription 3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01
az group create -n rg-new -l eastus
az identity create -g rg-new -n uami-apl2003 \
  --tags Env=prod "Owner=it's me" \
  --isolation-scope Regional \
  --resource-restriction '{"providers":["Microsoft.Compute","Microsoft.Storage/storageAccounts"]}'
