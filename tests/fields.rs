//! What is written by the table of fields looks as it always did, and the files for hosts name the same fields.
#![expect(clippy::expect_used, reason = "a test may")]

use std::collections::BTreeSet;

use identity_portal::embed::values::Values;
use identity_portal::provisioning::draft::{Draft, TagRow};
use identity_portal::provisioning::field::description::{Choice, ConfigDefault, Description, Kind};
use identity_portal::provisioning::field::{CHOICES, COLUMNS, FIELDS, TOOLS};
use identity_portal::provisioning::{link, stored_draft};
use serde_json::Value;

const SCHEMA: &str = include_str!("../public/config.schema.json");
const TYPES: &str = include_str!("../public/embed.d.ts");
const DOCS: &str = include_str!("../docs/fields.md");

fn draft() -> Draft {
    Draft {
        subscription: "11111111-2222-3333-4444-555555555555".into(),
        resource_group: "rg-new".into(),
        group_is_new: true,
        tag_group: Some(true),
        region: "eastus".into(),
        region_chosen: true,
        name: "uami-apl2003".into(),
        isolation_scope: "Regional".into(),
        restrictions: vec!["Microsoft.Compute".into(), "Microsoft.Web/sites".into()],
        tags: vec![TagRow { name: "Env".into(), value: "prod".into() }],
        access: "{}".into(),
        direct: true,
    }
}

#[test]
fn stored_drafts_links_and_messages_look_as_they_always_did() {
    assert_eq!(
        stored_draft::write(&draft()),
        "subscription=11111111-2222-3333-4444-555555555555&resourceGroup=rg-new&region=eastus&name=uami-apl2003&isolationScope=Regional\
         &groupIsNew=&regionChosen=&direct=&tagGroup=true&restriction=Microsoft.Compute&restriction=Microsoft.Web%2Fsites\
         &access=%7B%7D&tagName=Env&tagValue=prod"
    );
    assert_eq!(
        link::query(&draft()),
        "subscription=11111111-2222-3333-4444-555555555555&resourceGroup=rg-new&region=eastus&name=uami-apl2003&isolationScope=Regional\
         &restrictions=Microsoft.Compute%2CMicrosoft.Web%2Fsites&tag.Env=prod"
    );
    assert_eq!(
        serde_json::to_string(&Values::of(&draft())).expect("JSON"),
        r#"{"subscription":"11111111-2222-3333-4444-555555555555","resourceGroup":"rg-new","newResourceGroup":true,"tagResourceGroup":true,"region":"eastus","name":"uami-apl2003","isolationScope":"Regional","restrictions":["Microsoft.Compute","Microsoft.Web/sites"],"tags":{"Env":"prod"}}"#
    );
}

/// The type that `embed.d.ts` gives a field.
fn type_of(field: &Description) -> String {
    match (choice(field), field.kind) {
        (Some(choice), _) => union(choice.values.iter().map(|(value, _)| *value)),
        (None, Kind::Text) => "string".to_owned(),
        (None, Kind::List { .. }) => "string[]".to_owned(),
        (None, Kind::Tags) => "Record<string, string>".to_owned(),
    }
}

fn choice(field: &Description) -> Option<&'static Choice> {
    CHOICES.iter().find(|choice| choice.field == field.field)
}

fn union<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.map(|word| ["\"", word, "\""].concat()).collect::<Vec<_>>().join(" | ")
}

/// What `types` lacks: the field's member of `IdentityValues`, in order, or a name in `FieldName`.
fn wrong_types(types: &str) -> Option<String> {
    let values = types.split("interface IdentityValues {").nth(1).and_then(|rest| rest.split('}').next()).unwrap_or_default();
    let members: Vec<&str> = values.lines().map(str::trim).filter(|line| line.ends_with(';')).collect();
    // What goes with the group.
    let members = members.into_iter().filter(|line| !["newResourceGroup?: boolean;", "tagResourceGroup?: boolean;"].contains(line));
    let expected: Vec<String> = FIELDS.iter().map(|field| [field.key, "?: ", &type_of(field), ";"].concat()).collect();
    if !members.eq(expected.iter().map(String::as_str)) {
        return Some(expected.join("\n"));
    }
    let names = ["export type FieldName = ", &union(FIELDS.iter().map(|field| field.key)), ";"].concat();
    (!types.contains(&names)).then_some(names)
}

