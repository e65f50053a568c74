//! The place of a reader in its text.

/// A reader that goes through a text.
pub(super) trait Cursor<'a> {
    /// The whole text.
    fn text(&self) -> &'a str;

    /// The byte offset in it.
    fn at(&self) -> usize;

    fn go_to(&mut self, at: usize);

    fn rest(&self) -> &'a str {
        self.text().get(self.at()..).unwrap_or_default()
    }

    fn starts(&self, with: &str) -> bool {
        self.rest().starts_with(with)
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Consumes a character.
    fn step(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.go_to(self.at() + letter.len_utf8());
        Some(letter)
    }
}

/// Implements [`Cursor`] for a reader with the fields `text` and `at`.
macro_rules! cursor {
    ($reader:ident < $text:lifetime $(, $other:lifetime)? >) => {
        impl<$text> $crate::parsing::cursor::Cursor<$text> for $reader<$text $(, $other)?> {
            fn text(&self) -> &$text str {
                self.text
            }

            fn at(&self) -> usize {
                self.at
            }

            fn go_to(&mut self, at: usize) {
                self.at = at;
            }
        }
    };
}
pub(super) use cursor;
