//! The machine-readable report: all identities, and their problems.

use identity_portal::provisioning::field::description::Kind;
use identity_portal::provisioning::field::{FIELDS, REPORTS};
use serde_json::{Map, Value, json};

use crate::finding::{Examined, Finding, Identity, level, subject};
use crate::inert;

pub(crate) fn report(examined: &[Examined]) -> String {
    let files: Vec<Value> = examined
        .iter()
        .map(|examined| {
            json!({
                "file": examined.file,
                "kind": kind(examined),
                "identities": examined.identities.iter().map(identity).collect::<Vec<_>>(),
                "notes": examined.notes.iter().map(finding).collect::<Vec<_>>(),
            })
        })
        .collect();
    let mut text = inert::json(&json!({ "version": 1, "files": files }).to_string());
    text.push('\n');
    text
}

fn kind(examined: &Examined) -> &'static str {
    use identity_portal::parsing::TextFormat;
    match examined.kind {
        TextFormat::Nothing => "nothing",
        TextFormat::Bash => "bash",
        TextFormat::PowerShell => "powershell",
        TextFormat::Cmd => "cmd",
        TextFormat::Template => "arm-template",
        TextFormat::Bicep => "bicep",
        TextFormat::BicepParameters => "bicep-parameters",
        TextFormat::Terraform => "terraform",
        TextFormat::TerraformVariables => "terraform-variables",
        TextFormat::Request => "request",
        TextFormat::Table => "csv",
        TextFormat::Yaml => "yaml",
        TextFormat::Makefile => "makefile",
        TextFormat::Dockerfile => "dockerfile",
        TextFormat::Markdown => "markdown",
        TextFormat::Notebook => "notebook",
        TextFormat::Unknown => "unknown",
    }
}

fn identity(identity: &Identity) -> Value {
    let draft = &identity.draft;
    let mut values = Map::new();
    for (field, report) in FIELDS.iter().zip(&REPORTS) {
        let value = match field.kind {
            Kind::Text => Value::from(draft.value(field.field)),
            Kind::List { .. } => Value::from(draft.list(field.field)),
            Kind::Tags => draft.tags.iter().map(|tag| (tag.name.clone(), Value::from(tag.value.as_str()))).collect(),
        };
        values.insert(report.key.to_owned(), value);
    }
    values.insert("line".to_owned(), Value::from(identity.place.line));
    values.insert("column".to_owned(), Value::from(identity.place.column));
    values.insert("resourceGroupIsNew".to_owned(), Value::from(draft.group_is_new));
    values.insert("problems".to_owned(), identity.findings.iter().map(finding).collect());
    Value::Object(values)
}

fn finding(finding: &Finding) -> Value {
    json!({
        "level": level(finding.severity),
        "subject": subject(finding.subject),
        "tag": finding.tag,
        "message": finding.message,
        "line": finding.place.line,
        "column": finding.place.column,
    })
}
