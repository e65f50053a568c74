//! What the tab Access knows: what is chosen, the registries, and what is read at each of those that are chosen.

use leptos::prelude::*;

use super::Form;
use crate::access::check::{self as roles, Known, Permission, Step, Wanted};
use crate::access::draft::{AccessDraft, RegistryAccess};
use crate::access::{lock, preflight};
use crate::arm::federated_credential::FederatedCredential;
use crate::arm::guid::Guid;
use crate::arm::lock::Lock;
use crate::arm::registry::Registry;
use crate::arm::resource_id::ResourceId;
use crate::arm::role_assignment::{NewRoleAssignment, RoleAssignment};
use crate::browser::task::TaskScope;
use crate::cloud::registry_list::RegistryList;
use crate::cloud::{Cloud, queries};
use crate::federation::check as federation;
use crate::messages;
use crate::provisioning::check::PreflightResult;
use crate::provisioning::explain::reason;
use crate::provisioning::field::Field;
use crate::provisioning::preflight::may_deploy;
use crate::provisioning::problem::{Problem, Severity};

#[derive(Clone, Copy)]
pub struct AccessForm {
    /// What is chosen.
    pub draft: Memo<AccessDraft>,
    pub registries: RegistryList,
    /// What was read at each registry that is chosen.
    places: RwSignal<Vec<Place>>,
    pub problems: Memo<Vec<Problem>>,
}

/// What is asked about a registry.
#[derive(Clone, PartialEq, Eq)]
struct Question {
    registry: ResourceId,
    /// The object id of the identity, if it exists.
    principal: Option<Guid>,
}

/// A registry, and what was read there.
#[derive(Clone, PartialEq, Eq)]
struct Place {
    question: Question,
    /// `None` until it is read.
    answer: Option<Answer>,
}

#[derive(Clone, PartialEq, Eq)]
struct Answer {
    /// The registry, if it exists; or why it couldn't be read.
    registry: Result<Option<Registry>, String>,
    permission: Permission,
    /// Whether the account may deploy to the registry's group. `None` if that couldn't be read.
    may_deploy: Option<bool>,
    /// The identity's assignments there. `None` if they couldn't be read.
    assignments: Option<Vec<RoleAssignment>>,
}

/// What an identity has that exists already.
#[derive(Clone, PartialEq, Eq)]
struct Present {
    identity: ResourceId,
    /// `None` until they are read.
    credentials: Option<Vec<FederatedCredential>>,
    /// Its own locks. `None` until they are read.
    locks: Option<Vec<Lock>>,
    has_failed: bool,
}

/// Where the form holds it, once its part is loaded.
pub struct AccessSlot {
    /// The view that the form belongs to.
    scope: TaskScope,
    loaded: Option<AccessForm>,
}

impl AccessSlot {
    /// An empty one of the view being built.
    pub fn current() -> Self {
        Self { scope: TaskScope::current(), loaded: None }
    }

    /// The problems of the tab Access. What isn't checked yet isn't sent.
    pub fn problems(&self) -> Vec<Problem> {
        match &self.loaded {
            Some(access) => access.problems.get(),
            None => vec![Problem { field: Field::Registry(0), severity: Severity::Blocks, sentence: messages::ACCESS_UNLOADED.into() }],
        }
    }
}

impl Form {
    /// What the tab Access knows. Called only by code of its part.
    pub fn with_access(self, cloud: Cloud) -> AccessForm {
        let (scope, loaded) = self.access.with_untracked(|slot| (slot.scope.clone(), slot.loaded));
        loaded.unwrap_or_else(|| {
            // It lives as long as the form, not only while the tab is shown.
            let access = scope.with(|| AccessForm::new(self, cloud, scope.clone()));
            self.access.update(|slot| slot.loaded = Some(access));
            access
        })
    }

    /// Whether the part of the tab Access is loaded. Tracked.
    pub fn has_access(self) -> bool {
        self.access.with(|slot| slot.loaded.is_some())
    }
}

