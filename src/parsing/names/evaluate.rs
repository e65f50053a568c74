//! Evaluates expressions of templates and Bicep as far as that is cheap and certain: paths into known values, texts put together,
//! numbers.

use crate::parsing::cursor::Cursor;
use std::borrow::Cow;

use super::super::item::{Item, Member, Piece, Value, get};
use super::super::syntax::{Dialect, Parser};
use super::{Expressions, GROUP_REGION, LENGTH_MAX, Names, Resolved};

/// Maximum items of a list that is made, and of a loop.
pub(in crate::parsing) const ITEMS_MAX: usize = 100;

struct Evaluation<'n, 't> {
    names: &'n Names,
    parser: Parser<'t>,
    template: bool,
}

type Evaluated<'n> = Option<Cow<'n, Value>>;

/// The value of the expression `text`, whose own names may still be unread; `None` if it can't be worked out.
pub(in crate::parsing) fn evaluate<'n>(names: &'n Names, text: &str, template: bool) -> Evaluated<'n> {
    if text.is_empty() || !names.spend(text.len()) {
        return None;
    }
    let mut evaluation = Evaluation { names, parser: Parser::new(text, Dialect::Bicep), template };
    let value = evaluation.sum()?;
    evaluation.parser.blanks(true);
    evaluation.parser.rest().is_empty().then_some(value)
}

/// A call's function and its arguments, verbatim.
pub(in crate::parsing) fn call(text: &str) -> Option<(String, Vec<String>)> {
    let names = Names::new(Expressions::Bicep);
    let mut evaluation = Evaluation { names: &names, parser: Parser::new(text, Dialect::Bicep), template: false };
    let name = evaluation.parser.identifier().to_owned();
    let mut arguments = Vec::new();
    evaluation.take('(').then_some(())?;
    while !evaluation.take(')') {
        arguments.push(evaluation.argument());
        if !evaluation.take(',') && evaluation.next() != Some(')') {
            return None;
        }
    }
    evaluation.next().is_none().then_some((name, arguments))
}

