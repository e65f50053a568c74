//! What was used last, offered before the rest.

use crate::arm::any_case::same;
use crate::controls::{Entries, Entry};
use crate::messages;

/// `entries` with those whose id is among `last` first, in the order of `last`, under a heading of their own. The disabled ones
/// stay where they are.
pub(super) fn last_first<'a>(mut entries: Vec<Entry>, last: impl Iterator<Item = &'a str>) -> Entries {
    let mut first: Vec<Entry> = Vec::new();
    for id in last {
        if let Some(at) = entries.iter().position(|entry| !entry.disabled && same(&entry.id, id)) {
            first.push(entries.remove(at).under(messages::LAST_USED.text()));
        }
    }
    if first.is_empty() {
        return Entries::new(entries);
    }
    let rest = entries.into_iter().map(|entry| if entry.disabled { entry } else { entry.under(messages::ALL_OTHERS.text()) });
    first.extend(rest);
    Entries::new(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_used_last_comes_first() {
        let entries =
            || ["a", "b", "c", "d"].map(|id| if id == "d" { Entry::new(id, id).disabled("no") } else { Entry::new(id, id) }).to_vec();
        let told = |last: &[&str]| {
            let entries = last_first(entries(), last.iter().copied());
            (0..entries.len()).filter_map(|at| entries.get(at)).map(|entry| entry.id.clone()).collect::<String>()
        };
        for (last, order) in [(&["C", "a", "gone", "d"][..], "cabd"), (&[], "abcd"), (&["x"], "abcd")] {
            assert_eq!(told(last), order, "{last:?}");
        }
    }
}
