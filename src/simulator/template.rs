//! ARM templates: their expressions, parameters and resources. Evaluation errors use ARM's wording.

pub(crate) mod budget;
pub(crate) mod evaluate;
mod expression;
mod functions;
pub(crate) mod parameters;
pub(crate) mod resources;
#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

/// Why an expression has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TemplateError {
    /// The template is invalid; holds the message.
    Wrong(String),
    /// It depends on a resource that does not exist yet.
    NotYet,
}

/// Maximum characters of an error message, which may quote evaluated text.
const MESSAGE_MAX: usize = 2_000;

/// Truncates an overlong message.
pub(crate) fn truncated(why: &str) -> &str {
    why.char_indices().nth(MESSAGE_MAX).map_or(why, |(end, _)| &why[..end])
}

impl TemplateError {
    pub(crate) fn wrong<T>(message: impl Into<String>) -> Result<T, Self> {
        Err(Self::Wrong(message.into()))
    }
}

/// A field by name, case-insensitively.
pub(crate) fn find<'map>(fields: &'map Map<String, Value>, name: &str) -> Option<&'map Value> {
    fields.get(name).or_else(|| fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value))
}

/// A value as text: a string without its quotes.
pub(crate) fn words(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
