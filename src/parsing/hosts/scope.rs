//! The names that a host gives values to, and its expressions: `${{ … }}`, `{{ … }}`, `$(NAME)`.

use super::super::TextFormat;
use super::super::embedded::Embedded;

/// Maximum names that have values at the same place.
const NAMES_MAX: usize = 200;
/// Maximum length of a name's value.
const VALUE_MAX: usize = 1_024;
/// Maximum length of an expression.
const EXPRESSION_MAX: usize = 500;
/// What may stand before a name in an expression.
const BEFORE: [&str; 7] = ["github.event.inputs.", "inputs.", "env.", "variables.", "parameters.", "vars.", "."];

/// The names in force, the innermost last.
#[derive(Default)]
pub(super) struct Scope {
    names: Vec<Name>,
}

struct Name {
    key: String,
    /// `None` if it isn't literal.
    value: Option<String>,
    at: usize,
    /// Whether scripts see it as a variable of the environment.
    environment: bool,
}

impl Scope {
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    pub(super) fn truncate(&mut self, length: usize) {
        self.names.truncate(length);
    }

    /// Gives a name its value as written.
    pub(super) fn insert(&mut self, name: &str, value: &str, at: usize, environment: bool) {
        let literal = !value.is_empty()
            && value.len() <= VALUE_MAX
            && !value.contains(['$', '%', '`', '\'', '\n', '\\', '"'])
            && !value.contains("{{");
        if self.names.len() < NAMES_MAX && name.len() <= VALUE_MAX {
            self.names.push(Name { key: name.to_owned(), value: literal.then(|| value.to_owned()), at, environment });
        }
    }

    /// The value of a name, if it is known.
    pub(super) fn value(&self, expression: &str) -> Option<String> {
        let expression = expression.trim().replace("['", ".").replace("']", "");
        let name = BEFORE.iter().find_map(|before| expression.strip_prefix(before)).unwrap_or(&expression);
        self.names.iter().rev().find(|known| known.key.eq_ignore_ascii_case(name)).and_then(|known| known.value.clone())
    }

    /// Assignments of the environment's variables, in the language of a script.
    pub(super) fn assignments(&self, kind: TextFormat) -> Embedded {
        let mut start = Embedded::default();
        for Name { key, value, at, environment } in &self.names {
            let name = key.replace('.', "_");
            let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            let Some(value) = value.as_ref().filter(|_| *environment && is_name) else { continue };
            let (before, between, after) = match kind {
                TextFormat::PowerShell => ("$env:", " = '", "'\n"),
                TextFormat::Cmd => ("set \"", "=", "\"\n"),
                _ => ("", "='", "'\n"),
            };
            start.put(*at, &[before, &name, between, value, after].concat());
        }
        start
    }

    /// An expression at `at` of a script: its length, and its value if known.
    pub(super) fn expression(&self, text: &str, at: usize) -> Option<(usize, Option<String>)> {
        let rest = text.get(at..)?;
        let limited = rest.char_indices().nth(EXPRESSION_MAX).map_or(rest, |(end, _)| &rest[..end]);
        for (open, close) in [("${{", "}}"), ("{{", "}}")] {
            if let Some(inside) = limited.strip_prefix(open) {
                let end = inside.find(close)?;
                return Some((open.len() + end + close.len(), self.value(&inside[..end])));
            }
        }
        let inside = limited.strip_prefix("$(")?;
        let end = inside.find(')')?;
        let is_name = |name: &str| {
            name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
        };
        is_name(&inside[..end]).then(|| (end + 3, self.value(&inside[..end])))
    }
}
