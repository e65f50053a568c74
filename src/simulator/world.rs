//! The tables of the simulated world. Everything a person can change is in [`Tables`], which is what is saved.

use super::caller::{Caller, TENANT};
use super::deployment::{Deployment, Ready};
use super::faults::Faults;
use super::ids::Ids;
use super::offline_snapshot::OfflineSnapshot;
use super::permitted::Rights;
use super::records::{Group, Registration, Subscription, group_id};
use super::regions::Regions;
use super::resource::{Resource, Tags};
use super::seed;
use super::template::budget::Budget;
use crate::arm::last_read::LastRead;
use crate::arm::resource_group::ResourceGroup;

/// The number of additional subscriptions and groups in the large world.
const LARGE_SUBSCRIPTIONS: usize = 5_000;
const LARGE_GROUPS: usize = 10_000;
/// The IDs of the large world's subscriptions end with a number.
const LARGE_SUBSCRIPTION_ID: &str = "c0000000-0000-4000-8000-";
const LARGE_GROUP_NAME: &str = "rg-contoso-";
const LARGE_GROUP_LOCATIONS: [&str; 6] = ["eastus", "westeurope", "uksouth", "southeastasia", "westus2", "swedencentral"];

/// Everything a person can change.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub(crate) subscriptions: Vec<Subscription>,
    pub(crate) groups: Vec<Group>,
    /// IDs of deleted groups that are in no table, in lower case.
    pub(crate) deleted: Vec<String>,
    /// Resources of all other types.
    pub(crate) resources: Vec<Resource>,
    pub(crate) registrations: Vec<Registration>,
    /// In start order.
    pub(crate) deployments: Vec<Deployment>,
}

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) endpoint: String,
    pub(crate) caller: Caller,
    /// Subscriptions in tenants other than the seeded one, with their tenants.
    elsewhere: Vec<(String, String)>,
    /// Another cloud's lists, shown in addition to the tables.
    pub(crate) offline_snapshot: Option<OfflineSnapshot>,
    pub(crate) regions: Regions,
    pub(crate) faults: Faults,
    pub(crate) ids: Ids,
    pub(crate) tables: Tables,
    /// Incremented on every change.
    pub(crate) revision: u64,
    /// The kinds of requests refused with 429, and until when.
    pub(crate) throttled: Vec<(String, u64)>,
    /// Results of asynchronous operations.
    pub(crate) ready: Vec<Ready>,
    /// Identities with a federated credential being written, and until when.
    pub(crate) writing: Vec<(String, u64)>,
    /// The remaining budget for evaluating templates.
    pub(crate) budget: Budget,
    /// What the role with an ID permits. Only the handlers know.
    pub(crate) role: fn(&str) -> Option<Rights>,
}

impl World {
    pub(crate) fn new(endpoint: String, random: [u8; 16], faults: Faults, tables: Tables) -> Self {
        Self {
            endpoint,
            caller: Caller::default(),
            elsewhere: Vec::new(),
            offline_snapshot: None,
            regions: Regions::default(),
            faults,
            ids: Ids::new(random),
            tables,
            revision: 0,
            throttled: Vec::new(),
            ready: Vec::new(),
            writing: Vec::new(),
            budget: Budget::default(),
            role: |_| None,
        }
    }

    /// The subscription's tenant.
    pub(crate) fn tenant_of(&self, subscription: &str) -> Option<&str> {
        self.tenant_elsewhere(subscription).or_else(|| self.any_subscription(subscription).map(|_| TENANT))
    }

    fn tenant_elsewhere(&self, subscription: &str) -> Option<&str> {
        self.elsewhere.iter().find(|(id, _)| id.eq_ignore_ascii_case(subscription)).map(|(_, tenant)| tenant.as_str())
    }

    /// Adds subscriptions of another tenant, each with a group.
    pub(crate) fn add_subscriptions(&mut self, tenant: &str, subscriptions: &[(&str, &str)]) {
        for (id, name) in subscriptions {
            self.elsewhere.push(((*id).to_owned(), tenant.to_owned()));
            self.tables.subscriptions.push(Subscription {
                id: (*id).to_owned(),
                name: (*name).to_owned(),
                enabled: true,
                tags: Tags::new(),
            });
            self.tables.groups.push(Group {
                subscription: (*id).to_owned(),
                name: "rg-start".to_owned(),
                location: "westeurope".to_owned(),
                tags: Tags::new(),
                gone_at: None,
            });
        }
    }

