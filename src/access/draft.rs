//! What is chosen in the form's tab **Access**.

use serde_json::{Value, json};

use super::condition::{Repository, condition, repositories};
use super::lock::LockDraft;
use super::request::{AccessRequest, RoleRequest};
use super::role::RegistryRight;
use crate::arm::federated_credential::FederatedCredential;
use crate::arm::json::{list, text, written};
use crate::arm::registry::{REGISTRY_TYPE, RoleAssignmentMode};
use crate::arm::resource_id::ResourceId;
use crate::federation::check::{self, Known};
use crate::federation::draft::{AUDIENCE, CredentialDraft};
use crate::messages::Message;

/// The most entries of each kind that are read from a stored draft.
const ENTRIES_MAX: usize = 100;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccessDraft {
    pub registries: Vec<RegistryAccess>,
    pub credentials: Vec<CredentialDraft>,
    /// The audience of federated credentials in this cloud; empty for the public cloud's.
    pub audience: String,
    pub lock: Option<LockDraft>,
}

/// What the identity may do with the images of a registry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegistryAccess {
    /// The registry's id; empty until one is chosen.
    pub registry: String,
    pub login_server: String,
    /// As read when the registry was chosen.
    pub mode: Option<RoleAssignmentMode>,
    pub right: RegistryRight,
    /// Names and prefixes, as typed; empty for all repositories.
    pub repositories: String,
}

impl AccessDraft {
    pub fn is_empty(&self) -> bool {
        self.registries.is_empty() && self.credentials.is_empty() && self.lock.is_none()
    }

    /// As it is stored in a draft; empty if nothing is chosen. Not serde's derives, which take several times the code.
    pub fn stored(&self) -> String {
        if self.is_empty() {
            return String::new();
        }
        let registries: Vec<Value> = self.registries.iter().map(RegistryAccess::json).collect();
        let credentials: Vec<Value> = self.credentials.iter().map(CredentialDraft::json).collect();
        let lock = self.lock.as_ref().map(LockDraft::json);
        written(&json!({ "registries": registries, "credentials": credentials, "audience": self.audience, "lock": lock }))
    }

    /// Parses what was stored. What is odd is as if it were not there.
    pub fn of_stored(stored: &str) -> Self {
        let value: Value = serde_json::from_str(stored).unwrap_or_default();
        Self {
            registries: list(&value, "registries").iter().take(ENTRIES_MAX).map(RegistryAccess::of_json).collect(),
            credentials: list(&value, "credentials").iter().take(ENTRIES_MAX).map(CredentialDraft::of_json).collect(),
            audience: text(&value, "audience").to_owned(),
            lock: value["lock"].is_object().then(|| LockDraft::of_json(&value["lock"])),
        }
    }

    /// The audience of federated credentials where none is typed.
    pub fn audience(&self) -> &str {
        if self.audience.is_empty() { AUDIENCE } else { &self.audience }
    }

    /// The credentials that are asked for, one draft's after the other's.
    pub fn credentials(&self) -> Vec<FederatedCredential> {
        let mut all = Vec::new();
        for draft in &self.credentials {
            let missing = check::missing(draft, Known { credentials: &all, replaced: None, audience: self.audience() });
            all.extend(missing);
        }
        all
    }

    /// What is asked for; `None` while Azure would refuse some of it. What Azure accepts but no token matches is the form's to check.
    pub fn request(&self) -> Option<AccessRequest> {
        let request = self.usable();
        let asked = self.credentials.iter().map(|draft| draft.trusts().len()).sum::<usize>();
        let is_whole = request.credentials.len() == asked
            && request.roles.len() == self.registries.len()
            && request.lock.is_some() == self.lock.is_some();
        is_whole.then_some(request)
    }

    /// What is asked for, without what Azure would refuse.
    pub fn usable(&self) -> AccessRequest {
        let mut request = AccessRequest { lock: self.lock.as_ref().and_then(LockDraft::settled), ..AccessRequest::default() };
        request.credentials = self.credentials();
        request.credentials.retain(check::is_complete);
        for role in self.registries.iter().filter_map(RegistryAccess::request) {
            if !request.roles.iter().any(|known| known.scope == role.scope && known.role == role.role) {
                request.roles.push(role);
            }
        }
        request
    }
}

impl RegistryAccess {
    fn json(&self) -> Value {
        let mode = self.mode.map(RoleAssignmentMode::name);
        json!({
            "registry": self.registry,
            "loginServer": self.login_server,
            "mode": mode,
            "right": self.right as usize,
            "repositories": self.repositories,
        })
    }

    fn of_json(stored: &Value) -> Self {
        let right = stored["right"].as_u64().and_then(|at| RegistryRight::ALL.get(usize::try_from(at).ok()?).copied());
        Self {
            registry: text(stored, "registry").to_owned(),
            login_server: text(stored, "loginServer").to_owned(),
            mode: RoleAssignmentMode::of_name(text(stored, "mode")),
            right: right.unwrap_or_default(),
            repositories: text(stored, "repositories").to_owned(),
        }
    }

