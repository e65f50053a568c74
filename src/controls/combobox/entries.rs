//! A combobox's entries: built once when the data arrives, then read-only. Designed for 10,000 entries.

use std::borrow::Cow;
use std::sync::Arc;

/// An entry as it is given to [`Entries`], and as it is read from them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Compared case-insensitively (ASCII).
    pub id: Cow<'a, str>,
    /// The display name, and the accessible name.
    pub name: Cow<'a, str>,
    /// Secondary text; not searched.
    pub detail: Cow<'a, str>,
    /// The heading of its section; empty for none. For a disabled entry, the reason.
    pub heading: Cow<'a, str>,
    /// Shown, but not selectable.
    pub disabled: bool,
}

impl<'a> Entry<'a> {
    pub fn new(id: impl Into<Cow<'a, str>>, name: impl Into<Cow<'a, str>>) -> Self {
        Self { id: id.into(), name: name.into(), detail: Cow::Borrowed(""), heading: Cow::Borrowed(""), disabled: false }
    }

    #[must_use]
    pub fn detail(mut self, detail: impl Into<Cow<'a, str>>) -> Self {
        self.detail = detail.into();
        self
    }

    #[must_use]
    pub fn under(mut self, heading: impl Into<Cow<'a, str>>) -> Self {
        self.heading = heading.into();
        self
    }

    /// Moves the entry to the end of the list, greyed out under the reason.
    #[must_use]
    pub fn disabled(mut self, reason: impl Into<Cow<'a, str>>) -> Self {
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

/// A text within the text of all entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    at: u32,
    len: u16,
}

/// Where an entry's texts are, and its section: 20 bytes, which three spans would exceed.
#[derive(Debug)]
struct Place {
    id: u32,
    name: u32,
    detail: u32,
    id_len: u16,
    name_len: u16,
    detail_len: u16,
    section: u16,
}

impl Place {
    fn id(&self) -> Span {
        Span { at: self.id, len: self.id_len }
    }

    fn name(&self) -> Span {
        Span { at: self.name, len: self.name_len }
    }

    fn detail(&self) -> Span {
        Span { at: self.detail, len: self.detail_len }
    }
}

/// All texts are in one, which takes a third of the memory that thousands of small ones would.
#[derive(Debug, Default)]
struct Index {
    text: String,
    entries: Vec<Place>,
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
    /// Groups the entries by heading, in the order the headings first appear. A text longer than 65,535 bytes is cut.
    pub fn new(entries: Vec<Entry<'_>>) -> Self {
        let mut sections: Vec<Section> = Vec::new();
        for disabled in [false, true] {
            for entry in entries.iter().filter(|entry| entry.disabled == disabled) {
                if section_of(&sections, entry).is_none() {
                    sections.push(Section { heading: entry.heading.clone().into_owned(), disabled });
                }
            }
        }
        let length = entries.iter().map(Entry::length).sum();
        let mut index = Index { text: String::with_capacity(length), entries: Vec::with_capacity(entries.len()), sections };
        for section in (0_u16..).take(index.sections.len()) {
            for entry in &entries {
                if section_of(&index.sections, entry) == Some(section) {
                    index.add(entry, section);
                }
            }
        }
        Self(Arc::new(index))
    }

    pub fn len(&self) -> usize {
        self.0.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.entries.is_empty()
    }

    pub(crate) fn get(&self, at: usize) -> Option<Entry<'_>> {
        self.0.entries.get(at).map(|place| self.0.entry(place))
    }

    pub fn find(&self, id: &str) -> Option<Entry<'_>> {
        self.0.entries.iter().find(|place| self.0.text(place.id()).eq_ignore_ascii_case(id)).map(|place| self.0.entry(place))
    }

    /// Whether the entry at `at` has the id `text` or, if `by_name`, that name.
    pub(crate) fn is(&self, at: usize, text: &str, by_name: bool) -> bool {
        let same = |span| self.0.text(span).eq_ignore_ascii_case(text);
        self.0.entries.get(at).is_some_and(|place| same(place.id()) || (by_name && same(place.name())))
    }

    pub(crate) fn section(&self, section: u16) -> Option<&Section> {
        self.0.sections.get(usize::from(section))
    }

    /// The indexes and sections of the entries whose name or id contains `typed`.
    pub(crate) fn matching(&self, typed: &str) -> impl Iterator<Item = (usize, u16)> {
        let needle = typed.trim().to_lowercase();
        let matches = move |place: &Place| {
            contains(self.0.text(place.name()), &needle) || (place.id() != place.name() && contains(self.0.text(place.id()), &needle))
        };
        self.0.entries.iter().enumerate().filter(move |(_, place)| matches(place)).map(|(at, place)| (at, place.section))
    }
}

