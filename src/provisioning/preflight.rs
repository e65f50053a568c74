//! Queries to the cloud before anything is sent: is this account authorised, would a policy deny it, is the name free. Each
//! result is allowed, refused or unknown; none of them blocks.

use serde_json::{Map, Value, json};

use super::check::{GroupPolicy, PolicyFinding, PreflightResult, Verdict};
use super::draft::Draft;
use super::explain::reason;
use super::field::Field;
use crate::arm::api_version::RESOURCES_API;
use crate::arm::client::ArmClient;
use crate::arm::error::ArmError;
use crate::arm::guid::Guid;
use crate::arm::identity_name::IdentityName;
use crate::arm::location::{Location, LocationName};
use crate::arm::managed_identity::{IDENTITY_API_COMMON, IDENTITY_TYPE, ManagedIdentity};
use crate::arm::permission::allow;
use crate::arm::policy::{PolicyAnswer, PolicyDenial, PolicyRestriction, PolicyResult};
use crate::arm::provider::{IDENTITY_PROVIDER, Provider};
use crate::arm::resource_group::ResourceGroupName;
use crate::arm::resource_id::ResourceId;
use crate::arm::transport::{Transport, WireError};

/// Actions needed to create an identity.
const IDENTITY_ACTIONS: [&str; 2] =
    ["Microsoft.ManagedIdentity/userAssignedIdentities/write", "Microsoft.ManagedIdentity/userAssignedIdentities/read"];
/// Additional actions for a deployment.
const DEPLOYMENT_ACTIONS: [&str; 3] =
    ["Microsoft.Resources/deployments/write", "Microsoft.Resources/deployments/validate/action", "Microsoft.Resources/deployments/read"];
/// The type of resource groups in policies.
const GROUP_TYPE: &str = "Microsoft.Resources/subscriptions/resourceGroups";
/// Additional action for a new group.
const GROUP_ACTION: &str = "Microsoft.Resources/subscriptions/resourceGroups/write";

/// Where the identity would go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetScope {
    pub subscription: Guid,
    /// The group, unless it is new.
    pub group: Option<ResourceGroupName>,
    /// Whether it would be created with single requests.
    pub direct: bool,
}

impl TargetScope {
    /// The place that a draft names, if any.
    pub fn of(draft: &Draft) -> Option<Self> {
        let group = ResourceGroupName::parse(&draft.resource_group).ok();
        Some(Self {
            subscription: Guid::parse(&draft.subscription)?,
            group: if draft.group_is_new { None } else { Some(group?) },
            direct: draft.direct,
        })
    }

    /// Its scope: the group, or the subscription if the group is new.
    pub fn scope(&self) -> ResourceId {
        match &self.group {
            Some(group) => ResourceId::of_group(&self.subscription, group.as_str()),
            None => ResourceId::of_subscription(&self.subscription),
        }
    }
}

/// Whether the account has the permissions needed at `place`.
pub async fn permission<T: Transport>(client: &ArmClient<T>, place: &TargetScope) -> PreflightResult<Verdict> {
    let permissions = match client.permissions(&place.scope()).all(client).await {
        Ok(permissions) => permissions,
        Err(error) => return unknown(&error),
    };
    let deployment = if place.direct { &[][..] } else { &DEPLOYMENT_ACTIONS[..] };
    let group = if place.group.is_none() { &[GROUP_ACTION][..] } else { &[][..] };
    let mut needed = group.iter().chain(&IDENTITY_ACTIONS).chain(deployment);
    PreflightResult::Known(match needed.find(|action| !allow(&permissions, action)) {
        Some(missing) => Verdict::Refused((*missing).to_owned()),
        None => Verdict::Allowed,
    })
}

/// Whether the account may deploy to the group of a resource; `None` if that couldn't be read.
pub async fn may_deploy<T: Transport>(client: &ArmClient<T>, resource: &ResourceId) -> Option<bool> {
    let group = ResourceId::of_group(&resource.subscription()?, resource.resource_group()?);
    let permissions = client.permissions(&group).all(client).await.ok()?;
    Some(DEPLOYMENT_ACTIONS.iter().all(|action| allow(&permissions, action)))
}

