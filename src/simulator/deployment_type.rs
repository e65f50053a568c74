//! `Microsoft.Resources/deployments` as an entry of the type table. Its engine deploys the types of that table, so it is above
//! the table.

use serde_json::Value;

use super::call::Call;
use super::deployment::NESTED;
use super::resource_handler::ResourceHandler;
use super::resource_type::{ResourceScope, ResourceType, Target};
use super::versions;
use super::world::World;

pub(crate) static TYPE: ResourceType =
    ResourceType { scopes: &[ResourceScope::Subscription, ResourceScope::Group], ..ResourceType::listed(NESTED, versions::RESOURCES) };
pub(crate) static HANDLER: ResourceHandler = ResourceHandler { show: Some(show), ..ResourceHandler::none(&TYPE) };

fn show(world: &World, call: &Call, _: &Target<'_>) -> Option<Value> {
    let id = call.id(call.path.len());
    let found = world.tables.deployments.iter().find(|one| one.asked.id().eq_ignore_ascii_case(&id))?;
    Some(found.json(call.now))
}
