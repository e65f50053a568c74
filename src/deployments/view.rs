//! The view model of a deployment's page, from one of this tab's runs or from ARM.

use crate::arm::deployment::{Deployment, DeploymentState};
use crate::arm::error::{ArmError, Refusal};
use crate::arm::managed_identity::{IDENTITY_TYPE, ManagedIdentity};
use crate::arm::resource_id::ResourceId;
use crate::arm::transport::WireError;
use crate::messages::{self, Message};
use crate::portal::runs::{Run, RunOutcome};
use crate::provisioning::explain::{Explanation, explain_run};
use crate::provisioning::run_error::RunError;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    UnderWay,
    Complete,
    Failed,
    Cancelled,
    /// The outcome is unknown.
    Unknown,
    /// It belongs to another account, directory or mode.
    OnHold,
    /// Another tab is executing it.
    Elsewhere,
}

/// The time that the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moment {
    /// When it started, in milliseconds since 1970.
    Began(u64),
    /// When it last changed, as ARM's RFC 3339 timestamp.
    Changed(String),
    Unknown,
}

/// A deployment, or a run by direct requests.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The id in the page's address.
    pub id: ResourceId,
    pub status: Status,
    pub moment: Moment,
    pub correlation_id: Option<String>,
    pub failure: Option<Explanation>,
    /// The identity's id, once it is created.
    pub made: Option<ResourceId>,
    /// Whether the identity existed before.
    pub updated: bool,
    /// What was chosen under Access, as a draft holds it; empty if nothing was, or if that isn't known.
    pub access: String,
}

impl Status {
    pub fn title(self) -> Message {
        match self {
            Self::UnderWay => messages::DEPLOYMENT_UNDER_WAY,
            Self::Complete => messages::DEPLOYMENT_COMPLETE,
            Self::Failed => messages::DEPLOYMENT_NOT_COMPLETE,
            Self::Cancelled => messages::DEPLOYMENT_STOPPED,
            Self::Unknown => messages::DEPLOYMENT_UNKNOWN,
            Self::OnHold => messages::DEPLOYMENT_ON_HOLD,
            Self::Elsewhere => messages::DEPLOYMENT_ELSEWHERE,
        }
    }
}

impl Shown {
    /// Whether the id is a deployment's, rather than that of an identity created by direct requests.
    pub fn is_deployment(&self) -> bool {
        is_deployment(&self.id)
    }

    /// Whether it is running or its outcome is unknown.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.status, Status::UnderWay | Status::Unknown | Status::Elsewhere)
    }

    /// Takes the outcome from ARM's deployment if this one is open and ARM's has ended.
    pub(super) fn ended_as(self, deployment: Option<&Deployment>) -> Self {
        match deployment.map(Self::from) {
            Some(ended) if self.is_open() && ended.status != Status::UnderWay => Self {
                correlation_id: ended.correlation_id.or(self.correlation_id),
                status: ended.status,
                failure: ended.failure,
                made: ended.made,
                ..self
            },
            _ => self,
        }
    }
}

pub(super) fn is_deployment(id: &ResourceId) -> bool {
    id.resource_type().is_some_and(|kind| kind.eq_ignore_ascii_case("Microsoft.Resources/deployments"))
}

impl From<&Run> for Shown {
    fn from(run: &Run) -> Self {
        let (status, error) = match &run.outcome {
            None if run.elsewhere => (Status::Elsewhere, None),
            None => (Status::UnderWay, None),
            Some(RunOutcome::Made(_)) => (Status::Complete, None),
            Some(RunOutcome::Stopped(RunError::Canceled)) => (Status::Cancelled, Some(&RunError::Canceled)),
            Some(RunOutcome::Stopped(RunError::Call(ArmError::Wire(WireError::OtherCaller)))) => (Status::OnHold, None),
            Some(RunOutcome::Stopped(error @ (RunError::Unknown(_) | RunError::Missing))) => (Status::Unknown, Some(error)),
            Some(RunOutcome::Stopped(error)) => (Status::Failed, Some(error)),
        };
        Self {
            id: run.id.clone(),
            status,
            moment: Moment::Began(run.record.progress.started),
            correlation_id: run.record.progress.correlation_id.clone(),
            failure: error.map(explain_run),
            made: match &run.outcome {
                Some(RunOutcome::Made(identity)) => Some(identity.id.clone()),
                _ => None,
            },
            updated: run.record.progress.existed == Some(true),
            access: run.record.draft.access.clone(),
        }
    }
}

