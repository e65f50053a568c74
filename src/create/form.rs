//! The form's state while it is on the page: the draft, what is known of the cloud, and what the person has seen of it.
//!
//! Other files read its signals and call its methods, which say what happened; only this file and those below it set a signal.
//! What can be derived is derived; a field that depends on another is set in the handler of that other one, in `form/edits.rs`.

mod edits;
mod knowledge;
pub mod lookups;
mod read_only;
mod status;

use leptos::prelude::*;

use self::lookups::Lookups;
use self::read_only::ReadOnly;
use crate::arm::caller::Caller;
use crate::arm::error::ArmError;
use crate::arm::managed_identity::best_version;
use crate::arm::tag_names::UsedTag;
use crate::browser::{address, element};
use crate::provisioning::check::{self, Knowledge};
use crate::provisioning::draft::Draft;
use crate::provisioning::field::description::Property;
use crate::provisioning::field::{Field, Tab};
use crate::provisioning::plan::Plan;
use crate::provisioning::problem::{Problem, Severity, visible};
use crate::provisioning::rules::Rules;

/// Which problems are shown already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attention {
    /// Fields the person has left.
    pub left: Vec<Field>,
    /// Whether the review was asked for: then everything is shown.
    pub reviewed: bool,
}

/// How ARM's own validation stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Validation {
    /// Not asked.
    #[default]
    Idle,
    /// Not asked, because the form has problems that block.
    Blocked,
    /// Under way.
    Checking,
    /// ARM would accept it.
    Passed,
    /// ARM would accept it once the provider is registered, which Create does.
    NeedsRegistration,
    /// It goes by single requests, which ARM can't check beforehand.
    NotAsked,
    /// ARM took the question, but its answer can't be read.
    Unconfirmed,
    /// ARM would refuse it, or could not be asked.
    Failed(ArmError),
}

/// The form.
#[derive(Clone, Copy)]
pub struct Form {
    /// What was typed.
    pub draft: ReadOnly<Draft>,
    /// What is known of the cloud.
    pub known: ReadOnly<Knowledge>,
    /// What the person has seen of the problems.
    attention: RwSignal<Attention>,
    /// The open tab.
    pub tab: ReadOnly<Tab>,
    /// Whether the code panel is open.
    pub code_open: ReadOnly<bool>,
    /// The place of the language it shows.
    pub code_language: ReadOnly<usize>,
    /// The organisation's rules.
    rules: StoredValue<Rules>,
    /// How far the lists have come.
    pub lookups: Lookups,
    /// Tags in use in the chosen subscription, as suggestions.
    pub used_tags: ReadOnly<Vec<UsedTag>>,
    /// How ARM's own validation stands.
    pub validation: ReadOnly<Validation>,
    /// Whether Create was pressed and is not answered yet.
    pub sending: ReadOnly<bool>,
    /// Whether the question is open that comes before an existing identity is updated.
    pub asks_to_update: ReadOnly<bool>,
    /// What that question is about, and who was asked.
    asked_about: StoredValue<Option<(Draft, Caller)>>,
    /// Seconds that ARM asked to wait, while waiting.
    pub waiting: ReadOnly<Option<u64>>,
    /// What screen readers are told of what happens without the focus moving.
    pub announced: ReadOnly<String>,
    /// Whether the cloud is the simulated one.
    pub is_preview: bool,
    /// All problems.
    pub problems: Memo<Vec<Problem>>,
    /// The problems to show now.
    pub shown: Memo<Vec<Problem>>,
}

impl Form {
    /// A form that begins with `draft`.
    pub fn new(draft: Draft, rules: Rules, is_preview: bool) -> Self {
        let draft = ReadOnly::new(draft);
        let known = ReadOnly::new(Knowledge::default());
        let attention = RwSignal::new(Attention::default());
        let rules = StoredValue::new(rules);
        let problems = Memo::new(move |_| draft.with(|draft| problems(draft, rules, known)));
        let shown = Memo::new(move |_| {
            let (attention, problems, draft) = (attention.read(), problems.read(), draft.read());
            visible(&problems, &draft, &attention.left, attention.reviewed).into_iter().cloned().collect()
        });
        Self {
            draft,
            known,
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
            problems,
            shown,
        }
    }

