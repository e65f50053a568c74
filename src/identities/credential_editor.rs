//! The form for one federated credential: the scenario, its values, and what will be accepted.

use std::collections::HashSet;

use leptos::prelude::*;

use super::credential_calls::Change;
use super::credential_list::{CredentialList, Edited, accepted};
use super::scenario_name::scenario_name;
use crate::arm::federated_credential::FederatedCredential;
use crate::browser::element;
use crate::browser::task::TaskScope;
use crate::controls::{Button, ButtonKind, Choice, Combobox, Entries, Entry, Field, Note, TextInput, Tone};
use crate::federation::check::{self, Known, Problem};
use crate::federation::draft::{CredentialDraft, GitHubEntity, GitHubSubject, Input, Scenario, audience_in};
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

/// The editor's state. Everything is derived from what is typed and from the list.
#[derive(Clone, Copy)]
struct Editor {
    list: CredentialList,
    draft: Memo<CredentialDraft>,
    replaced: Memo<Option<FederatedCredential>>,
    problems: Memo<Vec<Problem>>,
    /// The inputs that were left.
    left: RwSignal<HashSet<Input>>,
    /// Whether Save was pressed.
    pressed: RwSignal<bool>,
}

impl Editor {
    fn new(list: CredentialList) -> Self {
        let draft = Memo::new(move |_| list.edited.get().unwrap_or_default().draft);
        let replaced = Memo::new(move |_| list.edited.get().and_then(|edited| edited.replaced));
        let problems = Memo::new(move |_| with_known(list, replaced.get(), |known| draft.with(|draft| check::check(draft, known))));
        Self { list, draft, replaced, problems, left: RwSignal::new(HashSet::new()), pressed: RwSignal::new(false) }
    }

    fn update(self, change: impl FnOnce(&mut CredentialDraft)) {
        // A field is left, too, when the editor closes: that opens it no more.
        self.list.edited.update(|edited| {
            if let Some(Edited { draft, .. }) = edited {
                change(draft);
            }
        });
        self.list.keep();
    }

