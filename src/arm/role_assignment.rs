//! Role assignments: who may do what, where.

use serde_json::Value;

use super::any_case::same;
use super::client::{ArmClient, versioned};
use super::document::Document;
use super::error::ArmError;
use super::guid::Guid;
use super::http::Method;
use super::json::{some_text, text};
use super::paging::Pages;
use super::percent::{encode, encode_path};
use super::resource_id::ResourceId;
use super::transport::Transport;

pub const ROLE_ASSIGNMENT_TYPE: &str = "Microsoft.Authorization/roleAssignments";
pub const ROLE_ASSIGNMENTS_API: &str = "2022-04-01";
/// What an account needs to assign a role.
pub const ROLE_WRITE: &str = "Microsoft.Authorization/roleAssignments/write";
/// What an account needs to remove an assignment.
pub const ROLE_DELETE: &str = "Microsoft.Authorization/roleAssignments/delete";
/// ARM's code where the same principal has the same role at the same scope under another name.
pub const ROLE_ASSIGNMENT_EXISTS: &str = "RoleAssignmentExists";
/// ARM's code where Entra ID doesn't know the principal yet.
pub const PRINCIPAL_NOT_FOUND: &str = "PrincipalNotFound";
/// ARM's code where the name is taken by an assignment of another principal or role.
pub const ROLE_ASSIGNMENT_OTHER: &str = "RoleAssignmentUpdateNotPermitted";
/// The version of the language of conditions (Azure docs, "Azure role assignment condition format and syntax").
pub const CONDITION_VERSION: &str = "2.0";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleAssignment {
    pub id: String,
    /// A GUID.
    pub name: String,
    /// Where the role applies: a resource, a group, a subscription or a management group; `/` for everywhere.
    pub scope: String,
    /// The role definition's GUID.
    pub role: String,
    /// The object id of who has the role.
    pub principal_id: String,
    pub condition: Option<String>,
    pub description: Option<String>,
    /// When it was made, as ARM writes it; empty if unknown.
    pub created_on: String,
}

impl RoleAssignment {
    /// Whether it applies to `scope` itself, not to something above or below it.
    pub fn is_at(&self, scope: &ResourceId) -> bool {
        same(&self.scope, scope.as_str())
    }

    /// The scope, if the assignment can be removed by its id: it is in a subscription, and the id is what it says. Anything else that ARM
    /// could answer is never put into a request.
    pub fn removable(&self) -> Option<ResourceId> {
        let (scope, name) = (ResourceId::parse(&self.scope)?, Guid::parse(&self.name)?);
        let id = [scope.as_str(), "/providers/", ROLE_ASSIGNMENT_TYPE, "/", name.as_str()].concat();
        same(&id, &self.id).then_some(scope)
    }
}

/// A role to assign to a service principal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRoleAssignment {
    pub scope: ResourceId,
    pub name: Guid,
    /// The role definition's GUID.
    pub role: String,
    pub condition: Option<String>,
    /// Kept where an assignment is changed.
    pub description: Option<String>,
}

impl NewRoleAssignment {
    /// The assignment of `role` at `scope` to the identity with the id `identity`. It is named as ARM's template function `guid()` names
    /// it, so that a request, a template and a script meet in the same assignment.
    pub fn new(identity: &ResourceId, scope: ResourceId, role: &str, condition: Option<String>) -> Self {
        let name = Guid::of_template(&[scope.as_str(), identity.as_str(), role].join("-"));
        Self { scope, name, role: role.to_owned(), condition, description: None }
    }

    /// The role definition's id, in the subscription of the scope.
    pub fn role_definition(&self) -> String {
        let subscription = self.scope.subscription().map(|id| ResourceId::of_subscription(&id).to_string()).unwrap_or_default();
        [&subscription, "/providers/Microsoft.Authorization/roleDefinitions/", &self.role].concat()
    }

    /// Path and query of the request that makes it.
    pub fn path(&self) -> String {
        let scope = encode_path(self.scope.as_str());
        versioned(&[&scope, "/providers/", ROLE_ASSIGNMENT_TYPE, "/", self.name.as_str()].concat(), ROLE_ASSIGNMENTS_API)
    }

    /// The JSON body of that request. `role` and `principal` are the role definition's id and the object id of the identity's service
    /// principal, or expressions for them.
    pub fn body(&self, role: Document, principal: Document) -> Document {
        let mut properties = Document::object([
            ("roleDefinitionId", role),
            ("principalId", principal),
            // Without it, ARM looks the principal up, and doesn't find a new one.
            ("principalType", Document::text("ServicePrincipal")),
        ]);
        if let Some(description) = &self.description {
            properties.push("description", Document::text(description));
        }
        if let Some(condition) = &self.condition {
            properties.push("condition", Document::text(condition));
            properties.push("conditionVersion", Document::text(CONDITION_VERSION));
        }
        Document::object([("properties", properties)])
    }
}

impl<T: Transport> ArmClient<T> {
    /// The assignments of a principal at `scope`, above and below it.
    pub fn role_assignments_of(&self, scope: &ResourceId, principal: &Guid) -> Pages<RoleAssignment> {
        let filter = encode(&["principalId eq '", principal.as_str(), "'"].concat());
        let path = [&encode_path(scope.as_str()), "/providers/", ROLE_ASSIGNMENT_TYPE].concat();
        Pages::new([&versioned(&path, ROLE_ASSIGNMENTS_API), "&$filter=", &filter].concat(), read)
    }

