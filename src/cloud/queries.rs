//! The form's queries to the cloud. They belong to the part `azure`, which loads after the first screen: the client is
//! larger than the form. Only the entry points of that part may call them.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use leptos::prelude::*;

use crate::arm::caller::Caller;
use crate::arm::client::ArmClient;
use crate::arm::error::ArmError;
use crate::arm::guid::Guid;
use crate::arm::location::Location;
use crate::arm::provider::{IDENTITY_PROVIDER, offering};
use crate::arm::resource_group::{ResourceGroup, ResourceGroupName};
use crate::arm::subscription::Subscription;
use crate::arm::tag_names::UsedTag;
use crate::arm::transport::WireError;
use crate::cloud::{Cloud, Connection};
use crate::lazy::PartError;
use crate::provisioning::check::{GroupPolicy, PolicyFinding, PreflightResult, Verdict};
use crate::provisioning::draft::Draft;
use crate::provisioning::preflight::{self, TargetScope};

/// A pending call to ARM. Dropping it cancels the call.
pub type ArmFuture<T> = Pin<Box<dyn Future<Output = Result<T, ArmError>>>>;

/// What a subscription offers for identities.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Regions that offer them.
    pub regions: Vec<Location>,
    /// API versions of the type, newest first.
    pub api_versions: Vec<String>,
    /// Whether the provider is registered.
    pub registered: bool,
}

/// The type of identities within their provider.
const KIND: &str = "userAssignedIdentities";

/// A client of `cloud` for reading.
pub fn client(cloud: Cloud) -> ArmClient<Connection> {
    ArmClient::new(Rc::new(cloud.connection(None)), &cloud.origin(), "en")
}

/// A client of `cloud` that writes as `caller`, and sends nothing as anyone else. With `None`, it only reads.
pub fn client_as(cloud: Cloud, caller: Option<Caller>) -> ArmClient<Connection> {
    ArmClient::new(Rc::new(cloud.connection(caller)), &cloud.origin(), "en")
}

/// Awaits the future that a part's function returns, once the part is loaded.
///
/// # Errors
/// If the part can't be loaded, or the call fails.
pub async fn from_part<T>(part: impl Future<Output = Result<ArmFuture<T>, PartError>>) -> Result<T, ArmError> {
    part.await.map_err(|PartError| ArmError::Wire(WireError::PartMissing))?.await
}

/// All subscriptions, passed to `arrived` page by page.
///
/// # Errors
/// If a page could not be read.
pub async fn subscriptions(cloud: Cloud, arrived: Callback<Vec<Subscription>>) -> Result<(), ArmError> {
    let client = client(cloud);
    let mut pages = client.subscriptions();
    while let Some(page) = pages.next(&client).await? {
        arrived.run(page);
    }
    Ok(())
}

/// All groups of a subscription, passed to `arrived` page by page.
///
/// # Errors
/// If a page could not be read.
pub async fn groups(cloud: Cloud, subscription: Guid, arrived: Callback<Vec<ResourceGroup>>) -> Result<(), ArmError> {
    let client = client(cloud);
    let mut pages = client.resource_groups(&subscription);
    while let Some(page) = pages.next(&client).await? {
        arrived.run(page);
    }
    Ok(())
}

/// What a subscription offers for identities: its regions and its provider, requested in parallel.
///
/// # Errors
/// If either could not be read.
pub async fn offer(cloud: Cloud, subscription: Guid) -> Result<Offer, ArmError> {
    let client = client(cloud);
    let locations = client.locations(&subscription).all(&client);
    let provider = client.provider(&subscription, IDENTITY_PROVIDER);
    let (locations, provider) = futures::join!(locations, provider);
    let (locations, provider) = (locations?, provider?);
    let registered = provider.is_registered();
    let (regions, api_versions) = match provider.resource_type(KIND) {
        Some(kind) => (offering(locations, kind), kind.api_versions.clone()),
        None => (locations, Vec::new()),
    };
    Ok(Offer { regions, api_versions, registered })
}

/// The tags in use in a subscription.
///
/// # Errors
/// If they could not be read.
pub async fn used_tags(cloud: Cloud, subscription: Guid) -> Result<Vec<UsedTag>, ArmError> {
    let client = client(cloud);
    client.tag_names(&subscription).all(&client).await
}

/// Whether this account has permission, and whether a lock prevents creation.
pub async fn rights(cloud: Cloud, place: TargetScope) -> (PreflightResult<Verdict>, PreflightResult<Verdict>) {
    let client = client(cloud);
    futures::join!(preflight::permission(&client, &place), preflight::lock(&client, &place))
}

/// What policies say about the draft's identity, and about its group if that is new.
pub async fn policies(
    cloud: Cloud,
    place: &TargetScope,
    draft: &Draft,
    regions: &[Location],
) -> (PreflightResult<Vec<PolicyFinding>>, PreflightResult<GroupPolicy>) {
    let client = client(cloud);
    let of_group = async {
        if draft.group_is_new && ResourceGroupName::parse(&draft.resource_group).is_ok() {
            preflight::group_policy(&client, place, draft, regions).await
        } else {
            PreflightResult::Pending
        }
    };
    futures::join!(preflight::policy(&client, place, draft, regions), of_group)
}
