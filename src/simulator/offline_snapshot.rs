//! The last lists of a real cloud, for Preview while that cloud is unreachable. Its subscriptions and groups are kept outside
//! the tables, which hold only what was changed here.

use super::records::{Group, Subscription};
use super::resource::Tags;
use crate::arm;
use crate::arm::guid::Guid;
use crate::arm::last_read::{Dated, LastRead};
use crate::arm::resource_group::ResourceGroup;

/// Subscriptions and groups of another cloud. The caller owns them, and the providers are registered.
#[derive(Debug)]
pub(crate) struct OfflineSnapshot {
    lists: LastRead,
    /// Whether the seeded world is hidden.
    pub(crate) is_instead_of_seed: bool,
}

impl OfflineSnapshot {
    pub(crate) fn of(lists: &LastRead) -> Self {
        Self { lists: lists.clone(), is_instead_of_seed: lists.subscriptions.at > 0 }
    }

    pub(crate) fn has(&self, subscription: &str) -> bool {
        self.place(subscription).is_some()
    }

    /// The place of a subscription in its list.
    pub(crate) fn place(&self, subscription: &str) -> Option<usize> {
        self.subscriptions().iter().position(|one| one.id.as_str().eq_ignore_ascii_case(subscription))
    }

    pub(crate) fn subscriptions(&self) -> &[arm::subscription::Subscription] {
        &self.lists.subscriptions.list
    }

    /// The subscription at this place of its list.
    pub(crate) fn subscription(&self, at: usize) -> Option<Subscription> {
        let one = self.subscriptions().get(at)?;
        let (id, name) = (one.id.to_string(), one.display_name.clone());
        Some(Subscription { id, name, enabled: one.state.accepts_writes(), tags: Tags::new() })
    }

    pub(crate) fn groups(&self, subscription: &str) -> &[ResourceGroup] {
        self.groups_of(subscription).map_or(&[], |(_, groups)| &groups.list)
    }

    /// The group at this place of its subscription's list.
    pub(crate) fn group(&self, subscription: &str, at: usize) -> Option<Group> {
        let (id, groups) = self.groups_of(subscription)?;
        let group = groups.list.get(at)?;
        let (name, location) = (group.name.to_string(), group.location.to_string());
        Some(Group { subscription: id.to_string(), name, location, tags: Tags::new(), gone_at: None })
    }