    fn notes(self, input: Input) -> Signal<Vec<Note>> {
        Signal::derive(move || {
            let is_empty = self.draft.with(|draft| draft.value(input).trim().is_empty());
            let is_due = self.pressed.get() || self.left.with(|left| left.contains(&input)) || !is_empty;
            let mut problems = self.problems.get();
            problems
                .retain(|problem| problem.input == input && (is_due || problem.severity != Severity::Blocks || !is_required(self, input)));
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

/// Whether the input has to be filled in.
fn is_required(editor: Editor, input: Input) -> bool {
    editor.draft.with(|draft| !draft.is_optional(input))
}

fn with_known<R>(list: CredentialList, replaced: Option<FederatedCredential>, then: impl FnOnce(Known<'_>) -> R) -> R {
    let (credentials, audience) = (list.known().unwrap_or_default(), list.cloud_name.with_value(|cloud| audience_in(cloud)));
    then(Known { credentials: &credentials, replaced: replaced.as_ref().map(|one| one.name.as_str()), audience })
}

pub(super) fn credential_editor(list: CredentialList, scope: TaskScope) -> AnyView {
    let editor = Editor::new(list);
    let save = Callback::new(move |()| {
        editor.pressed.set(true);
        let blocking = editor
            .problems
            .with_untracked(|problems| problems.iter().find(|problem| problem.severity == Severity::Blocks).map(|problem| problem.input));
        if let Some(input) = blocking {
            return element::focus(control(input));
        }
        let sent = list.edited.get_untracked();
        let before = editor.replaced.get_untracked();
        let wanted = untrack(|| with_known(list, before.clone(), |known| editor.draft.with(|draft| check::missing(draft, known))));
        let changes = wanted.into_iter().map(|after| Change { name: after.name.clone(), before: before.clone(), after: Some(after) });
        list.change(changes.collect(), sent, scope.clone());
    });
    // What is taken already is known once the list is read.
    let not_ready = Signal::derive(move || list.known().is_none());
    let is_new = move || editor.replaced.with(Option::is_none);
    let title = move || if is_new() { messages::ADD_CREDENTIAL } else { messages::CREDENTIAL_EDIT }.text();
    let inputs = Memo::new(move |_| editor.draft.with(CredentialDraft::inputs));
    let scenario = Memo::new(move |_| editor.draft.with(|draft| draft.scenario));
    let choices = move || {
        match scenario.get() {
        Scenario::GitHub => view! {
            {choice(editor, "credential-entity", messages::ENTITY, None, &ENTITIES, |draft| draft.entity, |draft, entity| draft.entity = entity)}
            {choice(editor, "credential-form", messages::SUBJECT_FORM, Some(messages::SUBJECT_FORM_INFO), &FORMS, |draft| draft.form, |draft, form| draft.form = form)}
        }
        .into_any(),
        Scenario::GitLab => {
            choice(editor, "credential-entity", messages::ENTITY, None, &REFERENCES, |draft| draft.is_tag, |draft, is_tag| draft.is_tag = is_tag)
        }
        _ => ().into_any(),
    }
    };
    let name_field = move || is_new().then(|| text(editor, Input::Name));
    let kept_name = move || editor.replaced.get().map(|one| view! { <p class="id">{shown(&one.name).into_owned()}</p> });
    let cancel = Callback::new(move |()| list.close());
    let result = move || {
        let wanted = with_known(list, editor.replaced.get(), |known| editor.draft.with(|draft| check::missing(draft, known)));
        let one = |credential: FederatedCredential| {
            view! {
                <p class="credential-name">{shown(&credential.name).into_owned()}</p>
                {accepted(&credential)}
            }
        };
        wanted.into_iter().map(one).collect::<Vec<_>>()
    };
    let scenarios: Vec<_> = Scenario::ALL.map(|one| (one, scenario_name(one))).into_iter().collect();
    view! {
        <section class="credential-editor" aria-labelledby="credential-editor-title">
            <h3 id="credential-editor-title">{title}</h3>
            {kept_name}
            {move || is_new().then(|| choice(editor, "credential-scenario", messages::SCENARIO, None, &scenarios, |draft| draft.scenario, |draft, scenario| draft.scenario = scenario))}
            {choices}
            <For each=move || inputs.get() key=|input| *input let:input>
                {text(editor, input)}
            </For>
            {name_field}
            {text(editor, Input::Audience)}
            <section class="credential-result">
                <h4>{messages::CREDENTIAL_RESULT.text()}</h4>
                <p class="quiet">{messages::CREDENTIAL_RESULT_TEXT.text()}</p>
                {result}
            </section>
            <div class="actions">
                <Button kind=ButtonKind::Primary busy=list.changes.busy disabled=not_ready on_press=save>{messages::SAVE.text()}</Button>
                <Button on_press=cancel disabled=list.changes.busy>{messages::CANCEL.text()}</Button>
            </div>
        </section>
    }
    .into_any()
}

/// A field with a fixed list of values.
fn choice<V: Copy + PartialEq + Send + Sync + 'static>(
    editor: Editor,
    id: &'static str,
    label: Message,
    info: Option<Message>,
    values: &[(V, Message)],
    get: fn(&CredentialDraft) -> V,
    set: fn(&mut CredentialDraft, V),
) -> AnyView {
    let entries = Entries::new(values.iter().enumerate().map(|(at, (_, name))| Entry::new(at.to_string(), name.text())).collect());
    let values: Vec<V> = values.iter().map(|(value, _)| *value).collect();
    let chosen = values.clone();
    let selected = Signal::derive(move || {
        let value = editor.draft.with(get);
        chosen.iter().position(|one| *one == value).unwrap_or_default().to_string()
    });
    let select = Callback::new(move |at: String| {
        if let Some(value) = at.parse().ok().and_then(|at: usize| values.get(at).copied()) {
            editor.update(|draft| set(draft, value));
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

/// The id of an input's control.
fn control(input: Input) -> &'static str {
    match input {
        Input::Organisation => "credential-organisation",
        Input::Repository => "credential-repository",
        Input::OwnerId => "credential-owner-id",
        Input::RepositoryId => "credential-repository-id",
        Input::Reference => "credential-reference",
        Input::Namespace => "credential-namespace",
        Input::ServiceAccount => "credential-service-account",
        Input::Project => "credential-project",
        Input::Workspace => "credential-workspace",
        Input::Issuer => "credential-issuer",
        Input::Subject => "credential-subject",
        Input::Name => "credential-name",
        Input::Audience => "credential-audience",
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
fn text(editor: Editor, input: Input) -> AnyView {
    let audience = editor.list.cloud_name.with_value(|cloud| audience_in(cloud));
    let about = Memo::new(move |_| {
        editor
            .draft
            .with(|draft| (label(draft, input), info(draft.scenario, input), draft.is_optional(input), placeholder(draft, input, audience)))
    });
    let value = Signal::derive(move || editor.draft.with(|draft| draft.value(input).to_owned()));
    let type_in = Callback::new(move |typed: String| {
        editor.update(|draft| draft.set(input, typed.clone()));
        let kept = editor.draft.with_untracked(|draft| draft.value(input).to_owned());
        if kept != typed {
            // A token: what is kept may be what was there before, which draws nothing.
            element::set_value(control(input), &kept);
        }
    });
    let leave = Callback::new(move |()| {
        editor.left.update(|left| {
            left.insert(input);
        });
        editor.update(|draft| draft.settle(input));
    });
    let notes = editor.notes(input);
    let field = move || {
        let (label, info, optional, placeholder) = about.get();
        let box_ = move || view! { <TextInput value=value on_input=type_in placeholder=placeholder.clone()/> };
        match info {
            Some(info) => view! {
                <Field id=control(input) label=label.text() required=!optional info=info.text() notes=notes on_leave=leave>{box_()}</Field>
            }
            .into_any(),
            None => view! { <Field id=control(input) label=label.text() required=!optional notes=notes on_leave=leave>{box_()}</Field> }
                .into_any(),
        }
    };
    field.into_any()
}
