--- The quotes inside --tags need Azure CLI 2.88 or later.
az account set --subscription 3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01
az identity create -g RG1 -n uami-apl2003 -l eastus \
  --tags Env=prod 'Owner=Ada Lovelace' "'cost centre'=42"