impl AccessForm {
    fn new(form: Form, cloud: Cloud, scope: TaskScope) -> Self {
        let draft = Memo::new(move |_| form.with_rest(|draft| AccessDraft::of_stored(&draft.access)));
        let first = form.draft.with_untracked(|draft| Guid::parse(&draft.subscription));
        let (registries, places) = (RegistryList::new(cloud, first), RwSignal::new(Vec::<Place>::new()));
        let (present, attempt) = (RwSignal::new(None::<Present>), RwSignal::new(0_u32));
        let reads = scope.child();
        let running = reads.clone();
        Effect::new(move |_| {
            // Another account may see others, and have other rights: no answer for the previous one arrives after this.
            form.lookups.track_attempts();
            running.end();
            places.set(Vec::new());
            present.set(None);
            attempt.update(|attempt| *attempt += 1);
            registries.start();
        });
        let questions = Memo::new(move |_| questions(form, draft));
        let of_places = reads.clone();
        Effect::new(move |_| {
            attempt.track();
            for question in questions.get() {
                if places.with_untracked(|places| places.iter().all(|place| place.question != question)) {
                    places.update(|places| places.push(Place { question: question.clone(), answer: None }));
                    of_places.spawn(async move {
                        let answer = Answer::read(cloud, &question).await;
                        places.try_update(|places| {
                            places
                                .iter_mut()
                                .filter(|place| place.question == question)
                                .for_each(|place| place.answer = Some(answer.clone()));
                        });
                    });
                }
            }
        });
        let existing = Memo::new(move |_| {
            form.known.with(|known| match &known.existing {
                PreflightResult::Known(Some(identity)) => Some(identity.id.clone()),
                _ => None,
            })
        });
        let has_own = Memo::new(move |_| draft.with(|draft| !draft.credentials.is_empty() || draft.lock.is_some()));
        Effect::new(move |_| {
            attempt.track();
            let Some(identity) = existing.get().filter(|_| has_own.get()) else { return };
            if present.with_untracked(|present| present.as_ref().is_some_and(|present| present.identity == identity)) {
                return;
            }
            present.set(Some(Present { identity: identity.clone(), credentials: None, locks: None, has_failed: false }));
            reads.spawn(async move {
                let read = Present::read(cloud, identity).await;
                present.try_update(|present| {
                    if present.as_ref().is_some_and(|present| present.identity == read.identity) {
                        *present = Some(read);
                    }
                });
            });
        });
        let problems = Memo::new(move |_| {
            let access = draft.get();
            let mut found = Vec::new();
            for (row, one) in access.registries.iter().enumerate() {
                of_registry(form, &access, row, one, places, &mut found);
            }
            let present = existing.get().map(|identity| present.get().filter(|present| present.identity == identity));
            of_credentials(&access, present.as_ref(), &mut found);
            of_lock(&access, present.as_ref(), &mut found);
            found
        });
        Self { draft, registries, places, problems }
    }

    /// The registry of a row, once it is read. Tracked.
    pub fn registry(self, row: usize) -> Option<Registry> {
        let id = self.draft.with(|draft| draft.registries.get(row)?.id())?;
        let read = |place: &Place| place.answer.as_ref().and_then(|answer| answer.registry.clone().ok().flatten());
        self.places.with(|places| places.iter().filter(|place| place.question.registry == id).find_map(read))
    }

    /// Whether what is asked about the registry of a row is still on its way. Tracked.
    pub fn is_reading(self, row: usize) -> bool {
        let id = self.draft.with(|draft| draft.registries.get(row).and_then(RegistryAccess::id));
        self.places.with(|places| places.iter().any(|place| Some(&place.question.registry) == id.as_ref() && place.answer.is_none()))
    }
}

/// The object id of the identity, if it exists already. Tracked.
fn principal(form: Form) -> Option<Guid> {
    form.known.with(|known| match &known.existing {
        PreflightResult::Known(Some(identity)) => Some(identity.principal_id.clone()),
        _ => None,
    })
}

