//! ARM's checks before a provider sees a request: subscription, group, permissions, locks.

use super::call::Call;
use super::faults::Fault;
use super::records::{Group, Subscription};
use super::refusal::Refusal;
use super::rights;
use super::world::World;
use crate::arm::guid::Guid;

pub(crate) const LOCK: &str = "Microsoft.Authorization/locks";

/// The subscription in the call's path.
pub(crate) fn subscription(world: &World, call: &Call) -> Result<Subscription, Refusal> {
    let id = call.segment(1);
    if Guid::parse(id).is_none() {
        let message = format!("The provided subscription identifier '{id}' is malformed or invalid.");
        return Err(Refusal::new(400, "InvalidSubscriptionId", &message));
    }
    world.subscription(id).ok_or_else(|| Refusal::subscription_not_found(id))
}

/// The group in the call's path.
pub(crate) fn group(world: &World, call: &Call) -> Result<Group, Refusal> {
    let name = call.segment(3);
    world.group(call.segment(1), name).ok_or_else(|| Refusal::group_not_found(name))
}

/// Refuses a caller without permission.
pub(crate) fn authorize(world: &World, scope: &str, action: &str) -> Result<(), Refusal> {
    if rights::allows(world, scope, action) {
        return Ok(());
    }
    let message = format!(
        "The client '{}' with object id '{}' does not have authorization to perform action '{action}' over scope '{scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.",
        world.caller.name, world.caller.id
    );
    Err(Refusal::new(403, "AuthorizationFailed", &message))
}

/// Refuses a caller without any role. Any role lets its holder see the subscription, whatever its actions are.
pub(crate) fn member(world: &World, subscription: &str, action: &str) -> Result<(), Refusal> {
    if rights::is_member(world, subscription) { Ok(()) } else { authorize(world, &format!("/subscriptions/{subscription}"), action) }
}

/// Refuses a write to the resource `id`: no permission, a disabled subscription, a read-only lock, a group being deleted.
pub(crate) fn write(world: &World, id: &str, action: &str) -> Result<(), Refusal> {
    authorize(world, id, action)?;
    refuse_deleting_group(world, id)?;
    refuse_locked(world, id, "write")
}

/// Refuses to delete the resource `id`, for the same reasons or because of any lock.
pub(crate) fn delete(world: &World, id: &str, action: &str) -> Result<(), Refusal> {
    authorize(world, id, action)?;
    refuse_deleting_group(world, id)?;
    refuse_locked(world, id, "delete")
}

/// Refuses a subscription that is not registered with the provider.
pub(crate) fn registered(world: &World, subscription: &str, namespace: &str) -> Result<(), Refusal> {
    let known = world
        .tables
        .registrations
        .iter()
        .any(|one| one.subscription.eq_ignore_ascii_case(subscription) && one.namespace.eq_ignore_ascii_case(namespace));
    let shown = world.offline_snapshot.as_ref().is_some_and(|offline_snapshot| offline_snapshot.has(subscription));
    if known || shown || subscription.starts_with("c0000000-") {
        return Ok(());
    }
    let message = format!(
        "The subscription is not registered to use namespace '{namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions."
    );
    let refusal = Refusal::new(409, "MissingSubscriptionRegistration", &message);
    let mut inner = refusal.error.clone();
    inner["target"] = namespace.into();
    Err(refusal.details(vec![inner]))
}

fn refuse_deleting_group(world: &World, id: &str) -> Result<(), Refusal> {
    let segments: Vec<&str> = id.split('/').skip(1).collect();
    let Some(subscription) = segments.get(1) else { return Ok(()) };
    if world.subscription(subscription).is_some_and(|one| !one.enabled) {
        let message = format!(
            "The subscription '{subscription}' is disabled and therefore marked as read only. You cannot perform any write actions on this subscription until it is re-enabled."
        );
        return Err(Refusal::new(409, "ReadOnlyDisabledSubscription", &message));
    }
    let group = segments.get(3).and_then(|name| world.group(subscription, name));
    if let Some(group) = group.filter(|group| group.gone_at.is_some()) {
        let message = format!("The resource group '{}' is in deprovisioning state and cannot perform this operation.", group.name);
        return Err(Refusal::new(409, "ResourceGroupBeingDeleted", &message));
    }
    Ok(())
}

fn refuse_locked(world: &World, id: &str, operation: &str) -> Result<(), Refusal> {
    let lower = id.to_lowercase();
    let mut scopes: Vec<String> = world
        .resources(LOCK)
        .filter(|lock| {
            operation == "delete" || lock.properties["level"].as_str().is_some_and(|level| level.eq_ignore_ascii_case("ReadOnly"))
        })
        .filter(|lock| lower == lock.scope || lower.starts_with(&format!("{}/", lock.scope)))
        .map(|lock| written(id, lock.scope.len()))
        .collect();
    // The fault's lock is on the group of the written resource.
    let inside_group = lower.contains("/resourcegroups/") && lower.contains("/providers/");
    if inside_group && world.faults.hit(Fault::Locked, lower.rsplit('/').next().unwrap_or_default()) {
        scopes.push(id.split("/providers/").next().unwrap_or_default().to_owned());
    }
    if scopes.is_empty() {
        return Ok(());
    }
    let message = format!(
        "The scope '{id}' cannot perform {operation} operation because following scope(s) are locked: '{}'. Please remove the lock and try again.",
        scopes.join(",")
    );
    Err(Refusal::new(409, "ScopeLocked", &message))
}

// The lock's scope in the request's case; lower-casing can change a character's length in bytes.
fn written(id: &str, length: usize) -> String {
    id.get(..length).unwrap_or(id).to_owned()
}
