//! Tests with malicious texts.

use crate::parsing::{TextFormat, check, read};
use crate::provisioning::rules::Rules;

/// The parser terminates on each of these, in every format.
#[test]
fn hostile_texts_terminate() {
    let clothes = [
        "",
        "az identity create -g RG1 -n ",
        "$x = ",
        "New-AzUserAssignedIdentity -Name ",
        "{\"resources\": [",
        "{\"location\": ",
        "param x string = ",
        "resource a 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = ",
        "resource \"azurerm_user_assigned_identity\" \"x\" {\n name = ",
        "PUT https://management.azure.com/",
        "name,group\n",
    ];
    let many = |text: &str| text.repeat(3_000);
    let hostile = [
        "'".to_owned(),
        "\"".to_owned(),
        "\"${".to_owned(),
        "'${'${'${".to_owned(),
        "\\".to_owned(),
        "`".to_owned(),
        "$".to_owned(),
        "@".to_owned(),
        "@{".to_owned(),
        "<<".to_owned(),
        "<<EOT\n".to_owned(),
        "'''".to_owned(),
        "\0\u{1}\u{feff}\u{2028}".to_owned(),
        "\"\\ud800\"".to_owned(),
        "\"\\ud800\\u0041\\uZZZZ\"".to_owned(),
        "\"\\u{110000}\"".to_owned(),
        "[[[x]".to_owned(),
        "🦀🦀".to_owned(),
        many("["),
        many("{"),
        many("("),
        many("{\"a\":"),
        many("@{a="),
        many("$("),
        many("\"$("),
        many("`"),
        many("``` az identity create\n"),
        many("\"${"),
        many("'${"),
        many("a = (\n"),
        many("if (x) "),
        many("\n"),
        many("\n? "),
        many("x = \n"),
        many("#\n"),
        many("/*"),
        many("<<A\n"),
        many(",\""),
        many("]})"),
        many("a 'b' "),
        many("%"),
        ["\"", &"x".repeat(100_000), "\""].concat(),
    ];
    for clothes in clothes {
        for hostile in &hostile {
            for end in ["", "\n", " }]\n"] {
                let text = [clothes, hostile, end].concat();
                let reading = read(&text);
                let checked = check(&text, &reading, &Rules::default());
                let silent = reading.found.is_empty() && reading.notes.is_empty();
                assert!(checked.len() == reading.found.len() && (!silent || reading.kind == TextFormat::Nothing), "{text:.60}");
            }
        }
    }
}

/// Every fixture with each of its bytes removed, and truncated anywhere.
#[test]
fn broken_texts_terminate() {
    let fixtures = [
        "ID=$(az identity create -g \"$RG\" -n 'a' --tags \"'a b'='c'\" '{\"a\":\"\\u0041\"}')",
        "$p = @{ Name = \"u`n$x$([char]27)\"; 'a' = @('b', 'c') }\nNew-AzUserAssignedIdentity @p -Tag @{}",
        "{\"resources\":[{\"type\":\"Microsoft.ManagedIdentity/userAssignedIdentities\",\"name\":\"\\ud83e\\udd80[x]\"}]}",
        "param x string = '''\na'''\nresource i 'Microsoft.ManagedIdentity/userAssignedIdentities@1' = if (x) {\n name: '${x}\\u{41}'\n tags: union(x, {})\n}",
        "resource \"azurerm_user_assigned_identity\" \"x\" {\n name = \"${var.x[\"a\"]}$${y}\"\n tags = { \"a\" = <<-E\n x\n E\n }\n}",
        "PUT /subscriptions/{{x}}/resourceGroups/a HTTP/1.1\nA: b\n\n{\"location\":\"ü\"}\n###\n",
        "name;group\n\"a\"\"b\";'=c\nü;d\n",
    ];
    for fixture in fixtures {
        for (at, letter) in fixture.char_indices() {
            let without = [&fixture[..at], &fixture[at + letter.len_utf8()..]].concat();
            for text in [without.as_str(), &fixture[..at], &fixture[at..]] {
                let reading = read(text);
                assert_eq!(check(text, &reading, &Rules::default()).len(), reading.found.len());
            }
        }
    }
}