/// What is to be asked about the registries that are chosen.
fn questions(form: Form, draft: Memo<AccessDraft>) -> Vec<Question> {
    let principal = principal(form);
    let mut questions: Vec<Question> = Vec::new();
    for registry in draft.with(|draft| draft.registries.iter().filter_map(RegistryAccess::id).collect::<Vec<_>>()) {
        let question = Question { registry, principal: principal.clone() };
        if !questions.contains(&question) {
            questions.push(question);
        }
    }
    questions
}

impl Answer {
    async fn read(cloud: Cloud, question: &Question) -> Self {
        let (client, caller) = (queries::client(cloud), untrack(|| cloud.present()));
        // A home account id starts with the object id, which is that in this directory unless the account is a guest.
        let account = Guid::parse(caller.account.split('.').next().unwrap_or_default());
        let registry = client.registry(&question.registry).await.map_err(|error| reason(&error));
        let permission = preflight::permission(&client, &question.registry, account.as_ref()).await;
        let may_deploy = may_deploy(&client, &question.registry).await;
        let assignments = match &question.principal {
            Some(principal) => preflight::assignments(&client, &question.registry, principal).await,
            None => Some(Vec::new()),
        };
        Self { registry, permission, may_deploy, assignments }
    }
}

impl Present {
    async fn read(cloud: Cloud, identity: ResourceId) -> Self {
        let client = queries::client(cloud);
        let credentials = client.federated_credentials(&identity).all(&client).await.ok();
        let group = identity.subscription().zip(identity.resource_group()).map(|(id, group)| ResourceId::of_group(&id, group));
        let locks = match &group {
            Some(group) => client.locks(group).all(&client).await.ok(),
            None => None,
        };
        let locks = locks.map(|locks| locks.into_iter().filter(|lock| lock.is_at(&identity)).collect::<Vec<_>>());
        let has_failed = credentials.is_none() || locks.is_none();
        Self { identity, credentials, locks, has_failed }
    }
}

/// The problems of a registry.
fn of_registry(form: Form, access: &AccessDraft, row: usize, one: &RegistryAccess, places: RwSignal<Vec<Place>>, found: &mut Vec<Problem>) {
    let mut find_at = |field, severity, sentence| found.push(Problem { field, severity, sentence });
    let mut find = |severity, sentence| find_at(Field::Registry(row), severity, sentence);
    let Some(id) = one.id() else { return find(Severity::Blocks, messages::REGISTRY_CHOOSE.into()) };
    let role = one.right.role(one.assumed_mode());
    let is_twice = access.registries.iter().take(row).any(|other| other.id().as_ref() == Some(&id) && other.right == one.right);
    if is_twice {
        find(Severity::Blocks, messages::REGISTRY_TWICE.with([one.name()]));
    }
    let question = Question { registry: id.clone(), principal: principal(form) };
    let answer = places.with(|places| places.iter().find(|place| place.question == question).and_then(|place| place.answer.clone()));
    let Some(answer) = answer else { return find(Severity::Blocks, messages::REGISTRY_CHECKING.into()) };
    let Some(assignments) = &answer.assignments else { return find(Severity::Blocks, messages::REGISTRY_ROLES_UNREAD.into()) };
    let registry = match &answer.registry {
        Ok(Some(registry)) if registry.mode != one.mode => {
            return find(Severity::Blocks, messages::REGISTRY_MODE_CHANGED.with([&registry.name]));
        }
        Ok(Some(registry)) => registry,
        Ok(None) => return find(Severity::Blocks, messages::REGISTRY_MISSING.into()),
        Err(reason) => {
            find(Severity::Warns, messages::REGISTRY_UNCHECKED.with([one.name(), reason]));
            if let Err((entry, why)) = one.limits() {
                find_at(Field::Repositories(row), Severity::Blocks, why.with([&entry]));
            }
            return;
        }
    };
    let wanted = Wanted { registry, right: one.right, repositories: &one.repositories };
    let known = Known { assignments, permission: Some(answer.permission) };
    // An assignment of the name that this one would have is no obstacle, and neither is any to a single request.
    let identity = form.identity_id();
    let name = identity.as_ref().map(|identity| NewRoleAssignment::new(identity, id.clone(), role.id, None).name);
    let is_harmless = form.draft.with(|draft| draft.direct)
        || assignments.iter().any(|known| known.is_at(&id) && Some(known.name.as_str()) == name.as_ref().map(Guid::as_str));
    for finding in roles::check(&wanted, known) {
        let field = if finding.input == roles::Input::Repositories { Field::Repositories(row) } else { Field::Registry(row) };
        let is_present = finding.input == roles::Input::Right && finding.severity == Severity::Blocks;
        find_at(field, if is_present && is_harmless { Severity::Informs } else { finding.severity }, finding.sentence);
    }
    if let Some(Step::Change(before, after)) = identity.and_then(|identity| wanted.step(&identity, assignments)) {
        let now = roles::typed_repositories(role, before.condition.as_deref()).filter(|typed| !typed.is_empty());
        let now = now.unwrap_or_else(|| messages::REPOSITORIES_ALL.text().into_owned());
        if name.as_ref() == Some(&after.name) {
            find_at(Field::Registry(row), Severity::Warns, messages::REGISTRY_CHANGES.with([role.name, &now]));
        } else {
            find_at(Field::Registry(row), Severity::Blocks, messages::REGISTRY_CHANGE_THERE.with([role.name, &now]));
        }
    }
    if answer.may_deploy == Some(false) && form.draft.with(|draft| !draft.direct) {
        let group = id.resource_group().unwrap_or_default();
        find_at(Field::Registry(row), Severity::Warns, messages::REGISTRY_DEPLOY_REFUSED.with([group, &messages::USE_DIRECT.text()]));
    }
}

