//! An identity's role assignments as they were read, and the one that is being typed.

use leptos::prelude::*;
use serde_json::{Value, json};

use super::assignment_reads::{self, Found};
use super::changes::{Changes, NotMade, Outcome, Step, Words};
use super::kept_edit::{ACCESS, Stored};
use crate::access::assign::{self, AssignmentChange, NotAssigned};
use crate::access::check::Permission;
use crate::access::preflight;
use crate::access::role::RegistryRight;
use crate::arm::client::ArmClient;
use crate::arm::error::ArmError;
use crate::arm::guid::Guid;
use crate::arm::json::text;
use crate::arm::resource_group::ResourceGroupName;
use crate::arm::resource_id::ResourceId;
use crate::arm::role_assignment::{PRINCIPAL_NOT_FOUND, ROLE_ASSIGNMENT_OTHER, RoleAssignment};
use crate::browser::element;
use crate::browser::task::TaskScope;
use crate::cloud::queries;
use crate::cloud::subscription_reads::AT_ONCE;
use crate::cloud::{Cloud, Connection};
use crate::messages;

/// The id of the tab's heading, where the focus goes when the editor opens or a change ends.
pub(super) const TITLE: &str = "access-title";
/// The id of the button that opens the editor.
pub(super) const ADD: &str = "add-registry";
pub(super) const ADD_ROLE: &str = "add-role";

const ADDED: Words = Words {
    saved: messages::ROLE_ADDED,
    removed: messages::ROLE_REMOVED,
    meanwhile: messages::ROLE_MEANWHILE,
    unanswered: messages::ROLE_UNANSWERED,
    not_saved: messages::ROLE_NOT_ADDED,
    not_removed: messages::ROLE_NOT_REMOVED,
};
const CHANGED: Words = Words { saved: messages::ROLE_CHANGED, not_saved: messages::ROLE_NOT_CHANGED, ..ADDED };

/// What the editor holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct EditedRole {
    /// The registry's resource id; empty for none.
    pub(super) registry: String,
    pub(super) right: RegistryRight,
    /// As typed.
    pub(super) repositories: String,
    /// Another role, instead of one on a registry.
    pub(super) role: Option<RoleDraft>,
}

/// A role on a subscription or resource group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RoleDraft {
    pub(super) subscription: String,
    /// A resource group's name; empty for the whole subscription.
    pub(super) group: String,
    /// The role definition's GUID; empty for none.
    pub(super) role: String,
}

impl EditedRole {
    /// Where the role will be assigned, if that is chosen.
    pub(super) fn scope(&self) -> Option<ResourceId> {
        match &self.role {
            None => ResourceId::parse(&self.registry),
            Some(role) => role.scope(),
        }
    }
}

impl RoleDraft {
    pub(super) fn scope(&self) -> Option<ResourceId> {
        let subscription = Guid::parse(&self.subscription)?;
        if self.group.is_empty() {
            return Some(ResourceId::of_subscription(&subscription));
        }
        let group = ResourceGroupName::parse(&self.group).ok()?;
        Some(ResourceId::of_group(&subscription, group.as_str()))
    }
}

/// A right in the session storage.
fn right_name(right: RegistryRight) -> &'static str {
    match right {
        RegistryRight::Pull => "pull",
        RegistryRight::Push => "push",
        RegistryRight::Delete => "delete",
    }
}

impl Stored for EditedRole {
    fn json(&self) -> Value {
        let role = self.role.as_ref().map(|role| json!({ "subscription": role.subscription, "group": role.group, "role": role.role }));
        json!({ "registry": self.registry, "right": right_name(self.right), "repositories": self.repositories, "role": role })
    }

    fn of_json(stored: &Value) -> Self {
        let right = RegistryRight::ALL.into_iter().find(|right| right_name(*right) == text(stored, "right"));
        Self {
            registry: text(stored, "registry").to_owned(),
            right: right.unwrap_or_default(),
            repositories: text(stored, "repositories").to_owned(),
            role: stored["role"].is_object().then(|| RoleDraft {
                subscription: text(stored, "role.subscription").to_owned(),
                group: text(stored, "role.group").to_owned(),
                role: text(stored, "role.role").to_owned(),
            }),
        }
    }
}

/// The list as it was read last.
#[derive(Clone)]
pub(super) enum State {
    Reading,
    Read(Found),
    Failed(ArmError),
}

/// What was read where the role in the editor will be assigned.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Place {
    /// No scope is chosen.
    None,
    Reading(ResourceId),
    /// The identity's assignments there and above, `None` if they couldn't be read, and whether the account may assign roles there.
    Read(ResourceId, Option<Vec<RoleAssignment>>, Permission),
}

/// A change with the name that its outcome is told by.
pub(super) struct NamedChange {
    pub(super) name: String,
    pub(super) change: AssignmentChange,
}

/// What the list and the editor share.
#[derive(Clone, Copy)]
pub(super) struct AccessList {
    pub(super) identity: StoredValue<ResourceId>,
    /// The object id of the identity's service principal.
    pub(super) principal: StoredValue<Guid>,
    pub(super) cloud: Cloud,
    pub(super) state: RwSignal<State>,
    pub(super) changes: Changes,
    pub(super) edited: RwSignal<Option<EditedRole>>,
    pub(super) place: RwSignal<Place>,
    /// How many subscriptions are read.
    pub(super) count: StoredValue<usize>,
}