/// The existing identity with this name at `place`, if any. `version`: see [`best_version`].
///
/// [`best_version`]: crate::arm::managed_identity::best_version
pub async fn existing<T: Transport>(
    client: &ArmClient<T>,
    place: &TargetScope,
    name: &IdentityName,
    version: &str,
) -> PreflightResult<Option<Box<ManagedIdentity>>> {
    let Some(group) = &place.group else { return PreflightResult::Known(None) };
    let id = ResourceId::of_identity(&place.subscription, group.as_str(), name.as_str());
    match client.identity(&id, version).await {
        Ok(identity) => PreflightResult::Known(identity.map(Box::new)),
        Err(error) => unknown(&error),
    }
}

/// Whether the provider is registered in the subscription.
pub async fn registration<T: Transport>(client: &ArmClient<T>, subscription: &Guid) -> PreflightResult<Verdict> {
    match client.provider(subscription, IDENTITY_PROVIDER).await {
        Ok(provider) => PreflightResult::Known(registered(&provider)),
        Err(error) => unknown(&error),
    }
}

/// Whether this provider is registered.
pub fn registered(provider: &Provider) -> Verdict {
    if provider.is_registered() { Verdict::Allowed } else { Verdict::Refused(provider.registration_state.clone()) }
}

/// Whether a lock at `place` prevents new resources. A delete lock does not.
pub async fn lock<T: Transport>(client: &ArmClient<T>, place: &TargetScope) -> PreflightResult<Verdict> {
    let subscription = ResourceId::of_subscription(&place.subscription);
    let mut scopes = vec![subscription];
    scopes.extend(place.group.as_ref().map(|_| place.scope()));
    for scope in scopes {
        match client.locks(&scope).all(client).await {
            Ok(locks) => {
                if let Some(lock) = locks.into_iter().find(|lock| lock.read_only && lock.is_at(&scope)) {
                    return PreflightResult::Known(Verdict::Refused(lock.name));
                }
            }
            Err(error) => return unknown(&error),
        }
    }
    PreflightResult::Known(Verdict::Allowed)
}

/// What policies at `place` say about the draft as it is, and about each of `regions`.
pub async fn policy<T: Transport>(
    client: &ArmClient<T>,
    place: &TargetScope,
    draft: &Draft,
    regions: &[Location],
) -> PreflightResult<Vec<PolicyFinding>> {
    let locations: Vec<&str> = regions.iter().map(|region| region.name.as_str()).collect();
    match client.policy_restrictions(&place.scope(), content(draft), IDENTITY_API_COMMON, &locations).await {
        Ok(answer) => PreflightResult::Known(findings(answer)),
        Err(error) => unknown(&error),
    }
}

/// What policies of the subscription say about the draft's new group, and about each of `regions`. Requirements are queried
/// without tags, since Azure may not report tags that are already present; denials, with the tags that the group would get.
pub async fn group_policy<T: Transport>(
    client: &ArmClient<T>,
    place: &TargetScope,
    draft: &Draft,
    regions: &[Location],
) -> PreflightResult<GroupPolicy> {
    let locations: Vec<&str> = regions.iter().map(|region| region.name.as_str()).collect();
    let scope = place.scope();
    let ask = |content| client.policy_restrictions(&scope, content, RESOURCES_API, &locations);
    let content = described(GROUP_TYPE, &draft.resource_group, &draft.region);
    let mut answer = match ask(content.clone()).await {
        Ok(answer) => answer,
        Err(error) => return unknown(&error),
    };
    let asks_tags = findings(answer.clone()).iter().any(|finding| finding.field == Field::Tags);
    if draft.tag_group.unwrap_or(asks_tags) && !answer.denials.is_empty() {
        match ask(tagged(content, draft)).await {
            Ok(PolicyAnswer { denials, .. }) => answer.denials = denials,
            Err(error) => return unknown(&error),
        }
    }
    PreflightResult::Known(GroupPolicy { asks_tags, findings: findings(answer) })
}

