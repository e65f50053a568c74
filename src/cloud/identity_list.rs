//! The identities an account sees, read subscription by subscription: some subscriptions at once, more when asked.

use std::cell::RefCell;
use std::rc::Rc;
use std::vec::IntoIter;

use leptos::prelude::*;

use crate::arm::client::ArmClient;
use crate::arm::error::ArmError;
use crate::arm::location::{self, Location};
use crate::arm::managed_identity::{IDENTITY_API_COMMON, ManagedIdentity};
use crate::arm::resource_id::ResourceId;
use crate::arm::subscription::Subscription;
use crate::browser::task::TaskScope;
use crate::cloud::queries::{self, ArmFuture};
use crate::cloud::{Cloud, Connection};
use crate::provisioning::explain::reason;

/// How many subscriptions are read before the person is asked: each costs a request.
const AT_ONCE: usize = 50;

/// An identity in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityRow {
    /// Its id.
    pub id: ResourceId,
    /// Its name.
    pub name: String,
    /// Its resource group.
    pub group: String,
    /// Its region, by ARM's name.
    pub region: String,
    /// Its subscription's name.
    pub subscription: String,
    /// Its subscription's id.
    pub subscription_id: String,
    /// What code signs in with.
    pub client_id: String,
    /// What roles are assigned to.
    pub principal_id: String,
}

/// From how many letters on a beginning of an id is one: fewer stand in many ids by chance.
const ID_LETTERS_MIN: usize = 6;

impl IdentityRow {
    fn new(identity: &ManagedIdentity, subscription: &Subscription) -> Self {
        Self {
            id: identity.id.clone(),
            name: identity.name.clone(),
            group: identity.id.resource_group().unwrap_or_default().to_owned(),
            region: identity.location.as_str().to_owned(),
            subscription: subscription.display_name.clone(),
            subscription_id: subscription.id.to_string(),
            client_id: identity.client_id.to_string(),
            principal_id: identity.principal_id.to_string(),
        }
    }

    /// What people call its region, as far as the regions are known.
    pub fn region_name<'a>(&'a self, regions: &'a [Location]) -> &'a str {
        location::display_name(regions, &self.region)
    }

    /// Whether what was typed stands in the name, the group, the subscription's name or either name of the region, or
    /// begins one of the ids; in any case.
    pub fn matches(&self, typed: &str, regions: &[Location]) -> bool {
        let own = typed.trim().to_lowercase();
        let texts = [&self.group, &self.subscription, &self.region, self.region_name(regions)];
        self.is_called(typed) || texts.into_iter().any(|text| text.to_lowercase().contains(&own))
    }

    /// Whether what was typed stands in the name, or begins the client id or the principal id; in any case.
    pub fn is_called(&self, typed: &str) -> bool {
        let typed = typed.trim().to_lowercase();
        let ids = [&self.client_id, &self.principal_id];
        let is_id = typed.len() >= ID_LETTERS_MIN && ids.into_iter().any(|id| id.to_lowercase().starts_with(&typed));
        is_id || self.name.to_lowercase().contains(&typed)
    }
}

/// How far reading is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum LoadState {
    /// Under way.
    #[default]
    UnderWay,
    /// Done with the subscriptions that were asked.
    Rested,
    /// Not even the subscriptions could be read.
    Failed(ArmError),
}

/// The identities read so far.
#[derive(Clone, Copy)]
pub struct IdentityList {
    /// By subscription, in the order of their arrival.
    pub rows: RwSignal<Vec<IdentityRow>>,
    /// How far reading is.
    pub reading: RwSignal<LoadState>,
    /// Subscriptions that could not be read: their names.
    pub unread: RwSignal<Vec<String>>,
    /// How many subscriptions were asked.
    pub asked: RwSignal<usize>,
    /// All subscriptions.
    pub subscriptions: RwSignal<Vec<Subscription>>,
    /// The regions, for their names.
    pub regions: RwSignal<Vec<Location>>,
    scope: StoredValue<TaskScope>,
    cloud: Cloud,
}

impl IdentityList {
    /// Nothing read yet; what [`Self::start`] begins ends with the page this was made by.
    pub fn new(cloud: Cloud) -> Self {
        Self {
            rows: RwSignal::new(Vec::new()),
            reading: RwSignal::new(LoadState::UnderWay),
            unread: RwSignal::new(Vec::new()),
            asked: RwSignal::new(0),
            subscriptions: RwSignal::new(Vec::new()),
            regions: RwSignal::new(Vec::new()),
            scope: StoredValue::new(TaskScope::current()),
            cloud,
        }
    }

    /// Reads everything anew.
    pub fn start(self) {
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
            let ended = queries::from_part(ask(self.cloud, self)).await;
            self.reading.set(ended.map_or_else(LoadState::Failed, |()| LoadState::Rested));
        };
        self.scope.with_value(|scope| scope.spawn(task));
    }

    /// How many subscriptions are left to be asked.
    pub fn left(self) -> usize {
        self.subscriptions.with(Vec::len).saturating_sub(self.asked.get())
    }
}

crate::part! {
    in azure:
    fn ask(cloud: Cloud, directory: IdentityList) -> ArmFuture<()> {
        Box::pin(async move {
            let client = queries::client(cloud);
            if directory.subscriptions.with_untracked(Vec::is_empty) {
                directory.subscriptions.set(client.subscriptions().all(&client).await?);
            }
            let next: Vec<_> = directory.subscriptions.with_untracked(|all| {
                all.iter().skip(directory.asked.get_untracked()).take(AT_ONCE).cloned().collect()
            });
            let next = Rc::new(RefCell::new(next.into_iter()));
            let reader = || read(client.clone(), Rc::clone(&next), directory);
            futures::join!(reader(), reader(), reader(), reader(), read_regions(&client, directory));
            Ok(())
        })
    }
}

/// Reads the regions' names, once: they are the same in every subscription. Without them ARM's names are shown.
async fn read_regions(client: &ArmClient<Connection>, directory: IdentityList) {
    let any = directory.subscriptions.with_untracked(|all| all.first().map(|subscription| subscription.id.clone()));
    if let Some(subscription) = any.filter(|_| directory.regions.with_untracked(Vec::is_empty))
        && let Ok(regions) = client.locations(&subscription).all(client).await
    {
        directory.regions.set(regions);
    }
}

/// Reads one subscription after the other, as long as any is left. Four of these run side by side, since a browser opens
/// six connections to a host.
async fn read(client: ArmClient<Connection>, next: Rc<RefCell<IntoIter<Subscription>>>, directory: IdentityList) {
    loop {
        let subscription = next.borrow_mut().next();
        let Some(subscription) = subscription else { break };
        let mut pages = client.identities(&subscription.id, None, IDENTITY_API_COMMON);
        loop {
            match pages.next(&client).await {
                Ok(Some(page)) => {
                    directory.rows.update(|rows| rows.extend(page.iter().map(|found| IdentityRow::new(found, &subscription))));
                }
                Ok(None) => break,
                Err(error) => {
                    let told = [subscription.display_name.as_str(), " (", &reason(&error), ")"].concat();
                    directory.unread.update(|unread| unread.push(told));
                    break;
                }
            }
        }
        directory.asked.update(|asked| *asked += 1);
    }
}
