//! A text inside another one, such as a script in YAML, and where each part of it stands there.

use super::ParsedText;
use super::item::Piece;
use super::item::marks::{FIRST_MARK, MARKS_MAX, free_mark, has_mark};
use super::parsed_identity::ParsedIdentity;

/// The maximum bytes that values put in place of expressions add to a text.
const ADDED_MAX: usize = 1 << 16;

/// The length of an expression of the outer language at an offset of a text, and its value if known.
pub(super) type Expression<'a> = &'a dyn Fn(&str, usize) -> Option<(usize, Option<String>)>;

/// A text taken out of another one, without its indentation or escapes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Embedded {
    pub(super) text: String,
    /// The verbatim parts, and the replaced ones.
    parts: Vec<Part>,
    /// The expressions of the outer language, verbatim, by mark.
    expressions: Vec<String>,
    /// The first mark that the outer text doesn't have itself.
    first: u32,
    /// The bytes of values put in place of expressions.
    pub(super) added: usize,
}

/// A part of the inner text: where it starts there and in the outer text, and whether its bytes follow one another there, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    inner: usize,
    outer: usize,
    verbatim: bool,
}

impl Embedded {
    /// An empty text that takes parts of `outer`.
    pub(super) fn within(outer: &str) -> Self {
        Self { first: free_mark(outer), ..Self::default() }
    }

    /// Appends `piece`, which stands verbatim at `at` of the outer text.
    pub(super) fn push(&mut self, at: usize, piece: &str) {
        self.parts.push(Part { inner: self.text.len(), outer: at, verbatim: true });
        self.text.push_str(piece);
    }

    /// Appends `text` in place of something else at `at` of the outer text.
    pub(super) fn put(&mut self, at: usize, text: &str) {
        self.parts.push(Part { inner: self.text.len(), outer: at, verbatim: false });
        self.text.push_str(text);
    }

    /// Appends the value of an expression; `false` if values have grown too long.
    pub(super) fn put_value(&mut self, at: usize, value: &str) -> bool {
        self.added += value.len();
        let fits = self.added <= ADDED_MAX;
        if fits {
            self.put(at, value);
        }
        fits
    }

    /// Appends an expression of the outer language, whose value is unknown.
    pub(super) fn mark(&mut self, at: usize, expression: &str) {
        let number = self.first.saturating_add(u32::try_from(self.expressions.len()).unwrap_or(MARKS_MAX)).min(MARKS_MAX - 1);
        if number < MARKS_MAX - 1 {
            self.expressions.push(expression.to_owned());
        }
        let mark = char::from_u32(FIRST_MARK + number).unwrap_or_default();
        self.put(at, mark.encode_utf8(&mut [0; 4]));
    }

    /// Appends the bytes `from..to` of another embedded text.
    pub(super) fn copy(&mut self, other: &Self, from: usize, to: usize) {
        let mut at = from;
        let first = other.parts.partition_point(|part| part.inner <= from);
        let ends = other.parts[first..].iter().map(|part| part.inner).take_while(|end| *end < to).chain([to]);
        for end in ends {
            let verbatim = other.parts.get(other.parts.partition_point(|part| part.inner <= at).saturating_sub(1));
            let piece = other.text.get(at..end).unwrap_or_default();
            match verbatim {
                Some(part) if !part.verbatim => self.put(part.outer, piece),
                _ => self.push(other.outer(at), piece),
            }
            at = end;
        }
    }

    /// Appends another embedded text. Only one of them may have marks.
    pub(super) fn append(&mut self, other: &Self) {
        if self.expressions.is_empty() {
            self.expressions.clone_from(&other.expressions);
            self.first = self.first.max(other.first);
        }
        self.copy(other, 0, other.text.len());
    }

