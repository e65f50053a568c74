//! The credentials and roles of a run by direct requests.

use crate::access::assign::REPLICATION_WAITS;
use crate::arm::client::ArmClient;
use crate::arm::error::{ArmError, Refusal};
use crate::arm::federated_credential::CONCURRENT_WRITE;
use crate::arm::managed_identity::{IDENTITY_API_COMMON, ManagedIdentity};
use crate::arm::retry::Wait;
use crate::arm::role_assignment::{PRINCIPAL_NOT_FOUND, ROLE_ASSIGNMENT_EXISTS, RoleAssignment};
use crate::arm::transport::Transport;
use crate::provisioning::plan::{NewCredential, NewRole, Plan};

/// The waits for another write to the same identity's credentials, in seconds.
const CONCURRENT: [u64; 4] = [1, 2, 4, 8];
/// The status of a refusal that is waited for.
const CONFLICT: u16 = 409;

/// Creates a credential. Waits for another write to the same identity's credentials.
pub(super) async fn put_credential<T: Transport>(client: &ArmClient<T>, new: &NewCredential) -> Result<(), ArmError> {
    patiently(client, &CONCURRENT, CONCURRENT_WRITE, async || client.put_federated_credential(&new.identity, &new.credential).await).await
}

/// Assigns a role. Waits until Entra ID knows the identity. A role that it has already, under another name, is no error.
pub(super) async fn assign<T: Transport>(
    client: &ArmClient<T>,
    plan: &Plan,
    role: &NewRole,
    made: &mut Option<ManagedIdentity>,
) -> Result<(), ArmError> {
    let identity = if let Some(identity) = made {
        identity
    } else {
        let asked = plan.identities().find(|asked| asked.id(&plan.subscription) == role.identity);
        let version = asked.map_or(IDENTITY_API_COMMON, |asked| asked.api_version());
        let found = client.identity(&role.identity, version).await?;
        // It was made before, and somebody has removed it since.
        made.insert(found.ok_or_else(|| ArmError::Refused(Box::new(Refusal { status: 404, ..Refusal::default() })))?)
    };
    let principal = identity.principal_id.clone();
    let put = async || client.put_role_assignment(&role.assignment, &principal).await;
    match patiently(client, &REPLICATION_WAITS, PRINCIPAL_NOT_FOUND, put).await {
        Err(error) if error.has_code(ROLE_ASSIGNMENT_EXISTS) => {
            // Under another name: it is done if it allows the same.
            let new = &role.assignment;
            let found = client.role_assignments_of(&new.scope, &principal).all(client).await?;
            let is_same = |one: &RoleAssignment| one.is_at(&new.scope) && one.role == new.role && one.condition == new.condition;
            if found.iter().any(is_same) { Ok(()) } else { Err(error) }
        }
        answer => answer,
    }
}

