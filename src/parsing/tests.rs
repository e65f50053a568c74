//! Tests with texts as people write them.

mod arguments;
mod bicep;
mod check;
mod hostile;
mod hosts;
mod json;
mod lists;
mod lost;
mod made;
mod many;
mod mutations;
mod placeholders;
mod programs;
mod public;
mod refused;
mod shells;
mod terraform;
mod terraform_generated;
mod windows_shells;
mod wrappings;

use super::{Lines, ParsedText, TextFormat, check, counts, read};
use crate::messages;
use crate::provisioning::draft::Draft;
use crate::provisioning::field::Field;
use crate::provisioning::problem::Severity;
use crate::provisioning::rules::{RequiredTag, Rules};

const SUBSCRIPTION: &str = "11111111-2222-3333-4444-555555555555";

/// A draft as `sub|group|region|name|scope|tag=value,…|restriction,…`, with `*` at a new group.
fn draft_line(draft: &Draft) -> String {
    let tags: Vec<String> = draft.tags.iter().map(|tag| [tag.name.as_str(), "=", &tag.value].concat()).collect();
    let group = [draft.resource_group.as_str(), if draft.group_is_new { "*" } else { "" }].concat();
    let subscription = draft.subscription.get(..1).unwrap_or_default();
    [subscription, &group, &draft.region, &draft.name, &draft.isolation_scope, &tags.join(","), &draft.restrictions.join(",")].join("|")
}

/// The problems of a reading by line: `2 warns This could not…`.
fn reported(text: &str, reading: &ParsedText) -> Vec<String> {
    let lines = Lines::of(text);
    let checked = check(text, reading, &Rules::default());
    let mut reported = Vec::new();
    let mut report = |at: usize, severity: Severity, sentence: String| {
        if severity != Severity::Informs {
            let severity = if severity == Severity::Blocks { "blocks" } else { "warns" };
            reported.push((lines.line(at), [&lines.line(at).to_string(), " ", severity, " ", &sentence].concat()));
        }
    };
    for (found, problems) in reading.found.iter().zip(&checked) {
        for problem in problems {
            report(found.place(problem.field), problem.severity, problem.sentence.text());
        }
    }
    for note in &reading.notes {
        report(note.at, note.severity, note.sentence.text());
    }
    reported.sort_by_key(|(line, _)| *line);
    reported.into_iter().map(|(_, reported)| reported).collect()
}

fn expect(text: &str, kind: TextFormat, drafts: &[&str], problems: &[&str]) {
    let reading = read(text);
    assert_eq!(reading.kind, kind, "{text}");
    assert_eq!(reading.found.iter().map(|found| draft_line(&found.draft)).collect::<Vec<_>>(), drafts, "{text}");
    let reported = reported(text, &reading);
    assert_eq!(reported.len(), problems.len(), "{text}\n{reported:#?}");
    for (reported, expected) in reported.iter().zip(problems) {
        assert!(reported.starts_with(expected), "{text}\n{reported}\n{expected}");
    }
}

