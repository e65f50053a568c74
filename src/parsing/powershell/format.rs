//! The operator `-f`: `'id-{0}' -f $env`.

use super::Script;
use super::values::pieces;
use crate::parsing::cursor::Cursor;
use crate::parsing::item::{Item, Piece, Value};

impl Script<'_, '_> {
    /// Reads the operator and its operands, which are put into the text before; `false` if there is none.
    pub(super) fn format(&mut self, item: &mut Item) -> bool {
        let rest = self.rest();
        let is_operator = rest.get(..2).is_some_and(|operator| operator.eq_ignore_ascii_case("-f"))
            && rest[2..].starts_with([' ', '\t', '$', '(', '\'', '"', '@']);
        let Some(pattern) = pieces(&item.value).filter(|_| is_operator) else { return false };
        self.at += 2;
        let mut operands = Vec::new();
        loop {
            self.blanks(true);
            let before = self.at;
            let operand = self.primary();
            match operand.value {
                Value::List(items) => operands.extend(items),
                _ => operands.push(operand),
            }
            let end = self.at;
            self.blanks(false);
            if !self.starts(",") || end == before {
                self.at = end;
                break;
            }
            self.at += 1;
        }
        item.value = filled(&pattern, &operands).map_or_else(|| Value::Word(String::new()), Value::of);
        true
    }
}

/// A text with its placeholders replaced; `None` if that can't be worked out.
fn filled(pattern: &[Piece], operands: &[Item]) -> Option<Vec<Piece>> {
    let mut all = Vec::new();
    for piece in pattern {
        let Piece::Text(text) = piece else {
            all.push(piece.clone());
            continue;
        };
        let mut rest = text.as_str();
        while let Some(at) = rest.find(['{', '}']) {
            let brace = rest.get(at..=at)?;
            let after = rest.get(at + 1..)?;
            all.push(Piece::Text(rest[..at].to_owned()));
            if let Some(after) = after.strip_prefix(brace) {
                all.push(Piece::Text(brace.to_owned()));
                rest = after;
                continue;
            }
            let (inside, after) = after.split_once('}')?;
            let (number, form) = inside.split_once([':', ',']).unwrap_or((inside, ""));
            let operand = operands.get(number.trim().parse::<usize>().ok()?)?;
            // How it would be written isn't known.
            all.extend(if form.is_empty() { pieces(&operand.value)? } else { vec![Piece::Word(inside.to_owned())] });
            rest = after;
        }
        all.push(Piece::Text(rest.to_owned()));
    }
    Some(all)
}
