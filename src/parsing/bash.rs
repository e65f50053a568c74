//! Reads scripts for bash and its relatives: lists, pipelines, conditions, loops and functions. Nothing is run: both branches of a
//! condition are read, and a loop over literal values once for each.

mod loops;
mod redirections;
mod simple;
mod texts;
mod values;
mod words;

use std::collections::BTreeMap;
use std::ops::Range;

use super::commands::Session;
use super::cursor::Cursor;
use super::embedded::Embedded;
use super::item::Value;
use super::parsed_identity::Note;
use super::scopes::ITERATIONS_MAX;
use super::shell::{Shell, shell};
use super::{ParsedText, TextFormat};
use crate::messages;

pub(super) fn read(text: &str) -> ParsedText {
    read_with_names(text, &[])
}

/// Reads a script with variables that are set outside of it.
pub(super) fn read_with_names(text: &str, names: &[(String, String)]) -> ParsedText {
    let mut session = Session::new(text, TextFormat::Bash);
    session.define(names);
    run(text, None, &mut session);
    if let Some(at) = text.find("\r\n").filter(|_| session.has_found()) {
        session.note(Note::warns(at, messages::READ_CRLF));
    }
    session.done()
}

/// Reads a script that is part of the session's text.
pub(super) fn run(text: &str, origin: Option<&Embedded>, session: &mut Session) {
    let mut bash = Bash {
        whole: text,
        text,
        at: 0,
        origin,
        session,
        functions: BTreeMap::new(),
        sources: BTreeMap::new(),
        here: None,
        flow: Vec::new(),
        outputs: None,
        captured: Vec::new(),
        nested: Vec::new(),
        writes: false,
        scripts: false,
        gaps: Vec::new(),
        locals: Vec::new(),
    };
    loop {
        bash.list(&[]);
        // An unmatched closing bracket.
        if bash.step().is_none() {
            break;
        }
    }
    bash.uncalled();
}

struct Bash<'a, 't> {
    whole: &'a str,
    /// The text up to where reading ends.
    text: &'a str,
    at: usize,
    /// Where the text stands in the session's text.
    origin: Option<&'a Embedded>,
    session: &'a mut Session<'t>,
    functions: BTreeMap<String, Function>,
    /// The words that variables were assigned.
    sources: BTreeMap<String, Range<usize>>,
    /// The line break before the next here-document, and its end.
    here: Option<Range<usize>>,
    /// The texts that flow to the next command of a pipeline.
    flow: Vec<Flow>,
    /// What the commands of a substitution print.
    outputs: Option<Vec<Flow>>,
    /// What the substitutions in a command's words print.
    captured: Vec<Flow>,
    /// The substitutions in the current command.
    nested: Vec<Range<usize>>,
    /// Whether the current command writes to a file.
    writes: bool,
    /// Whether that file is a script.
    scripts: bool,
    /// The continued lines of the current command with a blank after the backslash.
    gaps: Vec<usize>,
    /// What the variables of the current function hide.
    locals: Vec<(String, Option<Value>)>,
}

shell!(Bash);

struct Function {
    body: Range<usize>,
    called: bool,
}

/// A text that is printed or given as input, and the substitutions in it.
#[derive(Clone)]
enum Flow {
    Words(Range<usize>, Vec<Range<usize>>),
    /// A here-document, and whether its delimiter is quoted.
    Here(Range<usize>, bool),
}

impl Bash<'_, '_> {
    /// Skips blanks, comments and continued lines, and line breaks if `lines`.
    fn blanks(&mut self, lines: bool) {
        while let Some(letter) = self.peek() {
            match letter {
                '\n' if lines => match self.here.take_if(|here| here.start == self.at) {
                    Some(here) => self.at = here.end.max(self.at + 1),
                    None => self.at += 1,
                },
                ' ' | '\t' | '\r' | '\u{feff}' | '\u{a0}' => self.at += letter.len_utf8(),
                '#' => {
                    let start = self.at;
                    self.at += self.rest().find('\n').unwrap_or(self.rest().len());
                    self.account(start..self.at);
                }
                _ if self.continuation(&['\\', '^']) => {}
                _ => return,
            }
        }
    }

