//! Splits bash commands into words: quotes, variables with literal values, `$(…)`, continued lines.

use super::commands::Session;
use super::item::{Item, Piece, Value, push};
use super::names::{Expressions, Names};
use super::parsed_identity::Note;
use super::{ParsedText, TextFormat};
use crate::messages;

/// Maximum nesting of commands.
const NESTED_MAX: u32 = 16;

/// Prefixes that do not change which command is run, a prompt included.
const BEFORE: [&str; 16] =
    ["if", "then", "else", "elif", "do", "while", "until", "!", "time", "sudo", "exec", "command", "{", "$", "%", ">"];
/// Keywords before assignments.
const DECLARES: [&str; 5] = ["export", "local", "declare", "readonly", "typeset"];

pub(super) fn read(text: &str) -> ParsedText {
    let mut bash = Bash {
        text,
        at: 0,
        names: Names::new(Expressions::Words),
        session: Session::new(TextFormat::Bash),
        depth: 0,
        here_documents: Vec::new(),
    };
    loop {
        bash.script(None);
        // An unmatched closing bracket.
        if bash.step().is_none() {
            return bash.session.done();
        }
    }
}

struct Bash<'a> {
    text: &'a str,
    at: usize,
    names: Names,
    session: Session,
    depth: u32,
    /// The delimiters of the here-documents that start after this line.
    here_documents: Vec<String>,
}