/// The identity as the draft describes it so far.
fn content(draft: &Draft) -> Value {
    tagged(described(IDENTITY_TYPE, &draft.name, &draft.region), draft)
}

fn described(kind: &str, name: &str, region: &str) -> Value {
    let mut content = json!({ "type": kind });
    for (key, value) in [("name", name), ("location", region)] {
        if !value.is_empty() {
            content[key] = value.into();
        }
    }
    content
}

/// `content` with the draft's tags.
fn tagged(mut content: Value, draft: &Draft) -> Value {
    let named = draft.tags.iter().filter(|tag| !tag.name.is_empty());
    let tags: Map<String, Value> = named.map(|tag| (tag.name.clone(), tag.value.as_str().into())).collect();
    if !tags.is_empty() {
        content["tags"] = Value::Object(tags);
    }
    content
}

/// Converts policies' answers to the form's findings. A denial of the whole is reported only if nothing is said about a field.
fn findings(answer: PolicyAnswer) -> Vec<PolicyFinding> {
    let PolicyAnswer { restrictions, denials } = answer;
    let told = |denial: &PolicyDenial| restrictions.iter().any(|restriction| restriction.assignment == denial.assignment);
    let whole: Vec<PolicyFinding> = denials.iter().filter(|denial| !told(denial)).map(denied).collect();
    restrictions.into_iter().filter_map(finding).chain(whole).collect()
}

/// Reports the policy at the field of the property that it evaluated.
fn denied(denial: &PolicyDenial) -> PolicyFinding {
    let field = denial.paths.iter().map(|path| field_of(path).0).find(|field| *field != Field::ResourceGroup);
    PolicyFinding {
        field: field.unwrap_or(Field::ResourceGroup),
        denied: Vec::new(),
        required: false,
        allowed: Vec::new(),
        tag: None,
        policy: denial.assignment.clone(),
    }
}

/// The field of a property, and the tag's name if it is about a single tag.
fn field_of(path: &str) -> (Field, Option<&str>) {
    let lower = path.to_ascii_lowercase();
    match lower.as_str() {
        "location" => (Field::Region, None),
        "name" => (Field::Name, None),
        "tags" => (Field::Tags, None),
        _ if lower.starts_with("tags.") => (Field::Tags, path.get("tags.".len()..)),
        _ if lower.starts_with("tags[") => (Field::Tags, path.get("tags[".len()..).map(|name| name.trim_matches(['\'', ']']))),
        _ => (Field::ResourceGroup, None),
    }
}

fn finding(restriction: PolicyRestriction) -> Option<PolicyFinding> {
    let required = match restriction.result {
        PolicyResult::Required => true,
        PolicyResult::Deny => false,
        // Neither prevents creation.
        PolicyResult::Removed | PolicyResult::Audit => return None,
    };
    let (field, tag) = field_of(&restriction.field);
    let tag = tag.map(str::to_owned);
    let values: Vec<String> = if field == Field::Region {
        let name = |text: &String| LocationName::parse(text).map_or_else(|| text.clone(), |name| name.as_str().to_owned());
        restriction.values.iter().map(name).collect()
    } else {
        restriction.values
    };
    // A reason is a complete sentence, but is embedded in one of ours.
    let policy = restriction.reason.trim_end_matches('.').to_owned();
    let (denied, allowed) = if required { (Vec::new(), values) } else { (values, Vec::new()) };
    Some(PolicyFinding { field, denied, required, allowed, tag, policy })
}

fn unknown<T>(error: &ArmError) -> PreflightResult<T> {
    match error {
        // The person cannot continue: the bar above the page says what to do, and the check then runs again.
        ArmError::Wire(WireError::SignInRequired | WireError::OtherCaller) => PreflightResult::Pending,
        _ => PreflightResult::Unknown(reason(error)),
    }
}
