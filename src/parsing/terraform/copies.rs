//! `count` and `for_each`: how many identities a block creates.

use std::ops::Range;

use super::Reader;
use super::grammar::scope::{Bound, plain};
use crate::messages;
use crate::parsing::item::{Item, Member, Piece, Value, get};
use crate::parsing::parsed_identity::{Note, ParsedIdentity, keep};
use crate::parsing::resource::elided;
use crate::provisioning::field::Field;

/// Maximum identities read from one block.
const COPIES_MAX: usize = 100;

/// What a block creates.
enum Copies {
    Known(Vec<(Item, Item)>),
    /// One, if a condition holds.
    Perhaps,
    Unknown,
}

pub(super) type Fill<'a> = fn(&mut Reader<'a>, &mut ParsedIdentity, &'a [Member], Option<&Bound>);

impl<'a> Reader<'a> {
    /// Reads each identity that `block` creates.
    pub(super) fn copies(&mut self, block: &'a Member, range: &Range<usize>, fill: Fill<'a>) {
        if self.is_full {
            return self.reading.accounted.push(range.clone());
        }
        let members = block.value.members();
        let (name, item) = match (get(members, "count"), get(members, "for_each")) {
            (Some(item), _) => ("count", item),
            (None, Some(item)) => ("for_each", item),
            (None, None) => return self.copy(members, range, false, None, fill),
        };
        let choice = match &item.value {
            Value::Word(word) => Some(word),
            Value::Pieces(pieces) => match pieces.as_slice() {
                [Piece::Word(word)] => Some(word),
                _ => None,
            },
            _ => None,
        };
        let choice = choice.filter(|word| word.contains('?')).map(String::as_str);
        self.scope.varies.set(false);
        let copies = if name == "count" { self.counted(item, choice.is_some()) } else { self.listed(item, choice) };
        match copies {
            Copies::Known(elements) => {
                if elements.is_empty() {
                    self.reading.accounted.push(range.clone());
                }
                if elements.len() > COPIES_MAX {
                    self.reading.notes.push(Note::warns(item.at, messages::READ_COPIES_MANY.with([&COPIES_MAX.to_string()])));
                }
                let conditional = choice.is_some() && self.scope.varies.get();
                for (key, value) in elements.iter().take(COPIES_MAX) {
                    let index = Bound { name: "count.index", item: key, next: None };
                    let values = Bound { name: "each.value", item: value, next: None };
                    let keys = Bound { name: "each.key", item: key, next: Some(&values) };
                    self.copy(members, range, conditional, Some(if name == "count" { &index } else { &keys }), fill);
                }
            }
            Copies::Perhaps => {
                let first = number(item.at, 0);
                let index = Bound { name: "count.index", item: &first, next: None };
                self.copy(members, range, true, Some(&index), fill);
            }
            Copies::Unknown => {
                let address = [if block.name == "module" { "module." } else { "" }, &block.labels.join(".")].concat();
                self.reading.notes.push(Note::warns(item.at, messages::READ_LOOP.with([&address])));
                self.copy(members, range, true, None, fill);
            }
        }
    }

    fn copy(&mut self, members: &'a [Member], range: &Range<usize>, conditional: bool, bound: Option<&Bound>, fill: Fill<'a>) {
        if self.is_full {
            return;
        }
        let mut found = ParsedIdentity { end: range.end, conditional, ..ParsedIdentity::at(range.start) };
        fill(self, &mut found, members, bound);
        if found.draft.subscription.is_empty() {
            self.subscription(&mut found, members);
        }
        elided(&mut found, self.text, &[Field::Name, Field::Region, Field::ResourceGroup]);
        found.explain_empty(Field::Subscription, messages::READ_NO_SUBSCRIPTION);
        let before = self.reading.found.len();
        keep(&mut self.reading.found, &mut self.reading.notes, found);
        if self.reading.found.len() == before {
            self.is_full = true;
            self.reading.accounted.push(range.clone());
        }
    }

    fn counted(&self, item: &Item, is_choice: bool) -> Copies {
        let value = self.scope.value(item, None, 0).value;
        match plain(&value).and_then(|count| count.parse::<usize>().ok()) {
            Some(0) if self.scope.varies.get() => Copies::Perhaps,
            Some(count) => {
                let element = |index| (number(item.at, index), number(item.at, index));
                Copies::Known((0..count.min(COPIES_MAX + 1)).map(element).collect())
            }
            None if is_choice => Copies::Perhaps,
            None => Copies::Unknown,
        }
    }

    fn listed(&self, item: &Item, choice: Option<&str>) -> Copies {
        let mut over = self.scope.value(item, None, 0);
        if let (Value::Word(_), Some(word)) = (&over.value, choice)
            && let Some(perhaps) = self.scope.alternative(word, item.at)
        {
            self.scope.varies.set(true);
            over = perhaps;
        }
        match self.scope.elements(&over) {
            // An empty default is meant to be replaced.
            Some(elements) if elements.is_empty() && self.scope.varies.get() => Copies::Unknown,
            Some(elements) => {
                let is_set = matches!(over.value, Value::List(_));
                // The keys of a set are its values.
                let element = |(key, value): (Item, Item)| if is_set { (value.clone(), value) } else { (key, value) };
                Copies::Known(elements.into_iter().map(element).collect())
            }
            None => Copies::Unknown,
        }
    }
}

fn number(at: usize, number: usize) -> Item {
    Item { at, value: Value::Word(number.to_string()) }
}
