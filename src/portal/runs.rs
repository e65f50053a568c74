//! What Create started in this tab: carried out while the program lives, stored after every step, taken up again after a reload.
//! Each run is pinned to its caller: where somebody else is at this page, it stops and says whose it is.

pub mod ownership;
pub mod record;
#[cfg(test)]
mod tests;

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

/// How long a lock is waited for that this page held itself before it was loaded anew.
const PATIENCE: Duration = Duration::from_millis(700);

/// How a run ended.
#[derive(Clone, Debug, PartialEq)]
pub enum RunOutcome {
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
    /// Whether another tab carries it out, of which this one is a copy.
    pub elsewhere: bool,
    /// How it ended, once it has.
    pub outcome: Option<RunOutcome>,
}

impl Run {
    /// Whether what became of it is open: it is under way, or nobody knows.
    fn is_open(&self) -> bool {
        matches!(self.outcome, None | Some(RunOutcome::Stopped(RunError::Unknown(_))))
    }

    /// Whether nobody knows what became of it, and it may be looked at again without a press. `now`: milliseconds since 1970.
    fn may_look_again(&self, now: u64) -> bool {
        matches!(self.outcome, Some(RunOutcome::Stopped(RunError::Unknown(_)))) && !self.record.is_old(now)
    }
}

/// The runs of this tab.
#[derive(Clone, Copy)]
pub struct Runs {
    all: RwSignal<Vec<Run>>,
    cloud: Cloud,
    notifications: Notifications,
    /// Stops what is carried out, by the run's id.
    under_way: StoredValue<Vec<(ResourceId, AbortHandle)>>,
}

impl Runs {
    /// No runs yet.
    pub fn new(cloud: Cloud, notifications: Notifications) -> Self {
        let runs = Self { all: RwSignal::new(Vec::new()), cloud, notifications, under_way: StoredValue::new(Vec::new()) };
        if cfg!(target_arch = "wasm32") {
            address::listen("online", move || runs.look_again());
            // A page that the browser keeps would go on holding what another one waits for.
            address::listen("pagehide", move || runs.abort(|_| true));
            address::on_restored(move || runs.come_back());
        }
        runs
    }

    /// Forgets what the tab keeps of the runs of Preview.
    pub fn forget_preview() {
        record::forget_those(|record| record.caller.kind == CallerKind::Preview);
    }

    /// Stops and forgets the runs of an account (`home_account_id`); with `until` (in milliseconds since 1970), those that began
    /// until then. What Azure took goes on there.
    pub fn forget_account(self, account: &str, until: Option<u64>) {
        let is_theirs =
            |record: &Record| record::is_of(&record.caller, account) && until.is_none_or(|until| record.progress.started <= until);
        let theirs = |run: &&Run| is_theirs(&run.record);
        let ids = self.all.try_with_untracked(|all| all.iter().filter(theirs).map(|run| run.id.clone()).collect::<Vec<_>>());
        let ids = ids.unwrap_or_default();
        self.abort(|id| ids.contains(id));
        self.all.try_update(|all| all.retain(|run| !ids.contains(&run.id)));
        record::forget_those(is_theirs);
    }

    /// The names of identities that runs of an account (`home_account_id`) are making, or may have made.
    pub fn under_way(self, account: &str) -> Vec<String> {
        let open = |run: &&Run| run.is_open() && record::is_of(&run.record.caller, account);
        let names = self.all.try_with_untracked(|all| all.iter().filter(open).map(|run| run.record.draft.name.clone()).collect());
        names.unwrap_or_default()
    }

    /// The run of this id, if it is one of this tab.
    pub fn get(self, id: &ResourceId) -> Option<Run> {
        self.all.with(|all| all.iter().find(|run| run.id == *id).cloned())
    }

    fn known(self, id: &ResourceId) -> Option<Run> {
        self.all.with_untracked(|all| all.iter().find(|run| run.id == *id).cloned())
    }

    /// Whose a run is. Tracked.
    pub fn whose(self, run: &Run) -> Ownership {
        Ownership::of(&run.record.caller, &self.cloud.present())
    }

    /// Those that have ended, and how.
    pub fn ended(self) -> Vec<(ResourceId, RunOutcome)> {
        self.all.with(|all| all.iter().filter_map(|run| Some((run.id.clone(), run.outcome.clone()?))).collect())
    }

    /// Starts the plan of `draft` as `caller`, who pressed, and gives the id of its page.
    pub fn start(self, plan: Plan, draft: Draft, caller: Caller) -> Option<ResourceId> {
        let progress = Progress::new(&plan, clock::now());
        let id = page_id(&plan, &progress)?;
        self.follow(id.clone(), plan, Record { draft, progress, caller });
        Some(id)
    }

    /// What the run of this id makes.
    pub fn name(self, id: &ResourceId) -> Option<String> {
        self.known(id).map(|run| run.record.draft.name)
    }

    /// Brings the run of this id back for its page: one that Azure refused shows that again, one of somebody else waits for a
    /// press, as does one from long ago; any other goes on. `false` where the tab knows of no such run.
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

