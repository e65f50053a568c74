//! Terraform's functions and operators that are evaluated: those that need only literals.

use std::collections::{BTreeMap, BTreeSet};

use super::grammar::scope::{is_null, plain};
use crate::parsing::item::{Item, Member, Piece, Value, push};
use crate::parsing::names::evaluate::uppercase;

/// Maximum length of a range, and of a formatted number.
const RANGE_MAX: usize = 1_000;

/// The value of a call; `None` if it is unknown.
pub(super) fn call(name: &str, mut arguments: Vec<Item>) -> Option<Value> {
    let number = |at: usize| arguments.get(at).and_then(|item| plain(&item.value)).and_then(|text| text.parse::<usize>().ok());
    Some(match name {
        "lower" => mapped(arguments, |text| Some(text.to_lowercase()))?,
        "upper" => mapped(arguments, uppercase)?,
        "trimspace" => Value::Text(plain(&arguments.first()?.value)?.trim().to_owned()),
        "tostring" | "tonumber" | "tobool" | "tomap" | "tolist" | "sensitive" | "nonsensitive" | "jsonencode" => {
            arguments.into_iter().next()?.value
        }
        "toset" | "distinct" => distinct(arguments.into_iter().next()?)?,
        "try" => {
            let first = arguments.swap_remove(0).value;
            if matches!(first, Value::Word(_)) && plain(&first).is_none() {
                return None;
            }
            first
        }
        "coalesce" => {
            let first = arguments.into_iter().find(|item| !is_null(item) && plain(&item.value) != Some(""))?;
            plain(&first.value)?;
            first.value
        }
        "replace" => {
            let [text, from, to] = arguments.as_slice() else { return None };
            let (text, from, to) = (plain(&text.value)?, plain(&from.value)?, plain(&to.value)?);
            // Between slashes it is a regular expression.
            if from.is_empty() || (from.len() > 1 && from.starts_with('/') && from.ends_with('/')) {
                return None;
            }
            Value::Text(text.replace(from, to))
        }
        "join" => {
            let [by, list] = arguments.as_slice() else { return None };
            let (by, Value::List(items)) = (plain(&by.value)?, &list.value) else { return None };
            let mut pieces = Vec::new();
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    add(&mut pieces, by);
                }
                insert(&mut pieces, &item.value)?;
            }
            Value::of(pieces)
        }
        "format" => format(&arguments)?,
        "concat" => {
            let mut all = Vec::new();
            for argument in arguments {
                let Value::List(items) = argument.value else { return None };
                all.extend(items);
            }
            Value::List(all)
        }
        "merge" => merge(arguments),
        "keys" | "values" => {
            let Value::Object(members) = arguments.into_iter().next()?.value else { return None };
            if members.iter().any(|member| member.computed) {
                return None;
            }
            let item = |member: Member| if name == "keys" { Item::text(member.at, &member.name) } else { member.value };
            Value::List(members.into_iter().map(item).collect())
        }
        "length" => match &arguments.first()?.value {
            Value::List(items) => Value::Word(items.len().to_string()),
            Value::Object(members) if members.iter().all(|member| !member.computed) => Value::Word(members.len().to_string()),
            _ => return None,
        },
        "range" => {
            let (from, to) = if arguments.len() == 1 { (0, number(0)?) } else { (number(0)?, number(1)?) };
            if arguments.len() > 2 || to.saturating_sub(from) > RANGE_MAX {
                return None;
            }
            let at = arguments.first()?.at;
            Value::List((from..to).map(|value| Item { at, value: Value::Word(value.to_string()) }).collect())
        }
        "lookup" => {
            let Value::Object(members) = &arguments.first()?.value else { return None };
            let key = plain(&arguments.get(1)?.value)?;
            match members.iter().find(|member| member.name == key) {
                Some(member) => member.value.value.clone(),
                None if members.iter().any(|member| member.computed) => return None,
                None => arguments.swap_remove(2.min(arguments.len() - 1)).value,
            }
        }
        "element" => {
            let at = number(1)?;
            let items = arguments.first()?.items();
            items.get(at.checked_rem(items.len())?)?.value.clone()
        }
        _ => return None,
    })
}

/// Changes the known parts of a text.
fn mapped(arguments: Vec<Item>, change: fn(&str) -> Option<String>) -> Option<Value> {
    Some(match arguments.into_iter().next()?.value {
        Value::Pieces(mut pieces) => {
            for piece in &mut pieces {
                if let Piece::Text(text) = piece {
                    *text = change(text)?;
                }
            }
            Value::Pieces(pieces)
        }
        value => Value::Text(change(plain(&value)?)?),
    })
}

