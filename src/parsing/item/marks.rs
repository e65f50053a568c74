//! Marks in a string: expressions of an outer language, such as those of a pipeline in its scripts.

use super::Piece;

/// Expressions of the outer language are single characters of a private plane in the inner text: no language gives them a
/// meaning, in or out of quotes.
pub(in crate::parsing) const FIRST_MARK: u32 = 0xf_0000;
/// The maximum number of marks: the others share the last one.
pub(in crate::parsing) const MARKS_MAX: u32 = 0xfffd;
/// The first byte of each mark in UTF-8.
const MARK_BYTE: u8 = 0xf3;
pub(in crate::parsing) fn has_mark(text: &str) -> bool {
    text.as_bytes().contains(&MARK_BYTE)
}

/// The number of the first mark above those in a text.
pub(in crate::parsing) fn free_mark(text: &str) -> u32 {
    if !has_mark(text) {
        return 0;
    }
    text.chars().filter(|letter| is_mark(*letter)).map(|mark| u32::from(mark) - FIRST_MARK + 1).max().unwrap_or_default()
}

fn is_mark(letter: char) -> bool {
    (FIRST_MARK..FIRST_MARK + MARKS_MAX).contains(&u32::from(letter))
}

/// Turns the marks in a string into expressions.
pub(super) fn split_marks(pieces: &mut Vec<Piece>) {
    let marked = |piece: &Piece| matches!(piece, Piece::Text(text) if has_mark(text));
    if !pieces.iter().any(marked) {
        return;
    }
    for piece in std::mem::take(pieces) {
        let Piece::Text(text) = piece else {
            pieces.push(piece);
            continue;
        };
        let mut rest = text.as_str();
        while let Some((at, mark)) = rest.char_indices().find(|(_, letter)| is_mark(*letter)) {
            let end = at + mark.len_utf8();
            pieces.push(Piece::Text(rest[..at].to_owned()));
            pieces.push(Piece::Word(rest[at..end].to_owned()));
            rest = &rest[end..];
        }
        pieces.push(Piece::Text(rest.to_owned()));
    }
}
