//! The simulator answers the requests of Microsoft's own examples with a documented status and body. The specifications are not
//! part of this repository: they are looked for in `IDENTITY_PORTAL_SPECS`, then in `../shared/arm-specs`, and if there are
//! none, the test says so and passes. Our own cases always run.
#![expect(clippy::expect_used, clippy::panic, reason = "a test may")]

#[path = "../skip/mod.rs"]
mod skip;
mod specs;
mod world;

use serde_json::Value;

use specs::{Example, Specs};
use world::{ArmResponse, World};

/// The specifications whose examples are replayed.
const FILES: [&str; 8] = [
    "msi/resource-manager/Microsoft.ManagedIdentity/ManagedIdentity/stable/2026-05-31/ManagedIdentity.json",
    "msi/resource-manager/Microsoft.ManagedIdentity/stable/2023-01-31/ManagedIdentity.json",
    "resources/resource-manager/Microsoft.Resources/stable/2022-12-01/subscriptions.json",
    "resources/resource-manager/Microsoft.Resources/stable/2024-07-01/resources.json",
    "resources/resource-manager/Microsoft.Authorization/stable/2020-05-01/locks.json",
    "authorization/resource-manager/Microsoft.Authorization/stable/2022-04-01/authorization-RoleAssignmentsCalls.json",
    "authorization/resource-manager/Microsoft.Authorization/stable/2022-04-01/authorization-RoleDefinitionsCalls.json",
    "policyinsights/resource-manager/Microsoft.PolicyInsights/stable/2023-03-01/checkPolicyRestrictions.json",
];

/// The specifications of which only these operations are simulated.
const FILES_IN_PART: [(&str, &[&str]); 3] = [
    (
        "containerregistry/resource-manager/Microsoft.ContainerRegistry/stable/2023-07-01/containerregistry.json",
        &[
            "/subscriptions/{subscriptionId}/providers/Microsoft.ContainerRegistry/registries",
            "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ContainerRegistry/registries",
            "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ContainerRegistry/registries/{registryName}",
        ],
    ),
    (
        "containerservice/resource-manager/Microsoft.ContainerService/aks/stable/2023-07-01/managedClusters.json",
        &[
            "GET /subscriptions/{subscriptionId}/providers/Microsoft.ContainerService/managedClusters",
            "GET /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ContainerService/managedClusters",
            "GET /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ContainerService/managedClusters/{resourceName}",
        ],
    ),
    (
        "resourcegraph/resource-manager/Microsoft.ResourceGraph/stable/2022-10-01/resourcegraph.json",
        &["/providers/Microsoft.ResourceGraph/resources"],
    ),
];

/// Examples of simulated operations that are not answered, and why.
const LEFT_OUT: [(&str, &str); 6] = [
    ("ResourcesComplexQuery", "summarize"),
    ("ResourcesSummarizeQuery", "summarize"),
    ("ResourcesPropertiesQuery", "summarize"),
    ("ResourcesFacetQuery", "facets"),
    ("ResourcesNextPageQuery", "another service's token"),
    ("ResourcesMgBasicQuery", "management groups"),
];

