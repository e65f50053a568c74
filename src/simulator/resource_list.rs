//! The list of all resources of a group or subscription: those that the caller may read.

use super::call::Call;
use super::filter::Filter;
use super::refusal::Refusal;
use super::response::ArmResult;
use super::world::World;
use super::{page, preconditions, resource_handlers, rights};
use crate::arm::http::Method;

/// `GET .../resources` in a group or subscription, with `$filter`, and with the timestamps of `$expand`.
pub(crate) fn list(world: &World, call: &Call) -> ArmResult {
    let subscription = preconditions::subscription(world, call)?.id;
    if call.method != Method::Get {
        return Err(Refusal::method_not_allowed(call.method, "GET"));
    }
    let group = if call.is_in_group() { Some(preconditions::group(world, call)?) } else { None };
    let filter = Filter::of(call, &["location", "name", "resourcegroup", "resourcetype"])?;
    let listed = world
        .tables
        .resources
        .iter()
        .filter(|one| !one.location.is_empty())
        .filter(|one| one.is_in(&subscription) && group.as_ref().is_none_or(|group| group.name == one.group()))
        .filter(|one| {
            filter.matches(&one.tags, |field| match field {
                "location" => &one.location,
                "name" => &one.name,
                "resourcegroup" => one.group(),
                _ => &one.kind,
            })
        })
        .filter(|one| rights::allows(world, &one.plain_id(), &format!("{}/read", one.kind)));
    let wanted = call.query("$expand").unwrap_or_default().to_lowercase();
    page::page(call, &world.endpoint, listed, |one| one.listed(&resource_handlers::id(one), &wanted))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::simulator::seed::DEVELOPMENT;
    use crate::simulator::test_harness::TestHarness;

    #[test]
    fn lists_resources() {
        let mut harness = TestHarness::new("");
        let all = format!("/subscriptions/{DEVELOPMENT}/resources?api-version=2021-04-01");
        assert_eq!(harness.list(&all).len(), 11);
        for (filter, count) in [
            ("resourceType eq 'microsoft.managedidentity/userassignedidentities'", 7),
            ("resourceType eq 'Microsoft.Compute/virtualMachines'", 0),
            ("resourceGroup eq 'rg1'", 2),
            ("resourceType eq 'Microsoft.ContainerRegistry/registries'", 2),
            ("name eq 'uami-existing' and location eq 'eastus'", 1),
            ("substringof('prod', name)", 2),
        ] {
            assert_eq!(harness.list(&format!("{all}&$filter={filter}")).len(), count, "{filter}");
        }
        let expanded = harness.list(&format!("{all}&$expand=createdTime,provisioningState&$top=1"));
        assert_eq!(
            (&expanded[0]["provisioningState"], &expanded[0]["createdTime"]),
            (&json!("Succeeded"), &json!("2024-01-15T10:30:45.0000000Z"))
        );
        assert_eq!((expanded[0].get("changedTime"), harness.list(&all)[0].get("createdTime")), (None, None));
        assert_eq!(harness.get(&format!("{all}&$filter=plan eq 'x'")).refusal(), "400 InvalidFilterInQueryString");
    }
}
