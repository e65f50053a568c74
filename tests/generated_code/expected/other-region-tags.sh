--- The quotes inside --tags need Azure CLI 2.88 or later.
az account set --subscription 11111111-1111-1111-1111-111111111111
az identity create -g RG1 -n uami-apl2003 -l eastus \
  --tags Env=prod 'Owner=Ada Lovelace' "'cost centre'=42"
