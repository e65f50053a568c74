//! A combobox's reactive state, and its event handlers.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::entries::{Entries, Entry, Supply};
use super::rows::{Row, Rows};
use super::state::{Key, State, Text, Transition, press, rows_changed, stop_from};
use crate::browser::element;

/// The selection, with its change handler.
#[derive(Clone, Copy)]
pub enum Choice {
    /// One entry. When the box loses the focus without a selection, it shows the selected entry's name again.
    One {
        /// The selected id; empty for none. `Offer::unnamed` is shown for an id that is not (yet) among the entries.
        selected: Signal<String>,
        /// Gets the id of the entry that was selected.
        on_select: Callback<String>,
    },
    /// Any number of entries. The list stays open after a selection, unless the person typed to find the entry.
    Many {
        /// The selected ids, in the order of selection.
        selected: Signal<Vec<String>>,
        /// Gets all ids after one was added or removed.
        on_change: Callback<Vec<String>>,
    },
    /// Free text. The entries are suggestions; selecting one sets the text to its name.
    Text {
        value: Signal<String>,
        /// Gets the whole text after typing or selecting a suggestion.
        on_input: Callback<String>,
    },
}

impl Choice {
    pub fn one(selected: Signal<String>, on_select: Callback<String>) -> Self {
        Self::One { selected, on_select }
    }

    pub fn many(selected: Signal<Vec<String>>, on_change: Callback<Vec<String>>) -> Self {
        Self::Many { selected, on_change }
    }

    pub fn text(value: Signal<String>, on_input: Callback<String>) -> Self {
        Self::Text { value, on_input }
    }
}

/// The entries, and how their absence is shown.
#[derive(Clone, Copy)]
pub(crate) struct Offer {
    pub(crate) entries: Signal<Entries>,
    pub(crate) supply: Signal<Supply>,
    pub(crate) on_retry: Option<Callback<()>>,
    /// Shown if there are no entries; a default message if empty.
    pub(crate) empty: Signal<String>,
    /// Shown for a selected id that is not among the entries; the id itself if empty.
    pub(crate) unnamed: Signal<String>,
    /// Gets a typed text when the box is left without a selection. Without it, the text is dropped.
    pub(crate) on_typed: Option<Callback<String>>,
}

#[derive(Clone, Copy)]
pub(crate) struct Model {
    pub(crate) id: StoredValue<String>,
    pub(crate) choice: Choice,
    pub(crate) entries: Signal<Entries>,
    pub(crate) offer: Offer,
    pub(crate) state: RwSignal<State>,
    /// The filter; empty unless something was typed.
    pub(crate) query: RwSignal<String>,
    /// The first visible row.
    pub(crate) first: RwSignal<usize>,
    pub(crate) rows: Memo<Rows>,
}

impl Model {
    pub(crate) fn new(id: String, choice: Choice, offer: Offer) -> Self {
        let Offer { entries, supply, .. } = offer;
        let query = RwSignal::new(String::new());
        let rows = Memo::new(move |_| entries.with(|entries| query.with(|query| Rows::new(entries, query, supply.get()))));
        let model = Self {
            id: StoredValue::new(id),
            choice,
            entries,
            offer,
            state: RwSignal::new(State::default()),
            query,
            first: RwSignal::new(0),
            rows,
        };
        Effect::new(move |_| {
            rows.track();
            model.rows_changed();
        });
        model
    }

    /// The id of a part of this combobox.
    pub(crate) fn part(self, part: &str) -> String {
        self.id.with_value(|id| [id, "-", part].concat())
    }

    pub(crate) fn row_id(self, row: usize) -> String {
        self.part(&["row-", &row.to_string()].concat())
    }

    /// The row of an element with this id, in it or of itself.
    pub(crate) fn row_of(self, id: &str) -> Option<usize> {
        id.strip_prefix(&self.part("row-"))?.split('-').next()?.parse().ok()
    }

    pub(crate) fn text(self) -> String {
        if let Choice::Text { value, .. } = self.choice {
            return value.get();
        }
        if self.state.with(|state| state.is_typed()) {
            return self.query.get();
        }
        match self.choice {
            Choice::One { selected, .. } => {
                let id = selected.get();
                // The selected entry may not have been loaded yet.
                let named = self.entries.with(|entries| entries.find(&id).map(|entry| entry.name.into_owned()));
                let unnamed = || Some(self.offer.unnamed.get()).filter(|unnamed| !unnamed.is_empty() && !id.is_empty());
                named.or_else(unnamed).unwrap_or(id)
            }
            _ => String::new(),
        }
    }

