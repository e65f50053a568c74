//! A text inside another one, such as a script in YAML, and where each part of it stands there.

use super::ParsedText;
use super::parsed_identity::ParsedIdentity;

/// A text taken out of another one, without its indentation or escapes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Embedded {
    pub(super) text: String,
    /// The byte offsets at which verbatim parts start: here, and in the outer text.
    parts: Vec<(usize, usize)>,
}

impl Embedded {
    /// Appends `piece`, which stands verbatim at `at` of the outer text.
    pub(super) fn push(&mut self, at: usize, piece: &str) {
        self.parts.push((self.text.len(), at));
        self.text.push_str(piece);
    }

    /// The offset in the outer text.
    pub(super) fn outer(&self, at: usize) -> usize {
        let part = self.parts.partition_point(|(inner, _)| *inner <= at).saturating_sub(1);
        self.parts.get(part).map_or(at, |(inner, outer)| outer + at.saturating_sub(*inner))
    }

    /// Moves what was parsed from this text to its place in the outer text.
    pub(super) fn relocate(&self, mut reading: ParsedText) -> ParsedText {
        for ParsedIdentity { at, end, places, .. } in &mut reading.found {
            (*at, *end) = (self.outer(*at), self.outer(*end));
            for (_, at) in places {
                *at = self.outer(*at);
            }
        }
        for note in &mut reading.notes {
            note.at = self.outer(note.at);
        }
        for range in &mut reading.accounted {
            *range = self.outer(range.start)..self.outer(range.end);
        }
        reading
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
}