    /// Shows another cloud's lists.
    pub(crate) fn take_offline_snapshot(&mut self, lists: &LastRead) {
        let offline_snapshot = OfflineSnapshot::of(lists);
        if offline_snapshot.is_instead_of_seed {
            self.tables = Tables::default();
        }
        if lists.regions.at > 0 {
            self.regions = Regions::of(&lists.regions.list);
        }
        self.offline_snapshot = Some(offline_snapshot);
    }

    /// The subscriptions of the caller's tenant; those that are in no table are generated on demand.
    pub(crate) fn subscriptions(&self) -> impl Iterator<Item = Subscription> {
        let more = if self.faults.large() { LARGE_SUBSCRIPTIONS } else { 0 };
        let shown = self.offline_snapshot.as_ref().map_or(0, |lists| lists.subscriptions().len());
        let mut places = 0..self.tables.subscriptions.len() + shown + more;
        std::iter::from_fn(move || places.find_map(|at| self.subscription_at(at, shown)))
    }

    /// The subscription at a place: the stored ones, then the `shown` ones of another cloud, then those of the large world. `None` if
    /// it isn't the caller's, or one of them is stored.
    fn subscription_at(&self, at: usize, shown: usize) -> Option<Subscription> {
        let stored = &self.tables.subscriptions;
        let one = match at.checked_sub(stored.len()) {
            None => stored.get(at)?.clone(),
            Some(at) => {
                let other = if at < shown { self.offline_snapshot.as_ref()?.subscription(at)? } else { large_subscription(at - shown) };
                if stored.iter().any(|known| known.id.eq_ignore_ascii_case(&other.id)) {
                    return None;
                }
                other
            }
        };
        self.is_mine(&one).then_some(one)
    }

    /// The subscription with this ID, if it is in the caller's tenant.
    pub(crate) fn subscription(&self, id: &str) -> Option<Subscription> {
        self.any_subscription(id).filter(|one| self.is_mine(one))
    }

    fn is_mine(&self, subscription: &Subscription) -> bool {
        self.tenant_elsewhere(&subscription.id).unwrap_or(TENANT) == self.caller.tenant.id
    }

    fn any_subscription(&self, id: &str) -> Option<Subscription> {
        let stored = self.tables.subscriptions.iter().find(|known| known.id.eq_ignore_ascii_case(id)).cloned();
        let shown = || self.offline_snapshot.as_ref().and_then(|lists| lists.subscription(lists.place(id)?));
        stored.or_else(shown).or_else(|| {
            let number = number_after(id, LARGE_SUBSCRIPTION_ID, 12).filter(|number| *number < LARGE_SUBSCRIPTIONS)?;
            self.faults.large().then(|| large_subscription(number))
        })
    }

    /// The groups of a subscription; those that are in no table are generated on demand.
    pub(crate) fn groups<'world>(&'world self, subscription: &'world str) -> impl Iterator<Item = Group> + 'world {
        let more = if self.has_large_groups(subscription) { LARGE_GROUPS } else { 0 };
        let shown = self.offline_snapshot.as_ref().map_or(0, |lists| lists.groups(subscription).len());
        let mut places = 0..self.tables.groups.len() + shown + more;
        std::iter::from_fn(move || places.find_map(|at| self.group_at(subscription, at, shown)))
    }

    /// The group at a place, as for [`subscription_at`](Self::subscription_at). `None` if it is another subscription's, one of them
    /// is stored, or it was deleted.
    fn group_at(&self, subscription: &str, at: usize, shown: usize) -> Option<Group> {
        let stored = &self.tables.groups;
        let Some(at) = at.checked_sub(stored.len()) else {
            return stored.get(at).filter(|group| group.subscription.eq_ignore_ascii_case(subscription)).cloned();
        };
        let group = if at < shown { self.offline_snapshot.as_ref()?.group(subscription, at)? } else { large_group(at - shown) };
        let is_stored = stored.iter().any(|known| known.name.len() == group.name.len() && is_group(known, subscription, &group.name));
        (!is_stored && !self.is_deleted(&group)).then_some(group)
    }

