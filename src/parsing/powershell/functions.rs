//! Functions, whose bodies are read for each call with the values that the caller gives.

use super::Script;
use super::commands::Word;
use crate::parsing::cursor::Cursor;
use crate::parsing::given::passed;
use crate::parsing::item::{Item, Piece, Value};
use crate::parsing::names::Resolved;

/// What a function without parameters is given.
const ARGUMENTS: &str = "$args";

#[derive(Clone, Copy)]
pub(super) struct Function {
    /// The offset after its name.
    start: usize,
    length: usize,
    called: bool,
}

impl Script<'_, '_> {
    /// Stores a function, whose keyword is next.
    pub(super) fn function(&mut self) {
        self.at += self.keyword().len();
        self.blanks(false);
        let from = self.at;
        self.at += self.rest().find(['{', '(', '\n', ' ', '\r']).unwrap_or(self.rest().len());
        let name = self.text.get(from..self.at).unwrap_or_default().rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
        let start = self.at;
        let skips = std::mem::replace(&mut self.session.scopes.skips, true);
        let arguments = self.arguments.take();
        self.definition();
        self.arguments = arguments;
        self.session.scopes.skips = skips;
        if !skips {
            self.functions.insert(name, Function { start, length: self.at - start, called: false });
        }
    }

    /// Parameters, and a body.
    fn definition(&mut self) {
        self.blanks(true);
        if self.starts("(") {
            self.parameters();
            self.blanks(true);
        }
        if self.starts("{") {
            self.group();
        }
    }

    /// Reads the functions that nothing calls here.
    pub(super) fn uncalled(&mut self) {
        while let Some(function) = self.functions.values_mut().find(|function| !function.called) {
            function.called = true;
            let start = function.start;
            self.body(start, None);
        }
    }

    /// Reads a function for a call; `false` if there is none of that name.
    pub(super) fn call(&mut self, name: &str, words: &[Word]) -> bool {
        let Some(mut function) = self.functions.remove(name) else { return false };
        if self.session.calls(function.called, function.length, words.iter().map(|word| &word.item)) {
            function.called = true;
            let passed = words.iter().map(|word| self.passed(word)).collect();
            self.body(function.start, Some(passed));
        }
        self.functions.entry(name.to_owned()).or_insert(function);
        true
    }

    fn body(&mut self, start: usize, arguments: Option<Vec<Item>>) {
        let at = std::mem::replace(&mut self.at, start);
        let (nested, gaps) = (std::mem::take(&mut self.nested), std::mem::take(&mut self.gaps));
        let (each, outer) = (std::mem::take(&mut self.each), self.arguments.take());
        let branch = self.session.enter();
        if let Some(arguments) = &arguments {
            self.session.scopes.set(ARGUMENTS, Some(Value::List(arguments.clone())));
        }
        self.arguments = arguments;
        self.definition();
        // Its variables are its own.
        self.session.leave_alternative(branch);
        (self.at, self.nested, self.gaps) = (at, nested, gaps);
        (self.each, self.arguments) = (each, outer);
    }

    /// What an argument means where the function is called. An unknown one is kept as it is written, in quotes; what is in quotes
    /// is no parameter's name.
    fn passed(&self, word: &Word) -> Item {
        let names = &self.session.scopes.names;
        let variable = word.item.value.variable().and_then(|variable| names.get(variable));
        let value = match (variable.unwrap_or(&word.item.value), names.meant(&word.item.value)) {
            (Value::Object(members), _) => Value::Object(members.clone()),
            (Value::List(items), _) => {
                let meant = |item: &Item| Item { at: item.at, value: passed(names.meant(&item.value)) };
                Value::List(items.iter().map(meant).collect())
            }
            (_, Resolved::Text(text)) if word.quoted => Value::Pieces(vec![Piece::Text(text)]),
            (_, meant) => passed(meant),
        };
        Item { at: word.item.at, value }
    }

    /// Gives the parameters `names` what they are called with.
    fn bind(&mut self, names: &[String], arguments: &[Item], takes_rest: bool) {
        let mut bound = vec![false; names.len()];
        let mut rest = Vec::new();
        let mut at = 0;
        while let Some(argument) = arguments.get(at) {
            at += 1;
            let Some((index, joined)) = parameter(names, argument) else {
                rest.push(argument.clone());
                continue;
            };
            let next = || arguments.get(at).filter(|next| parameter(names, next).is_none());
            let value = joined.or_else(|| next().map(|next| next.value.clone()));
            at += usize::from(next().is_some() && argument.split(':').is_none());
            bound[index] = true;
            self.session.scopes.set(&names[index], Some(value.unwrap_or_else(|| Value::Word("$true".to_owned()))));
        }
        let mut rest = rest.into_iter();
        let last = names.len().saturating_sub(1);
        for (index, name) in names.iter().enumerate().filter(|(index, _)| !bound[*index]) {
            if takes_rest && index == last {
                self.session.scopes.set(name, Some(Value::List(rest.by_ref().collect())));
            } else if let Some(argument) = rest.next() {
                self.session.scopes.set(name, Some(argument.value));
            }
        }
        self.session.scopes.set(ARGUMENTS, Some(Value::List(rest.collect())));
    }

    /// The parameters in brackets: they have the values of the call, or their defaults, if these are literal.
    pub(super) fn parameters(&mut self) {
        let start = self.at;
        let mut names = Vec::new();
        self.defaults(&mut names);
        if let Some(arguments) = self.arguments.take() {
            let takes_rest = self.text.get(start..self.at).unwrap_or_default().to_ascii_lowercase().contains("valuefromremaining");
            self.bind(&names, &arguments, takes_rest);
        }
    }

    /// Reads the parameters, and gives them their defaults.
    fn defaults(&mut self, names: &mut Vec<String>) {
        self.at += 1;
        loop {
            self.blanks(true);
            let before = self.at;
            match self.peek() {
                None => return,
                Some(')') => {
                    self.at += 1;
                    return;
                }
                Some('[') => self.bracket(),
                Some('$') => {
                    let Some(name) = self.variable() else {
                        self.step();
                        continue;
                    };
                    names.push(name.clone());
                    self.blanks(true);
                    if self.starts("=") {
                        self.at += 1;
                        self.blanks(true);
                        let from = self.at;
                        // A comma separates parameters.
                        let value = self.operation();
                        self.sources.insert(name.clone(), from..self.at);
                        self.session.scopes.assign(&name, &value.value);
                    } else {
                        self.session.scopes.forget([name]);
                    }
                }
                Some(_) => {
                    self.step();
                }
            }
            if self.at == before {
                self.step();
            }
        }
    }
}

/// The parameter that an argument names, as `-Name` or `-Name:value`.
fn parameter(names: &[String], argument: &Item) -> Option<(usize, Option<Value>)> {
    let Value::Text(text) = &argument.value else { return None };
    let (name, joined) = text.strip_prefix('-')?.split_once(':').map_or((text.get(1..)?, None), |(name, value)| (name, Some(value)));
    let begins = |known: &&String| known.get(1..=name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    let whole = names.iter().position(|known| known.len() == name.len() + 1 && begins(&known));
    let beginning = || names.iter().position(|known| begins(&known)).filter(|_| names.iter().filter(begins).count() == 1);
    let index = if name.is_empty() { None } else { whole.or_else(beginning) }?;
    Some((index, joined.filter(|value| !value.is_empty()).map(|value| Value::Text(value.to_owned()))))
}