    /// Puts what `expression` tells in place of each expression: its length at the start of a text, and its value if known.
    pub(super) fn expanded(&self, expression: Expression) -> Self {
        let mut whole = Self { expressions: self.expressions.clone(), first: self.first, ..Self::default() };
        if self.expressions.is_empty() {
            whole.first = free_mark(&self.text);
        }
        let (mut at, mut done) = (0, 0);
        while let Some(next) = self.text.get(at..).and_then(|rest| rest.find(['$', '{', '<', '%'])) {
            at += next;
            let Some((length, value)) = expression(&self.text, at) else {
                at += 1;
                continue;
            };
            whole.copy(self, done, at);
            let outer = self.outer(at);
            if !value.is_some_and(|value| whole.put_value(outer, &value)) {
                whole.mark(outer, self.text.get(at..at + length).unwrap_or_default());
            }
            at += length.max(1);
            done = at;
        }
        whole.copy(self, done, self.text.len());
        whole
    }

    /// The offset in the outer text.
    pub(super) fn outer(&self, at: usize) -> usize {
        let part = self.parts.partition_point(|part| part.inner <= at).saturating_sub(1);
        self.parts.get(part).map_or(at, |part| if part.verbatim { part.outer + at.saturating_sub(part.inner) } else { part.outer })
    }

    /// Moves what was parsed from this text to its place in the outer text.
    pub(super) fn relocate(&self, mut reading: ParsedText) -> ParsedText {
        for ParsedIdentity { at, end, places, remarks, partial, .. } in &mut reading.found {
            (*at, *end) = (self.outer(*at), self.outer(*end));
            for (_, at) in places {
                *at = self.outer(*at);
            }
            for remark in remarks {
                self.unmark(&mut remark.sentence.arguments);
            }
            for piece in partial.iter_mut().flat_map(|(_, pieces)| pieces) {
                if let Piece::Word(word) = piece {
                    self.unmark(std::slice::from_mut(word));
                }
            }
        }
        for note in &mut reading.notes {
            note.at = self.outer(note.at);
            self.unmark(&mut note.sentence.arguments);
        }
        for range in &mut reading.accounted {
            *range = self.outer(range.start)..self.outer(range.end);
        }
        reading
    }

    /// Writes expressions in place of their marks.
    fn unmark(&self, texts: &mut [String]) {
        for text in texts.iter_mut().filter(|text| has_mark(text)) {
            let mut whole = String::new();
            for letter in text.chars() {
                let expression =
                    u32::from(letter).checked_sub(FIRST_MARK + self.first).and_then(|number| self.expressions.get(number as usize));
                match expression {
                    Some(expression) => whole.push_str(expression),
                    None => whole.push(letter),
                }
            }
            *text = whole;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_those_of_the_outer_text() {
        let outer = "run: |\n  ab\n  cd\n";
        let mut embedded = Embedded::default();
        embedded.push(9, "ab\n");
        embedded.push(14, "cd\n");
        assert_eq!(embedded.text, "ab\ncd\n");
        for (at, letter) in [(0, "a"), (1, "b"), (3, "c"), (4, "d")] {
            let at = embedded.outer(at);
            assert_eq!(&outer[at..=at], letter);
        }
        assert_eq!(embedded.outer(6), outer.len());
    }

    #[test]
    fn expressions_become_their_values_or_marks() {
        let outer = "- a $X b\n- $Y c";
        let mut embedded = Embedded::default();
        embedded.push(2, "a $X b\n");
        embedded.push(11, "$Y c");
        let expanded = embedded.expanded(&|text, at| Some((2, text[at..].starts_with("$X").then(|| "long value".to_owned()))));
        let mark = char::from_u32(FIRST_MARK).unwrap();
        assert_eq!(expanded.text, format!("a long value b\n{mark} c"));
        for (part, letter) in [("a", "a"), ("long", "$"), ("value", "$"), ("b", "b"), ("c", "c")] {
            let at = expanded.outer(expanded.text.find(part).unwrap());
            assert_eq!(&outer[at..=at], letter, "{part}");
        }
        assert_eq!(expanded.outer(expanded.text.find(mark).unwrap()), 11);
        let mut texts = [format!("x{mark}{mark}")];
        expanded.unmark(&mut texts);
        assert_eq!(texts, ["x$Y$Y"]);
    }
}
