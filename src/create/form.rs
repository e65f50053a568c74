//! The form's state: the draft, what is known about Azure, and which problems the person has seen.
//!
//! Other files read its signals and call its methods, whose names say what happened. Only this file and its child modules set a signal.
//! Derived values are computed, not stored; a field that depends on another is set in that field's handler, in `form/edits.rs`.

pub mod access_form;
mod edits;
mod knowledge;
pub mod lookups;
mod read_only;
mod status;

use leptos::prelude::*;

use self::access_form::AccessSlot;
use self::lookups::Lookups;
use self::read_only::ReadOnly;
use crate::arm::caller::Caller;
use crate::arm::error::ArmError;
use crate::arm::guid::Guid;
use crate::arm::identity_name::IdentityName;
use crate::arm::managed_identity::best_version;
use crate::arm::resource_group::ResourceGroupName;
use crate::arm::resource_id::ResourceId;
use crate::arm::tag_names::UsedTag;
use crate::browser::{address, element};
use crate::provisioning::check::{self, Knowledge};
use crate::provisioning::draft::Draft;
use crate::provisioning::field::description::Property;
use crate::provisioning::field::{Field, Tab};
use crate::provisioning::plan::Plan;
use crate::provisioning::problem::{Problem, Severity, visible};
use crate::provisioning::rules::Rules;

/// Determines which problems are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attention {
    /// Fields the person has left.
    pub left: Vec<Field>,
    /// Whether the review has been opened. Then all problems are shown.
    pub reviewed: bool,
}

/// The state of ARM's validation.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Validation {
    /// Not started.
    #[default]
    Idle,
    /// Not started, because the form has blocking problems.
    Blocked,
    /// In progress.
    Checking,
    /// ARM would accept the request.
    Passed,
    /// ARM would accept the request once the provider is registered, which Create does.
    NeedsRegistration,
    /// The form uses direct requests, which ARM can't validate in advance.
    NotAsked,
    /// ARM accepted the validation request, but its result can't be read.
    Unconfirmed,
    /// ARM would refuse the request, or the validation itself failed.
    Failed(ArmError),
}

#[derive(Clone, Copy)]
pub struct Form {
    /// What was typed. What doesn't need the name reads it with [`Self::with_rest`].
    pub draft: ReadOnly<Draft>,
    /// Counts the changes of the draft, except those of the name alone.
    rest: RwSignal<u32>,
    /// What is known about Azure. What needs only its lists and policies reads them with [`Self::with_offer`].
    pub known: ReadOnly<Knowledge>,
    /// Counts the changes of what is known, except those of the answers about the name and this account's rights alone.
    offer: RwSignal<u32>,
    attention: RwSignal<Attention>,
    /// The open tab.
    pub tab: ReadOnly<Tab>,
    pub code_open: ReadOnly<bool>,
    /// The index of the code panel's language.
    pub code_language: ReadOnly<usize>,
    /// The organisation's rules.
    rules: StoredValue<Rules>,
    pub lookups: Lookups,
    /// Tags in use in the chosen subscription, as suggestions.
    pub used_tags: ReadOnly<Vec<UsedTag>>,
    /// The state of ARM's validation.
    pub validation: ReadOnly<Validation>,
    /// Whether Create was pressed and has not finished yet.
    pub sending: ReadOnly<bool>,
    /// Whether the dialog that confirms the update of an existing identity is open.
    pub asks_to_update: ReadOnly<bool>,
    /// The draft that the dialog is about, and who pressed Create.
    asked_about: StoredValue<Option<(Draft, Caller)>>,
    /// How many seconds ARM asked to wait, while waiting.
    pub waiting: ReadOnly<Option<u64>>,
    /// The text that screen readers announce without moving the focus.
    pub announced: ReadOnly<String>,
    /// Whether the form runs on the simulator.
    pub is_preview: bool,
    /// What the tab Access knows and checks, once its part is loaded.
    access: RwSignal<AccessSlot>,
    /// All problems, shown or not.
    pub problems: Memo<Vec<Problem>>,
    /// The problems to show now.
    pub shown: Memo<Vec<Problem>>,
}

