//! The values that a loop goes through.

use super::Bash;
use crate::parsing::cursor::Cursor;
use crate::parsing::item::Value;
use crate::parsing::names::Resolved;

impl Bash<'_, '_> {
    /// The values in the list of a loop.
    pub(super) fn values(&mut self) -> Vec<Value> {
        let mut values = Vec::new();
        loop {
            self.blanks(false);
            if matches!(self.peek(), None | Some('\n' | ';' | ')' | '&' | '|')) {
                break;
            }
            let word = self.word();
            if word.to == word.from {
                self.step();
                continue;
            }
            let (raw, quoted) = (self.text.get(word.from..word.to).unwrap_or_default(), word.quoted);
            if let Some(numbers) = numbers(raw) {
                values.extend(numbers);
                continue;
            }
            for word in self.expand(word) {
                let meant = self.session.scopes.names.meant(&word.item.value);
                values.extend(match meant {
                    Resolved::Text(text) if !quoted && text.contains('{') => alternatives(&text),
                    Resolved::Text(text) if quoted || !text.contains(['*', '?']) => vec![Value::Text(text)],
                    Resolved::Partial(pieces) => vec![Value::Pieces(pieces)],
                    _ => vec![Value::Word(String::new())],
                });
            }
        }
        values
    }
}

/// The numbers of `{1..3}` or `$(seq 1 3)`.
fn numbers(raw: &str) -> Option<Vec<Value>> {
    let braces = raw.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).and_then(|range| range.split_once(".."));
    let (first, last) = braces.or_else(|| {
        let range = raw.strip_prefix("$(seq ")?.strip_suffix(')')?.trim();
        Some(range.split_once(' ').unwrap_or(("1", range)))
    })?;
    let (first, last) = (first.parse::<u16>().ok()?, last.parse::<u16>().ok()?);
    let number = |number: u16| Value::Text(number.to_string());
    Some((first..=last).take(super::ITERATIONS_MAX + 1).map(number).collect())
}

/// The texts of `a{b,c}`.
fn alternatives(text: &str) -> Vec<Value> {
    let whole = || vec![Value::Text(text.to_owned())];
    let Some((before, rest)) = text.split_once('{') else { return whole() };
    let Some((inside, after)) = rest.split_once('}') else { return whole() };
    if !inside.contains(',') || inside.contains('{') || after.contains('{') || inside.contains("..") {
        return vec![Value::Word(String::new())];
    }
    inside.split(',').map(|part| Value::Text([before, part, after].concat())).collect()
}
