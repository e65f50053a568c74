//! A hand-written JSON reader that collects a sentence for every problem, named by its path (`rules.requiredTags[0].name`).

use serde_json::{Map, Value};

use crate::messages::{self, Message, Sentence};

/// The problems found so far.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) problems: Vec<Sentence>,
}

/// A value and its path.
#[derive(Clone)]
pub(super) struct Located<'a> {
    pub(super) path: String,
    pub(super) value: &'a Value,
}

/// An object and its path.
pub(super) struct Object<'a> {
    path: String,
    members: &'a Map<String, Value>,
}

impl<'a> Object<'a> {
    /// The root object.
    pub(super) fn top(members: &'a Map<String, Value>) -> Self {
        Self { path: String::new(), members }
    }

    /// The value of a key, if present.
    pub(super) fn get(&self, key: &str) -> Option<Located<'a>> {
        self.members.get(key).map(|value| Located { path: self.path_of(key), value })
    }

    pub(super) fn members(&self) -> impl Iterator<Item = (&'a String, Located<'a>)> {
        self.members.iter().map(|(key, value)| (key, Located { path: self.path_of(key), value }))
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { [&self.path, ".", key].concat() }
    }
}

impl Reader {
    /// Records a problem at a path.
    pub(super) fn problem(&mut self, path: &str, message: Message) {
        self.problems.push(message.with([path]));
    }

    /// Records unknown keys.
    pub(super) fn reject_unknown_keys(&mut self, object: &Object<'_>, known: &[&str]) {
        for key in object.members.keys().filter(|key| !known.contains(&key.as_str())) {
            self.problem(&object.path_of(key), messages::CONFIG_UNKNOWN_KEY);
        }
    }

    /// The object at a key.
    pub(super) fn object<'a>(&mut self, object: &Object<'a>, key: &str, known: &[&str]) -> Option<Object<'a>> {
        object.get(key).and_then(|found| self.as_object(found, known))
    }

    /// The value as an object; unknown keys are problems.
    pub(super) fn as_object<'a>(&mut self, found: Located<'a>, known: &[&str]) -> Option<Object<'a>> {
        let object = self.as_map(found)?;
        self.reject_unknown_keys(&object, known);
        Some(object)
    }

    /// The value as an object with any keys.
    pub(super) fn as_map<'a>(&mut self, found: Located<'a>) -> Option<Object<'a>> {
        let Value::Object(members) = found.value else {
            self.problem(&found.path, messages::CONFIG_NOT_OBJECT);
            return None;
        };
        Some(Object { path: found.path, members })
    }

    /// The entries of the list at a key; empty if the key is absent.
    pub(super) fn list<'a>(&mut self, object: &Object<'a>, key: &str) -> Vec<Located<'a>> {
        let Some(found) = object.get(key) else { return Vec::new() };
        let Value::Array(entries) = found.value else {
            self.problem(&found.path, messages::CONFIG_NOT_LIST);
            return Vec::new();
        };
        let path = |at: usize| [found.path.as_str(), "[", &at.to_string(), "]"].concat();
        entries.iter().enumerate().map(|(at, value)| Located { path: path(at), value }).collect()
    }

    /// The string at a key.
    pub(super) fn text<'a>(&mut self, object: &Object<'a>, key: &str) -> Option<&'a str> {
        object.get(key).and_then(|found| self.as_text(&found))
    }

    /// The string at a required key.
    pub(super) fn required<'a>(&mut self, object: &Object<'a>, key: &str) -> Option<&'a str> {
        if object.get(key).is_none() {
            self.problem(&object.path_of(key), messages::CONFIG_MISSING);
        }
        self.text(object, key)
    }

    /// The value as a non-empty string.
    pub(super) fn as_text<'a>(&mut self, found: &Located<'a>) -> Option<&'a str> {
        let text = found.value.as_str().filter(|text| !text.is_empty());
        if text.is_none() {
            self.problem(&found.path, messages::CONFIG_NOT_TEXT);
        }
        text
    }

    /// The string at a key, parsed by `parse`; `message` is the problem if that fails.
    pub(super) fn parsed<'a, T>(&mut self, object: &Object<'a>, key: &str, parse: fn(&'a str) -> Option<T>, message: Message) -> Option<T> {
        object.get(key).and_then(|found| self.as_parsed(&found, parse, message))
    }

    /// The string parsed by `parse`; `message` is the problem if that fails.
    pub(super) fn as_parsed<'a, T>(&mut self, found: &Located<'a>, parse: fn(&'a str) -> Option<T>, message: Message) -> Option<T> {
        let parsed = parse(self.as_text(found)?);
        if parsed.is_none() {
            self.problem(&found.path, message);
        }
        parsed
    }

    /// The value that `words` maps the string at a key to.
    pub(super) fn word<T: Copy>(&mut self, object: &Object<'_>, key: &str, words: &[(&str, T)]) -> Option<T> {
        let found = object.get(key)?;
        let meant = words.iter().find(|(word, _)| found.value.as_str() == Some(word)).map(|(_, meant)| *meant);
        if meant.is_none() {
            let mut list = String::new();
            for (word, _) in words {
                list.push_str(if list.is_empty() { "" } else { ", " });
                list.push_str(word);
            }
            self.problems.push(messages::CONFIG_NOT_ONE_OF.with([&found.path, &list]));
        }
        meant
    }
}
