//! How validation and Create stand, what is announced of them, and the code panel.

use leptos::prelude::*;

use super::{Form, Validation};
use crate::arm::caller::Caller;
use crate::provisioning::draft::Draft;

impl Form {
    /// ARM is not asked, because the form has problems that block.
    pub fn block_validation(self) {
        self.validation.0.set(Validation::Blocked);
    }

    /// ARM is asked whether it would accept the form.
    pub fn begin_validation(self) {
        self.validation.0.set(Validation::Checking);
    }

    /// ARM asked to wait, in seconds; `None` once the wait is over.
    pub fn wait(self, seconds: Option<u64>) {
        self.waiting.0.set(seconds);
    }

    /// What came of asking ARM.
    pub fn finish_validation(self, validation: Validation) {
        self.wait(None);
        self.validation.0.set(validation);
    }

    /// Create was pressed. `false` where the press before is not answered yet.
    pub fn begin_sending(self) -> bool {
        let begins = !self.sending.get_untracked();
        if begins {
            self.sending.0.set(true);
        }
        begins
    }

    /// Create can be pressed again. The form may be gone.
    pub fn end_sending(self) {
        self.sending.0.try_set(false);
    }

    /// Asks before an existing identity is updated: about `draft`, as `caller` pressed Create for it.
    pub fn ask_to_update(self, draft: Draft, caller: Caller) {
        self.end_sending();
        self.asked_about.set_value(Some((draft, caller)));
        self.asks_to_update.0.set(true);
    }

    /// Closes that question.
    pub fn close_question(self) {
        self.asks_to_update.0.set(false);
    }

    /// What that question was about last, and who was asked. `None` where nothing was, or the form is gone.
    pub fn asked_about(self) -> Option<(Draft, Caller)> {
        self.asked_about.try_get_value().flatten()
    }

    /// Tells screen readers something without moving the focus.
    pub fn announce(self, text: String) {
        self.announced.0.set(text);
    }

    /// Opens or closes the code panel.
    pub fn toggle_code(self) {
        self.code_open.0.update(|open| *open = !*open);
    }

    /// Opens the code panel at a language, by its place in the list.
    pub fn open_code(self, language: usize) {
        self.show_language(language);
        self.code_open.0.set(true);
    }

    /// Shows another language in the code panel.
    pub fn show_language(self, language: usize) {
        self.code_language.0.set(language);
    }
}