    /// Whether the list is shown. For [`Choice::Text`] it is not shown without matches.
    pub(crate) fn shows_list(self) -> bool {
        self.state.with(|state| state.open)
            && (!matches!(self.choice, Choice::Text { .. }) || self.rows.with(|rows| !rows.as_slice().is_empty()))
    }

    pub(crate) fn is_chosen(self, id: &str) -> bool {
        match self.choice {
            Choice::One { selected, .. } => selected.with(|selected| selected.eq_ignore_ascii_case(id)),
            Choice::Many { selected, .. } => selected.with(|selected| selected.iter().any(|chosen| chosen.eq_ignore_ascii_case(id))),
            Choice::Text { .. } => false,
        }
    }

    /// Whether a multiple selection has entries, which the chips show.
    pub(crate) fn has_chips(self) -> bool {
        match self.choice {
            Choice::Many { selected, .. } => selected.with(|selected| !selected.is_empty()),
            Choice::One { .. } | Choice::Text { .. } => false,
        }
    }

    /// The row of the current selection.
    fn current(self) -> Option<usize> {
        let Choice::One { selected, .. } = self.choice else { return None };
        let id = selected.get_untracked();
        if id.is_empty() {
            return None;
        }
        self.entries.with_untracked(|entries| self.rows.with_untracked(|rows| rows.find(entries, &id)))
    }

    pub(crate) fn press_key(self, event: &KeyboardEvent) {
        // An input method handles its own keys while it is composing.
        if event.is_composing() {
            return;
        }
        let Some(key) = Key::parse(&event.key(), event.alt_key(), event.shift_key()) else { return };
        let transition = self.rows.with_untracked(|rows| press(self.state.get_untracked(), key, rows.as_slice(), self.current()));
        if transition.is_handled {
            event.prevent_default();
            event.stop_propagation();
        }
        self.apply(transition);
    }

    /// Shows the list, or hides it if nothing was typed.
    pub(crate) fn press_box(self) {
        let state = self.state.get_untracked();
        if state.open {
            if !state.is_typed() {
                self.state.set(State::default());
            }
            return;
        }
        self.select_text();
        let current = self.current();
        let key = if current.is_some() { Key::Down } else { Key::Open };
        let transition = self.rows.with_untracked(|rows| press(state, key, rows.as_slice(), current));
        self.apply(transition);
    }

    /// Selects the text in the box, so that typing replaces it.
    pub(crate) fn select_text(self) {
        if matches!(self.choice, Choice::One { .. }) && !self.state.with_untracked(|state| state.is_typed()) {
            self.id.with_value(|id| element::select_text(id));
        }
    }

    pub(crate) fn type_text(self, text: String) {
        let is_text = if let Choice::Text { on_input, .. } = self.choice {
            on_input.run(text.clone());
            true
        } else {
            false
        };
        let filters = !text.is_empty();
        self.query.set(text);
        let active = if filters && !is_text {
            self.exact().or_else(|| self.rows.with_untracked(|rows| stop_from(rows.as_slice(), 0)))
        } else {
            None
        };
        self.state.set(State { open: true, active, has_moved: true, text: Text::Typed });
        self.scroll_to(active.unwrap_or_default());
    }

    /// The row of the entry whose name or id equals the typed text.
    fn exact(self) -> Option<usize> {
        self.entries
            .with_untracked(|entries| self.query.with_untracked(|typed| self.rows.with_untracked(|rows| rows.exact(entries, typed))))
    }

    fn rows_changed(self) {
        let state = self.state.get_untracked();
        if state.is_typed() && self.query.with_untracked(|query| !query.is_empty()) && !matches!(self.choice, Choice::Text { .. }) {
            let transition = self.rows.with_untracked(|rows| rows_changed(state, rows.as_slice(), self.exact()));
            if transition.state != state || transition.chosen.is_some() {
                if transition.state == State::default() {
                    self.hand_over();
                }
                self.apply(transition);
                // If the box has lost the focus meanwhile, clear its text, which a multiple selection or a disabled entry would leave.
                if transition.chosen.is_some() && !state.open {
                    self.clear();
                }
            }
        }
    }

    /// Handles the loss of focus. A confirmed text still waits for its entry.
    pub(crate) fn leave(self) {
        // When a page is removed, its focused element loses the focus after the page's owner is disposed.
        let Some(state) = self.state.try_get_untracked() else { return };
        if state.text == Text::Awaited {
            self.state.set(State { open: false, active: None, ..state });
        } else {
            if state.is_typed() {
                self.hand_over();
            }
            self.clear();
        }
    }

    /// Hands over the typed text, which is about to be dropped.
    fn hand_over(self) {
        let typed = self.query.with_untracked(|query| query.trim().to_owned());
        if let Some(on_typed) = self.offer.on_typed.filter(|_| !typed.is_empty()) {
            on_typed.run(typed);
        }
    }

