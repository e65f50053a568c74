//! The runs that Create started in this tab. They are stored after every step, and resumed after a reload.
//! Each run is pinned to its caller: if somebody else is signed in, it stops and says whose it is.

pub mod ownership;
pub mod record;
#[cfg(test)]
mod tests;

use std::future::Future;
use std::rc::Rc;
use std::time::Duration;

use futures::future::{AbortHandle, Abortable, Aborted};
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::ownership::Ownership;
use self::record::Record;
use crate::arm::caller::{Caller, CallerKind};
use crate::arm::error::ArmError;
use crate::arm::managed_identity::ManagedIdentity;
use crate::arm::resource_id::ResourceId;
use crate::arm::transport::WireError;
use crate::browser::locks::{self, Held};
use crate::browser::{address, clock};
use crate::cloud::Cloud;
use crate::cloud::queries::{self, ArmFuture};
use crate::messages::{self, Message};
use crate::portal::kept_draft;
use crate::portal::notifications::{NotificationStatus, Notifications};
use crate::portal::route::Route;
use crate::provisioning::check::{self, Knowledge};
use crate::provisioning::draft::Draft;
use crate::provisioning::plan::Plan;
use crate::provisioning::progress::Progress;
use crate::provisioning::run::run;
use crate::provisioning::run_error::RunError;

/// How long to wait for a lock that this page itself may have held before it was reloaded.
const PATIENCE: Duration = Duration::from_millis(700);

#[derive(Clone, Debug, PartialEq)]
pub enum RunOutcome {
    /// With the identity.
    Made(Box<ManagedIdentity>),
    Stopped(RunError),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The id in its page's address: the deployment's, or the identity's if it uses direct requests.
    pub id: ResourceId,
    pub record: Record,
    /// How many seconds ARM asked to wait, while waiting.
    pub waiting: Option<u64>,
    /// Whether another tab, of which this one is a duplicate, is executing it.
    pub elsewhere: bool,
    /// `None` while it is running.
    pub outcome: Option<RunOutcome>,
}

impl Run {
    /// Whether it is running or its outcome is unknown.
    fn is_open(&self) -> bool {
        matches!(self.outcome, None | Some(RunOutcome::Stopped(RunError::Unknown(_))))
    }

    /// Whether its outcome is unknown and may be checked again without a button press. `now` is in milliseconds since 1970.
    fn may_look_again(&self, now: u64) -> bool {
        matches!(self.outcome, Some(RunOutcome::Stopped(RunError::Unknown(_)))) && !self.record.is_old(now)
    }
}

/// This tab's runs.
#[derive(Clone, Copy)]
pub struct Runs {
    all: RwSignal<Vec<Run>>,
    cloud: Cloud,
    notifications: Notifications,
    /// Aborts running runs, by their id.
    under_way: StoredValue<Vec<(ResourceId, AbortHandle)>>,
}

impl Runs {
    pub fn new(cloud: Cloud, notifications: Notifications) -> Self {
        let runs = Self { all: RwSignal::new(Vec::new()), cloud, notifications, under_way: StoredValue::new(Vec::new()) };
        if cfg!(target_arch = "wasm32") {
            // If the part fails to load, a run's page has a button that tries again.
            address::listen("online", move || runs.if_any(async move { look_again(runs).await.unwrap_or_default() }));
            // A page in the back/forward cache would go on holding a lock that another one waits for.
            address::listen("pagehide", move || runs.abort(|_| true));
            address::on_restored(move || runs.if_any(async move { come_back(runs).await.unwrap_or_default() }));
        }
        runs
    }

    /// Executes a task if there are runs.
    fn if_any(self, task: impl Future<Output = ()> + 'static) {
        if self.all.try_with_untracked(Vec::is_empty) == Some(false) {
            spawn_local(task);
        }
    }

    /// Deletes the stored runs of Preview.
    pub fn forget_preview() {
        record::forget_those(|record| record.caller.kind == CallerKind::Preview);
    }

