//! Tests for what is stored, what is shown again, and what is dropped.

use std::sync::Arc;

use super::{KEPT_MAX, LastRead, List, SHOWN_MS};
use crate::arm::guid::Guid;
use crate::arm::location::{Location, LocationName};
use crate::arm::resource_group::{ResourceGroup, ResourceGroupName};
use crate::arm::subscription::{Subscription, SubscriptionState};

/// 23 November 2026.
const NOW: u64 = 1_795_392_000_000;

fn id(number: usize) -> Guid {
    Guid::parse(&format!("00000000-0000-4000-8000-{number:012}")).expect("a GUID")
}

fn subscriptions(count: usize) -> List {
    let one = |number| Subscription {
        id: id(number),
        display_name: format!("Contoso {number}"),
        state: if number == 0 { SubscriptionState::Disabled } else { SubscriptionState::Enabled },
        tenant: None,
    };
    List::Subscriptions(Arc::new((0..count).map(one).collect()))
}

fn group(name: &str) -> ResourceGroup {
    let name = ResourceGroupName::parse(name).expect("a name");
    ResourceGroup { name, location: LocationName::parse("westeurope").expect("a region") }
}

fn groups(subscription: usize, count: usize) -> List {
    List::Groups(id(subscription), Arc::new((0..count).map(|number| group(&format!("rg-contoso-{number:05}"))).collect()))
}

fn regions() -> List {
    let west = Location {
        name: LocationName::parse("westeurope").expect("a region"),
        display_name: "West Europe".to_owned(),
        regional_display_name: "(Europe) West Europe".to_owned(),
        geography_group: "Europe".to_owned(),
        recommended: true,
    };
    List::Regions(vec![west])
}

fn read() -> LastRead {
    let mut lists = LastRead::default();
    lists.note(subscriptions(3), NOW);
    lists.note(groups(1, 2), NOW + 1);
    lists.note(groups(2, 4), NOW + 2);
    lists.note(regions(), NOW + 3);
    lists
}

#[test]
fn stored_lists_come_back_with_their_age() {
    let lists = read();
    let text = lists.write().expect("it is short");
    assert_eq!(LastRead::read(&text, NOW + 9), lists);
    let ages = [subscriptions(0), groups(1, 0), groups(2, 0), groups(0, 0), regions()].map(|list| lists.read_at(&list));
    assert_eq!(ages, [NOW, NOW + 1, NOW + 2, 0, NOW + 3]);
}

#[test]
fn old_truncated_and_foreign_formats_are_ignored() {
    let text = read().write().expect("it is short");
    assert_eq!(LastRead::read(&text, NOW + SHOWN_MS).subscriptions.at, NOW);
    let older = LastRead::read(&text, NOW + SHOWN_MS + 2);
    assert_eq!((older.subscriptions.at, older.subscriptions.list.len()), (0, 0));
    assert_eq!(older.groups.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>(), [id(2)]);
    // A clock set back makes nothing older or newer than now.
    assert_eq!(LastRead::read(&text, NOW - 5).subscriptions.at, NOW - 5);
    for bad in
        ["", "{", "[]", "{}", "{\"shape\":1}", "{\"shape\":1,\"groups\":[[1]],\"regions\":7}", &text.replace("\"shape\":1", "\"shape\":2")]
    {
        assert_eq!(LastRead::read(bad, NOW), LastRead::default(), "{bad}");
    }
}

#[test]
fn the_least_recently_chosen_groups_are_dropped_first() {
    let mut lists = LastRead::default();
    lists.note(subscriptions(2_000), NOW);
    for subscription in 0..20 {
        lists.note(groups(subscription, 1_000), NOW);
    }
    let text = lists.write().expect("the subscriptions fit");
    assert!(text.len() <= KEPT_MAX, "{}", text.len());
    let kept = LastRead::read(&text, NOW);
    assert_eq!(kept.subscriptions, lists.subscriptions);
    assert!((5..20).contains(&kept.groups.len()), "{}", kept.groups.len());
    assert_eq!(kept.groups, lists.groups[..kept.groups.len()]);
    lists.note(subscriptions(20_000), NOW);
    assert_eq!(lists.write(), None);
}

#[test]
fn a_deleted_subscription_loses_its_groups() {
    let mut lists = read();
    lists.note(subscriptions(2), NOW);
    assert_eq!(lists.groups.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>(), [id(1)]);
}

#[test]
fn a_missing_subscription_or_group_is_added_once() {
    let mut lists = read();
    let before = lists.clone();
    lists.add_place(&id(1), Some(group("rg-contoso-00001")));
    assert_eq!(lists, before);
    lists.add_place(&id(7), Some(group("rg-mine")));
    lists.add_place(&id(7), Some(group("rg-mine")));
    lists.add_place(&id(8), None);
    assert_eq!(lists.subscriptions.list[3].display_name, id(7).to_string());
    assert_eq!(lists.subscriptions.list.len(), 5);
    assert_eq!((lists.groups.len(), lists.groups[2].1.list.len(), lists.groups[2].1.at), (3, 1, 0));
}
