//! An identity's tab **Federated credentials**: the list, and what is done with each.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::credential_calls::{self, Change};
use super::credential_editor::{ADD, TITLE, credential_editor};
use super::credential_usage::usage_dialog;
use super::kept_edit::Kept;
use super::outcome::{Outcome, remove_dialog};
use crate::arm::caller::Caller;
use crate::arm::error::ArmError;
use crate::arm::federated_credential::FederatedCredential;
use crate::arm::managed_identity::ManagedIdentity;
use crate::browser::element;
use crate::browser::task::TaskScope;
use crate::cloud::Cloud;
use crate::controls::{Badge, Button, ButtonKind, DataList, DataRow, Glyph, MessageBar, Skeleton, Tone};
use crate::federation::check::CREDENTIALS_MAX;
use crate::federation::draft::{CredentialDraft, Scenario};
use crate::federation::usage::scenario_of;
use crate::messages::{self, Message};
use crate::portal::failure::Unread;
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

/// The list as it was read last.
#[derive(Clone)]
enum State {
    Reading,
    Read(Vec<FederatedCredential>),
    Failed(ArmError),
}

/// What the editor holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Edited {
    pub(super) draft: CredentialDraft,
    /// The name of the credential that the draft replaces; `None` for a new one.
    pub(super) replaced: Option<String>,
}

/// What the list and the editor share.
#[derive(Clone, Copy)]
pub(super) struct CredentialList {
    cloud: Cloud,
    pub(super) identity: StoredValue<ManagedIdentity>,
    state: RwSignal<State>,
    /// Who read the list: a change is made as nobody else.
    reader: StoredValue<Option<Caller>>,
    outcome: RwSignal<Option<Outcome>>,
    pub(super) edited: RwSignal<Option<Edited>>,
    pub(super) busy: RwSignal<bool>,
}

impl CredentialList {
    /// The credentials that were read last.
    pub(super) fn known(self) -> Vec<FederatedCredential> {
        self.state.with(|state| if let State::Read(known) = state { known.clone() } else { Vec::new() })
    }

    fn read(self, scope: &TaskScope) {
        self.reader.set_value(untrack(|| self.cloud.caller()));
        let identity = self.identity.with_value(|identity| identity.id.clone());
        scope.spawn(async move {
            let found = credential_calls::list(self.cloud, &identity).await;
            self.state.set(match found {
                Ok(found) => State::Read(found),
                Err(error) => State::Failed(error),
            });
        });
    }

    /// Shows a change that was made, until the list is read again.
    fn show(self, change: &Change) {
        self.state.try_update(|state| {
            if let State::Read(known) = state {
                change.apply(known);
            }
        });
    }

    /// Stores what is typed, or forgets it with the editor.
    pub(super) fn keep(self) {
        let account = untrack(|| self.cloud.present()).account;
        self.identity.with_value(|identity| {
            self.edited.with_untracked(|edited| Kept::Credential.keep(&identity.id, edited.as_ref(), &account));
        });
    }

    fn edit(self, edited: Edited) {
        self.outcome.set(None);
        self.edited.set(Some(edited));
        self.keep();
        request_animation_frame(|| element::focus(TITLE));
    }

    /// Closes the editor without a change.
    pub(super) fn close(self) {
        self.edited.set(None);
        self.outcome.set(None);
        self.keep();
        request_animation_frame(|| element::focus(ADD));
    }

    /// Makes the changes one after another, up to the first that fails. They go on if the page is left.
    pub(super) fn change(self, changes: Vec<Change>, scope: TaskScope) {
        self.outcome.set(None);
        self.busy.set(true);
        let identity = self.identity.with_value(|identity| identity.id.clone());
        let caller = self.reader.get_value();
        let cloud = self.cloud;
        leptos::task::spawn_local(async move {
            let mut outcome = None;
            for change in &changes {
                let made = credential_calls::change(cloud, caller.clone(), &identity, change).await;
                if made.is_ok() {
                    self.show(change);
                }
                let name = change.name();
                outcome = Some(match (change, made) {
                    (Change::Put(_), Ok(())) => {
                        Outcome::Made(messages::CREDENTIAL_SAVED.with([name]), Some(messages::CREDENTIAL_USAGE_SOON))
                    }
                    (Change::Delete(_), Ok(())) => Outcome::Made(messages::CREDENTIAL_REMOVED.with([name]), None),
                    (_, Err(error)) if error.is_unanswered() => Outcome::Failed(messages::CREDENTIAL_UNKNOWN.with([name]), error),
                    (Change::Put(_), Err(error)) => Outcome::Failed(messages::CREDENTIAL_NOT_SAVED.with([name]), error),
                    (Change::Delete(_), Err(error)) => Outcome::Failed(messages::CREDENTIAL_NOT_REMOVED.with([name]), error),
                });
                if matches!(outcome, Some(Outcome::Failed(..))) {
                    break;
                }
            }
            // The page may be gone.
            if self.busy.try_set(false).is_some() {
                return;
            }
            if matches!(outcome, Some(Outcome::Made(..))) {
                self.edited.set(None);
                self.keep();
            }
            self.outcome.set(outcome);
            request_animation_frame(|| element::focus(TITLE));
            self.read(&scope);
        });
    }
}

