//! The state that the header's search box and the search panel share.

use leptos::prelude::*;

/// The id of the results listbox.
pub const RESULTS: &str = "search-results";

#[derive(Clone, Copy)]
pub struct Search {
    pub query: RwSignal<String>,
    /// The results' addresses, in display order; empty while the panel is closed.
    pub targets: RwSignal<Vec<String>>,
    /// The active result (`aria-activedescendant`).
    pub active: RwSignal<Option<usize>>,
    /// The number of results, announced once it has settled.
    pub told: RwSignal<String>,
}

impl Search {
    pub fn new() -> Self {
        Self {
            query: RwSignal::new(String::new()),
            targets: RwSignal::new(Vec::new()),
            active: RwSignal::new(None),
            told: RwSignal::new(String::new()),
        }
    }

    /// Clears the results, when the panel closes.
    pub fn reset(self) {
        self.targets.set(Vec::new());
        self.active.set(None);
        self.told.set(String::new());
    }

    /// Moves to the next or the previous result, and wraps around.
    pub fn step(self, forward: bool) {
        let count = self.targets.with_untracked(Vec::len);
        if count > 0 {
            self.active.update(|active| {
                *active = Some(match *active {
                    None if forward => 0,
                    None => count - 1,
                    Some(at) => (at + if forward { 1 } else { count - 1 }) % count,
                });
            });
        }
    }

    /// The result that Enter opens: the active one, or else the first.
    pub fn chosen(self) -> Option<String> {
        let at = self.active.get_untracked().unwrap_or_default();
        self.targets.with_untracked(|targets| targets.get(at).cloned())
    }
}

impl Default for Search {
    fn default() -> Self {
        Self::new()
    }
}

pub fn option_id(at: usize) -> String {
    ["search-option-", &at.to_string()].concat()
}
