//! Values that another file gives: parameters by name.

use std::collections::BTreeMap;

use super::item::{Item, Member, Piece, Value};
use super::names::{Names, Resolved};

/// The deepest nesting of values.
const NESTED_MAX: u32 = 8;

/// Values by name, as literal as they could be resolved where they stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Given {
    pub(super) values: Vec<(String, Value)>,
}

impl Given {
    /// Adds a value, resolved by the names of the file that gives it.
    pub(super) fn add(&mut self, name: &str, value: &Value, names: &Names) {
        self.values.push((name.to_owned(), settled(value, names, NESTED_MAX)));
    }

    /// The values by lower-case name.
    pub(super) fn by_name(&self) -> BTreeMap<String, &Value> {
        self.values.iter().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect()
    }
}

/// A value without names of the file that gives it: in another file, they would mean something else.
fn settled(value: &Value, names: &Names, left: u32) -> Value {
    // The variables of a parameters file mean the same anywhere.
    let foreign = |word: &str| if word.starts_with("${") { word.to_owned() } else { [word, " …"].concat() };
    match names.whole(value) {
        Value::Object(members) if left > 0 => {
            let member = |member: &Member| {
                let value = Item { at: member.value.at, value: settled(&member.value.value, names, left - 1) };
                Member { value, ..member.clone() }
            };
            Value::Object(members.iter().map(member).collect())
        }
        Value::List(items) if left > 0 => {
            Value::List(items.iter().map(|item| Item { at: item.at, value: settled(&item.value, names, left - 1) }).collect())
        }
        other => match names.meant(other) {
            Resolved::Unread(word) => Value::Word(foreign(&word)),
            Resolved::Partial(pieces) => Value::Pieces(
                pieces.into_iter().map(|piece| if let Piece::Word(word) = piece { Piece::Word(foreign(&word)) } else { piece }).collect(),
            ),
            meant => meant.into(),
        },
    }
}

/// The value that a function is given. An unknown one is kept as it is written, in quotes: its variables may mean something else there.
pub(super) fn passed(meant: Resolved) -> Value {
    match meant {
        Resolved::Text(text) => Value::Text(text),
        Resolved::Unread(word) if !word.is_empty() => Value::outside(&word),
        Resolved::Partial(pieces) => match pieces.as_slice() {
            [Piece::Word(word)] => Value::outside(word),
            _ => Value::Pieces(pieces),
        },
        meant => meant.into(),
    }
}

/// A value, placed at `at` of the file that uses it.
pub(super) fn placed(value: &Value, at: usize) -> Value {
    let mut value = value.clone();
    place(&mut value, at);
    value
}

/// Offsets of the other file mean nothing here.
fn place(value: &mut Value, at: usize) {
    match value {
        Value::List(items) => {
            for item in items {
                item.at = at;
                place(&mut item.value, at);
            }
        }
        Value::Object(members) => {
            for member in members {
                (member.at, member.value.at) = (at, at);
                place(&mut member.value.value, at);
            }
        }
        Value::Text(_) | Value::Pieces(_) | Value::Word(_) => {}
    }
}
