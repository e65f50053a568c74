//! Lists of a provider's resources: those that the caller may read.

use serde_json::Value;

use super::call::Call;
use super::page;
use super::preconditions;
use super::records::group_id;
use super::refusal::Refusal;
use super::resource::Resource;
use super::response::ArmResult;
use super::rights;
use super::world::World;
use crate::arm::http::Method;

/// `GET .../providers/{kind}` in a group or subscription. Without the permission there, it lists what the caller may read by a role
/// further down, and refuses if there is nothing.
pub(crate) fn list(world: &World, call: &Call, kind: &str, json: &dyn Fn(&Resource) -> Value) -> ArmResult {
    let subscription = preconditions::subscription(world, call)?.id;
    let group = if call.is_in_group() { Some(preconditions::group(world, call)?.name) } else { None };
    if call.method != Method::Get {
        return Err(Refusal::method_not_allowed(call.method, "GET"));
    }
    let scope = group.as_ref().map_or_else(|| format!("/subscriptions/{subscription}"), |group| group_id(&subscription, group));
    let read = format!("{kind}/read");
    let listed: Vec<&Resource> = world
        .resources(kind)
        .filter(|one| one.is_in(&subscription) && group.as_ref().is_none_or(|group| one.group().eq_ignore_ascii_case(group)))
        .filter(|one| rights::allows(world, &one.plain_id(), &read))
        .collect();
    if listed.is_empty() {
        preconditions::authorize(world, &scope, &read)?;
    }
    page::page(call, &world.endpoint, listed.into_iter(), json)
}
