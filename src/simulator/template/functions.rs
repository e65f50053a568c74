//! The template functions that depend only on their arguments.

use std::collections::BTreeSet;

use serde_json::Value;

use super::budget::{VALUE_MAX, too_large};
use super::{TemplateError, find, words};
use crate::arm::guid::Guid;
use crate::simulator::ids;
use crate::simulator::json::{json, map};

/// Calls a function by its lower-case name.
pub(super) fn call(name: &str, values: &[Value]) -> Result<Value, TemplateError> {
    texts(name, values)
        .or_else(|| collections(name, values))
        .or_else(|| logic(name, values))
        .or_else(|| numbers(name, values))
        .unwrap_or_else(|| {
            let arguments_json: Vec<String> = values.iter().map(Value::to_string).collect();
            TemplateError::wrong(format!(
                "The template function '{name}' is not valid with the arguments '{}', or is not known here.",
                arguments_json.join(", ")
            ))
        })
}

/// A resource's ID below a scope, from its type and names.
pub(super) fn id_below(scope: &str, values: &[Value]) -> Result<Value, TemplateError> {
    let [Value::String(kind), names @ ..] = values else {
        return TemplateError::wrong("Unable to evaluate the template function: the type of the resource is missing.");
    };
    let mut types = kind.split('/');
    let namespace = types.next().unwrap_or_default();
    let types: Vec<&str> = types.collect();
    // A single argument may contain the parents' names: 'vault/secret'.
    let names: Vec<String> = names.iter().flat_map(|name| words(name).split('/').map(str::to_owned).collect::<Vec<_>>()).collect();
    if types.is_empty() || types.len() != names.len() {
        return TemplateError::wrong(format!(
            "Unable to evaluate template language function: the type '{kind}' requires '{}' resource name argument(s).",
            types.len()
        ));
    }
    let mut id = format!("{scope}/providers/{namespace}");
    if scope.starts_with("/subscriptions/") && kind.eq_ignore_ascii_case("Microsoft.Resources/resourceGroups") {
        return Ok(format!("{scope}/resourceGroups/{}", names[0]).into());
    }
    for (kind, name) in types.iter().zip(&names) {
        id.push('/');
        id.push_str(kind);
        id.push('/');
        id.push_str(name);
    }
    Ok(id.into())
}

type FunctionResult = Option<Result<Value, TemplateError>>;

fn texts(name: &str, values: &[Value]) -> FunctionResult {
    let value: Value = match (name, values) {
        ("concat", [Value::Array(_), ..]) => {
            values.iter().map(|value| value.as_array().cloned().unwrap_or_default()).collect::<Vec<_>>().concat().into()
        }
        ("concat", [_, ..]) => values.iter().map(words).collect::<String>().into(),
        ("format", [Value::String(pattern), arguments @ ..]) => return Some(format(pattern, arguments)),
        ("tolower", [Value::String(text)]) => text.to_lowercase().into(),
        ("toupper", [Value::String(text)]) => text.to_ascii_uppercase().into(),
        ("trim", [Value::String(text)]) => text.trim().into(),
        ("string", [value]) => words(value).into(),
        ("guid", [_, ..]) => Guid::of_template(&joined(values)).as_str().into(),
        ("uniquestring", [_, ..]) => unique(&joined(values)).into(),
        ("replace", [Value::String(text), Value::String(old), Value::String(new)]) if !old.is_empty() => {
            if exceeds(text.matches(old.as_str()).count(), new.len()) {
                return Some(too_large());
            }
            text.replace(old, new).into()
        }
        ("split", [Value::String(text), Value::String(by)]) if !by.is_empty() => {
            if text.matches(by.as_str()).count() > VALUE_MAX {
                return Some(too_large());
            }
            text.split(by.as_str()).collect::<Vec<_>>().into()
        }
        ("join", [Value::Array(items), Value::String(by)]) => {
            if exceeds(items.len(), by.len()) {
                return Some(too_large());
            }
            items.iter().map(words).collect::<Vec<_>>().join(by).into()
        }
        ("startswith", [Value::String(text), Value::String(start)]) => text.to_lowercase().starts_with(&start.to_lowercase()).into(),
        ("endswith", [Value::String(text), Value::String(end)]) => text.to_lowercase().ends_with(&end.to_lowercase()).into(),
        ("substring", [Value::String(text), start, rest @ ..]) => {
            let skip = size(start)?;
            let length = text.chars().count();
            let take = rest.first().map_or(Some(length.saturating_sub(skip)), size)?;
            if skip.saturating_add(take) > length {
                return Some(TemplateError::wrong(
                    "The index and length of the template function 'substring' must refer to a place within the string.",
                ));
            }
            text.chars().skip(skip).take(take).collect::<String>().into()
        }
        ("padleft", [text, width, rest @ ..]) => {
            let (text, width) = (words(text), size(width)?.min(1_000));
            let filler = rest.first().and_then(Value::as_str).and_then(|text| text.chars().next()).unwrap_or(' ');
            let missing = width.saturating_sub(text.chars().count());
            let mut padded: String = std::iter::repeat_n(filler, missing).collect();
            padded.push_str(&text);
            padded.into()
        }
        ("json", [Value::String(text)]) => match serde_json::from_str(text) {
            Ok(value) => value,
            Err(error) => return Some(TemplateError::wrong(format!("The template function 'json' has an invalid argument: {error}."))),
        },
        ("tenantresourceid", _) => return Some(id_below("", values)),
        ("extensionresourceid", [Value::String(scope), rest @ ..]) => return Some(id_below(scope, rest)),
        _ => return None,
    };
    Some(Ok(value))
}

