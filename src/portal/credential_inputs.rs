//! The inputs of a federated credential: the scenario, its values, and what will be accepted.

use std::collections::HashSet;

use leptos::prelude::*;

use super::scenario_name::scenario_name;
use crate::arm::federated_credential::FederatedCredential;
use crate::browser::element;
use crate::controls::{Choice, Combobox, DataList, DataRow, Entries, Entry, Field, Note, TextInput, Tone};
use crate::federation::check::Problem;
use crate::federation::draft::{CredentialDraft, GitHubEntity, GitHubSubject, Input, Scenario};
use crate::messages::{self, Message};
use crate::severity::Severity;
use crate::visible::shown;

const ENTITIES: [(GitHubEntity, Message); 4] = [
    (GitHubEntity::Branch, messages::ENTITY_BRANCH),
    (GitHubEntity::Environment, messages::ENTITY_ENVIRONMENT),
    (GitHubEntity::Tag, messages::ENTITY_TAG),
    (GitHubEntity::PullRequest, messages::ENTITY_PULL_REQUEST),
];
const FORMS: [(GitHubSubject, Message); 3] = [
    (GitHubSubject::Names, messages::SUBJECT_FORM_NAMES),
    (GitHubSubject::Ids, messages::SUBJECT_FORM_IDS),
    (GitHubSubject::Both, messages::SUBJECT_FORM_BOTH),
];
const REFERENCES: [(bool, Message); 2] = [(false, messages::ENTITY_BRANCH), (true, messages::ENTITY_TAG)];

/// A change of what is typed.
pub type Change = Box<dyn FnOnce(&mut CredentialDraft)>;

/// What the inputs show, and whom they tell of changes.
#[derive(Clone, Copy)]
pub struct CredentialInputs {
    /// The start of the ids of the controls, such as `credential`.
    pub ids: StoredValue<String>,
    pub draft: Signal<CredentialDraft>,
    pub problems: Signal<Vec<Problem>>,
    /// The credentials that the draft asks for.
    pub wanted: Signal<Vec<FederatedCredential>>,
    /// The audience of this cloud.
    pub audience: &'static str,
    /// Whether the scenario and the name can be chosen.
    pub is_new: Signal<bool>,
    /// The inputs that were left.
    pub left: RwSignal<HashSet<Input>>,
    /// Whether all problems are shown.
    pub pressed: Signal<bool>,
    pub on_change: Callback<Change>,
}

impl CredentialInputs {
    /// The id of an input's control.
    pub fn control(self, input: Input) -> String {
        self.id(control(input))
    }

    fn id(self, end: &str) -> String {
        self.ids.with_value(|start| [start, "-", end].concat())
    }

    fn update(self, change: impl FnOnce(&mut CredentialDraft) + 'static) {
        self.on_change.run(Box::new(change));
    }

    fn notes(self, input: Input) -> Signal<Vec<Note>> {
        Signal::derive(move || {
            let (is_empty, is_required) = self.draft.with(|draft| (draft.value(input).trim().is_empty(), !draft.is_optional(input)));
            let is_due = self.pressed.get() || self.left.with(|left| left.contains(&input)) || !is_empty;
            let mut problems = self.problems.get();
            problems.retain(|problem| problem.input == input && (is_due || problem.severity != Severity::Blocks || !is_required));
            problems.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
            let tone = |severity| match severity {
                Severity::Blocks => Tone::Error,
                Severity::Warns => Tone::Warning,
                Severity::Informs => Tone::Info,
            };
            problems.iter().map(|problem| Note { tone: tone(problem.severity), text: problem.sentence.text() }).collect()
        })
    }
}

