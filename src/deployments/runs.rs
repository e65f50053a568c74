//! What Create started in this tab: carried out while the program lives, stored after every step, taken up again after a reload.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use crate::arm::caller::Caller;
use crate::arm::managed_identity::ManagedIdentity;
use crate::arm::resource_id::ResourceId;
use crate::browser::{clock, storage};
use crate::create::asking::{self, Asked};
use crate::create::autosave;
use crate::create::check::{self, Knowledge};
use crate::create::draft::Draft;
use crate::create::plan::Plan;
use crate::create::progress::{FailureKind, Progress};
use crate::create::run::{RunError, run};
use crate::messages;
use crate::portal::cloud::Cloud;
use crate::portal::notifications::{Notifications, Standing};
use crate::portal::route::Route;

/// Before the id under which the tab keeps a run.
const KEPT: &str = "identity-portal:run:";

/// What the tab keeps of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// What was typed.
    pub draft: Draft,
    /// How far it is.
    pub progress: Progress,
    /// Whose it is. What was kept before runs had callers is nobody's: it is shown, and never sent.
    #[serde(default)]
    pub caller: Caller,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It made this.
    Made(Box<ManagedIdentity>),
    /// It stopped.
    Stopped(RunError),
}

/// A run, as its page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// By what its page is found: the deployment's id, or the identity's where it goes by single requests.
    pub id: ResourceId,
    /// What the tab keeps of it.
    pub record: Record,
    /// Seconds that ARM asked to wait, while waiting.
    pub waiting: Option<u64>,
    /// How it ended, once it has.
    pub outcome: Option<Outcome>,
}

/// The runs of this tab.
#[derive(Clone, Copy)]
pub struct Runs {
    all: RwSignal<Vec<Run>>,
    cloud: Cloud,
    notifications: Notifications,
}

impl Runs {
    /// No runs yet.
    pub fn new(cloud: Cloud, notifications: Notifications) -> Self {
        Self { all: RwSignal::new(Vec::new()), cloud, notifications }
    }

    /// Forgets what the tab keeps of all runs.
    pub fn forget_all() {
        storage::forget_all(KEPT);
    }

    /// The run of this id, if it is one of this tab.
    pub fn get(self, id: &ResourceId) -> Option<Run> {
        self.all.with(|all| all.iter().find(|run| run.id == *id).cloned())
    }

    /// Those that have ended, and how.
    pub fn ended(self) -> Vec<(ResourceId, Outcome)> {
        self.all.with(|all| all.iter().filter_map(|run| Some((run.id.clone(), run.outcome.clone()?))).collect())
    }

    /// Starts the plan of `draft` and gives the id of its page.
    pub fn start(self, plan: Plan, draft: Draft) -> Option<ResourceId> {
        let progress = Progress::new(&plan, clock::now());
        let id = page_id(&plan, &progress)?;
        let caller = untrack(|| self.cloud.caller()).unwrap_or_default();
        self.follow(id.clone(), plan, Record { draft, progress, caller });
        Some(id)
    }

    /// What the run of this id makes.
    pub fn name(self, id: &ResourceId) -> Option<String> {
        self.all.with_untracked(|all| all.iter().find(|run| run.id == *id).map(|run| run.record.draft.name.clone()))
    }

    /// Brings the run of this id back for its page: one that Azure refused shows that again, any other goes on. `false`
    /// where the tab knows of no such run.
    pub fn recall(self, id: &ResourceId) -> bool {
        if self.all.with_untracked(|all| all.iter().any(|run| run.id == *id)) {
            return true;
        }
        let Some(record) = kept(id) else { return false };
        match record.progress.failure.as_ref().filter(|failure| is_final(failure.kind)) {
            Some(failure) => {
                let outcome = Some(Outcome::Stopped(RunError::from(failure)));
                self.all.update(|all| all.push(Run { id: id.clone(), record, waiting: None, outcome }));
                true
            }
            None => self.resume(id),
        }
    }

    /// Tries again what stopped, and gives the id of its page: a deployment that has ended needs a new one, anything
    /// else goes on where it was.
    pub fn again(self, id: &ResourceId) -> Option<ResourceId> {
        let run = self.all.with_untracked(|all| all.iter().find(|run| run.id == *id).cloned())?;
        match run.outcome {
            Some(Outcome::Stopped(RunError::Failed(_) | RunError::Canceled)) => self.start(plan(&run.record.draft)?, run.record.draft),
            _ => self.resume(id).then(|| id.clone()),
        }
    }