fn collections(name: &str, values: &[Value]) -> FunctionResult {
    let value: Value = match (name, values) {
        ("createarray", _) => values.to_vec().into(),
        ("array", [Value::Array(items)]) => items.clone().into(),
        ("array", [value]) => vec![value.clone()].into(),
        ("createobject", _) if values.len().is_multiple_of(2) => {
            map(&mut values.chunks_exact(2).map(|pair| (words(&pair[0]), pair[1].clone()))).into()
        }
        ("union", [Value::Object(_), ..]) => {
            let fields = values.iter().filter_map(Value::as_object).flatten();
            map(&mut fields.map(|(name, value)| (name.clone(), value.clone()))).into()
        }
        ("union", [Value::Array(_), ..]) => {
            let mut items: Vec<Value> = Vec::new();
            let mut seen = BTreeSet::new();
            for item in values.iter().filter_map(Value::as_array).flatten() {
                if seen.insert(item.to_string()) {
                    items.push(item.clone());
                }
            }
            items.into()
        }
        ("length", [Value::Array(items)]) => items.len().into(),
        ("length", [Value::Object(fields)]) => fields.len().into(),
        ("length", [Value::String(text)]) => text.chars().count().into(),
        ("empty", [value]) => match value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(fields) => fields.is_empty(),
            _ => return None,
        }
        .into(),
        ("contains", [Value::Array(items), item]) => items.contains(item).into(),
        ("contains", [Value::String(text), part]) => text.contains(&words(part)).into(),
        ("contains", [Value::Object(fields), name]) => find(fields, &words(name)).is_some().into(),
        ("tryget", [Value::Object(fields), name]) => find(fields, &words(name)).cloned().unwrap_or_default(),
        ("tryget", [Value::Array(items), at]) => size(at).and_then(|at| items.get(at)).cloned().unwrap_or_default(),
        ("tryget", [Value::Null, _]) => Value::Null,
        ("first", [Value::Array(items)]) => items.first().cloned().unwrap_or_default(),
        ("first", [Value::String(text)]) => text.chars().next().map(String::from).unwrap_or_default().into(),
        ("last", [Value::Array(items)]) => items.last().cloned().unwrap_or_default(),
        ("last", [Value::String(text)]) => text.chars().last().map(String::from).unwrap_or_default().into(),
        ("take", [Value::Array(items), count]) => items.iter().take(size(count).unwrap_or(0)).cloned().collect::<Vec<_>>().into(),
        ("take", [Value::String(text), count]) => text.chars().take(size(count).unwrap_or(0)).collect::<String>().into(),
        ("skip", [Value::Array(items), count]) => items.iter().skip(size(count).unwrap_or(0)).cloned().collect::<Vec<_>>().into(),
        ("skip", [Value::String(text), count]) => text.chars().skip(size(count).unwrap_or(0)).collect::<String>().into(),
        ("items", [Value::Object(fields)]) => {
            fields.iter().map(|(name, value)| json!({ "key": name, "value": value })).collect::<Vec<_>>().into()
        }
        // The limits are Azure's.
        ("range", [start, count]) => {
            let (start, count) = (start.as_i64()?, count.as_i64()?);
            let end = start.checked_add(count).filter(|end| (0..=10_000).contains(&count) && *end <= i64::from(i32::MAX));
            let Some(end) = end else {
                return Some(TemplateError::wrong(format!(
                    "Unable to evaluate template language function 'range': the parameter 'count' must be between '0' and '10000', and the sum of 'startIndex' and 'count' must not exceed '{}'. Please see https://aka.ms/arm-function-range for usage details.",
                    i32::MAX
                )));
            };
            (start..end).collect::<Vec<_>>().into()
        }
        _ => return None,
    };
    Some(Ok(value))
}