impl<'n> Evaluation<'n, '_> {
    fn next(&mut self) -> Option<char> {
        self.parser.blanks(true);
        self.parser.peek()
    }

    fn take(&mut self, letter: char) -> bool {
        let is_next = self.next() == Some(letter);
        if is_next {
            self.parser.step();
        }
        is_next
    }

    fn sum(&mut self) -> Evaluated<'n> {
        if !self.names.enter() {
            return None;
        }
        let value = self.terms();
        self.names.leave();
        value
    }

    fn terms(&mut self) -> Evaluated<'n> {
        let mut value = self.path()?;
        while let Some(sign) = self.next().filter(|sign| !self.template && matches!(sign, '+' | '-')) {
            self.parser.step();
            let more = self.path()?;
            value = added(self.names, &value, &more, sign == '-')?;
        }
        if !self.template && self.next() == Some('?') && self.parser.starts("??") {
            self.parser.at += 2;
            if matches!(&*value, Value::Word(word) if word == "null") {
                return self.sum();
            }
            self.argument();
        }
        Some(value)
    }

    /// A value with what is taken from it: `a.b[0]`.
    fn path(&mut self) -> Evaluated<'n> {
        let mut value = self.single()?;
        loop {
            match self.next() {
                Some('!') if !self.parser.starts("!=") => {
                    self.parser.step();
                }
                Some('.') => {
                    self.parser.step();
                    let safe = self.take('?');
                    let name = self.parser.identifier();
                    value = if matches!(&*value, Value::Word(call) if call == "resourceGroup()") {
                        (name == "location").then(|| Cow::Owned(Value::Word(GROUP_REGION.to_owned())))?
                    } else {
                        let known = self.names.known(value)?;
                        let null = || Some(Cow::Owned(Value::Word("null".to_owned())));
                        let is_missing = safe && matches!(&*known, Value::Object(members) if get(members, name).is_none());
                        if is_missing { null() } else { member(known, name) }?
                    };
                }
                Some('[') => {
                    self.parser.step();
                    self.take('?');
                    let index = self.sum()?;
                    if !self.take(']') {
                        return None;
                    }
                    let index = self.names.text(&index)?;
                    value = member(self.names.known(value)?, &index)?;
                }
                _ => return Some(value),
            }
        }
    }

    fn single(&mut self) -> Evaluated<'n> {
        match self.next()? {
            // Pieces are no expression, whatever they begin with.
            '\'' if self.template => self.template_text().map(|text| Cow::Owned(literal(text))),
            '\'' | '{' => {
                let item = if self.parser.peek() == Some('{') { self.parser.expression() } else { self.parser.string() };
                self.parser.syntax_errors.is_empty().then_some(Cow::Owned(item.value))
            }
            '[' if !self.template => Some(Cow::Owned(self.parser.expression().value)),
            '(' => {
                self.parser.step();
                let value = self.sum()?;
                self.take(')').then_some(value)
            }
            letter if letter == '-' || letter.is_ascii_digit() => {
                let start = self.parser.at;
                self.parser.step();
                self.parser.identifier();
                let number = self.parser.text.get(start..self.parser.at)?;
                number.parse::<i64>().is_ok().then(|| Cow::Owned(Value::Word(number.to_owned())))
            }
            _ => {
                let name = self.parser.identifier();
                if name == "az" || name == "sys" {
                    self.take('.').then_some(())?;
                    return self.single();
                }
                if self.next() == Some('(') {
                    return self.call(name);
                }
                self.names.get(name).map(Cow::Borrowed)
            }
        }
    }

    /// A template's text, in which quotes are doubled.
    fn template_text(&mut self) -> Option<String> {
        let mut text = String::new();
        self.parser.step();
        while let Some(letter) = self.parser.step() {
            if letter == '\'' {
                if self.parser.peek() != Some('\'') {
                    return Some(text);
                }
                self.parser.step();
            }
            text.push(letter);
        }
        None
    }

    fn call(&mut self, name: &str) -> Evaluated<'n> {
        let function = name.to_ascii_lowercase();
        self.parser.step();
        let mut arguments: Vec<Cow<'n, Value>> = Vec::new();
        let inner = matches!(function.as_str(), "concat" | "format");
        while !self.take(')') {
            let start = self.parser.at;
            match self.sum() {
                Some(value) if matches!(self.next(), Some(',' | ')')) => arguments.push(value),
                // An unread part of a text.
                _ if inner => {
                    self.parser.at = start;
                    let word = self.argument();
                    arguments.push(Cow::Owned(Value::Word(word)));
                }
                _ => return None,
            }
            if !self.take(',') && self.next() != Some(')') {
                return None;
            }
        }
        self.called(&function, &arguments)
    }

    /// An argument, verbatim.
    fn argument(&mut self) -> String {
        let start = self.parser.at;
        while let Some(letter) = self.parser.peek().filter(|letter| !matches!(letter, ',' | ')' | ']')) {
            match letter {
                '(' | '[' | '{' => self.parser.brackets(),
                '\'' => {
                    self.parser.string();
                }
                _ => {
                    self.parser.step();
                }
            }
        }
        self.parser.text.get(start..self.parser.at).unwrap_or_default().trim().to_owned()
    }

    fn called(&self, function: &str, arguments: &[Cow<'n, Value>]) -> Evaluated<'n> {
        let first = arguments.first().map(|argument| &**argument);
        let number = |at: usize| self.names.text(arguments.get(at)?)?.parse::<i64>().ok();
        let text = |at: usize| self.names.text(arguments.get(at)?);
        let made = match function {
            "parameters" | "variables" => {
                return self.names.get(&[function, ".", &text(0)?].concat()).map(Cow::Borrowed);
            }
            "copyindex" => {
                let named = text(0).filter(|name| name.parse::<i64>().is_err());
                let start = number(usize::from(named.is_some())).unwrap_or_default();
                let index = self.names.get(&named.map_or("copyindex()".to_owned(), |name| ["copyindex.", &name].concat()))?;
                Value::Word(self.names.text(index)?.parse::<i64>().ok()?.checked_add(start)?.to_string())
            }
            "resourcegroup" if first.is_none() => Value::Word("resourceGroup()".to_owned()),
            "tolower" => literal(text(0)?.to_lowercase()),
            "toupper" => literal(uppercase(&text(0)?)?),
            "string" => literal(text(0)?),
            "int" => Value::Word(text(0)?),
            "trim" => literal(text(0)?.trim().to_owned()),
            "replace" => {
                let (from, to) = (text(1)?, text(2)?);
                literal(if from.is_empty() { text(0)? } else { text(0)?.replace(&from, &to) })
            }
            "padleft" => {
                let (text, width) = (text(0)?, usize::try_from(number(1)?).ok()?.min(ITEMS_MAX));
                let filler = self.names.text(arguments.get(2).unwrap_or(&Cow::Owned(Value::Text(" ".to_owned()))))?;
                literal([filler.repeat(width.saturating_sub(text.chars().count())), text].concat())
            }
            "add" | "sub" => return added(self.names, arguments.first()?, arguments.get(1)?, function == "sub"),
            "length" => match self.names.known(arguments.first()?.clone())?.as_ref() {
                Value::List(items) => Value::Word(items.len().to_string()),
                _ => return None,
            },
            "items" => match self.names.known(arguments.first()?.clone())?.as_ref() {
                Value::Object(members) => Value::List(entries(members)?),
                _ => return None,
            },
            "union" => {
                let mut all: Vec<Member> = Vec::new();
                for argument in arguments {
                    let Value::Object(members) = self.names.known(argument.clone())?.into_owned() else { return None };
                    (all.len() + members.len() <= ITEMS_MAX).then_some(())?;
                    all.retain(|known| get(&members, &known.name).is_none());
                    all.extend(members);
                }
                Value::Object(all)
            }
            "take" => literal(text(0)?.chars().take(usize::try_from(number(1)?).ok()?).collect()),
            "createarray" => Value::List(arguments.iter().map(|value| Item { at: 0, value: (**value).clone() }).collect()),
            "range" => {
                let count = usize::try_from(number(1)?).ok().filter(|count| *count <= ITEMS_MAX)?;
                let numbers = (number(0)?..).take(count);
                Value::List(numbers.map(|number| Item { at: 0, value: Value::Word(number.to_string()) }).collect())
            }
            "concat" => Value::Pieces(arguments.iter().flat_map(|value| pieces(self.names, value)).collect()),
            "format" => Value::Pieces(formatted(self.names, &text(0)?, arguments)),
            _ => return None,
        };
        let is_long = matches!(&made, Value::Pieces(pieces) if pieces.iter().map(length).sum::<usize>() > LENGTH_MAX);
        (!is_long).then_some(Cow::Owned(made))
    }
}

/// The members of an object as `items()` lists them: by their keys.
fn entries(members: &[Member]) -> Option<Vec<Item>> {
    let member = |name: &str, value: Item| Member::new(name.to_owned(), value);
    (members.len() <= ITEMS_MAX).then_some(())?;
    let mut members: Vec<&Member> = members.iter().collect();
    members.sort_by(|one, other| one.name.cmp(&other.name));
    let entry = |Member { at, name, computed, value, .. }: &Member| {
        let key = Item { at: *at, value: literal(name.clone()) };
        (!computed).then(|| Item { at: *at, value: Value::Object(vec![member("key", key), member("value", value.clone())]) })
    };
    members.into_iter().map(entry).collect()
}

/// A text that is no expression, whatever it begins with.
fn literal(text: String) -> Value {
    Value::Pieces(vec![Piece::Text(text)])
}

fn length(piece: &Piece) -> usize {
    let (Piece::Text(text) | Piece::Word(text)) = piece;
    text.len()
}

fn added<'n>(names: &'n Names, one: &Value, more: &Value, minus: bool) -> Evaluated<'n> {
    let (one, more) = (names.text(one)?.parse::<i64>().ok()?, names.text(more)?.parse::<i64>().ok()?);
    let sum = if minus { one.checked_sub(more) } else { one.checked_add(more) };
    Some(Cow::Owned(Value::Word(sum?.to_string())))
}

