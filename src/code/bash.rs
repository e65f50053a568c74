//! Quoting for bash, both in scripts and at an interactive prompt.

use crate::visible::{is_hidden, push_hex};

/// Writes `text` as one bash word: bare if bash interprets nothing in it, in double quotes where that reads best, otherwise in
/// single quotes. Hidden characters other than line breaks become UTF-8 bytes in `$'…'`, so that the locale does not matter.
pub(super) fn push_word(out: &mut String, text: &str) {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-./:=@%+,".contains(&byte)) {
        out.push_str(text);
    } else if text.chars().any(|letter| letter != '\n' && is_hidden(letter)) {
        out.push_str("$'");
        for letter in text.chars() {
            if letter.is_ascii_alphanumeric() || (!letter.is_ascii() && !is_hidden(letter)) {
                out.push(letter);
            } else {
                for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
                    out.push_str("\\x");
                    push_hex(out, char::from(byte), 2);
                }
            }
        }
        out.push('\'');
    } else if text.contains('\'') && !text.contains(['"', '$', '`', '\\', '!']) {
        // `!` expands history at a prompt, even in double quotes.
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push('\'');
        out.push_str(&text.replace('\'', r"'\''"));
        out.push('\'');
    }
}

/// A command that is broken before its options if it is long.
pub struct Command {
    text: String,
    /// Each is the option's name followed by its quoted values.
    options: Vec<Vec<String>>,
}

/// The length in characters from which a command is broken.
const LINE: usize = 100;

impl Command {
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), options: Vec::new() }
    }

    /// Adds a short option on the first line. Its value may begin with `-`, so it is joined to the option.
    pub fn short(&mut self, name: &str, value: &str) {
        self.text.push(' ');
        self.text.push_str(name);
        self.text.push(if value.starts_with('-') { '=' } else { ' ' });
        push_word(&mut self.text, value);
    }

    /// Adds an option with its values, which must not begin with `-`.
    pub fn option<'a>(&mut self, name: &str, values: impl IntoIterator<Item = &'a str>) {
        let mut words = vec![name.to_owned()];
        for value in values {
            let mut word = String::new();
            push_word(&mut word, value);
            words.push(word);
        }
        self.options.push(words);
    }

    /// Adds an option that is already quoted, or that the shell has to expand.
    pub fn raw(&mut self, option: &str) {
        self.options.push(vec![option.to_owned()]);
    }

    /// Writes the command on one line, without a line break at the end.
    pub fn write_line(self, out: &mut String) {
        out.push_str(&self.text);
        for word in self.options.iter().flatten() {
            out.push(' ');
            out.push_str(word);
        }
    }

    /// Writes the command and ends its last line.
    pub fn write(self, out: &mut String) {
        let length = |words: &[String]| words.iter().map(|word| word.chars().count() + 1).sum::<usize>();
        let whole = self.text.chars().count() + self.options.iter().map(|words| length(words)).sum::<usize>();
        let broken = whole > LINE || self.options.iter().flatten().any(|word| word.contains('\n'));
        out.push_str(&self.text);
        for words in &self.options {
            let between = if length(words) > LINE { " \\\n    " } else { " " };
            out.push_str(if broken { " \\\n  " } else { " " });
            out.push_str(&words.join(between));
        }
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_as_little_as_needed() {
        let table = [
            ("RG1", "RG1"),
            ("Env=prod", "Env=prod"),
            ("", "''"),
            ("two words", "'two words'"),
            ("it's", "\"it's\""),
            ("it's $5!", r"'it'\''s $5!'"),
            ("(x)", "'(x)'"),
            ("~", "'~'"),
            ("a\\b", "'a\\b'"),
            ("a\u{3164}é'b-", r"$'a\xe3\x85\xa4é\x27b\x2d'"),
            ("\u{1b}!", r"$'\x1b\x21'"),
        ];
        for (text, word) in table {
            let mut out = String::new();
            push_word(&mut out, text);
            assert_eq!(out, word, "{text}");
        }
    }
}
