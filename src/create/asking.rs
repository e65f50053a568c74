//! What the form asks the cloud. A part of the program that loads when the form first asks: the client weighs more than
//! the form, and nothing on the first screen needs it.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use leptos::prelude::*;

use super::check::{Answer, PolicyFinding, Verdict};
use super::draft::Draft;
use super::preflight::{self, Place};
use crate::arm::client::ArmClient;
use crate::arm::error::ArmError;
use crate::arm::guid::Guid;
use crate::arm::identity_name::IdentityName;
use crate::arm::location::{Location, LocationName, offering};
use crate::arm::provider::IDENTITY_PROVIDER;
use crate::arm::resource_group::ResourceGroup;
use crate::arm::subscription::Subscription;
use crate::arm::tag_names::UsedTag;
use crate::arm::transport::WireError;
use crate::parts::PartError;
use crate::portal::cloud::Cloud;

/// An answer under way. Dropping it cancels what it asks.
pub type Asked<T> = Pin<Box<dyn Future<Output = Result<T, ArmError>>>>;

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

/// The type of identities in their provider.
const KIND: &str = "userAssignedIdentities";

/// A client of `cloud`.
pub fn client(cloud: Cloud) -> ArmClient<Cloud> {
    ArmClient::new(Rc::new(cloud), cloud.origin(), "en")
}

/// What a part answers with, once it is there.
pub async fn asked<T>(part: impl Future<Output = Result<Asked<T>, PartError>>) -> Result<T, ArmError> {
    part.await.map_err(|PartError| ArmError::Wire(WireError::PartMissing))?.await
}

/// All subscriptions, told page by page as they arrive.
pub async fn subscriptions(cloud: Cloud, arrived: Callback<Vec<Subscription>>) -> Result<(), ArmError> {
    asked(ask_subscriptions(cloud, arrived)).await
}

/// All groups of a subscription, told page by page as they arrive.
pub async fn groups(cloud: Cloud, subscription: Guid, arrived: Callback<Vec<ResourceGroup>>) -> Result<(), ArmError> {
    asked(ask_groups(cloud, subscription, arrived)).await
}

/// What a subscription offers for identities: its regions and its provider, asked side by side.
pub async fn offer(cloud: Cloud, subscription: Guid) -> Result<Offer, ArmError> {
    asked(ask_offer(cloud, subscription)).await
}

/// The tags in use in a subscription.
pub async fn used_tags(cloud: Cloud, subscription: Guid) -> Result<Vec<UsedTag>, ArmError> {
    asked(ask_used_tags(cloud, subscription)).await
}

crate::part! {
    in azure:
    fn ask_subscriptions(cloud: Cloud, arrived: Callback<Vec<Subscription>>) -> Asked<()> {
        Box::pin(async move {
            let client = client(cloud);
            let mut pages = client.subscriptions();
            while let Some(page) = pages.next(&client).await? {
                arrived.run(page);
            }
            Ok(())
        })
    }
}

crate::part! {
    in azure:
    fn ask_groups(cloud: Cloud, subscription: Guid, arrived: Callback<Vec<ResourceGroup>>) -> Asked<()> {
        Box::pin(async move {
            let client = client(cloud);
            let mut pages = client.resource_groups(&subscription);
            while let Some(page) = pages.next(&client).await? {
                arrived.run(page);
            }
            Ok(())
        })
    }
}

crate::part! {
    in azure:
    fn ask_offer(cloud: Cloud, subscription: Guid) -> Asked<Offer> {
        Box::pin(async move {
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
        })
    }
}

crate::part! {
    in azure:
    fn ask_used_tags(cloud: Cloud, subscription: Guid) -> Asked<Vec<UsedTag>> {
        Box::pin(async move {
            let client = client(cloud);
            client.tag_names(&subscription).all(&client).await
        })
    }
}

/// Whether this account may, and whether a lock stands in the way.
pub async fn rights(cloud: Cloud, place: Place) -> (Answer<Verdict>, Answer<Verdict>) {
    asked(ask_rights(cloud, place)).await.unwrap_or_else(|error| (unknown(&error), unknown(&error)))
}

/// Whether an identity of this name is there.
pub async fn existing(cloud: Cloud, place: Place, name: IdentityName) -> Answer<Option<LocationName>> {
    asked(ask_existing(cloud, place, name)).await.unwrap_or_else(|error| unknown(&error))
}

/// What policies say.
pub async fn policy(cloud: Cloud, place: Place, draft: Draft, regions: Vec<Location>) -> Answer<Vec<PolicyFinding>> {
    asked(ask_policy(cloud, place, draft, regions)).await.unwrap_or_else(|error| unknown(&error))
}

fn unknown<T>(error: &ArmError) -> Answer<T> {
    Answer::Unknown(error.to_string())
}

crate::part! {
    in azure:
    fn ask_rights(cloud: Cloud, place: Place) -> Asked<(Answer<Verdict>, Answer<Verdict>)> {
        Box::pin(async move {
            let client = client(cloud);
            Ok(futures::join!(preflight::permission(&client, &place), preflight::lock(&client, &place)))
        })
    }
}

crate::part! {
    in azure:
    fn ask_existing(cloud: Cloud, place: Place, name: IdentityName) -> Asked<Answer<Option<LocationName>>> {
        Box::pin(async move { Ok(preflight::existing(&client(cloud), &place, &name).await) })
    }
}

crate::part! {
    in azure:
    fn ask_policy(cloud: Cloud, place: Place, draft: Draft, regions: Vec<Location>) -> Asked<Answer<Vec<PolicyFinding>>> {
        Box::pin(async move { Ok(preflight::policy(&client(cloud), &place, &draft, &regions).await) })
    }
}
