//! A lock as it is typed.

use serde_json::{Value, json};

use crate::arm::json::text;

/// The longest name and notes of a lock (Microsoft.Authorization 2020-05-01).
const NAME_MAX: usize = 90;
pub const NOTES_MAX: usize = 512;
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LockDraft {
    pub name: String,
    pub read_only: bool,
    pub notes: String,
}

impl LockDraft {
    pub fn json(&self) -> Value {
        json!({ "name": self.name, "readOnly": self.read_only, "notes": self.notes })
    }

    pub fn of_json(stored: &Value) -> Self {
        Self { name: text(stored, "name").to_owned(), read_only: stored["readOnly"] == true, notes: text(stored, "notes").to_owned() }
    }

    /// ARM's name for what it prevents.
    pub fn level(&self) -> &'static str {
        if self.read_only { "ReadOnly" } else { "CanNotDelete" }
    }

    /// Without white space around name and notes; `None` if Azure refuses one of them.
    pub fn settled(&self) -> Option<Self> {
        let (name, notes) = (self.name.trim(), self.notes.trim());
        let is_valid = is_name(name) && notes.chars().count() <= NOTES_MAX;
        is_valid.then(|| Self { name: name.to_owned(), read_only: self.read_only, notes: notes.to_owned() })
    }
}

/// Whether Azure accepts the name for a lock.
pub fn is_name(name: &str) -> bool {
    let letters = name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.()".contains(letter));
    (1..=NAME_MAX).contains(&name.len()) && letters && !name.ends_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_azure_takes_for_a_lock() {
        let long = "a".repeat(NAME_MAX + 1);
        for (name, expected) in
            [("keep", true), ("a.b(c)-_", true), ("", false), ("a.", false), ("a b", false), ("a/b", false), (&long, false)]
        {
            assert_eq!(is_name(name), expected, "{name}");
        }
    }
}