    /// Takes up the run of this id where it stopped: after a reload, or when asked to try again. `false` where the tab
    /// knows of no such run.
    pub fn resume(self, id: &ResourceId) -> bool {
        if self.all.with_untracked(|all| all.iter().any(|run| run.id == *id && run.outcome.is_none())) {
            return true;
        }
        let Some(record) = kept(id) else { return false };
        let Some(plan) = plan(&record.draft) else { return false };
        self.follow(id.clone(), plan, record);
        true
    }

    fn follow(self, id: ResourceId, plan: Plan, record: Record) {
        self.all.update(|all| {
            all.retain(|run| run.id != id);
            all.push(Run { id: id.clone(), record: record.clone(), waiting: None, outcome: None });
        });
        let name = record.draft.name.clone();
        let link = Some(Route::Deployment(id.clone()).href());
        self.notifications.tell(id.as_str(), Standing::Running, messages::RUN_STARTED.with([&name]), link.clone());
        spawn_local(async move {
            let outcome = match asking::asked(carry_out(self, id.clone(), plan, record.clone())).await {
                Ok(outcome) => outcome,
                Err(error) => Outcome::Stopped(RunError::Call(error)),
            };
            let (standing, title) = match &outcome {
                Outcome::Made(_) => {
                    storage::forget(&key(&id));
                    if autosave::kept().as_ref() == Some(&record.draft) {
                        autosave::forget();
                    }
                    (Standing::Done, messages::RUN_DONE)
                }
                Outcome::Stopped(_) => (Standing::Failed, messages::RUN_FAILED),
            };
            self.change(&id, |run| {
                run.waiting = None;
                run.outcome = Some(outcome);
            });
            self.notifications.tell(id.as_str(), standing, title.with([&name]), link);
        });
    }

    fn change(self, id: &ResourceId, change: impl FnOnce(&mut Run)) {
        self.all.update(|all| {
            if let Some(run) = all.iter_mut().find(|run| run.id == *id) {
                change(run);
            }
        });
    }

    /// Takes note of a step.
    fn note(self, id: &ResourceId, record: Record) {
        if let Ok(text) = serde_json::to_string(&record) {
            storage::write(&key(id), &text);
        }
        self.change(id, |run| run.record = record);
    }
}

crate::part! {
    in azure:
    fn carry_out(runs: Runs, id: ResourceId, plan: Plan, record: Record) -> Asked<Outcome> {
        Box::pin(async move {
            let mut progress = record.progress.clone();
            let waiting_id = id.clone();
            let client = asking::client_as(runs.cloud, Some(record.caller.clone())).observed(Rc::new(move |wait| {
                runs.change(&waiting_id, |run| run.waiting = wait.map(|wait| wait.seconds));
            }));
            let told = |progress: &Progress| runs.note(&id, Record { progress: progress.clone(), ..record.clone() });
            Ok(match run(&client, &plan, &mut progress, &told).await {
                Ok(identity) => Outcome::Made(Box::new(identity)),
                Err(error) => Outcome::Stopped(error),
            })
        })
    }
}

fn key(id: &ResourceId) -> String {
    [KEPT, &id.as_str().to_lowercase()].concat()
}

/// What the tab keeps of the run of this id.
fn kept(id: &ResourceId) -> Option<Record> {
    serde_json::from_str(&storage::read(&key(id))?).ok()
}

/// Whether a failure is an answer, which asking again by itself would not change.
fn is_final(kind: FailureKind) -> bool {
    !matches!(
        kind,
        FailureKind::Unreachable
            | FailureKind::TimedOut
            | FailureKind::SignInRequired
            | FailureKind::PartMissing
            | FailureKind::OtherCaller
    )
}

/// The plan of a draft that was valid when it was stored.
pub(super) fn plan(draft: &Draft) -> Option<Plan> {
    check::request(draft, &Knowledge::default()).map(Plan::new)
}

fn page_id(plan: &Plan, progress: &Progress) -> Option<ResourceId> {
    progress.deployment_id().or_else(|| plan.identities().last().map(|identity| identity.id(&plan.subscription)))
}