    /// The words up to a reserved word of `ends`, which is returned, or to a closing bracket or the end.
    fn list(&mut self, ends: &[&'static str]) -> &'static str {
        loop {
            self.blanks(true);
            let rest = self.rest();
            if rest.is_empty() || rest.starts_with(')') {
                return "";
            }
            if let Some(end) = ends.iter().find(|end| self.reserved(end)) {
                self.at += end.len();
                return end;
            }
            if rest.starts_with([';', '&']) {
                self.at += 1;
                continue;
            }
            let before = self.at;
            self.and_or();
            if self.at == before {
                self.step();
            }
        }
    }

    /// Whether a reserved word is next.
    fn reserved(&self, word: &str) -> bool {
        let Some(after) = self.rest().strip_prefix(word) else { return false };
        word.starts_with(';') || after.is_empty() || after.starts_with([' ', '\t', '\r', '\n', ';', '&', '|', '(', ')', '<', '>'])
    }

    /// Consumes a reserved word.
    fn take(&mut self, word: &str) -> bool {
        let taken = self.reserved(word);
        self.at += if taken { word.len() } else { 0 };
        taken
    }

    /// Pipelines joined by `&&` and `||`. What follows `||` or a test is conditional.
    fn and_or(&mut self) {
        let mut branch = None;
        loop {
            let test = self.pipeline();
            self.blanks(false);
            let or = self.starts("||");
            if !or && !self.starts("&&") {
                break;
            }
            self.at += 2;
            self.blanks(true);
            if branch.is_none() && (or || test) {
                branch = Some(self.session.enter());
            }
        }
        if let Some(branch) = branch {
            self.session.leave(branch);
        }
    }

    /// Returns whether the last command is a test.
    fn pipeline(&mut self) -> bool {
        let outer = std::mem::take(&mut self.flow);
        let test = loop {
            let test = self.element();
            self.blanks(false);
            if !self.starts("|") || self.starts("||") {
                break test;
            }
            self.at += if self.starts("|&") { 2 } else { 1 };
            self.blanks(true);
        };
        let printed = std::mem::replace(&mut self.flow, outer);
        match &mut self.outputs {
            Some(outputs) => outputs.extend(printed),
            None => self.none_run(printed),
        }
        test
    }

    /// A simple or compound command; returns whether it is a test.
    fn element(&mut self) -> bool {
        while self.take("!") || self.take("time") || self.take("coproc") {
            self.blanks(false);
        }
        if self.starts("[[") {
            self.test();
            return true;
        }
        if self.starts("((") && self.arithmetic() {
            return true;
        }
        if !self.session.scopes.deeper() {
            self.simple();
            return false;
        }
        let test = if self.compound() {
            self.redirections();
            false
        } else {
            self.simple()
        };
        self.session.scopes.shallower();
        test
    }

    /// A compound command; `false` if there is none.
    fn compound(&mut self) -> bool {
        if self.starts("(") {
            self.at += 1;
            self.subshell();
        } else if self.take("{") {
            self.list(&["}"]);
        } else if self.take("if") {
            self.condition();
        } else if self.take("while") || self.take("until") {
            self.list(&["do"]);
            self.repeat("", &[], Self::body_of_loop);
        } else if self.take("for") {
            self.loop_over_words(true);
        } else if self.take("select") {
            self.loop_over_words(false);
        } else if self.take("case") {
            self.case();
        } else if self.take("function") {
            self.blanks(false);
            let name = self.word().item.start().to_owned();
            self.blanks(false);
            if self.starts("(") {
                self.at += 1;
                self.blanks(false);
                self.at += usize::from(self.starts(")"));
            }
            self.function(&name);
        } else {
            return false;
        }
        true
    }

    /// The commands up to a closing bracket, whose assignments are their own.
    fn subshell(&mut self) {
        let branch = self.session.scopes.enter();
        self.list(&[]);
        self.session.scopes.leave(branch);
        self.at += usize::from(self.starts(")"));
    }

    fn condition(&mut self) {
        let mut changed = Vec::new();
        self.list(&["then"]);
        loop {
            let branch = self.session.enter();
            let end = self.list(&["elif", "else", "fi"]);
            changed.extend(self.session.leave_alternative(branch));
            match end {
                "elif" => {
                    self.list(&["then"]);
                }
                "else" => {}
                _ => break,
            }
        }
        self.session.scopes.forget(changed);
    }

    fn case(&mut self) {
        let mut changed = Vec::new();
        self.blanks(true);
        self.word();
        self.blanks(true);
        self.take("in");
        loop {
            self.blanks(true);
            if self.rest().is_empty() || self.take("esac") {
                break;
            }
            self.at += usize::from(self.starts("("));
            // The patterns.
            while let Some(letter) = self.peek().filter(|letter| *letter != ')') {
                let before = self.at;
                if !matches!(letter, ' ' | '\t' | '|' | '\n') {
                    self.word();
                }
                if self.at == before {
                    self.step();
                }
            }
            self.step();
            let branch = self.session.enter();
            let end = self.list(&[";;&", ";;", ";&", "esac"]);
            changed.extend(self.session.leave_alternative(branch));
            if matches!(end, "esac" | "") {
                break;
            }
        }
        self.session.scopes.forget(changed);
    }
}
