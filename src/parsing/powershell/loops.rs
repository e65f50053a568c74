//! Loops, whose bodies are read for each value.

use super::Script;
use crate::parsing::cursor::Cursor;
use crate::parsing::item::{Item, Member, Value};
use crate::parsing::names::Names;
use crate::parsing::shell::Shell;

impl Script<'_, '_> {
    /// `foreach ($name in values) { … }`.
    pub(super) fn foreach(&mut self) {
        self.at += "foreach".len();
        self.blanks(true);
        let (mut name, mut values) = (String::new(), Vec::new());
        if self.starts("(") {
            self.at += 1;
            self.blanks(true);
            name = self.variable().unwrap_or_default();
            self.blanks(true);
            self.take("in");
            if let Some(value) = self.statements() {
                values = self.elements(&value);
            }
            self.at += usize::from(self.starts(")"));
        }
        self.blanks(true);
        if self.starts("{") {
            self.repeat(&name, &values, Self::body_of_loop);
        }
    }

    /// The elements of a literal list; empty if they are unknown.
    pub(super) fn elements(&self, value: &Item) -> Vec<Value> {
        let names = &self.session.scopes.names;
        match names.whole(&value.value) {
            Value::List(items) => items.iter().map(|item| element(names.whole(&item.value), names)).collect(),
            object @ Value::Object(_) => vec![object.clone()],
            Value::Text(text) => vec![Value::Text(text.clone())],
            _ => Vec::new(),
        }
    }

    pub(super) fn body_of_loop(&mut self) {
        self.group();
    }
}

/// What an element is now.
fn element(value: &Value, names: &Names) -> Value {
    match value {
        Value::Object(members) => {
            let meant = |member: &Member| Member {
                value: Item { at: member.value.at, value: element(&member.value.value, names) },
                ..member.clone()
            };
            Value::Object(members.iter().map(meant).collect())
        }
        Value::List(_) => value.clone(),
        value => names.meant(value).into(),
    }
}
