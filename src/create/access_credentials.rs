//! The trusted workloads of the Access tab.

use std::collections::HashSet;

use leptos::prelude::*;

use super::form::Form;
use super::form::access_form::AccessForm;
use crate::access::draft::AccessDraft;
use crate::arm::federated_credential::FederatedCredential;
use crate::browser::element;
use crate::controls::{Button, ButtonKind, Glyph};
use crate::federation::check::{self, CREDENTIALS_MAX, Known};
use crate::federation::draft::{CredentialDraft, audience_in};
use crate::messages;
use crate::portal::credential_inputs::{Change, CredentialInputs, credential_inputs};
use crate::provisioning::field;
use crate::settings::Settings;

/// The id of the button that adds a credential.
const ADD: &str = "add-credential";

#[component]
pub fn Credentials(form: Form, access: AccessForm) -> impl IntoView {
    let cloud = use_context::<StoredValue<Settings>>().map(|settings| settings.with_value(|settings| settings.cloud.name.clone()));
    let audience = audience_in(&cloud.unwrap_or_default());
    let count = Memo::new(move |_| access.draft.with(|draft| draft.credentials.len()));
    let add = Callback::new(move |()| {
        let row = count.get_untracked();
        form.write_access(|draft| {
            audience.clone_into(&mut draft.audience);
            draft.credentials.push(CredentialDraft::default());
        });
        element::next_frame(Box::new(move || element::focus(&field::Field::Credential(row).control())));
    });
    let is_full = Signal::derive(move || count.get() >= CREDENTIALS_MAX);
    view! {
        <section class="form-section" aria-labelledby="workloads">
            <h2 id="workloads">{messages::WORKLOADS_TITLE.text()}</h2>
            <p>{messages::WORKLOADS_TEXT.text()}</p>
            <For each=move || 0..count.get() key=|row| *row let:row>
                <CredentialCard form=form access=access row=row audience=audience/>
            </For>
            <Button id=ADD icon=Glyph::Add disabled=is_full on_press=add>{messages::ADD_CREDENTIAL.text()}</Button>
        </section>
    }
    .into_any()
}

/// Calls `then` with the draft of a row and what is asked for before it.
fn with_row<R>(access: &AccessDraft, row: usize, audience: &str, then: impl FnOnce(&CredentialDraft, Known<'_>) -> R) -> Option<R> {
    let mut before: Vec<FederatedCredential> = Vec::new();
    for draft in access.credentials.iter().take(row) {
        let missing = check::missing(draft, Known { credentials: &before, replaced: None, audience });
        before.extend(missing);
    }
    Some(then(access.credentials.get(row)?, Known { credentials: &before, replaced: None, audience }))
}

#[component]
fn CredentialCard(form: Form, access: AccessForm, row: usize, audience: &'static str) -> impl IntoView {
    let number = (row + 1).to_string();
    let field = field::Field::Credential(row);
    let draft = Memo::new(move |_| access.draft.with(|draft| draft.credentials.get(row).cloned().unwrap_or_default()));
    let problems = Memo::new(move |_| access.draft.with(|draft| with_row(draft, row, audience, check::check).unwrap_or_default()));
    let wanted = Memo::new(move |_| access.draft.with(|draft| with_row(draft, row, audience, check::missing).unwrap_or_default()));
    let inputs = CredentialInputs {
        ids: StoredValue::new(field.control()),
        draft: draft.into(),
        problems: problems.into(),
        wanted: wanted.into(),
        audience,
        is_new: Signal::stored(true),
        left: RwSignal::new(HashSet::new()),
        // Once the review was opened, all problems are shown.
        pressed: Signal::derive(move || form.shown.with(|shown| shown.iter().any(|problem| problem.field == field))),
        on_change: Callback::new(move |change: Change| {
            form.write_access(|access| {
                if let Some(draft) = access.credentials.get_mut(row) {
                    change(draft);
                }
            });
        }),
    };
    let remove = Callback::new(move |()| {
        form.remove_access(|draft| {
            if row < draft.credentials.len() {
                draft.credentials.remove(row);
            }
        });
        element::next_frame(Box::new(|| element::focus(ADD)));
    });
    let (label, title) = (messages::CREDENTIAL_ROW.with([&number]).text(), messages::CREDENTIAL_ROW.with([&number]).text());
    view! {
        <div id=field.control() class="credential-editor" role="group" tabindex="-1" aria-label=label>
            <h3>{title}</h3>
            {credential_inputs(inputs)}
            <div class="actions">
                <Button kind=ButtonKind::Subtle icon=Glyph::Delete label=messages::REMOVE_CREDENTIAL_ROW.with([&number]).text() on_press=remove>
                    {messages::REMOVE_ENTRY.text()}
                </Button>
            </div>
        </div>
    }
    .into_any()
}
