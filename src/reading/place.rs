//! Lines and columns, as editors count them.

use std::cell::Cell;

/// A place in a text, counted from 1; columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// Where the lines of a text begin.
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// A place and its column, which the next one on its line goes on from: a line may be very long.
    last: Cell<(usize, usize)>,
}

impl<'a> Lines<'a> {
    /// The lines of `text`.
    pub fn of(text: &'a str) -> Self {
        let after = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(after).collect(), last: Cell::new((0, 1)) }
    }

    /// The line of a place in bytes.
    pub fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).max(1)
    }

    /// The place of a place in bytes.
    pub fn place(&self, at: usize) -> Place {
        let line = self.line(at);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let (from, column) = Some(self.last.get()).filter(|(last, _)| (start..=at).contains(last)).unwrap_or((start, 1));
        let between = self.text.get(from..at).unwrap_or_default();
        let column = column + between.chars().filter(|letter| *letter != '\u{feff}').count();
        self.last.set((at, column));
        Place { line, column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_as_editors_do() {
        let lines = Lines::of("\u{feff}a\r\nGröße x\n");
        for (at, line, column) in [(0, 1, 1), (3, 1, 1), (6, 2, 1), (14, 2, 7), (16, 3, 1), (99, 3, 1)] {
            assert_eq!(lines.place(at), Place { line, column }, "{at}");
        }
    }
}
