//! A template's parameters: given values and defaults, checked against their definitions.

use serde_json::{Map, Value};

use super::evaluate::EvaluationContext;
use super::{TemplateError, find, words};
use crate::simulator::deployment::DeploymentTarget;
use crate::simulator::json::json;
use crate::simulator::world::World;

/// Parameter values, by the template's names.
pub(crate) fn resolve(
    world: &World,
    place: DeploymentTarget<'_>,
    template: &Value,
    given: &Value,
    now: u64,
) -> Result<Map<String, Value>, TemplateError> {
    let none = Map::new();
    let defined = template["parameters"].as_object().unwrap_or(&none);
    let given = given.as_object().unwrap_or(&none);
    let unknown: Vec<&str> = given.keys().filter(|name| find(defined, name).is_none()).map(String::as_str).collect();
    if !unknown.is_empty() {
        let known: Vec<&str> = defined.keys().map(String::as_str).collect();
        return TemplateError::wrong(format!(
            "The template parameters '{}' in the parameters file are not valid; they are not present in the original template and can therefore not be provided at deployment time. The only supported parameters for this template are '{}'. Please see https://aka.ms/arm-pass-parameter-values for usage details.",
            unknown.join(", "),
            known.join(", ")
        ));
    }
    let mut resolved = Map::new();
    // A default may use other parameters, in any order: defaults are evaluated repeatedly until nothing changes.
    let mut open: Vec<(&String, &Value)> = Vec::new();
    for (name, definition) in defined {
        match find(given, name).map(|given| &given["value"]) {
            Some(value) if !value.is_null() => {
                check(name, definition, value)?;
                resolved.insert(name.clone(), value.clone());
            }
            _ if definition.get("defaultValue").is_some() => open.push((name, &definition["defaultValue"])),
            _ if definition["nullable"] == json!(true) => drop(resolved.insert(name.clone(), Value::Null)),
            _ => {
                return TemplateError::wrong(format!(
                    "The value for the template parameter '{name}' at line '1' and column '1' is not provided. Please see https://aka.ms/arm-create-parameter-file for usage details."
                ));
            }
        }
    }
    while !open.is_empty() {
        let mut later = Vec::new();
        let mut trouble = None;
        for &(name, default) in &open {
            let scope = EvaluationContext {
                world,
                place,
                template,
                parameters: &resolved,
                planned: &[],
                running: false,
                copy: None,
                now,
                depth: 0,
            };
            match scope.value(default) {
                Ok(value) => {
                    check(name, &defined[name], &value)?;
                    resolved.insert(name.clone(), value);
                }
                Err(reason) => {
                    later.push((name, default));
                    trouble = Some(reason);
                }
            }
        }
        match trouble {
            Some(trouble) if later.len() == open.len() => return Err(trouble),
            _ => open = later,
        }
    }
    Ok(resolved)
}

/// The parameters as a deployment shows them, without the values of secrets.
pub(crate) fn shown(template: &Value, resolved: &Map<String, Value>) -> Value {
    let mut shown = Map::new();
    for (name, value) in resolved {
        let kind = words(&template["parameters"][name]["type"]);
        let secret = kind.to_ascii_lowercase().starts_with("secure");
        let mut letters = kind.chars();
        let kind: String = letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect();
        shown.insert(name.clone(), if secret { json!({ "type": kind }) } else { json!({ "type": kind, "value": value }) });
    }
    Value::Object(shown)
}

fn check(name: &str, definition: &Value, value: &Value) -> Result<(), TemplateError> {
    let kind = definition["type"].as_str().unwrap_or_default().to_ascii_lowercase();
    let fits = match kind.as_str() {
        "string" | "securestring" => value.is_string(),
        "int" => value.is_i64(),
        "bool" => value.is_boolean(),
        "array" => value.is_array(),
        "object" | "secureobject" => value.is_object(),
        // Newer templates reference their own types by `$ref`.
        _ => definition.get("$ref").is_some(),
    };
    let invalid = |why: String| {
        TemplateError::wrong(format!(
            "The provided value for the template parameter '{name}' is not valid. {why} Please see https://aka.ms/arm-create-parameter-file for usage details."
        ))
    };
    if !fits {
        return invalid(format!("Expected a value of type '{kind}', but received '{value}'."));
    }
    if let Some(allowed) = definition["allowedValues"].as_array().filter(|allowed| !allowed.contains(value)) {
        let allowed: Vec<String> = allowed.iter().map(words).collect();
        return invalid(format!("The value '{}' is not part of the allowed value(s): '{}'.", words(value), allowed.join(",")));
    }
    let length = match value {
        Value::String(text) => text.chars().count(),
        Value::Array(items) => items.len(),
        _ => return Ok(()),
    } as u64;
    match (definition["minLength"].as_u64(), definition["maxLength"].as_u64()) {
        (Some(least), _) if length < least => invalid(format!("Length of the value should be greater than or equal to '{least}'.")),
        (_, Some(most)) if length > most => invalid(format!("Length of the value should be less than or equal to '{most}'.")),
        _ => Ok(()),
    }
}
