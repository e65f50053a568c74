//! Subscriptions, the tenant, and a subscription's locations.

use serde_json::Value;

use super::call::Call;
use super::caller::Tenant;
use super::records::Subscription;
use super::refusal::Refusal;
use super::regions::Region;
use super::resource_type::ResourceType;
use super::response::{ArmResponse, ArmResult};
use super::world::World;
use super::{page, preconditions, rights, versions};
use crate::arm::http::Method;
use crate::simulator::json::json;

/// ARM itself answers for this type.
pub(crate) static TYPE: ResourceType =
    ResourceType { capabilities: "SupportsTags", ..ResourceType::listed("Microsoft.Resources/subscriptions", versions::RESOURCES) };

/// `GET /subscriptions`.
pub(crate) fn list(world: &World, call: &Call) -> ArmResult {
    only_get(call)?;
    let mine = world.subscriptions().filter(|one| rights::is_member(world, &one.id));
    with_next(page::page(call, &world.endpoint, mine, |one| json(world, &one)))
}

/// `GET /subscriptions/{id}`.
pub(crate) fn get(world: &World, call: &Call) -> ArmResult {
    let subscription = preconditions::subscription(world, call)?;
    only_get(call)?;
    preconditions::member(world, &subscription.id, "Microsoft.Resources/subscriptions/read")?;
    ArmResponse::ok(json(world, &subscription))
}

/// `GET /tenants`.
pub(crate) fn tenants(world: &World, call: &Call) -> ArmResult {
    only_get(call)?;
    let caller = &world.caller;
    let all = std::iter::once(&caller.tenant).chain(&caller.others);
    with_next(ArmResponse::ok(
        json!({ "value": all.map(|tenant| tenant_json(tenant, caller.name.ends_with(&tenant.domain))).collect::<Vec<_>>() }),
    ))
}

/// Adds the `nextLink` that the schema requires even on the last page, where it is empty.
fn with_next(answered: ArmResult) -> ArmResult {
    let mut answer = answered?;
    if let Some(body) = answer.body.as_mut().filter(|body| body["nextLink"].is_null()) {
        body["nextLink"] = "".into();
    }
    Ok(answer)
}

fn tenant_json(tenant: &Tenant, home: bool) -> Value {
    json!({
        "id": format!("/tenants/{}", tenant.id),
        "tenantId": tenant.id,
        "countryCode": "US",
        "displayName": tenant.name,
        "domains": [tenant.domain],
        "tenantCategory": if home { "Home" } else { "ProjectedBy" },
        "defaultDomain": tenant.domain,
        "tenantType": "AAD",
    })
}

/// `GET /subscriptions/{id}/locations`.
pub(crate) fn locations(world: &World, call: &Call) -> ArmResult {
    let subscription = preconditions::subscription(world, call)?;
    only_get(call)?;
    preconditions::member(world, &subscription.id, "Microsoft.Resources/subscriptions/locations/read")?;
    ArmResponse::ok(json!({ "value": world.regions.all().map(|region| location(&subscription.id, region)).collect::<Vec<_>>() }))
}

fn json(world: &World, subscription: &Subscription) -> Value {
    let mut value = json!({
        "id": format!("/subscriptions/{}", subscription.id),
        "authorizationSource": "RoleBased",
        "managedByTenants": [],
        "subscriptionId": subscription.id,
        "tenantId": world.caller.tenant.id,
        "displayName": subscription.name,
        "state": if subscription.enabled { "Enabled" } else { "Disabled" },
        "subscriptionPolicies": { "locationPlacementId": "Public_2014-09-01", "quotaId": "EnterpriseAgreement_2014-09-01", "spendingLimit": "Off" },
    });
    if !subscription.tags.is_empty() {
        value["tags"] = Value::Object(subscription.tags.clone());
    }
    value
}

fn location(subscription: &str, region: &Region) -> Value {
    let name = region.name();
    json!({
        "id": format!("/subscriptions/{subscription}/locations/{name}"),
        "name": name,
        "type": "Region",
        "displayName": &*region.display,
        "regionalDisplayName": format!("({}) {}", region.geography_group, region.display),
        "metadata": {
            "regionType": "Physical",
            "regionCategory": region.category,
            "geographyGroup": &*region.geography_group,
            "pairedRegion": [],
        },
    })
}

fn only_get(call: &Call) -> Result<(), Refusal> {
    if call.method == Method::Get { Ok(()) } else { Err(Refusal::method_not_allowed(call.method, "GET")) }
}

#[cfg(test)]
mod tests {
    use crate::simulator::seed::{ARCHIVE, DEVELOPMENT};
    use crate::simulator::test_harness::TestHarness;

    #[test]
    fn lists_three_subscriptions_with_one_disabled() {
        let mut harness = TestHarness::new("");
        let list = harness.get("/subscriptions?api-version=2022-12-01").body;
        let states: Vec<_> = list["value"].as_array().expect("a list").iter().map(|one| one["state"].as_str()).collect();
        assert_eq!(states, [Some("Enabled"), Some("Enabled"), Some("Disabled")]);
        let one = harness.get(&format!("/SUBSCRIPTIONS/{}?api-version=2022-12-01", DEVELOPMENT.to_uppercase())).body;
        assert_eq!(one["displayName"], "Contoso Development");
        assert_eq!(harness.get(&format!("/subscriptions/{ARCHIVE}?api-version=2014-04-01-preview")).body["state"], "Disabled");
    }

    #[test]
    fn refuses_as_arm_does() {
        let mut harness = TestHarness::new("");
        let unknown = "/subscriptions/00000000-0000-0000-0000-000000000000?api-version=2022-12-01";
        for (path, refusal) in [
            ("/subscriptions", "400 MissingApiVersionParameter"),
            ("/subscriptions?api-version=2031-01-01", "400 InvalidApiVersionParameter"),
            ("/subscriptions/x?api-version=2022-12-01", "400 InvalidSubscriptionId"),
            (unknown, "404 SubscriptionNotFound"),
        ] {
            assert_eq!(harness.get(path).refusal(), refusal, "{path}");
        }
        assert_eq!(harness.send("DELETE", "/subscriptions?api-version=2022-12-01", None).refusal(), "405 MethodNotAllowed");
    }

    #[test]
    fn lists_the_locations_and_the_tenant() {
        let mut harness = TestHarness::new("");
        let list = harness.get(&format!("/subscriptions/{DEVELOPMENT}/locations?api-version=2022-12-01")).body;
        assert_eq!(list["value"].as_array().map(Vec::len), Some(56));
        assert_eq!(list["value"][0]["regionalDisplayName"], "(US) East US");
        assert_eq!(harness.get("/tenants?api-version=2022-12-01").body["value"][0]["defaultDomain"], "contoso.example");
        // Required by the schema.
        for list in ["/subscriptions?api-version=2022-12-01", "/tenants?api-version=2022-12-01"] {
            assert_eq!(harness.get(list).body["nextLink"], "", "{list}");
        }
    }

    #[test]
    fn the_large_world_comes_in_pages() {
        let mut harness = TestHarness::new("large");
        let list = harness.list("/subscriptions?api-version=2022-12-01");
        assert_eq!(list.len(), 5_003);
        assert_eq!(list[3]["displayName"], "Contoso subscription 00000");
        assert_eq!(list[5_002]["displayName"], "Contoso subscription 04999");
        let id = list[5_002]["id"].as_str().expect("an id").to_owned();
        assert_eq!(harness.get(&format!("{id}?api-version=2022-12-01")).body["displayName"], "Contoso subscription 04999");
    }
}
