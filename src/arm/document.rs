//! A JSON document to write: members keep their order, and notations other than JSON can write the same document. It is much
//! smaller than a general serialiser, and the order is the one people read.

use crate::visible::is_hidden;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Document {
    /// A string, unescaped.
    Text(String),
    List(Vec<Document>),
    /// Members in order.
    Object(Vec<(String, Document)>),
    /// An expression of the notation's language, written as it is.
    Expression(String),
}

/// The syntax in which a language writes documents.
#[derive(Clone, Copy)]
pub struct Notation {
    /// One level of indentation; `None` writes everything on one line.
    pub indent: Option<&'static str>,
    /// The opening and closing delimiters of an object.
    pub object: [&'static str; 2],
    /// The opening and closing delimiters of a list.
    pub list: [&'static str; 2],
    /// Between a name and its value.
    pub assign: &'static str,
    /// Whether values of adjacent text members are aligned in a column.
    pub aligned: bool,
    /// Between members, in addition to the line break.
    pub member_separator: &'static str,
    /// Between list items, in addition to the line break.
    pub item_separator: &'static str,
    /// Writes a member's name.
    pub name: fn(&mut String, &str),
    /// Writes a string with its quotes.
    pub text: fn(&mut String, &str),
}

/// JSON, indented by two spaces.
pub const JSON: Notation = Notation {
    indent: Some("  "),
    object: ["{", "}"],
    list: ["[", "]"],
    assign: ": ",
    aligned: false,
    member_separator: ",",
    item_separator: ",",
    name: push_json_text,
    text: push_json_text,
};

pub const JSON_LINE: Notation = Notation { indent: None, assign: ":", ..JSON };

impl Document {
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// A list of strings.
    pub fn texts<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        Self::List(texts.map(Self::text).collect())
    }

    /// An object whose values are strings.
    pub fn pairs<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        Self::Object(pairs.map(|(name, value)| (name.to_owned(), Self::text(value))).collect())
    }

    pub fn object<const N: usize>(members: [(&str, Document); N]) -> Self {
        Self::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// Appends a member; does nothing unless this is an object.
    pub fn push(&mut self, name: &str, value: Self) {
        if let Self::Object(members) = self {
            members.push((name.to_owned(), value));
        }
    }

    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|(known, _)| known == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The members of `other`, after its own; does nothing unless both are objects.
    pub fn append(&mut self, other: Self) {
        if let (Self::Object(members), Self::Object(others)) = (self, other) {
            members.extend(others);
        }
    }

    /// As JSON, indented by two spaces.
    pub fn json(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, &JSON, 0);
        out
    }

    pub fn json_line(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, &JSON_LINE, 0);
        out
    }

    /// Writes the document at an indentation depth; the first line is not indented.
    pub fn write(&self, out: &mut String, notation: &Notation, depth: usize) {
        let (brackets, separator, empty) = match self {
            Self::Text(text) => return (notation.text)(out, text),
            Self::Expression(expression) => return out.push_str(expression),
            Self::List(items) => (notation.list, notation.item_separator, items.is_empty()),
            Self::Object(members) => (notation.object, notation.member_separator, members.is_empty()),
        };
        out.push_str(brackets[0]);
        let mut first = true;
        let mut next = |out: &mut String| {
            if !std::mem::take(&mut first) {
                out.push_str(separator);
            }
            notation.line(out, depth + 1);
        };
        match self {
            Self::Text(_) | Self::Expression(_) => {}
            Self::List(items) => {
                for item in items {
                    next(out);
                    item.write(out, notation, depth + 1);
                }
            }
            Self::Object(members) => {
                for (index, (name, value)) in members.iter().enumerate() {
                    next(out);
                    (notation.name)(out, name);
                    if notation.aligned {
                        let spaces = notation.column(members, index).saturating_sub(notation.width(name));
                        out.extend(std::iter::repeat_n(' ', spaces));
                    }
                    out.push_str(notation.assign);
                    value.write(out, notation, depth + 1);
                }
            }
        }
        if !empty {
            notation.line(out, depth);
        }
        out.push_str(brackets[1]);
    }
}

