//! The form for one federated credential of the identity.

use std::collections::HashSet;

use leptos::prelude::*;

use super::credential_calls::Change;
use super::credential_list::{CredentialList, Edited};
use crate::arm::federated_credential::FederatedCredential;
use crate::browser::element;
use crate::browser::task::TaskScope;
use crate::controls::{Button, ButtonKind};
use crate::federation::check::{self, Known};
use crate::federation::draft::audience_in;
use crate::messages;
use crate::portal::credential_inputs::{self, CredentialInputs, credential_inputs};
use crate::severity::Severity;
use crate::visible::shown;

fn with_known<R>(list: CredentialList, replaced: Option<FederatedCredential>, then: impl FnOnce(Known<'_>) -> R) -> R {
    let (credentials, audience) = (list.known().unwrap_or_default(), list.cloud_name.with_value(|cloud| audience_in(cloud)));
    then(Known { credentials: &credentials, replaced: replaced.as_ref().map(|one| one.name.as_str()), audience })
}

pub(super) fn credential_editor(list: CredentialList, scope: TaskScope) -> AnyView {
    let draft = Memo::new(move |_| list.edited.get().unwrap_or_default().draft);
    let replaced = Memo::new(move |_| list.edited.get().and_then(|edited| edited.replaced));
    let problems = Memo::new(move |_| with_known(list, replaced.get(), |known| draft.with(|draft| check::check(draft, known))));
    let wanted = Memo::new(move |_| with_known(list, replaced.get(), |known| draft.with(|draft| check::missing(draft, known))));
    let pressed = RwSignal::new(false);
    let inputs = CredentialInputs {
        ids: StoredValue::new("credential".to_owned()),
        draft: draft.into(),
        problems: problems.into(),
        wanted: wanted.into(),
        audience: list.cloud_name.with_value(|cloud| audience_in(cloud)),
        is_new: Signal::derive(move || replaced.with(Option::is_none)),
        left: RwSignal::new(HashSet::new()),
        pressed: pressed.into(),
        on_change: Callback::new(move |change: credential_inputs::Change| {
            // A field is left, too, when the editor closes: that opens it no more.
            list.edited.update(|edited| {
                if let Some(Edited { draft, .. }) = edited {
                    change(draft);
                }
            });
            list.keep();
        }),
    };
    let save = Callback::new(move |()| {
        pressed.set(true);
        let blocking = problems
            .with_untracked(|problems| problems.iter().find(|problem| problem.severity == Severity::Blocks).map(|problem| problem.input));
        if let Some(input) = blocking {
            return element::focus(&inputs.control(input));
        }
        let (sent, before) = (list.edited.get_untracked(), replaced.get_untracked());
        let changes = wanted.get_untracked().into_iter();
        let changes = changes.map(|after| Change { name: after.name.clone(), before: before.clone(), after: Some(after) });
        list.change(changes.collect(), sent, scope.clone());
    });
    // What is taken already is known once the list is read.
    let not_ready = Signal::derive(move || list.known().is_none());
    let title = move || if replaced.with(Option::is_none) { messages::ADD_CREDENTIAL } else { messages::CREDENTIAL_EDIT }.text();
    let kept_name = move || replaced.get().map(|one| view! { <p class="id">{shown(&one.name).into_owned()}</p> });
    let cancel = Callback::new(move |()| list.close());
    view! {
        <section class="credential-editor" aria-labelledby="credential-editor-title">
            <h3 id="credential-editor-title">{title}</h3>
            {kept_name}
            {credential_inputs(inputs)}
            <div class="actions">
                <Button kind=ButtonKind::Primary busy=list.changes.busy disabled=not_ready on_press=save>{messages::SAVE.text()}</Button>
                <Button on_press=cancel disabled=list.changes.busy>{messages::CANCEL.text()}</Button>
            </div>
        </section>
    }
    .into_any()
}