    /// Aborts and deletes the runs of an account (`home_account_id`); with `until` (in milliseconds since 1970), only those that
    /// had started by then. Operations that Azure accepted continue there.
    pub fn forget_account(self, account: &str, until: Option<u64>) {
        let matches =
            |record: &Record| record::is_of(&record.caller, account) && until.is_none_or(|until| record.progress.started <= until);
        let belongs = |run: &&Run| matches(&run.record);
        let ids = self.all.try_with_untracked(|all| all.iter().filter(belongs).map(|run| run.id.clone()).collect::<Vec<_>>());
        let ids = ids.unwrap_or_default();
        self.abort(|id| ids.contains(id));
        self.all.try_update(|all| all.retain(|run| !ids.contains(&run.id)));
        record::forget_those(matches);
    }

    /// The names of the identities that an account's (`home_account_id`) open runs create.
    pub fn under_way(self, account: &str) -> Vec<String> {
        let open = |run: &&Run| run.is_open() && record::is_of(&run.record.caller, account);
        let names = self.all.try_with_untracked(|all| all.iter().filter(open).map(|run| run.record.draft.name.clone()).collect());
        names.unwrap_or_default()
    }

    pub fn get(self, id: &ResourceId) -> Option<Run> {
        self.all.with(|all| all.iter().find(|run| run.id == *id).cloned())
    }

    fn known(self, id: &ResourceId) -> Option<Run> {
        self.all.with_untracked(|all| all.iter().find(|run| run.id == *id).cloned())
    }

    /// A run's ownership, seen from the current caller. Tracked.
    pub fn whose(self, run: &Run) -> Ownership {
        Ownership::of(&run.record.caller, &self.cloud.present())
    }

    /// The runs that have ended.
    pub fn ended(self) -> Vec<(ResourceId, RunOutcome)> {
        self.all.with(|all| all.iter().filter_map(|run| Some((run.id.clone(), run.outcome.clone()?))).collect())
    }

    /// Whether a run of this tab has created the identity with this id.
    pub fn has_made(self, id: &ResourceId) -> bool {
        self.all.with(|all| all.iter().any(|run| matches!(&run.outcome, Some(RunOutcome::Made(identity)) if identity.id == *id)))
    }

    /// Starts the plan of `draft` as `caller`, and returns the id in its page's address.
    pub fn start(self, plan: Plan, draft: Draft, caller: Caller) -> Option<ResourceId> {
        let progress = Progress::new(&plan, clock::now());
        let id = page_id(&plan, &progress)?;
        self.follow(id.clone(), plan, Record { draft, progress, caller });
        Some(id)
    }

    /// The name of the identity that a run creates.
    pub fn name(self, id: &ResourceId) -> Option<String> {
        self.known(id).map(|run| run.record.draft.name)
    }

    /// Loads a run for its page. A run that Azure refused shows that error again. A run of somebody else waits for a button
    /// press, as does an old one; any other resumes. `false` if the tab has no such run.
    pub fn recall(self, id: &ResourceId) -> bool {
        if self.known(id).is_some() {
            return true;
        }
        let Some(record) = record::kept(id) else { return false };
        let stopped = match record.progress.failure.as_ref().filter(|_| record.is_stopped()) {
            Some(failure) => RunError::from(failure),
            None if record.caller.kind != CallerKind::Unknown && !record.caller.is_somebody() => {
                RunError::Call(ArmError::Wire(WireError::SignInRequired))
            }
            None if !record.is_old(clock::now()) && untrack(|| Ownership::of(&record.caller, &self.cloud.present())).may_go_on() => {
                return self.resume_as(id, record);
            }
            None => RunError::Call(ArmError::Wire(WireError::OtherCaller)),
        };
        let run = Run { id: id.clone(), record, waiting: None, elsewhere: false, outcome: Some(RunOutcome::Stopped(stopped)) };
        self.all.update(|all| all.push(run));
        true
    }

    /// Retries a stopped run, and returns the id in its page's address: a deployment that has ended is replaced by a new one,
    /// anything else resumes. `None` if the run belongs to somebody else.
    pub fn again(self, id: &ResourceId) -> Option<ResourceId> {
        let mut run = self.known(id)?;
        if run.record.caller.kind != CallerKind::Unknown && !run.record.caller.is_somebody() && !run.record.is_sent() {
            // Nobody was signed in at the first press, so nothing was sent in anybody's name.
            run.record.caller = untrack(|| self.cloud.present());
        }
        if !untrack(|| self.whose(&run)).may_go_on() {
            return None;
        }
        match run.outcome {
            Some(RunOutcome::Stopped(RunError::Failed(_) | RunError::Canceled)) => {
                self.start(plan(&run.record.draft)?, run.record.draft, untrack(|| self.cloud.present()))
            }
            _ => self.resume_as(id, run.record).then(|| id.clone()),
        }
    }

