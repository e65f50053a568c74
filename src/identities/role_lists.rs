//! The lists of the form for another role: subscriptions, and the resource groups and roles of the chosen one.

use leptos::prelude::*;

use crate::arm::guid::Guid;
use crate::arm::natural;
use crate::arm::resource_group::ResourceGroup;
use crate::arm::resource_id::ResourceId;
use crate::arm::role_definition::RoleDefinition;
use crate::arm::subscription::Subscription;
use crate::browser::task::TaskScope;
use crate::cloud::{Cloud, queries};
use crate::controls::Supply;

#[derive(Clone, Copy)]
pub(super) struct RoleLists {
    pub(super) subscriptions: RwSignal<Vec<Subscription>>,
    pub(super) subscriptions_supply: RwSignal<Supply>,
    pub(super) groups: RwSignal<Vec<ResourceGroup>>,
    pub(super) groups_supply: RwSignal<Supply>,
    /// By name.
    pub(super) roles: RwSignal<Vec<RoleDefinition>>,
    pub(super) roles_supply: RwSignal<Supply>,
    /// The subscription whose groups and roles these are.
    of: StoredValue<Option<Guid>>,
    scope: StoredValue<TaskScope>,
    cloud: Cloud,
}

impl RoleLists {
    /// Empty lists. What they read ends with the view that created them.
    pub(super) fn new(cloud: Cloud) -> Self {
        Self {
            subscriptions: RwSignal::new(Vec::new()),
            subscriptions_supply: RwSignal::new(Supply::Complete),
            groups: RwSignal::new(Vec::new()),
            groups_supply: RwSignal::new(Supply::Complete),
            roles: RwSignal::new(Vec::new()),
            roles_supply: RwSignal::new(Supply::Complete),
            of: StoredValue::new(None),
            scope: StoredValue::new(TaskScope::current()),
            cloud,
        }
    }

    pub(super) fn read_subscriptions(self) {
        self.subscriptions_supply.set(Supply::Loading);
        let client = queries::client(self.cloud);
        self.scope.get_value().spawn(async move {
            let found = client.subscriptions().all(&client).await;
            self.subscriptions_supply.set(supply(found.is_ok()));
            self.subscriptions.set(found.unwrap_or_default());
        });
    }

    /// Reads the groups and roles of a subscription.
    pub(super) fn read_subscription(self, id: &Guid) {
        self.of.set_value(Some(id.clone()));
        self.groups.set(Vec::new());
        self.roles.set(Vec::new());
        self.groups_supply.set(Supply::Loading);
        self.roles_supply.set(Supply::Loading);
        let (client, id) = (queries::client(self.cloud), id.clone());
        self.scope.get_value().spawn(async move {
            let place = ResourceId::of_subscription(&id);
            let (groups, roles) = futures::join!(client.resource_groups(&id).all(&client), client.role_definitions(&place).all(&client));
            if self.of.with_value(|of| of.as_ref() != Some(&id)) {
                return;
            }
            self.groups_supply.set(supply(groups.is_ok()));
            self.roles_supply.set(supply(roles.is_ok()));
            let (mut groups, mut roles) = (groups.unwrap_or_default(), roles.unwrap_or_default());
            groups.sort_by(|one, other| natural::compare(one.name.as_str(), other.name.as_str()));
            roles.sort_by(|one, other| natural::compare(&one.name, &other.name));
            self.groups.set(groups);
            self.roles.set(roles);
        });
    }
}

fn supply(is_read: bool) -> Supply {
    if is_read { Supply::Complete } else { Supply::Failed }
}