#[test]
fn the_types_for_hosts_have_every_field() {
    assert_eq!(wrong_types(TYPES), None);
    for (has, lacks) in [("  region?: string;\n", ""), ("restrictions?: string[]", "restrictions?: string"), (" | \"tags\"", "")] {
        assert!(TYPES.contains(has) && wrong_types(&TYPES.replace(has, lacks)).is_some(), "{has}");
    }
}

/// The fields whose `defaults` differ between the schema and the table.
fn wrong_defaults(schema: &str) -> BTreeSet<String> {
    let schema: Value = serde_json::from_str(schema).expect("the schema is JSON");
    let defaults = schema["properties"]["defaults"]["properties"].as_object().expect("the schema has defaults");
    let is_right = |field: &Description| match (field.default, defaults.get(field.key)) {
        (ConfigDefault::Never, there) => there.is_none(),
        (_, None) => false,
        (ConfigDefault::OneOf(words), Some(there)) => there["enum"] == words.iter().map(|(word, _)| *word).collect::<Value>(),
        (ConfigDefault::Tags, Some(there)) => there["type"] == "object",
        (ConfigDefault::Text | ConfigDefault::Parsed(_), Some(there)) => there["$ref"].is_string(),
    };
    let unknown = defaults.keys().filter(|key| FIELDS.iter().all(|field| field.key != **key)).cloned();
    FIELDS.iter().filter(|field| !is_right(field)).map(|field| field.key.to_owned()).chain(unknown).collect()
}

#[test]
fn the_schema_of_config_json_has_every_default() {
    assert!(wrong_defaults(SCHEMA).is_empty(), "{:?}", wrong_defaults(SCHEMA));
    for (has, other, wrong) in [
        (r#""name": {"#, r#""title": {"#, "name"),
        (r#"["None", "Regional"]"#, r#"["None"]"#, "isolationScope"),
        (r#""isolationScope": {"#, r#""restrictions": {}, "isolationScope": {"#, "restrictions"),
        (r#""isolationScope": {"#, r#""costCenter": {}, "isolationScope": {"#, "costCenter"),
    ] {
        assert!(SCHEMA.contains(has), "{has}");
        assert!(wrong_defaults(&SCHEMA.replace(has, other)).contains(wrong), "{wrong}");
    }
    for choice in &CHOICES {
        let values: Vec<&str> = choice.values.iter().map(|(value, _)| *value).collect();
        assert!(
            matches!(choice.field.description().default, ConfigDefault::OneOf(words) if words.iter().map(|(word, _)| *word).eq(values))
        );
    }
}

/// What the tables of `docs` lack of each field: its key, whether `defaults` may say it, its columns, its options.
fn wrong_docs(docs: &str) -> Vec<String> {
    let mut lacking = Vec::new();
    for (field, columns) in FIELDS.iter().zip(&COLUMNS) {
        let start = ["| ", &field.field.label(), " | "].concat();
        let rows: String = docs.lines().filter(|line| line.starts_with(&start)).collect::<Vec<_>>().join("\n").to_lowercase();
        let tools = TOOLS.iter().filter(|tool| tool.field == field.field);
        let tools = tools.flat_map(|tool| [Some(tool.az), tool.azurerm]).flatten();
        let names = columns.iter().copied().chain([field.key]).chain(tools).map(|name| ["`", &name.to_lowercase(), "`"].concat());
        let default = if matches!(field.default, ConfigDefault::Never) { "| no |" } else { "| yes |" };
        lacking.extend(names.chain([default.to_owned()]).filter(|text| !rows.contains(text.as_str())));
    }
    lacking
}

#[test]
fn the_docs_tell_of_every_field() {
    assert_eq!(wrong_docs(DOCS), [""; 0]);
    for lacking in ["`restrictions`", "--resource-restriction", "`groupName`", " | no | "] {
        assert!(DOCS.contains(lacking) && !wrong_docs(&DOCS.replace(lacking, "-")).is_empty(), "{lacking}");
    }
}
