Set-AzContext -Subscription '3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01'
New-AzResourceGroup -Name rg-new -Location eastus -Tag @{
    Env           = 'prod'
    'cost centre' = 'it''s 42'
}
New-AzUserAssignedIdentity -ResourceGroupName rg-new -Name uami-apl2003 -Location eastus -Tag @{
    Env           = 'prod'
    'cost centre' = 'it''s 42'
}
