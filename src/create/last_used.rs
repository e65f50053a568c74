//! The subscriptions and groups in which an account last created identities, stored in the browser for each account and cloud:
//! only ids and names, and only for accounts that signed in here. Preview and host pages store nothing.

use crate::arm::any_case::same;
use crate::arm::caller::{Caller, CallerKind};
use crate::arm::guid::Guid;
use crate::arm::resource_group::ResourceGroupName;
use crate::browser::{address, storage};
use crate::controls::{Entries, Entry};
use crate::messages;

/// The key prefix, followed by the deployment, the cloud, the app, the directory and the account.
const KEY: &str = "identity-portal:last-used ";
/// The maximum number of stored places.
const PLACES_MAX: usize = 8;

/// A subscription's id and a group's name.
pub type Place = (String, String);

/// The places where `caller` created identities, the most recent first.
pub(super) fn places(caller: Option<&Caller>) -> Vec<Place> {
    key(caller).and_then(|key| storage::preference(&key)).map(|text| read(&text)).unwrap_or_default()
}

/// Stores that `caller` creates an identity in `place`.
pub(super) fn note(caller: Option<&Caller>, place: Place) {
    if let Some(key) = key(caller) {
        let before = storage::preference(&key).map(|text| read(&text)).unwrap_or_default();
        storage::set_preference(&key, &write(&with(before, place)));
    }
}

/// Deletes the places of an account.
pub fn forget_account(home_account_id: &str) {
    let end = [" ", home_account_id].concat();
    for key in storage::preferences(&deployment()).iter().filter(|key| key.ends_with(&end)) {
        storage::forget_preference(key);
    }
}

/// Moves the entries whose ids are in `last` to the front, in the order of `last`, under their own heading. Disabled entries are
/// not moved.
pub(super) fn last_first<'a>(mut entries: Vec<Entry<'_>>, last: impl Iterator<Item = &'a str>) -> Entries {
    let mut first = Vec::new();
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

fn deployment() -> String {
    [KEY, &address::beside("./"), " "].concat()
}

fn key(caller: Option<&Caller>) -> Option<String> {
    let caller = caller.filter(|caller| has_places(caller))?;
    Some([&deployment(), &caller.origin, " ", &caller.client, " ", &caller.tenant, " ", &caller.account].concat())
}

/// Whether places are stored for a caller: only for a known account.
fn has_places(caller: &Caller) -> bool {
    caller.kind == CallerKind::Account && !caller.account.is_empty()
}

/// `places` with `place` at the front, and only there.
fn with(mut places: Vec<Place>, place: Place) -> Vec<Place> {
    places.retain(|(subscription, group)| !(same(subscription, &place.0) && same(group, &place.1)));
    places.insert(0, place);
    places.truncate(PLACES_MAX);
    places
}

fn write(places: &[Place]) -> String {
    places.iter().map(|(subscription, group)| [subscription, "\t", group].concat()).collect::<Vec<_>>().join("\n")
}

/// Anybody could have written `text`: only valid ids and names are accepted.
fn read(text: &str) -> Vec<Place> {
    let places = text.lines().filter_map(|line| {
        let (subscription, group) = line.split_once('\t')?;
        Some((Guid::parse(subscription)?.to_string(), ResourceGroupName::parse(group).ok()?.to_string()))
    });
    places.take(PLACES_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "11111111-2222-3333-4444-555555555555";
    const TWO: &str = "3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01";

    fn place(subscription: &str, group: &str) -> Place {
        (subscription.to_owned(), group.to_owned())
    }

    #[test]
    fn the_last_place_comes_first_and_once() {
        let mut places = Vec::new();
        for (subscription, group) in [(ONE, "RG1"), (TWO, "Größe"), (ONE, "rg1")] {
            places = with(places, place(subscription, group));
        }
        assert_eq!(places, [place(ONE, "rg1"), place(TWO, "Größe")]);
        assert_eq!(read(&write(&places)), places);
        for number in 0..20 {
            places = with(places, place(ONE, &format!("rg{number}")));
        }
        assert_eq!((places.len(), places[0].1.as_str()), (PLACES_MAX, "rg19"));
    }

    #[test]
    fn what_is_no_place_is_left_out() {
        assert_eq!(read("x\tRG1\n\n11111111-2222-3333-4444-555555555555\ta/b\nno tab\n"), []);
    }

    #[test]
    fn places_are_kept_for_a_known_account_alone() {
        let account = Caller { kind: CallerKind::Account, account: "oid.tid".into(), ..Caller::default() };
        for (caller, kept) in [
            (account.clone(), true),
            (Caller { account: String::new(), ..account.clone() }, false),
            (Caller { kind: CallerKind::HostPage, ..account }, false),
            (Caller::preview("https://management.azure.com"), false),
        ] {
            assert_eq!(has_places(&caller), kept, "{caller:?}");
        }
    }

    #[test]
    fn what_was_used_last_comes_first() {
        let entries =
            || ["a", "b", "c", "d"].map(|id| if id == "d" { Entry::new(id, id).disabled("no") } else { Entry::new(id, id) }).to_vec();
        let told = |last: &[&str]| {
            let entries = last_first(entries(), last.iter().copied());
            (0..entries.len()).filter_map(|at| entries.get(at)).map(|entry| entry.id).collect::<String>()
        };
        for (last, order) in [(&["C", "a", "gone", "d"][..], "cabd"), (&[], "abcd"), (&["x"], "abcd")] {
            assert_eq!(told(last), order, "{last:?}");
        }
    }
}