    pub(crate) fn group(&self, subscription: &str, name: &str) -> Option<Group> {
        let stored = self.tables.groups.iter().find(|group| is_group(group, subscription, name)).cloned();
        stored.or_else(|| {
            let large = || {
                let number = number_after(&name.to_lowercase(), LARGE_GROUP_NAME, 5).filter(|number| *number < LARGE_GROUPS)?;
                self.has_large_groups(subscription).then(|| large_group(number))
            };
            let shown = self.offline_snapshot.as_ref().and_then(|lists| {
                let is_named = |group: &ResourceGroup| group.name.as_str().to_lowercase() == name.to_lowercase();
                lists.group(subscription, lists.groups(subscription).iter().position(is_named)?)
            });
            shown.or_else(large).filter(|group| !self.is_deleted(group))
        })
    }

    fn is_deleted(&self, group: &Group) -> bool {
        let deleted = &self.tables.deleted;
        !deleted.is_empty() && deleted.contains(&group_id(&group.subscription, &group.name).to_lowercase())
    }

    /// A mutable group; one that is in no table is stored first.
    pub(crate) fn group_mut(&mut self, subscription: &str, name: &str) -> Option<&mut Group> {
        let group = self.group(subscription, name)?;
        self.revision += 1;
        let stored = self.tables.groups.iter().position(|known| known.subscription == group.subscription && known.name == group.name);
        let at = stored.unwrap_or_else(|| {
            self.tables.groups.push(group);
            self.tables.groups.len() - 1
        });
        self.tables.groups.get_mut(at)
    }

    /// Removes the group and everything in it.
    pub(crate) fn remove_group(&mut self, subscription: &str, name: &str) {
        self.revision += 1;
        let lower = name.to_lowercase();
        let id = group_id(subscription, name).to_lowercase();
        let inside =
            |known_subscription: &str, known: &str| known_subscription.eq_ignore_ascii_case(subscription) && known.to_lowercase() == lower;
        self.tables.groups.retain(|group| !inside(&group.subscription, &group.name));
        self.tables.deployments.retain(|one| !one.asked.group.as_ref().is_some_and(|group| inside(&one.asked.subscription, group)));
        // A group that is in no table would be generated again.
        if self.group(subscription, name).is_some() {
            self.tables.deleted.push(id.clone());
        }
        self.tables.resources.retain(|one| !one.is_below(&id));
    }

    pub(crate) fn resources(&self, kind: &str) -> impl Iterator<Item = &Resource> {
        self.tables.resources.iter().filter(move |one| one.kind == kind)
    }

    /// The index of the resource with this type and name, compared case-insensitively.
    pub(crate) fn find(&self, kind: &str, scope: &str, name: &str) -> Option<usize> {
        let (scope, name) = (scope.to_lowercase(), name.to_lowercase());
        self.tables
            .resources
            .iter()
            .position(|one| one.kind.eq_ignore_ascii_case(kind) && one.name.to_lowercase() == name && one.scope.to_lowercase() == scope)
    }

    /// Removes a resource with its children and extensions.
    pub(crate) fn remove(&mut self, at: usize) -> Resource {
        self.revision += 1;
        let removed = self.tables.resources.remove(at);
        let id = removed.plain_id().to_lowercase();
        self.tables.resources.retain(|one| !one.is_below(&id));
        removed
    }

    fn has_large_groups(&self, subscription: &str) -> bool {
        self.faults.large() && self.tables.subscriptions.first().is_some_and(|first| first.id.eq_ignore_ascii_case(subscription))
    }
}

fn is_group(group: &Group, subscription: &str, name: &str) -> bool {
    group.subscription.eq_ignore_ascii_case(subscription) && group.name.to_lowercase() == name.to_lowercase()
}

fn large_subscription(number: usize) -> Subscription {
    Subscription {
        id: format!("{LARGE_SUBSCRIPTION_ID}{number:012}"),
        name: format!("Contoso subscription {number:05}"),
        enabled: true,
        tags: Tags::new(),
    }
}

fn large_group(number: usize) -> Group {
    let location = LARGE_GROUP_LOCATIONS[number % LARGE_GROUP_LOCATIONS.len()];
    Group {
        subscription: seed::DEVELOPMENT.to_owned(),
        name: format!("{LARGE_GROUP_NAME}{number:05}"),
        location: location.to_owned(),
        tags: Tags::new(),
        gone_at: None,
    }
}

fn number_after(text: &str, start: &str, digits: usize) -> Option<usize> {
    let number = text.strip_prefix(start).filter(|number| number.len() == digits)?;
    number.bytes().all(|byte| byte.is_ascii_digit()).then(|| number.parse().ok()).flatten()
}
