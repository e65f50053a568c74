//! Lines and columns, as editors count them.

/// A position in a text; lines and columns count from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// The bytes between two offsets whose column is precomputed.
const STEP: usize = 512;

/// An index of a text's lines.
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// The number of characters before each [`STEP`]: a line may be very long and contain many positions. Empty for ASCII.
    before: Vec<usize>,
    is_ascii: bool,
}

impl<'a> Lines<'a> {
    pub fn of(text: &'a str) -> Self {
        let after = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let (mut before, mut count) = (Vec::new(), 0);
        let is_ascii = text.is_ascii();
        for (at, letter) in text.char_indices().take_while(|_| !is_ascii) {
            // A character may start in one step and end in the next.
            while before.len() * STEP <= at {
                before.push(count);
            }
            count += usize::from(letter != '\u{feff}');
        }
        Self { text, starts: std::iter::once(0).chain(after).collect(), before, is_ascii }
    }

    /// The line of a byte offset.
    pub fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).max(1)
    }

    /// The position of a byte offset.
    pub fn place(&self, at: usize) -> Position {
        let line = self.line(at);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        Position { line, column: 1 + self.characters(at).saturating_sub(self.characters(start)) }
    }

    /// The number of characters before a byte offset, without a byte order mark.
    fn characters(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        if self.is_ascii {
            return at;
        }
        let step = at / STEP;
        let Some(before) = self.before.get(step) else { return self.before.last().copied().unwrap_or_default() };
        // The first character that starts in the step.
        let begins = (step * STEP..=at).find(|begins| self.text.is_char_boundary(*begins)).unwrap_or(at);
        let between = self.text.get(begins..at).unwrap_or_default();
        before + between.chars().filter(|letter| *letter != '\u{feff}').count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_counted_as_editors_do() {
        let lines = Lines::of("\u{feff}a\r\nGröße x\n");
        for (at, line, column) in [(0, 1, 1), (3, 1, 1), (6, 2, 1), (14, 2, 7), (16, 3, 1), (99, 3, 1)] {
            assert_eq!(lines.place(at), Position { line, column }, "{at}");
        }
    }
    #[test]
    fn columns_of_a_long_line_are_found_in_any_order() {
        let text = ["x\n", &"aé🦀\u{feff}".repeat(1_000), "\n"].concat();
        let lines = Lines::of(&text);
        let mut column = 1;
        for (at, letter) in text.char_indices().skip(2) {
            assert_eq!(lines.place(at), Position { line: 2, column }, "{at}");
            column += usize::from(letter != '\u{feff}');
        }
        assert_eq!(lines.place(2), Position { line: 2, column: 1 });
    }
}
