--- The quotes inside --tags need Azure CLI 2.88 or later.
az account set --subscription 3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01
az group create -n rg-new -l eastus --tags Env=prod "cost centre=it's 42"
az identity create -g rg-new -n uami-apl2003 --tags Env=prod "'cost centre'=it's 42"