    /// The assignment with the name and scope of `assignment`, or `None` if there is none.
    ///
    /// # Errors
    /// If the request fails with anything but 404.
    pub async fn role_assignment(&self, assignment: &NewRoleAssignment) -> Result<Option<RoleAssignment>, ArmError> {
        let found = self.find(&assignment.path()).await?;
        found.map(|answered| answered.read(read, "a role assignment")).transpose()
    }

    /// The assignments of a person at `scope` and above it, those through groups included. `account`: the object id.
    pub fn role_assignments_to(&self, scope: &ResourceId, account: &Guid) -> Pages<RoleAssignment> {
        let filter = encode(&["atScope() and assignedTo('", account.as_str(), "')"].concat());
        let path = [&encode_path(scope.as_str()), "/providers/", ROLE_ASSIGNMENT_TYPE].concat();
        Pages::new([&versioned(&path, ROLE_ASSIGNMENTS_API), "&$filter=", &filter].concat(), read)
    }

    /// Assigns a role to the service principal with this object id.
    ///
    /// # Errors
    /// If ARM refuses; [`ROLE_ASSIGNMENT_EXISTS`] if the principal has the role there already, under another name.
    pub async fn put_role_assignment(&self, assignment: &NewRoleAssignment, principal: &Guid) -> Result<(), ArmError> {
        let body = assignment.body(Document::text(&assignment.role_definition()), Document::text(principal.as_str())).json_line();
        self.call(Method::Put, &assignment.path(), Some(&body)).await.map(drop)
    }

    /// Removes an assignment by its id; one that doesn't exist is no error.
    ///
    /// # Errors
    /// If ARM refuses.
    pub async fn delete_role_assignment(&self, id: &str) -> Result<(), ArmError> {
        self.call(Method::Delete, &versioned(&encode_path(id), ROLE_ASSIGNMENTS_API), None).await.map(drop)
    }
}

/// Parses ARM's JSON of an assignment.
pub fn read(value: &Value) -> Option<RoleAssignment> {
    let role = text(value, "properties.roleDefinitionId").rsplit('/').next().unwrap_or_default();
    (!role.is_empty()).then(|| RoleAssignment {
        id: text(value, "id").to_owned(),
        name: text(value, "name").to_owned(),
        scope: text(value, "properties.scope").to_owned(),
        role: role.to_ascii_lowercase(),
        principal_id: text(value, "properties.principalId").to_owned(),
        condition: some_text(value, "properties.condition"),
        description: some_text(value, "properties.description"),
        created_on: text(value, "properties.createdOn").to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const SUBSCRIPTION: &str = "/subscriptions/11111111-2222-3333-4444-555555555555";

    fn id(rest: &str) -> ResourceId {
        ResourceId::parse(&[SUBSCRIPTION, rest].concat()).expect("an id")
    }

    #[test]
    fn an_assignment_is_named_by_what_it_is() {
        let registry = "/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/reg1";
        let (one, other) = (
            id("/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/a"),
            id("/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/b"),
        );
        let role = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
        let made = NewRoleAssignment::new(&one, id(registry), role, None);
        assert_eq!(made, NewRoleAssignment::new(&one, id(registry), role, None));
        assert_ne!(made.name, NewRoleAssignment::new(&other, id(registry), role, None).name);
        assert_eq!(made.role_definition(), [SUBSCRIPTION, "/providers/Microsoft.Authorization/roleDefinitions/", role].concat());
        let parts = [id(registry).as_str(), one.as_str(), role].join("-");
        assert_eq!(made.name, Guid::of_template(&parts));
    }

    #[test]
    fn only_an_id_that_is_what_it_says_is_removable() {
        let name = "05c5a614-a7d6-4502-b150-c2fb455033ff";
        let assignment = |scope: &str, id: &str| {
            let properties = json!({ "roleDefinitionId": "/x/r", "principalId": "p", "scope": scope });
            read(&json!({ "id": id, "name": name, "properties": properties })).expect("an assignment")
        };
        let own = [SUBSCRIPTION, "/providers/Microsoft.Authorization/roleAssignments/", name].concat();
        assert_eq!(assignment(SUBSCRIPTION, &own.to_uppercase()).removable(), Some(id("")));
        for (scope, id) in [
            ("/", own.as_str()),
            ("/providers/Microsoft.Management/managementGroups/root", &own),
            (SUBSCRIPTION, SUBSCRIPTION),
            (&[SUBSCRIPTION, "/resourceGroups/rg"].concat(), &own),
            (SUBSCRIPTION, &[&own, "/../.."].concat()),
        ] {
            assert_eq!(assignment(scope, id).removable(), None, "{scope} {id}");
        }
    }

    #[test]
    fn a_condition_goes_with_its_version() {
        let scope = id("/resourceGroups/rg");
        let assignment = NewRoleAssignment { condition: Some("(x)".into()), ..NewRoleAssignment::new(&scope, scope.clone(), "role", None) };
        let body: Value = serde_json::from_str(&assignment.body(Document::text("r"), Document::text("p")).json_line()).expect("JSON");
        let expected = json!({ "roleDefinitionId": "r", "principalId": "p", "principalType": "ServicePrincipal", "condition": "(x)", "conditionVersion": "2.0" });
        assert_eq!(body["properties"], expected);
    }
}
