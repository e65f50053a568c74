//! The dialogs of a federated credential: removing it, and what its workload needs to sign in.

use leptos::prelude::*;

use super::credential_calls::Change;
use super::credentials::{CredentialList, accepted_by};
use crate::arm::federated_credential::FederatedCredential;
use crate::browser::task::TaskScope;
use crate::controls::{Button, ButtonKind, CodeBlock, CopyButton, Dialog};
use crate::federation::usage;
use crate::messages;

/// Says what stops working before a credential is removed.
pub(super) fn remove_dialog(list: CredentialList, removed: RwSignal<Option<FederatedCredential>>, scope: TaskScope) -> AnyView {
    let open = Signal::derive(move || removed.with(Option::is_some));
    let title = move || removed.with_untracked(|one| one.as_ref().map(|one| messages::CREDENTIAL_REMOVE_TITLE.with([&one.name]).text()));
    let content = move || {
        removed.get_untracked().map(|one| {
            view! {
                <p>{messages::CREDENTIAL_REMOVE_TEXT.text()}</p>
                {accepted_by(&one)}
            }
        })
    };
    let remove = Callback::new(move |()| {
        if let Some(one) = removed.get_untracked() {
            removed.set(None);
            list.change(vec![Change::Delete(one.name)], scope.clone());
        }
    });
    let actions = move || view! { <Button kind=ButtonKind::Danger on_press=remove>{messages::REMOVE_CREDENTIAL.text()}</Button> };
    let dialog = move || {
        open.get().then(|| {
            view! {
                <Dialog
                    id="credential-remove"
                    title=title().unwrap_or_default()
                    open=open
                    on_close=Callback::new(move |()| removed.set(None))
                    content=content
                    actions=actions
                    dismiss=messages::CANCEL
                />
            }
        })
    };
    dialog.into_any()
}

/// What the workload needs to sign in.
pub(super) fn usage_dialog(list: CredentialList, used: RwSignal<Option<FederatedCredential>>) -> AnyView {
    let open = Signal::derive(move || used.with(Option::is_some));
    let content = move || {
        let one = used.get_untracked()?;
        let text = list.identity.with_value(|identity| {
            let subscription = identity.id.subscription()?;
            let identity = usage::Identity { client_id: identity.client_id.clone(), tenant_id: identity.tenant_id.clone(), subscription };
            Some(usage::usage(&one.issuer, &one.subject, one.audiences.first().map_or("", String::as_str), &identity))
        })?;
        Some(view! {
            <p>{messages::CREDENTIAL_USAGE_TEXT.text()}</p>
            <div class="code-with-copy">
                <CodeBlock label=messages::HOW_TO_SIGN_IN.text() text=text.clone()/>
                <CopyButton text=text what=messages::HOW_TO_SIGN_IN.text()/>
            </div>
        })
    };
    let dialog = move || {
        open.get().then(|| {
            view! {
                <Dialog
                    id="credential-usage"
                    title=messages::HOW_TO_SIGN_IN.text()
                    open=open
                    on_close=Callback::new(move |()| used.set(None))
                    content=content
                    dismiss=messages::CLOSE
                />
            }
        })
    };
    dialog.into_any()
}
