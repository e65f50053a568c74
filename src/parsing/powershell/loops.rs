//! Loops, whose bodies are read for each value.

use super::Script;
use crate::parsing::item::{Item, Value};
use crate::parsing::scopes::ITERATIONS_MAX;

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
            self.repeat(&name, &values);
        }
    }

    /// The elements of a literal list; empty if they are unknown.
    pub(super) fn elements(&self, value: &Item) -> Vec<Value> {
        let names = &self.session.scopes.names;
        match names.whole(&value.value) {
            Value::List(items) => items.iter().map(|item| names.meant(&item.value).into()).collect(),
            Value::Text(text) => vec![Value::Text(text.clone())],
            _ => Vec::new(),
        }
    }

    /// A block, once for each of `values`.
    pub(super) fn repeat(&mut self, name: &str, values: &[Value]) {
        let start = self.at;
        let unknown = [Value::Word(String::new())];
        let values = if values.is_empty() || values.len() > ITERATIONS_MAX { &unknown } else { values };
        let mark = self.session.mark();
        let branch = self.session.enter();
        for (count, value) in values.iter().enumerate() {
            if count > 0 && !self.session.scopes.again(self.at - start) {
                self.session.note_unread(self.place(start), crate::messages::READ_LOOP_LONG);
                break;
            }
            self.at = start;
            if !name.is_empty() {
                self.session.scopes.set(name, Some(value.clone()));
            }
            self.group();
        }
        let mut changed = self.session.leave(branch);
        changed.retain(|changed| changed != name);
        // A variable that changes from one iteration to the next.
        if values == unknown && !changed.is_empty() && self.session.scopes.again(self.at - start) {
            self.session.back_to(mark);
            let branch = self.session.enter();
            self.session.scopes.forget(changed.iter().cloned().chain([name.to_owned()]));
            self.at = start;
            self.group();
            self.session.leave(branch);
        }
    }
}
