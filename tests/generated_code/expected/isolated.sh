--- --isolation-scope needs Azure CLI 2.82 or later.
az account set --subscription 11111111-1111-1111-1111-111111111111
az identity create -g RG1 -n uami-apl2003 --tags Env=prod --isolation-scope Regional
