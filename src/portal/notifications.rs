//! Notifications, stored for the tab: every operation that may take longer than two seconds, and how it ended.

mod stored;

use leptos::prelude::*;

use crate::arm::caller::CallerKind;
use crate::browser::{clock, storage};
use crate::cloud::Cloud;
use crate::messages::Sentence;

/// The status of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotificationStatus {
    Running,
    Done,
    Failed,
    /// The outcome is unknown, or the operation waits for a person.
    Unknown,
}

/// An entry of the notifications list.
#[derive(Clone, Debug, PartialEq)]
pub struct Notification {
    pub id: u32,
    /// The owner's `home_account_id`; empty in Preview and if nobody was signed in.
    pub account: String,
    /// A newer entry with the same subject replaces the older one.
    pub subject: String,
    pub status: NotificationStatus,
    pub title: Sentence,
    /// The target, as a fragment.
    pub link: Option<String>,
    /// In milliseconds since 1970.
    pub moment: u64,
    /// Whether it is still shown as a toast.
    pub is_toast: bool,
}

/// The maximum number of stored entries.
const ENTRIES_MAX: usize = 50;

/// The storage keys of the list and of its unseen count. They are separate, since the list is only read when it is needed.
struct Keys {
    list: &'static str,
    unseen: &'static str,
}

const LIVE: Keys = Keys { list: "identity-portal:notifications", unseen: "identity-portal:unseen" };
/// Preview's notifications are not about Azure, so they have their own list.
const PREVIEW: Keys = Keys { list: "identity-portal:notifications:preview", unseen: "identity-portal:unseen:preview" };

/// The notifications list.
#[derive(Clone, Copy)]
pub struct Notifications {
    /// The newest first. Empty until [`Self::recall`] or the first entry.
    pub entries: RwSignal<Vec<Notification>>,
    /// How many of them were added since the list was last opened.
    pub unseen: RwSignal<usize>,
    is_recalled: StoredValue<bool>,
    cloud: Cloud,
    keys: &'static Keys,
}

impl Notifications {
    pub fn new(cloud: Cloud) -> Self {
        let keys = if untrack(|| cloud.present()).kind == CallerKind::Preview { &PREVIEW } else { &LIVE };
        let unseen = if cfg!(target_arch = "wasm32") { storage::read(keys.unseen) } else { None };
        let unseen = unseen.and_then(|count| count.parse().ok()).unwrap_or_default();
        Self { entries: RwSignal::new(Vec::new()), unseen: RwSignal::new(unseen), is_recalled: StoredValue::new(false), cloud, keys }
    }

    /// Loads the stored list, once.
    pub fn recall(self) {
        if !self.is_recalled.get_value() {
            self.is_recalled.set_value(true);
            if let Some(text) = storage::read(self.keys.list) {
                self.entries.set(stored::read(&text));
            }
        }
    }

    /// Deletes the stored list.
    pub fn forget(self) {
        storage::forget(self.keys.list);
        storage::forget(self.keys.unseen);
    }

    /// Deletes the entries of an account (`home_account_id`) and those without an account, and marks the rest as seen. With
    /// `until` (in milliseconds since 1970), deletes only entries up to then, and doesn't mark the rest.
    pub fn forget_account(self, account: &str, until: Option<u64>) {
        self.recall();
        let is_later = |entry: &Notification| until.is_some_and(|until| entry.moment > until);
        let stays = |entry: &Notification| is_later(entry) || (!entry.account.is_empty() && entry.account != account);
        if !self.entries.with_untracked(|entries| entries.iter().all(stays)) {
            self.entries.update(|entries| {
                entries.retain(stays);
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

    /// Marks all entries as seen.
    pub fn see(self) {
        self.unseen.set(0);
        storage::forget(self.keys.unseen);
    }

    pub fn clear(self) {
        self.entries.set(Vec::new());
        self.forget();
    }

    /// Adds a notification for the current account.
    pub fn tell(self, subject: &str, status: NotificationStatus, title: Sentence, link: Option<String>) {
        self.tell_of(&untrack(|| self.cloud.present()).account, subject, status, title, link);
    }

    /// Adds a notification for `account` (`home_account_id`).
    pub fn tell_of(self, account: &str, subject: &str, status: NotificationStatus, title: Sentence, link: Option<String>) {
        self.recall();
        let mut unseen = self.unseen.get_untracked();
        self.entries.update(|entries| {
            // The newest entries are the unseen ones.
            unseen += usize::from(!entries.iter().take(unseen).any(|entry| entry.subject == subject));
            let id = entries.iter().map(|entry| entry.id).max().unwrap_or_default() + 1;
            entries.retain(|entry| entry.subject != subject);
            let moment = clock::now();
            let account = account.to_owned();
            entries.insert(0, Notification { id, account, subject: subject.to_owned(), status, title, link, moment, is_toast: true });
            entries.truncate(ENTRIES_MAX);
            storage::write(self.keys.list, &stored::write(entries));
        });
        self.unseen.set(unseen);
        storage::write(self.keys.unseen, &unseen.to_string());
    }

    /// Hides a toast; its entry stays in the list.
    pub fn dismiss(self, id: u32) {
        self.entries.update(|entries| {
            for entry in entries.iter_mut().filter(|entry| entry.id == id) {
                entry.is_toast = false;
            }
        });
    }
}
