//! A combobox's keyboard behaviour, as a pure function of its state, its rows and a key.
//!
//! It follows "Editable Combobox With List Autocomplete" of the ARIA Authoring Practices. Where they leave a choice: the list
//! doesn't wrap around, Home and End move in the list while it is open, and Tab selects the active row if the person moved
//! to it. Enter and Tab pressed before the entries have loaded take effect once they have, unless that would be a guess: of
//! several matches that were never shown, none is selected.

use super::rows::{Row, VISIBLE_ROWS};

/// A key that a combobox handles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Down,
    Up,
    /// Alt+Down: opens without moving.
    Open,
    /// Alt+Up: closes without selecting.
    Close,
    Home,
    End,
    PageDown,
    PageUp,
    Enter,
    Escape,
    Tab,
}

impl Key {
    /// Parses a keyboard event's key. Shift+Home and Shift+End are `None`, since they select text.
    pub(crate) fn parse(key: &str, alt: bool, shift: bool) -> Option<Self> {
        Some(match (key, alt) {
            ("ArrowDown", false) => Self::Down,
            ("ArrowUp", false) => Self::Up,
            ("ArrowDown", true) => Self::Open,
            ("ArrowUp", true) => Self::Close,
            ("Home", false) if !shift => Self::Home,
            ("End", false) if !shift => Self::End,
            ("PageDown", false) => Self::PageDown,
            ("PageUp", false) => Self::PageUp,
            ("Enter", false) => Self::Enter,
            ("Escape", _) => Self::Escape,
            ("Tab", false) => Self::Tab,
            _ => return None,
        })
    }
}

/// What the text box shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Text {
    /// The selected entry's name.
    #[default]
    Own,
    Typed,
    /// What the person typed and confirmed before the entries had loaded.
    Awaited,
}

/// A combobox's state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) open: bool,
    /// The row the keyboard is on (`aria-activedescendant`).
    pub(crate) active: Option<usize>,
    /// Whether the person typed or moved since the list opened, so that Tab selects the active row.
    pub(crate) has_moved: bool,
    pub(crate) text: Text,
}

impl State {
    /// Whether the text box shows something other than the selected entry's name.
    pub(crate) fn is_typed(self) -> bool {
        self.text != Text::Own
    }
}

/// The effect of a key or of new rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Transition {
    pub(crate) state: State,
    /// The row to select.
    pub(crate) chosen: Option<usize>,
    /// Whether to suppress the browser's default action.
    pub(crate) is_handled: bool,
}

/// Handles a key. `current` is the row of the current selection.
pub(crate) fn press(state: State, key: Key, rows: &[Row], current: Option<usize>) -> Transition {
    let go = |active: Option<usize>| Transition {
        state: State { open: true, active, has_moved: true, ..state },
        chosen: None,
        is_handled: true,
    };
    let open_at = |active: Option<usize>| Transition {
        state: State { open: true, active, has_moved: false, ..state },
        chosen: None,
        is_handled: true,
    };
    let close =
        |text: Text, chosen: Option<usize>, is_handled: bool| Transition { state: State { text, ..State::default() }, chosen, is_handled };
    let ignore = Transition { state, chosen: None, is_handled: false };
    let last = rows.len().saturating_sub(1);
    if !state.open {
        return match key {
            Key::Down => open_at(current.or_else(|| stop_from(rows, 0))),
            Key::Open => open_at(current),
            Key::Up => open_at(current.or_else(|| stop_before(rows, last))),
            Key::Escape if state.is_typed() => close(Text::Own, None, true),
            _ => ignore,
        };
    }
    let at = state.active;
    match key {
        Key::Down => go(at.map_or_else(|| stop_from(rows, 0), |at| stop_from(rows, at + 1).or(Some(at)))),
        Key::Up => go(match at {
            None => stop_before(rows, last),
            Some(at) => at.checked_sub(1).and_then(|above| stop_before(rows, above)).or(Some(at)),
        }),
        Key::PageDown => {
            let target = (at.unwrap_or(0) + VISIBLE_ROWS).min(last);
            go(stop_from(rows, target).or_else(|| stop_before(rows, target)))
        }
        Key::PageUp => {
            let target = at.unwrap_or(0).saturating_sub(VISIBLE_ROWS);
            go(stop_before(rows, target).or_else(|| stop_from(rows, target)))
        }
        Key::Home => go(stop_from(rows, 0)),
        Key::End => go(stop_before(rows, last)),
        Key::Open => ignore,
        Key::Enter if at.is_some() => Transition { state, chosen: at, is_handled: true },
        Key::Enter | Key::Tab if state.is_typed() && is_loading(rows) => {
            Transition { state: State { text: Text::Awaited, ..state }, chosen: None, is_handled: key == Key::Enter }
        }
        Key::Enter | Key::Close => close(state.text, None, true),
        Key::Escape => close(Text::Own, None, true),
        Key::Tab => {
            let chosen = at.filter(|at| state.has_moved && rows.get(*at) != Some(&Row::Retry));
            // The box is about to lose the focus, which decides about a text that is no entry.
            close(if chosen.is_some() { Text::Own } else { state.text }, chosen, false)
        }
    }
}