#[component]
fn Credentials(identity: ManagedIdentity) -> impl IntoView {
    let cloud = expect_context::<Cloud>();
    let region = identity.location.as_str().to_owned();
    let edited = RwSignal::new(Kept::Credential.read(&identity.id));
    let id = identity.id.clone();
    let list = CredentialList {
        cloud,
        identity: StoredValue::new(identity),
        state: RwSignal::new(State::Reading),
        reader: StoredValue::new(None),
        outcome: RwSignal::new(None),
        edited,
        busy: RwSignal::new(false),
    };
    let scope = TaskScope::current();
    list.read(&scope);
    let may = RwSignal::new(None::<bool>);
    scope.spawn(async move { may.set(credential_calls::may_change(cloud, &id).await) });
    let again = {
        let scope = scope.clone();
        Callback::new(move |()| {
            list.state.set(State::Reading);
            list.outcome.set(None);
            element::focus(TITLE);
            list.read(&scope);
        })
    };
    let removed = RwSignal::new(None::<FederatedCredential>);
    let editor_scope = scope.clone();
    let remove = Callback::new(move |one: FederatedCredential| list.change(vec![Change::Delete(one.name)], scope.clone()));
    let used = RwSignal::new(None::<FederatedCredential>);
    let lacking = REGIONS_WITHOUT.contains(&region.as_str()).then(|| {
        view! { <MessageBar tone=Tone::Warning><p>{messages::CREDENTIALS_REGION.with([&region]).text()}</p></MessageBar> }
    });
    let refused = move || {
        (may.get() == Some(false))
            .then(|| view! { <MessageBar tone=Tone::Warning><p>{messages::CREDENTIALS_REFUSED.text()}</p></MessageBar> })
    };
    let outcome = move || list.outcome.get().map(Outcome::view);
    let is_editing = Memo::new(move |_| edited.with(Option::is_some));
    let editor = move || {
        let scope = editor_scope.clone();
        is_editing.get().then(|| credential_editor(list, scope))
    };
    let add = Callback::new(move |()| list.edit(Edited::default()));
    let bar = move || {
        (!is_editing.get()).then(|| {
            view! {
                <div class="list-bar">
                    <Button id=ADD kind=ButtonKind::Primary icon=Glyph::Add on_press=add>{messages::ADD_CREDENTIAL.text()}</Button>
                    <Button kind=ButtonKind::Subtle icon=Glyph::Refresh on_press=again>{messages::REFRESH.text()}</Button>
                </div>
            }
        })
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
        </section>
        {lacking}
        {refused}
        {outcome}
        {editor}
        {bar}
        {content}
        {remove_dialog("credential-remove", removed, describe, remove)}
        {usage_dialog(list, used)}
    }
    .into_any()
}

pub(super) fn scenario_name(scenario: Scenario) -> Message {
    match scenario {
        Scenario::GitHub => messages::SCENARIO_GITHUB,
        Scenario::Kubernetes => messages::SCENARIO_KUBERNETES,
        Scenario::GitLab => messages::SCENARIO_GITLAB,
        Scenario::AzureDevOps => messages::SCENARIO_AZURE_DEVOPS,
        Scenario::Terraform => messages::SCENARIO_TERRAFORM,
        Scenario::Google => messages::SCENARIO_GOOGLE,
        Scenario::Other => messages::SCENARIO_OTHER,
    }
}

/// Issuer, subject and audience.
pub(super) fn accepted(issuer: &str, subject: &str, audience: &str) -> AnyView {
    let rows = [(messages::ISSUER, issuer), (messages::SUBJECT, subject), (messages::AUDIENCE_LABEL, audience)];
    let rows = rows.map(|(label, value)| {
        let value = shown(value).into_owned();
        view! { <DataRow label=label.text()><span class="id" dir="ltr">{value}</span></DataRow> }
    });
    let rows = rows.into_iter().collect::<Vec<_>>();
    view! { <DataList>{rows}</DataList> }.into_any()
}

/// What a credential accepts.
fn accepted_by(credential: &FederatedCredential) -> AnyView {
    let pattern = messages::CREDENTIAL_SUBJECT_UNREAD.text();
    let subject = if credential.subject.is_empty() { &*pattern } else { &credential.subject };
    accepted(&credential.issuer, subject, &credential.audiences.join(", "))
}

fn row(
    credential: FederatedCredential,
    list: CredentialList,
    removed: RwSignal<Option<FederatedCredential>>,
    used: RwSignal<Option<FederatedCredential>>,
) -> AnyView {
    let name = credential.name.clone();
    let scenario = scenario_name(scenario_of(&credential.issuer, &credential.subject));
    let data = accepted_by(&credential);
    let one = StoredValue::new(credential);
    let edit = Callback::new(move |()| {
        list.edit(one.with_value(|one| Edited {
            draft: CredentialDraft {
                scenario: Scenario::Other,
                issuer: one.issuer.clone(),
                subject: one.subject.clone(),
                name: one.name.clone(),
                audience: one.audiences.first().cloned().unwrap_or_default(),
                ..CredentialDraft::default()
            },
            replaced: Some(one.name.clone()),
        }));
    });
    let remove = Callback::new(move |()| removed.set(Some(one.get_value())));
    let usage = Callback::new(move |()| used.set(Some(one.get_value())));
    let has_subject = one.with_value(|one| !one.subject.is_empty());
    let edit_button = has_subject.then(|| {
        view! {
            <Button kind=ButtonKind::Subtle icon=Glyph::Edit label=messages::EDIT_NAMED.with([&name]).text() on_press=edit>
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
                <Button kind=ButtonKind::Subtle icon=Glyph::Delete label=messages::REMOVE.with([&name]).text() on_press=remove>
                    {messages::REMOVE_ENTRY.text()}
                </Button>
            </div>
        </li>
    }
    .into_any()
}

/// The question before a credential is removed, with what stops working.
fn describe(credential: &FederatedCredential) -> (String, AnyView) {
    let content = view! {
        <p>{messages::CREDENTIAL_REMOVE_TEXT.text()}</p>
        {accepted_by(credential)}
    };
    (messages::CREDENTIAL_REMOVE_TITLE.with([&credential.name]).text(), content.into_any())
}