    /// Tries again what stopped, and gives the id of its page: a deployment that has ended needs a new one, anything
    /// else goes on where it was. `None` where it is somebody else's.
    pub fn again(self, id: &ResourceId) -> Option<ResourceId> {
        let mut run = self.known(id)?;
        if run.record.caller.kind != CallerKind::Unknown && !run.record.caller.is_somebody() && !run.record.is_sent() {
            // Nobody was signed in when it was pressed first, so nothing was sent as anybody.
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

    /// Starts the run of this id anew as `caller`, after a question; the one before is forgotten here. `None` where somebody else
    /// is at the page by now.
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

    /// Looks again what became of the runs that nobody knows about.
    fn look_again(self) {
        let now = clock::now();
        let unknown = |run: &&Run| run.may_look_again(now);
        let ids = self.all.try_with_untracked(|all| all.iter().filter(unknown).map(|run| run.id.clone()).collect::<Vec<_>>());
        for id in ids.unwrap_or_default() {
            self.again(&id);
        }
    }

    /// Takes up what stopped as the page was left: the browser kept it, and shows it again.
    fn come_back(self) {
        let open = self.all.try_with_untracked(|all| all.iter().filter(|run| run.outcome.is_none()).cloned().collect::<Vec<_>>());
        for Run { id, record, .. } in open.unwrap_or_default() {
            if let Some(plan) = plan(&record.draft) {
                self.follow(id, plan, record);
            }
        }
    }

    /// Takes up a run where it stopped. `false` where what was typed makes no plan.
    fn resume_as(self, id: &ResourceId, record: Record) -> bool {
        if self.known(id).is_some_and(|run| run.outcome.is_none()) {
            return true;
        }
        let Some(plan) = plan(&record.draft) else { return false };
        self.follow(id.clone(), plan, record);
        true
    }

    /// Stops carrying out the runs whose id `is_meant`. A request that left already is not taken back.
    fn abort(self, is_meant: impl Fn(&ResourceId) -> bool) {
        self.under_way.try_update_value(|all| {
            all.retain(|(id, handle)| {
                let is_meant = is_meant(id);
                if is_meant {
                    handle.abort();
                }
                !is_meant
            });
        });
    }

    fn follow(self, id: ResourceId, plan: Plan, record: Record) {
        // One of the same id, as where single requests make the same identity again, ends here.
        self.abort(|run| *run == id);
        let (handle, registration) = AbortHandle::new_pair();
        self.under_way.update_value(|all| all.push((id.clone(), handle)));
        self.all.update(|all| {
            all.retain(|run| run.id != id);
            all.push(Run { id: id.clone(), record: record.clone(), waiting: None, elsewhere: false, outcome: None });
        });
        self.tell(&id, &record, NotificationStatus::Running, messages::RUN_STARTED);
        spawn_local(async move {
            let carried_out = queries::from_part(carry_out(self, id.clone(), plan, record.clone()));
            let outcome = match Abortable::new(carried_out, registration).await {
                Ok(Ok(outcome)) => outcome,
                Ok(Err(error)) => RunOutcome::Stopped(RunError::Call(error)),
                Err(Aborted) => return,
            };
            self.under_way.try_update_value(|all| all.retain(|(run, _)| *run != id));
            // Forgotten meanwhile: its account signed out.
            let Some(run) = self.all.try_with_untracked(|all| all.iter().find(|run| run.id == id).cloned()).flatten() else { return };
            if matches!(outcome, RunOutcome::Made(_)) {
                record::forget(&id);
                if kept_draft::kept().as_ref() == Some(&record.draft) {
                    kept_draft::forget();
                }
            }
            let (standing, title) = ended(&outcome, run.record.progress.existed == Some(true));
            self.change(&id, |run| {
                run.waiting = None;
                run.outcome = Some(outcome);
            });
            self.tell(&id, &record, standing, title);
        });
    }

    fn tell(self, id: &ResourceId, record: &Record, standing: NotificationStatus, title: Message) {
        let link = Some(Route::Deployment(id.clone()).href());
        self.notifications.tell_of(&record.caller.account, id.as_str(), standing, title.with([&record.draft.name]), link);
    }

    fn change(self, id: &ResourceId, change: impl FnOnce(&mut Run)) {
        self.all.try_update(|all| {
            if let Some(run) = all.iter_mut().find(|run| run.id == *id) {
                change(run);
            }
        });
    }

    /// Takes note of a step, unless the run is forgotten.
    fn note(self, id: &ResourceId, record: Record) {
        self.change(id, |run| {
            record::keep(id, &record);
            run.record = record;
        });
    }
}

/// What the bell says of a run that has ended.
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
    in azure:
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
            let told = |progress: &Progress| runs.note(&id, Record { progress: progress.clone(), ..record.clone() });
            Ok(match run(&client, &plan, &mut progress, &told).await {
                Ok(identity) => RunOutcome::Made(Box::new(identity)),
                Err(error) => RunOutcome::Stopped(error),
            })
        })
    }
}

/// Waits until no other tab carries the run out; gives what keeps the others from it, and the record to go on with.
///
/// # Errors
/// Where more is left than one resource: what the other tab did of that is not known, and nothing is sent before a press.
async fn claim(runs: Runs, id: &ResourceId, plan: &Plan, record: Record) -> Result<(Option<Held>, Record), RunError> {
    if record.caller.kind == CallerKind::Preview {
        // Each tab simulates for itself.
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

/// The plan of a draft that was valid when it was stored.
pub fn plan(draft: &Draft) -> Option<Plan> {
    check::request(draft, &Knowledge::default()).map(Plan::new)
}

fn page_id(plan: &Plan, progress: &Progress) -> Option<ResourceId> {
    progress.deployment_id().or_else(|| plan.identities().last().map(|identity| identity.id(&plan.subscription)))
}
