//! The text in the tab's session storage, for a reload.

use crate::browser::storage;
use crate::parsing::{FORMATS, Hints, TextFormat};
use crate::portal::text_owner;

/// The storage keys of the text, of the file's name, of the chosen format, and of the text's owner.
const TEXT: &str = "identity-portal:check";
const FILE: &str = "identity-portal:check-file";
const FORMAT: &str = "identity-portal:check-format";
const ACCOUNT: &str = "identity-portal:check-account";
/// The maximum bytes of a stored text: browsers limit session storage to 5 million characters in total.
const STORED_MAX: usize = 2_000_000;

/// A text with what is known about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) text: String,
    /// The file's name; empty for a text that was pasted or typed.
    pub(super) file: String,
    /// The chosen format; `None` to detect it.
    pub(super) format: Option<TextFormat>,
}

impl Source {
    pub(super) fn hints(&self) -> Hints<'_> {
        Hints { file: &self.file, format: self.format }
    }
}

/// The stored text; empty if there is none.
pub(super) fn read() -> Source {
    Source {
        text: storage::read(TEXT).unwrap_or_default(),
        file: storage::read(FILE).unwrap_or_default(),
        format: storage::read(FORMAT).and_then(|word| of_word(&word)),
    }
}

/// The format that `--language` calls `word`.
pub(super) fn of_word(word: &str) -> Option<TextFormat> {
    FORMATS.iter().find(|(known, _)| *known == word).map(|(_, format)| *format)
}

/// The word for a format; empty if it is to be detected.
pub(super) fn word(format: Option<TextFormat>) -> &'static str {
    FORMATS.iter().find(|(_, known)| Some(*known) == format).map_or("", |(word, _)| word)
}

/// Stores the text as typed by `account` (`home_account_id`; empty if nobody is signed in). `false` if it is too long, or the
/// browser refused.
pub(super) fn keep(source: &Source, account: &str) -> bool {
    if source.text.is_empty() || source.text.len() > STORED_MAX {
        forget();
        return source.text.is_empty();
    }
    text_owner::note(ACCOUNT, account);
    let written = [(TEXT, source.text.as_str()), (FILE, &source.file), (FORMAT, word(source.format))];
    let kept = written.into_iter().all(|(key, value)| storage::write(key, value));
    if !kept {
        // A text must not be read as another one's format, or belong to another one's owner.
        forget();
    }
    kept
}

/// Deletes the text if an account (`home_account_id`) typed it.
/// `until`: see [`text_owner::goes_with`].
pub fn forget_account(home_account_id: &str, until: Option<u64>) {
    if text_owner::goes_with(ACCOUNT, home_account_id, until) {
        forget();
    }
}

fn forget() {
    for key in [TEXT, FILE, FORMAT, ACCOUNT] {
        storage::forget(key);
    }
}
