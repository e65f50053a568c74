//! The page's state, which its address mirrors.

use leptos::prelude::*;

use super::answers::{Answers, Question};
use super::query::{Given, Name, RegistryMode};
use crate::browser::address;
use crate::messages;
use crate::portal::page_query;
use crate::portal::route::Route;

/// What was answered and typed. The address carries it.
#[derive(Clone, Copy)]
pub(super) struct Guide {
    pub(super) given: RwSignal<Given>,
    /// What the address contains besides, and can't be used.
    pub(super) unusable: RwSignal<Vec<messages::Sentence>>,
}

impl Guide {
    pub(super) fn of_address() -> Self {
        let (given, unusable) = Given::parse(&page_query::read());
        Self { given: RwSignal::new(given), unusable: RwSignal::new(unusable) }
    }

    /// Answers a question. A first answer gets a history entry, so that Back takes it away again; a changed one doesn't, since arrow
    /// keys change the answer with every press.
    pub(super) fn answer(self, question: Question, word: &str) {
        let before = self.given.with_untracked(|given| given.answers.given());
        self.change(|given| {
            given.answers.give(question, word);
        });
        let answered = self.given.with_untracked(|given| given.answers.given());
        let query = self.given.with_untracked(Given::query);
        if answered > before {
            page_query::push(&Route::Guide, &query);
        } else {
            page_query::write(&Route::Guide, &query);
        }
    }

    pub(super) fn type_name(self, name: Name, text: String) {
        self.change(|given| *given.names.get_mut(name) = text);
        page_query::write(&Route::Guide, &self.given.with_untracked(Given::query));
    }

    pub(super) fn choose_mode(self, word: &str) {
        self.change(|given| given.names.mode = RegistryMode::of_word(word).unwrap_or_default());
        page_query::write(&Route::Guide, &self.given.with_untracked(Given::query));
    }

    fn change(self, change: impl FnOnce(&mut Given)) {
        // The address no longer contains it.
        self.unusable.update(Vec::clear);
        self.given.update(change);
    }

    /// Takes the answers of the address after Back or another navigation, unless it leads to another page.
    pub(super) fn follow_address(self) {
        if Route::parse(&address::fragment()) != Route::Guide {
            return;
        }
        let (given, unusable) = Given::parse(&page_query::read());
        self.unusable.set(unusable);
        if self.given.with_untracked(|now| now.query() != given.query()) {
            self.given.set(given);
        }
    }

    /// Tracks what was given.
    pub(super) fn answers(self) -> Answers {
        self.given.with(|given| given.answers)
    }
}