impl AccessList {
    pub(super) fn new(identity: ResourceId, principal: Guid, cloud: Cloud) -> Self {
        Self {
            edited: RwSignal::new(ACCESS.read(&identity)),
            identity: StoredValue::new(identity),
            principal: StoredValue::new(principal),
            cloud,
            state: RwSignal::new(State::Reading),
            changes: Changes::new(cloud),
            place: RwSignal::new(Place::None),
            count: StoredValue::new(AT_ONCE),
        }
    }

    pub(super) fn read(self, scope: &TaskScope) {
        let (client, read) = self.changes.begin_read();
        let (identity, principal, count) = (self.identity.get_value(), self.principal.get_value(), self.count.get_value());
        scope.spawn(async move {
            let found = assignment_reads::read(&client, &identity, &principal, count).await;
            if self.changes.is_latest(read) {
                self.state.set(match found {
                    Ok(found) => State::Read(found),
                    Err(error) => State::Failed(error),
                });
            }
        });
    }

    /// Reads more subscriptions.
    pub(super) fn read_more(self, scope: &TaskScope) {
        self.count.update_value(|count| *count += AT_ONCE);
        self.state.set(State::Reading);
        self.read(scope);
    }

    /// Reads what there is where the role that is being edited will be assigned.
    pub(super) fn look(self, scope: &TaskScope) {
        let id = self.edited.with_untracked(|edited| edited.as_ref().and_then(EditedRole::scope));
        let Some(id) = id else { return self.place.set(Place::None) };
        let reading = Place::Reading(id.clone());
        self.place.set(reading.clone());
        let (client, principal) = (queries::client(self.cloud), self.principal.get_value());
        // A home account id starts with the object id, which is that in this directory unless the account is a guest.
        let account = self.changes.account();
        let account = Guid::parse(account.split('.').next().unwrap_or_default());
        scope.spawn(async move {
            let assignments = preflight::assignments(&client, &id, &principal);
            let (assignments, permission) = futures::join!(assignments, preflight::permission(&client, &id, account.as_ref()));
            if self.place.with_untracked(|place| *place == reading) {
                self.place.set(Place::Read(id, assignments, permission));
            }
        });
    }

    /// Stores what is typed, or forgets it with the editor.
    pub(super) fn keep(self) {
        let account = self.changes.account();
        self.identity.with_value(|identity| self.edited.with_untracked(|edited| ACCESS.keep(identity, edited.as_ref(), &account)));
    }

    pub(super) fn update(self, change: impl FnOnce(&mut EditedRole)) {
        // A field is left, too, when the editor closes: that opens it no more.
        self.edited.update(|edited| {
            if let Some(draft) = edited {
                change(draft);
            }
        });
        self.keep();
    }

    pub(super) fn edit(self, draft: EditedRole) {
        self.changes.outcomes.set(Vec::new());
        self.edited.set(Some(draft));
        self.keep();
        element::next_frame(Box::new(|| element::focus(TITLE)));
    }

    /// Closes the editor without a change.
    pub(super) fn close(self) {
        let is_role = self.edited.with_untracked(|edited| edited.as_ref().is_some_and(|draft| draft.role.is_some()));
        self.edited.set(None);
        self.place.set(Place::None);
        self.changes.outcomes.set(Vec::new());
        self.keep();
        element::next_frame(Box::new(move || element::focus(if is_role { ADD_ROLE } else { ADD })));
    }

    /// Makes a change. `sent`: what was typed for it; the editor closes with it, unless it holds something else by then.
    pub(super) fn change(self, change: NamedChange, sent: Option<EditedRole>, scope: TaskScope) {
        let (identity, state, waiting) = (self.identity.get_value(), self.state, self.changes.waiting);
        let client = self.changes.writer();
        let step: Step = Box::pin(async move {
            let NamedChange { name, change } = change;
            let words = if change.before.is_some() && change.after.is_some() { CHANGED } else { ADDED };
            let wait = move |seconds: Option<u64>| {
                waiting.try_set(seconds.map(|seconds| messages::WAITING_PRINCIPAL.with(seconds)));
            };
            Outcome::new(&words, &name, change.after.is_some(), make(&client, &change, wait).await)
                .advised(ROLE_ASSIGNMENT_OTHER, messages::ROLE_NAME_TAKEN)
                .advised(PRINCIPAL_NOT_FOUND, messages::PRINCIPAL_STILL_MISSING)
                .advised("AuthorizationFailed", messages::ROLE_REFUSED)
                .advised("RoleAssignmentLimitExceeded", messages::ROLE_LIMIT)
        });
        let of_identity = identity.clone();
        let after = move |all: bool| {
            if all {
                ACCESS.close_sent(&of_identity, self.edited, sent.as_ref());
            }
            // The tab may be gone.
            if !state.is_disposed() {
                state.set(State::Reading);
                element::next_frame(Box::new(|| element::focus(TITLE)));
                self.read(&scope);
                self.look(&scope);
            }
        };
        self.changes.run(identity, vec![step], Box::new(after));
    }
}

async fn make(client: &ArmClient<Connection>, change: &AssignmentChange, wait: impl Fn(Option<u64>)) -> Result<(), NotMade> {
    assign::make(client, change, wait).await.map_err(|why| match why {
        // What can't be removed here has no button.
        NotAssigned::Meanwhile | NotAssigned::NotHere => NotMade::Meanwhile,
        NotAssigned::Refused(error) => NotMade::Refused(error),
    })
}
