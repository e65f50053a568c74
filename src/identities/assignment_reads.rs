//! Reads an identity's role assignments in all subscriptions, and what is shown with them.

use std::cell::RefCell;

use crate::access::listing::{Scope, order};
use crate::access::role::RegistryRole;
use crate::arm::client::ArmClient;
use crate::arm::error::ArmError;
use crate::arm::guid::Guid;
use crate::arm::registry::Registry;
use crate::arm::resource_id::ResourceId;
use crate::arm::role_assignment::RoleAssignment;
use crate::arm::subscription::{Subscription, SubscriptionState};
use crate::arm::transport::Transport;
use crate::cloud::subscription_reads::each;
use crate::messages;
use crate::provisioning::explain::reason;

/// The registry that a role is assigned on.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum AssignedRegistry {
    /// The role is assigned on something else.
    None,
    Read(Registry),
    /// It was deleted.
    Missing,
    Unread,
}

/// An assignment with what is shown of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Listed {
    pub(super) assignment: RoleAssignment,
    pub(super) scope: Option<Scope>,
    /// The role's name, or its id if the name couldn't be read.
    pub(super) role: String,
    /// What the role allows, in a sentence. May be empty.
    pub(super) allows: String,
    /// The role's actions, for a role that isn't one of ours.
    pub(super) actions: Vec<String>,
    pub(super) registry: AssignedRegistry,
    /// The display name of the scope's subscription, or its id.
    pub(super) subscription: String,
}