/// All inputs, and the resulting credentials.
pub fn credential_inputs(inputs: CredentialInputs) -> AnyView {
    let kinds = Memo::new(move |_| inputs.draft.with(CredentialDraft::inputs));
    let scenario = Memo::new(move |_| inputs.draft.with(|draft| draft.scenario));
    let choices = move || {
        match scenario.get() {
        Scenario::GitHub => view! {
            {choice(inputs, "entity", messages::ENTITY, None, &ENTITIES, |draft| draft.entity, |draft, entity| draft.entity = entity)}
            {choice(inputs, "form", messages::SUBJECT_FORM, Some(messages::SUBJECT_FORM_INFO), &FORMS, |draft| draft.form, |draft, form| draft.form = form)}
        }
        .into_any(),
        Scenario::GitLab => {
            choice(inputs, "entity", messages::ENTITY, None, &REFERENCES, |draft| draft.is_tag, |draft, is_tag| draft.is_tag = is_tag)
        }
        _ => ().into_any(),
    }
    };
    let scenarios: Vec<_> = Scenario::ALL.map(|one| (one, scenario_name(one))).into_iter().collect();
    let scenario_choice = move || {
        let set = |draft: &mut CredentialDraft, scenario| draft.scenario = scenario;
        inputs.is_new.get().then(|| choice(inputs, "scenario", messages::SCENARIO, None, &scenarios, |draft| draft.scenario, set))
    };
    let name = move || inputs.is_new.get().then(|| text(inputs, Input::Name));
    let result = move || {
        let one = |credential: FederatedCredential| {
            view! {
                <p class="credential-name">{shown(&credential.name).into_owned()}</p>
                {accepted(&credential)}
            }
        };
        inputs.wanted.get().into_iter().map(one).collect::<Vec<_>>()
    };
    view! {
        {scenario_choice}
        {choices}
        <For each=move || kinds.get() key=|input| *input let:input>
            {text(inputs, input)}
        </For>
        {name}
        {text(inputs, Input::Audience)}
        <section class="credential-result">
            <h4>{messages::CREDENTIAL_RESULT.text()}</h4>
            <p class="quiet">{messages::CREDENTIAL_RESULT_TEXT.text()}</p>
            {result}
        </section>
    }
    .into_any()
}

/// A field with a fixed list of values.
fn choice<V: Copy + PartialEq + Send + Sync + 'static>(
    inputs: CredentialInputs,
    id: &str,
    label: Message,
    info: Option<Message>,
    values: &[(V, Message)],
    get: fn(&CredentialDraft) -> V,
    set: fn(&mut CredentialDraft, V),
) -> AnyView {
    let id = inputs.id(id);
    let entries = Entries::new(values.iter().enumerate().map(|(at, (_, name))| Entry::new(at.to_string(), name.text())).collect());
    let values: Vec<V> = values.iter().map(|(value, _)| *value).collect();
    let chosen = values.clone();
    let selected = Signal::derive(move || {
        let value = inputs.draft.with(get);
        chosen.iter().position(|one| *one == value).unwrap_or_default().to_string()
    });
    let select = Callback::new(move |at: String| {
        if let Some(value) = at.parse().ok().and_then(|at: usize| values.get(at).copied()) {
            inputs.update(move |draft| set(draft, value));
        }
    });
    let field = |info: Option<String>| {
        let control = move || view! { <Combobox entries=Signal::stored(entries.clone()) choice=Choice::one(selected, select)/> };
        match info {
            Some(info) => view! { <Field id=id label=label.text() info=info>{control()}</Field> }.into_any(),
            None => view! { <Field id=id label=label.text()>{control()}</Field> }.into_any(),
        }
    };
    field(info.map(|info| info.text().into_owned()))
}

/// The end of the id of an input's control.
fn control(input: Input) -> &'static str {
    match input {
        Input::Organisation => "organisation",
        Input::Repository => "repository",
        Input::OwnerId => "owner-id",
        Input::RepositoryId => "repository-id",
        Input::Reference => "reference",
        Input::Namespace => "namespace",
        Input::ServiceAccount => "service-account",
        Input::Project => "project",
        Input::Workspace => "workspace",
        Input::Issuer => "issuer",
        Input::Subject => "subject",
        Input::Name => "name",
        Input::Audience => "audience",
    }
}

