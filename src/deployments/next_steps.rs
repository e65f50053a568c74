//! The next steps for a newly created identity: assign it a role, use it.

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;

use super::access_steps::access_steps;
use super::step::described_step;
use super::watch;
use crate::arm::guid::Guid;
use crate::arm::managed_identity::ManagedIdentity;
use crate::arm::resource_id::ResourceId;
use crate::cloud::Cloud;
use crate::controls::Part;
use crate::messages::{self, Message};

/// The placeholder for the principal id until it is known.
const PRINCIPAL: &str = "<principal-id>";

#[component]
pub fn NextSteps(
    /// The identity's id.
    id: ResourceId,
    /// What was chosen under Access, as a draft holds it.
    access: String,
) -> impl IntoView {
    let cloud = expect_context::<Cloud>();
    let principal = RwSignal::new(None::<Guid>);
    let made = RwSignal::new(None::<ManagedIdentity>);
    let identity_id = id.clone();
    if cfg!(target_arch = "wasm32") {
        spawn_local_scoped_with_cancellation(async move {
            if let Ok(Some(identity)) = watch::identity(cloud, identity_id).await {
                principal.set(Some(identity.principal_id.clone()));
                made.set(Some(identity));
            }
        });
    }
    let role = Signal::derive(move || principal.with(|principal| role_command(principal.as_ref())));
    let used = use_command(&id);
    // Whoever has chosen nothing under Access has the role still to assign.
    let has_access = !access.is_empty();
    let assign = (!has_access).then(|| step(messages::NEXT_ROLE, messages::NEXT_ROLE_TEXT, role));
    let access = StoredValue::new(access);
    let with_access = move || {
        made.get().filter(|_| has_access).map(|identity| {
            view! { <Part load=move || access_steps(identity.clone(), access.get_value())/> }
        })
    };
    view! {
        <section class="next-steps">
            <h2>{messages::NEXT_STEPS.text()}</h2>
            {assign}
            {with_access}
            {step(messages::NEXT_USE, messages::NEXT_USE_TEXT, Signal::stored(used))}
        </section>
    }
    .into_any()
}

fn step(title: Message, text: Message, command: Signal<String>) -> AnyView {
    described_step(title.text().into_owned(), text.text().into_owned(), command)
}

/// An Azure CLI command for bash that assigns `AcrPull` to the principal's object id, which needs no directory look-up.
fn role_command(principal: Option<&Guid>) -> String {
    [
        "az role assignment create --role AcrPull \\\n  --assignee-object-id ",
        principal.map_or(PRINCIPAL, Guid::as_str),
        " \\\n  --assignee-principal-type ServicePrincipal \\\n  --scope \"$(az acr show --name <registry> --query id --output tsv)\"",
    ]
    .concat()
}

/// An Azure CLI command for bash that assigns the identity to a web app.
fn use_command(id: &ResourceId) -> String {
    ["az webapp identity assign --name <app> --resource-group <group> \\\n  --identities '", &id.as_str().replace('\'', "'\\''"), "'"]
        .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_name_the_principal_and_quote_the_id() {
        let principal = Guid::parse("11111111-2222-3333-4444-555555555552").expect("an id");
        assert!(role_command(Some(&principal)).contains("--assignee-object-id 11111111-2222-3333-4444-555555555552 \\\n"));
        assert!(role_command(None).contains("--assignee-object-id <principal-id> \\\n"));
        let id = ResourceId::of_identity(&principal, "it's", "uami");
        assert!(use_command(&id).ends_with("/userAssignedIdentities/uami'"), "{}", use_command(&id));
        assert!(use_command(&id).contains("/it'\\''s/"));
    }
}
