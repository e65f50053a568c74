//! The registries that an account can see, read subscription by subscription.

use leptos::prelude::*;

use super::identity_list::LoadState;
use super::queries;
use super::subscription_reads::{AT_ONCE, each};
use crate::arm::error::ArmError;
use crate::arm::guid::Guid;
use crate::arm::natural;
use crate::arm::registry::Registry;
use crate::arm::subscription::Subscription;
use crate::browser::task::TaskScope;
use crate::cloud::Cloud;
use crate::provisioning::explain::reason;

/// A registry with its subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryRow {
    pub registry: Registry,
    pub subscription: Subscription,
}

/// The registries read so far.
#[derive(Clone, Copy)]
pub struct RegistryList {
    /// By name.
    pub rows: RwSignal<Vec<RegistryRow>>,
    pub reading: RwSignal<LoadState>,
    /// Names of subscriptions that could not be read, each with the reason.
    pub unread: RwSignal<Vec<String>>,
    subscriptions: RwSignal<Vec<Subscription>>,
    /// Number of subscriptions requested.
    asked: RwSignal<usize>,
    /// The subscription that is read first.
    first: StoredValue<Option<Guid>>,
    scope: StoredValue<TaskScope>,
    cloud: Cloud,
}

impl RegistryList {
    /// An empty list, for which the subscription `first` is read first. Whatever [`Self::start`] begins ends with the view that created
    /// this list.
    pub fn new(cloud: Cloud, first: Option<Guid>) -> Self {
        Self {
            rows: RwSignal::new(Vec::new()),
            reading: RwSignal::new(LoadState::UnderWay),
            unread: RwSignal::new(Vec::new()),
            subscriptions: RwSignal::new(Vec::new()),
            asked: RwSignal::new(0),
            first: StoredValue::new(first),
            scope: StoredValue::new(TaskScope::current().child()),
            cloud,
        }
    }

    /// Reads everything again. Called only by code of a part: it needs the client.
    pub fn start(self) {
        // What is still being read may be another account's.
        self.scope.with_value(TaskScope::end);
        self.rows.set(Vec::new());
        self.unread.set(Vec::new());
        self.subscriptions.set(Vec::new());
        self.asked.set(0);
        self.go_on();
    }

    /// Reads the next subscriptions.
    pub fn go_on(self) {
        self.reading.set(LoadState::UnderWay);
        let task = async move {
            let ended = self.read().await;
            self.reading.set(ended.map_or_else(LoadState::Failed, |()| LoadState::Rested));
        };
        self.scope.with_value(|scope| scope.spawn(task));
    }

    /// Number of subscriptions not requested yet. Tracked.
    pub fn left(self) -> usize {
        self.subscriptions.with(Vec::len).saturating_sub(self.asked.get())
    }

    async fn read(self) -> Result<(), ArmError> {
        let client = queries::client(self.cloud);
        if self.subscriptions.with_untracked(Vec::is_empty) {
            let mut all = client.subscriptions().all(&client).await?;
            self.first.with_value(|first| all.sort_by_key(|one| Some(&one.id) != first.as_ref()));
            self.subscriptions.set(all);
        }
        let asked = self.asked.get_untracked();
        let next = self.subscriptions.with_untracked(|all| all.iter().skip(asked).take(AT_ONCE).cloned().collect::<Vec<_>>());
        let count = next.len();
        let client = &client;
        each(next, |subscription| async move {
            match client.registries(&subscription.id).await {
                Ok(found) => self.rows.update(|rows| {
                    rows.extend(found.into_iter().map(|registry| RegistryRow { registry, subscription: subscription.clone() }));
                    rows.sort_by(|one, other| natural::compare(&one.registry.name, &other.registry.name));
                }),
                Err(error) => {
                    let told = [subscription.display_name.as_str(), " (", &reason(&error), ")"].concat();
                    self.unread.update(|unread| unread.push(told));
                }
            }
        })
        .await;
        self.asked.set(asked + count);
        Ok(())
    }
}