impl Form {
    /// A form that starts with `draft`.
    pub fn new(draft: Draft, rules: Rules, is_preview: bool) -> Self {
        let draft = ReadOnly::new(draft);
        let known = ReadOnly::new(Knowledge::default());
        let attention = RwSignal::new(Attention::default());
        let rules = StoredValue::new(rules);
        let (rest, access) = (RwSignal::new(0), RwSignal::new(AccessSlot::current()));
        let chosen = Memo::new(move |_| {
            rest.track();
            draft.with_untracked(|draft| draft.access.clone())
        });
        let of_access = Memo::new(move |_| if chosen.with(String::is_empty) { Vec::new() } else { access.with(AccessSlot::problems) });
        let problems = Memo::new(move |_| {
            let mut found = draft.with(|draft| problems(draft, rules, known));
            of_access.with(|of_access| {
                let at = found.partition_point(|problem| problem.field < Field::Registry(0));
                found.splice(at..at, of_access.iter().cloned());
            });
            found
        });
        let shown = Memo::new(move |_| {
            let (attention, problems, draft) = (attention.read(), problems.read(), draft.read());
            visible(&problems, &draft, &attention.left, attention.reviewed).into_iter().cloned().collect()
        });
        Self {
            draft,
            rest,
            known,
            offer: RwSignal::new(0),
            attention,
            tab: ReadOnly::new(Tab::Basics),
            code_open: ReadOnly::new(false),
            code_language: ReadOnly::new(0),
            rules,
            lookups: Lookups::new(),
            used_tags: ReadOnly::new(Vec::new()),
            validation: ReadOnly::new(Validation::Idle),
            sending: ReadOnly::new(false),
            asks_to_update: ReadOnly::new(false),
            asked_about: StoredValue::new(None),
            waiting: ReadOnly::new(None),
            announced: ReadOnly::new(String::new()),
            is_preview,
            access,
            problems,
            shown,
        }
    }

    /// A text field of the draft other than the name, as a signal that changes only when this field does.
    pub fn text(self, read: fn(&Draft) -> &String) -> Signal<String> {
        Memo::new(move |_| self.with_rest(|draft| read(draft).clone())).into()
    }

    /// Reads the draft, but tracks nothing of its name: a key in Name doesn't wake the caller.
    pub fn with_rest<T>(self, read: impl FnOnce(&Draft) -> T) -> T {
        self.rest.track();
        self.draft.with_untracked(read)
    }

    /// Reads what is known, but tracks only the lists, the API versions and the policies.
    pub fn with_offer<T>(self, read: impl FnOnce(&Knowledge) -> T) -> T {
        self.offer.track();
        self.known.with_untracked(read)
    }

    /// Reads the organisation's rules.
    pub fn with_rules<T>(self, read: impl FnOnce(&Rules) -> T) -> T {
        self.rules.with_value(read)
    }

    /// The problems that `draft` would have in this form.
    pub fn check(self, draft: &Draft) -> Vec<Problem> {
        problems(draft, self.rules, self.known)
    }

    /// The plan for the draft, or `None` while a problem blocks it. Tracked.
    pub fn planned(self) -> Option<Plan> {
        let request = || self.draft.with(|draft| self.known.with(|known| check::request(draft, known)));
        self.is_valid().then(request).flatten().map(Plan::new)
    }

    /// Like [`Self::planned`], but untracked.
    pub fn plan(self) -> Option<Plan> {
        untrack(|| self.planned())
    }

