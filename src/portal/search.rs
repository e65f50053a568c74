//! What the header's search box and its panel share.

use leptos::prelude::*;

/// The id of the list of results.
pub const RESULTS: &str = "search-results";

/// What the box and the panel tell each other.
#[derive(Clone, Copy)]
pub struct Search {
    /// What is typed.
    pub query: RwSignal<String>,
    /// Where the results lead, in the order they are shown; empty while the panel is closed.
    pub targets: RwSignal<Vec<String>>,
    /// The result that the arrow keys are on.
    pub active: RwSignal<Option<usize>>,
    /// How many results there are, said once the search has come to rest.
    pub told: RwSignal<String>,
}

impl Search {
    /// Nothing typed.
    pub fn new() -> Self {
        Self {
            query: RwSignal::new(String::new()),
            targets: RwSignal::new(Vec::new()),
            active: RwSignal::new(None),
            told: RwSignal::new(String::new()),
        }
    }

    /// Forgets the results: the panel closes.
    pub fn reset(self) {
        self.targets.set(Vec::new());
        self.active.set(None);
        self.told.set(String::new());
    }

    /// Moves to the next or the previous result, around the ends.
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

    /// The result that Enter opens: the one the arrows are on, else the first.
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

/// The id of a result.
pub fn option_id(at: usize) -> String {
    ["search-option-", &at.to_string()].concat()
}
