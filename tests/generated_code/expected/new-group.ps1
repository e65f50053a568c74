Set-AzContext -Subscription '11111111-1111-1111-1111-111111111111'
New-AzResourceGroup -Name rg-new -Location eastus
New-AzUserAssignedIdentity -ResourceGroupName rg-new -Name uami-apl2003 -Location eastus
