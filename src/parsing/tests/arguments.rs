//! Tests with arguments that az and the cmdlets take, and those that they refuse.

use super::shells::{Case, expect_all};
use crate::parsing::TextFormat;

#[test]
fn options_of_az() {
    let table: &[Case] = &[
        ("az identity create --resource-name uami-1 -g RG1", &["|RG1||uami-1|||"], &[]),
        ("az identity create --resource RG1 -n uami-1", &["|RG1||uami-1|||"], &["1 warns --resource could be several parameters"]),
        ("az identity create -g RG1 -n uami-1 --tag a=b --acquire-policy-token", &["|RG1||uami-1||a=b|"], &[]),
        ("az identity create -g RG1 -n uami-1 --no-wait", &["|RG1||uami-1|||"], &["1 blocks Unknown option --no-wait"]),
        ("az identity create -g RG1 -n uami-1 --managed-by x", &["|RG1||uami-1|||"], &["1 blocks Unknown option --managed-by"]),
        (
            "az identity create -g RG1 -name uami-1 -location eastus",
            &["|RG1|eastus|uami-1|||"],
            &["1 blocks az reads -name as -n with a value. Write --name.", "1 blocks az reads -location as -l"],
        ),
        ("az identity create -gRG1 -nuami-1", &["|RG1||uami-1|||"], &[]),
    ];
    expect_all(TextFormat::Bash, table);
}

#[test]
fn tags_of_az() {
    let table: &[Case] = &[
        (
            "az identity create -g RG1 -n uami-1 --tags 'cost center=1'",
            &["|RG1||uami-1||cost center=1|"],
            &["1 blocks az 2.88 and later refuse the tag name cost center without quotes"],
        ),
        ("az identity create -g RG1 -n uami-1 --tags \"'cost center'=1\" 'a_b-C=d e'", &["|RG1||uami-1||cost center=1,a_b-C=d e|"], &[]),
        ("az identity create -g RG1 -n uami-1 --tags a.b=$X", &["|RG1||uami-1||a.b=|"], &["1 warns Couldn't", "1 blocks az 2.88"]),
        (
            "az identity create -g RG1 -n uami-1 --tags a = b",
            &["|RG1||uami-1||a=,=,b=|"],
            &["1 blocks az 2.88 and later refuse a as", "1 blocks az 2.88 and later refuse b as"],
        ),
        (
            "az identity create -g RG1 -n uami-1 --tags a=b,c=d 'e=f g=h' x='y, z'",
            &["|RG1||uami-1||a=b,c=d,e=f g=h,x=y, z|"],
            &["1 warns This is one tag: a with the value b,c=d.", "1 warns This is one tag: e with"],
        ),
    ];
    expect_all(TextFormat::Bash, table);
}

#[test]
fn parameters_of_cmdlets() {
    const NEW: &str = "New-AzUserAssignedIdentity -Name uami-1 -ResourceGroupName RG1 ";
    let cases: [(&str, &str, &[&str]); 5] = [
        ("-Location eastus -Tag a=b", "|RG1|eastus|uami-1|||", &["1 blocks -Tag takes a hashtable"]),
        ("-Location eastus -Tag @{ 'a b' = 'c' }", "|RG1|eastus|uami-1||a b=c|", &[]),
        ("-JsonString '{\"location\":\"eastus\",\"tags\":{\"a\":\"b\"}}'", "|RG1|eastus|uami-1||a=b|", &[]),
        ("-JsonFilePath x.json", "|RG1||uami-1|||", &["1 warns Couldn't", "1 warns Couldn't"]),
        ("-Location eastus -Tags @{}", "|RG1|eastus|uami-1|||", &["1 blocks Unknown option -Tags"]),
    ];
    for (arguments, draft, problems) in cases {
        super::expect(&[NEW, arguments].concat(), TextFormat::PowerShell, &[draft], problems);
    }
}

#[test]
fn requests_with_what_their_tools_put_in() {
    const PATH: &str = "/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-1?api-version=2023-01-31";
    super::expect(
        &["az rest --method put --url '/subscriptions/{subscriptionId}", PATH, "' --body '{\"location\":\"eastus\"}'"].concat(),
        TextFormat::Bash,
        &["|RG1|eastus|uami-1|||"],
        &[],
    );
    super::expect(
        &[
            "$s = '11111111-2222-3333-4444-555555555555'\naz rest -m put -u \"/subscriptions/$s",
            PATH,
            "\" -b '{\\\"location\\\":\\\"eastus\\\"}'",
        ]
        .concat(),
        TextFormat::PowerShell,
        &["1|RG1|eastus|uami-1|||"],
        &[],
    );
    super::expect(
        "Invoke-AzRestMethod -ResourceGroupName RG1 -ResourceProviderName Microsoft.ManagedIdentity -ResourceType userAssignedIdentities `\n  -Name 'id 1' -ApiVersion 2023-01-31 -Method PUT -Payload '{\"location\":\"eastus\"}'",
        TextFormat::PowerShell,
        &["|RG1|eastus|id 1|||"],
        &["2 blocks Use only"],
    );
}