fn logic(name: &str, values: &[Value]) -> FunctionResult {
    let value: Value = match (name, values) {
        ("true", []) => true.into(),
        ("false", []) => false.into(),
        ("null", []) => Value::Null,
        ("not", [Value::Bool(value)]) => (!value).into(),
        ("equals", [one, other]) => (one == other).into(),
        ("bool", [value]) => match words(value).to_ascii_lowercase().as_str() {
            "true" | "1" => true,
            "false" | "0" => false,
            _ => return None,
        }
        .into(),
        ("less" | "lessorequals" | "greater" | "greaterorequals", [one, other]) => {
            let order = match (one, other) {
                (Value::String(one), Value::String(other)) => one.cmp(other),
                _ => one.as_i64()?.cmp(&other.as_i64()?),
            };
            match name {
                "less" => order.is_lt(),
                "lessorequals" => order.is_le(),
                "greater" => order.is_gt(),
                _ => order.is_ge(),
            }
            .into()
        }
        _ => return None,
    };
    Some(Ok(value))
}

fn numbers(name: &str, values: &[Value]) -> FunctionResult {
    let value = match (name, values) {
        ("int", [value]) => words(value).trim().parse::<i64>().ok(),
        ("min", [_, ..]) => many(values)?.into_iter().min(),
        ("max", [_, ..]) => many(values)?.into_iter().max(),
        (_, [one, other]) => {
            let (one, other) = (one.as_i64()?, other.as_i64()?);
            match name {
                "add" => one.checked_add(other),
                "sub" => one.checked_sub(other),
                "mul" => one.checked_mul(other),
                "div" => one.checked_div(other),
                "mod" => one.checked_rem(other),
                _ => return None,
            }
        }
        _ => return None,
    };
    value.map(|value| Ok(value.into()))
}

fn many(values: &[Value]) -> Option<Vec<i64>> {
    match values {
        [Value::Array(items)] => items.iter().map(Value::as_i64).collect(),
        _ => values.iter().map(Value::as_i64).collect(),
    }
}

/// Whether `count` texts of `length` exceed the size of a value.
fn exceeds(count: usize, length: usize) -> bool {
    count.saturating_mul(length) / 16 > VALUE_MAX
}

fn size(value: &Value) -> Option<usize> {
    value.as_u64().and_then(|value| usize::try_from(value).ok())
}

fn joined(values: &[Value]) -> String {
    values.iter().map(words).collect::<Vec<_>>().join("-")
}

// Thirteen base-32 characters, as in Azure, but not the same ones: Azure's hash is not public.
fn unique(text: &str) -> String {
    let mut hash = ids::hash(text.as_bytes(), 1);
    let mut unique = String::new();
    for _ in 0..13 {
        unique.push(char::from(b"abcdefghijklmnopqrstuvwxyz234567"[(hash & 31) as usize]));
        hash >>= 5;
    }
    unique
}

// .NET's composite format, as far as templates use it: {0}, {{ and }}.
fn format(pattern: &str, arguments: &[Value]) -> Result<Value, TemplateError> {
    let invalid = || TemplateError::wrong("Unable to evaluate template language function 'format': the format is invalid.");
    let mut text = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(['{', '}']) {
        text.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            text.push_str(brace);
            rest = after;
            continue;
        }
        let Some((place, after)) = rest.split_once('}').filter(|_| brace == "{") else { return invalid() };
        let number = place.split([':', ',']).next().and_then(|number| number.trim().parse::<usize>().ok());
        let Some(argument) = number.and_then(|number| arguments.get(number)) else { return invalid() };
        text.push_str(&words(argument));
        if text.len() / 16 > VALUE_MAX {
            return too_large();
        }
        rest = after;
    }
    text.push_str(rest);
    Ok(text.into())
}