impl Index {
    fn add(&mut self, entry: &Entry<'_>, section: u16) {
        let name = self.push(&entry.name);
        let id = if entry.id == entry.name { name } else { self.push(&entry.id) };
        let detail = if entry.detail == entry.id { id } else { self.push(&entry.detail) };
        self.entries.push(Place {
            id: id.at,
            name: name.at,
            detail: detail.at,
            id_len: id.len,
            name_len: name.len,
            detail_len: detail.len,
            section,
        });
    }

    /// Adds a text.
    fn push(&mut self, text: &str) -> Span {
        let text = &text[..text.floor_char_boundary(usize::from(u16::MAX))];
        let (Ok(at), Ok(len)) = (u32::try_from(self.text.len()), u16::try_from(text.len())) else { return Span { at: 0, len: 0 } };
        self.text.push_str(text);
        Span { at, len }
    }

    fn text(&self, span: Span) -> &str {
        let at = span.at as usize;
        self.text.get(at..at + usize::from(span.len)).unwrap_or_default()
    }

    fn entry(&self, place: &Place) -> Entry<'_> {
        let section = self.sections.get(usize::from(place.section));
        Entry {
            id: self.text(place.id()).into(),
            name: self.text(place.name()).into(),
            detail: self.text(place.detail()).into(),
            heading: section.map(|section| section.heading.as_str()).unwrap_or_default().into(),
            disabled: section.is_some_and(|section| section.disabled),
        }
    }
}

impl Entry<'_> {
    /// The length of the texts that are stored for it, at most.
    fn length(&self) -> usize {
        let id = if self.id == self.name { 0 } else { self.id.len() };
        self.name.len() + id + if self.detail == self.id { 0 } else { self.detail.len() }
    }
}

fn section_of(sections: &[Section], entry: &Entry<'_>) -> Option<u16> {
    let at = sections.iter().position(|section| section.disabled == entry.disabled && section.heading == entry.heading)?;
    u16::try_from(at).ok()
}

/// Whether `text` contains `needle`, which is in lower case. Naive search: for ten thousand short texts it is faster than setting up
/// the standard library's searcher each time.
fn contains(text: &str, needle: &str) -> bool {
    if !text.is_ascii() {
        return text.to_lowercase().contains(needle);
    }
    let (text, needle) = (text.as_bytes(), needle.as_bytes());
    let Some((first, rest)) = needle.split_first() else { return true };
    text.windows(needle.len()).any(|part| part[0].to_ascii_lowercase() == *first && part[1..].eq_ignore_ascii_case(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(entries: &Entries, typed: &str) -> Vec<String> {
        entries.matching(typed).filter_map(|(at, _)| entries.get(at)).map(|entry| entry.name.into_owned()).collect()
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
        assert_eq!(entries.find("eastus").map(|entry| entry.name).as_deref(), Some("East US"));
    }

    #[test]
    fn an_entry_is_read_as_it_was_given_and_each_text_is_held_once() {
        let given = [
            Entry::new("RG1", "RG1").detail("eastus").under("Last used"),
            Entry::new("one", "Größe").detail("one"),
            Entry::new("two", "Two").disabled("Locked"),
        ];
        let entries = Entries::new(given.to_vec());
        assert_eq!([0, 1, 2].map(|at| entries.get(at)), given.map(Some));
        assert_eq!(entries.0.text, "RG1eastusGrößeoneTwotwo");
    }

    #[test]
    fn ten_thousand_entries_take_no_more_than_their_text_and_twenty_bytes_each() {
        let name = |at: usize| format!("rg-contoso-{at:05}");
        let entries = Entries::new((0..10_000).map(|at| Entry::new(name(at), name(at)).detail("westeurope")).collect());
        assert_eq!((size_of::<Place>(), entries.0.text.capacity(), entries.0.entries.capacity()), (20, 10_000 * 26, 10_000));
    }

    #[test]
    fn an_endless_text_is_cut_between_characters() {
        let entries = Entries::new(vec![Entry::new("1", "ö".repeat(40_000))]);
        assert_eq!(entries.get(0).map(|entry| entry.name.len()), Some(65_534));
    }
}
