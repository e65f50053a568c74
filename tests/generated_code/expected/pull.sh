az account set --subscription 3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01
az identity create -g RG1 -n uami-apl2003
principal=$(az identity show -g RG1 -n uami-apl2003 --query principalId --output tsv)
# AcrPull on contosoimages
az role assignment create \
  --assignee-object-id "$principal" \
  --assignee-principal-type ServicePrincipal \
  --role 7f951dda-4ed3-4680-a7ca-43fe172d538d \
  --scope \
    /subscriptions/3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01/resourceGroups/RG1/providers/Microsoft.ContainerRegistry/registries/contosoimages \
  --name 696d0149-ac15-5547-9d72-37d3ac2862fd
