//! The machine-readable report: all identities, and their problems.

use serde_json::{Map, Value, json};

use crate::finding::{Examined, Finding, Identity, SUBJECTS, level};
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
        TextFormat::Template => "arm-template",
        TextFormat::Bicep => "bicep",
        TextFormat::Terraform => "terraform",
        TextFormat::Request => "request",
        TextFormat::Table => "csv",
        TextFormat::Unknown => "unknown",
    }
}

fn identity(identity: &Identity) -> Value {
    let draft = &identity.draft;
    let tags: Map<String, Value> = draft.tags.iter().map(|tag| (tag.name.clone(), Value::from(tag.value.as_str()))).collect();
    json!({
        "line": identity.place.line,
        "column": identity.place.column,
        "subscription": draft.subscription,
        "resourceGroup": draft.resource_group,
        "resourceGroupIsNew": draft.group_is_new,
        "region": draft.region,
        "name": draft.name,
        "isolationScope": draft.isolation_scope,
        "resourceRestrictions": draft.restrictions,
        "tags": tags,
        "problems": identity.findings.iter().map(finding).collect::<Vec<_>>(),
    })
}

fn finding(finding: &Finding) -> Value {
    let (subject, _) = SUBJECTS[finding.subject];
    json!({
        "level": level(finding.severity),
        "subject": subject,
        "tag": finding.tag,
        "message": finding.message,
        "line": finding.place.line,
        "column": finding.place.column,
    })
}
