//! Resource providers: their registration, and the types and regions they offer.

use serde_json::Value;

use super::api_version::RESOURCES_API;
use super::client::{Answered, ArmClient, versioned};
use super::error::ArmError;
use super::guid::Guid;
use super::http::Method;
use super::json::{list, text, texts};
use super::location::{Location, LocationName};
use super::paging::Pages;
use super::resource_id::ResourceId;
use super::retry::poll_wait;
use super::transport::Transport;

pub const IDENTITY_PROVIDER: &str = "Microsoft.ManagedIdentity";

/// Maximum polls of a registration: at up to ten seconds each, about ten minutes.
const REGISTRATION_POLLS_MAX: u32 = 60;

/// Polls after a registration whose response was lost, before that error is returned.
const LOST_POLLS_MAX: u32 = 3;

/// A resource provider as seen by a subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    pub namespace: String,
    /// `Registered`, `NotRegistered`, `Registering`, `Unregistering` or `Unregistered`.
    pub registration_state: String,
    pub types: Vec<ResourceType>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceType {
    /// Without the namespace.
    pub name: String,
    /// Normalised; ARM writes display names here.
    pub locations: Vec<LocationName>,
    /// Newest first.
    pub api_versions: Vec<String>,
}

impl Provider {
    pub fn is_registered(&self) -> bool {
        self.registration_state.eq_ignore_ascii_case("Registered")
    }

    /// Whether it is registered or registering.
    fn is_registering(&self) -> bool {
        self.is_registered() || self.registration_state.eq_ignore_ascii_case("Registering")
    }

    /// The type of this name (without the namespace).
    pub fn resource_type(&self, name: &str) -> Option<&ResourceType> {
        self.types.iter().find(|kind| kind.name.eq_ignore_ascii_case(name))
    }
}

impl<T: Transport> ArmClient<T> {
    pub fn providers(&self, subscription: &Guid) -> Pages<Provider> {
        let path = [ResourceId::of_subscription(subscription).as_str(), "/providers"].concat();
        Pages::new(versioned(&path, RESOURCES_API), read)
    }

    /// # Errors
    /// If the request fails.
    pub async fn provider(&self, subscription: &Guid, namespace: &str) -> Result<Provider, ArmError> {
        self.provider_answer(subscription, namespace).await?.read(read, "a provider")
    }

    /// Registers the subscription with a provider and polls until that is done or takes too long; check the returned state.
    ///
    /// # Errors
    /// If ARM refuses.
    pub async fn register_provider(&self, subscription: &Guid, namespace: &str) -> Result<Provider, ArmError> {
        let path = [&provider_path(subscription, namespace), "/register"].concat();
        let sent = self.call(Method::Post, &versioned(&path, RESOURCES_API), None).await;
        let (mut provider, mut answered, lost) = match sent.and_then(|answered| Ok((answered.read(read, "a provider")?, answered))) {
            Ok((provider, answered)) => (provider, answered, None),
            // The registration may have started anyway.
            Err(lost) if lost.is_unanswered() => {
                let answered = self.provider_answer(subscription, namespace).await.map_err(|_| lost.clone())?;
                (answered.read(read, "a provider")?, answered, Some(lost))
            }
            Err(error) => return Err(error),
        };
        let mut poll = 0;
        while !provider.is_registered() && poll < REGISTRATION_POLLS_MAX {
            if let Some(lost) = lost.as_ref().filter(|_| poll == LOST_POLLS_MAX && !provider.is_registering()) {
                return Err(lost.clone());
            }
            self.transport().wait(poll_wait(&answered.response, poll)).await;
            answered = self.provider_answer(subscription, namespace).await?;
            provider = answered.read(read, "a provider")?;
            poll += 1;
        }
        Ok(provider)
    }

    async fn provider_answer(&self, subscription: &Guid, namespace: &str) -> Result<Answered, ArmError> {
        self.get(&versioned(&provider_path(subscription, namespace), RESOURCES_API)).await
    }
}

fn provider_path(subscription: &Guid, namespace: &str) -> String {
    [ResourceId::of_subscription(subscription).as_str(), "/providers/", namespace].concat()
}

fn read(value: &Value) -> Option<Provider> {
    let namespace = text(value, "namespace");
    (!namespace.is_empty()).then(|| Provider {
        namespace: namespace.to_owned(),
        registration_state: text(value, "registrationState").to_owned(),
        types: list(value, "resourceTypes")
            .iter()
            .map(|kind| ResourceType {
                name: text(kind, "resourceType").to_owned(),
                locations: list(kind, "locations").iter().filter_map(Value::as_str).filter_map(LocationName::parse).collect(),
                api_versions: texts(kind, "apiVersions"),
            })
            .collect(),
    })
}

/// The `locations` that offer a resource type; all of them if the provider lists none.
pub fn offering(locations: Vec<Location>, kind: &ResourceType) -> Vec<Location> {
    if kind.locations.is_empty() {
        return locations;
    }
    locations.into_iter().filter(|location| kind.locations.contains(&location.name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_only_regions_that_offer_the_type() {
        let region = |name: &str| Location {
            name: LocationName::parse(name).expect("a region"),
            display_name: name.to_owned(),
            regional_display_name: name.to_owned(),
            geography_group: "US".to_owned(),
            recommended: true,
        };
        let read = vec![region("eastus"), region("westeurope")];
        let kind = |locations: &[&str]| ResourceType {
            name: "userAssignedIdentities".into(),
            locations: locations.iter().filter_map(|text| LocationName::parse(text)).collect(),
            api_versions: Vec::new(),
        };
        let offered = offering(read.clone(), &kind(&["West Europe", "Mars"]));
        assert_eq!(offered.iter().map(|location| location.name.as_str()).collect::<Vec<_>>(), ["westeurope"]);
        assert_eq!(offering(read.clone(), &kind(&[])), read);
    }
}
