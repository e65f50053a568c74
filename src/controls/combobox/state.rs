//! What the keyboard does to a combobox, as a pure function: an open or closed list, an active row, and a key.
//!
//! After the "Editable Combobox With List Autocomplete" of the ARIA Authoring Practices. Where they leave a choice: the list
//! has ends, Home and End move in the list while it is open, and Tab takes the active row if the person went to it. What
//! Enter and Tab mean while nothing has arrived yet is done once it has, unless that would be a guess: of several matches
//! that nobody has seen, none is taken.

use super::rows::{ROWS_IN_SIGHT, Row};

/// A key that means something to a combobox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Down,
    Up,
    /// Alt+Down: opens, and moves nothing.
    Open,
    /// Alt+Up: closes, and chooses nothing.
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
    /// The key of a keyboard event, where it is one of ours. With Shift, Home and End select text.
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

/// What a combobox's box holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Text {
    /// The choice's own name.
    #[default]
    Own,
    /// What the person typed.
    Typed,
    /// What the person typed and asked for before it arrived.
    Awaited,
}

/// Where a combobox stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    /// Whether the list is open.
    pub(crate) open: bool,
    /// The row the keyboard is on.
    pub(crate) active: Option<usize>,
    /// Whether the person typed or moved since the list opened, so that leaving takes the active row.
    pub(crate) meant: bool,
    /// What the box holds.
    pub(crate) text: Text,
}

impl State {
    /// Whether the box holds text that is not the choice's own.
    pub(crate) fn is_typed(self) -> bool {
        self.text != Text::Own
    }
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Transition {
    pub(crate) state: State,
    /// The row that was chosen.
    pub(crate) chosen: Option<usize>,
    /// Whether the browser should leave the key alone.
    pub(crate) taken: bool,
}

/// What `key` does to a combobox with these rows, `current` being the row of the current choice.
pub(crate) fn press(state: State, key: Key, rows: &[Row], current: Option<usize>) -> Transition {
    let go = |active: Option<usize>| Transition { state: State { open: true, active, meant: true, ..state }, chosen: None, taken: true };
    let open_at =
        |active: Option<usize>| Transition { state: State { open: true, active, meant: false, ..state }, chosen: None, taken: true };
    let close = |text: Text, chosen: Option<usize>, taken: bool| Transition { state: State { text, ..State::default() }, chosen, taken };
    let ignore = Transition { state, chosen: None, taken: false };
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
            let target = (at.unwrap_or(0) + ROWS_IN_SIGHT).min(last);
            go(stop_from(rows, target).or_else(|| stop_before(rows, target)))
        }
        Key::PageUp => {
            let target = at.unwrap_or(0).saturating_sub(ROWS_IN_SIGHT);
            go(stop_before(rows, target).or_else(|| stop_from(rows, target)))
        }
        Key::Home => go(stop_from(rows, 0)),
        Key::End => go(stop_before(rows, last)),
        Key::Open => ignore,
        Key::Enter if at.is_some() => Transition { state, chosen: at, taken: true },
        Key::Enter | Key::Tab if state.is_typed() && is_loading(rows) => {
            Transition { state: State { text: Text::Awaited, ..state }, chosen: None, taken: key == Key::Enter }
        }
        Key::Enter | Key::Close => close(state.text, None, true),
        Key::Escape => close(Text::Own, None, true),
        Key::Tab => close(Text::Own, at.filter(|at| state.meant && rows.get(*at) != Some(&Row::Retry)), false),
    }
}

/// What new rows do to a combobox that something was typed into, `exact` being the row whose name or id that is.
pub(crate) fn arrive(state: State, rows: &[Row], exact: Option<usize>) -> Transition {
    let stay = |state: State| Transition { state, chosen: None, taken: false };
    let first = rows.iter().position(|row| matches!(row, Row::Entry(..)));
    let active = state.active.or(exact).or(first).filter(|_| state.open);
    if state.text != Text::Awaited {
        return stay(State { active, ..state });
    }
    let is_only = rows.iter().filter(|row| matches!(row, Row::Entry(..))).count() == 1;
    let settled = State { text: Text::Typed, active, ..state };
    match exact.or(first.filter(|_| is_only && !is_loading(rows))) {
        Some(row) => Transition { state: State { active: Some(row), ..settled }, chosen: Some(row), taken: false },
        None if is_loading(rows) => stay(state),
        None if state.open => stay(settled),
        None => stay(State::default()),
    }
}