/// Operations that are not simulated, and why. `docs/simulator.md` lists them as well.
const NOT_SIMULATED: [(&str, &str); 18] = [
    ("/providers/Microsoft.ManagedIdentity/operations", "a provider's list of operations"),
    ("/providers/Microsoft.Authorization/operations", "a provider's list of operations"),
    ("/{scope}/providers/Microsoft.ManagedIdentity/identities/default", "system-assigned identities"),
    ("/providers/Microsoft.Resources/checkResourceName", "reserved names"),
    ("/subscriptions/{subscriptionId}/providers/Microsoft.Resources/checkZonePeers/", "availability zones"),
    ("/providers/Microsoft.Resources/calculateTemplateHash", "template hashes"),
    ("/subscriptions/{subscriptionId}/resourcegroups/{resourceGroupName}/exportTemplate", "export of a group"),
    ("/{scope}/providers/Microsoft.Resources/deployments/{deploymentName}", "deployments of other scopes"),
    ("/{scope}/providers/Microsoft.Resources/deployments/{deploymentName}/validate", "deployments of other scopes"),
    ("/providers/Microsoft.Resources/deployments/{deploymentName}", "deployments of the tenant"),
    ("/providers/Microsoft.Resources/deployments/{deploymentName}/validate", "deployments of the tenant"),
    ("/providers/Microsoft.Resources/deployments/{deploymentName}/whatIf", "deployments of the tenant"),
    (
        "/providers/Microsoft.Management/managementGroups/{groupId}/providers/Microsoft.Resources/deployments/{deploymentName}",
        "management groups",
    ),
    (
        "/providers/Microsoft.Management/managementGroups/{groupId}/providers/Microsoft.Resources/deployments/{deploymentName}/validate",
        "management groups",
    ),
    (
        "/providers/Microsoft.Management/managementGroups/{groupId}/providers/Microsoft.Resources/deployments/{deploymentName}/whatIf",
        "management groups",
    ),
    (
        "/providers/{managementGroupsNamespace}/managementGroups/{managementGroupId}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions",
        "management groups",
    ),
    ("PUT /{scope}/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}", "roles of one's own"),
    ("DELETE /{scope}/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}", "roles of one's own"),
];

fn not_simulated(example: &Example) -> Option<&'static str> {
    if let Some((_, why)) = LEFT_OUT.iter().find(|(name, _)| example.name.split(' ').next() == Some(name)) {
        return Some(why);
    }
    let with_method = format!("{} {}", example.method, example.template);
    NOT_SIMULATED.iter().find(|(path, _)| *path == example.template || *path == with_method).map(|(_, why)| *why)
}

#[test]
fn answers_the_official_examples() {
    let Some(specs) = Specs::find() else {
        skip::skip("specifications", "there are no specifications in IDENTITY_PORTAL_SPECS or ../shared/arm-specs");
        return;
    };
    let (mut answered, mut links, mut left_out) = (0, Vec::new(), Vec::new());
    let mut wrong = Vec::new();
    let whole = FILES.iter().map(|file| (*file, None));
    for (file, claimed) in whole.chain(FILES_IN_PART.iter().map(|(file, claimed)| (*file, Some(*claimed)))) {
        for example in specs.examples(file) {
            let with_method = format!("{} {}", example.method, example.template);
            if claimed.is_some_and(|claimed| !claimed.iter().any(|one| *one == example.template || *one == with_method)) {
                continue;
            }
            if let Some(why) = not_simulated(&example) {
                left_out.push(format!("{} ({why})", example.name));
                continue;
            }
            match replay(&specs, &example) {
                Ok(false) => answered += 1,
                Ok(true) => links.push(example.name.clone()),
                Err(why) => wrong.push(format!("{}: {why}", example.name)),
            }
        }
    }
    println!("{answered} examples answered");
    println!(
        "{} refused, their template being behind a link, and answered with a template in its place: {}",
        links.len(),
        links.join(", ")
    );
    println!("{} left out: {}", left_out.len(), left_out.join(", "));
    assert!(wrong.is_empty(), "{} examples are not answered as documented:\n{}", wrong.len(), wrong.join("\n"));
    assert!(answered > 90, "{answered} examples are too few: were they found?");
}

