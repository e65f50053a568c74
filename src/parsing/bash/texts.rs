//! Texts that commands run, print or take: arguments, here-documents and what flows through a pipe.

use super::words::Word;
use super::{Bash, Flow};
use crate::parsing::embedded::Embedded;
use crate::parsing::shell::Shell;
use crate::parsing::{cmd, powershell};
use std::ops::Range;

impl Bash<'_, '_> {
    /// Runs the texts given to a command that runs texts.
    pub(super) fn run_texts(&mut self, words: &[Word], runs: &str, flows: Vec<Flow>) {
        let mut from_variable = Vec::new();
        for word in words {
            let raw = self.text.get(word.from..word.to).unwrap_or_default();
            let variable = raw.trim_matches('"');
            if let Some(source) = self.sources.get(&variable.replace(['{', '}'], "")).filter(|_| variable.starts_with('$')) {
                from_variable.push(source.clone());
            } else if word.quoted && word.item.start().contains(char::is_whitespace) {
                let nested = self.nested.iter().filter(|nested| word.from <= nested.start && nested.end <= word.to).cloned().collect();
                self.run_flow(Flow::Words(word.from..word.to, nested), runs);
            }
        }
        for source in from_variable {
            self.run_flow(Flow::Words(source, Vec::new()), runs);
        }
        for flow in flows {
            self.run_flow(flow, runs);
        }
    }

    pub(super) fn run_flow(&mut self, flow: Flow, runs: &str) {
        if !self.session.scopes.skips {
            let inner = self.embedded(flow);
            self.read_inner(&inner, runs);
        }
    }

    /// Reads a script in the session's text, written for the program `runs`.
    pub(super) fn read_inner(&mut self, inner: &Embedded, runs: &str) {
        if self.session.scopes.skips || !self.session.scopes.deeper() {
            return;
        }
        if self.session.scopes.again(inner.text.len()) {
            match runs {
                "pwsh" | "powershell" => powershell::run(&inner.text, Some(inner), self.session),
                "cmd" => cmd::run(&inner.text, Some(inner), self.session),
                _ => super::run(&inner.text, Some(inner), self.session),
            }
        }
        self.session.scopes.shallower();
    }

    /// A text without its quotes.
    pub(super) fn embedded(&self, flow: Flow) -> Embedded {
        let mut inner = Embedded::default();
        let (range, nested, here) = match flow {
            Flow::Words(range, nested) => (range, nested, None),
            Flow::Here(range, quoted) => (range, Vec::new(), Some(quoted)),
        };
        let text = self.whole.get(..range.end).unwrap_or_default();
        let (mut at, mut from, mut quote) = (range.start, range.start, None);
        let mut push = |from: usize, to: usize| {
            let mut from = from;
            // A line is verbatim in the outer text, too.
            for line in text.get(from..to).unwrap_or_default().split_inclusive('\n') {
                inner.push(self.place(from), line);
                from += line.len();
            }
        };
        while let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) {
            if let Some(nested) = nested.iter().find(|nested| nested.start == at && nested.end > at) {
                push(from, at);
                // It has been read; `$_` is unknown.
                push(at, at + 1);
                (at, from) = (nested.end, nested.end);
                continue;
            }
            let next = text.get(at + 1..).and_then(|rest| rest.chars().next());
            let opens = here.is_none() && matches!(letter, '\'' | '"') && quote.is_none_or(|open| open == letter);
            let escapes = letter == '\\'
                && match (here, quote) {
                    (Some(quoted), _) => !quoted && matches!(next, Some('$' | '`' | '\\')),
                    (None, Some('"')) => matches!(next, Some('$' | '`' | '"' | '\\')),
                    (None, quote) => quote.is_none() && next.is_some_and(|next| next != '\n' && next != '\r'),
                };
            if opens {
                quote = if quote.is_some() { None } else { Some(letter) };
            }
            if opens || escapes {
                push(from, at);
                from = at + 1;
            }
            at += letter.len_utf8();
            if escapes {
                at += next.map_or(0, char::len_utf8);
            }
        }
        push(from, text.len());
        inner
    }

    pub(super) fn none_run(&mut self, flows: Vec<Flow>) {
        self.none_run_but(flows, true);
    }

    /// Accounts for texts that are not run; here-documents that go to a file or to another program are not `taken` as text.
    pub(super) fn none_run_but(&mut self, flows: Vec<Flow>, taken: bool) {
        for flow in flows {
            match flow {
                Flow::Here(range, quoted) if !taken => {
                    let outer = std::mem::take(&mut self.nested);
                    self.here_document(range, quoted);
                    self.nested = outer;
                }
                flow => self.not_run(flow),
            }
        }
    }

    /// Accounts for a text that is not run; the substitutions in it have been read, or are read now.
    pub(super) fn not_run(&mut self, flow: Flow) {
        let (range, nested) = match flow {
            Flow::Words(range, nested) => (range, nested),
            Flow::Here(range, quoted) => {
                let outer = std::mem::take(&mut self.nested);
                self.here_document(range.clone(), quoted);
                (range, std::mem::replace(&mut self.nested, outer))
            }
        };
        self.account_without(range, &nested);
    }

    pub(super) fn account_without(&mut self, range: Range<usize>, nested: &[Range<usize>]) {
        let mut from = range.start;
        for one in nested {
            if one.start > from {
                self.account(from..one.start);
            }
            from = from.max(one.end);
        }
        if from < range.end {
            self.account(from..range.end);
        }
    }
}