/// The problems of the credentials. `present`: what an identity has that exists already; its inside is `None` until that is read.
fn of_credentials(access: &AccessDraft, present: Option<&Option<Present>>, found: &mut Vec<Problem>) {
    let mut before = match present.map(|present| present.as_ref().and_then(|present| present.credentials.clone())) {
        None => Vec::new(),
        Some(Some(credentials)) => credentials,
        Some(None) if access.credentials.is_empty() => return,
        Some(None) => return found.push(unread(Field::Credential(0), present)),
    };
    for (row, draft) in access.credentials.iter().enumerate() {
        let known = federation::Known { credentials: &before, replaced: None, audience: access.audience() };
        for problem in federation::check(draft, known) {
            let problem = Problem { field: Field::Credential(row), severity: problem.severity, sentence: problem.sentence };
            if !found.contains(&problem) {
                found.push(problem);
            }
        }
        let missing = federation::missing(draft, known);
        before.extend(missing);
    }
}

fn of_lock(access: &AccessDraft, present: Option<&Option<Present>>, found: &mut Vec<Problem>) {
    let Some(lock) = &access.lock else { return };
    let mut find = |sentence| found.push(Problem { field: Field::Lock, severity: Severity::Blocks, sentence });
    if !lock::is_name(lock.name.trim()) {
        find(messages::LOCK_NAME_WRONG.into());
    } else if lock.settled().is_none() {
        find(messages::LOCK_NOTES_LONG.with([&lock::NOTES_MAX.to_string()]));
    }
    match present.map(|present| present.as_ref().and_then(|present| present.locks.as_ref())) {
        None => {}
        Some(None) => found.push(unread(Field::Lock, present)),
        Some(Some(locks)) => {
            let is_other = |known: &&Lock| {
                known.name.eq_ignore_ascii_case(lock.name.trim()) && (known.read_only != lock.read_only || known.notes != lock.notes.trim())
            };
            if let Some(known) = locks.iter().find(is_other) {
                find(messages::LOCK_NAME_TAKEN.with([&known.name]));
            }
        }
    }
}

/// What an identity has already isn't known: it isn't overwritten unasked.
fn unread(field: Field, present: Option<&Option<Present>>) -> Problem {
    let has_failed = present.and_then(Option::as_ref).is_some_and(|present| present.has_failed);
    let message = if has_failed { messages::ACCESS_PRESENT_UNREAD } else { messages::ACCESS_PRESENT_CHECKING };
    Problem { field, severity: Severity::Blocks, sentence: message.into() }
}