    fn groups_of(&self, subscription: &str) -> Option<&(Guid, Dated<ResourceGroup>)> {
        self.lists.groups.iter().find(|(id, _)| id.as_str().eq_ignore_ascii_case(subscription))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use crate::arm::guid::Guid;
    use crate::arm::last_read::{LastRead, List};
    use crate::arm::location::{Location, LocationName};
    use crate::arm::resource_group::{ResourceGroup, ResourceGroupName};
    use crate::arm::subscription::{Subscription, SubscriptionState};
    use crate::simulator::seed::DEVELOPMENT;
    use crate::simulator::test_harness::TestHarness;

    const PAID: &str = "5d1c2b3a-0000-4000-8000-000000000001";
    const CLOSED: &str = "5d1c2b3a-0000-4000-8000-000000000002";

    fn id(text: &str) -> Guid {
        Guid::parse(text).expect("a GUID")
    }

    fn group(name: &str) -> ResourceGroup {
        let location = LocationName::parse("usgovvirginia").expect("a region");
        ResourceGroup { name: ResourceGroupName::parse(name).expect("a name"), location }
    }

    /// Two subscriptions in Azure Government, the groups of one of them, and one region.
    fn lists() -> LastRead {
        let mut lists = LastRead::default();
        let one = |number: &str, name: &str, state| Subscription { id: id(number), display_name: name.into(), state, tenant: None };
        let all = vec![one(PAID, "Paid", SubscriptionState::Enabled), one(CLOSED, "Closed", SubscriptionState::Warned)];
        lists.note(List::Subscriptions(Arc::new(all)), 1);
        lists.note(List::Groups(id(PAID), Arc::new(vec![group("rg-a"), group("rg-b")])), 2);
        let virginia = Location {
            name: LocationName::parse("usgovvirginia").expect("a region"),
            display_name: "USGov Virginia".into(),
            regional_display_name: "(US) USGov Virginia".into(),
            geography_group: "US".into(),
            recommended: true,
        };
        lists.note(List::Regions(vec![virginia]), 3);
        lists
    }

    fn names(list: &[serde_json::Value], key: &str) -> Vec<String> {
        list.iter().map(|one| one[key].as_str().unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn a_snapshot_replaces_the_seed_through_to_the_created_identity() {
        let mut harness = TestHarness::new("");
        harness.simulator.offline_snapshot(&lists());
        assert_eq!(names(&harness.list("/subscriptions?api-version=2022-12-01"), "displayName"), ["Paid", "Closed"]);
        assert_eq!(names(&harness.list("/subscriptions?api-version=2022-12-01"), "state"), ["Enabled", "Disabled"]);
        let at = |path: &str, version: &str| format!("/subscriptions/{PAID}{path}?api-version={version}");
        assert_eq!(names(&harness.list(&at("/resourcegroups", "2024-07-01")), "name"), ["rg-a", "rg-b"]);
        assert_eq!(names(&harness.list(&at("/locations", "2022-12-01")), "name"), ["usgovvirginia"]);
        let provider = harness.get(&at("/providers/Microsoft.ManagedIdentity", "2024-07-01")).body;
        assert_eq!(provider["registrationState"], "Registered");
        let identity = at("/resourceGroups/rg-a/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-x", "2024-11-30");
        assert_eq!(
            harness.send("PUT", &identity, Some(json!({ "location": "westeurope" }))).refusal(),
            "400 LocationNotAvailableForResourceType"
        );
        assert_eq!(harness.send("PUT", &identity, Some(json!({ "location": "usgovvirginia" }))).status, 201);
        assert_eq!(harness.get(&identity).status, 200);
    }

    #[test]
    fn a_snapshot_group_can_be_deleted_recreated_and_saved() {
        let mut harness = TestHarness::new("");
        harness.simulator.offline_snapshot(&lists());
        let path = format!("/subscriptions/{PAID}/resourcegroups/rg-a?api-version=2024-07-01");
        assert_eq!(harness.send("DELETE", &path, None).status, 202);
        harness.pass(600_000);
        assert_eq!(harness.get(&path).status, 404);
        let saved = harness.simulator.saved();
        let mut other = TestHarness::new("");
        other.simulator.offline_snapshot(&lists());
        other.simulator.restore(&saved, harness.now);
        assert_eq!(other.get(&path).status, 404);
        assert_eq!(other.send("PUT", &path, Some(json!({ "location": "usgovvirginia" }))).status, 201);
        assert_eq!(other.get(&path).status, 200);
    }

    #[test]
    fn a_saved_seeded_world_does_not_mix_with_a_snapshot() {
        let path = format!("/subscriptions/{DEVELOPMENT}?api-version=2022-12-01");
        let mut seeded = TestHarness::new("");
        let saved = seeded.simulator.saved();
        assert_eq!(seeded.get(&path).status, 200);
        let mut harness = TestHarness::new("");
        harness.simulator.offline_snapshot(&lists());
        harness.simulator.restore(&saved, harness.now);
        assert_eq!(harness.get(&path).status, 404);
    }

    #[test]
    fn a_snapshot_of_only_a_drafts_group_is_added_to_the_seed() {
        let mut lists = LastRead::default();
        lists.add_place(&id(PAID), Some(group("rg-mine")));
        let mut harness = TestHarness::new("");
        harness.simulator.offline_snapshot(&lists);
        assert_eq!(harness.list("/subscriptions?api-version=2022-12-01").len(), 4);
        assert_eq!(harness.get(&format!("/subscriptions/{PAID}/resourcegroups/rg-mine?api-version=2024-07-01")).status, 200);
    }
}
