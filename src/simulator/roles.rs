//! Role definitions and role assignments, of any scope.

use serde_json::Value;

use super::answer::{Answer, Answered};
use super::call::Call;
use super::gate;
use super::page;
use super::refusal::Refusal;
use super::versions;
use super::world::{Assignment, World};
use crate::arm::guid::Guid;
use crate::arm::http::Method;
use crate::simulator::json::json;

/// Built-in roles: name, id, actions. The same in every tenant (Azure docs, "Azure built-in roles").
const ROLES: [(&str, &str, &[&str]); 10] = [
    ("Owner", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", &["*"]),
    ("Contributor", "b24988ac-6180-42a0-ab88-20f7382dd24c", &["*"]),
    ("Reader", "acdd72a7-3385-48ef-bd42-f606fba81ae7", &["*/read"]),
    (
        "Role Based Access Control Administrator",
        "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
        &["Microsoft.Authorization/roleAssignments/write", "Microsoft.Authorization/roleAssignments/delete", "*/read"],
    ),
    ("Managed Identity Contributor", "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59", MANAGED_IDENTITY_CONTRIBUTOR),
    (
        "Managed Identity Operator",
        "f1a07417-d97a-45cb-824c-7a7467783830",
        &["Microsoft.ManagedIdentity/userAssignedIdentities/*/read", "Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action"],
    ),
    ("AcrPull", "7f951dda-4ed3-4680-a7ca-43fe172d538d", &["Microsoft.ContainerRegistry/registries/pull/read"]),
    ("AcrPush", "8311e382-0749-4cb8-b61a-304f252e45ec", &["Microsoft.ContainerRegistry/registries/push/write"]),
    ("Container Registry Repository Reader", "b93aa761-3e63-49ed-ac28-beffa264f7ac", &[]),
    ("Container Registry Repository Writer", "2a1e307c-b015-4ebd-883e-5b7698a07328", &[]),
];
/// What a Managed Identity Contributor may do (Azure built-in roles).
pub(crate) const MANAGED_IDENTITY_CONTRIBUTOR: &[&str] = &[
    "Microsoft.ManagedIdentity/userAssignedIdentities/read",
    "Microsoft.ManagedIdentity/userAssignedIdentities/write",
    "Microsoft.ManagedIdentity/userAssignedIdentities/delete",
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read",
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write",
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/delete",
    "Microsoft.ManagedIdentity/userAssignedIdentities/revokeTokens/action",
    "Microsoft.Authorization/*/read",
    "Microsoft.Insights/alertRules/*",
    "Microsoft.Resources/subscriptions/resourceGroups/read",
    "Microsoft.Resources/deployments/*",
    "Microsoft.Support/*",
];
/// For how long the directory does not find a new identity's principal everywhere, in milliseconds.
const REPLICATION_MS: u64 = 10_000;
const ASSIGNMENTS: &str = "Microsoft.Authorization/roleAssignments";

/// `{scope}/providers/Microsoft.Authorization/roleDefinitions[/{id}]`. The definitions cannot be changed.
pub(crate) fn definitions(world: &World, call: &Call, scope: &str, id: Option<&str>) -> Answered {
    versions::of_type("Microsoft.Authorization", "roleDefinitions", versions::ROLES, call.api_version())?;
    if call.method != Method::Get {
        return Err(Refusal::method_not_allowed(call.method, "GET"));
    }
    if let Some(id) = id {
        let found = ROLES.iter().find(|(_, known, _)| known.eq_ignore_ascii_case(id));
        let missing = || {
            Refusal::by_provider(
                404,
                "RoleDefinitionDoesNotExist",
                &format!("The specified role definition with ID '{id}' does not exist."),
            )
        };
        return Answer::ok(definition(scope, found.ok_or_else(missing)?));
    }
    let name = eq_filter(call, "rolename")?;
    let roles = ROLES.iter().filter(|(known, _, _)| name.as_ref().is_none_or(|name| known.eq_ignore_ascii_case(name)));
    page::page(call, &world.endpoint, roles, |role| definition(scope, role))
}

/// `GET {scope}/providers/Microsoft.Authorization/roleAssignments`: those of the scope, above it and below it.
pub(crate) fn list(world: &World, call: &Call, scope: &str) -> Answered {
    check_version(call)?;
    if call.method != Method::Get {
        return Err(Refusal::method_not_allowed(call.method, "GET"));
    }
    gate::authorize(world, scope, "Microsoft.Authorization/roleAssignments/read")?;
    let at_scope = call.query("$filter").is_some_and(|filter| filter.to_ascii_lowercase().contains("atscope()"));
    let principal = if at_scope { None } else { eq_filter(call, "principalid")? };
    let lower = scope.to_lowercase();
    let within = |inner: &str, outer: &str| inner == outer || inner.starts_with(&format!("{outer}/"));
    let listed = world.tables.assignments.iter().filter(|one| {
        let own = one.scope.to_lowercase();
        (within(&lower, &own) || (!at_scope && within(&own, &lower)))
            && principal
                .as_ref()
                .is_none_or(|principal| one.properties["principalId"].as_str().is_some_and(|id| id.eq_ignore_ascii_case(principal)))
    });
    page::page(call, &world.endpoint, listed, json)
}

/// `{scope}/providers/Microsoft.Authorization/roleAssignments/{guid}`.
pub(crate) fn one(world: &mut World, call: &Call, scope: &str, name: &str) -> Answered {
    check_version(call)?;
    let at = world
        .tables
        .assignments
        .iter()
        .position(|one| one.name.eq_ignore_ascii_case(name) && one.scope.to_lowercase() == scope.to_lowercase());
    match call.method {
        Method::Get => {
            gate::authorize(world, scope, &format!("{ASSIGNMENTS}/read"))?;
            let missing = || Refusal::by_provider(404, "RoleAssignmentNotFound", &format!("The role assignment '{name}' is not found."));
            Answer::ok(json(&world.tables.assignments[at.ok_or_else(missing)?]))
        }
        Method::Put => {
            gate::write(world, scope, &format!("{ASSIGNMENTS}/write"))?;
            let wanted = check(world, scope, name, &call.json()?, call.now)?;
            let answer = json(&wanted);
            if let Some(at) = at {
                // What is assigned to whom cannot change under the same name.
                let known = &world.tables.assignments[at].properties;
                if known["principalId"] != wanted.properties["principalId"]
                    || known["roleDefinitionId"] != wanted.properties["roleDefinitionId"]
                {
                    let message = "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.";
                    return Err(Refusal::by_provider(400, "RoleAssignmentUpdateNotPermitted", message));
                }
                return Answer::ok(answer);
            }
            world.revision += 1;
            world.tables.assignments.push(wanted);
            Ok(Answer::new(201, answer))
        }
        Method::Delete => {
            gate::delete(world, scope, &format!("{ASSIGNMENTS}/delete"))?;
            let Some(at) = at else { return Ok(Answer::empty(204)) };
            world.revision += 1;
            Answer::ok(json(&world.tables.assignments.remove(at)))
        }
        Method::Head | Method::Patch | Method::Post => Err(Refusal::method_not_allowed(call.method, "GET, PUT, DELETE")),
    }
}

fn check(world: &World, scope: &str, name: &str, body: &Value, now: u64) -> Result<Assignment, Refusal> {
    let properties = &body["properties"];
    let (role, principal) = match (properties["roleDefinitionId"].as_str(), properties["principalId"].as_str()) {
        (Some(role), Some(principal)) if Guid::parse(name).is_some() && Guid::parse(principal).is_some() => (role, principal),
        (Some(_), Some(_)) => {
            let message = format!("The role assignment ID '{name}' is not valid. The role assignment ID must be a GUID.");
            return Err(Refusal::by_provider(400, "InvalidRoleAssignmentId", &message));
        }
        _ => {
            return Err(Refusal::bad_content(
                "The request content was invalid and could not be deserialized: 'roleDefinitionId and principalId are required.'.",
            ));
        }
    };
    let id = role.rsplit('/').next().unwrap_or_default();
    if !ROLES.iter().any(|(_, known, _)| known.eq_ignore_ascii_case(id)) {
        let message = format!("The specified role definition with ID '{}' does not exist.", id.replace('-', ""));
        return Err(Refusal::by_provider(404, "RoleDefinitionDoesNotExist", &message));
    }
    // With the type of the principal ARM does not look it up.
    let kind = properties["principalType"].as_str();
    let found = principal.eq_ignore_ascii_case(&world.caller.id)
        || world
            .tables
            .identities
            .iter()
            .any(|one| one.principal.eq_ignore_ascii_case(principal) && one.made_at.saturating_add(REPLICATION_MS) <= now);
    if kind.is_none() && !found {
        let message = format!(
            "Principal {} does not exist in the directory {}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype",
            principal.replace('-', ""),
            world.caller.tenant.id
        );
        return Err(Refusal::by_provider(400, "PrincipalNotFound", &message));
    }
    let same = |one: &&Assignment| {
        one.scope.to_lowercase() == scope.to_lowercase()
            && !one.name.eq_ignore_ascii_case(name)
            && one.properties["principalId"].as_str().is_some_and(|known| known.eq_ignore_ascii_case(principal))
            && one.properties["roleDefinitionId"].as_str().is_some_and(|known| known.to_lowercase().ends_with(&id.to_lowercase()))
    };
    if let Some(existing) = world.tables.assignments.iter().find(same) {
        let message =
            format!("The role assignment already exists. The ID of the existing role assignment is {}.", existing.name.replace('-', ""));
        return Err(Refusal::by_provider(409, "RoleAssignmentExists", &message));
    }
    let mut kept = json!({
        "roleDefinitionId": role,
        "principalId": principal,
        "principalType": kind.unwrap_or(if principal.eq_ignore_ascii_case(&world.caller.id) { "User" } else { "ServicePrincipal" }),
    });
    for field in ["description", "condition", "conditionVersion", "delegatedManagedIdentityResourceId"] {
        if !properties[field].is_null() {
            kept[field] = properties[field].clone();
        }
    }
    Ok(Assignment { scope: scope.to_owned(), name: name.to_owned(), properties: kept })
}

// `name eq 'value'`; the other filters that ARM knows are answered with everything.
fn eq_filter(call: &Call, field: &str) -> Result<Option<String>, Refusal> {
    let Some(filter) = call.query("$filter").filter(|filter| !filter.trim().is_empty()) else { return Ok(None) };
    let known = ["assignedto(", "type eq", "rolename eq", "principalid eq", "atscope()", "atscopeandbelow()"];
    if !known.iter().any(|known| filter.to_ascii_lowercase().contains(known)) {
        return Err(Refusal::by_provider(400, "UnsupportedQuery", &format!("The filter '{filter}' is not supported.")));
    }
    let value = filter.split_once(" eq ").filter(|(name, _)| name.trim().eq_ignore_ascii_case(field)).map(|(_, value)| value.trim());
    Ok(value.map(|value| value.trim_matches('\'').to_owned()))
}

fn definition(scope: &str, &(name, id, actions): &(&str, &str, &[&str])) -> Value {
    let not_actions: &[&str] =
        if name == "Contributor" { &["Microsoft.Authorization/*/Delete", "Microsoft.Authorization/*/Write"] } else { &[] };
    let data: &[&str] =
        if name.starts_with("Container Registry") { &["Microsoft.ContainerRegistry/registries/repositories/content/read"] } else { &[] };
    // Built-in roles belong to the subscription that asks, or to the tenant.
    let place: String = scope.split('/').take(3).collect::<Vec<_>>().join("/");
    json!({
        "id": format!("{place}/providers/Microsoft.Authorization/roleDefinitions/{id}"),
        "name": id,
        "type": "Microsoft.Authorization/roleDefinitions",
        "properties": {
            "roleName": name,
            "type": "BuiltInRole",
            "description": name,
            "assignableScopes": ["/"],
            "permissions": [{ "actions": actions, "notActions": not_actions, "dataActions": data, "notDataActions": [] }],
        },
    })
}

fn check_version(call: &Call) -> Result<(), Refusal> {
    versions::of_type("Microsoft.Authorization", "roleAssignments", versions::ROLES, call.api_version())
}

/// The assignment as ARM shows it.
pub(crate) fn json(assignment: &Assignment) -> Value {
    let mut properties = assignment.properties.clone();
    properties["scope"] = if assignment.scope.is_empty() { "/" } else { assignment.scope.as_str() }.into();
    json!({
        "id": format!("{}/providers/{ASSIGNMENTS}/{}", assignment.scope, assignment.name),
        "name": assignment.name,
        "type": ASSIGNMENTS,
        "properties": properties,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::simulator::seed::DEVELOPMENT;
    use crate::simulator::trial::Trial;

    const READER: &str = "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7";
    const NAME: &str = "05c5a614-a7d6-4502-b150-c2fb455033ff";

    fn path(scope: &str, rest: &str) -> String {
        format!("/subscriptions/{DEVELOPMENT}{scope}/providers/Microsoft.Authorization/{rest}api-version=2022-04-01")
    }

    #[test]
    fn assigns_a_role_to_a_fresh_identity() {
        let mut trial = Trial::new("");
        let identity = format!(
            "/subscriptions/{DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami?api-version=2023-01-31"
        );
        let made = trial.send("PUT", &identity, Some(json!({ "location": "eastus" }))).body;
        let principal = &made["properties"]["principalId"];
        let mut body = json!({ "properties": { "roleDefinitionId": READER, "principalId": principal } });
        let at = path("/resourceGroups/RG1", &format!("roleAssignments/{NAME}?"));
        assert_eq!(trial.send("PUT", &at, Some(body.clone())).refusal(), "400 PrincipalNotFound");
        body["properties"]["principalType"] = "ServicePrincipal".into();
        assert_eq!(trial.send("PUT", &at, Some(body.clone())).status, 201);
        assert_eq!(trial.send("PUT", &at, Some(body.clone())).status, 200);
        assert_eq!(trial.send("PUT", &at.replace("05c5", "15c5"), Some(body.clone())).refusal(), "409 RoleAssignmentExists");
        assert_eq!(trial.send("PUT", &at.replace(NAME, "x"), Some(body)).refusal(), "400 InvalidRoleAssignmentId");
        assert_eq!(trial.list(&path("/resourceGroups/RG1", "roleAssignments?")).len(), 2);
        assert_eq!(trial.list(&path("/resourceGroups/RG2", "roleAssignments?").replace("RG2", "rg-web-dev")).len(), 1);
        let mine = format!("roleAssignments?$filter=principalId%20eq%20'{}'&", principal.as_str().expect("an id"));
        assert_eq!(trial.list(&path("", &mine)).len(), 1);
        assert_eq!(trial.send("DELETE", &at, None).status, 200);
        assert_eq!(trial.send("DELETE", &at, None).status, 204);
    }

    #[test]
    fn knows_the_built_in_roles() {
        let mut trial = Trial::new("");
        let role = trial.list(&path("", "roleDefinitions?$filter=roleName eq 'Reader'&"));
        assert_eq!((role.len(), &role[0]["properties"]["permissions"][0]["actions"]), (1, &json!(["*/read"])));
        assert_eq!(trial.list(&path("/resourceGroups/RG1", "roleDefinitions?")).len(), 10);
        assert_eq!(trial.get(&format!("{READER}?api-version=2022-04-01")).body["id"], READER);
        assert_eq!(
            trial.list("/providers/Microsoft.Authorization/roleDefinitions?$filter=atScopeAndBelow()&api-version=2022-04-01").len(),
            10
        );
        assert_eq!(trial.get(&path("", "roleDefinitions/x?")).refusal(), "404 RoleDefinitionDoesNotExist");
        assert_eq!(trial.get(&path("", "roleDefinitions?$filter=x&")).refusal(), "400 UnsupportedQuery");
    }
}
