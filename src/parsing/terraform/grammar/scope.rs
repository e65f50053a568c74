//! The values of names, and the evaluation of expressions with them.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;

use super::{Hcl, Step};
use crate::parsing::cursor::Cursor;
use crate::parsing::given::Given;
use crate::parsing::item::{Item, Member, Piece, Value, get, is_number};
use crate::parsing::names::{GROUP_REGION, LENGTH_MAX};

/// Maximum values evaluated per text: names can refer to names, and a hostile text can multiply them.
const WORK_MAX: usize = 2_000_000;
pub(in crate::parsing::terraform) const GROUP: &str = "azurerm_resource_group";
/// The attributes that others refer to.
const SHARED: [&str; 5] = ["name", "location", "tags", "resource_group_name", "type"];

/// Names of a module and their values, not evaluated.
#[derive(Default)]
pub(in crate::parsing::terraform) struct Scope {
    /// Each with whether it comes from another file.
    names: BTreeMap<String, (Item, bool)>,
    work: Cell<usize>,
    /// Whether a variable was used since it was last reset: its value may be another one than its default.
    pub(in crate::parsing::terraform) varies: Cell<bool>,
}

/// A name with a value in a loop.
pub(in crate::parsing::terraform) struct Bound<'a> {
    pub(in crate::parsing::terraform) name: &'a str,
    pub(in crate::parsing::terraform) item: &'a Item,
    pub(in crate::parsing::terraform) next: Option<&'a Bound<'a>>,
}

/// A literal as text.
pub(in crate::parsing::terraform) fn plain(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        Value::Word(word) if word == "true" || word == "false" || is_number(word) => Some(word),
        _ => None,
    }
}

pub(in crate::parsing::terraform) fn is_null(item: &Item) -> bool {
    matches!(&item.value, Value::Word(word) if word == "null")
}

/// The values that a file's blocks define.
pub(in crate::parsing::terraform) fn defined<'a>(blocks: impl Iterator<Item = &'a Member>) -> Given {
    let mut given = Given::default();
    for block in blocks {
        let members = block.value.members();
        let label = |at: usize| block.labels.get(at).map_or("", String::as_str);
        let mut define = |parts: &[&str], value: &Value| given.values.push((parts.join("."), value.clone()));
        match block.name.as_str() {
            // A default of nothing is meant to be replaced.
            "variable" => match get(members, "default") {
                Some(item) if !is_null(item) && plain(&item.value) != Some("") => define(&["var", label(0)], &item.value),
                _ => {}
            },
            "locals" => members.iter().for_each(|member| define(&["local", &member.name], &member.value.value)),
            "provider" => {
                let alias = get(members, "alias").map_or("", Item::start);
                if let Some(item) = get(members, "subscription_id") {
                    define(&["provider", label(0), alias], &item.value);
                }
            }
            kind @ ("resource" | "data") => {
                let parts: &[&str] = if kind == "data" { &["data", label(0), label(1)] } else { &[label(0), label(1)] };
                for property in SHARED {
                    if let Some(item) = get(members, property) {
                        define(&[parts, &[property]].concat(), &item.value);
                    }
                }
                if kind == "data" && label(0) == GROUP {
                    define(&[parts, &["location"]].concat(), &Value::Word(GROUP_REGION.to_owned()));
                }
                if let Some(name) = get(members, "name").filter(|_| label(0) == GROUP || label(0) == "azapi_resource") {
                    // Refers to the group itself when azapi names its parent.
                    define(&[parts, &["id"]].concat(), &name.value);
                }
            }
            _ => {}
        }
    }
    given
}

impl Scope {
    /// The names of a file, and those that its neighbours and the values of its variables give.
    pub(in crate::parsing::terraform) fn new(own: Given, given: &Given) -> Self {
        let mut scope = Self::default();
        let (own, given) = (own.values, given.values.iter().cloned());
        for ((name, value), foreign) in own.into_iter().map(|own| (own, false)).chain(given.map(|given| (given, true))) {
            if scope.names.get(&name).is_none_or(|(known, _)| known.value != value) {
                scope.names.insert(name, (Item { at: 0, value }, foreign));
            }
        }
        scope
    }

