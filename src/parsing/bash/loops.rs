//! Loops, whose bodies are read for each value, and functions, whose bodies are read for each call.

use super::words::Word;
use super::{Bash, Function};
use crate::parsing::cursor::Cursor;
use crate::parsing::given::passed;
use crate::parsing::item::{Item, Value};
use crate::parsing::shell::Shell;
use std::ops::Range;

/// The name of a function's arguments.
pub(super) const ARGUMENTS: &str = "$@";
/// The most arguments that have a variable of their own.
const NUMBERED_MAX: usize = 20;

impl Bash<'_, '_> {
    /// `for name in words; do … done`.
    pub(super) fn loop_over_words(&mut self, each: bool) {
        self.blanks(false);
        let mut values = Vec::new();
        let mut name = String::new();
        if !(self.starts("((") && self.arithmetic()) {
            name = ["$", self.word().item.start()].concat();
            self.blanks(true);
            if self.take("in") {
                values = self.values();
            }
            values.truncate(if each { values.len() } else { 0 });
        }
        loop {
            self.blanks(true);
            if !self.starts(";") {
                break;
            }
            self.at += 1;
        }
        if self.take("{") {
            let branch = self.session.enter();
            self.session.scopes.forget([name]);
            self.list(&["}"]);
            self.session.leave(branch);
        } else {
            self.take("do");
            self.repeat(&name, &values, Self::body_of_loop);
        }
    }

    /// The body of a loop, up to and with `done`.
    pub(super) fn body_of_loop(&mut self) {
        self.list(&["done"]);
    }

    /// Stores a function, whose body is next.
    pub(super) fn function(&mut self, name: &str) {
        self.blanks(true);
        let start = self.at;
        let skips = std::mem::replace(&mut self.session.scopes.skips, true);
        self.element();
        self.session.scopes.skips = skips;
        if !skips {
            self.functions.insert(name.to_owned(), Function { body: start..self.at, called: false });
        }
    }

    /// Runs the functions that no command called.
    pub(super) fn uncalled(&mut self) {
        while let Some(body) = self.functions.values_mut().find(|function| !function.called).map(|function| {
            function.called = true;
            function.body.clone()
        }) {
            self.body(body, None);
        }
    }

    /// Runs a function's body with arguments.
    pub(super) fn body(&mut self, body: Range<usize>, arguments: Option<&[Word]>) {
        let outer = (self.text, self.at, self.here.take());
        let inner = [std::mem::take(&mut self.flow), std::mem::take(&mut self.captured)];
        let nested = std::mem::take(&mut self.nested);
        let branch = self.session.enter();
        let hidden = std::mem::take(&mut self.locals);
        let outer_arguments = self.arguments();
        if let Some(arguments) = arguments {
            for (count, argument) in arguments.iter().enumerate().take(NUMBERED_MAX) {
                self.sources.insert(format!("${}", count + 1), argument.from..argument.to);
            }
            let passed = arguments.iter().map(|argument| self.passed(&argument.item)).collect();
            self.renumber(Some(passed));
        }
        (self.text, self.at) = (self.whole.get(..body.end).unwrap_or(self.whole), body.start);
        self.element();
        // The function may not have been called.
        if arguments.is_none() {
            self.session.leave(branch);
        } else {
            self.renumber(outer_arguments);
            self.session.merge();
            for (name, before) in std::mem::take(&mut self.locals).into_iter().rev() {
                self.session.scopes.set(&name, before);
            }
        }
        self.locals = hidden;
        (self.text, self.at, self.here) = outer;
        [self.flow, self.captured] = inner;
        self.nested = nested;
    }

    /// The arguments of the current function.
    fn arguments(&self) -> Option<Vec<Item>> {
        match self.session.scopes.names.get(ARGUMENTS) {
            Some(Value::List(items)) => Some(items.clone()),
            _ => None,
        }
    }

    /// Makes `$@`, `$1` and so on the values of `arguments`.
    fn renumber(&mut self, arguments: Option<Vec<Item>>) {
        for count in 0..NUMBERED_MAX {
            let value = arguments.as_ref().and_then(|arguments| arguments.get(count)).map(|argument| argument.value.clone());
            self.session.scopes.set(&format!("${}", count + 1), value);
        }
        self.session.scopes.set(ARGUMENTS, arguments.map(Value::List));
    }

    /// What an argument means where a function is called.
    fn passed(&self, argument: &Item) -> Item {
        let value = passed(self.session.scopes.names.meant(&argument.value));
        Item { at: argument.at, value }
    }

    /// `shift`, or `set -- …`.
    pub(super) fn shifted(&mut self, words: &[Item]) {
        let rest = words.get(1..).unwrap_or_default();
        if words.first().is_some_and(|first| first.start() == "set") {
            let given = rest.iter().skip(1).map(|item| self.passed(item)).collect();
            return self.renumber(Some(given));
        }
        let count = rest.first().and_then(|count| count.start().parse::<usize>().ok()).unwrap_or(1);
        if let Some(arguments) = self.arguments() {
            self.renumber(Some(arguments.into_iter().skip(count).collect()));
        }
    }
}