    /// Restarts a run as `caller`, after a confirmation, and deletes the previous run here. `None` if somebody else has signed in
    /// meanwhile.
    pub fn hand_over(self, id: &ResourceId, caller: Caller) -> Option<ResourceId> {
        if !caller.is(&untrack(|| self.cloud.present())) {
            return None;
        }
        let draft = self.known(id)?.record.draft;
        let plan = plan(&draft)?;
        self.all.update(|all| all.retain(|run| run.id != *id));
        self.abort(|run| run == id);
        record::forget(id);
        self.start(plan, draft, caller)
    }

    /// Resumes a run. `false` if its draft makes no plan.
    fn resume_as(self, id: &ResourceId, record: Record) -> bool {
        if self.known(id).is_some_and(|run| run.outcome.is_none()) {
            return true;
        }
        let Some(plan) = plan(&record.draft) else { return false };
        self.follow(id.clone(), plan, record);
        true
    }

    /// Aborts the runs whose id `matches`. Requests that were sent already are not cancelled.
    fn abort(self, matches: impl Fn(&ResourceId) -> bool) {
        self.under_way.try_update_value(|all| {
            all.retain(|(id, handle)| {
                let is_match = matches(id);
                if is_match {
                    handle.abort();
                }
                !is_match
            });
        });
    }

    fn follow(self, id: ResourceId, plan: Plan, record: Record) {
        // Aborts a run with the same id, such as one that creates the same identity by direct requests.
        self.abort(|run| *run == id);
        let (handle, registration) = AbortHandle::new_pair();
        self.under_way.update_value(|all| all.push((id.clone(), handle)));
        self.all.update(|all| {
            all.retain(|run| run.id != id);
            all.push(Run { id: id.clone(), record: record.clone(), waiting: None, elsewhere: false, outcome: None });
        });
        self.tell(&id, &record, NotificationStatus::Running, messages::RUN_STARTED);
        spawn_local(async move {
            let execution = queries::from_part(carry_out(self, id.clone(), plan, record.clone()));
            let outcome = match Abortable::new(execution, registration).await {
                Ok(Ok(outcome)) => outcome,
                Ok(Err(error)) => RunOutcome::Stopped(RunError::Call(error)),
                Err(Aborted) => return,
            };
            self.under_way.try_update_value(|all| all.retain(|(run, _)| *run != id));
            // Deleted meanwhile: its account signed out.
            let Some(run) = self.all.try_with_untracked(|all| all.iter().find(|run| run.id == id).cloned()).flatten() else { return };
            if matches!(outcome, RunOutcome::Made(_)) {
                record::forget(&id);
                if kept_draft::kept().as_ref() == Some(&record.draft) {
                    kept_draft::forget();
                }
            }
            let (status, title) = ended(&outcome, run.record.progress.existed == Some(true));
            self.change(&id, |run| {
                run.waiting = None;
                run.outcome = Some(outcome);
            });
            self.tell(&id, &record, status, title);
        });
    }

    fn tell(self, id: &ResourceId, record: &Record, status: NotificationStatus, title: Message) {
        let link = Some(Route::Deployment(id.clone()).href());
        self.notifications.tell_of(&record.caller.account, id.as_str(), status, title.with([&record.draft.name]), link);
    }

    fn change(self, id: &ResourceId, change: impl FnOnce(&mut Run)) {
        self.all.try_update(|all| {
            if let Some(run) = all.iter_mut().find(|run| run.id == *id) {
                change(run);
            }
        });
    }

    /// Stores a step, unless the run was deleted.
    fn note(self, id: &ResourceId, record: Record) {
        self.change(id, |run| {
            record::keep(id, &record);
            run.record = record;
        });
    }
}

