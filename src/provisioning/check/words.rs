//! Formats characters and lists for sentences.

use crate::messages;
use crate::visible::{code_point, is_hidden};

/// The characters in a visible form: `“/”, spaces, U+000A`.
pub(super) fn characters(characters: &[char]) -> String {
    let mut text = String::new();
    for character in characters {
        separate(&mut text);
        match character {
            ' ' => text.push_str(&messages::A_SPACE.text()),
            unseen if is_hidden(*unseen) || unseen.is_whitespace() => text.push_str(&code_point(*unseen)),
            seen => push_quoted(&mut text, *seen),
        }
    }
    text
}

/// The texts as a list.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_named() {
        assert_eq!(characters(&['/', ' ', '\n', '\u{a0}', '\u{200b}']), "“/”, spaces, U+000A, U+00A0, U+200B");
    }
}
