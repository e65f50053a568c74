//! What the world holds before anybody made anything. The ids and names are fixed, so that tests and people can name them.

use serde_json::Value;

use crate::simulator::json::{json, map};

use super::world::{ACCOUNT_ID, Assignment, Group, Identity, Lock, Registration, Subscription, Tables, Tags, group_id, seeded_id};

/// The subscription where most is.
pub const DEVELOPMENT: &str = "3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01";
/// The subscription where `Microsoft.ManagedIdentity` is not registered.
pub const SANDBOX: &str = "7b20e9d4-51af-4c68-b3f2-08d6a4c59e02";
/// The disabled subscription.
pub const ARCHIVE: &str = "c94d7e18-a6b3-4f21-8e57-5b1f0c3a6d03";

/// A group with a read-only lock.
pub const LOCKED_GROUP: &str = "rg-finance-ledger";
/// A group with a lock against deleting alone, which is harmless here.
pub const KEPT_GROUP: &str = "rg-network-hub";
/// A group whose policies allow two regions and require the tag `CostCenter`.
pub const POLICY_GROUP: &str = "rg-europe-only";
/// A group in which the account may only read.
pub const READER_GROUP: &str = "rg-audit";

/// Groups: subscription, then name, region and tags, parted by spaces.
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

/// The built-in role every account of the seed is given: Owner.
const OWNER: &str = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

/// The tables before anybody made anything.
pub(crate) fn tables() -> Tables {
    let subscription =
        |id: &str, name: &str, enabled| Subscription { id: id.to_owned(), name: name.to_owned(), enabled, tags: Tags::new() };
    let registration = |id: &str, namespace: &str| Registration { subscription: id.to_owned(), namespace: namespace.to_owned(), since: 0 };
    let lock = |group: &str, name: &str, level: &str| Lock {
        scope: group_id(DEVELOPMENT, group).to_lowercase(),
        name: name.to_owned(),
        properties: json!({ "level": level, "notes": "Ask the platform team before you change this." }),
    };
    Tables {
        subscriptions: vec![
            subscription(DEVELOPMENT, "Contoso Development", true),
            subscription(SANDBOX, "Contoso Sandbox", true),
            subscription(ARCHIVE, "Contoso Archive", false),
        ],
        groups: GROUPS.iter().flat_map(|(id, lines)| lines.lines().map(|line| group(id, line))).collect(),
        deleted: Vec::new(),
        identities: IDENTITIES.iter().map(identity).collect(),
        registrations: vec![
            registration(DEVELOPMENT, "Microsoft.ManagedIdentity"),
            registration(ARCHIVE, "Microsoft.ManagedIdentity"),
            registration(DEVELOPMENT, "Microsoft.Storage"),
        ],
        locks: vec![lock(LOCKED_GROUP, "books-closed", "ReadOnly"), lock(KEPT_GROUP, "keep", "CanNotDelete")],
        assignments: [DEVELOPMENT, SANDBOX, ARCHIVE].into_iter().map(owner).collect(),
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

/// When the seeded identities were made: 15 January 2024.
const SEEDED_AT: u64 = 1_705_314_645_000;

fn identity(&(group, name, location, isolation, restrictions): &(&str, &str, &str, &str, &[&str])) -> Identity {
    let mut tags = Tags::new();
    if name.contains("prod") {
        tags.insert("Environment".to_owned(), "Production".into());
    }
    Identity {
        subscription: DEVELOPMENT.to_owned(),
        group: group.to_owned(),
        name: name.to_owned(),
        location: location.to_owned(),
        tags,
        principal: seeded_id(&format!("principal of {name}")),
        client: seeded_id(&format!("client of {name}")),
        isolation: isolation.to_owned(),
        restrictions: restrictions.iter().map(|&one| one.to_owned()).collect(),
        credentials: Vec::new(),
        made_at: SEEDED_AT,
    }
}

fn owner(subscription: &str) -> Assignment {
    Assignment {
        scope: format!("/subscriptions/{subscription}"),
        name: seeded_id(&format!("owner of {subscription}")),
        properties: json!({
            "roleDefinitionId": format!("/subscriptions/{subscription}/providers/Microsoft.Authorization/roleDefinitions/{OWNER}"),
            "principalId": ACCOUNT_ID,
            "principalType": "User",
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::regions::Regions;

    #[test]
    fn holds_what_the_documentation_says() {
        let (tables, regions) = (tables(), Regions::default());
        assert_eq!((tables.subscriptions.len(), tables.groups.len()), (3, 40));
        assert!(tables.groups.iter().all(|group| regions.find(&group.location).is_some()));
        for name in ["RG1", LOCKED_GROUP, KEPT_GROUP, POLICY_GROUP, READER_GROUP] {
            assert!(tables.groups.iter().any(|group| group.name == name && group.subscription == DEVELOPMENT), "{name}");
        }
        for identity in &tables.identities {
            assert!(tables.groups.iter().any(|group| group.name == identity.group), "{}", identity.name);
            assert_ne!(identity.name, "uami-apl2003");
        }
    }
}