/// Handles new rows while the person is typing. `exact` is the row whose name or id equals the typed text.
pub(crate) fn rows_changed(state: State, rows: &[Row], exact: Option<usize>) -> Transition {
    let stay = |state: State| Transition { state, chosen: None, is_handled: false };
    let first = rows.iter().position(|row| matches!(row, Row::Entry(..)));
    let active = state.active.or(exact).or(first).filter(|_| state.open);
    if state.text != Text::Awaited {
        return stay(State { active, ..state });
    }
    let is_only = rows.iter().filter(|row| matches!(row, Row::Entry(..))).count() == 1;
    let settled = State { text: Text::Typed, active, ..state };
    match exact.or(first.filter(|_| is_only && !is_loading(rows))) {
        Some(row) => Transition { state: State { active: Some(row), ..settled }, chosen: Some(row), is_handled: false },
        None if is_loading(rows) => stay(state),
        None if state.open => stay(settled),
        None => stay(State::default()),
    }
}

fn is_loading(rows: &[Row]) -> bool {
    rows.last() == Some(&Row::Loading)
}

pub(crate) fn stop_from(rows: &[Row], from: usize) -> Option<usize> {
    let offset = rows.get(from..)?.iter().position(|row| row.is_stop())?;
    Some(from + offset)
}

