//! What a script's branches, loops and functions do to its variables, in any shell, and how often a text may be read again.

use std::collections::BTreeMap;

use super::item::{Item, Piece, Value};
use super::names::{Expressions, Names, Resolved};

/// Maximum iterations of one loop.
pub(super) const ITERATIONS_MAX: usize = 100;
/// Maximum nesting of commands.
const NESTED_MAX: u32 = 48;
/// The bytes that may be read again besides the text's own length.
const AGAIN: usize = 100_000;

/// A script's variables.
pub(super) struct Scopes {
    pub(super) names: Names,
    /// What each assignment inside a branch replaced.
    replaced: Vec<(String, Option<Value>)>,
    branches: u32,
    nested: u32,
    /// The bytes that may still be read again.
    again: usize,
    /// Whether a text is only skipped to find its end.
    pub(super) skips: bool,
}

/// The start of a branch.
#[derive(Clone, Copy)]
pub(super) struct Branch(usize);

impl Scopes {
    pub(super) fn new(length: usize) -> Self {
        let names = Names::new(Expressions::Words);
        Self { names, replaced: Vec::new(), branches: 0, nested: 0, again: 2 * length + AGAIN, skips: false }
    }

    /// Assigns a variable, or makes it unknown.
    pub(super) fn set(&mut self, name: &str, value: Option<Value>) {
        if self.skips {
            return;
        }
        let before = self.names.replace(name, value);
        if self.branches > 0 {
            self.replaced.push((name.to_owned(), before));
        }
    }

    /// Assigns what `value` means now, since its variables may change later.
    pub(super) fn assign(&mut self, name: &str, value: &Value) {
        let value = match value {
            Value::List(items) => {
                let meant = |item: &Item| {
                    let value = match self.resolved(name, &item.value) {
                        // Told as it was written.
                        Value::Word(word) if word.is_empty() => Value::outside(self.names.meant(&item.value).unread().unwrap_or_default()),
                        value => value,
                    };
                    Item { at: item.at, value }
                };
                Value::List(items.iter().map(meant).collect())
            }
            Value::Object(_) => value.clone(),
            value => self.resolved(name, value),
        };
        self.set(name, Some(value));
    }

    fn resolved(&self, name: &str, value: &Value) -> Value {
        match self.names.meant(value) {
            Resolved::Text(text) => Value::Text(text),
            Resolved::Partial(pieces) if !pieces.iter().any(|piece| matches!(piece, Piece::Word(word) if word.contains(name))) => {
                Value::Pieces(pieces)
            }
            _ if matches!(value, Value::Object(_) | Value::List(_)) => value.clone(),
            _ => Value::Word(String::new()),
        }
    }

    /// Makes variables unknown.
    pub(super) fn forget(&mut self, names: impl IntoIterator<Item = String>) {
        for name in names {
            self.set(&name, Some(Value::Word(String::new())));
        }
    }

    pub(super) fn enter(&mut self) -> Branch {
        self.branches += 1;
        Branch(self.replaced.len())
    }

    /// Restores the variables as they were before the branch; returns the names of those that it changed.
    pub(super) fn leave(&mut self, branch: Branch) -> Vec<String> {
        self.branches -= 1;
        let mut before: BTreeMap<String, Option<Value>> = BTreeMap::new();
        for (name, value) in self.replaced.drain(branch.0.min(self.replaced.len())..).rev() {
            before.insert(name, value);
        }
        let mut changed = Vec::new();
        for (name, value) in before {
            let after = self.names.replace(&name, value.clone());
            if after != value {
                changed.push(name);
            }
        }
        changed
    }

    /// Ends a branch that surely runs: its assignments stay.
    pub(super) fn merge(&mut self) {
        self.branches -= 1;
        if self.branches == 0 {
            self.replaced.clear();
        }
    }

    /// Begins a nested command, unless it is nested too deeply.
    pub(super) fn deeper(&mut self) -> bool {
        let allowed = self.nested < NESTED_MAX;
        self.nested += u32::from(allowed);
        allowed
    }

    pub(super) fn shallower(&mut self) {
        self.nested -= 1;
    }

    /// Whether `length` bytes may be read once more.
    pub(super) fn again(&mut self, length: usize) -> bool {
        let allowed = length < self.again;
        self.again = self.again.saturating_sub(if allowed { length + 1 } else { 0 });
        allowed
    }
}