impl Notation {
    /// The widest name in the run of text members around `index`; 0 for a member that is not text.
    fn column(&self, members: &[(String, Document)], index: usize) -> usize {
        let is_text = |member: &&(String, Document)| matches!(member.1, Document::Text(_) | Document::Expression(_));
        let before = members[..index].iter().rev().take_while(is_text);
        let after = members[index..].iter().take_while(is_text);
        before.chain(after).filter(|_| is_text(&&members[index])).map(|(name, _)| self.width(name)).max().unwrap_or(0)
    }

    fn width(&self, name: &str) -> usize {
        let mut written = String::new();
        (self.name)(&mut written, name);
        written.chars().count()
    }

    /// Breaks and indents the line, if this notation has lines.
    fn line(&self, out: &mut String, depth: usize) {
        if let Some(indent) = self.indent {
            out.push('\n');
            for _ in 0..depth {
                out.push_str(indent);
            }
        }
    }
}

/// Writes `text` as a JSON string (RFC 8259, section 7).
pub fn push_json_text(out: &mut String, text: &str) {
    out.push('"');
    for letter in text.chars() {
        push_json_letter(out, letter);
    }
    out.push('"');
}

/// Writes a character of a JSON string, or of a string in another language with the same escapes.
pub fn push_json_letter(out: &mut String, letter: char) {
    match letter {
        '"' | '\\' => out.extend(['\\', letter]),
        _ => match short_escape(letter) {
            Some(short) => out.extend(['\\', short]),
            None if is_hidden(letter) => push_utf16(out, letter),
            None => out.push(letter),
        },
    }
}

/// The letter that most languages escape a line break, a carriage return or a tab with.
pub fn short_escape(letter: char) -> Option<char> {
    match letter {
        '\n' => Some('n'),
        '\r' => Some('r'),
        '\t' => Some('t'),
        _ => None,
    }
}

/// Writes a character as UTF-16 JSON escapes: `\u200b`, or a surrogate pair.
pub fn push_utf16(out: &mut String, letter: char) {
    for unit in letter.encode_utf16(&mut [0; 2]) {
        out.push_str("\\u");
        push_hex16(out, *unit);
    }
}

/// Writes a UTF-16 code unit as four hexadecimal digits.
pub fn push_hex16(out: &mut String, unit: u16) {
    for place in (0..4).rev() {
        out.push(char::from_digit(u32::from(unit) >> (place * 4) & 15, 16).unwrap_or('0'));
    }
}

/// `json` with every hidden character in its strings escaped: the value stays the same, and all of it is visible.
pub fn escaped_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for letter in json.chars() {
        // Other control characters appear neither between JSON strings nor inside them.
        if is_hidden(letter) && !matches!(letter, '\n' | '\r' | '\t') { push_utf16(&mut out, letter) } else { out.push(letter) }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_json_that_parses_back() {
        let nasty = "\"\\\n\r\t\u{0}\u{7f}\u{85}\u{2028}\u{202e}\u{e0041}é🦀'$`";
        let document = Document::object([
            ("z", Document::text(nasty)),
            ("a", Document::texts(["1", "2"].into_iter())),
            (nasty, Document::Object(Vec::new())),
        ]);
        let expected = serde_json::json!({ "z": nasty, "a": ["1", "2"], nasty: {} });
        for text in [document.json(), document.json_line()] {
            assert_eq!(serde_json::from_str::<serde_json::Value>(&text).ok(), Some(expected.clone()), "{text}");
        }
        assert!(!document.json_line().contains('\n'));
        assert!(document.json().starts_with(
            "{\n  \"z\": \"\\\"\\\\\\n\\r\\t\\u0000\\u007f\\u0085\\u2028\\u202e\\udb40\\udc41é🦀'$`\",\n  \"a\": [\n    \"1\","
        ));
    }

    #[test]
    fn escaping_hidden_characters_keeps_the_json_value() {
        let json = serde_json::json!({ "a\u{200b}": ["\u{202e}x\u{7f}", "\u{e0041}", "\n"] });
        for text in [json.to_string(), serde_json::to_string_pretty(&json).expect("JSON")] {
            let escaped = escaped_json(&text);
            assert!(!escaped.replace('\n', "").chars().any(is_hidden), "{escaped}");
            assert_eq!(serde_json::from_str::<serde_json::Value>(&escaped).ok().as_ref(), Some(&json));
        }
    }
}
