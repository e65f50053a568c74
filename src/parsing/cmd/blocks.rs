//! Conditions and loops of batch files.

use super::Batch;
use crate::messages;
use crate::parsing::cursor::Cursor;
use crate::parsing::item::Value;
use crate::parsing::scopes::ITERATIONS_MAX;
use crate::parsing::shell::Shell;

impl Batch<'_, '_> {
    /// `if [not] … command [else command]`.
    pub(super) fn condition(&mut self) {
        for option in ["/i", "not", "/i"] {
            self.blanks(false);
            self.take(option);
        }
        self.blanks(false);
        let unary = ["exist", "defined", "errorlevel", "cmdextversion"].iter().any(|word| self.take(word));
        let mut compared = unary;
        loop {
            self.blanks(false);
            let start = self.at;
            let mut quoted = false;
            while let Some(letter) = self.peek() {
                quoted ^= letter == '"';
                if letter == '\n' || (!quoted && matches!(letter, ' ' | '\t' | '(')) {
                    break;
                }
                self.step();
            }
            let word = self.text.get(start..self.at).unwrap_or_default();
            let operator = ["equ", "neq", "lss", "leq", "gtr", "geq", "=="].iter().any(|operator| word.eq_ignore_ascii_case(operator));
            let whole = compared || (word.contains("==") && !word.ends_with("=="));
            compared |= operator || word.ends_with("==");
            if (whole && !operator) || self.at == start {
                break;
            }
        }
        self.blanks(false);
        let branch = self.session.enter();
        self.statement();
        let mut changed = self.session.leave_alternative(branch);
        let end = self.at;
        self.blanks(false);
        if self.take("else") {
            self.blanks(false);
            let branch = self.session.enter();
            self.statement();
            changed.extend(self.session.leave_alternative(branch));
        } else {
            self.at = end;
        }
        self.session.scopes.forget(changed);
    }

    /// `for [/f "options"] %%n in (list) do command`.
    pub(super) fn each(&mut self) {
        let mut literal = true;
        self.blanks(false);
        while self.rest().starts_with(['/', '"']) {
            literal &= !self.rest().starts_with('/');
            self.word();
            self.blanks(false);
        }
        let start = self.at;
        while self.rest().starts_with('%') {
            self.at += 1;
        }
        let name = self.peek().map(|letter| ["%%", letter.encode_utf8(&mut [0; 4])].concat()).unwrap_or_default();
        self.step();
        self.blanks(false);
        self.take("in");
        self.blanks(false);
        let mut values = Vec::new();
        if self.rest().starts_with('(') {
            self.at += 1;
            let from = self.at;
            self.blanks(true);
            if self.rest().starts_with(['\'', '`']) && !literal {
                // A command whose lines are the values.
                self.at += 1;
                self.session.scopes.forget([name.clone()]);
                self.in_list = true;
                self.command();
                self.in_list = false;
            }
            while self.peek().is_some_and(|letter| letter != ')' && letter != '\n') {
                let before = self.at;
                let word = self.word();
                values.push(word.item.value);
                self.blanks(true);
                if self.at == before || self.rest().starts_with([',', ';', '=']) {
                    self.step();
                }
                self.blanks(true);
            }
            let text = self.text.get(from..self.at).unwrap_or_default();
            literal &= !text.contains(['*', '?']);
            self.at += usize::from(self.rest().starts_with(')'));
        }
        self.blanks(false);
        self.take("do");
        self.blanks(false);
        if self.at == start {
            return;
        }
        if !literal || values.is_empty() || values.len() > ITERATIONS_MAX {
            values = vec![Value::Word(String::new())];
        }
        let start = self.at;
        let branch = self.session.enter();
        for (count, value) in values.iter().enumerate() {
            if count > 0 && !self.session.scopes.again(self.at - start) {
                self.session.note_unread(self.place(start), messages::READ_LOOP_LONG);
                break;
            }
            self.at = start;
            self.session.scopes.assign(&name, value);
            self.statement();
        }
        self.session.leave(branch);
    }
}
