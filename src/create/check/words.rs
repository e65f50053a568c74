//! Characters and lists as they are named in a sentence.

use crate::messages;

/// The characters, each so that a person can see it: `“/”, spaces, U+000A`.
pub(super) fn characters(characters: &[char]) -> String {
    let mut text = String::new();
    for character in characters {
        separate(&mut text);
        match character {
            ' ' => text.push_str(&messages::A_SPACE.text()),
            invisible if invisible.is_control() || invisible.is_whitespace() => push_code_point(&mut text, *invisible),
            seen => push_quoted(&mut text, *seen),
        }
    }
    text
}

/// The texts, one after the other.
pub(super) fn list(texts: &[String]) -> String {
    let mut list = String::new();
    for text in texts {
        separate(&mut list);
        list.push_str(text);
    }
    list
}

fn separate(text: &mut String) {
    if !text.is_empty() {
        text.push_str(messages::LIST_SEPARATOR.0);
    }
}

fn push_quoted(text: &mut String, character: char) {
    text.push('“');
    text.push(character);
    text.push('”');
}

/// `U+0009`, as Unicode writes it.
fn push_code_point(text: &mut String, character: char) {
    text.push_str("U+");
    for shift in [12, 8, 4, 0] {
        let digit = (u32::from(character) >> shift) & 15;
        text.push(char::from_digit(digit, 16).unwrap_or('0').to_ascii_uppercase());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_named() {
        assert_eq!(characters(&['/', ' ', '\n', '\u{a0}']), "“/”, spaces, U+000A, U+00A0");
    }
}