/// Repeats `put` after each of `waits` (in seconds) while Azure refuses it with `code`.
async fn patiently<T: Transport>(
    client: &ArmClient<T>,
    waits: &[u64],
    code: &str,
    put: impl AsyncFn() -> Result<(), ArmError>,
) -> Result<(), ArmError> {
    for (attempt, seconds) in (1..).zip(waits) {
        match put().await {
            Err(error) if error.has_code(code) => client.pause(Wait { seconds: *seconds, status: CONFLICT, attempt }).await,
            answer => return answer,
        }
    }
    put().await
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::access::request::{AccessRequest, RoleRequest};
    use crate::access::role::ACR_PULL;
    use crate::arm::fake::{answer, scripted};
    use crate::arm::federated_credential::FederatedCredential;
    use crate::arm::guid::Guid;
    use crate::arm::http::{Method, Response};
    use crate::arm::identity_name::IdentityName;
    use crate::arm::location::LocationName;
    use crate::arm::managed_identity::IdentityProperties;
    use crate::arm::resource_group::ResourceGroupName;
    use crate::arm::resource_id::ResourceId;
    use crate::arm::tags::Tags;
    use crate::provisioning::plan::NewResource;
    use crate::provisioning::request::{CreateRequest, CreationPath, GroupTarget};

    const GROUP: &str = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg";

    fn plan() -> Plan {
        let scope = ResourceId::parse(&[GROUP, "/providers/Microsoft.ContainerRegistry/registries/reg1"].concat()).expect("an id");
        let role = RoleRequest { scope, role: ACR_PULL.id.into(), role_name: ACR_PULL.name.into(), condition: None };
        let group = ResourceGroupName::parse("rg").expect("a name");
        Plan::new(CreateRequest {
            subscription: Guid::parse("11111111-2222-3333-4444-555555555555").expect("an id"),
            group: GroupTarget::Existing { name: group, location: None },
            location: LocationName::parse("eastus").expect("a region"),
            name: IdentityName::parse("uami").expect("a name"),
            tags: Tags::default(),
            properties: IdentityProperties::default(),
            access: AccessRequest { roles: vec![role], ..AccessRequest::default() },
            path: CreationPath::Direct,
        })
    }

    fn identity() -> Response {
        let guid = "11111111-2222-3333-4444-555555555552";
        let id = [GROUP, "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami"].concat();
        let properties = json!({ "tenantId": guid, "principalId": guid, "clientId": guid });
        answer(200, &json!({ "id": id, "name": "uami", "location": "eastus", "properties": properties }).to_string())
    }

    fn refused(status: u16, code: &str) -> Response {
        answer(status, &json!({ "error": { "code": code, "message": code } }).to_string())
    }

    /// Assigns the plan's role; returns the outcome, the methods sent, and the waits in seconds.
    fn assigned(answers: Vec<Response>) -> (Result<(), ArmError>, Vec<Method>, Vec<u64>) {
        let (plan, (client, fake)) = (plan(), scripted(answers));
        let role = plan.roles().next().expect("a role");
        let outcome = pollster::block_on(assign(&client, &plan, role, &mut None));
        let methods = fake.sent.borrow().iter().map(|request| request.method).collect();
        (outcome, methods, fake.waits.borrow().clone())
    }

    #[test]
    fn a_role_waits_until_the_directory_knows_the_identity() {
        let missing = || refused(400, PRINCIPAL_NOT_FOUND);
        let (outcome, methods, waits) = assigned(vec![identity(), missing(), missing(), answer(201, "{}")]);
        assert_eq!((outcome, methods, waits), (Ok(()), vec![Method::Get, Method::Put, Method::Put, Method::Put], vec![2, 4]));
        let (outcome, _, waits) = assigned(std::iter::once(identity()).chain((0..8).map(|_| missing())).collect());
        assert!(outcome.is_err_and(|error| error.has_code(PRINCIPAL_NOT_FOUND)));
        assert_eq!(waits.iter().sum::<u64>(), 120);
    }

    #[test]
    fn a_role_that_is_there_is_done_if_it_allows_the_same() {
        let scope = [GROUP, "/providers/Microsoft.ContainerRegistry/registries/reg1"].concat();
        for (condition, expected) in [(json!(null), true), (json!("(other)"), false)] {
            let role = ["/providers/Microsoft.Authorization/roleDefinitions/", ACR_PULL.id].concat();
            let properties = json!({ "roleDefinitionId": role, "principalId": "p", "scope": scope, "condition": condition });
            let listed = answer(200, &json!({ "value": [{ "id": "i", "name": "n", "properties": properties }] }).to_string());
            let outcome = assigned(vec![identity(), refused(409, ROLE_ASSIGNMENT_EXISTS), listed]).0;
            assert_eq!(outcome.is_ok(), expected, "{condition}");
        }
    }

    #[test]
    fn no_role_is_assigned_for_an_identity_that_is_gone() {
        let (outcome, methods, _) = assigned(vec![refused(404, "ResourceNotFound")]);
        assert!(outcome.is_err_and(|error| error.is_not_found()));
        assert_eq!(methods, [Method::Get]);
    }

    #[test]
    fn a_credential_waits_for_another_write() {
        let NewResource::Role(role) = plan().resources.pop().expect("a role") else { unreachable!("it is the last") };
        let credential = FederatedCredential { name: "one".into(), ..FederatedCredential::default() };
        let new = NewCredential { identity: role.identity, credential };
        let (client, fake) = scripted(vec![refused(409, CONCURRENT_WRITE), answer(201, "{}")]);
        assert_eq!(pollster::block_on(put_credential(&client, &new)), Ok(()));
        assert_eq!(*fake.waits.borrow(), [1]);
    }
}