/// The member `key` of an object, or the item at that index.
fn member<'n>(value: Cow<'n, Value>, key: &str) -> Evaluated<'n> {
    fn find<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
        match value {
            Value::Object(members) => get(members, key).map(|item| &item.value),
            Value::List(items) => items.get(key.parse::<usize>().ok()?).map(|item| &item.value),
            _ => None,
        }
    }
    match value {
        Cow::Borrowed(value) => find(value, key).map(Cow::Borrowed),
        Cow::Owned(value) => find(&value, key).cloned().map(Cow::Owned),
    }
}

/// A value as part of a text.
fn pieces(names: &Names, value: &Value) -> Vec<Piece> {
    match names.meant(value) {
        Resolved::Text(text) => vec![Piece::Text(text)],
        Resolved::Partial(pieces) => pieces,
        Resolved::Unread(word) if word.is_empty() => vec![Piece::Word("…".to_owned())],
        Resolved::Unread(word) => vec![Piece::Word(word)],
        Resolved::GroupRegion => vec![Piece::Word(GROUP_REGION.to_owned())],
    }
}

/// `format('{0}-{1}', a, b)`.
fn formatted(names: &Names, form: &str, arguments: &[Cow<Value>]) -> Vec<Piece> {
    let mut made = Vec::new();
    let mut rest = form;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, after) = rest.split_at(at);
        made.push(Piece::Text(before.to_owned()));
        let doubled = after.starts_with("{{") || after.starts_with("}}");
        let length = if doubled { 2 } else { after.find('}').map_or(after.len(), |end| end + 1) };
        let (hole, after) = after.split_at(length);
        let index = hole.trim_matches(['{', '}']).parse::<usize>().ok().and_then(|index| arguments.get(index + 1));
        match index {
            _ if doubled => made.push(Piece::Text(hole[..1].to_owned())),
            Some(value) => made.extend(pieces(names, value)),
            None => made.push(Piece::Word(hole.to_owned())),
        }
        rest = after;
    }
    made.push(Piece::Text(rest.to_owned()));
    made
}

/// An ASCII text in upper case. Other letters would bring in the standard library's table, 10 kB.
pub(in crate::parsing) fn uppercase(text: &str) -> Option<String> {
    text.is_ascii().then(|| text.to_ascii_uppercase())
}
