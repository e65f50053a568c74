//! What happened, for the bell: everything that may take longer than two seconds, and how it ended. Kept for the tab.

mod stored;

use leptos::prelude::*;

use crate::arm::caller::CallerKind;
use crate::browser::{clock, storage};
use crate::cloud::Cloud;
use crate::messages::Sentence;

/// How a thing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotificationStatus {
    /// Under way.
    Running,
    /// It went well.
    Done,
    /// It failed.
    Failed,
    /// Nobody knows, or it waits for somebody.
    Unknown,
}

/// One entry of the bell's list.
#[derive(Clone, Debug, PartialEq)]
pub struct Notification {
    /// What the list knows it by.
    pub id: u32,
    /// Whose it is: the `home_account_id`; empty in Preview and where nobody was signed in.
    pub account: String,
    /// What it is about; a newer entry of the same subject replaces the older.
    pub subject: String,
    /// How it stands.
    pub standing: NotificationStatus,
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

/// Where the tab keeps the list, and how many of its entries are new: apart, since the list is read when it is needed.
struct Keys {
    list: &'static str,
    unseen: &'static str,
}

const LIVE: Keys = Keys { list: "identity-portal:notifications", unseen: "identity-portal:unseen" };
/// What Preview tells is no news of Azure, and never stands in the same list.
const PREVIEW: Keys = Keys { list: "identity-portal:notifications:preview", unseen: "identity-portal:unseen:preview" };

/// The bell's list, newest first.
#[derive(Clone, Copy)]
pub struct Notifications {
    /// All entries, once [`Self::recall`] was called.
    pub entries: RwSignal<Vec<Notification>>,
    /// How many came since the list was last opened.
    pub unseen: RwSignal<usize>,
    is_recalled: StoredValue<bool>,
    cloud: Cloud,
    keys: &'static Keys,
}

impl Notifications {
    /// The list that the tab kept.
    pub fn new(cloud: Cloud) -> Self {
        let keys = if untrack(|| cloud.present()).kind == CallerKind::Preview { &PREVIEW } else { &LIVE };
        let unseen = if cfg!(target_arch = "wasm32") { storage::read(keys.unseen) } else { None };
        let unseen = unseen.and_then(|count| count.parse().ok()).unwrap_or_default();
        Self { entries: RwSignal::new(Vec::new()), unseen: RwSignal::new(unseen), is_recalled: StoredValue::new(false), cloud, keys }
    }

    /// Brings back what the tab kept.
    pub fn recall(self) {
        if !self.is_recalled.get_value() {
            self.is_recalled.set_value(true);
            if let Some(text) = storage::read(self.keys.list) {
                self.entries.set(stored::read(&text));
            }
        }
    }

    /// Forgets what the tab kept.
    pub fn forget(self) {
        storage::forget(self.keys.list);
        storage::forget(self.keys.unseen);
    }

    /// Forgets what was told of an account (`home_account_id`), and what is nobody's; what is left counts as seen. With `until` (in
    /// milliseconds since 1970), only what was told until then, and what is left is as new as it was.
    pub fn forget_account(self, account: &str, until: Option<u64>) {
        self.recall();
        let is_later = |entry: &Notification| until.is_some_and(|until| entry.moment > until);
        let is_left = |entry: &Notification| is_later(entry) || (!entry.account.is_empty() && entry.account != account);
        if !self.entries.with_untracked(|entries| entries.iter().all(is_left)) {
            self.entries.update(|entries| {
                entries.retain(is_left);
                storage::write(self.keys.list, &stored::write(entries));
            });
            let unseen = self.unseen.get_untracked().min(self.entries.with_untracked(Vec::len));
            self.unseen.set(unseen);
            storage::write(self.keys.unseen, &unseen.to_string());
        }
        if until.is_none() {
            self.see();
        }
    }

    /// The person looks at the list.
    pub fn see(self) {
        self.unseen.set(0);
        storage::forget(self.keys.unseen);
    }

    /// Empties the list.
    pub fn clear(self) {
        self.entries.set(Vec::new());
        self.forget();
    }

    /// Tells that something about `subject` happened.
    pub fn tell(self, subject: &str, standing: NotificationStatus, title: Sentence, link: Option<String>) {
        self.tell_of(&untrack(|| self.cloud.present()).account, subject, standing, title, link);
    }

    /// The same, of an `account` (`home_account_id`).
    pub fn tell_of(self, account: &str, subject: &str, standing: NotificationStatus, title: Sentence, link: Option<String>) {
        self.recall();
        self.entries.update(|entries| {
            let id = entries.iter().map(|entry| entry.id).max().unwrap_or_default() + 1;
            entries.retain(|entry| entry.subject != subject);
            let moment = clock::now();
            let account = account.to_owned();
            entries.insert(0, Notification { id, account, subject: subject.to_owned(), standing, title, link, moment, is_toast: true });
            entries.truncate(KEPT);
            storage::write(self.keys.list, &stored::write(entries));
        });
        let unseen = self.unseen.get_untracked() + 1;
        self.unseen.set(unseen);
        storage::write(self.keys.unseen, &unseen.to_string());
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