    fn spend(&self, work: usize) -> bool {
        self.work.set(self.work.get() + work);
        self.work.get() < WORK_MAX
    }

    /// `item` with every name replaced by its value where that is known.
    pub(in crate::parsing::terraform) fn value(&self, item: &Item, bound: Option<&Bound>, depth: u32) -> Item {
        let at = item.at;
        if !self.spend(1) {
            return Item { at, value: Value::Word("…".to_owned()) };
        }
        let value = match &item.value {
            Value::Text(text) => {
                self.spend(text.len() / 64);
                Value::Text(text.clone())
            }
            Value::Word(word) => return self.expression(word, at, bound, depth),
            Value::Pieces(pieces) => match pieces.as_slice() {
                [Piece::Word(word)] => return self.expression(word, at, bound, depth),
                pieces => Value::of(self.pieces(pieces, at, bound, depth)),
            },
            Value::List(items) => Value::List(items.iter().map(|item| self.value(item, bound, depth)).collect()),
            Value::Object(members) => Value::Object(members.iter().map(|member| self.member(member, bound, depth)).collect()),
        };
        Item { at, value }
    }

    fn member(&self, member: &Member, bound: Option<&Bound>, depth: u32) -> Member {
        let value = self.value(&member.value, bound, depth);
        let (mut name, mut computed) = (member.name.clone(), member.computed);
        if computed && let Some(known) = plain(&self.expression(&name, member.at, bound, depth).value) {
            (name, computed) = (known.to_owned(), false);
        }
        Member { at: member.at, name, computed, labels: member.labels.clone(), value }
    }

    fn pieces(&self, pieces: &[Piece], at: usize, bound: Option<&Bound>, depth: u32) -> Vec<Piece> {
        let mut known: Vec<Piece> = Vec::new();
        let mut length = 0;
        for piece in pieces {
            let more = match piece {
                Piece::Text(text) => vec![Piece::Text(text.clone())],
                Piece::Word(word) => match self.expression(word, at, bound, depth).value {
                    Value::Pieces(pieces) => pieces,
                    value => match plain(&value) {
                        Some(text) => vec![Piece::Text(text.to_owned())],
                        None => vec![Piece::Word(word.clone())],
                    },
                },
            };
            for piece in more {
                match (piece, known.last_mut()) {
                    (Piece::Text(more), _) if length + more.len() > LENGTH_MAX => known.push(Piece::Word("…".to_owned())),
                    (Piece::Text(more), Some(Piece::Text(text))) => {
                        length += more.len();
                        text.push_str(&more);
                    }
                    (piece, _) => known.push(piece),
                }
            }
            self.spend(1 + length / 64);
        }
        known
    }

    /// Evaluates the text of an expression.
    fn expression(&self, word: &str, at: usize, bound: Option<&Bound>, depth: u32) -> Item {
        let unknown = || Item { at, value: Value::Word(word.to_owned()) };
        if word.is_empty() || word == GROUP_REGION || !self.spend(1 + word.len() / 16) {
            return unknown();
        }
        let mut hcl = Hcl { base: at, depth, inside: true, scope: Some(self), bound, ..Hcl::new(word) };
        let item = hcl.expression();
        hcl.blanks();
        if hcl.rest().is_empty() && hcl.errors.is_empty() { item } else { unknown() }
    }

