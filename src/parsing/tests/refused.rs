//! Tests with what Bicep, ARM and Terraform refuse of identities, and with what they accept though it looks alike.

use super::{TextFormat, expect};

/// A text, its drafts, its problems.
type Case<'a> = (&'a str, &'a [&'a str], &'a [&'a str]);

fn bicep(kind: &str, more: &str) -> String {
    format!("{more}resource a '{kind}' = {{\n  name: 'uami-1'\n  location: 'eastus'\n}}\n")
}

const TYPE: &str = "Microsoft.ManagedIdentity/userAssignedIdentities";

#[test]
fn a_type_needs_an_api_version() {
    let found = ["||eastus|uami-1|||"];
    for version in ["", "@latest", "@"] {
        expect(&bicep(&[TYPE, version].concat(), ""), TextFormat::Bicep, &found, &["1 blocks The type Microsoft.ManagedIdentity"]);
    }
    expect(&bicep(&[TYPE, "@2025-01-31-preview"].concat(), ""), TextFormat::Bicep, &found, &[]);
    let schema = "\"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\"";
    let resource =
        |more: &str| format!("\"resources\": [{{\n\"type\": \"{TYPE}\", \"name\": \"uami-1\", \"location\": \"eastus\"{more} }}]");
    for (text, told) in [
        (format!("{{ {schema}, {} }}", resource("")), true),
        (format!("{{ {schema}, {} }}", resource(", \"apiVersion\": \"[variables('x')]\"")), false),
        (format!("{{ {schema}, \"apiProfile\": \"2019-03-01-hybrid\", {} }}", resource("")), false),
        // What `az resource list` prints has none.
        (format!("{{ {} }}", resource("")), false),
    ] {
        expect(&text, TextFormat::Template, &found, if told { &["2 blocks The type"] } else { &[] });
    }
    let azapi = |kind: &str| {
        format!(
            "resource \"azapi_resource\" \"x\" {{\n  type = \"{kind}\"\n  name = \"uami-1\"\n  location = \"eastus\"\n  parent_id = \"/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/RG1\"\n}}\n"
        )
    };
    expect(&azapi(TYPE), TextFormat::Terraform, &["1|RG1|eastus|uami-1|||"], &["2 blocks The type"]);
    let of_subscription = azapi(&[TYPE, "@2023-01-31"].concat()).replace("/resourceGroups/RG1", "");
    expect(&of_subscription, TextFormat::Terraform, &["1||eastus|uami-1|||"], &["1 blocks parent_id (resource group) is missing."]);
    expect(&azapi(&[TYPE, "@${var.version}"].concat()), TextFormat::Terraform, &["1|RG1|eastus|uami-1|||"], &[]);
}

#[test]
fn an_identity_is_deployed_to_a_group() {
    let kind = [TYPE, "@2023-01-31"].concat();
    let found = ["||eastus|uami-1|||"];
    let refused = ["2 blocks An identity belongs to a resource group, but this is deployed to a subscription."];
    expect(&bicep(&kind, "targetScope = 'subscription'\n"), TextFormat::Bicep, &found, &refused);
    expect(&bicep(&kind, "targetScope = 'resourceGroup'\n"), TextFormat::Bicep, &found, &[]);
    let module = |scope: &str| {
        format!(
            "targetScope = 'managementGroup'\nmodule a 'br/public:avm/res/managed-identity/user-assigned-identity:0.4.0' = {{\n  {scope}\n  params: {{ name: 'uami-1', location: 'eastus' }}\n}}\n"
        )
    };
    expect(
        &module(""),
        TextFormat::Bicep,
        &found,
        &["2 blocks An identity belongs to a resource group, but this is deployed to a management"],
    );
    expect(
        &module("scope: resourceGroup('11111111-2222-3333-4444-555555555555', 'RG1')"),
        TextFormat::Bicep,
        &["1|RG1|eastus|uami-1|||"],
        &[],
    );
    let scoped = |scope: &str| bicep(&kind, "").replace("  name", &["  scope: ", scope, "\n  name"].concat());
    expect(&scoped("resourceGroup()"), TextFormat::Bicep, &found, &[]);
    expect(&scoped("resourceGroup('RG1')"), TextFormat::Bicep, &found, &["2 blocks A resource can't have a different scope"]);
    let resource = format!("{{ \"type\": \"{TYPE}\", \"apiVersion\": \"2023-01-31\", \"name\": \"uami-1\", \"location\": \"eastus\" }}");
    let template = |resource: &str| {
        format!(
            "{{ \"$schema\": \"https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#\", \"resources\": [\n{resource} ] }}"
        )
    };
    expect(&template(&resource), TextFormat::Template, &found, &refused);
    let nested = format!(
        "{{ \"type\": \"Microsoft.Resources/deployments\", \"resourceGroup\": \"RG1\", \"properties\": {{ \"template\": {{ \"resources\": [ {resource} ] }} }} }}"
    );
    expect(&template(&nested), TextFormat::Template, &["|RG1|eastus|uami-1|||"], &[]);
}