    /// Whether Create can be pressed: not before Azure's answer, not while signed out, and not after a refusal until the draft changes.
    pub fn may_create(self) -> bool {
        let allowed = self.validation.with(|validation| match validation {
            Validation::Idle | Validation::Blocked | Validation::Checking => false,
            Validation::Failed(error) => !refuses(error) && !error.needs_sign_in(),
            Validation::Passed | Validation::NeedsRegistration | Validation::NotAsked | Validation::Unconfirmed => true,
        });
        self.is_valid() && allowed && !self.sending.get()
    }

    /// Whether the chosen subscription offers the property, or the draft already has a value for it.
    pub fn offers(self, property: &Property) -> bool {
        // The version that the request would use: a later version need not have the property.
        let is_offered = self.with_offer(|known| known.api_versions.iter().flatten().any(|offered| offered == property.api_version));
        is_offered || self.with_rest(|draft| draft.has_content(property.field))
    }

    /// The API version that returns the most properties of an identity in the chosen subscription.
    pub fn identity_version(self) -> &'static str {
        self.with_offer(|known| best_version(known.api_versions.as_deref().unwrap_or_default()))
    }

    /// The id that the identity will have, once its place and name are valid. Tracked.
    pub fn identity_id(self) -> Option<ResourceId> {
        self.draft.with(|draft| {
            let subscription = Guid::parse(&draft.subscription)?;
            let (group, name) = (ResourceGroupName::parse(&draft.resource_group).ok()?, IdentityName::parse(&draft.name).ok()?);
            Some(ResourceId::of_identity(&subscription, group.as_str(), name.as_str()))
        })
    }

    /// Whether the new group gets the identity's tags.
    pub fn tags_group(self) -> bool {
        self.draft.with(|draft| self.known.with(|known| draft.tags_group(known)))
    }

    /// Opens the field's tab and focuses the field.
    pub fn show(self, field: Field) {
        self.open(field.tab());
        element::focus_from(field.tab().panel(), field.control());
    }

    /// Whether `tab` shows a blocking problem.
    pub fn is_marked(self, tab: Tab) -> bool {
        self.shown.with(|shown| shown.iter().any(|problem| problem.severity == Severity::Blocks && problem.field.tab() == tab))
    }

    /// Whether there is no blocking problem.
    pub fn is_valid(self) -> bool {
        self.problems.with(|problems| problems.iter().all(|problem| problem.severity != Severity::Blocks))
    }

    /// Opens a tab, and adds a history entry.
    pub fn open(self, tab: Tab) {
        if self.tab.get_untracked() != tab {
            address::push_step(tab.word());
            self.turn_to(tab);
        }
    }

    /// Opens a tab and focuses its panel, since the pressed button may disappear with the previous tab.
    pub fn step(self, tab: Tab) {
        self.open(tab);
        begin_reading(tab);
    }

    /// The person went back or forward to a history entry with `tab` open.
    pub fn come_back(self, tab: Tab) {
        if self.tab.get_untracked() != tab {
            self.turn_to(tab);
            begin_reading(tab);
        }
    }

    /// Shows a tab. Opening the review shows every problem, and restarts the validation.
    pub fn turn_to(self, tab: Tab) {
        if tab == Tab::Review {
            self.validation.0.set(Validation::Idle);
            self.attention.update(|attention| attention.reviewed = true);
        }
        self.tab.0.set(tab);
    }
}

fn problems(draft: &Draft, rules: StoredValue<Rules>, known: ReadOnly<Knowledge>) -> Vec<Problem> {
    rules.with_value(|rules| known.with(|known| check::check(draft, rules, known)))
}

/// Whether ARM refused the request, rather than failed temporarily.
fn refuses(error: &ArmError) -> bool {
    matches!(error, ArmError::Refused(refusal) if !matches!(refusal.status, 408 | 429 | 500..))
}

/// Focuses a tab's panel and scrolls to its start: focusing a panel taller than the window would show its end.
fn begin_reading(tab: Tab) {
    element::next_frame(Box::new(move || {
        element::focus(tab.panel());
        element::reveal("create-tab-0");
    }));
}
