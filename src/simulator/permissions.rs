//! `Microsoft.Authorization/permissions`: the account's permissions in a subscription, group or resource.

use super::call::Call;
use super::refusal::Refusal;
use super::resource_handler::ResourceHandler;
use super::resource_type::{ResourceType, Target};
use super::response::{ArmResponse, ArmResult};
use super::rights::rights;
use super::versions;
use super::world::World;
use crate::arm::http::Method;
use crate::simulator::json::json;

pub(crate) static TYPE: ResourceType = ResourceType::extension("Microsoft.Authorization/permissions", versions::AUTHORIZATION);
pub(crate) static HANDLER: ResourceHandler = ResourceHandler::new(&TYPE, answer);

fn answer(world: &mut World, call: &Call, target: &Target<'_>) -> ArmResult {
    if target.name.is_some() {
        return Err(call.unknown_type());
    }
    list(world, call, &target.scope)
}

/// `GET {scope}/providers/Microsoft.Authorization/permissions`.
pub(crate) fn list(world: &World, call: &Call, scope: &str) -> ArmResult {
    TYPE.check_version(call)?;
    if call.method != Method::Get {
        return Err(Refusal::method_not_allowed(call.method, "GET"));
    }
    let mut value = Vec::new();
    for rights in rights(world, scope) {
        value.push(json!({ "actions": rights.actions, "notActions": rights.not_actions, "dataActions": [], "notDataActions": [] }));
    }
    ArmResponse::ok(json!({ "value": value }))
}
