//! A deployment's operations: resource, status and time of the last change. They are polled while it is running.

use std::time::Duration;

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;

use super::facts::{localized, type_name};
use super::view::Status;
use super::watch;
use crate::arm::deployment::{DeploymentOperation, DeploymentState};
use crate::arm::error::ArmError;
use crate::arm::guid::Guid;
use crate::arm::resource_id::ResourceId;
use crate::arm::transport::WireError;
use crate::browser::clock;
use crate::cloud::Cloud;
use crate::controls::{Badge, Tone};
use crate::messages::{self, Message};
use crate::portal::runs::{Run, RunOutcome, plan};
use crate::provisioning::plan::NewResource;
use crate::provisioning::progress::Operation;
use crate::provisioning::run_error::RunError;
use crate::visible::shown;

/// The polling interval.
const POLL_INTERVAL: Duration = Duration::from_secs(3);

/// The status of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Waiting,
    UnderWay,
    Done,
    Failed,
    Cancelled,
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OperationRow {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) step: Step,
    pub(super) time: String,
}

/// A deployment's operations, polled from ARM until it ends.
#[component]
pub fn DeploymentOperations(
    /// The deployment's id.
    id: ResourceId,
    #[prop(into)] status: Signal<Status>,
    /// Changes to trigger reading the operations again.
    #[prop(into)]
    round: Signal<u32>,
) -> impl IntoView {
    let cloud = expect_context::<Cloud>();
    let rows = RwSignal::new(None::<Vec<OperationRow>>);
    Effect::new(move |_| {
        // Runs again when the status changes, to read the final operations.
        round.track();
        let is_under_way = status.get() == Status::UnderWay;
        let id = id.clone();
        spawn_local_scoped_with_cancellation(async move {
            loop {
                // The deployment may not exist yet, and the next poll corrects any other failure.
                if let Ok(operations) = watch::operations(cloud, id.clone()).await {
                    rows.set(Some(operations.iter().filter_map(row).collect()));
                }
                if !is_under_way {
                    break;
                }
                clock::wait(POLL_INTERVAL).await;
            }
        });
    });
    move || table(rows.get(), status.get())
}

/// The operations of a run by direct requests.
pub(super) fn request_rows(run: &Run) -> Vec<OperationRow> {
    let Some(plan) = plan(&run.record.draft) else { return Vec::new() };
    let progress = &run.record.progress;
    let step = |index: usize| match &run.outcome {
        _ if index < progress.done => Step::Done,
        Some(RunOutcome::Made(_)) => Step::Done,
        Some(RunOutcome::Stopped(RunError::Unknown(_) | RunError::Missing)) if index == progress.done => Step::Unknown,
        Some(RunOutcome::Stopped(RunError::Call(ArmError::Wire(WireError::OtherCaller)))) => Step::Waiting,
        Some(RunOutcome::Stopped(_)) if index == progress.done => Step::Failed,
        None if run.elsewhere => Step::Unknown,
        None if index == progress.done => Step::UnderWay,
        _ => Step::Waiting,
    };
    let rows = progress.operations(&plan).into_iter().enumerate().filter_map(|(at, operation)| {
        let Operation::Put(index) = operation else { return None };
        let resource = plan.resources.get(index)?;
        let kind = match resource {
            NewResource::Group(_) => messages::TYPE_GROUP.text().into_owned(),
            NewResource::Identity(_) => messages::TYPE_IDENTITY.text().into_owned(),
            NewResource::Credential(_) => messages::TYPE_CREDENTIAL.text().into_owned(),
            NewResource::Role(role) => messages::TYPE_ROLE.with([&role.role_name]).text(),
            NewResource::Lock(_) => messages::TYPE_LOCK.text().into_owned(),
        };
        Some(OperationRow { name: resource.name().to_owned(), kind, step: step(at), time: String::new() })
    });
    rows.collect()
}

