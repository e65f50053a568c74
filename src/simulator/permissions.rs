//! `Microsoft.Authorization/permissions`: what the account may do in a subscription, a group or with a resource.

use serde_json::Value;

use super::answer::{Answer, Answered};
use super::call::Call;
use super::refusal::Refusal;
use super::resource::Resource;
use super::resource_type::{Regions, ResourceType, Scope, Target};
use super::rights::rights;
use super::versions;
use super::world::World;
use crate::arm::http::Method;
use crate::simulator::json::json;

/// The type.
pub(crate) static TYPE: ResourceType = ResourceType {
    namespace: "Microsoft.Authorization",
    name: "permissions",
    versions: versions::AUTHORIZATION,
    regions: Regions::None,
    capabilities: "SupportsExtension",
    scopes: &[Scope::Subscription, Scope::Group, Scope::Resource],
    answer: Some(answer),
    show: None,
    id: Resource::plain_id,
    deployed: None,
};

/// `GET {scope}/providers/Microsoft.Authorization/permissions`.
fn answer(world: &mut World, call: &Call, target: &Target<'_>) -> Answered {
    if target.name.is_some() {
        return Err(call.unknown_type());
    }
    versions::of_type(TYPE.namespace, TYPE.name, TYPE.versions, call.api_version())?;
    if call.method != Method::Get {
        return Err(Refusal::method_not_allowed(call.method, "GET"));
    }
    let rights = rights(world, &target.scope);
    if rights.actions.is_empty() {
        return Answer::ok(json!({ "value": [] }));
    }
    let value: Value = json!({
        "actions": rights.actions, "notActions": rights.not_actions, "dataActions": [], "notDataActions": []
    });
    Answer::ok(json!({ "value": [value] }))
}