impl Listed {
    pub(super) fn registry(&self) -> Option<&Registry> {
        if let AssignedRegistry::Read(registry) = &self.registry { Some(registry) } else { None }
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Found {
    pub(super) listed: Vec<Listed>,
    /// Names of the subscriptions that couldn't be read, each with the reason.
    pub(super) unread: Vec<String>,
    /// Number of subscriptions that weren't requested.
    pub(super) left: usize,
}

/// The assignments of the principal in `count` subscriptions, the identity's own first.
pub(super) async fn read<T: Transport>(
    client: &ArmClient<T>,
    identity: &ResourceId,
    principal: &Guid,
    count: usize,
) -> Result<Found, ArmError> {
    let mut subscriptions = client.subscriptions().all(client).await?;
    if let Some(own) = identity.subscription() {
        let at = subscriptions.iter().position(|one| one.id == own);
        let unlisted = || Subscription { display_name: own.to_string(), id: own.clone(), state: SubscriptionState::Enabled, tenant: None };
        let own = at.map_or_else(unlisted, |at| subscriptions.remove(at));
        subscriptions.insert(0, own);
    }
    let next: Vec<_> = subscriptions.iter().take(count).cloned().collect();
    let (asked, left) = (next.len(), subscriptions.len().saturating_sub(count));
    let (assignments, unread) = (RefCell::new(Vec::<RoleAssignment>::new()), RefCell::new(Vec::<(String, ArmError)>::new()));
    each(next, |subscription| {
        let (assignments, unread) = (&assignments, &unread);
        async move {
            let scope = ResourceId::of_subscription(&subscription.id);
            match client.role_assignments_of(&scope, principal).all(client).await {
                Ok(found) => {
                    let mut known = assignments.borrow_mut();
                    for one in found {
                        // Those from above are in the answer for each subscription, and a filter that isn't obeyed must not show others'.
                        let is_own = one.principal_id.eq_ignore_ascii_case(principal.as_str());
                        if is_own && !known.iter().any(|known| known.id.eq_ignore_ascii_case(&one.id)) {
                            known.push(one);
                        }
                    }
                }
                Err(error) => unread.borrow_mut().push((subscription.display_name, error)),
            }
        }
    })
    .await;
    let (mut assignments, unread) = (assignments.into_inner(), unread.into_inner());
    let is_fatal = |(_, error): &&(String, ArmError)| unread.len() == asked || error.needs_sign_in();
    if let Some((_, error)) = unread.iter().find(is_fatal) {
        return Err(error.clone());
    }
    assignments.sort_by(order);
    let listed = assignments.into_iter().map(|assignment| listed(client, assignment, &subscriptions));
    let listed = futures::future::join_all(listed).await;
    let unread = unread.iter().map(|(name, error)| [name, " (", &reason(error), ")"].concat()).collect();
    Ok(Found { listed, unread, left })
}

async fn listed<T: Transport>(client: &ArmClient<T>, assignment: RoleAssignment, subscriptions: &[Subscription]) -> Listed {
    let scope = Scope::parse(&assignment.scope);
    let registry = async {
        let Some(Scope::Registry(id)) = &scope else { return AssignedRegistry::None };
        match client.registry(id).await {
            Ok(Some(registry)) => AssignedRegistry::Read(registry),
            Ok(None) => AssignedRegistry::Missing,
            Err(_) => AssignedRegistry::Unread,
        }
    };
    let role = async {
        if let Some(role) = RegistryRole::of_id(&assignment.role) {
            return (role.name.to_owned(), role.also.text().into_owned(), Vec::new());
        }
        match client.role_definition(&assignment.scope, &assignment.role).await {
            Ok(Some(found)) => (found.name, found.description, found.actions),
            _ => (assignment.role.clone(), messages::ROLE_UNREAD.text().into_owned(), Vec::new()),
        }
    };
    let (registry, (role, allows, actions)) = futures::join!(registry, role);
    let id = ResourceId::parse(&assignment.scope).and_then(|scope| scope.subscription());
    let known = id.as_ref().and_then(|id| subscriptions.iter().find(|one| one.id == *id));
    let subscription = known.map(|one| one.display_name.clone()).or(id.map(|id| id.to_string())).unwrap_or_default();
    Listed { assignment, scope, role, allows, actions, registry, subscription }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::access::role::ACR_PULL;
    use crate::arm::fake::{answer, client};
    use crate::arm::http::Response;

    const OWN: &str = "11111111-2222-3333-4444-555555555555";
    const OTHER: &str = "21111111-2222-3333-4444-555555555555";
    const PRINCIPAL: &str = "05c5a614-a7d6-4502-b150-c2fb455033ff";

    fn assignment(scope: &str, role: &str, principal: &str) -> Value {
        let role = ["/providers/Microsoft.Authorization/roleDefinitions/", role].concat();
        let id = [scope, role.as_str()].concat();
        json!({ "id": id, "name": "n", "properties": { "scope": scope, "roleDefinitionId": role, "principalId": principal } })
    }

    fn run(answers: impl Fn(&str) -> Response + 'static) -> Result<Found, ArmError> {
        let guid = |text| Guid::parse(text).unwrap_or_else(|| Guid::from_bytes([0; 16]));
        let identity = ResourceId::of_identity(&guid(OWN), "rg", "uami");
        let (client, _) = client(move |request| Ok(answers(&request.url)));
        pollster::block_on(read(&client, &identity, &guid(PRINCIPAL), 50))
    }

    fn subscriptions() -> Response {
        let one = |id: &str| {
            let name = ["Subscription ", &id[..1]].concat();
            json!({ "subscriptionId": id, "displayName": name })
        };
        answer(200, &json!({ "value": [one(OTHER), one(OWN)] }).to_string())
    }

    #[test]
    fn each_assignment_is_listed_once_and_what_is_unread_is_named() {
        let registry = ["/subscriptions/", OWN, "/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/reg1"].concat();
        let found = run(move |url| {
            if url.contains("/roleAssignments") && url.contains(OTHER) {
                return answer(403, r#"{"error":{"code":"AuthorizationFailed","message":"no"}}"#);
            }
            if url.contains("/roleAssignments") {
                let all = [
                    assignment("/", PRINCIPAL, PRINCIPAL),
                    assignment("/", PRINCIPAL, PRINCIPAL),
                    assignment(&registry, ACR_PULL.id, PRINCIPAL),
                    assignment("/", ACR_PULL.id, OTHER),
                ];
                return answer(200, &json!({ "value": all }).to_string());
            }
            if url.contains("/roleDefinitions/") || url.contains("/registries/") { answer(404, "{}") } else { subscriptions() }
        })
        .expect("what was found");
        let told: Vec<_> = found.listed.iter().map(|one| (one.role.as_str(), one.registry.clone(), one.subscription.as_str())).collect();
        assert_eq!(told, [("AcrPull", AssignedRegistry::Missing, "Subscription 1"), (PRINCIPAL, AssignedRegistry::None, "")]);
        assert_eq!((found.unread.len(), found.left), (1, 0));
        assert!(found.unread[0].starts_with("Subscription 2 ("), "{:?}", found.unread);
    }

    #[test]
    fn fails_where_nothing_could_be_read() {
        let failed = run(|url| if url.contains("/roleAssignments") { answer(403, "{}") } else { subscriptions() });
        assert!(failed.is_err());
    }
}