    /// The value of a name with the traversal after it.
    pub(in crate::parsing::terraform) fn named(
        &self,
        name: &str,
        steps: &[Step],
        bound: Option<&Bound>,
        at: usize,
        depth: u32,
    ) -> Option<Item> {
        // An index tells the copies of a resource apart, which share their attributes.
        let resource = !matches!(name, "var" | "local" | "each" | "count");
        let mut path = name.to_owned();
        for length in 0..=steps.len().min(4) {
            if let Some(step) = length.checked_sub(1).and_then(|last| steps.get(last)) {
                if step.is_index && resource && length > 1 {
                    continue;
                }
                path.push('.');
                path.push_str(step.key.as_deref()?);
            }
            let rest = &steps[length..];
            let mut frame = bound;
            while let Some(Bound { name, item, next }) = frame {
                if *name == path {
                    return self.follow(item, rest, bound, depth);
                }
                frame = *next;
            }
            if let Some((item, foreign)) = self.names.get(&path) {
                if path.starts_with("var.") {
                    self.varies.set(true);
                }
                if !self.spend(1) {
                    return None;
                }
                let mut item = self.follow(item, rest, None, depth + 1)?;
                if *foreign {
                    settle(&mut item, at);
                }
                item.at = at;
                return Some(item);
            }
        }
        None
    }

    /// The value that a traversal from `item` leads to.
    pub(in crate::parsing::terraform) fn follow(&self, item: &Item, steps: &[Step], bound: Option<&Bound>, depth: u32) -> Option<Item> {
        let mut item = Cow::Borrowed(item);
        for step in steps {
            if matches!(item.value, Value::Word(_) | Value::Pieces(_)) {
                item = Cow::Owned(self.value(&item, bound, depth));
            }
            let key = step.key.as_deref()?;
            self.spend(1 + item.members().len() / 16).then_some(())?;
            let next = |item: &'_ Item| match &item.value {
                Value::Object(members) => members.iter().position(|member| !member.computed && member.name == key),
                Value::List(items) => key.parse().ok().filter(|at| *at < items.len()),
                _ => None,
            };
            let next = next(&item)?;
            item = match item {
                Cow::Borrowed(Item { value: Value::Object(members), .. }) => Cow::Borrowed(&members.get(next)?.value),
                Cow::Borrowed(item) => Cow::Borrowed(item.items().get(next)?),
                Cow::Owned(Item { value: Value::Object(mut members), .. }) => Cow::Owned(members.swap_remove(next).value),
                Cow::Owned(Item { value: Value::List(mut items), .. }) => Cow::Owned(items.swap_remove(next)),
                Cow::Owned(_) => return None,
            };
        }
        Some(self.value(&item, bound, depth))
    }

    /// The keys and values that a loop goes through; `None` if they are unknown.
    pub(in crate::parsing::terraform) fn elements(&self, over: &Item) -> Option<Vec<(Item, Item)>> {
        let elements: Vec<(Item, Item)> = match &over.value {
            Value::List(items) => {
                let key = |at: usize, item: &Item| Item { at: item.at, value: Value::Word(at.to_string()) };
                items.iter().enumerate().map(|(at, item)| (key(at, item), item.clone())).collect()
            }
            Value::Object(members) => {
                let known = members.iter().all(|member| !member.computed);
                known.then(|| members.iter().map(|member| (Item::text(member.at, &member.name), member.value.clone())).collect())?
            }
            _ => return None,
        };
        self.spend(elements.len() * 4).then_some(elements)
    }

    /// The elements of the alternative that has some, of a condition that is unknown.
    pub(in crate::parsing::terraform) fn alternative(&self, word: &str, at: usize) -> Option<Item> {
        let mut hcl = Hcl { base: at, inside: true, scope: Some(self), ..Hcl::new(word) };
        let is_full = |item: &Item| self.elements(item).is_some_and(|elements| !elements.is_empty());
        hcl.alternatives()?.into_iter().find(is_full)
    }

    pub(in crate::parsing::terraform) fn get(&self, name: &str) -> Option<Item> {
        let (item, _) = self.names.get(name)?;
        Some(self.value(item, None, 0))
    }
}

/// Places a value from another file where it is used.
fn settle(item: &mut Item, at: usize) {
    item.at = at;
    match &mut item.value {
        Value::List(items) => items.iter_mut().for_each(|item| settle(item, at)),
        Value::Object(members) => {
            for member in members {
                member.at = at;
                settle(&mut member.value, at);
            }
        }
        _ => {}
    }
}
