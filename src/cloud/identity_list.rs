//! The identities that an account can see, read subscription by subscription: a first batch at once, more on request.

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

/// Maximum subscriptions read before the person is asked: each costs a request.
const AT_ONCE: usize = 50;

/// An identity in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityRow {
    pub id: ResourceId,
    pub name: String,
    pub group: String,
    /// Its region, by ARM's name.
    pub region: String,
    /// Its subscription's name.
    pub subscription: String,
    pub subscription_id: String,
    /// Code uses it to sign in.
    pub client_id: String,
    /// Role assignments use it.
    pub principal_id: String,
}

/// Minimum letters that match the start of an id: shorter texts match many ids by chance.
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

    /// Its region's display name, if the regions are known.
    pub fn region_name<'a>(&'a self, regions: &'a [Location]) -> &'a str {
        location::display_name(regions, &self.region)
    }

    /// Whether the name, the group, the subscription's name or either name of the region contains the typed text, or an id
    /// starts with it; case-insensitively.
    pub fn matches(&self, typed: &str, regions: &[Location]) -> bool {
        let own = typed.trim().to_lowercase();
        let texts = [&self.group, &self.subscription, &self.region, self.region_name(regions)];
        self.is_called(typed) || texts.into_iter().any(|text| text.to_lowercase().contains(&own))
    }

    /// Whether the name contains the typed text, or the client id or principal id starts with it; case-insensitively.
    pub fn is_called(&self, typed: &str) -> bool {
        let typed = typed.trim().to_lowercase();
        let ids = [&self.client_id, &self.principal_id];
        let is_id = typed.len() >= ID_LETTERS_MIN && ids.into_iter().any(|id| id.to_lowercase().starts_with(&typed));
        is_id || self.name.to_lowercase().contains(&typed)
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub enum LoadState {
    #[default]
    UnderWay,
    /// Done with the requested subscriptions.
    Rested,
    /// The subscriptions themselves could not be read.
    Failed(ArmError),
}

/// The identities read so far.
#[derive(Clone, Copy)]
pub struct IdentityList {
    /// By subscription, in order of arrival.
    pub rows: RwSignal<Vec<IdentityRow>>,
    pub reading: RwSignal<LoadState>,
    /// Names of subscriptions that could not be read.
    pub unread: RwSignal<Vec<String>>,
    /// Number of subscriptions requested.
    pub asked: RwSignal<usize>,
    pub subscriptions: RwSignal<Vec<Subscription>>,
    /// For the display names of regions.
    pub regions: RwSignal<Vec<Location>>,
    scope: StoredValue<TaskScope>,
    cloud: Cloud,
}

impl IdentityList {
    /// An empty list. Whatever [`Self::start`] begins ends with the page that created this list.
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

    /// Reads everything again.
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

    /// Number of subscriptions not requested yet.
    pub fn left(self) -> usize {
        self.subscriptions.with(Vec::len).saturating_sub(self.asked.get())
    }
}

crate::part! {
    in pages:
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

/// Reads the regions' names once: they are the same in every subscription. Without them, ARM's names are shown.
async fn read_regions(client: &ArmClient<Connection>, directory: IdentityList) {
    let any = directory.subscriptions.with_untracked(|all| all.first().map(|subscription| subscription.id.clone()));
    if let Some(subscription) = any.filter(|_| directory.regions.with_untracked(Vec::is_empty))
        && let Ok(regions) = client.locations(&subscription).all(client).await
    {
        directory.regions.set(regions);
    }
}

/// Reads one subscription after another until none is left. Four of these run in parallel, since a browser opens
/// six connections per host.
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