#[test]
fn commands_for_bash() {
    let table: [(&str, &[&str], &[&str]); 24] = [
        ("az identity create -g RG1 -n uami-apl2003", &["|RG1||uami-apl2003|||"], &[]),
        ("$ az identity create -g RG1 -n uami-apl2003 --location 'East US'", &["|RG1|eastus|uami-apl2003|||"], &[]),
        ("az identity create --name=uami-1 --resource-group=RG1 -o json", &["|RG1||uami-1|||"], &[]),
        ("az identity create \\\n  -g RG1 \\\n  -n uami-1 ^\n  -l westeurope", &["|RG1|westeurope|uami-1|||"], &[]),
        (
            "az identity create -g RG1 -n uami-1 --tags Env=prod \"Owner=it's me\" \"'cost centre'=42\" x",
            &["|RG1||uami-1||Env=prod,Owner=it's me,cost centre=42,x=|"],
            &["1 blocks az 2.88 and later refuse x as a tag"],
        ),
        ("az identity create -g RG1 -n uami-1 --tags '{\"a\":\"b\"}' --isolation-scope regional", &["|RG1||uami-1|Regional|a=b|"], &[]),
        (
            "az identity create -g RG1 -n uami-1 --resource-restriction '{\"providers\":[\"Microsoft.Compute/*\"]}'",
            &["|RG1||uami-1|||Microsoft.Compute"],
            &[],
        ),
        ("az identity create -g RG1 -n uami-1 --subscription 'My subscription'", &["|RG1||uami-1|||"], &[]),
        (
            "az account set -s 11111111-2222-3333-4444-555555555555\naz group create -n rg-new -l eastus\naz identity create -g rg-new -n uami-1",
            &["1|rg-new*|eastus|uami-1|||"],
            &[],
        ),
        ("az configure --defaults group=RG9 location=uksouth\naz identity create -n uami-1", &["|RG9|uksouth|uami-1|||"], &[]),
        ("RG=RG1; NAME=\"uami-$RG\"\naz identity create -g $RG -n \"${NAME}\"", &["|RG1||uami-RG1|||"], &[]),
        (
            "az identity create -g \"$RG\" -n uami-$ENV -l $(pick)",
            &["||||||"],
            &[
                "1 warns Couldn't work out this value, so it wasn't checked: $RG",
                "1 warns Couldn't work out this value, so it wasn't checked: $ENV",
                "1 warns Couldn't work out this value, so it wasn't checked: $(pick)",
            ],
        ),
        ("ID=$(az identity create -g RG1 -n uami-1 --query id -o tsv)\necho \"$ID\"", &["|RG1||uami-1|||"], &[]),
        ("for n in a b; do\n az identity create -g RG1 -n uami-$n\ndone", &["|RG1||uami-a|||", "|RG1||uami-b|||"], &[]),
        ("az identity create -g RG1 -n a\n", &["|RG1||a|||"], &["1 blocks Use at least 3 characters."]),
        ("az identity create -g RG1 -n uami-1 --frobnicate x", &["|RG1||uami-1|||"], &["1 blocks Unknown option --frobnicate"]),
        (
            "az identity create -g RG1 -n my identity",
            &["|RG1||my|||"],
            &["1 blocks Use at least 3", "1 blocks identity doesn't belong to an option"],
        ),
        ("az identity create -n uami-1", &["|||uami-1|||"], &["1 blocks -g (resource group) is missing."]),
        ("az identity create -g RG1 -n 'uami-1", &["|RG1||uami-1|||"], &["1 blocks The quote that opens here"]),
        ("az identity create -g=-rg -n uami-1", &["|-rg||uami-1|||"], &[]),
        (
            "az identity create -g RG1 -n uami-1 && az identity create -g rg1 -n UAMI-1 # again",
            &["|RG1||uami-1|||", "|rg1||UAMI-1|||"],
            &[],
        ),
        ("az vm create -n x -g RG1\n", &[], &[]),
        ("cat <<EOF >&2\n{ az identity create }\nEOF\naz identity create -g RG1 -n uami-1 2>&1 | tee log", &["|RG1||uami-1|||"], &[]),
        (
            "az rest --method put --url \"https://management.azure.com/subscriptions/$SUB/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-1?api-version=2023-01-31\" --body '{\"location\": \"eastus\"}'",
            &["|RG1|eastus|uami-1|||"],
            &["1 warns Couldn't work out this value, so it wasn't checked: $SUB"],
        ),
    ];
    for (text, drafts, problems) in table {
        expect(text, TextFormat::Bash, drafts, problems);
    }
}

#[test]
fn commands_for_powershell() {
    let table: [(&str, &[&str], &[&str]); 7] = [
        ("New-AzUserAssignedIdentity -ResourceGroupName RG1 -Name uami-1 -Location eastus", &["|RG1|eastus|uami-1|||"], &[]),
        (
            "Set-AzContext -Subscription '11111111-2222-3333-4444-555555555555'\nNew-AzUserAssignedIdentity `\n  -ResourceGroupName '-rg' `\n  -Name uami-1 -Location 'East US' -Tag @{ Env = 'prod'; 'a b' = \"it's\" }",
            &["1|-rg|eastus|uami-1||Env=prod,a b=it's|"],
            &[],
        ),
        ("$rg = 'RG1'\n$env = \"test\"\naz identity create -g $rg -n \"uami-$env\" --tags Env=$env", &["|RG1||uami-test||Env=test|"], &[]),
        (
            "$p = @{ ResourceGroupName = 'RG1'; Name = 'uami-1'; Location = 'eastus' }\n$identity = New-AzUserAssignedIdentity @p",
            &["|RG1|eastus|uami-1|||"],
            &[],
        ),
        (
            "New-AzUserAssignedIdentity -Res RG1 -Name $name -Location eastus",
            &["|RG1|eastus||||"],
            &["1 warns Couldn't work out this value, so it wasn't checked: $name"],
        ),
        ("$id = (az identity create -g RG1 -n uami-1 | ConvertFrom-Json).id", &["|RG1||uami-1|||"], &[]),
        (
            "New-AzUserAssignedIdentity -ResourceGroupName RG1 -Name uami-1",
            &["|RG1||uami-1|||"],
            &["1 blocks -Location (region) is missing."],
        ),
    ];
    for (text, drafts, problems) in table {
        expect(text, TextFormat::PowerShell, drafts, problems);
    }
}

