az account set --subscription 11111111-1111-1111-1111-111111111111
az group create -n rg-new -l eastus
az identity create -g rg-new -n uami-apl2003
