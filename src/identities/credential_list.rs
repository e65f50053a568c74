//! An identity's federated credentials as they were read, and the one that is being typed.

use leptos::prelude::*;
use serde_json::{Value, json};

use super::changes::{Changes, Outcome, Step, Words};
use super::credential_calls::{self, Change};
use super::kept_edit::{CREDENTIAL, Stored};
use crate::arm::error::ArmError;
use crate::arm::federated_credential::{self, FederatedCredential};
use crate::arm::managed_identity::ManagedIdentity;
use crate::browser::element;
use crate::browser::task::TaskScope;
use crate::federation::draft::CredentialDraft;
use crate::messages;

/// The id of the tab's heading, where the focus goes when the editor opens or a change ends.
pub(super) const TITLE: &str = "credentials-title";
/// The id of the button that opens the editor.
pub(super) const ADD: &str = "add-credential";

const WORDS: Words = Words {
    saved: messages::CREDENTIAL_SAVED,
    removed: messages::CREDENTIAL_REMOVED,
    meanwhile: messages::CREDENTIAL_MEANWHILE,
    unanswered: messages::CREDENTIAL_UNKNOWN,
    not_saved: messages::CREDENTIAL_NOT_SAVED,
    not_removed: messages::CREDENTIAL_NOT_REMOVED,
};

/// What the editor holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Edited {
    pub(super) draft: CredentialDraft,
    /// The credential that the draft replaces; `None` for a new one.
    pub(super) replaced: Option<FederatedCredential>,
}

impl Stored for Edited {
    fn json(&self) -> Value {
        json!({ "draft": self.draft.json(), "replaced": self.replaced.as_ref().map(FederatedCredential::json) })
    }

    fn of_json(stored: &Value) -> Self {
        Self { draft: CredentialDraft::of_json(&stored["draft"]), replaced: federated_credential::read(&stored["replaced"]) }
    }
}

/// The list as it was read last.
#[derive(Clone)]
pub(super) enum State {
    Reading,
    Read(Vec<FederatedCredential>),
    Failed(ArmError),
}

/// What the list and the editor share.
#[derive(Clone, Copy)]
pub(super) struct CredentialList {
    pub(super) identity: StoredValue<ManagedIdentity>,
    /// The cloud's name in `config.json`.
    pub(super) cloud_name: StoredValue<String>,
    pub(super) state: RwSignal<State>,
    pub(super) changes: Changes,
    pub(super) edited: RwSignal<Option<Edited>>,
}

impl CredentialList {
    /// The credentials that were read last; `None` until they are read.
    pub(super) fn known(self) -> Option<Vec<FederatedCredential>> {
        self.state.with(|state| if let State::Read(known) = state { Some(known.clone()) } else { None })
    }

    pub(super) fn read(self, scope: &TaskScope) {
        let (client, read) = self.changes.begin_read();
        let identity = self.identity.with_value(|identity| identity.id.clone());
        scope.spawn(async move {
            let found = client.federated_credentials(&identity).all(&client).await;
            if self.changes.is_latest(read) {
                self.state.set(match found {
                    Ok(found) => State::Read(found),
                    Err(error) => State::Failed(error),
                });
            }
        });
    }

    /// Stores what is typed, or forgets it with the editor.
    pub(super) fn keep(self) {
        let account = self.changes.account();
        self.identity.with_value(|identity| {
            self.edited.with_untracked(|edited| CREDENTIAL.keep(&identity.id, edited.as_ref(), &account));
        });
    }

    pub(super) fn edit(self, edited: Edited) {
        self.changes.outcomes.set(Vec::new());
        self.edited.set(Some(edited));
        self.keep();
        element::next_frame(Box::new(|| element::focus(TITLE)));
    }

    /// Closes the editor without a change.
    pub(super) fn close(self) {
        self.edited.set(None);
        self.changes.outcomes.set(Vec::new());
        self.keep();
        element::next_frame(Box::new(|| element::focus(ADD)));
    }

    /// Makes changes one after another. `sent`: what was typed for them; the editor closes with it, unless it holds something else by then.
    pub(super) fn change(self, changes: Vec<Change>, sent: Option<Edited>, scope: TaskScope) {
        let identity = self.identity.with_value(|identity| identity.id.clone());
        let state = self.state;
        let steps = changes.into_iter().map(|change| {
            let (client, identity) = (self.changes.writer(), identity.clone());
            Box::pin(async move {
                let made = credential_calls::make(&client, &identity, &change).await;
                if made.is_ok() {
                    state.try_update(|state| show(state, &change));
                }
                Outcome::new(&WORDS, &change.name, change.after.is_some(), made)
            }) as Step
        });
        let (steps, of_identity) = (steps.collect(), identity.clone());
        let after = move |all: bool| {
            if all {
                CREDENTIAL.close_sent(&of_identity, self.edited, sent.as_ref());
            }
            // The tab may be gone.
            if !state.is_disposed() {
                element::next_frame(Box::new(|| element::focus(TITLE)));
                self.read(&scope);
            }
        };
        self.changes.run(identity, steps, Box::new(after));
    }
}

/// Shows a change that was made, until the list is read again.
fn show(state: &mut State, change: &Change) {
    if let State::Read(known) = state {
        let at = known.iter().position(|one| one.name.eq_ignore_ascii_case(&change.name));
        match (&change.after, at) {
            (Some(credential), Some(at)) => known[at] = credential.clone(),
            (Some(credential), None) => known.push(credential.clone()),
            (None, Some(at)) => drop(known.remove(at)),
            (None, None) => {}
        }
    }
}