/// The operations as a table. `rows` is `None` while they aren't loaded.
pub(super) fn table(rows: Option<Vec<OperationRow>>, status: Status) -> AnyView {
    let heading = view! { <h2 id="operations-title">{messages::DEPLOYMENT_DETAILS.text()}</h2> };
    let rows = rows.unwrap_or_default();
    if rows.is_empty() {
        let text = if status == Status::UnderWay { messages::NO_OPERATIONS } else { messages::NO_OPERATIONS_AT_ALL };
        return view! { <section class="operations">{heading}<p class="quiet">{text.text()}</p></section> }.into_any();
    }
    // Direct requests have no timestamps.
    let timed = rows.iter().any(|row| !row.time.is_empty());
    let lines = rows.into_iter().map(|row| line(row, timed)).collect::<Vec<_>>();
    view! {
        <section class="operations">
            {heading}
            <table class="table" aria-labelledby="operations-title">
                <thead>
                    <tr>
                        <th scope="col">{messages::OPERATION_RESOURCE.text()}</th>
                        <th scope="col">{messages::OPERATION_STATUS.text()}</th>
                        {timed.then(|| view! { <th scope="col">{messages::OPERATION_TIME.text()}</th> })}
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn line(row: OperationRow, timed: bool) -> AnyView {
    let (tone, label) = badge(row.step);
    view! {
        <tr>
            <th scope="row">{shown(&row.name).into_owned()}<span class="small table-under">{shown(&row.kind).into_owned()}</span></th>
            <td><Badge tone=tone>{label.text()}</Badge></td>
            {timed.then(|| view! { <td>{shown(&row.time).into_owned()}</td> })}
        </tr>
    }
    .into_any()
}

fn badge(step: Step) -> (Tone, Message) {
    match step {
        Step::Waiting => (Tone::Info, messages::OPERATION_WAITING),
        Step::UnderWay => (Tone::Busy, messages::OPERATION_UNDER_WAY),
        Step::Done => (Tone::Success, messages::OPERATION_DONE),
        Step::Failed => (Tone::Error, messages::OPERATION_FAILED),
        Step::Cancelled => (Tone::Warning, messages::OPERATION_CANCELLED),
        Step::Unknown => (Tone::Warning, messages::OPERATION_UNKNOWN),
    }
}

/// The row of an ARM operation; `None` without a resource, for ARM's internal operations.
fn row(operation: &DeploymentOperation) -> Option<OperationRow> {
    let resource = operation.resource.as_ref()?;
    let (name, kind) = described(resource);
    Some(OperationRow {
        name,
        kind,
        step: match operation.state {
            DeploymentState::UnderWay => Step::UnderWay,
            DeploymentState::Succeeded => Step::Done,
            DeploymentState::Failed => Step::Failed,
            DeploymentState::Canceled => Step::Cancelled,
        },
        time: operation.timestamp.as_deref().map(localized).unwrap_or_default(),
    })
}

/// The name and the type of a resource. A role assignment, whose name is a GUID, is named by its scope.
fn described(resource: &ResourceId) -> (String, String) {
    let text = resource.as_str();
    if let Some(at) = text.to_ascii_lowercase().find("/providers/microsoft.authorization/roleassignments/") {
        let scope = text[..at].rsplit('/').next().unwrap_or_default();
        return (scope.to_owned(), messages::TYPE_ROLE_ASSIGNMENT.text().into_owned());
    }
    let is_role = resource.name().strip_prefix("role-").is_some_and(|name| Guid::parse(name).is_some());
    if let Some(group) = resource.resource_group().filter(|_| is_role) {
        return (group.to_owned(), messages::TYPE_ROLE_DEPLOYMENT.text().into_owned());
    }
    (resource.name().to_owned(), type_name(resource))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal::runs::record::Record;
    use crate::provisioning::draft::Draft;
    use crate::provisioning::progress::Progress;

    #[test]
    fn direct_requests_are_listed_in_the_order_they_are_sent() {
        let draft = Draft {
            subscription: "11111111-2222-3333-4444-555555555555".into(),
            resource_group: "RG1".into(),
            group_is_new: true,
            region: "eastus".into(),
            name: "uami-apl2003".into(),
            direct: true,
            ..Draft::default()
        };
        let id = ResourceId::parse("/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/RG1").expect("an id");
        let stopped = || Some(RunOutcome::Stopped(RunError::Call(ArmError::Wire(WireError::Unreachable))));
        let unknown = || Some(RunOutcome::Stopped(RunError::Unknown(ArmError::Wire(WireError::Unreachable))));
        let held = || Some(RunOutcome::Stopped(RunError::Call(ArmError::Wire(WireError::OtherCaller))));
        let table = [
            (0, false, None, [Step::UnderWay, Step::Waiting]),
            (1, false, None, [Step::Done, Step::UnderWay]),
            (2, false, None, [Step::Done, Step::Done]),
            (0, false, stopped(), [Step::Failed, Step::Waiting]),
            (1, false, stopped(), [Step::Done, Step::Failed]),
            (1, false, unknown(), [Step::Done, Step::Unknown]),
            (1, false, held(), [Step::Done, Step::Waiting]),
            // This tab doesn't know the other tab's progress.
            (0, true, None, [Step::Unknown, Step::Unknown]),
            (1, true, None, [Step::Done, Step::Unknown]),
        ];
        for (done, elsewhere, outcome, steps) in table {
            let progress = Progress { done, ..Progress::default() };
            let record = Record { draft: draft.clone(), progress, ..Record::default() };
            let rows = request_rows(&Run { id: id.clone(), record, waiting: None, elsewhere, outcome });
            assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["RG1", "uami-apl2003"]);
            assert_eq!(rows.iter().map(|row| row.step).collect::<Vec<_>>(), steps, "{done}");
        }
    }
}
