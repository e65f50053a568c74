//! What requests and deployments do with the resources of a type.

use serde_json::Value;

use super::call::Call;
use super::refusal::Refusal;
use super::resource::Resource;
use super::resource_type::{ResourceType, Target};
use super::response::ArmResult;
use super::world::World;
use super::{preconditions, regions, versions};

/// A type's handler. [`HANDLERS`](super::resource_handlers::HANDLERS) lists them all.
pub(crate) struct ResourceHandler {
    pub(crate) kind: &'static ResourceType,
    /// Answers a request for the collection, a resource, or what follows its name. `None` if ARM itself answers.
    pub(crate) answer: Option<Answer>,
    /// The resource's GET response, for `reference` and what-if.
    pub(crate) show: Option<Show>,
    /// The ID of a resource of this type.
    pub(crate) id: fn(&Resource) -> String,
    /// How a deployment handles it. `None` if templates may not contain it.
    pub(crate) deployed: Option<Deployed>,
}

/// Answers a request.
pub(crate) type Answer = fn(&mut World, &Call, &Target<'_>) -> ArmResult;
type Show = fn(&World, &Call, &Target<'_>) -> Option<Value>;

/// Refuses a resource that a deployment would write.
pub(crate) type Check = fn(&World, &Intended<'_>) -> Result<(), Refusal>;

/// How a deployment handles resources of a type.
pub(crate) struct Deployed {
    /// How long creating one takes, in milliseconds.
    pub(crate) takes_ms: u64,
    /// Preflight: the refusal by ARM or the provider, if any.
    pub(crate) check: Check,
    /// The same for a body that cannot be evaluated completely yet: only the permissions.
    pub(crate) permit: Check,
    /// The error when creating the resource of this name fails despite preflight.
    pub(crate) failure: fn(&World, &str) -> Option<Refusal>,
    /// Whether complete mode deletes those not in the template.
    pub(crate) is_swept: bool,
}

impl Deployed {
    /// A resource that extends another one: ARM checks the version and the permissions.
    pub(crate) const EXTENSION: Self =
        Self { takes_ms: 800, check: |world, intended| intended.check(world), permit, failure: |_, _| None, is_swept: false };
}

/// A resource that a deployment would write.
pub(crate) struct Intended<'a> {
    pub(crate) kind: &'static ResourceType,
    pub(crate) id: &'a str,
    pub(crate) name: &'a str,
    pub(crate) api_version: &'a str,
    pub(crate) body: &'a Value,
    /// The groups created by the same deployment: subscription and name, in lower case.
    pub(crate) groups: &'a [(String, String)],
}

/// ARM's check of the permission to write a resource.
fn permit(world: &World, intended: &Intended<'_>) -> Result<(), Refusal> {
    intended.may_write(world, &format!("{}/write", intended.kind.full_name))
}

impl ResourceHandler {
    /// A handler of a type for which ARM itself answers, and which templates may not contain.
    pub(crate) const fn none(kind: &'static ResourceType) -> Self {
        Self { kind, answer: None, show: None, id: Resource::plain_id, deployed: None }
    }

    /// A handler that only answers requests.
    pub(crate) const fn new(kind: &'static ResourceType, answer: Answer) -> Self {
        Self { answer: Some(answer), ..Self::none(kind) }
    }
}

impl Intended<'_> {
    /// The segment of its ID at `index`.
    pub(crate) fn segment(&self, index: usize) -> &str {
        self.id.split('/').nth(index + 1).unwrap_or_default()
    }

    /// ARM's checks of every resource: its version and the permission to write it.
    pub(crate) fn check(&self, world: &World) -> Result<(), Refusal> {
        self.known_version(world)?;
        self.may_write(world, &format!("{}/write", self.kind.full_name))
    }

    /// Refuses an unsupported version.
    pub(crate) fn known_version(&self, world: &World) -> Result<(), Refusal> {
        if versions::has(self.kind.versions, self.api_version) {
            return Ok(());
        }
        let message = format!(
            "No registered resource provider found for location '{}' and API version '{}' for type '{}'. The supported api-versions are '{}'. The supported locations are '{}'.",
            self.body["location"].as_str().unwrap_or_default(),
            self.api_version,
            self.kind.name(),
            self.kind.versions.replace(' ', ", "),
            regions::names(world.regions.with_identities()).replace(',', ", ")
        );
        Err(Refusal::new(400, "NoRegisteredProviderFound", &message))
    }

    /// As [`preconditions::write`]; for templates, ARM words the missing permission differently, with status 400.
    pub(crate) fn may_write(&self, world: &World, action: &str) -> Result<(), Refusal> {
        preconditions::write(world, self.id, action).map_err(|refusal| {
            if refusal.code() != "AuthorizationFailed" {
                return refusal;
            }
            self.denied(world, action)
        })
    }

    /// The refusal of a template resource for a missing permission.
    pub(crate) fn denied(&self, world: &World, action: &str) -> Refusal {
        let message = format!(
            "Authorization failed for template resource '{}' of type '{}'. The client '{}' with object id '{}' does not have permission to perform action '{action}' at scope '{}'.",
            self.name, self.kind.full_name, world.caller.name, world.caller.id, self.id
        );
        Refusal::new(400, "AuthorizationFailed", &message)
    }

    /// Refuses a group that neither exists nor is created by the same deployment.
    pub(crate) fn group_exists(&self, world: &World) -> Result<(), Refusal> {
        let (subscription, group) = (self.segment(1), self.segment(3));
        let made = (subscription.to_lowercase(), group.to_lowercase());
        if self.groups.contains(&made) || world.group(subscription, group).is_some() {
            return Ok(());
        }
        Err(Refusal::group_not_found(group))
    }
}