    /// A text of the draft, which changes only when that text does.
    pub fn text(self, read: fn(&Draft) -> &String) -> Signal<String> {
        Memo::new(move |_| self.draft.with(|draft| read(draft).clone())).into()
    }

    /// Reads the organisation's rules.
    pub fn with_rules<T>(self, read: impl FnOnce(&Rules) -> T) -> T {
        self.rules.with_value(read)
    }

    /// The problems `draft` would have here.
    pub fn check(self, draft: &Draft) -> Vec<Problem> {
        problems(draft, self.rules, self.known)
    }

    /// The plan of what is typed, once nothing blocks it. Tracked.
    pub fn planned(self) -> Option<Plan> {
        let request = self.draft.with(|draft| self.rules.with_value(|rules| self.known.with(|known| check::parse(draft, rules, known))));
        request.ok().map(Plan::new)
    }

    /// The same at this moment.
    pub fn plan(self) -> Option<Plan> {
        untrack(|| self.planned())
    }

    /// Whether Create can be pressed: not before Azure's answer, not signed out, and not after a refusal until something is changed.
    pub fn may_create(self) -> bool {
        let allowed = self.validation.with(|validation| match validation {
            Validation::Idle | Validation::Blocked | Validation::Checking => false,
            Validation::Failed(error) => !refuses(error) && !error.needs_sign_in(),
            Validation::Passed | Validation::NeedsRegistration | Validation::NotAsked | Validation::Unconfirmed => true,
        });
        self.is_valid() && allowed && !self.sending.get()
    }

    /// Whether the chosen subscription offers the property, or something was typed there already.
    pub fn offers(self, property: &Property) -> bool {
        // The version with which the request would be sent: a later one need not have what this one has.
        let is_offered = self.known.with(|known| known.api_versions.iter().flatten().any(|offered| offered == property.api_version));
        is_offered || self.draft.with(|draft| draft.has_content(property.field))
    }

    /// The API version that reads most of an identity there.
    pub fn identity_version(self) -> &'static str {
        self.known.with(|known| best_version(known.api_versions.as_deref().unwrap_or_default()))
    }

    /// Whether the new group gets the identity's tags.
    pub fn tags_group(self) -> bool {
        self.draft.with(|draft| self.known.with(|known| draft.tags_group(known)))
    }

    /// Opens the field's tab and brings the focus to it.
    pub fn show(self, field: Field) {
        self.open(field.tab());
        element::focus_from(field.tab().panel(), field.control());
    }

    /// Whether `tab` has something on it that blocks.
    pub fn is_marked(self, tab: Tab) -> bool {
        self.shown.with(|shown| shown.iter().any(|problem| problem.severity == Severity::Blocks && problem.field.tab() == tab))
    }

    /// Whether nothing blocks.
    pub fn is_valid(self) -> bool {
        self.problems.with(|problems| problems.iter().all(|problem| problem.severity != Severity::Blocks))
    }

    /// Opens a tab, and leaves a step to come back.
    pub fn open(self, tab: Tab) {
        if self.tab.get_untracked() != tab {
            address::push_step(tab.word());
            self.turn_to(tab);
        }
    }

    /// Opens a tab by a button that may go with the tab before: its panel takes the focus.
    pub fn step(self, tab: Tab) {
        self.open(tab);
        begin_reading(tab);
    }

    /// The person went back or forward in the history, to where `tab` was open.
    pub fn come_back(self, tab: Tab) {
        if self.tab.get_untracked() != tab {
            self.turn_to(tab);
            begin_reading(tab);
        }
    }

    /// Shows a tab. Opening the review shows every problem, and asks for Azure's answer anew.
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

/// Whether ARM refused, rather than could not answer now.
fn refuses(error: &ArmError) -> bool {
    matches!(error, ArmError::Refused(refusal) if !matches!(refusal.status, 408 | 429 | 500..))
}

/// Brings the focus to a tab's panel. One that is taller than the window would show its end.
fn begin_reading(tab: Tab) {
    request_animation_frame(move || {
        element::focus(tab.panel());
        element::reveal("create-tab-0");
    });
}
