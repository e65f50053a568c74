//! Resource providers: whether a subscription is registered with one, and what it offers where.

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

/// The provider of managed identities.
pub const IDENTITY_PROVIDER: &str = "Microsoft.ManagedIdentity";

/// Most times a registration is looked at: with its waits of up to ten seconds, about ten minutes.
const REGISTRATION_POLLS_MAX: u32 = 60;

/// How often a registration whose answer was lost is looked for.
const LOST_POLLS_MAX: u32 = 3;

/// A resource provider, as a subscription sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    /// Its namespace.
    pub namespace: String,
    /// `Registered`, `NotRegistered`, `Registering`, `Unregistering` or `Unregistered`.
    pub registration_state: String,
    /// What it offers.
    pub types: Vec<ResourceType>,
}

/// A resource type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceType {
    /// Its name without the namespace.
    pub name: String,
    /// The regions it is in. ARM writes display names here; these are the names they join to.
    pub locations: Vec<LocationName>,
    /// Its API versions, newest first.
    pub api_versions: Vec<String>,
}

impl Provider {
    /// Whether resources can be made right away.
    pub fn is_registered(&self) -> bool {
        self.registration_state.eq_ignore_ascii_case("Registered")
    }

    /// Whether a registration was begun.
    fn is_on_its_way(&self) -> bool {
        self.is_registered() || self.registration_state.eq_ignore_ascii_case("Registering")
    }

    /// The type of this name (without the namespace).
    pub fn resource_type(&self, name: &str) -> Option<&ResourceType> {
        self.types.iter().find(|kind| kind.name.eq_ignore_ascii_case(name))
    }
}

impl<T: Transport> ArmClient<T> {
    /// All providers, with what they offer.
    pub fn providers(&self, subscription: &Guid) -> Pages<Provider> {
        let path = [ResourceId::of_subscription(subscription).as_str(), "/providers"].concat();
        Pages::new(versioned(&path, RESOURCES_API), read)
    }

    /// One provider.
    ///
    /// # Errors
    /// When it could not be read.
    pub async fn provider(&self, subscription: &Guid, namespace: &str) -> Result<Provider, ArmError> {
        self.provider_answer(subscription, namespace).await?.read(read, "a provider")
    }

    /// Registers the subscription with a provider and waits until it is, or until it takes too long: the state tells.
    ///
    /// # Errors
    /// When ARM refuses.
    pub async fn register_provider(&self, subscription: &Guid, namespace: &str) -> Result<Provider, ArmError> {
        let path = [&provider_path(subscription, namespace), "/register"].concat();
        let sent = self.call(Method::Post, &versioned(&path, RESOURCES_API), None).await;
        let (mut provider, mut answered, lost) = match sent.and_then(|answered| Ok((answered.read(read, "a provider")?, answered))) {
            Ok((provider, answered)) => (provider, answered, None),
            // It may be registering all the same.
            Err(lost) if lost.is_unanswered() => {
                let answered = self.provider_answer(subscription, namespace).await.map_err(|_| lost.clone())?;
                (answered.read(read, "a provider")?, answered, Some(lost))
            }
            Err(error) => return Err(error),
        };
        let mut poll = 0;
        while !provider.is_registered() && poll < REGISTRATION_POLLS_MAX {
            if let Some(lost) = lost.as_ref().filter(|_| poll == LOST_POLLS_MAX && !provider.is_on_its_way()) {
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

/// Those of `locations` that offer a resource type; all where the provider names none.
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
    fn regions_are_those_that_offer_the_type() {
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
