//! The rows of an open list: headings, entries, and a last row while the entries are incomplete. All rows have the same
//! height, so that only the visible ones need to be rendered.

use std::sync::Arc;

use super::entries::{Entries, Supply};

/// The height of a row in rem; the same as in `style/combobox.css`.
pub(crate) const ROW_REM: usize = 2;

/// The maximum number of visible rows: 20 rem.
pub(crate) const VISIBLE_ROWS: usize = 10;

/// Rows rendered above and below the visible ones, so that scrolling shows no gap before the next frame.
const OVERSCAN_ROWS: usize = 4;

/// Lists of up to this many rows are rendered completely: that costs little, and tools that read the page find every entry.
const RENDERED_WHOLE: usize = 40;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Row {
    /// With the index of its section.
    Heading(u16),
    /// The index of an entry, and the index of its section.
    Entry(u32, u16),
    /// The rest couldn't be loaded: selecting this row tries again.
    Retry,
    /// The rest is loading.
    Loading,
}

impl Row {
    /// Whether the arrow keys stop here. They also stop at disabled entries, so that their reason can be read.
    pub(crate) fn is_stop(self) -> bool {
        matches!(self, Self::Entry(..) | Self::Retry)
    }
}

#[derive(Debug, Default, PartialEq)]
struct List {
    rows: Vec<Row>,
    /// The indexes of the heading rows.
    headings: Vec<usize>,
}

/// The rows of the matching entries. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Rows(Arc<List>);

impl Rows {
    pub(crate) fn new(entries: &Entries, typed: &str, supply: Supply) -> Self {
        let mut list = List { rows: Vec::with_capacity(if typed.is_empty() { entries.len() + 8 } else { 64 }), headings: Vec::new() };
        let mut under = None;
        for (at, section) in entries.matching(typed) {
            if under != Some(section) {
                under = Some(section);
                if entries.section(section).is_some_and(|section| !section.heading.is_empty()) {
                    list.headings.push(list.rows.len());
                    list.rows.push(Row::Heading(section));
                }
            }
            list.rows.push(Row::Entry(u32::try_from(at).unwrap_or(u32::MAX), section));
        }
        match supply {
            Supply::Complete => {}
            Supply::Loading => list.rows.push(Row::Loading),
            Supply::Failed => list.rows.push(Row::Retry),
        }
        Self(Arc::new(list))
    }

    pub(crate) fn as_slice(&self) -> &[Row] {
        &self.0.rows
    }

    /// The number of entries, without headings and the last row.
    pub(crate) fn options(&self) -> usize {
        let extra = self.0.rows.last().is_some_and(|row| matches!(row, Row::Retry | Row::Loading));
        self.0.rows.len() - self.0.headings.len() - usize::from(extra)
    }

    /// The position of the row among the options, from 1 (`aria-posinset`).
    pub(crate) fn position(&self, row: usize) -> usize {
        row + 1 - self.0.headings.partition_point(|heading| *heading < row)
    }

    pub(crate) fn find(&self, entries: &Entries, id: &str) -> Option<usize> {
        self.position_of(|at| entries.is(at, id, false))
    }

    /// The row of the entry whose name or id equals `typed`.
    pub(crate) fn exact(&self, entries: &Entries, typed: &str) -> Option<usize> {
        let typed = typed.trim();
        self.position_of(|at| entries.is(at, typed, true))
    }

    fn position_of(&self, matches: impl Fn(usize) -> bool) -> Option<usize> {
        self.0.rows.iter().position(|row| matches!(row, Row::Entry(at, _) if matches(*at as usize)))
    }

    /// The first visible row after scrolling as little as needed to show `active`. Above the first stop there are only
    /// headings, which are shown with it.
    pub(crate) fn follow(&self, first: usize, active: usize) -> usize {
        if self.0.rows.iter().take(active).all(|row| !row.is_stop()) {
            0
        } else {
            first.min(active).max((active + 1).saturating_sub(VISIBLE_ROWS))
        }
    }

    /// The first row to render and the end (exclusive), if `first` is the first visible row.
    pub(crate) fn window(&self, first: usize) -> (usize, usize) {
        let count = self.0.rows.len();
        if count <= RENDERED_WHOLE {
            return (0, count);
        }
        let start = first.saturating_sub(OVERSCAN_ROWS).min(count.saturating_sub(VISIBLE_ROWS + OVERSCAN_ROWS));
        (start, (first + VISIBLE_ROWS + 1 + OVERSCAN_ROWS).min(count))
    }
}

#[cfg(test)]
mod tests {
    use super::super::entries::Entry;
    use super::*;

    fn groups() -> Entries {
        Entries::new(vec![Entry::new("1", "one"), Entry::new("2", "two"), Entry::new("3", "three").disabled("Locked")])
    }

    #[test]
    fn rows_have_headings_and_a_last_row() {
        for (typed, supply, expected) in [
            ("", Supply::Complete, vec![Row::Entry(0, 0), Row::Entry(1, 0), Row::Heading(1), Row::Entry(2, 1)]),
            ("two", Supply::Loading, vec![Row::Entry(1, 0), Row::Loading]),
            ("three", Supply::Failed, vec![Row::Heading(1), Row::Entry(2, 1), Row::Retry]),
            ("x", Supply::Complete, vec![]),
        ] {
            assert_eq!(Rows::new(&groups(), typed, supply).as_slice(), expected, "{typed:?}");
        }
    }

    #[test]
    fn positions_count_options_only() {
        let rows = Rows::new(&groups(), "", Supply::Loading);
        assert_eq!((rows.options(), rows.position(0), rows.position(1), rows.position(3)), (3, 1, 2, 3));
        assert_eq!(rows.find(&groups(), "3"), Some(3));
        for (typed, expected) in [("tw", None), (" TWO ", Some(1)), ("3", Some(3)), ("", None)] {
            assert_eq!(rows.exact(&groups(), typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn only_visible_rows_are_rendered() {
        let many = Entries::new((0..10_000).map(|at| Entry::new(at.to_string(), "x")).collect());
        let rows = Rows::new(&many, "", Supply::Complete);
        for (first, expected) in [(0, (0, 15)), (2, (0, 17)), (5_000, (4_996, 5_015)), (9_990, (9_986, 10_000)), (20_000, (9_986, 10_000))]
        {
            assert_eq!(rows.window(first), expected, "{first}");
        }
        assert_eq!(Rows::new(&groups(), "", Supply::Complete).window(0), (0, 4));
    }

    #[test]
    fn the_list_follows_the_active_row() {
        let many = Entries::new((0..100).map(|at| Entry::new(at.to_string(), "x").under("All")).collect());
        let rows = Rows::new(&many, "", Supply::Complete);
        for (first, active, expected) in [(0, 5, 0), (0, 9, 0), (0, 10, 1), (50, 40, 40), (50, 59, 50), (50, 60, 51), (5, 1, 0)] {
            assert_eq!(rows.follow(first, active), expected, "{active} from {first}");
        }
    }
}
