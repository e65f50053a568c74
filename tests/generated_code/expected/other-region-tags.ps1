Set-AzContext -Subscription '11111111-1111-1111-1111-111111111111'
New-AzUserAssignedIdentity -ResourceGroupName RG1 -Name uami-apl2003 -Location eastus -Tag @{
    Env           = 'prod'
    Owner         = 'Ada Lovelace'
    'cost centre' = '42'
}