fn is_loading(rows: &[Row]) -> bool {
    rows.last() == Some(&Row::Loading)
}

/// The first stop at or after `from`.
pub(crate) fn stop_from(rows: &[Row], from: usize) -> Option<usize> {
    let found = rows.get(from..)?.iter().position(|row| row.is_stop())?;
    Some(from + found)
}

/// The last stop at or before `from`.
fn stop_before(rows: &[Row], from: usize) -> Option<usize> {
    rows.get(..=from)?.iter().rposition(|row| row.is_stop())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLOSED: State = State { open: false, active: None, meant: false, text: Text::Own };
    const TYPED: State = State { text: Text::Typed, ..CLOSED };

    fn open(active: Option<usize>) -> State {
        State { open: true, active, meant: active.is_some(), ..CLOSED }
    }

    /// A heading, two entries, a heading, 20 entries, and the row that tries again.
    fn rows() -> Vec<Row> {
        let mut rows = vec![Row::Heading(0), Row::Entry(0, 0), Row::Entry(1, 0), Row::Heading(1)];
        rows.extend((2..22).map(|at| Row::Entry(at, 1)));
        rows.push(Row::Retry);
        rows
    }

    #[test]
    fn keys_open_move_and_close() {
        let opened = |active| State { open: true, active, ..CLOSED };
        for (state, key, current, expected, taken) in [
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
            let answer = press(state, key, &rows(), current);
            assert_eq!((answer.state, answer.taken, answer.chosen), (expected, taken, None), "{key:?} from {state:?}");
        }
    }

    #[test]
    fn enter_and_tab_choose() {
        let here = |at, meant| State { open: true, active: Some(at), meant, ..TYPED };
        for (state, key, chosen, open_after, taken) in [
            (here(2, false), Key::Enter, Some(2), true, true),
            (here(24, true), Key::Enter, Some(24), true, true),
            (here(2, true), Key::Tab, Some(2), false, false),
            (here(2, false), Key::Tab, None, false, false),
            (here(24, true), Key::Tab, None, false, false),
        ] {
            let answer = press(state, key, &rows(), None);
            assert_eq!((answer.chosen, answer.state.open, answer.taken), (chosen, open_after, taken), "{key:?} from {state:?}");
        }
    }

    #[test]
    fn what_has_not_arrived_is_awaited() {
        let typed = State { open: true, meant: true, ..TYPED };
        let awaited = State { text: Text::Awaited, ..typed };
        for (state, key, rows, expected, taken) in [
            (typed, Key::Enter, &[Row::Loading][..], awaited, true),
            (typed, Key::Tab, &[Row::Loading], awaited, false),
            (typed, Key::Enter, &[], TYPED, true),
            (State { text: Text::Own, ..typed }, Key::Enter, &[Row::Loading], CLOSED, true),
            (awaited, Key::Escape, &[Row::Loading], CLOSED, true),
        ] {
            let answer = press(state, key, rows, None);
            assert_eq!((answer.state, answer.taken, answer.chosen), (expected, taken, None), "{key:?} with {rows:?}");
        }
    }

    #[test]
    fn what_arrives_is_taken_where_it_can_be_no_other() {
        let typed = State { open: true, meant: true, ..TYPED };
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
            let answer = arrive(state, rows, exact);
            assert_eq!((answer.state, answer.chosen), (expected, chosen), "{rows:?} for {state:?}");
        }
    }

    #[test]
    fn an_empty_list_has_nowhere_to_go() {
        for key in [Key::Down, Key::Up, Key::Home, Key::End, Key::PageDown, Key::PageUp] {
            assert_eq!(press(open(None), key, &[], None).state.active, None, "{key:?}");
            assert_eq!(press(open(None), key, &[Row::Loading], None).state.active, None, "{key:?}");
        }
    }

    #[test]
    fn keys_are_told_apart() {
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
