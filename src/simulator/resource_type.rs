//! What a resource type is: everything that the router, the list of providers, deployments and storage ask of it.

use serde_json::Value;

use super::call::Call;
use super::refusal::Refusal;
use super::resource::Resource;
use super::response::ArmResult;
use super::world::World;
use super::{preconditions, regions, versions};

/// A type of resources. [`TYPES`](super::types::TYPES) lists them all.
pub(crate) struct ResourceType {
    /// As `Microsoft.ManagedIdentity/userAssignedIdentities`.
    pub(crate) full_name: &'static str,
    /// The api-versions that have it, newest first, separated by spaces.
    pub(crate) versions: &'static str,
    /// Where its resources can be.
    pub(crate) regions: Regions,
    /// As the provider lists them.
    pub(crate) capabilities: &'static str,
    /// Where it can be asked for.
    pub(crate) scopes: &'static [ResourceScope],
    /// Answers a request for the collection, one resource, or what follows its name. `None`: it is only listed, or ARM's own front answers.
    pub(crate) answer: Option<Handler>,
    /// The resource as GET would show it, for `reference` and what-if.
    pub(crate) show: Option<Show>,
    /// The id of a resource of this type.
    pub(crate) id: fn(&Resource) -> String,
    /// What a deployment does with it. `None`: no template may have it.
    pub(crate) deployed: Option<Deployed>,
}

/// Answers a request.
pub(crate) type Handler = fn(&mut World, &Call, &Target<'_>) -> ArmResult;
type Show = fn(&World, &Call, &Target<'_>) -> Option<Value>;

/// The regions of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Regions {
    /// Its resources have no region.
    None,
    /// Those that have managed identities.
    WithIdentities,
    All,
}

/// What kind of thing a request's scope is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResourceScope {
    Tenant,
    Subscription,
    Group,
    Resource,
}

/// What a deployment does with resources of a type.
pub(crate) struct Deployed {
    /// How long making one takes, in milliseconds.
    pub(crate) takes_ms: u64,
    /// Preflight: why ARM or the provider would refuse what the template asks for.
    pub(crate) check: fn(&World, &Intended<'_>) -> Result<(), Refusal>,
    /// Why making the resource of this name fails all the same.
    pub(crate) failure: fn(&World, &str) -> Option<Refusal>,
    /// Whether complete mode deletes those that the template leaves out.
    pub(crate) is_swept: bool,
}

impl Deployed {
    /// A resource that extends another one: ARM's front checks the version and the rights.
    pub(crate) const EXTENSION: Self =
        Self { takes_ms: 800, check: |world, intended| intended.check(world), failure: |_, _| None, is_swept: false };
}

/// What the path of a request names below its last `providers`.
pub(crate) struct Target<'call> {
    pub(crate) kind: &'static ResourceType,
    /// The id before `providers`, as written; empty for the tenant.
    pub(crate) scope: String,
    /// The resource's own name, as written; `None` for the collection.
    pub(crate) name: Option<&'call str>,
    /// What follows the name, in lower case.
    pub(crate) rest: Vec<&'call str>,
}

/// A resource that a deployment would write.
pub(crate) struct Intended<'a> {
    pub(crate) kind: &'static ResourceType,
    pub(crate) id: &'a str,
    pub(crate) name: &'a str,
    pub(crate) api_version: &'a str,
    pub(crate) body: &'a Value,
    /// The groups that the same deployment makes: subscription and name, in lower case.
    pub(crate) groups: &'a [(String, String)],
}

impl ResourceType {
    /// A type that its provider lists, without regions: nothing answers for it, and no template may have it.
    pub(crate) const fn listed(full_name: &'static str, versions: &'static str) -> Self {
        Self {
            full_name,
            versions,
            regions: Regions::None,
            capabilities: "None",
            scopes: &[],
            answer: None,
            show: None,
            id: Resource::plain_id,
            deployed: None,
        }
    }

    /// A type whose resources extend a subscription, a group or a resource.
    pub(crate) const fn extension(full_name: &'static str, versions: &'static str, answer: Handler) -> Self {
        Self {
            capabilities: "SupportsExtension",
            scopes: &[ResourceScope::Subscription, ResourceScope::Group, ResourceScope::Resource],
            answer: Some(answer),
            ..Self::listed(full_name, versions)
        }
    }

    /// Its provider, as `Microsoft.ManagedIdentity`.
    pub(crate) fn namespace(&self) -> &'static str {
        self.full_name.split_once('/').map_or("", |(namespace, _)| namespace)
    }

    /// Its name within the provider, as `userAssignedIdentities/federatedIdentityCredentials`.
    pub(crate) fn name(&self) -> &'static str {
        self.full_name.split_once('/').map_or("", |(_, name)| name)
    }

    /// Whether `kind` names this type, in any case.
    pub(crate) fn is(&self, kind: &str) -> bool {
        self.full_name.eq_ignore_ascii_case(kind)
    }

    /// Refuses a request in a version that it does not have.
    pub(crate) fn check_version(&self, call: &Call) -> Result<(), Refusal> {
        versions::of_type(self.namespace(), self.name(), self.versions, call.api_version())
    }
}

impl Intended<'_> {
    /// The segment of its id at `index`.
    pub(crate) fn segment(&self, index: usize) -> &str {
        self.id.split('/').nth(index + 1).unwrap_or_default()
    }

    /// What ARM's front checks of every resource: its version and the right to write it.
    pub(crate) fn check(&self, world: &World) -> Result<(), Refusal> {
        self.known_version(world)?;
        self.may_write(world, &format!("{}/write", self.kind.full_name))
    }

    /// Refuses a version that its type does not have.
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

    /// As [`preconditions::write`]; in a template, ARM words the missing right differently, and answers 400.
    pub(crate) fn may_write(&self, world: &World, action: &str) -> Result<(), Refusal> {
        preconditions::write(world, self.id, action).map_err(|refusal| {
            if refusal.code() != "AuthorizationFailed" {
                return refusal;
            }
            let message = format!(
                "Authorization failed for template resource '{}' of type '{}'. The client '{}' with object id '{}' does not have permission to perform action '{action}' at scope '{}'.",
                self.name,
                self.kind.full_name,
                world.caller.name,
                world.caller.id,
                self.id
            );
            Refusal::new(400, refusal.code(), &message)
        })
    }

    /// Refuses a group that is neither there nor made by the same deployment.
    pub(crate) fn group_exists(&self, world: &World) -> Result<(), Refusal> {
        let (subscription, group) = (self.segment(1), self.segment(3));
        let made = (subscription.to_lowercase(), group.to_lowercase());
        if self.groups.contains(&made) || world.group(subscription, group).is_some() {
            return Ok(());
        }
        Err(Refusal::group_not_found(group))
    }
}
