//! Role definitions: what a role is called and what it allows.

use serde_json::Value;

use super::client::{ArmClient, versioned};
use super::error::ArmError;
use super::guid::Guid;
use super::json::{list, text, texts};
use super::paging::Pages;
use super::percent::encode_path;
use super::resource_id::ResourceId;
use super::role_assignment::ROLE_ASSIGNMENTS_API;
use super::transport::Transport;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleDefinition {
    /// The definition's GUID, in lower case.
    pub id: String,
    pub name: String,
    pub description: String,
    /// The actions and data actions that it allows, with `*` as a wildcard; exceptions are left out.
    pub actions: Vec<String>,
}

impl<T: Transport> ArmClient<T> {
    /// The role definitions that can be assigned at `scope`.
    pub fn role_definitions(&self, scope: &ResourceId) -> Pages<RoleDefinition> {
        let path = [&encode_path(scope.as_str()), "/providers/Microsoft.Authorization/roleDefinitions"].concat();
        Pages::new(versioned(&path, ROLE_ASSIGNMENTS_API), read)
    }

    /// The role definition with this GUID, as it is seen from `scope`; `None` if there is none. `scope` is a role assignment's: `/` for
    /// everywhere.
    ///
    /// # Errors
    /// If the request fails with anything but 404.
    pub async fn role_definition(&self, scope: &str, id: &str) -> Result<Option<RoleDefinition>, ArmError> {
        let Some(id) = Guid::parse(id) else { return Ok(None) };
        let place = encode_path(scope.trim_end_matches('/'));
        let path = [&place, "/providers/Microsoft.Authorization/roleDefinitions/", id.as_str()].concat();
        let found = self.find(&versioned(&path, ROLE_ASSIGNMENTS_API)).await?;
        found.map(|answered| answered.read(read, "a role definition")).transpose()
    }
}

fn read(value: &Value) -> Option<RoleDefinition> {
    let id = Guid::parse(text(value, "name"))?;
    let mut actions = Vec::new();
    for permission in list(value, "properties.permissions") {
        actions.extend(texts(permission, "actions"));
        actions.extend(texts(permission, "dataActions"));
    }
    Some(RoleDefinition {
        id: id.to_string(),
        name: text(value, "properties.roleName").to_owned(),
        description: text(value, "properties.description").to_owned(),
        actions,
    })
}

#[cfg(test)]
mod tests {
    use crate::arm::fake::{answer, scripted};

    #[test]
    fn is_read_at_the_scope_of_its_assignment() {
        let id = "ACDD72A7-3385-48ef-bd42-f606fba81ae7";
        let body = r#"{"name":"acdd72a7-3385-48ef-bd42-f606fba81ae7","properties":{"roleName":"Reader","description":"View all.","permissions":[{"actions":["*/read"],"dataActions":["A/b"]}]}}"#;
        let (client, fake) = scripted([answer(200, body), answer(404, "{}")]);
        let found = pollster::block_on(client.role_definition("/", id)).expect("an answer").expect("a role");
        assert_eq!((found.name.as_str(), found.description.as_str(), found.actions.len()), ("Reader", "View all.", 2));
        assert_eq!(found.id, id.to_lowercase());
        assert_eq!(pollster::block_on(client.role_definition("/subscriptions/x", id)), Ok(None));
        assert_eq!(pollster::block_on(client.role_definition("/", "../x")), Ok(None));
        let urls: Vec<_> = fake.sent.borrow().iter().map(|request| request.url.clone()).collect();
        assert!(urls[0].contains("azure.com/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-"), "{urls:?}");
        assert!(urls[1].contains("azure.com/subscriptions/x/providers/"), "{urls:?}");
    }
}