#[test]
fn templates_and_other_json() {
    let identity = r#""type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31""#;
    let table: Vec<(String, &[&str], &[&str])> = vec![
        (
            format!(
                r#"{{ // comment
  "parameters": {{ "name": {{ "type": "string", "defaultValue": "uami-1" }}, "location": {{ "type": "string", "defaultValue": "[resourceGroup().location]" }} }},
  "variables": {{ "tags": {{ "Env": "prod", "n": 1 }} }},
  "resources": [
    {{ {identity}, "name": "[parameters('name')]", "location": "[parameters('location')]", "tags": "[variables('tags')]" }},
    {{ "type": "Microsoft.Storage/storageAccounts", "name": "x" }}
  ] }}"#
            ),
            &["|||uami-1||Env=prod,n=1|"],
            &[],
        ),
        (
            format!(
                r#"{{"resources": {{ "id": {{ {identity}, "name": "[concat('a', 'b')]", "location": "eastus", "tags": {{ "[[x]": "[[y]" }} }} }} }}"#
            ),
            &["||eastus|ab||[x]=[y]|"],
            &["1 blocks Use at least 3"],
        ),
        (
            format!(r#"{{"properties":{{"template":{{"resources":[{{ {identity}, "name":"a_", "location": "" }}]}}}}}}"#),
            &["|||a_|||"],
            &["1 blocks", "1 blocks"],
        ),
        // Parameters passed by a deployment override the template's defaults, and are no expressions.
        (
            format!(
                r#"// what is deployed
{{"properties":{{"parameters":{{"n":{{"value":"uami-given"}},"t":{{"value":{{"Env":"prod"}}}},"r":{{"reference":{{}}}}}},
"template":{{"parameters":{{"n":{{"defaultValue":"uami-own"}},"r":{{"defaultValue":"eastus"}}}},
"resources":[{{ {identity}, "name":"[parameters('n')]", "tags": "[parameters('t')]",
"location":"[parameters('r')]" }}]}}}}}}"#
            ),
            &["|||uami-given||Env=prod|"],
            &["5 warns Couldn't work out this value, so it wasn't checked: [parameters('r')]"],
        ),
        (
            format!(
                r#"{{"parameters":{{"n":{{"defaultValue":"uami-outer"}}}},"resources":{{"d":{{"type":"Microsoft.Resources/deployments","name":"d","resourceGroup":"RG1","properties":{{
"expressionEvaluationOptions":{{"scope":"inner"}},"parameters":{{"n":{{"value":"[parameters('n')]"}}}},
"template":{{"parameters":{{"n":{{"defaultValue":"uami-inner"}}}},"resources":{{"i":{{ {identity}, "name":"[parameters('n')]", "location":"eastus" }}}}}}}}}},
"e":{{"existing":true, {identity}, "name":"uami existing"}}}}}}"#
            ),
            &["|RG1|eastus|uami-outer|||"],
            &[],
        ),
        (
            format!(
                r#"{{"resources":[{{"type":"Microsoft.Resources/deployments","name":"d","properties":{{"template":{{"resources":{{"i":{{ {identity}, "name":"uami-1", "location":"eastus" }}}}}}}}}}]}}"#
            ),
            &["||eastus|uami-1|||"],
            &[],
        ),
        (
            r#"{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#","parameters":{"name":{"value":"x"}}}"#.into(),
            &[],
            &[],
        ),
        (r#"{"a": [[[{"b": [1"#.into(), &[], &["1 blocks A bracket is still open"]),
        (r#"{"location": "eastus", "tags": {"a": "b"}}"#.into(), &["||eastus|||a=b|"], &[]),
        (
            format!(
                r#"[{{"id": "/subscriptions/{SUBSCRIPTION}/resourcegroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/u", "name": "uami-1", "location": "eastus", "tags": {{}}, "clientId": "x"}}]"#
            ),
            &["1|RG1|eastus|uami-1|||"],
            &[],
        ),
        (r#"{"a": undefined}"#.into(), &[], &["1 blocks This couldn't be read"]),
        (r#"{"location": "eastus\ud800", "tags": {}"#.into(), &["||||||"], &[]),
        (r#"{"resources": [{}]}"#.into(), &[], &[]),
    ];
    for (text, drafts, problems) in table {
        if text.contains("ud800") {
            let reading = read(&text);
            let reported = reported(&text, &reading);
            let has = |part| reported.iter().any(|line| line.contains(part));
            assert!(has("\\ud800") && has("bracket"), "{reported:#?}");
            continue;
        }
        expect(&text, TextFormat::Template, drafts, problems);
    }
}

#[test]
fn bicep() {
    let head = "@description('Where')\n@allowed([\n  'eastus'\n])\nparam location string = resourceGroup().location\nparam env string = 'test'\nparam other string\n";
    let identity = |body: &str| [head, "\nresource id 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = ", body].concat();
    let table: Vec<(String, &[&str], &[&str])> = vec![
        (identity("{\n  name: 'uami-${env}'\n  location: location // here\n  tags: {\n    Env: env\n    'a b': 'it\\'s \\u{1F980}'\n  }\n}"), &["|||uami-test||Env=test,a b=it's 🦀|"], &[]),
        (identity("if (env == 'x') {\n  name: 'uami-1'\n  location: 'eastus'\n}"), &["||eastus|uami-1|||"], &[]),
        (identity("{\n  name: other\n  location: env == 'test' ? 'eastus'\n    : 'westus'\n}"), &["||||||"], &["10 warns Couldn't work out this value, so it wasn't checked: other", "11 warns Couldn't work out this value, so it wasn't checked: env == 'test' ? 'eastus' : 'westus'"]),
        (identity("[for i in range(0, 3): {\n  name: 'uami-${i}'\n}]"), &["|||uami-0|||", "|||uami-1|||", "|||uami-2|||"], &["9 blocks location", "9 blocks location", "9 blocks location"]),
        (
            "targetScope = 'subscription'\nresource rg 'Microsoft.Resources/resourceGroups@2024-07-01' = {\n  name: 'rg-new'\n  location: 'eastus'\n}\nmodule m './identity.bicep' = {\n  scope: rg\n  name: 'x'\n}\n".into(),
            &[],
            &["6 warns The module ./identity.bicep"],
        ),
    ];
    for (text, drafts, problems) in table {
        expect(&text, TextFormat::Bicep, drafts, problems);
    }
}

#[test]
fn terraform() {
    let table: [(&str, &[&str], &[&str]); 5] = [
        (
            "variable \"name\" {\n  type = string\n  default = \"uami-1\"\n}\nlocals {\n  tags = {\n    Env = \"prod\"\n    Cost = 42\n  }\n}\ndata \"azurerm_resource_group\" \"rg\" {\n  name = \"RG1\"\n}\nresource \"azurerm_user_assigned_identity\" \"x\" {\n  name                = var.name\n  resource_group_name = data.azurerm_resource_group.rg.name\n  location            = data.azurerm_resource_group.rg.location\n  tags                = local.tags\n}",
            &["|RG1||uami-1||Env=prod,Cost=42|"],
            &[],
        ),
        (
            "resource \"azurerm_user_assigned_identity\" \"x\" {\n  name = \"uami-${var.env}\"\n  resource_group_name = var.rg\n  location = \"eastus\"\n  tags = merge(local.tags, { a = \"b\" })\n}",
            &["||eastus|||a=b|"],
            &[
                "2 warns Couldn't work out this value, so it wasn't checked: var.env",
                "3 warns Couldn't work out this value, so it wasn't checked: var.rg",
                "5 warns Couldn't work out this value, so it wasn't checked: local.tags",
            ],
        ),
        (
            "resource \"azurerm_user_assigned_identity\" \"x\" {\n  for_each = toset([\"a\"])\n  name = each.key\n  resource_group_name = \"RG1\"\n  location = \"eastus\"\n}",
            &["|RG1|eastus|a|||"],
            &["2 blocks Use at least 3 characters"],
        ),
        (
            "resource \"azapi_resource\" \"x\" {\n  type = \"Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30\"\n  parent_id = \"/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/RG1\"\n  name = \"uami-1\"\n  location = \"eastus\"\n  body = jsonencode({ properties = { isolationScope = \"Regional\" } })\n}",
            &["1|RG1|eastus|uami-1|Regional||"],
            &[],
        ),
        (
            "resource \"azurerm_user_assigned_identity\" \"x\" {\n  name = <<EOT\nuami\nEOT\n  resource_group_name = \"RG1\"\n  location = \"$${x}\"\n",
            &["|RG1|${x}|uami\n|||"],
            &["2 blocks Use only letters", "6 blocks Unknown region “${x}”.", "7 blocks A bracket is still open"],
        ),
    ];
    for (text, drafts, problems) in table {
        expect(text, TextFormat::Terraform, drafts, problems);
    }
}

#[test]
fn requests() {
    let text = "@sub = 11111111-2222-3333-4444-555555555555\n\n### Make it\nPUT https://management.azure.com/subscriptions/{{sub}}/resourceGroups/{{rg}}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-1?api-version=2023-01-31 HTTP/1.1\nAuthorization: Bearer {{token}}\n\n{ \"location\": \"eastus\" }\n\n###\nGET https://management.azure.com/subscriptions\n";
    expect(text, TextFormat::Request, &["1||eastus|uami-1|||"], &["4 warns Couldn't work out this value, so it wasn't checked: rg"]);
}

#[test]
fn a_region_without_federated_credentials_is_reported_if_the_text_creates_some() {
    let identity = "az identity create -g RG1 -n uami-1 -l newzealandnorth --subscription 11111111-2222-3333-4444-555555555555\n";
    expect(identity, TextFormat::Bash, &["1|RG1|newzealandnorth|uami-1|||"], &[]);
    let both = [identity, "az identity federated-credential create -g RG1 --identity-name uami-1 -n gh --issuer https://x\n"].concat();
    expect(&both, TextFormat::Bash, &["1|RG1|newzealandnorth|uami-1|||"], &["1 warns Azure may refuse the federated credentials"]);
    let commented = [identity, "# az identity federated-credential create comes later\necho done # federated-credential create\n"].concat();
    expect(&commented, TextFormat::Bash, &["1|RG1|newzealandnorth|uami-1|||"], &[]);
    let bicep = "resource a 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {\n  name: 'uami-1'\n  location: 'newzealandnorth'\n}\nresource b 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2023-01-31' = {\n  parent: a\n  name: 'gh'\n}\n";
    let has_warning = |text: &str| {
        let problems = check(text, &read(text), &Rules::default()).concat();
        problems.iter().any(|problem| problem.sentence.message == messages::READ_FEDERATED_REGION)
    };
    assert!(has_warning(bicep));
    let (identity, credential) = bicep.split_at(bicep.find("resource b").unwrap());
    assert!(!has_warning(&[identity, "/* Later:\n", credential, "*/\n"].concat()));
    assert!(has_warning(&[identity, "/* Now:\n*/ ", credential].concat()));
}

#[test]
fn an_organisations_rules_apply_and_unread_tags_are_not_missing() {
    let rules = Rules { required_tags: vec![RequiredTag { name: "Env".into(), ..RequiredTag::default() }], ..Rules::default() };
    let worst = |text: &str| {
        let reading = read(text);
        counts(&check(text, &reading, &rules))
    };
    assert_eq!(worst("az identity create -g RG1 -n uami-1"), [1, 0, 0]);
    assert_eq!(worst("az identity create -g RG1 -n uami-1 --tags Env=prod"), [0, 0, 1]);
    assert_eq!(worst("az identity create -g RG1 -n uami-1 --tags $TAGS"), [0, 1, 0]);
    assert_eq!(worst("az identity create -g RG1 -n uami-1 --tags Env=$ENV"), [0, 1, 0]);
}

#[test]
fn positions_point_to_the_value() {
    let text = "az identity create -g RG1 \\\n  -n 'a b' --tags x=1";
    let reading = read(text);
    let lines = Lines::of(text);
    let place = |field| lines.place(reading.found[0].place(field));
    assert_eq!((place(Field::Name).line, place(Field::Name).column), (2, 6));
    assert_eq!((place(Field::TagName(0)).line, place(Field::TagName(0)).column), (2, 19));
    assert_eq!((place(Field::Region).line, place(Field::Region).column), (1, 1));
}

#[test]
fn lists_of_properties() {
    expect(
        "name,rg,isolation scope,restrictions\nuami-1,RG1,regional,Microsoft.Compute Microsoft.Storage/storageAccounts\nuami-2,RG1,zonal,x",
        TextFormat::Table,
        &["|RG1||uami-1|Regional||Microsoft.Compute,Microsoft.Storage/storageAccounts", "|RG1||uami-2|zonal||x"],
        &["3 blocks “zonal”", "3 blocks “x” isn't"],
    );
}