impl From<&Deployment> for Shown {
    fn from(deployment: &Deployment) -> Self {
        let is_identity = |id: &&ResourceId| id.resource_type().is_some_and(|kind| kind.eq_ignore_ascii_case(IDENTITY_TYPE));
        let (status, error) = match deployment.state {
            DeploymentState::UnderWay => (Status::UnderWay, None),
            DeploymentState::Succeeded => (Status::Complete, None),
            DeploymentState::Canceled => (Status::Cancelled, Some(RunError::Canceled)),
            DeploymentState::Failed => {
                let refusal = Refusal {
                    correlation_id: deployment.correlation_id.clone(),
                    ..Refusal::from(deployment.error.clone().unwrap_or_default())
                };
                (Status::Failed, Some(RunError::Failed(Box::new(refusal))))
            }
        };
        Self {
            id: deployment.id.clone(),
            status,
            moment: deployment.timestamp.clone().map_or(Moment::Unknown, Moment::Changed),
            correlation_id: deployment.correlation_id.clone(),
            failure: error.as_ref().map(explain_run),
            made: deployment.output_resources.iter().find(is_identity).cloned().filter(|_| status == Status::Complete),
            updated: false,
            access: String::new(),
        }
    }
}

impl From<&ManagedIdentity> for Shown {
    fn from(identity: &ManagedIdentity) -> Self {
        Self {
            id: identity.id.clone(),
            status: Status::Complete,
            moment: Moment::Unknown,
            correlation_id: None,
            failure: None,
            made: Some(identity.id.clone()),
            updated: false,
            access: String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arm::error::ErrorDetail;

    const GROUP: &str = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/";

    fn id(rest: &str) -> ResourceId {
        ResourceId::parse(&[GROUP, rest].concat()).expect("an id")
    }

    #[test]
    fn a_deployment_is_shown_by_its_state() {
        let deployment = |state| Deployment {
            id: id("Microsoft.Resources/deployments/d"),
            state,
            correlation_id: Some("c".into()),
            timestamp: None,
            duration: None,
            error: (state == DeploymentState::Failed).then(|| ErrorDetail { code: "ScopeLocked".into(), ..ErrorDetail::default() }),
            output_resources: vec![id("Microsoft.Storage/storageAccounts/s"), id("microsoft.managedidentity/userassignedidentities/u")],
        };
        let table = [
            (DeploymentState::UnderWay, Status::UnderWay, None, None),
            (DeploymentState::Succeeded, Status::Complete, None, Some("u")),
            (DeploymentState::Failed, Status::Failed, Some("ScopeLocked"), None),
            (DeploymentState::Canceled, Status::Cancelled, Some(""), None),
        ];
        for (state, status, code, made) in table {
            let shown = Shown::from(&deployment(state));
            assert_eq!(shown.status, status);
            assert_eq!(shown.failure.as_ref().map(|failure| failure.code.as_str()), code, "{state:?}");
            assert_eq!(shown.made.as_ref().map(ResourceId::name), made, "{state:?}");
            assert!(shown.is_deployment());
            let of_run = |status| Shown { status, moment: Moment::Began(1), updated: true, failure: None, made: None, ..shown.clone() };
            let ended = of_run(Status::UnderWay).ended_as(Some(&deployment(state)));
            assert_eq!(ended, Shown { moment: Moment::Began(1), updated: true, ..shown.clone() }, "{state:?}");
            let unknown = of_run(Status::Unknown).ended_as(Some(&deployment(state)));
            assert_eq!(unknown, if status == Status::UnderWay { of_run(Status::Unknown) } else { ended }, "{state:?}");
            assert_eq!(of_run(Status::OnHold).ended_as(Some(&deployment(state))), of_run(Status::OnHold), "{state:?}");
            assert_eq!(of_run(Status::UnderWay).ended_as(None), of_run(Status::UnderWay));
        }
    }
}
