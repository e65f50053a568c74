//! Every sentence and label that people read, in one catalogue, and the language they read it in.
//!
//! A message is a constant, so that each part of the program carries only the sentences it uses.
//! Placeholders are `{0}`, `{1}`, ... and are filled by [`Message::with`].

mod english;
mod pseudo;

use std::borrow::Cow;
use std::sync::atomic::{AtomicU8, Ordering};

pub use english::*;

use crate::visible::shown;

/// A sentence or label of the catalogue, in English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message(pub(crate) &'static str);

/// A message with its arguments: what the pure rooms hand to the pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub message: Message,
    /// The values of `{0}`, `{1}`, ...
    pub arguments: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locale {
    #[default]
    English,
    /// English with accents and padding, which reveals text that is not in the catalogue or does not fit.
    Pseudo,
}

static LOCALE: AtomicU8 = AtomicU8::new(0);

impl Locale {
    /// The page's locale.
    pub fn current() -> Self {
        if LOCALE.load(Ordering::Relaxed) == 1 { Self::Pseudo } else { Self::English }
    }

    /// Sets the page's locale; called once, at start.
    pub fn make_current(self) {
        LOCALE.store(u8::from(self == Self::Pseudo), Ordering::Relaxed);
    }
}

impl Message {
    /// The text in the page's locale.
    pub fn text(self) -> Cow<'static, str> {
        match Locale::current() {
            Locale::English => Cow::Borrowed(self.0),
            Locale::Pseudo => Cow::Owned(pseudo::accented(self.0)),
        }
    }

    /// Fills the placeholders.
    pub fn with<const N: usize>(self, arguments: [&str; N]) -> Sentence {
        Sentence { message: self, arguments: arguments.into_iter().map(str::to_owned).collect() }
    }
}

/// A sentence with a number, `{0}`, in its singular and plural forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub(crate) one: Message,
    pub(crate) many: Message,
}

impl Counted {
    pub fn with(self, count: u64) -> Sentence {
        let form = if count == 1 { self.one } else { self.many };
        form.with([&count.to_string()])
    }
}

impl From<Message> for Sentence {
    fn from(message: Message) -> Self {
        Self { message, arguments: Vec::new() }
    }
}

impl Sentence {
    /// The text in the page's locale, with placeholders filled. Arguments are never translated or expanded again, and hidden
    /// characters in them become code points.
    pub fn text(&self) -> String {
        let template = self.message.text();
        let mut text = String::with_capacity(template.len() + 16);
        let mut rest: &str = &template;
        while let Some(open) = rest.find('{') {
            text.push_str(&rest[..open]);
            rest = &rest[open..];
            let index = rest.as_bytes().get(1).map(|digit| usize::from(digit.wrapping_sub(b'0')));
            let argument = index.filter(|_| rest.as_bytes().get(2) == Some(&b'}')).and_then(|at| self.arguments.get(at));
            if let Some(argument) = argument {
                text.push_str(&shown(argument));
                rest = &rest[3..];
            } else {
                text.push('{');
                rest = &rest[1..];
            }
        }
        text.push_str(rest);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selects_singular_and_plural() {
        let seconds = Counted { one: Message("{0} second"), many: Message("{0} seconds") };
        assert_eq!([0, 1, 2].map(|count| seconds.with(count).text()), ["0 seconds", "1 second", "2 seconds"]);
    }

    #[test]
    fn placeholders_are_filled_once_and_other_braces_kept() {
        let sentence = Message("{1} and {0}, {x} {9}").with(["{1}", "b"]);
        assert_eq!(sentence.text(), "b and {1}, {x} {9}");
        assert_eq!(Message("Discard “{0}”?").with(["a\u{202e}b\nc"]).text(), "Discard “a<U+202E>b<U+000A>c”?");
    }
}
