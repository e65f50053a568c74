//! Reads JSON by hand, and keeps a sentence for everything wrong in it, named by its place (`rules.requiredTags[0].name`).

use serde_json::{Map, Value};

use crate::messages::{self, Message, Sentence};

/// What was wrong so far.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) problems: Vec<Sentence>,
}

/// A value and its place.
#[derive(Clone)]
pub(super) struct Located<'a> {
    pub(super) place: String,
    pub(super) value: &'a Value,
}

/// An object and its place.
pub(super) struct Object<'a> {
    place: String,
    members: &'a Map<String, Value>,
}

impl<'a> Object<'a> {
    /// The object at the top.
    pub(super) fn top(members: &'a Map<String, Value>) -> Self {
        Self { place: String::new(), members }
    }

    /// The value of a key, if it is there.
    pub(super) fn get(&self, key: &str) -> Option<Located<'a>> {
        self.members.get(key).map(|value| Located { place: self.place_of(key), value })
    }

    /// All keys and values.
    pub(super) fn members(&self) -> impl Iterator<Item = (&'a String, Located<'a>)> {
        self.members.iter().map(|(key, value)| (key, Located { place: self.place_of(key), value }))
    }

    fn place_of(&self, key: &str) -> String {
        if self.place.is_empty() { key.to_owned() } else { [&self.place, ".", key].concat() }
    }
}

impl Reader {
    /// Notes what is wrong at a place.
    pub(super) fn wrong(&mut self, place: &str, message: Message) {
        self.problems.push(message.with([place]));
    }

    /// Notes the keys that are not known.
    pub(super) fn only(&mut self, object: &Object<'_>, known: &[&str]) {
        for key in object.members.keys().filter(|key| !known.contains(&key.as_str())) {
            self.wrong(&object.place_of(key), messages::CONFIG_UNKNOWN_KEY);
        }
    }

    /// The object at a key.
    pub(super) fn object<'a>(&mut self, object: &Object<'a>, key: &str, known: &[&str]) -> Option<Object<'a>> {
        object.get(key).and_then(|found| self.as_object(found, known))
    }

    /// The value as an object.
    pub(super) fn as_object<'a>(&mut self, found: Located<'a>, known: &[&str]) -> Option<Object<'a>> {
        let object = self.as_map(found)?;
        self.only(&object, known);
        Some(object)
    }

    /// The value as an object with any keys.
    pub(super) fn as_map<'a>(&mut self, found: Located<'a>) -> Option<Object<'a>> {
        let Value::Object(members) = found.value else {
            self.wrong(&found.place, messages::CONFIG_NOT_OBJECT);
            return None;
        };
        Some(Object { place: found.place, members })
    }

    /// The entries of the list at a key; none where it is not there.
    pub(super) fn list<'a>(&mut self, object: &Object<'a>, key: &str) -> Vec<Located<'a>> {
        let Some(found) = object.get(key) else { return Vec::new() };
        let Value::Array(entries) = found.value else {
            self.wrong(&found.place, messages::CONFIG_NOT_LIST);
            return Vec::new();
        };
        let place = |at: usize| [found.place.as_str(), "[", &at.to_string(), "]"].concat();
        entries.iter().enumerate().map(|(at, value)| Located { place: place(at), value }).collect()
    }

    /// The text at a key.
    pub(super) fn text<'a>(&mut self, object: &Object<'a>, key: &str) -> Option<&'a str> {
        object.get(key).and_then(|found| self.as_text(&found))
    }

    /// The text at a key that must be there.
    pub(super) fn needed<'a>(&mut self, object: &Object<'a>, key: &str) -> Option<&'a str> {
        if object.get(key).is_none() {
            self.wrong(&object.place_of(key), messages::CONFIG_MISSING);
        }
        self.text(object, key)
    }

    /// The value as a text that is not empty.
    pub(super) fn as_text<'a>(&mut self, found: &Located<'a>) -> Option<&'a str> {
        let text = found.value.as_str().filter(|text| !text.is_empty());
        if text.is_none() {
            self.wrong(&found.place, messages::CONFIG_NOT_TEXT);
        }
        text
    }

    /// The text at a key, read by `parse`, which fails with `message`.
    pub(super) fn parsed<'a, T>(&mut self, object: &Object<'a>, key: &str, parse: fn(&'a str) -> Option<T>, message: Message) -> Option<T> {
        object.get(key).and_then(|found| self.as_parsed(&found, parse, message))
    }

    /// The text, read by `parse`, which fails with `message`.
    pub(super) fn as_parsed<'a, T>(&mut self, found: &Located<'a>, parse: fn(&'a str) -> Option<T>, message: Message) -> Option<T> {
        let parsed = parse(self.as_text(found)?);
        if parsed.is_none() {
            self.wrong(&found.place, message);
        }
        parsed
    }

    /// What stands beside the word at a key.
    pub(super) fn word<T: Copy>(&mut self, object: &Object<'_>, key: &str, words: &[(&str, T)]) -> Option<T> {
        let found = object.get(key)?;
        let meant = words.iter().find(|(word, _)| found.value.as_str() == Some(word)).map(|(_, meant)| *meant);
        if meant.is_none() {
            let mut list = String::new();
            for (word, _) in words {
                list.push_str(if list.is_empty() { "" } else { ", " });
                list.push_str(word);
            }
            self.problems.push(messages::CONFIG_NOT_ONE_OF.with([&found.place, &list]));
        }
        meant
    }
}
