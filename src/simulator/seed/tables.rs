//! The initial content of the world.

use serde_json::Value;

use crate::arm::managed_identity::IDENTITY_TYPE;
use crate::simulator::json::{json, map};

use crate::simulator::caller::ACCOUNT_ID;
use crate::simulator::identities::{self, Ids};
use crate::simulator::preconditions::LOCK;
use crate::simulator::records::{Group, Registration, Subscription, group_id};
use crate::simulator::resource::{Resource, Tags};
use crate::simulator::rights::ROLE_ASSIGNMENT;
use crate::simulator::world::Tables;
use crate::simulator::{clusters, ids, registries};

use super::{ARCHIVE, DEVELOPMENT, KEPT_GROUP, LOCKED_GROUP, SANDBOX};

/// Groups: subscription, then name, region and tags, separated by spaces.
const GROUPS: [(&str, &str); 3] = [
    (
        DEVELOPMENT,
        "RG1 eastus
rg-europe-only westeurope Environment=Production CostCenter=4711
rg-finance-ledger uksouth Environment=Production CostCenter=1200
rg-network-hub westeurope Environment=Production Owner=network-team
rg-audit swedencentral
rg-identity-shared eastus Environment=Production Owner=platform
rg-web-dev eastus Environment=Development Owner=web
rg-web-test eastus Environment=Test Owner=web
rg-web-prod eastus2 Environment=Production Owner=web CostCenter=2310
rg-api-dev westus2 Environment=Development
rg-api-prod westus2 Environment=Production CostCenter=2310
rg-orders-dev northeurope Environment=Development
rg-orders-prod northeurope Environment=Production CostCenter=2410
rg-billing-prod westeurope Environment=Production CostCenter=1200
rg-data-lake swedencentral Environment=Production Owner=data
rg-ml-training swedencentral Environment=Development Owner=data
rg-ml-serving francecentral Owner=data
rg-aks-weu westeurope Environment=Production Owner=platform
rg-aks-sea southeastasia Environment=Production Owner=platform
rg-monitoring centralus Owner=platform
rg-backup-vaults northcentralus
rg-keyvaults eastus Owner=security
rg-devops-agents westus3 Owner=platform
rg-sap-prod germanywestcentral Environment=Production CostCenter=3100
rg-iot-telemetry japaneast Owner=iot
rg-mobile-backend koreacentral
rg-search australiaeast
rg-cdn-edge brazilsouth
rg-legacy-vms southcentralus",
    ),
    (
        SANDBOX,
        "rg-sandbox-ada eastus Owner=ada
rg-sandbox-grace uksouth Owner=grace
rg-sandbox-linus northeurope
rg-hackathon-2026 switzerlandnorth Environment=Test
rg-poc-containers canadacentral
rg-poc-openai eastus2
rg-training italynorth",
    ),
    (
        ARCHIVE,
        "rg-archive-2019 westus
rg-archive-2020 westus
rg-intranet-old northeurope
rg-crm-retired westeurope",
    ),
];

/// Identities: group, name, region, isolation scope, restrictions.
const IDENTITIES: [(&str, &str, &str, &str, &[&str]); 7] = [
    ("rg-identity-shared", "uami-deployments", "eastus", "None", &[]),
    ("rg-identity-shared", "uami-monitoring", "eastus", "Regional", &[]),
    ("rg-web-prod", "uami-web-prod", "eastus2", "None", &[]),
    ("rg-api-prod", "uami-api-prod", "westus2", "None", &["Microsoft.Compute", "Microsoft.Storage/storageAccounts"]),
    ("rg-aks-weu", "uami-aks-weu-kubelet", "westeurope", "None", &[]),
    ("rg-data-lake", "uami-data-factory", "swedencentral", "Regional", &[]),
    ("RG1", "uami-existing", "eastus", "None", &[]),
];

