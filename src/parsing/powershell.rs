//! Splits PowerShell commands into words, with hashtables, variables and splatting.

use super::commands::Session;
use super::embedded::Embedded;
use super::item::{Item, Piece, Value, push};
use super::parsed_identity::syntax_error_notes;
use super::syntax::{Dialect, Parser};
use super::{ParsedText, TextFormat};

/// Maximum members of a splatted hashtable: a cmdlet has fewer parameters.
const SPLATTED_MAX: usize = 100;

pub(super) fn read(text: &str) -> ParsedText {
    let mut session = Session::new(text, TextFormat::PowerShell);
    run(text, None, &mut session);
    session.done()
}

pub(super) fn run(text: &str, _origin: Option<&Embedded>, session: &mut Session) {
    let mut script = Script { parser: Parser::new(text, Dialect::PowerShell), session };
    while script.statement() {}
    let Script { parser, session } = script;
    syntax_error_notes(parser.syntax_errors).for_each(|note| session.note(note));
}

struct Script<'a, 't> {
    parser: Parser<'a>,
    session: &'a mut Session<'t>,
}

impl Script<'_, '_> {
    /// Parses a statement; `false` at the end.
    fn statement(&mut self) -> bool {
        let parser = &mut self.parser;
        parser.blanks(true);
        match parser.peek() {
            None => return false,
            Some(';' | '{' | '}' | '(' | ')' | '|' | '&' | ',' | ']') => {
                parser.step();
            }
            Some('$') if self.assigns() => self.assignment(),
            Some(_) => {
                let before = self.parser.at;
                self.command();
                if self.parser.at == before {
                    self.parser.step();
                }
            }
        }
        true
    }

    /// The length of a `$name` here; 0 if there is none.
    fn variable(&self) -> usize {
        let rest = self.parser.rest();
        let name = rest.strip_prefix('$').unwrap_or_default();
        1 + name.find(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == ':')).unwrap_or(name.len())
    }

    fn assigns(&self) -> bool {
        let after = self.parser.rest().get(self.variable()..).unwrap_or_default().trim_start_matches([' ', '\t']);
        after.starts_with('=') && !after.starts_with("==")
    }

    /// `$name = value`. If the value is a command, it is parsed next.
    fn assignment(&mut self) {
        let length = self.variable();
        let name = self.parser.rest()[..length].to_owned();
        self.parser.at += length;
        self.parser.blanks(false);
        self.parser.step();
        self.parser.blanks(true);
        let literal =
            matches!(self.parser.peek(), Some('\'' | '"' | '$' | '[' | '0'..='9')) || self.parser.starts("@{") || self.parser.starts("@(");
        let value = if literal { self.parser.expression().value } else { Value::Word([&name, "()"].concat()) };
        // A variable assigned to itself is meaningless.
        let value = match self.session.scopes.names.meant(&value) {
            super::names::Resolved::Text(text) => Value::Text(text),
            _ => value,
        };
        self.session.scopes.names.insert(&name, value);
    }

    fn command(&mut self) {
        let mut words: Vec<Item> = Vec::new();
        loop {
            self.parser.blanks(false);
            match self.parser.peek() {
                None | Some('\n' | ';' | '|' | ')' | '}') => break,
                Some('{') if !words.is_empty() => break,
                Some('@') if self.splatted().is_some() => {
                    let (name, length) = self.splatted().unwrap_or_default();
                    let at = self.parser.at;
                    self.parser.at += length;
                    let members = match self.session.scopes.names.get(&name) {
                        // Each use is parsed again.
                        Some(Value::Object(members)) if members.len() <= SPLATTED_MAX => members.clone(),
                        _ => Vec::new(),
                    };
                    if members.is_empty() {
                        words.push(Item { at, value: Value::Word(["@", &name].concat()) });
                    }
                    for member in members {
                        words.push(Item::text(member.at, &["-", &member.name].concat()));
                        words.push(member.value);
                    }
                }
                Some(_) => {
                    let before = self.parser.at;
                    let word = self.word();
                    // A prompt, as in `PS C:\> az …`.
                    let prompt = self.parser.peek() == Some('>');
                    words.push(word);
                    if prompt {
                        self.parser.step();
                        words.clear();
                    }
                    if self.parser.at == before {
                        self.parser.step();
                    }
                }
            }
        }
        if matches!(words.first(), Some(Item { value: Value::Text(_), .. })) {
            let range = words[0].at..self.parser.at;
            let _ = self.session.command(&words, range);
        }
    }

    /// The variable of `@name`, and its length here.
    fn splatted(&self) -> Option<(String, usize)> {
        let name = self.parser.rest().strip_prefix('@')?;
        let length = name.find(|letter: char| !(letter.is_alphanumeric() || letter == '_')).unwrap_or(name.len());
        (length > 0).then(|| (["$", &name[..length]].concat(), length + 1))
    }

    fn word(&mut self) -> Item {
        let at = self.parser.at;
        match self.parser.peek() {
            Some('@') if self.parser.starts("@{") || self.parser.starts("@(") => return self.parser.expression(),
            Some('(') => {
                self.parser.parentheses();
                let text = self.parser.text.get(at..self.parser.at).unwrap_or_default();
                return Item { at, value: Value::Word(text.to_owned()) };
            }
            _ => {}
        }
        let mut pieces = Vec::new();
        let quoted = matches!(self.parser.peek(), Some('\'' | '"'));
        while let Some(letter) = self.parser.peek() {
            match letter {
                ' ' | '\t' | '\r' | '\n' | ';' | '|' | ')' | '}' | '>' => break,
                '\'' | '"' => match self.parser.string().value {
                    Value::Text(text) => text.chars().for_each(|letter| push(&mut pieces, letter)),
                    Value::Pieces(more) => pieces.extend(more),
                    _ => {}
                },
                '`' => {
                    self.parser.step();
                    if matches!(self.parser.peek(), None | Some('\n' | '\r')) {
                        break;
                    }
                    if let Some(letter) = self.parser.step() {
                        push(&mut pieces, letter);
                    }
                }
                '$' => {
                    let start = self.parser.at;
                    self.parser.at += self.variable();
                    if self.parser.starts("(") {
                        self.parser.parentheses();
                    } else if self.parser.starts("{") {
                        self.parser.at += self.parser.rest().find(['}', '\n']).map_or(self.parser.rest().len(), |end| end + 1);
                    } else if self.parser.starts(".") {
                        let rest = self.parser.rest();
                        self.parser.at += rest.find([' ', '\n', '\r', ';', ')', '"']).unwrap_or(rest.len());
                    }
                    pieces.push(Piece::Word(self.parser.text.get(start..self.parser.at).unwrap_or_default().to_owned()));
                }
                '(' => self.parser.parentheses(),
                _ => {
                    self.parser.step();
                    push(&mut pieces, letter);
                }
            }
        }
        let value = match Value::of(pieces) {
            // A quoted string is not an option: an empty first piece keeps it from starting with a hyphen.
            Value::Text(text) if quoted && text.starts_with('-') => Value::Pieces(vec![Piece::Text(String::new()), Piece::Text(text)]),
            value => value,
        };
        Item { at, value }
    }
}
