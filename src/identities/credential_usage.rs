//! What a federated credential's workload needs to sign in.

use leptos::prelude::*;

use super::credential_list::CredentialList;
use crate::arm::federated_credential::FederatedCredential;
use crate::controls::{CodeBlock, CopyButton, Dialog};
use crate::federation::usage;
use crate::messages;

/// What the workload needs to sign in.
pub(super) fn usage_dialog(list: CredentialList, used: RwSignal<Option<FederatedCredential>>) -> AnyView {
    let open = Signal::derive(move || used.with(Option::is_some));
    let content = move || {
        let one = used.get_untracked()?;
        let text = list.identity.with_value(|identity| {
            let subscription = identity.id.subscription()?;
            let cloud = list.cloud_name.get_value();
            let identity =
                usage::Identity { cloud, client_id: identity.client_id.clone(), tenant_id: identity.tenant_id.clone(), subscription };
            Some(usage::usage(&one.issuer, &one.subject, one.audiences.first().map_or("", String::as_str), &identity))
        })?;
        let replaced = text.contains("REGISTRY").then(|| view! { <p>{messages::CREDENTIAL_USAGE_TEXT.text()}</p> });
        Some(view! {
            {replaced}
            <p>{messages::CREDENTIAL_USAGE_IDS.text()}</p>
            <div class="code-with-copy">
                <CodeBlock label=messages::HOW_TO_SIGN_IN.text() text=text.clone()/>
                <CopyButton text=text what=messages::HOW_TO_SIGN_IN.text()/>
            </div>
        })
    };
    let close = Callback::new(move |()| used.set(None));
    view! {
        <Dialog
            id="credential-usage"
            title=messages::HOW_TO_SIGN_IN.text()
            open=open
            on_close=close
            content=content
            dismiss=messages::CLOSE
        />
    }
    .into_any()
}