type Registry = (&'static str, &'static str, &'static str, &'static str, &'static [(&'static str, &'static str)]);

/// Registries: subscription, group, name, region, and what is set of it.
const REGISTRIES: [Registry; 3] = [
    (DEVELOPMENT, "RG1", "contosodev", "eastus", &[("adminUserEnabled", "true")]),
    (
        DEVELOPMENT,
        "rg-devops-agents",
        "contosoteam",
        "westus3",
        &[("sku", "Standard"), ("roleAssignmentMode", "AbacRepositoryPermissions")],
    ),
    (
        SANDBOX,
        "rg-poc-containers",
        "contososhared",
        "canadacentral",
        &[("sku", "Premium"), ("publicNetworkAccess", "Disabled"), ("armTokens", "disabled")],
    ),
];

/// The built-in role assigned to every seeded account: Owner.
const OWNER: &str = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

pub(crate) fn tables() -> Tables {
    let subscription =
        |id: &str, name: &str, enabled| Subscription { id: id.to_owned(), name: name.to_owned(), enabled, tags: Tags::new() };
    let registration = |id: &str, namespace: &str| Registration { subscription: id.to_owned(), namespace: namespace.to_owned(), since: 0 };
    let lock = |group: &str, name: &str, level: &str| {
        let properties = json!({ "level": level, "notes": "Ask the platform team before you change this." });
        Resource::new(LOCK, &group_id(DEVELOPMENT, group).to_lowercase(), name, properties)
    };
    // In loops: chains of iterators take several times the code.
    let mut groups = Vec::new();
    for (id, lines) in GROUPS {
        for line in lines.split('\n') {
            groups.push(group(id, line));
        }
    }
    let mut resources = Vec::new();
    for seeded in &IDENTITIES {
        resources.push(identity(seeded));
    }
    resources.push(lock(LOCKED_GROUP, "books-closed", "ReadOnly"));
    resources.push(lock(KEPT_GROUP, "keep", "CanNotDelete"));
    for id in [DEVELOPMENT, SANDBOX, ARCHIVE] {
        resources.push(owner(id));
    }
    for (subscription, group, name, location, settings) in REGISTRIES {
        let mut properties = json!({});
        for (field, value) in settings {
            properties[*field] = if *value == "true" { true.into() } else { (*value).into() };
        }
        resources.push(located(registries::KIND, &group_id(subscription, group), name, location, properties));
    }
    let kubelet = format!("{}/providers/{IDENTITY_TYPE}/uami-aks-weu-kubelet", group_id(DEVELOPMENT, "rg-aks-weu"));
    let seeded = [
        ("rg-aks-weu", "aks-dev", "westeurope", json!({ "issuer": true, "kubelet": kubelet })),
        ("rg-aks-sea", "aks-plain", "southeastasia", json!({})),
    ];
    for (group, name, location, properties) in seeded {
        resources.push(located(clusters::KIND, &group_id(DEVELOPMENT, group), name, location, properties));
    }
    Tables {
        subscriptions: vec![
            subscription(DEVELOPMENT, "Contoso Development", true),
            subscription(SANDBOX, "Contoso Sandbox", true),
            subscription(ARCHIVE, "Contoso Archive", false),
        ],
        groups,
        deleted: Vec::new(),
        resources,
        registrations: vec![
            registration(DEVELOPMENT, "Microsoft.ManagedIdentity"),
            registration(ARCHIVE, "Microsoft.ManagedIdentity"),
            registration(DEVELOPMENT, "Microsoft.Storage"),
            registration(DEVELOPMENT, registries::NAMESPACE),
            registration(SANDBOX, registries::NAMESPACE),
            registration(DEVELOPMENT, "Microsoft.ContainerService"),
        ],
        deployments: Vec::new(),
    }
}

fn group(subscription: &str, line: &str) -> Group {
    let mut words = line.split(' ');
    let (name, location) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let pairs = words.filter_map(|pair| pair.split_once('='));
    let tags = map(&mut pairs.map(|(name, value)| (name.to_owned(), Value::from(value))));
    Group { subscription: subscription.to_owned(), name: name.to_owned(), location: location.to_owned(), tags, gone_at: None }
}

/// The creation time of the seeded identities: 15 January 2024.
const SEEDED_AT: u64 = 1_705_314_645_000;

fn identity(&(group, name, location, isolation, restrictions): &(&str, &str, &str, &str, &[&str])) -> Resource {
    let mut tags = Tags::new();
    if name.contains("prod") {
        tags.insert("Environment".to_owned(), "Production".into());
    }
    let ids = Ids { principal: ids::of_text(&format!("principal of {name}")), client: ids::of_text(&format!("client of {name}")) };
    let mut identity = identities::new(&group_id(DEVELOPMENT, group), name, &ids);
    location.clone_into(&mut identity.location);
    identity.tags = tags;
    identity.made_at = SEEDED_AT;
    identity.properties["isolationScope"] = isolation.into();
    identity.properties["restrictions"] = restrictions.to_vec().into();
    identity
}

fn located(kind: &str, scope: &str, name: &str, location: &str, properties: Value) -> Resource {
    Resource { location: location.to_owned(), made_at: SEEDED_AT, ..Resource::new(kind, scope, name, properties) }
}

fn owner(subscription: &str) -> Resource {
    let properties = json!({
        "roleDefinitionId": format!("/subscriptions/{subscription}/providers/Microsoft.Authorization/roleDefinitions/{OWNER}"),
        "principalId": ACCOUNT_ID,
        "principalType": "User",
    });
    Resource::new(
        ROLE_ASSIGNMENT,
        &format!("/subscriptions/{subscription}"),
        &ids::of_text(&format!("owner of {subscription}")),
        properties,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::regions::Regions;
    use crate::simulator::seed::{POLICY_GROUP, READER_GROUP};

    #[test]
    fn matches_the_documentation() {
        let (tables, regions) = (tables(), Regions::default());
        assert_eq!((tables.subscriptions.len(), tables.groups.len()), (3, 40));
        assert!(tables.groups.iter().all(|group| regions.find(&group.location).is_some()));
        for name in ["RG1", LOCKED_GROUP, KEPT_GROUP, POLICY_GROUP, READER_GROUP] {
            assert!(tables.groups.iter().any(|group| group.name == name && group.subscription == DEVELOPMENT), "{name}");
        }
        for identity in tables.resources.iter().filter(|one| !one.location.is_empty()) {
            assert!(tables.groups.iter().any(|group| group.name == identity.group()), "{}", identity.name);
            assert_ne!(identity.name, "uami-apl2003");
        }
    }
}
