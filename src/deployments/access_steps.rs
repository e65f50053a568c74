//! What to do now with the roles and credentials that were created: pull an image, sign in from a workload.

use leptos::prelude::*;

use super::step::described_step;
use crate::access::draft::{AccessDraft, RegistryAccess};
use crate::arm::managed_identity::ManagedIdentity;
use crate::federation::usage::{self, Identity, scenario_of};
use crate::messages;
use crate::portal::scenario_name::scenario_name;
use crate::settings::Settings;

crate::part! {
    in access:
    /// The steps. `access` is what was chosen, as a draft holds it.
    pub(super) fn access_steps(identity: ManagedIdentity, access: String) -> AnyView {
        let cloud = use_context::<StoredValue<Settings>>().map(|settings| settings.with_value(|settings| settings.cloud.name.clone()));
        steps(&identity, &AccessDraft::of_stored(&access), &cloud.unwrap_or_default())
    }
}

fn steps(identity: &ManagedIdentity, access: &AccessDraft, cloud: &str) -> AnyView {
    let pulls = access.registries.iter().filter_map(|registry| pull_commands(identity, registry).map(|commands| (registry, commands)));
    let pulls = pulls.map(|(registry, commands)| {
        let title = messages::NEXT_PULL.with([registry.name()]).text();
        described_step(title, messages::NEXT_PULL_TEXT.text().into_owned(), Signal::stored(commands))
    });
    let registry = access.registries.iter().map(RegistryAccess::name).find(|name| is_name(name));
    let signed = identity.id.subscription().into_iter().flat_map(|subscription| {
        let signed_in = Identity {
            cloud: cloud.to_owned(),
            client_id: identity.client_id.clone(),
            tenant_id: identity.tenant_id.clone(),
            subscription,
        };
        access.credentials().into_iter().map(move |one| {
            let audience = one.audiences.first().map_or("", String::as_str);
            let text = usage::usage(&one.issuer, &one.subject, audience, &signed_in);
            let text = registry.map_or_else(|| text.clone(), |registry| text.replace("REGISTRY", registry));
            let scenario = scenario_name(scenario_of(&one.issuer, &one.subject)).text();
            let title = messages::NEXT_SIGN_IN.with([&scenario, &one.name]).text();
            described_step(title, messages::NEXT_SIGN_IN_TEXT.text().into_owned(), Signal::stored(text))
        })
    });
    pulls.chain(signed).collect::<Vec<_>>().into_any()
}

/// Azure CLI and Docker commands that pull an image on a virtual machine with the identity. `None` for a registry whose name or login
/// server isn't one: both come from a stored draft.
fn pull_commands(identity: &ManagedIdentity, registry: &RegistryAccess) -> Option<String> {
    let (name, server) = (registry.name(), registry.login_server.as_str());
    (is_name(name) && is_host(server)).then(|| {
        [
            "az login --identity --client-id ",
            identity.client_id.as_str(),
            "\naz acr login --name ",
            name,
            "\ndocker pull ",
            server,
            "/REPOSITORY:TAG",
        ]
        .concat()
    })
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_host(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::arm::managed_identity;

    #[test]
    fn commands_name_a_registry_only_if_it_is_one() {
        let id = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/";
        let identity = managed_identity::read(&serde_json::json!({
            "id": "/subscriptions/11111111-2222-3333-4444-555555555555/resourcegroups/rg1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/a",
            "name": "a", "location": "westus",
            "properties": { "tenantId": "11111111-2222-3333-4444-555555555551", "principalId": "11111111-2222-3333-4444-555555555552",
                "clientId": "11111111-2222-3333-4444-555555555553" },
        }))
        .expect("an identity");
        let commands = |name: &str, server: &str| {
            let registry = RegistryAccess { registry: [id, name].concat(), login_server: server.into(), ..RegistryAccess::default() };
            pull_commands(&identity, &registry)
        };
        let expected = "az login --identity --client-id 11111111-2222-3333-4444-555555555553\naz acr login --name reg1\ndocker pull reg1-abc.azurecr.io/REPOSITORY:TAG";
        assert_eq!(commands("reg1", "reg1-abc.azurecr.io").as_deref(), Some(expected));
        for (name, server) in [("reg1", ""), ("reg1", "$(id)"), ("reg1", "-v.io"), ("", "a.io"), ("reg;1", "a.io"), ("reg1", "a.io\nid")] {
            assert_eq!(commands(name, server), None, "{name} {server}");
        }
    }
}
