//! What happened, for the bell: everything that may take longer than two seconds, and how it ended.

use leptos::prelude::*;

use crate::browser::clock;
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

/// The bell's list, newest first.
#[derive(Clone, Copy)]
pub struct Notifications {
    /// All entries.
    pub entries: RwSignal<Vec<Notification>>,
    /// How many came since the list was last opened.
    pub unseen: RwSignal<usize>,
}

impl Notifications {
    /// An empty list.
    pub fn new() -> Self {
        Self { entries: RwSignal::new(Vec::new()), unseen: RwSignal::new(0) }
    }

    /// Tells that something about `subject` happened.
    pub fn tell(self, subject: &str, standing: Standing, title: Sentence, link: Option<String>) {
        self.entries.update(|entries| {
            let id = entries.iter().map(|entry| entry.id).max().unwrap_or_default() + 1;
            entries.retain(|entry| entry.subject != subject);
            let moment = clock::now();
            entries.insert(0, Notification { id, subject: subject.to_owned(), standing, title, link, moment, is_toast: true });
            entries.truncate(KEPT);
        });
        self.unseen.update(|unseen| *unseen += 1);
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
