//! Small accessors for JSON values. Serde's derived deserialisers would cost some kB of wasm per type; these share their code,
//! and an odd shape gives `None` instead of an error deep inside.

use serde_json::Value;

/// The value at a dotted path (`properties.provisioningState`).
pub(crate) fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |value, key| value.get(key))
}

/// The string at a dotted path; empty if there is none.
pub(crate) fn text<'a>(value: &'a Value, path: &str) -> &'a str {
    at(value, path).and_then(Value::as_str).unwrap_or_default()
}

/// The string at a dotted path, unless it is empty.
pub(crate) fn some_text(value: &Value, path: &str) -> Option<String> {
    Some(text(value, path)).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// The entries of the list at a dotted path; empty if there is no list.
pub(crate) fn list<'a>(value: &'a Value, path: &str) -> &'a [Value] {
    at(value, path).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// The strings of the list at a dotted path.
pub(crate) fn texts(value: &Value, path: &str) -> Vec<String> {
    list(value, path).iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// `value` as JSON text. A float, which neither the form's requests nor its lists have, would become `null`: serde's own writer brings the
/// tables that floats need, a sixth of what is loaded for the lists.
pub(crate) fn written(value: &Value) -> String {
    let mut text = String::new();
    write(&mut text, value);
    text
}

fn write(text: &mut String, value: &Value) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => text.push_str(&number.to_string()),
            (None, Some(number)) => text.push_str(&number.to_string()),
            (None, None) => text.push_str("null"),
        },
        Value::String(value) => quote(text, value),
        Value::Array(items) => {
            let mut before = '[';
            for item in items {
                text.push(before);
                write(text, item);
                before = ',';
            }
            text.push_str(if items.is_empty() { "[]" } else { "]" });
        }
        Value::Object(fields) => {
            let mut before = '{';
            for (name, value) in fields {
                text.push(before);
                quote(text, name);
                text.push(':');
                write(text, value);
                before = ',';
            }
            text.push_str(if fields.is_empty() { "{}" } else { "}" });
        }
    }
}

fn quote(text: &mut String, mut value: &str) {
    text.push('"');
    while let Some(at) = value.bytes().position(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
        let (plain, rest) = value.split_at(at);
        text.push_str(plain);
        let (special, rest) = rest.split_at(1);
        match special {
            "\"" => text.push_str("\\\""),
            "\\" => text.push_str("\\\\"),
            "\n" => text.push_str("\\n"),
            "\r" => text.push_str("\\r"),
            "\t" => text.push_str("\\t"),
            "\u{8}" => text.push_str("\\b"),
            "\u{c}" => text.push_str("\\f"),
            _ => text.extend(special.bytes().map(|byte| format!("\\u{byte:04x}"))),
        }
        value = rest;
    }
    text.push_str(value);
    text.push('"');
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn writes_what_serde_writes() {
        let every: String = (0..0x300).chain(0x1f600..0x1f610).filter_map(char::from_u32).collect();
        for value in [
            json!(null),
            json!([]),
            json!({}),
            json!([true, false, null, 0, 7, -7, i64::MIN, u64::MAX, [[]], [{}]]),
            json!({ "b": { "c": [] }, "a\"\u{1}": every, "": "", "z": "\\" }),
        ] {
            assert_eq!(written(&value), value.to_string());
        }
        assert_eq!(written(&json!([1.5])), "[null]");
    }
}