    /// The registry's id; `None` for anything else that a stored draft may hold.
    pub fn id(&self) -> Option<ResourceId> {
        let id = ResourceId::parse(&self.registry)?;
        let is_registry = id.resource_type().is_some_and(|kind| kind.eq_ignore_ascii_case(REGISTRY_TYPE));
        let is_named = !id.name().is_empty() && id.name().bytes().all(|byte| byte.is_ascii_alphanumeric());
        (is_registry && is_named && id.resource_group().is_some() && self.registry.split('/').count() == 9).then_some(id)
    }

    /// The registry's name; empty until one is chosen.
    pub fn name(&self) -> &str {
        self.registry.rsplit('/').next().unwrap_or_default()
    }

    /// The mode that counts: registries of an unknown one obey the roles for the whole registry, or none.
    pub fn assumed_mode(&self) -> RoleAssignmentMode {
        self.mode.unwrap_or(RoleAssignmentMode::Registry)
    }

    /// Whether it is limited to some repositories: roles for the whole registry can't be.
    pub fn is_limited(&self) -> bool {
        self.mode == Some(RoleAssignmentMode::Repositories) && !self.repositories.trim().is_empty()
    }

    /// The repositories that it is limited to; none for all.
    ///
    /// # Errors
    /// The first entry that is wrong, and why.
    pub fn limits(&self) -> Result<Vec<Repository>, (String, Message)> {
        match self.assumed_mode() {
            RoleAssignmentMode::Registry => Ok(Vec::new()),
            RoleAssignmentMode::Repositories => repositories(&self.repositories),
        }
    }

    /// The role that is asked for; `None` while something is missing or wrong.
    pub fn request(&self) -> Option<RoleRequest> {
        let role = self.right.role(self.assumed_mode());
        let limits = self.limits().ok()?;
        Some(RoleRequest {
            scope: self.id()?,
            role: role.id.to_owned(),
            role_name: role.name.to_owned(),
            condition: condition(role, &limits),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::federation::draft::{Input, Scenario};

    const REGISTRY: &str =
        "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/reg1";

    fn github() -> CredentialDraft {
        let mut draft = CredentialDraft::default();
        for (input, value) in [(Input::Organisation, "contoso"), (Input::Repository, "web"), (Input::Reference, "main")] {
            draft.set(input, value.to_owned());
        }
        draft
    }

    fn full() -> AccessDraft {
        let registry = RegistryAccess {
            registry: REGISTRY.into(),
            login_server: "reg1.azurecr.io".into(),
            mode: Some(RoleAssignmentMode::Repositories),
            right: RegistryRight::Push,
            repositories: "team/*".into(),
        };
        let lock = LockDraft { name: "keep".into(), read_only: true, notes: "Ask Ada.".into() };
        AccessDraft { registries: vec![registry], credentials: vec![github()], lock: Some(lock), ..AccessDraft::default() }
    }

    #[test]
    fn what_is_stored_comes_back() {
        assert_eq!(AccessDraft::of_stored(&full().stored()), full());
        assert_eq!(AccessDraft::default().stored(), "");
        for odd in ["", "x", "[]", "{\"registries\": 7, \"lock\": []}"] {
            assert!(AccessDraft::of_stored(odd).is_empty(), "{odd}");
        }
    }

    #[test]
    fn a_request_has_the_role_that_the_registry_obeys() {
        let request = full().request().expect("a request");
        assert_eq!((request.roles[0].role_name.as_str(), request.credentials.len()), ("Container Registry Repository Writer", 1));
        assert!(request.roles[0].condition.as_ref().is_some_and(|text| text.contains("'team/'")));
        let mut plain = full();
        plain.registries[0].mode = None;
        let request = plain.request().expect("a request");
        assert_eq!((request.roles[0].role_name.as_str(), &request.roles[0].condition), ("AcrPush", &None));
    }

    #[test]
    fn nothing_is_asked_for_while_something_is_wrong() {
        let wrong: [fn(&mut AccessDraft); 9] = [
            |draft| draft.registries[0].registry.clear(),
            |draft| draft.registries[0].registry = "/subscriptions/11111111-2222-3333-4444-555555555555".into(),
            |draft| draft.registries[0].registry = REGISTRY.replace("/providers/Microsoft.ContainerRegistry/registries/reg1", ""),
            |draft| draft.registries[0].registry = REGISTRY.replace("registries", "caches"),
            |draft| draft.registries[0].repositories = "Upper".into(),
            |draft| draft.registries.push(draft.registries[0].clone()),
            |draft| draft.credentials[0] = CredentialDraft { scenario: Scenario::Other, ..CredentialDraft::default() },
            |draft| draft.lock = Some(LockDraft::default()),
            |draft| draft.credentials.push(draft.credentials[0].clone()),
        ];
        for change in wrong {
            let mut draft = full();
            change(&mut draft);
            assert_eq!(draft.request(), None, "{draft:?}");
            let usable = draft.usable();
            assert!(usable.roles.len() + usable.credentials.len() + usize::from(usable.lock.is_some()) >= 2, "{draft:?}");
        }
    }
}