// Sends the example's request in a world with its preconditions. Returns whether its template was linked.
fn replay(specs: &Specs, example: &Example) -> Result<bool, String> {
    let mut world = World::for_example(example);
    world.create_preconditions(example);
    let mut request = world.request(example);
    let linked = request.body.as_ref().is_some_and(|body| body["properties"]["templateLink"].is_object());
    if linked {
        // Nothing can be downloaded: the response is ARM's for a broken link.
        let refused = world.send(&request);
        if refused.code() != "InvalidContentLink" {
            return Err(format!("a link is answered with {}", refused.summary()));
        }
        specs.check_error(example, &refused)?;
        world::inline_template(&mut request);
    }
    let first = world.send(&request);
    specs.check(example, &first)?;
    if first.status == 202 && !first.location.is_empty() {
        world.pass(20_000);
        let result = world.get(&first.location);
        if result.status != 200 {
            return Err(format!("its address answers {}", result.summary()));
        }
        if !result.body.is_null() {
            specs.check(example, &result)?;
        }
    }
    // Again: created resources exist, and deleted ones are gone.
    let deletes_group = example.method == "DELETE" && example.template.ends_with("/resourcegroups/{resourceGroupName}");
    if matches!(example.method.as_str(), "PUT" | "DELETE") && !deletes_group {
        world.pass(60_000);
        specs.check(example, &world.send(&request))?;
    }
    // A running deployment has more to check.
    if example.template.ends_with("/deployments/{deploymentName}") && example.method == "PUT" {
        world.pass(60_000);
        let ended = world.get_same(&request);
        specs.check(example, &ended)?;
        if ended.body["properties"]["provisioningState"] != "Succeeded" {
            return Err(format!("the deployment ends with {}", ended.body));
        }
        let operations = world.get_below(&request, "/operations");
        specs.check_operations(example, &operations)?;
    }
    Ok(linked)
}

#[test]
fn answers_our_own_cases() {
    let mut world = World::seeded();
    let mut read = |path: &str| -> ArmResponse { world.get(path) };
    let table: [(&str, u16, &str); 10] = [
        ("/subscriptions?api-version=2022-12-01", 200, ""),
        ("/subscriptions", 400, "MissingApiVersionParameter"),
        ("/subscriptions?api-version=1999-01-01", 400, "InvalidApiVersionParameter"),
        ("/subscriptions/none?api-version=2022-12-01", 400, "InvalidSubscriptionId"),
        ("/nothing?api-version=2022-12-01", 404, "NotFound"),
        ("/subscriptions/{s}/nothing?api-version=2022-12-01", 404, "NotFound"),
        ("/subscriptions/{s}/providers/Microsoft.Nothing/things?api-version=2022-12-01", 404, "InvalidResourceType"),
        (
            "/subscriptions/{s}/resourceGroups/none/providers/Microsoft.ManagedIdentity/userAssignedIdentities/x?api-version=2023-01-31",
            404,
            "ResourceGroupNotFound",
        ),
        (
            "/subscriptions/{s}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/x?api-version=2023-01-31",
            404,
            "ResourceNotFound",
        ),
        (
            "/subscriptions/{s}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/x?api-version=1999-01-31",
            404,
            "InvalidResourceType",
        ),
    ];
    for (path, status, code) in table {
        let response = read(&path.replace("{s}", identity_portal::simulator::seed::DEVELOPMENT));
        assert_eq!((response.status, response.code()), (status, code.to_owned()), "{path}");
    }
}

#[test]
fn mangled_requests_are_answered() {
    // A small random generator: the same requests in every run.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).expect("it is below")
    };
    let mut world = World::seeded();
    let seeds = world::requests_to_mangle();
    for round in 0..6_000 {
        let mut request = seeds[next(seeds.len())].clone();
        for _ in 0..=next(3) {
            world::mangle(&mut request, &mut next);
        }
        let response = world.send_any(&request);
        assert!((200..600).contains(&response.status), "{request:?}");
        if response.status >= 400 && request.method != "HEAD" {
            let error = &response.body["error"];
            assert!(error["code"].is_string() && error["message"].is_string(), "{request:?}\n{}", response.body);
            assert_ne!(error["code"], Value::from(""), "{request:?}");
        }
        world.pass(next(900) as u64);
        if round % 1_000 == 0 {
            world.reload();
        }
    }
}