    /// Sets only what changes: a new filter, though the same, would filter all entries again.
    fn clear(self) {
        if self.query.with_untracked(|query| !query.is_empty()) {
            self.query.set(String::new());
        }
        if self.state.get_untracked() != State::default() {
            self.state.set(State::default());
        }
    }

    fn apply(self, transition: Transition) {
        let chosen = transition.chosen.and_then(|row| self.rows.with_untracked(|rows| rows.as_slice().get(row).copied()));
        let opens = transition.state.open && !self.state.with_untracked(|state| state.open);
        if !transition.state.is_typed() && self.query.with_untracked(|query| !query.is_empty()) {
            self.query.set(String::new());
        }
        self.state.set(transition.state);
        if let Some(row) = chosen {
            self.choose(row);
        } else if let Some(active) = transition.state.active {
            self.scroll_to(active);
        } else if opens {
            self.scroll_to(0);
        }
    }

    /// Scrolls the active row, or else the first one, into view, once it is rendered.
    pub(crate) fn reveal(self) {
        self.scroll_to(self.state.with_untracked(|state| state.active).unwrap_or_default());
    }

    /// Scrolls a row into view, once it is rendered.
    fn scroll_to(self, row: usize) {
        self.first.update(|first| *first = self.rows.with_untracked(|rows| rows.follow(*first, row)));
        element::next_frame(Box::new(move || {
            let Some(first) = self.first.try_get_untracked() else { return };
            let list = self.part("list");
            let top = self.pixels(if first == 0 { 0 } else { row });
            element::scroll_to(&list, top, self.pixels(row + 1) - top);
            element::reveal(&self.part("popup"));
        }));
    }

    /// The height of this many rows in px, as rendered: it depends on the text size.
    fn pixels(self, rows: usize) -> i32 {
        let all = self.rows.with_untracked(|rows| i32::try_from(rows.as_slice().len()).unwrap_or(i32::MAX));
        scaled(element::scroll_height(&self.part("list")), rows, all)
    }

    pub(crate) fn scrolled(self) {
        let list = self.part("list");
        let rows = self.rows.with_untracked(|rows| rows.as_slice().len());
        let first = scaled(element::scroll_top(&list), rows, element::scroll_height(&list));
        let first = usize::try_from(first).unwrap_or(0);
        if first != self.first.get_untracked() {
            self.first.set(first);
        }
    }

    pub(crate) fn press_row(self, row: usize) {
        if let Some(row) = self.rows.with_untracked(|rows| rows.as_slice().get(row).copied()) {
            self.choose(row);
        }
    }

    fn choose(self, row: Row) {
        match row {
            Row::Retry => {
                if let Some(on_retry) = self.offer.on_retry {
                    on_retry.run(());
                }
            }
            Row::Entry(at, _) => {
                let texts = |entry: Entry<'_>| (entry.id.into_owned(), entry.name.into_owned());
                let entry = self.entries.with_untracked(|entries| entries.get(at as usize).filter(|entry| !entry.disabled).map(texts));
                let Some((id, name)) = entry else { return };
                match self.choice {
                    Choice::One { on_select, .. } => {
                        self.clear();
                        on_select.run(id);
                    }
                    Choice::Text { on_input, .. } => {
                        self.clear();
                        on_input.run(name);
                    }
                    Choice::Many { selected, on_change } => {
                        // The typed text has served its purpose. Otherwise the list stays open for the next selection.
                        if self.state.with_untracked(|state| state.is_typed()) {
                            self.clear();
                        }
                        on_change.run(toggled(selected.get_untracked(), id));
                    }
                }
            }
            Row::Heading(_) | Row::Loading => {}
        }
    }
}

/// `chosen` with `id` removed, or else appended.
pub(crate) fn toggled(mut chosen: Vec<String>, id: String) -> Vec<String> {
    let before = chosen.len();
    chosen.retain(|other| !other.eq_ignore_ascii_case(&id));
    if chosen.len() == before {
        chosen.push(id);
    }
    chosen
}

/// `value` * `times` / `of`; 0 if `of` is 0.
fn scaled(value: i32, times: usize, of: i32) -> i32 {
    let product = i64::from(value).saturating_mul(i64::try_from(times).unwrap_or(i64::MAX));
    product.checked_div(i64::from(of)).and_then(|result| i32::try_from(result).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selecting_again_removes() {
        let both = toggled(vec!["a".into()], "b".into());
        assert_eq!(both, ["a", "b"]);
        assert_eq!(toggled(both, "A".into()), ["b"]);
    }
}