#[test]
fn what_the_syntax_refuses() {
    let kind = [TYPE, "@2023-01-31"].concat();
    let quoted = bicep(&kind, "").replace("'uami-1'", "\"uami-1\"");
    expect(&quoted, TextFormat::Bicep, &["||eastus||||"], &["2 warns Couldn't work out", "2 blocks Bicep strings need single quotes."]);
    let declared = crate::parsing::read_with(
        &bicep(&kind, "").replace('\'', "\""),
        crate::parsing::Hints { file: "main.bicep", ..Default::default() },
    );
    let told: Vec<String> =
        declared.notes.iter().map(|note| note.sentence.text()).filter(|said| said.starts_with("Bicep strings")).collect();
    assert_eq!(told.len(), 1);
    let twice = [bicep(&kind, ""), bicep(&kind, "").replace("uami-1", "uami-2")].concat();
    expect(&twice, TextFormat::Bicep, &["||eastus|uami-1|||", "||eastus|uami-2|||"], &["5 blocks There is already a resource a."]);
    let terraform = |label: &str, more: &str| {
        format!(
            "resource \"azurerm_user_assigned_identity\" \"{label}\" {{\n  name = \"uami-{label}\"\n  location = \"eastus\"\n  resource_group_name = \"RG1\"\n{more}}}\n"
        )
    };
    let of = ["|RG1|eastus|uami-a|||", "|RG1|eastus|uami-b|||"];
    expect(&[terraform("a", ""), terraform("b", "")].concat(), TextFormat::Terraform, &of, &[]);
    let twice = [terraform("a", ""), terraform("a", "").replace("uami-a", "uami-b")].concat();
    expect(&twice, TextFormat::Terraform, &of, &["6 blocks There is already a resource azurerm_user_assigned_identity.a."]);
    let tags = terraform("a", "  tags = { a = \"b\", a = \"c\" }\n");
    expect(&tags, TextFormat::Terraform, &["|RG1|eastus|uami-a||a=c|"], &[]);
    let argument = terraform("a", "  location = \"eastus\"\n");
    expect(&argument, TextFormat::Terraform, &of[..1], &["5 blocks The argument location is set twice"]);
    for (between, told) in [(",", false), (", // x\n", false), (" ", true), (" /* , */ ", true)] {
        let text = format!(
            "{{ \"resources\": [ {{ \"type\": \"A.B/c\" }}{between}{{ \"type\": \"{TYPE}\", \"name\": \"uami-1\", \"location\": \"eastus\", }}, ] }}"
        );
        let line = if between.contains('\n') { "2" } else { "1" };
        let told = if told { vec![[line, " blocks There is no comma before this"].concat()] } else { vec![] };
        expect(&text, TextFormat::Template, &["||eastus|uami-1|||"], &told.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

#[test]
fn what_tools_print_and_send() {
    let id = format!("/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/RG1/providers/{TYPE}/uami-1");
    let shown = format!("{{ \"id\": \"{id}\", \"name\": \"uami-1\", \"type\": \"{TYPE}\", \"location\": \"eastus\" }}");
    let table: [(String, &[&str]); 4] = [
        // az deployment group what-if --no-pretty-print
        (
            format!(
                "{{ \"changes\": [ {{ \"changeType\": \"Create\", \"before\": null, \"after\": {shown} }}, {{ \"changeType\": \"Delete\", \"before\": {shown}, \"after\": null }} ], \"status\": \"Succeeded\" }}"
            ),
            &["1|RG1|eastus|uami-1|||"],
        ),
        (
            format!(
                "{{ \"requests\": [ {{ \"httpMethod\": \"PUT\", \"url\": \"https://management.azure.com{id}?api-version=2023-01-31\", \"content\": {{ \"location\": \"eastus\" }} }}, {{ \"httpMethod\": \"GET\", \"url\": \"{id}\" }} ] }}"
            ),
            &["1|RG1|eastus|uami-1|||"],
        ),
        (format!("{shown}\n{shown}\n"), &["1|RG1|eastus|uami-1|||"; 2]),
        (
            "{ \"resource\": [ { \"azurerm_user_assigned_identity\": { \"x\": { \"name\": \"uami-1\", \"location\": \"eastus\", \"resource_group_name\": \"RG1\" } } } ] }".to_owned(),
            &["|RG1|eastus|uami-1|||"],
        ),
    ];
    for (text, found) in table {
        let reading = crate::parsing::read(&text);
        assert_eq!(reading.found.iter().map(|found| super::draft_line(&found.draft)).collect::<Vec<_>>(), found, "{text}");
        let unread = reading.notes.iter().filter(|note| note.severity != crate::provisioning::problem::Severity::Informs).count();
        assert_eq!(unread, 0, "{text}");
    }
}

#[test]
fn values_that_are_made() {
    let table: [Case; 4] = [
        (
            "var all = {\n  b: { id: 'uami b' }\n  a: { id: 'uami-a', region: 'uksouth' }\n}\nresource r 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = [for one in items(all): {\n  name: one.value.id\n  location: one.value.?region ?? 'eastus'\n  tags: { key: one.key }\n}]\n",
            &["||uksouth|uami-a||key=a|", "||eastus|uami b||key=b|"],
            &["6 blocks Use only letters"],
        ),
        (
            "var tags = { Env: 'prod' }\nresource r 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {\n  name: take('uami-1-and-more', 6)\n  location: 'eastus'\n  tags: union(tags, { 'a/b': 'x', env: 'test' })\n}\n",
            &["||eastus|uami-1||a/b=x,env=test|"],
            &["5 blocks Tag names can't contain “/”."],
        ),
        (
            "using 'br/public:avm/res/managed-identity/user-assigned-identity:0.4.0'\nparam name = 'uami 1'\nvar x = 'eastus'\nparam location = x\n",
            &["||eastus|uami 1|||"],
            &["2 blocks Use only letters"],
        ),
        ("using 'br/public:avm/res/network/virtual-network:0.4.0'\nparam name = 'uami 1'\n", &[], &[]),
    ];
    for (text, found, problems) in table {
        let kind = if text.starts_with("using") { TextFormat::BicepParameters } else { TextFormat::Bicep };
        expect(text, kind, found, problems);
    }
}

#[test]
fn resource_ids_with_wrong_names_are_no_other_resources() {
    let id = |name: &str| format!("/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/RG1/providers/{TYPE}/{name}");
    let text = [id("uami-1"), id("uami 2")].join("\n");
    expect(&text, TextFormat::Table, &["1|RG1||uami-1|||", "1|RG1||uami 2|||"], &["2 blocks Use only letters"]);
    let text = "Name,Resource Group,Azure Region,Tags\nuami-1,RG1,eastus,\"Env : prod, Owner : a=b\"\n";
    expect(text, TextFormat::Table, &["|RG1|eastus|uami-1||Env=prod,Owner=a=b|"], &[]);
}

#[test]
fn parts_and_examples_are_read() {
    let resource =
        |name: &str| format!("{{ \"type\": \"{TYPE}\", \"apiVersion\": \"2023-01-31\", \"name\": \"{name}\", \"location\": \"eastus\" }}");
    let part = "1 blocks This is only part of a JSON document";
    let name = "2 blocks Use only letters";
    let (one, other) = (resource("uami-1"), resource("uami 2"));
    let both = ["||eastus|uami-1|||", "||eastus|uami 2|||"];
    for (text, found, told) in [
        (format!("\"resources\": [ {one},\n{other} ]"), both.as_slice(), [part, name].as_slice()),
        (format!("{one},\n{other}"), &both, &[part, name]),
        (
            format!("{{ \"resources\": [ ...\n{other}, ... ] }}"),
            &both[1..],
            &["1 blocks This couldn't be read", name, "2 blocks This couldn't be read"],
        ),
    ] {
        let hints = crate::parsing::Hints { format: Some(TextFormat::Template), ..Default::default() };
        let reading = crate::parsing::read_with(&text, hints);
        assert_eq!(reading.found.iter().map(|found| super::draft_line(&found.draft)).collect::<Vec<_>>(), found, "{text}");
        let reported = super::reported(&text, &reading);
        let mut told = told.to_vec();
        told.retain(|told| !reported.iter().any(|reported| reported.starts_with(told)));
        assert!(told.is_empty(), "{told:?}\n{reported:#?}");
    }
    expect(&format!("# Title\n```json\n\"resources\": [\n{one}\n]\n```\n"), TextFormat::Markdown, &both[..1], &[]);
    // What is put into the JSON by another tool is told once, not at each value after it.
    let generated = format!("{{ \"resources\": [\n{{{{#each ids}}}}\n{one}\n{{{{/each}}}} ] }}");
    let reading = crate::parsing::read(&generated);
    assert!(reading.notes.iter().all(|note| note.sentence.message != crate::messages::READ_NO_COMMA), "{:?}", reading.notes);
    let terraform = |rest: &str| format!("resource \"azurerm_user_assigned_identity\" \"x\" {{\n  name = \"uami-1\"\n{rest}}}\n");
    let lacks = ["1 blocks resource_group_name", "1 blocks location"];
    expect(&terraform(""), TextFormat::Terraform, &["|||uami-1|||"], &lacks);
    expect(&terraform("  # ...\n"), TextFormat::Terraform, &["|||uami-1|||"], &["1 warns Couldn't work out"; 2]);
    let item = format!(
        "{{ \"Name\": \"uami-1\", \"ResourceGroupName\": \"RG1\", \"ResourceType\": \"{TYPE}\", \"Location\": \"eastus\", \"Tags\": null }}"
    );
    expect(&format!("{{ \"value\": [ {item} ], \"Count\": 1 }}"), TextFormat::Template, &["|RG1|eastus|uami-1|||"], &[]);
}
