//! The state of validation and Create, announcements to screen readers, and the code panel.

use leptos::prelude::*;

use super::{Form, Validation};
use crate::arm::caller::Caller;
use crate::provisioning::draft::Draft;

impl Form {
    /// Validation does not start, because the form has blocking problems.
    pub fn block_validation(self) {
        self.validation.0.set(Validation::Blocked);
    }

    pub fn begin_validation(self) {
        self.validation.0.set(Validation::Checking);
    }

    /// Sets how many seconds ARM asked to wait; `None` once the wait is over.
    pub fn wait(self, seconds: Option<u64>) {
        self.waiting.0.set(seconds);
    }

    /// Sets the result of the validation.
    pub fn finish_validation(self, validation: Validation) {
        self.wait(None);
        self.validation.0.set(validation);
    }

    /// Create was pressed. Returns `false` if the previous press has not finished yet.
    pub fn begin_sending(self) -> bool {
        let begins = !self.sending.get_untracked();
        if begins {
            self.sending.0.set(true);
        }
        begins
    }

    /// Create can be pressed again. Does nothing if the form no longer exists.
    pub fn end_sending(self) {
        self.sending.0.try_set(false);
    }

    /// Opens the dialog that confirms the update of an existing identity: `caller` pressed Create for `draft`.
    pub fn ask_to_update(self, draft: Draft, caller: Caller) {
        self.end_sending();
        self.asked_about.set_value(Some((draft, caller)));
        self.asks_to_update.0.set(true);
    }

    /// Closes that dialog.
    pub fn close_question(self) {
        self.asks_to_update.0.set(false);
    }

    /// The draft that the dialog was last about, and who pressed Create. `None` if it never opened, or the form no longer exists.
    pub fn asked_about(self) -> Option<(Draft, Caller)> {
        self.asked_about.try_get_value().flatten()
    }

    /// Announces a text to screen readers without moving the focus.
    pub fn announce(self, text: String) {
        self.announced.0.set(text);
    }

    /// Opens or closes the code panel.
    pub fn toggle_code(self) {
        self.code_open.0.update(|open| *open = !*open);
    }

    /// Opens the code panel with a language, by its index.
    pub fn open_code(self, language: usize) {
        self.show_language(language);
        self.code_open.0.set(true);
    }

    /// Shows another language in the code panel.
    pub fn show_language(self, language: usize) {
        self.code_language.0.set(language);
    }
}
