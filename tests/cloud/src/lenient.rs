//! Request bodies as Azure's own parser accepts them: with comments, unquoted names, single quotes and trailing commas. `az
//! deployment` sends a template file verbatim.

use jsonc_parser::{ParseOptions, parse_to_serde_value};
use serde_json::Value;

/// `body` as strict JSON; anything that is not even leniently an object is unchanged.
pub(crate) fn strict(body: String) -> String {
    if serde_json::from_str::<Value>(&body).is_ok() {
        return body;
    }
    let options = ParseOptions { allow_missing_commas: false, ..ParseOptions::default() };
    match parse_to_serde_value(&body, &options) {
        Ok(value @ Value::Object(_)) => value.to_string(),
        _ => body,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_what_azure_parses() {
        for (body, expected) in [
            (r#"{ "a": 1 }"#, r#"{ "a": 1 }"#),
            (
                r#"{"properties": {"mode": "Incremental", template:{ "a": [1,], /* x */ }}}"#,
                r#"{"properties":{"mode":"Incremental","template":{"a":[1]}}}"#,
            ),
            ("{\n // why\n 'a': \"it's\" }", r#"{"a":"it's"}"#),
            ("{ \"a\": \"two\nlines\" }", r#"{"a":"two\nlines"}"#),
            (r#"{ "a": "#, r#"{ "a": "#),
            (r#"{ "a": 1 "b": 2 }"#, r#"{ "a": 1 "b": 2 }"#),
            ("<html>", "<html>"),
            ("", ""),
        ] {
            assert_eq!(strict(body.to_owned()), expected, "{body}");
        }
    }
}
