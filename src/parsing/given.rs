//! Values that another file gives: parameters by name.

use std::collections::BTreeMap;

use super::item::Value;
use super::names::Names;

/// Values by name, as literal as they could be resolved where they stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Given {
    pub(super) values: Vec<(String, Value)>,
}

impl Given {
    /// Adds a value, resolved by the names of the file that gives it.
    pub(super) fn add(&mut self, name: &str, value: &Value, names: &Names) {
        let value = match names.whole(value) {
            whole @ (Value::Object(_) | Value::List(_)) => whole.clone(),
            other => names.meant(other).into(),
        };
        self.values.push((name.to_owned(), value));
    }

    /// The values by lower-case name.
    pub(super) fn by_name(&self) -> BTreeMap<String, &Value> {
        self.values.iter().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect()
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
