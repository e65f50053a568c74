//! Kubernetes clusters, which can only be read: whether they issue tokens, and the identity that pulls their images.

use serde_json::Value;

use super::call::Call;
use super::records::group_id;
use super::refusal::Refusal;
use super::resource::Resource;
use super::resource_handler::ResourceHandler;
use super::resource_type::{Regions, ResourceScope, ResourceType, Target};
use super::response::{ArmResponse, ArmResult};
use super::world::World;
use super::{ids, preconditions, readable};
use crate::arm::http::Method;
use crate::arm::managed_identity::IDENTITY_TYPE;
use crate::simulator::json::json;

pub(crate) static TYPE: ResourceType = ResourceType {
    regions: Regions::All,
    capabilities: "SystemAssignedResourceIdentity, SupportsTags, SupportsLocation",
    scopes: &[ResourceScope::Subscription, ResourceScope::Group],
    ..ResourceType::listed(KIND, VERSIONS)
};
pub(crate) static HANDLER: ResourceHandler = ResourceHandler { show: Some(show), ..ResourceHandler::new(&TYPE, answer) };

pub(crate) const KIND: &str = "Microsoft.ContainerService/managedClusters";
/// Newest first.
const VERSIONS: &str = "2026-05-01 2025-10-01 2025-05-01 2025-02-01 2024-09-01 2024-05-01 2024-02-01 2023-11-01 2023-08-01 2023-07-01";

fn answer(world: &mut World, call: &Call, target: &Target<'_>) -> ArmResult {
    TYPE.check_version(call)?;
    match (target.name, &target.rest[..]) {
        (None, []) => readable::list(world, call, KIND, &|cluster| json(world, cluster)),
        (Some(name), []) if call.is_in_group() => {
            let subscription = preconditions::subscription(world, call)?.id;
            let group = preconditions::group(world, call)?.name;
            if call.method != Method::Get {
                return Err(Refusal::method_not_allowed(call.method, "GET"));
            }
            let scope = group_id(&subscription, &group);
            preconditions::authorize(world, &format!("{scope}/providers/{KIND}/{name}"), &format!("{KIND}/read"))?;
            let at = world.find(KIND, &scope, name).ok_or_else(|| Refusal::resource_not_found(KIND, name, &group))?;
            ArmResponse::ok(json(world, &world.tables.resources[at]))
        }
        _ => Err(call.unknown_type()),
    }
}

fn show(world: &World, _: &Call, target: &Target<'_>) -> Option<Value> {
    let at = world.find(KIND, &target.scope, target.name?)?;
    Some(json(world, &world.tables.resources[at]))
}

/// The cluster's JSON. Stored of it: whether it issues tokens (`issuer`), and its kubelet identity (`kubelet`, if it is none of
/// its own).
pub(crate) fn json(world: &World, cluster: &Resource) -> Value {
    let (name, region) = (cluster.name.as_str(), cluster.location.as_str());
    let nodes = format!("MC_{}_{name}_{region}", cluster.group());
    let subscription = cluster.scope.split('/').nth(2).unwrap_or_default();
    let own = format!("{}/providers/{IDENTITY_TYPE}/{name}-agentpool", group_id(subscription, &nodes));
    let kubelet = cluster.properties["kubelet"].as_str().unwrap_or(&own);
    let kubelet_name = kubelet.rsplit('/').next().unwrap_or_default();
    let has_issuer = cluster.properties["issuer"] == true;
    let mut issuer = json!({ "enabled": has_issuer });
    if has_issuer {
        let id = ids::of_text(&format!("issuer of {name}"));
        // With a slash at its end, as in Azure.
        issuer["issuerURL"] = format!("https://{region}.oic.prod-aks.azure.com/{}/{id}/", world.caller.tenant.id).into();
    }
    json!({
        "id": cluster.plain_id(),
        "name": name,
        "type": KIND,
        "location": region,
        "tags": cluster.tags,
        "sku": { "name": "Base", "tier": "Free" },
        "identity": {
            "type": "SystemAssigned",
            "principalId": ids::of_text(&format!("control plane of {name}")),
            "tenantId": world.caller.tenant.id,
        },
        "properties": {
            "provisioningState": "Succeeded",
            "powerState": { "code": "Running" },
            "kubernetesVersion": "1.33",
            "currentKubernetesVersion": "1.33.2",
            "dnsPrefix": name,
            "fqdn": format!("{name}-{}.hcp.{region}.azmk8s.io", &ids::of_text(name)[..8]),
            "agentPoolProfiles": [{
                "name": "nodepool1",
                "count": 3,
                "vmSize": "Standard_D4s_v5",
                "osType": "Linux",
                "mode": "System",
                "provisioningState": "Succeeded",
            }],
            "servicePrincipalProfile": { "clientId": "msi" },
            "nodeResourceGroup": nodes,
            "enableRBAC": true,
            "identityProfile": {
                "kubeletidentity": {
                    "resourceId": kubelet,
                    "clientId": ids::of_text(&format!("client of {kubelet_name}")),
                    "objectId": ids::of_text(&format!("principal of {kubelet_name}")),
                },
            },
            "oidcIssuerProfile": issuer,
            "securityProfile": if has_issuer { json!({ "workloadIdentity": { "enabled": true } }) } else { json!({}) },
        },
    })
}

#[cfg(test)]
mod tests {
    use crate::simulator::seed::DEVELOPMENT;
    use crate::simulator::test_harness::TestHarness;

    #[test]
    fn one_cluster_issues_tokens_and_one_does_not() {
        let mut harness = TestHarness::new("");
        let all = format!("/subscriptions/{DEVELOPMENT}/providers/Microsoft.ContainerService/managedClusters?api-version=2025-05-01");
        let clusters = harness.list(&all);
        assert_eq!(clusters.iter().map(|one| one["name"].as_str().unwrap_or_default()).collect::<Vec<_>>(), ["aks-dev", "aks-plain"]);
        let (dev, plain) = (&clusters[0]["properties"], &clusters[1]["properties"]);
        let issuer = dev["oidcIssuerProfile"]["issuerURL"].as_str().unwrap_or_default();
        assert!(issuer.starts_with("https://westeurope.oic.prod-aks.azure.com/") && issuer.ends_with('/'), "{issuer}");
        assert_eq!(dev["securityProfile"]["workloadIdentity"]["enabled"], true);
        assert_eq!(
            (&plain["oidcIssuerProfile"]["enabled"], plain["oidcIssuerProfile"].get("issuerURL")),
            (&serde_json::json!(false), None)
        );
    }

    #[test]
    fn its_kubelet_identity_has_the_ids_of_the_identity() {
        let mut harness = TestHarness::new("");
        let group = format!("/subscriptions/{DEVELOPMENT}/resourceGroups/rg-aks-weu/providers");
        let cluster = harness.get(&format!("{group}/Microsoft.ContainerService/managedClusters/AKS-dev?api-version=2023-07-01")).body;
        let kubelet = &cluster["properties"]["identityProfile"]["kubeletidentity"];
        let identity = harness.get(&format!("{}?api-version=2023-01-31", kubelet["resourceId"].as_str().unwrap_or_default())).body;
        assert_eq!(identity["properties"]["principalId"], kubelet["objectId"]);
        assert_eq!(identity["properties"]["clientId"], kubelet["clientId"]);
        let other = format!("{group}/Microsoft.ContainerService/managedClusters/none?api-version=2023-07-01");
        assert_eq!(harness.get(&other).refusal(), "404 ResourceNotFound");
        assert_eq!(harness.send("DELETE", &other, None).refusal(), "405 MethodNotAllowed");
    }
}
