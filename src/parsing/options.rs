//! A command's options: `-n x`, `--name=x`, `-Name x`, and positional arguments.

use super::item::{Item, Value};
use crate::provisioning::field::TOOLS;

/// An option with its values.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Given {
    pub(super) at: usize,
    /// As written, with its hyphens.
    pub(super) name: String,
    pub(super) values: Vec<Item>,
}

/// The positional arguments before the first option, and the options in order. With `joined`, a value may directly follow a
/// single letter, as in `-gRG1`.
pub(super) fn options(words: &[Item], joined: bool) -> (Vec<Item>, Vec<Given>) {
    let mut before = Vec::new();
    let mut given: Vec<Given> = Vec::new();
    for word in words {
        if let Some((name, value)) = option(word, joined) {
            given.push(Given { at: word.at, name, values: value.into_iter().collect() });
        } else if let Some(last) = given.last_mut() {
            last.values.push(word.clone());
        } else {
            before.push(word.clone());
        }
    }
    (before, given)
}

/// The option in a word, and the value joined to it by `=` (or `:` in PowerShell).
fn option(word: &Item, joined: bool) -> Option<(String, Option<Item>)> {
    let start = word.start();
    // An argument with a blank before its `=` is no option to `az`.
    let name = start.split(['=', ':']).next().unwrap_or_default();
    let is_option = start.len() > 1
        && start.starts_with('-')
        && !start[1..].starts_with(|next: char| next.is_ascii_digit())
        && !(joined && name.contains(' '));
    if !is_option {
        return None;
    }
    let joint = if start.starts_with("--") { '=' } else { start.chars().find(|letter| matches!(letter, '=' | ':')).unwrap_or('=') };
    if let Some((name, value)) = word.split(joint) {
        return Some((name, Some(value).filter(|value| value.value != Value::Text(String::new()) || joint == '=')));
    }
    let Value::Text(text) = &word.value else { return None };
    let short = joined && !text.starts_with("--") && text.len() > 2 && text.is_char_boundary(2);
    if short { Some((text[..2].to_owned(), Some(Item::text(word.at, &text[2..])))) } else { Some((text.clone(), None)) }
}

/// The value of the first option of `known` that is one of `wanted`.
pub(super) fn value_of<'a>(given: &'a [Given], known: &[&str], wanted: &[&str]) -> Option<&'a Item> {
    given.iter().find(|given| given.of(known).is_some_and(|name| wanted.contains(&name))).and_then(Given::value)
}

impl Given {
    /// The value, if there is exactly one.
    pub(super) fn value(&self) -> Option<&Item> {
        self.values.first()
    }

    /// Matches it against `known`, by full name or unique prefix.
    pub(super) fn of<'a>(&self, known: &[&'a str]) -> Option<&'a str> {
        let same = |name: &&&str| name.eq_ignore_ascii_case(&self.name);
        let whole = known.iter().find(same).copied();
        let begins = |name: &&&str| name.get(..self.name.len()).is_some_and(|start| start.eq_ignore_ascii_case(&self.name));
        let mut beginning = known.iter().filter(begins).filter(|_| self.name.len() > 1);
        whole.or_else(|| beginning.next().copied().filter(|_| beginning.next().is_none()))
    }

    /// Matches it against the options of `az`: case matters, and an option that only recent versions have does not make the
    /// beginning of another one ambiguous.
    pub(super) fn of_az<'a>(&self, known: &[&'a str]) -> Option<&'a str> {
        let whole = known.iter().find(|name| **name == self.name).copied();
        let begins = |name: &&&str| self.name.len() > 2 && self.name.starts_with("--") && name.starts_with(&self.name);
        let recent = |name: &&str| *name == "--resource-name" || TOOLS.iter().any(|tool| tool.az == *name);
        let mut beginning: Vec<&str> = known.iter().filter(begins).copied().collect();
        beginning.sort_by_key(recent);
        match beginning.as_slice() {
            _ if whole.is_some() => whole,
            [one] => Some(one),
            [one, another, ..] if !recent(one) && recent(another) => Some(one),
            _ => None,
        }
    }

    /// The long option of `known` that is meant by one with a single hyphen, such as `-name x`: it was read as `-n ame`.
    pub(super) fn with_one_hyphen(&self, known: &[&str]) -> Option<Self> {
        let (joint, values) = self.values.split_first().filter(|(joint, _)| joint.at == self.at && self.name.len() == 2)?;
        let word = ["-", &self.name, joint.start()].concat();
        known.iter().find(|known| **known == word)?;
        Some(Self { at: self.at, name: word, values: values.to_vec() })
    }

    /// Whether it is the beginning of several parameters.
    pub(super) fn is_ambiguous(&self, known: &[&str]) -> bool {
        let begins = |name: &&&str| name.get(..self.name.len()).is_some_and(|start| start.eq_ignore_ascii_case(&self.name));
        known.iter().filter(begins).count() > 1
    }
}