fn distinct(list: Item) -> Option<Value> {
    let Value::List(mut items) = list.value else { return None };
    let mut known = BTreeSet::new();
    let unknown = items.iter().any(|item| plain(&item.value).is_none());
    if !unknown {
        items.retain(|item| known.insert(plain(&item.value).unwrap_or_default().to_owned()));
    }
    Some(Value::List(items))
}

/// Unknown maps become members whose names are unknown.
fn merge(arguments: Vec<Item>) -> Value {
    let mut all: Vec<Member> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for argument in arguments {
        let at = argument.at;
        match argument.value {
            Value::Object(members) => {
                for member in members {
                    let before = known.get(&member.name).filter(|_| !member.computed).and_then(|at| all.get_mut(*at));
                    if let Some(before) = before {
                        *before = member;
                    } else {
                        known.insert(member.name.clone(), all.len());
                        all.push(member);
                    }
                }
            }
            Value::Word(word) if word == "null" => {}
            value => {
                let name = if let Value::Word(word) = value { word } else { "…".to_owned() };
                all.push(Member {
                    at,
                    name: name.clone(),
                    computed: true,
                    labels: Vec::new(),
                    value: Item { at, value: Value::Word(name) },
                });
            }
        }
    }
    Value::Object(all)
}

fn add(pieces: &mut Vec<Piece>, text: &str) {
    text.chars().for_each(|letter| push(pieces, letter));
}

/// Appends a value; an unknown one stays an expression.
fn insert(pieces: &mut Vec<Piece>, value: &Value) -> Option<()> {
    match (plain(value), value) {
        (Some(text), _) => add(pieces, text),
        (None, Value::Word(word)) => pieces.push(Piece::Word(word.clone())),
        (None, Value::Pieces(more)) => {
            for piece in more {
                match piece {
                    Piece::Text(text) => add(pieces, text),
                    Piece::Word(word) => pieces.push(Piece::Word(word.clone())),
                }
            }
        }
        _ => return None,
    }
    Some(())
}

/// `%s`, `%d` and `%v`, the latter two also with a width as in `%03d`.
fn format(arguments: &[Item]) -> Option<Value> {
    let (first, mut values) = arguments.split_first()?;
    let mut rest = plain(&first.value)?;
    let mut pieces = Vec::new();
    while let Some((before, after)) = rest.split_once('%') {
        add(&mut pieces, before);
        let verb = after.find(|letter: char| !letter.is_ascii_digit())?;
        let width = &after[..verb];
        rest = &after[verb + 1..];
        if after.starts_with('%') {
            push(&mut pieces, '%');
            continue;
        }
        let (value, left) = values.split_first()?;
        values = left;
        match (after.as_bytes().get(verb)?, width) {
            (b's' | b'd' | b'v', "") => insert(&mut pieces, &value.value)?,
            (b'd', width) if width.starts_with('0') && width.len() < 3 => {
                let number: usize = plain(&value.value)?.parse().ok()?;
                let wide: usize = width.parse().ok()?;
                add(&mut pieces, &format!("{number:0wide$}"));
            }
            _ => return None,
        }
    }
    add(&mut pieces, rest);
    Some(Value::of(pieces))
}

/// The value of `left operator right`.
pub(super) fn operate(operator: &str, left: Option<Item>, right: Option<Item>) -> Option<Item> {
    let (left, right) = (left?, right?);
    let (one, two) = match (is_null(&left), is_null(&right)) {
        (false, false) => (plain(&left.value)?, plain(&right.value)?),
        // A literal is not null.
        (one, two) => (if one { "null" } else { plain(&left.value)? }, if two { "null" } else { plain(&right.value)? }),
    };
    let numbers = || Some((one.parse::<i64>().ok()?, two.parse::<i64>().ok()?));
    let value = match operator {
        "==" => (one == two).to_string(),
        "!=" => (one != two).to_string(),
        "&&" => (one == "true" && two == "true").to_string(),
        "||" => (one == "true" || two == "true").to_string(),
        "<" | ">" | "<=" | ">=" => {
            let (one, two) = numbers()?;
            (one == two && operator.ends_with('=') || one != two && (one < two) == operator.starts_with('<')).to_string()
        }
        "+" => numbers().and_then(|(one, two)| one.checked_add(two))?.to_string(),
        "-" => numbers().and_then(|(one, two)| one.checked_sub(two))?.to_string(),
        "*" => numbers().and_then(|(one, two)| one.checked_mul(two))?.to_string(),
        _ => return None,
    };
    Some(Item { at: left.at, value: Value::Word(value) })
}
