//! An identity's tab **Federated credentials**: the list, and what is done with each.

use leptos::prelude::*;

use super::changes::{self, Changes, Outcome, remove_dialog};
use super::credential_calls::Change;
use super::credential_editor::credential_editor;
use super::credential_list::{ADD, CredentialList, Edited, State, TITLE};
use super::credential_usage::usage_dialog;
use super::kept_edit::CREDENTIAL;
use crate::arm::federated_credential::{CREDENTIAL_DELETE, CREDENTIAL_WRITE, FederatedCredential};
use crate::arm::managed_identity::ManagedIdentity;
use crate::browser::element;
use crate::browser::task::TaskScope;
use crate::cloud::{Cloud, queries};
use crate::controls::{Badge, Button, ButtonKind, Glyph, MessageBar, Skeleton, Tone};
use crate::federation::check::CREDENTIALS_MAX;
use crate::federation::draft::{CredentialDraft, Input, Scenario};
use crate::federation::usage::scenario_of;
use crate::messages;
use crate::portal::credential_inputs::accepted;
use crate::portal::failure::Unread;
use crate::portal::scenario_name::scenario_name;
use crate::settings::Settings;
use crate::visible::shown;

/// Regions that refuse credentials (Microsoft Entra docs, "Important considerations and restrictions for federated identity
/// credentials").
const REGIONS_WITHOUT: [&str; 2] = ["malaysiasouth", "newzealandnorth"];

crate::part! {
    in manage:
    pub(super) fn credentials(identity: ManagedIdentity) -> AnyView {
        view! { <Credentials identity=identity/> }.into_any()
    }
}

#[component]
fn Credentials(identity: ManagedIdentity) -> impl IntoView {
    let cloud = expect_context::<Cloud>();
    let region = identity.location.as_str().to_owned();
    let edited = RwSignal::new(CREDENTIAL.read(&identity.id));
    let id = identity.id.clone();
    let cloud_name = use_context::<StoredValue<Settings>>().map(|settings| settings.with_value(|settings| settings.cloud.name.clone()));
    let changes = Changes::new(cloud);
    let list = CredentialList {
        identity: StoredValue::new(identity),
        cloud_name: StoredValue::new(cloud_name.unwrap_or_default()),
        state: RwSignal::new(State::Reading),
        changes,
        edited,
    };
    let scope = TaskScope::current();
    list.read(&scope);
    let may = RwSignal::new(None::<bool>);
    scope.spawn(async move { may.set(changes::may(&queries::client(cloud), &id, &[CREDENTIAL_WRITE, CREDENTIAL_DELETE]).await) });
    let again = {
        let scope = scope.clone();
        Callback::new(move |()| {
            list.state.set(State::Reading);
            changes.outcomes.set(Vec::new());
            element::focus(TITLE);
            list.read(&scope);
        })
    };
    let removed = RwSignal::new(None::<FederatedCredential>);
    let editor_scope = scope.clone();
    let remove = Callback::new(move |one: FederatedCredential| {
        let name = one.name.clone();
        list.change(vec![Change { name, before: Some(one), after: None }], None, scope.clone());
    });
    let used = RwSignal::new(None::<FederatedCredential>);
    let lacking = REGIONS_WITHOUT.contains(&region.as_str()).then(|| {
        view! { <MessageBar tone=Tone::Warning><p>{messages::CREDENTIALS_REGION.with([&region]).text()}</p></MessageBar> }
    });
    let refused = move || {
        (may.get() == Some(false))
            .then(|| view! { <MessageBar tone=Tone::Warning><p>{messages::CREDENTIALS_REFUSED.text()}</p></MessageBar> })
    };
    let saved = move || {
        let is_saved = changes.outcomes.with(|outcomes| outcomes.iter().any(Outcome::is_made));
        is_saved.then(|| view! { <p class="quiet">{messages::CREDENTIAL_USAGE_SOON.text()}</p> })
    };
    let is_editing = Memo::new(move |_| edited.with(Option::is_some));
    let editor = move || {
        let scope = editor_scope.clone();
        is_editing.get().then(|| credential_editor(list, scope))
    };
    let add = Callback::new(move |()| list.edit(Edited::default()));
    let add_button = move || {
        (!is_editing.get()).then(|| {
            view! { <Button id=ADD kind=ButtonKind::Primary icon=Glyph::Add disabled=changes.busy on_press=add>{messages::ADD_CREDENTIAL.text()}</Button> }
        })
    };
    let bar = view! {
        <div class="list-bar">
            {add_button}
            <Button kind=ButtonKind::Subtle icon=Glyph::Refresh disabled=changes.busy on_press=again>{messages::REFRESH.text()}</Button>
        </div>
    };
    let content = move || match list.state.get() {
        State::Reading => view! { <Skeleton lines=4/> }.into_any(),
        State::Failed(error) => view! { <Unread error=error sign_in=messages::SIGN_IN_FOR_THIS on_again=again/> }.into_any(),
        State::Read(found) if found.is_empty() => view! {
            <div class="empty">
                <p><strong>{messages::CREDENTIALS_NONE.text()}</strong></p>
                <p class="quiet">{messages::CREDENTIALS_NONE_TEXT.text()}</p>
            </div>
        }
        .into_any(),
        State::Read(found) => {
            let count = messages::CREDENTIALS_COUNT.with([&found.len().to_string(), &CREDENTIALS_MAX.to_string()]).text();
            let rows: Vec<_> = found.into_iter().map(|one| row(one, list, removed, used)).collect();
            view! { <p class="quiet list-count">{count}</p><ul class="credentials">{rows}</ul> }.into_any()
        }
    };
    view! {
        <section class="overview-part">
            <h2 id=TITLE tabindex="-1">{messages::CREDENTIALS_TITLE.text()}</h2>
            <p class="quiet">{messages::CREDENTIALS_TEXT.text()}</p>
            {changes.view()}
            {saved}
        </section>
        {lacking}
        {refused}
        {editor}
        {bar}
        {content}
        {remove_dialog("credential-remove", messages::CREDENTIAL_REMOVE_TITLE, removed, describe, remove)}
        {usage_dialog(list, used)}
    }
    .into_any()
}

