//! Characters that are invisible or change how their neighbours are rendered. Names, tags and messages come from anyone, and
//! readers must see what is in them, so such characters are shown as code points.

use std::borrow::Cow;

/// Whether `letter` must not be shown as it is: control characters, bidirectional controls, line and paragraph separators, and
/// invisible characters (Unicode's `Default_Ignorable_Code_Point`, and U+FFF9 to U+FFFB). Spaces of any width are not hidden.
///
/// Joiners and variation selectors are hidden although some scripts and emoji need them: two names may look the same and differ
/// only in those.
pub fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{17b4}'
                | '\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{13430}'..='\u{13440}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// `text` on one line, with `<U+200B>` for each hidden character.
pub fn shown(text: &str) -> Cow<'_, str> {
    replaced(text, is_hidden)
}

/// As [`shown`], but keeps line breaks and tabs: for messages and code of several lines.
pub fn shown_lines(text: &str) -> Cow<'_, str> {
    replaced(text, |letter| is_hidden(letter) && !matches!(letter, '\n' | '\r' | '\t'))
}

/// The code point in Unicode notation: `U+200B`.
pub fn code_point(letter: char) -> String {
    let mut text = String::from("U+");
    push_hex(&mut text, letter, 4);
    text.make_ascii_uppercase();
    text
}

/// Writes a character's code point in lower-case hexadecimal, with at least `width` digits.
pub fn push_hex(out: &mut String, letter: char, width: u32) {
    let number = u32::from(letter);
    for place in (0..8).rev() {
        let digit = number >> (place * 4);
        if digit > 0 || place < width {
            out.push(char::from_digit(digit & 15, 16).unwrap_or('0'));
        }
    }
}

fn replaced(text: &str, hides: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(&hides) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        if hides(letter) {
            out.push('<');
            out.push_str(&code_point(letter));
            out.push('>');
        } else {
            out.push(letter);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_shown_by_their_code_points() {
        let table = [
            ("", ""),
            ("Größe 東京 🦀 e\u{301}", "Größe 東京 🦀 e\u{301}"),
            ("a\u{200b}b", "a<U+200B>b"),
            ("\u{202e}gpj.exe", "<U+202E>gpj.exe"),
            ("a\nb\tc\u{0}\u{1b}[31m", "a<U+000A>b<U+0009>c<U+0000><U+001B>[31m"),
            ("\u{e0041}\u{feff}\u{ad}", "<U+E0041><U+FEFF><U+00AD>"),
            ("no\u{a0}break\u{3000}wide", "no\u{a0}break\u{3000}wide"),
        ];
        for (text, expected) in table {
            assert_eq!(shown(text), expected, "{text:?}");
        }
        assert_eq!(shown_lines("a\r\n\tb\u{200b}\u{2028}"), "a\r\n\tb<U+200B><U+2028>");
    }

    #[test]
    fn every_kind_of_hidden_character_is_known() {
        let bidirectional = ('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}').chain(['\u{200e}', '\u{200f}', '\u{61c}']);
        let zero_width = ['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{ad}', '\u{180e}', '\u{3164}', '\u{115f}'];
        let others = ['\u{0}', '\u{7f}', '\u{85}', '\u{9b}', '\u{2028}', '\u{2029}', '\u{fe0f}', '\u{e0001}', '\u{e007f}', '\u{e0100}'];
        for letter in bidirectional.chain(zero_width).chain(others) {
            assert!(is_hidden(letter), "{}", code_point(letter));
        }
        for letter in "aÑ ß東é🦀\u{a0}\u{3000}“‘".chars() {
            assert!(!is_hidden(letter), "{letter}");
        }
    }
}