fn stop_before(rows: &[Row], from: usize) -> Option<usize> {
    rows.get(..=from)?.iter().rposition(|row| row.is_stop())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLOSED: State = State { open: false, active: None, has_moved: false, text: Text::Own };
    const TYPED: State = State { text: Text::Typed, ..CLOSED };

    fn open(active: Option<usize>) -> State {
        State { open: true, active, has_moved: active.is_some(), ..CLOSED }
    }

    /// A heading, two entries, a heading, 20 entries, and the retry row.
    fn rows() -> Vec<Row> {
        let mut rows = vec![Row::Heading(0), Row::Entry(0, 0), Row::Entry(1, 0), Row::Heading(1)];
        rows.extend((2..22).map(|at| Row::Entry(at, 1)));
        rows.push(Row::Retry);
        rows
    }

    #[test]
    fn keys_open_move_and_close() {
        let opened = |active| State { open: true, active, ..CLOSED };
        for (state, key, current, expected, is_handled) in [
            (CLOSED, Key::Down, None, opened(Some(1)), true),
            (CLOSED, Key::Down, Some(5), opened(Some(5)), true),
            (CLOSED, Key::Up, None, opened(Some(24)), true),
            (CLOSED, Key::Open, None, opened(None), true),
            (CLOSED, Key::Enter, None, CLOSED, false),
            (CLOSED, Key::Home, None, CLOSED, false),
            (CLOSED, Key::Escape, None, CLOSED, false),
            (TYPED, Key::Escape, None, CLOSED, true),
            (open(None), Key::Down, None, open(Some(1)), true),
            (open(Some(2)), Key::Down, None, open(Some(4)), true),
            (open(Some(24)), Key::Down, None, open(Some(24)), true),
            (open(Some(4)), Key::Up, None, open(Some(2)), true),
            (open(Some(1)), Key::Up, None, open(Some(1)), true),
            (open(None), Key::Up, None, open(Some(24)), true),
            (open(Some(1)), Key::PageDown, None, open(Some(11)), true),
            (open(Some(20)), Key::PageDown, None, open(Some(24)), true),
            (open(Some(13)), Key::PageUp, None, open(Some(2)), true),
            (open(Some(2)), Key::PageUp, None, open(Some(1)), true),
            (open(Some(9)), Key::Home, None, open(Some(1)), true),
            (open(Some(9)), Key::End, None, open(Some(24)), true),
            (open(Some(9)), Key::Close, None, CLOSED, true),
            (open(Some(9)), Key::Escape, None, CLOSED, true),
            (open(None), Key::Enter, None, CLOSED, true),
        ] {
            let transition = press(state, key, &rows(), current);
            assert_eq!(
                (transition.state, transition.is_handled, transition.chosen),
                (expected, is_handled, None),
                "{key:?} from {state:?}"
            );
        }
    }

    #[test]
    fn enter_and_tab_select() {
        let here = |at, has_moved| State { open: true, active: Some(at), has_moved, ..TYPED };
        for (state, key, chosen, open_after, is_handled) in [
            (here(2, false), Key::Enter, Some(2), true, true),
            (here(24, true), Key::Enter, Some(24), true, true),
            (here(2, true), Key::Tab, Some(2), false, false),
            (here(2, false), Key::Tab, None, false, false),
            (here(24, true), Key::Tab, None, false, false),
        ] {
            let transition = press(state, key, &rows(), None);
            assert_eq!(
                (transition.chosen, transition.state.open, transition.is_handled),
                (chosen, open_after, is_handled),
                "{key:?} from {state:?}"
            );
        }
    }

    #[test]
    fn tab_drops_a_typed_text_only_if_it_selects() {
        let typed = State { open: true, has_moved: true, ..TYPED };
        for (active, rows, text) in
            [(Some(0), &[Row::Entry(0, 0)][..], Text::Own), (None, &[], Text::Typed), (Some(0), &[Row::Retry], Text::Typed)]
        {
            let transition = press(State { active, ..typed }, Key::Tab, rows, None);
            assert_eq!((transition.state.open, transition.state.text), (false, text), "{rows:?}");
        }
    }

    #[test]
    fn enter_and_tab_wait_for_loading_entries() {
        let typed = State { open: true, has_moved: true, ..TYPED };
        let awaited = State { text: Text::Awaited, ..typed };
        for (state, key, rows, expected, is_handled) in [
            (typed, Key::Enter, &[Row::Loading][..], awaited, true),
            (typed, Key::Tab, &[Row::Loading], awaited, false),
            (typed, Key::Enter, &[], TYPED, true),
            (State { text: Text::Own, ..typed }, Key::Enter, &[Row::Loading], CLOSED, true),
            (awaited, Key::Escape, &[Row::Loading], CLOSED, true),
        ] {
            let transition = press(state, key, rows, None);
            assert_eq!((transition.state, transition.is_handled, transition.chosen), (expected, is_handled, None), "{key:?} with {rows:?}");
        }
    }

    #[test]
    fn an_awaited_entry_is_selected_only_if_unambiguous() {
        let typed = State { open: true, has_moved: true, ..TYPED };
        let at = |row| State { active: Some(row), ..typed };
        let awaited = State { text: Text::Awaited, ..typed };
        let gone = State { text: Text::Awaited, ..TYPED };
        let (one, other) = (Row::Entry(0, 0), Row::Entry(1, 0));
        for (state, rows, exact, expected, chosen) in [
            (typed, &[Row::Loading][..], None, typed, None),
            (typed, &[Row::Heading(0), one, Row::Loading], None, at(1), None),
            (typed, &[one, other], Some(1), at(1), None),
            (at(0), &[one, other], Some(1), at(0), None),
            (TYPED, &[one], None, TYPED, None),
            (awaited, &[Row::Loading], None, awaited, None),
            (awaited, &[one, Row::Loading], None, awaited, None),
            (awaited, &[one, other, Row::Loading], Some(1), at(1), Some(1)),
            (awaited, &[Row::Heading(0), one], None, at(1), Some(1)),
            (awaited, &[one, other], None, at(0), None),
            (awaited, &[Row::Retry], None, typed, None),
            (awaited, &[], None, typed, None),
            (gone, &[one, Row::Loading], None, gone, None),
            (gone, &[one], None, State { active: Some(0), ..TYPED }, Some(0)),
            (gone, &[one, other], None, CLOSED, None),
        ] {
            let transition = rows_changed(state, rows, exact);
            assert_eq!((transition.state, transition.chosen), (expected, chosen), "{rows:?} for {state:?}");
        }
    }

    #[test]
    fn keys_do_nothing_in_an_empty_list() {
        for key in [Key::Down, Key::Up, Key::Home, Key::End, Key::PageDown, Key::PageUp] {
            assert_eq!(press(open(None), key, &[], None).state.active, None, "{key:?}");
            assert_eq!(press(open(None), key, &[Row::Loading], None).state.active, None, "{key:?}");
        }
    }

    #[test]
    fn keys_parse() {
        for (key, alt, shift, expected) in [
            ("ArrowDown", false, false, Some(Key::Down)),
            ("ArrowDown", true, false, Some(Key::Open)),
            ("ArrowUp", true, false, Some(Key::Close)),
            ("Home", false, true, None),
            ("Tab", false, true, Some(Key::Tab)),
            ("a", false, false, None),
        ] {
            assert_eq!(Key::parse(key, alt, shift), expected, "{key}");
        }
    }
}