fn row(
    credential: FederatedCredential,
    list: CredentialList,
    removed: RwSignal<Option<FederatedCredential>>,
    used: RwSignal<Option<FederatedCredential>>,
) -> AnyView {
    let name = credential.name.clone();
    let scenario = scenario_name(scenario_of(&credential.issuer, &credential.subject));
    let data = accepted(&credential);
    let one = StoredValue::new(credential);
    let edit = Callback::new(move |()| {
        let replaced = one.get_value();
        let mut draft = CredentialDraft { scenario: Scenario::Other, ..CredentialDraft::default() };
        for (input, value) in [(Input::Issuer, &replaced.issuer), (Input::Name, &replaced.name)] {
            draft.set(input, value.clone());
        }
        draft.subject.clone_from(&replaced.subject);
        draft.audience = replaced.audiences.first().cloned().unwrap_or_default();
        list.edit(Edited { draft, replaced: Some(replaced) });
    });
    // What is being typed isn't replaced, and a change under way isn't overtaken.
    let is_busy = list.changes.busy;
    let cannot_edit = Signal::derive(move || is_busy.get() || list.edited.with(Option::is_some));
    let remove = Callback::new(move |()| removed.set(Some(one.get_value())));
    let usage = Callback::new(move |()| used.set(Some(one.get_value())));
    let has_subject = one.with_value(|one| !one.subject.is_empty());
    let edit_button = has_subject.then(|| {
        view! {
            <Button kind=ButtonKind::Subtle icon=Glyph::Edit disabled=cannot_edit label=messages::EDIT_NAMED.with([&name]).text() on_press=edit>
                {messages::EDIT.text()}
            </Button>
        }
    });
    view! {
        <li class="credential">
            <div class="credential-head">
                <h3>{shown(&name).into_owned()}</h3>
                <Badge tone=Tone::Info>{scenario.text()}</Badge>
            </div>
            {data}
            <div class="actions">
                <Button kind=ButtonKind::Subtle icon=Glyph::Code label=messages::HOW_TO_SIGN_IN_NAMED.with([&name]).text() on_press=usage>
                    {messages::HOW_TO_SIGN_IN.text()}
                </Button>
                {edit_button}
                <Button kind=ButtonKind::Subtle icon=Glyph::Delete disabled=is_busy label=messages::REMOVE.with([&name]).text() on_press=remove>
                    {messages::REMOVE_ENTRY.text()}
                </Button>
            </div>
        </li>
    }
    .into_any()
}

/// What stops working when a credential is removed.
fn describe(credential: &FederatedCredential) -> AnyView {
    let name = shown(&credential.name).into_owned();
    view! {
        <p><strong>{name}</strong></p>
        <p>{messages::CREDENTIAL_REMOVE_TEXT.text()}</p>
        {accepted(credential)}
    }
    .into_any()
}
