//! A combobox's entries: built once when the data arrives, then read-only. Designed for 10,000 entries.

use std::sync::Arc;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Compared case-insensitively (ASCII).
    pub id: String,
    /// The display name, and the accessible name.
    pub name: String,
    /// Secondary text; not searched.
    pub detail: String,
    /// The heading of its section; empty for none. For a disabled entry, the reason.
    pub heading: String,
    /// Shown, but not selectable.
    pub disabled: bool,
}

impl Entry {
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), detail: String::new(), heading: String::new(), disabled: false }
    }

    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    #[must_use]
    pub fn under(mut self, heading: impl Into<String>) -> Self {
        self.heading = heading.into();
        self
    }

    /// Moves the entry to the end of the list, greyed out under the reason.
    #[must_use]
    pub fn disabled(mut self, reason: impl Into<String>) -> Self {
        self.heading = reason.into();
        self.disabled = true;
        self
    }
}

/// Whether the entries are complete.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Supply {
    #[default]
    Complete,
    /// More entries are loading.
    Loading,
    /// The rest couldn't be loaded; the list offers to try again.
    Failed,
}

/// A run of entries under one heading.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Section {
    pub(crate) heading: String,
    pub(crate) disabled: bool,
}

#[derive(Debug, Default)]
struct Index {
    entries: Vec<Entry>,
    /// For each entry its search key and its section.
    keys: Vec<(Box<str>, u16)>,
    sections: Vec<Section>,
}

/// Entries in display order: the selectable ones first, then the disabled ones, grouped by heading.
/// Cheap to clone; equal only to its own clones.
#[derive(Clone, Debug, Default)]
pub struct Entries(Arc<Index>);

impl PartialEq for Entries {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Entries {
    /// Groups the entries by heading, in the order the headings first appear, and indexes them for search.
    pub fn new(entries: Vec<Entry>) -> Self {
        let mut sections: Vec<Section> = Vec::new();
        for disabled in [false, true] {
            for entry in entries.iter().filter(|entry| entry.disabled == disabled) {
                if section_of(&sections, entry).is_none() {
                    sections.push(Section { heading: entry.heading.clone(), disabled });
                }
            }
        }
        let mut grouped: Vec<(u16, Entry)> =
            entries.into_iter().map(|entry| (section_of(&sections, &entry).unwrap_or_default(), entry)).collect();
        if sections.len() > 1 {
            grouped.sort_by_key(|(section, _)| *section);
        }
        let keys = grouped.iter().map(|(section, entry)| (key(entry), *section)).collect();
        let entries = grouped.into_iter().map(|(_, entry)| entry).collect();
        Self(Arc::new(Index { entries, keys, sections }))
    }

    pub fn len(&self) -> usize {
        self.0.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.entries.is_empty()
    }

    pub(crate) fn get(&self, at: usize) -> Option<&Entry> {
        self.0.entries.get(at)
    }

    pub fn find(&self, id: &str) -> Option<&Entry> {
        self.0.entries.iter().find(|entry| entry.id.eq_ignore_ascii_case(id))
    }

    pub(crate) fn section(&self, section: u16) -> Option<&Section> {
        self.0.sections.get(usize::from(section))
    }

    /// The indexes and sections of the entries whose name or id contains `typed`.
    pub(crate) fn matching(&self, typed: &str) -> impl Iterator<Item = (usize, u16)> {
        let needle = typed.trim().to_lowercase();
        self.0
            .keys
            .iter()
            .enumerate()
            .filter(move |(_, (key, _))| contains(key.as_bytes(), needle.as_bytes()))
            .map(|(at, (_, section))| (at, *section))
    }
}

fn section_of(sections: &[Section], entry: &Entry) -> Option<u16> {
    let at = sections.iter().position(|section| section.disabled == entry.disabled && section.heading == entry.heading)?;
    u16::try_from(at).ok()
}

/// The search key: name and id in lower case, without the id if it equals the name.
fn key(entry: &Entry) -> Box<str> {
    let mut key = entry.name.to_lowercase();
    if !entry.id.eq_ignore_ascii_case(&entry.name) {
        key.push('\n');
        key.push_str(&entry.id.to_lowercase());
    }
    key.into_boxed_str()
}

/// Naive search: for ten thousand short keys it is faster than setting up the standard library's searcher each time.
fn contains(text: &[u8], needle: &[u8]) -> bool {
    let Some((first, rest)) = needle.split_first() else { return true };
    text.len() >= needle.len() && (0..=text.len() - needle.len()).any(|at| text[at] == *first && text[at + 1..].starts_with(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(entries: &Entries, typed: &str) -> Vec<String> {
        entries.matching(typed).filter_map(|(at, _)| entries.get(at)).map(|entry| entry.name.clone()).collect()
    }

    #[test]
    fn the_filter_matches_anywhere_in_name_or_id() {
        let entries =
            Entries::new(vec![Entry::new("eastus", "East US"), Entry::new("westeurope", "West Europe"), Entry::new("at", "Österreich")]);
        for (typed, expected) in [
            ("", vec!["East US", "West Europe", "Österreich"]),
            ("us", vec!["East US"]),
            ("ST", vec!["East US", "West Europe", "Österreich"]),
            ("stus", vec!["East US"]),
            (" west e ", vec!["West Europe"]),
            ("ÖST", vec!["Österreich"]),
            ("nowhere", vec![]),
        ] {
            assert_eq!(names(&entries, typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn disabled_entries_are_last_under_their_reason() {
        let entries = Entries::new(vec![
            Entry::new("1", "off").disabled("Disabled"),
            Entry::new("2", "a").under("Recommended"),
            Entry::new("3", "b").under("Other"),
            Entry::new("4", "forbidden").disabled("No permission"),
            Entry::new("5", "c").under("Recommended"),
        ]);
        assert_eq!(names(&entries, ""), ["a", "c", "b", "off", "forbidden"]);
        let headings: Vec<_> =
            entries.matching("").filter_map(|(_, section)| entries.section(section)).map(|s| s.heading.as_str()).collect();
        assert_eq!(headings, ["Recommended", "Recommended", "Other", "Disabled", "No permission"]);
    }

    #[test]
    fn an_id_is_found_in_any_case() {
        let entries = Entries::new(vec![Entry::new("EastUS", "East US")]);
        assert_eq!(entries.find("eastus").map(|entry| entry.name.as_str()), Some("East US"));
    }
}
