//! Loops, whose bodies are read for each value, and functions, whose bodies are read for each call.

use super::words::Word;
use super::{Bash, Function};
use crate::parsing::cursor::Cursor;
use crate::parsing::shell::Shell;
use std::ops::Range;

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
        if let Some(arguments) = arguments {
            for (count, argument) in arguments.iter().enumerate().take(20) {
                let name = format!("${}", count + 1);
                self.sources.insert(name.clone(), argument.from..argument.to);
                self.session.scopes.assign(&name, &argument.item.value);
            }
        }
        (self.text, self.at) = (self.whole.get(..body.end).unwrap_or(self.whole), body.start);
        self.element();
        // The function may not have been called.
        if arguments.is_none() {
            self.session.leave(branch);
        } else {
            self.session.merge();
        }
        (self.text, self.at, self.here) = outer;
        [self.flow, self.captured] = inner;
        self.nested = nested;
    }
}
