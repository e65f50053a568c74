//! What happened, for the bell: everything that may take longer than two seconds, and how it ended. Kept for the tab.

mod kept;

use leptos::prelude::*;

use crate::browser::{clock, storage};
use crate::messages::Sentence;

/// How a thing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Under way.
    Running,
    /// It went well.
    Done,
    /// It failed.
    Failed,
}

/// One entry of the bell's list.
#[derive(Clone, Debug, PartialEq)]
pub struct Notification {
    /// What the list knows it by.
    pub id: u32,
    /// What it is about; a newer entry of the same subject replaces the older.
    pub subject: String,
    /// How it stands.
    pub standing: Standing,
    /// What happened.
    pub title: Sentence,
    /// Where it leads, as a fragment.
    pub link: Option<String>,
    /// When, in milliseconds since 1970.
    pub moment: u64,
    /// Whether it is shown at the top right still.
    pub is_toast: bool,
}

/// Most entries kept.
const KEPT: usize = 50;

/// Where the tab keeps the list.
const LIST: &str = "identity-portal:notifications";
/// Where it keeps how many of them are new. Apart from the list, which is read when it is needed.
const UNSEEN: &str = "identity-portal:unseen";

/// The bell's list, newest first.
#[derive(Clone, Copy)]
pub struct Notifications {
    /// All entries, once [`Self::recall`] was called.
    pub entries: RwSignal<Vec<Notification>>,
    /// How many came since the list was last opened.
    pub unseen: RwSignal<usize>,
    is_recalled: StoredValue<bool>,
}

impl Notifications {
    /// The list that the tab kept.
    pub fn new() -> Self {
        let unseen = if cfg!(target_arch = "wasm32") { storage::read(UNSEEN) } else { None };
        let unseen = unseen.and_then(|count| count.parse().ok()).unwrap_or_default();
        Self { entries: RwSignal::new(Vec::new()), unseen: RwSignal::new(unseen), is_recalled: StoredValue::new(false) }
    }

    /// Brings back what the tab kept.
    pub fn recall(self) {
        if !self.is_recalled.get_value() {
            self.is_recalled.set_value(true);
            if let Some(text) = storage::read(LIST) {
                self.entries.set(kept::read(&text));
            }
        }
    }

    /// Forgets what the tab kept.
    pub fn forget() {
        storage::forget(LIST);
        storage::forget(UNSEEN);
    }

    /// The person looks at the list.
    pub fn see(self) {
        self.unseen.set(0);
        storage::forget(UNSEEN);
    }

    /// Empties the list.
    pub fn clear(self) {
        self.entries.set(Vec::new());
        Self::forget();
    }

    /// Tells that something about `subject` happened.
    pub fn tell(self, subject: &str, standing: Standing, title: Sentence, link: Option<String>) {
        self.recall();
        self.entries.update(|entries| {
            let id = entries.iter().map(|entry| entry.id).max().unwrap_or_default() + 1;
            entries.retain(|entry| entry.subject != subject);
            let moment = clock::now();
            entries.insert(0, Notification { id, subject: subject.to_owned(), standing, title, link, moment, is_toast: true });
            entries.truncate(KEPT);
            storage::write(LIST, &kept::write(entries));
        });
        let unseen = self.unseen.get_untracked() + 1;
        self.unseen.set(unseen);
        storage::write(UNSEEN, &unseen.to_string());
    }

    /// Takes a toast away; it stays in the list.
    pub fn dismiss(self, id: u32) {
        self.entries.update(|entries| {
            for entry in entries.iter_mut().filter(|entry| entry.id == id) {
                entry.is_toast = false;
            }
        });
    }
}

impl Default for Notifications {
    fn default() -> Self {
        Self::new()
    }
}
