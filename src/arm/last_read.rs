//! The lists ARM last returned, serialised for use while ARM is unreachable: names, IDs and regions, nothing else.

use std::sync::Arc;

use serde_json::{Value, json};

use super::guid::Guid;
use super::json::{list, written};
use super::location::{Location, LocationName};
use super::resource_group::{ResourceGroup, ResourceGroupName};
use super::subscription::{Subscription, SubscriptionState};

/// Maximum length in bytes: browsers give an origin a few megabytes in total.
pub const KEPT_MAX: usize = 512 * 1024;
/// How long a list may still be shown, in milliseconds: 30 days.
const SHOWN_MS: u64 = 30 * 24 * 60 * 60 * 1000;
/// Incremented when the stored format changes; other formats are ignored.
const FORMAT: u64 = 1;

/// A list that was read completely.
#[derive(Clone, Debug)]
pub enum List {
    Subscriptions(Arc<Vec<Subscription>>),
    /// All groups of one subscription.
    Groups(Guid, Arc<Vec<ResourceGroup>>),
    /// The regions that offer identities.
    Regions(Vec<Location>),
}

/// A list and the time it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated<T> {
    /// Milliseconds since 1970; 0 if never read.
    pub at: u64,
    pub list: Arc<Vec<T>>,
}

impl<T> Default for Dated<T> {
    fn default() -> Self {
        Self { at: 0, list: Arc::default() }
    }
}

/// The lists of one account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LastRead {
    pub subscriptions: Dated<Subscription>,
    /// The groups of the subscriptions that were chosen, most recent first.
    pub groups: Vec<(Guid, Dated<ResourceGroup>)>,
    pub regions: Dated<Location>,
}

impl LastRead {
    /// Stores a list read at `now`. Groups of subscriptions that no longer exist are dropped.
    pub fn note(&mut self, list: List, now: u64) {
        match list {
            List::Subscriptions(list) => {
                self.groups.retain(|(id, _)| list.iter().any(|known| known.id == *id));
                self.subscriptions = Dated { at: now, list };
            }
            List::Groups(id, list) => {
                self.groups.retain(|(known, _)| *known != id);
                self.groups.insert(0, (id, Dated { at: now, list }));
            }
            List::Regions(list) => self.regions = Dated { at: now, list: Arc::new(list) },
        }
    }

    /// When this list was read, in milliseconds since 1970; 0 if never.
    pub fn read_at(&self, list: &List) -> u64 {
        match list {
            List::Subscriptions(_) => self.subscriptions.at,
            List::Groups(id, _) => self.groups.iter().find(|(known, _)| known == id).map_or(0, |(_, groups)| groups.at),
            List::Regions(_) => self.regions.at,
        }
    }

    /// Adds what a draft names but the lists lack, so that the form can go on with it.
    pub fn add_place(&mut self, subscription: &Guid, group: Option<ResourceGroup>) {
        if !self.subscriptions.list.iter().any(|known| known.id == *subscription) {
            let unnamed = Subscription {
                id: subscription.clone(),
                display_name: subscription.to_string(),
                state: SubscriptionState::Enabled,
                tenant: None,
            };
            Arc::make_mut(&mut self.subscriptions.list).push(unnamed);
        }
        let Some(group) = group else { return };
        let at = self.groups.iter().position(|(known, _)| known == subscription).unwrap_or_else(|| {
            self.groups.push((subscription.clone(), Dated::default()));
            self.groups.len() - 1
        });
        let list = Arc::make_mut(&mut self.groups[at].1.list);
        if !list.iter().any(|known| known.name == group.name) {
            list.push(group);
        }
    }

    /// The lists as at most [`KEPT_MAX`] bytes, dropping the groups of the least recently chosen subscriptions first. `None` if
    /// even the subscriptions are too many.
    pub fn write(&self) -> Option<String> {
        let mut kept = json!({
            "shape": FORMAT,
            "subscriptions": dated(&self.subscriptions, |one| json!([one.id.as_str(), one.display_name, one.state.word()])),
            "groups": self.groups.iter().map(|(id, groups)| {
                json!([id.as_str(), dated(groups, |group| json!([group.name.as_str(), group.location.as_str()]))])
            }).collect::<Vec<_>>(),
            "regions": dated(&self.regions, |one| {
                json!([one.name.as_str(), one.display_name, one.regional_display_name, one.geography_group, one.recommended])
            }),
        });
        loop {
            let text = written(&kept);
            if text.len() <= KEPT_MAX {
                return Some(text);
            }
            kept["groups"].as_array_mut()?.pop()?;
        }
    }

    /// Parses the output of [`write`](Self::write), without lists that are too old. Empty if it is invalid.
    pub fn read(text: &str, now: u64) -> Self {
        let Ok(kept) = serde_json::from_str::<Value>(text) else { return Self::default() };
        if kept["shape"] != FORMAT {
            return Self::default();
        }
        // In loops: chains of iterators take several times the code.
        let mut groups = Vec::new();
        for entry in list(&kept, "groups") {
            let of_one = undated(&entry[1], now, |group| {
                Some(ResourceGroup {
                    name: ResourceGroupName::parse(group[0].as_str()?).ok()?,
                    location: LocationName::parse(group[1].as_str()?)?,
                })
            });
            if let Some(id) = entry[0].as_str().and_then(Guid::parse).filter(|_| of_one.at > 0) {
                groups.push((id, of_one));
            }
        }
        Self {
            groups,
            subscriptions: undated(&kept["subscriptions"], now, |one| {
                Some(Subscription {
                    id: Guid::parse(one[0].as_str()?)?,
                    display_name: one[1].as_str()?.to_owned(),
                    state: SubscriptionState::parse(one[2].as_str()?),
                    tenant: None,
                })
            }),
            regions: undated(&kept["regions"], now, |one| {
                Some(Location {
                    name: LocationName::parse(one[0].as_str()?)?,
                    display_name: one[1].as_str()?.to_owned(),
                    regional_display_name: one[2].as_str()?.to_owned(),
                    geography_group: one[3].as_str()?.to_owned(),
                    recommended: one[4].as_bool()?,
                })
            }),
        }
    }
}

fn dated<T>(dated: &Dated<T>, write: impl Fn(&T) -> Value) -> Value {
    json!({ "at": dated.at, "list": dated.list.iter().map(write).collect::<Vec<_>>() })
}

fn undated<T>(value: &Value, now: u64, read: impl Fn(&Value) -> Option<T>) -> Dated<T> {
    let at = value["at"].as_u64().unwrap_or_default().min(now);
    if now - at > SHOWN_MS {
        return Dated::default();
    }
    let mut entries = Vec::new();
    for entry in list(value, "list") {
        entries.extend(read(entry));
    }
    Dated { at, list: Arc::new(entries) }
}

#[cfg(test)]
mod tests;
