//! The next steps for a newly created identity: assign it a role, use it.

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;

use super::watch;
use crate::arm::guid::Guid;
use crate::arm::resource_id::ResourceId;
use crate::cloud::Cloud;
use crate::controls::{CodeBlock, CopyButton};
use crate::messages::{self, Message};

/// The placeholder for the principal id until it is known.
const PRINCIPAL: &str = "<principal-id>";

#[component]
pub fn NextSteps(
    /// The identity's id.
    id: ResourceId,
) -> impl IntoView {
    let cloud = expect_context::<Cloud>();
    let principal = RwSignal::new(None::<Guid>);
    let identity_id = id.clone();
    if cfg!(target_arch = "wasm32") {
        spawn_local_scoped_with_cancellation(async move {
            if let Ok(Some(identity)) = watch::identity(cloud, identity_id).await {
                principal.set(Some(identity.principal_id));
            }
        });
    }
    let role = Signal::derive(move || principal.with(|principal| role_command(principal.as_ref())));
    let used = use_command(&id);
    view! {
        <section class="next-steps">
            <h2>{messages::NEXT_STEPS.text()}</h2>
            {step(messages::NEXT_ROLE, messages::NEXT_ROLE_TEXT, role)}
            {step(messages::NEXT_USE, messages::NEXT_USE_TEXT, Signal::stored(used))}
        </section>
    }
    .into_any()
}

fn step(title: Message, text: Message, command: Signal<String>) -> AnyView {
    view! {
        <div class="next-step">
            <h3>{title.text()}</h3>
            <p>{text.text()}</p>
            <div class="code-with-copy">
                <CodeBlock label=title.text() text=command/>
                <CopyButton text=command what=title.text()/>
            </div>
        </div>
    }
    .into_any()
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