/// The notification of a run that has ended.
fn ended(outcome: &RunOutcome, existed: bool) -> (NotificationStatus, Message) {
    match outcome {
        RunOutcome::Made(_) => (NotificationStatus::Done, if existed { messages::RUN_UPDATED } else { messages::RUN_DONE }),
        RunOutcome::Stopped(RunError::Canceled) => (NotificationStatus::Failed, messages::RUN_CANCELLED),
        RunOutcome::Stopped(RunError::Unknown(_) | RunError::Missing) => (NotificationStatus::Unknown, messages::RUN_UNKNOWN),
        RunOutcome::Stopped(RunError::Call(ArmError::Wire(WireError::OtherCaller))) => (NotificationStatus::Unknown, messages::RUN_ON_HOLD),
        RunOutcome::Stopped(_) => (NotificationStatus::Failed, if existed { messages::RUN_NOT_UPDATED } else { messages::RUN_FAILED }),
    }
}

crate::part! {
    in review:
    /// Checks the runs whose outcome is unknown again.
    fn look_again(runs: Runs) -> () {
        let now = clock::now();
        let unknown = |run: &&Run| run.may_look_again(now);
        let ids = runs.all.try_with_untracked(|all| all.iter().filter(unknown).map(|run| run.id.clone()).collect::<Vec<_>>());
        for id in ids.unwrap_or_default() {
            runs.again(&id);
        }
    }
}

crate::part! {
    in review:
    /// Resumes the runs that were aborted when the page went into the back/forward cache.
    fn come_back(runs: Runs) -> () {
        let open = runs.all.try_with_untracked(|all| all.iter().filter(|run| run.outcome.is_none()).cloned().collect::<Vec<_>>());
        for Run { id, record, .. } in open.unwrap_or_default() {
            if let Some(plan) = plan(&record.draft) {
                runs.follow(id, plan, record);
            }
        }
    }
}

crate::part! {
    in review:
    fn carry_out(runs: Runs, id: ResourceId, plan: Plan, record: Record) -> ArmFuture<RunOutcome> {
        Box::pin(async move {
            let (_held, record) = match claim(runs, &id, &plan, record).await {
                Ok(claimed) => claimed,
                Err(stopped) => return Ok(RunOutcome::Stopped(stopped)),
            };
            let mut progress = record.progress.clone();
            let waiting_id = id.clone();
            let client = queries::client_as(runs.cloud, Some(record.caller.clone())).observed(Rc::new(move |wait| {
                runs.change(&waiting_id, |run| run.waiting = wait.map(|wait| wait.seconds));
            }));
            let on_progress = |progress: &Progress| runs.note(&id, Record { progress: progress.clone(), ..record.clone() });
            Ok(match run(&client, &plan, &mut progress, &on_progress).await {
                Ok(identity) => RunOutcome::Made(Box::new(identity)),
                Err(error) => RunOutcome::Stopped(error),
            })
        })
    }
}

/// Waits until no other tab executes the run. Returns the lock, and the record to resume with.
///
/// # Errors
/// If more than one resource is left: it is unknown which of them the other tab created, and nothing is sent before a button
/// press.
async fn claim(runs: Runs, id: &ResourceId, plan: &Plan, record: Record) -> Result<(Option<Held>, Record), RunError> {
    if record.caller.kind == CallerKind::Preview {
        // Each tab has its own simulator.
        return Ok((None, record));
    }
    let lock = record.lock(id);
    if let Some(held) = locks::take(&lock, PATIENCE).await {
        return Ok((Some(held), record));
    }
    runs.change(id, |run| run.elsewhere = true);
    let held = locks::wait(&lock).await;
    let record = record.taken_over(clock::now());
    runs.note(id, record.clone());
    runs.change(id, |run| run.elsewhere = false);
    match &record.progress.failure {
        Some(failure) if record.progress.operations(plan).len() > record.progress.done + 1 => Err(failure.into()),
        _ => Ok((Some(held), record)),
    }
}

pub fn plan(draft: &Draft) -> Option<Plan> {
    check::request(draft, &Knowledge::default()).map(Plan::new)
}

fn page_id(plan: &Plan, progress: &Progress) -> Option<ResourceId> {
    progress.deployment_id().or_else(|| plan.identities().last().map(|identity| identity.id(&plan.subscription)))
}