impl<'a> Bash<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn step(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += letter.len_utf8();
        Some(letter)
    }

    /// Skips a line continuation. cmd.exe uses `^`.
    fn continuation(&mut self) -> bool {
        let rest = self.rest();
        let length = ["\\\n", "\\\r\n", "^\n", "^\r\n"].iter().find(|end| rest.starts_with(**end)).map_or(0, |end| end.len());
        self.at += length;
        length > 0
    }

    /// Parses commands up to `close`, which is not consumed, or to the end.
    fn script(&mut self, close: Option<char>) {
        let mut words = Vec::new();
        while let Some(letter) = self.peek() {
            if Some(letter) == close {
                break;
            }
            if self.continuation() {
                continue;
            }
            match letter {
                '\n' => {
                    self.command(&mut words);
                    self.step();
                    self.skip_here_documents();
                }
                ' ' | '\t' | '\r' | '\u{feff}' | '\u{a0}' => {
                    self.step();
                }
                ';' | '&' | '|' | '(' | '}' => {
                    self.command(&mut words);
                    self.step();
                }
                ')' => break,
                '#' => self.at += self.rest().find('\n').unwrap_or(self.rest().len()),
                '<' | '>' => self.redirection(),
                _ => {
                    let before = self.at;
                    let word = self.word(close);
                    // The file descriptor of a redirection such as `2>&1`.
                    let number = matches!(&word.value, Value::Text(text) if text.len() == 1 && text.as_bytes()[0].is_ascii_digit());
                    if !(number && matches!(self.peek(), Some('<' | '>'))) {
                        words.push(word);
                    }
                    if self.at == before {
                        self.step();
                    }
                }
            }
        }
        self.command(&mut words);
    }

    fn redirection(&mut self) {
        let start = self.at;
        while matches!(self.peek(), Some('<' | '>' | '&' | '|')) {
            self.step();
        }
        let operator = &self.text[start..self.at];
        while matches!(self.peek(), Some(' ' | '\t' | '-')) {
            self.step();
        }
        if !matches!(self.peek(), None | Some('\n' | ';' | '(' | ')' | '|' | '&')) {
            let word = self.word(None);
            if operator == "<<"
                && let Value::Text(marker) = word.value
                && self.here_documents.len() < 16
            {
                self.here_documents.push(marker);
            }
        }
    }

    /// Skips the here-documents announced on the line before.
    fn skip_here_documents(&mut self) {
        for marker in std::mem::take(&mut self.here_documents) {
            while let Some(line) = self.rest().split_inclusive('\n').next() {
                self.at += line.len();
                if line.trim() == marker {
                    break;
                }
            }
        }
    }

    /// Runs a command, or stores its assignments.
    fn command(&mut self, words: &mut Vec<Item>) {
        let mut rest = words.as_slice();
        while let Some((first, others)) = rest.split_first() {
            let Value::Text(text) = &first.value else {
                if self.assign(first) {
                    rest = others;
                    continue;
                }
                break;
            };
            if text == "for" {
                // A loop variable has a different value in each iteration.
                if let Some(name) = others.first() {
                    self.names.insert(&["$", name.start()].concat(), Value::Word(["$", name.start()].concat()));
                }
                rest = &[];
            } else if BEFORE.contains(&text.as_str()) || DECLARES.contains(&text.as_str()) || self.assign(first) {
                rest = others;
            } else {
                break;
            }
        }
        if !rest.is_empty() {
            self.session.command(rest, &self.names);
        }
        words.clear();
    }

    /// Stores `NAME=value`; `false` if the word is not an assignment.
    fn assign(&mut self, word: &Item) -> bool {
        let Some((name, value)) = word.split('=') else { return false };
        let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if is_name {
            // Resolved now, because the variables may be reassigned later.
            let value = match self.names.meant(&value.value) {
                super::names::Resolved::Text(text) => Value::Text(text),
                _ => Value::Word(["$", &name, "()"].concat()),
            };
            self.names.insert(&["$", &name].concat(), value);
        }
        is_name
    }

    fn word(&mut self, close: Option<char>) -> Item {
        let at = self.at;
        let mut pieces = Vec::new();
        while let Some(letter) = self.peek() {
            if Some(letter) == close || matches!(letter, ' ' | '\t' | '\r' | '\n' | ';' | '&' | '|' | '(' | ')' | '<' | '>' | '\u{a0}') {
                break;
            }
            if self.continuation() {
                break;
            }
            match letter {
                '\'' => {
                    self.step();
                    self.single(at, &mut pieces);
                }
                '"' => {
                    self.step();
                    self.double(at, &mut pieces);
                }
                '\\' => {
                    self.step();
                    if let Some(letter) = self.step() {
                        push(&mut pieces, letter);
                    }
                }
                '$' | '`' => self.dollar(&mut pieces),
                _ => {
                    self.step();
                    push(&mut pieces, letter);
                }
            }
        }
        Item { at, value: Value::of(pieces) }
    }

    fn single(&mut self, at: usize, pieces: &mut Vec<Piece>) {
        let rest = self.rest();
        let end = rest.find('\'');
        rest[..end.unwrap_or(rest.len())].chars().for_each(|letter| push(pieces, letter));
        self.at += end.map_or(rest.len(), |end| end + 1);
        if end.is_none() {
            self.session.note(Note::blocks(at, messages::READ_UNCLOSED_TEXT));
        }
    }

    fn double(&mut self, at: usize, pieces: &mut Vec<Piece>) {
        while let Some(letter) = self.peek() {
            match letter {
                '"' => {
                    self.step();
                    return;
                }
                '\\' => {
                    self.step();
                    match self.peek() {
                        Some(next @ ('$' | '`' | '"' | '\\')) => push(pieces, next),
                        Some('\n') => {}
                        Some(next) => {
                            push(pieces, '\\');
                            push(pieces, next);
                        }
                        None => break,
                    }
                    self.step();
                }
                '$' | '`' => self.dollar(pieces),
                _ => {
                    self.step();
                    push(pieces, letter);
                }
            }
        }
        self.session.note(Note::blocks(at, messages::READ_UNCLOSED_TEXT));
    }

    /// A variable, or a command substitution, whose command is parsed too.
    fn dollar(&mut self, pieces: &mut Vec<Piece>) {
        let start = self.at;
        let opened = self.step();
        let close = match (opened, self.peek()) {
            (Some('`'), _) => Some('`'),
            (_, Some('(')) => Some(')'),
            _ => None,
        };
        if let Some(close) = close {
            if self.depth >= NESTED_MAX {
                push(pieces, '$');
                return;
            }
            if close == ')' {
                self.step();
            }
            self.depth += 1;
            self.script(Some(close));
            self.depth -= 1;
            if self.peek() == Some(close) {
                self.step();
            }
        } else {
            match self.peek() {
                Some('{') => self.at += self.rest().find(['}', '\n']).map_or(self.rest().len(), |end| end + 1),
                Some('\'') => {
                    // `$'…'` with C's backslash escapes.
                    self.step();
                    self.ansi(pieces);
                    return;
                }
                Some(letter) if letter.is_ascii_alphabetic() || letter == '_' => {
                    let rest = self.rest();
                    self.at += rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_')).unwrap_or(rest.len());
                }
                Some('@' | '*' | '#' | '?' | '$' | '!' | '0'..='9') => {
                    self.step();
                }
                _ => {
                    push(pieces, '$');
                    return;
                }
            }
        }
        pieces.push(Piece::Word(self.text.get(start..self.at).unwrap_or_default().to_owned()));
    }

    fn ansi(&mut self, pieces: &mut Vec<Piece>) {
        // Escapes yield bytes; several may form one character.
        let mut bytes = Vec::new();
        while let Some(letter) = self.step() {
            match letter {
                '\'' => break,
                '\\' => match self.step() {
                    Some('n') => bytes.push(b'\n'),
                    Some('t') => bytes.push(b'\t'),
                    Some('r') => bytes.push(b'\r'),
                    Some('a') => bytes.push(7),
                    Some('b') => bytes.push(8),
                    Some('e' | 'E') => bytes.push(0x1b),
                    Some('f') => bytes.push(0xc),
                    Some('v') => bytes.push(0xb),
                    Some('x') => bytes.extend(self.number(16, 2).and_then(|number| u8::try_from(number).ok())),
                    Some('u') => push_utf8(&mut bytes, self.number(16, 4)),
                    Some('U') => push_utf8(&mut bytes, self.number(16, 8)),
                    Some('0'..='7') => {
                        self.at -= 1;
                        bytes.extend(self.number(8, 3).and_then(|number| u8::try_from(number & 255).ok()));
                    }
                    Some(other) => push_utf8(&mut bytes, Some(other.into())),
                    None => break,
                },
                _ => push_utf8(&mut bytes, Some(letter.into())),
            }
        }
        String::from_utf8_lossy(&bytes).chars().for_each(|letter| push(pieces, letter));
    }

    /// A number of at most `most` digits.
    fn number(&mut self, radix: u32, most: usize) -> Option<u32> {
        let rest = self.rest();
        let length = rest.chars().take(most).take_while(|digit| digit.is_digit(radix)).count();
        self.at += length;
        u32::from_str_radix(&rest[..length], radix).ok()
    }
}

fn push_utf8(bytes: &mut Vec<u8>, number: Option<u32>) {
    let letter = number.and_then(char::from_u32);
    bytes.extend(letter.iter().flat_map(|letter| letter.encode_utf8(&mut [0; 4]).bytes().collect::<Vec<u8>>()));
}