fn label(draft: &CredentialDraft, input: Input) -> Message {
    match input {
        Input::Organisation => messages::ORGANISATION,
        Input::Repository => messages::REPOSITORY,
        Input::OwnerId => messages::OWNER_ID,
        Input::RepositoryId => messages::REPOSITORY_ID,
        Input::Reference => match (draft.scenario, draft.entity, draft.is_tag) {
            (Scenario::GitHub, GitHubEntity::Environment, _) => messages::ENTITY_ENVIRONMENT,
            (Scenario::GitHub, GitHubEntity::Tag, _) | (Scenario::GitLab, _, true) => messages::ENTITY_TAG,
            _ => messages::ENTITY_BRANCH,
        },
        Input::Namespace => messages::NAMESPACE,
        Input::ServiceAccount => messages::SERVICE_ACCOUNT,
        Input::Project => messages::PROJECT,
        Input::Workspace => messages::WORKSPACE,
        Input::Issuer => messages::ISSUER,
        Input::Subject => messages::SUBJECT,
        Input::Name => messages::NAME,
        Input::Audience => messages::AUDIENCE_LABEL,
    }
}

fn info(scenario: Scenario, input: Input) -> Option<Message> {
    match (scenario, input) {
        (Scenario::Kubernetes, Input::Issuer) => Some(messages::ISSUER_INFO_KUBERNETES),
        (Scenario::AzureDevOps, Input::Subject) => Some(messages::SUBJECT_INFO_AZURE_DEVOPS),
        (Scenario::Other | Scenario::Google, Input::Subject) => Some(messages::SUBJECT_INFO),
        _ => None,
    }
}

/// What counts where nothing is typed.
fn placeholder(draft: &CredentialDraft, input: Input, audience: &str) -> String {
    match input {
        Input::Issuer => draft.default_issuer().to_owned(),
        Input::Name => draft.suggested_name(),
        Input::Audience => audience.to_owned(),
        _ => String::new(),
    }
}

/// A text that is typed. The label, the info button and the placeholder follow the scenario.
fn text(inputs: CredentialInputs, input: Input) -> AnyView {
    let audience = inputs.audience;
    let about = Memo::new(move |_| {
        inputs
            .draft
            .with(|draft| (label(draft, input), info(draft.scenario, input), draft.is_optional(input), placeholder(draft, input, audience)))
    });
    let value = Signal::derive(move || inputs.draft.with(|draft| draft.value(input).to_owned()));
    let type_in = Callback::new(move |typed: String| {
        let entered = typed.clone();
        inputs.update(move |draft| draft.set(input, entered));
        let kept = inputs.draft.with_untracked(|draft| draft.value(input).to_owned());
        if kept != typed {
            // A token: what is kept may be what was there before, which draws nothing.
            element::set_value(&inputs.control(input), &kept);
        }
    });
    let leave = Callback::new(move |()| {
        inputs.left.update(|left| {
            left.insert(input);
        });
        inputs.update(move |draft| draft.settle(input));
    });
    let notes = inputs.notes(input);
    let field = move || {
        let (label, info, optional, placeholder) = about.get();
        let box_ = move || view! { <TextInput value=value on_input=type_in placeholder=placeholder.clone()/> };
        match info {
            Some(info) => view! {
                <Field id=inputs.control(input) label=label.text() required=!optional info=info.text() notes=notes on_leave=leave>{box_()}</Field>
            }
            .into_any(),
            None => view! { <Field id=inputs.control(input) label=label.text() required=!optional notes=notes on_leave=leave>{box_()}</Field> }
                .into_any(),
        }
    };
    field.into_any()
}

/// Issuer, subject and audience of a credential.
pub fn accepted(credential: &FederatedCredential) -> AnyView {
    let pattern = messages::CREDENTIAL_SUBJECT_UNREAD.text();
    let is_pattern = credential.subject.is_empty() && !credential.issuer.is_empty();
    let audience = credential.audiences.join(", ");
    let rows = [
        (messages::ISSUER, credential.issuer.as_str()),
        (messages::SUBJECT, if is_pattern { &*pattern } else { &credential.subject }),
        (messages::AUDIENCE_LABEL, &audience),
    ];
    let rows = rows.map(|(label, value)| {
        let value = shown(value).into_owned();
        view! { <DataRow label=label.text()><span class="id" dir="ltr">{value}</span></DataRow> }
    });
    let rows = rows.into_iter().collect::<Vec<_>>();
    view! { <DataList>{rows}</DataList> }.into_any()
}
