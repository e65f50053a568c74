//! The progress of a run: stored after every step, so that the run resumes where it stopped after a reload or failure.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::plan::{NewResource, Plan};
use super::request::CreationPath;
use super::run_error::RunError;
use super::template::{Scope, scope};
use crate::arm::deployment::deployment_id;
use crate::arm::error::{AdditionalInfo, ArmError, ErrorDetail, Refusal};
use crate::arm::resource_id::ResourceId;
use crate::arm::transport::WireError;

/// One step of a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Operation {
    /// One deployment creates everything; holds its id.
    Deploy(ResourceId),
    /// One request creates one resource; holds its index in the plan.
    Put(usize),
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Progress {
    /// Start time, in milliseconds since 1970.
    pub started: u64,
    /// Number of completed operations.
    pub done: usize,
    /// Whether the next operation was sent: it may have been accepted even if no answer came.
    pub sent: bool,
    /// The deployment's id, if there is one.
    pub deployment: Option<String>,
    /// The path of the deployment's status, if it could be read.
    pub status_path: Option<String>,
    /// Whether the identity existed before, so that it is updated; `None` if that could not be determined.
    pub existed: Option<bool>,
    /// For support.
    pub correlation_id: Option<String>,
    /// Why it stopped, if it did.
    pub failure: Option<Failure>,
}

/// Why a run stopped, in stored form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Failure {
    pub kind: FailureKind,
    /// The HTTP status; 0 if the failure was not a response.
    pub status: u16,
    /// ARM's code; empty if there is none.
    pub code: String,
    /// ARM's message, or what was not understood.
    pub message: String,
    /// The error's target, if ARM named one.
    pub target: Option<String>,
    /// ARM's typed additional info, which names policies: type and content.
    pub additional_info: Vec<(String, Value)>,
    /// The id of our request; empty if unknown.
    pub request_id: String,
    pub correlation_id: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FailureKind {
    /// ARM refused a call.
    Refused,
    /// The deployment failed.
    Failed,
    /// Somebody cancelled the deployment.
    Canceled,
    /// What was created cannot be found.
    Missing,
    /// ARM's answer was not understood.
    NotUnderstood,
    /// No answer came.
    #[default]
    Unreachable,
    /// No answer came in time.
    TimedOut,
    /// The session has ended.
    SignInRequired,
    /// A sent request got no answer, and Azure could not be asked about the outcome.
    Unanswered,
    /// The request is pinned to a caller other than the present one.
    OtherCaller,
    /// A part of the program could not be loaded.
    PartMissing,
}

impl From<&RunError> for Failure {
    fn from(error: &RunError) -> Self {
        let bare = |kind| Self { kind, ..Self::default() };
        let refused = |kind, refusal: &Refusal| {
            // Only the innermost error is stored: it says the most.
            let ErrorDetail { code, message, target, additional_info, .. } = refusal.innermost();
            Self {
                kind,
                status: refusal.status,
                code,
                message,
                target,
                additional_info: additional_info.into_iter().map(|addition| (addition.kind, addition.info)).collect(),
                request_id: refusal.request_id.clone(),
                correlation_id: refusal.correlation_id.clone(),
            }
        };
        match error {
            RunError::Unknown(error) => {
                // The request id, for support, and the rest unchanged.
                Self { kind: FailureKind::Unanswered, ..Self::from(&RunError::Call(error.clone())) }
            }
            RunError::Call(ArmError::Refused(refusal)) => refused(FailureKind::Refused, refusal),
            RunError::Failed(refusal) => refused(FailureKind::Failed, refusal),
            RunError::Canceled => bare(FailureKind::Canceled),
            RunError::Missing => bare(FailureKind::Missing),
            RunError::Call(ArmError::NotUnderstood { reason, request_id }) => {
                Self { message: reason.clone(), request_id: request_id.clone(), ..bare(FailureKind::NotUnderstood) }
            }
            RunError::Call(ArmError::Wire(wire)) => bare(match wire {
                WireError::Unreachable => FailureKind::Unreachable,
                WireError::TimedOut => FailureKind::TimedOut,
                WireError::SignInRequired => FailureKind::SignInRequired,
                WireError::OtherCaller => FailureKind::OtherCaller,
                WireError::PartMissing => FailureKind::PartMissing,
            }),
        }
    }
}

impl From<&Failure> for RunError {
    fn from(failure: &Failure) -> Self {
        let refusal = || {
            let additions = failure.additional_info.iter().cloned();
            Box::new(Refusal {
                status: failure.status,
                code: failure.code.clone(),
                message: failure.message.clone(),
                target: failure.target.clone(),
                additional_info: additions.map(|(kind, info)| AdditionalInfo { kind, info }).collect(),
                request_id: failure.request_id.clone(),
                correlation_id: failure.correlation_id.clone(),
                ..Refusal::default()
            })
        };
        Self::Call(match failure.kind {
            FailureKind::Unanswered if failure.status > 0 => return Self::Unknown(ArmError::Refused(refusal())),
            FailureKind::Unanswered => return Self::Unknown(ArmError::Wire(WireError::Unreachable)),
            FailureKind::Failed => return Self::Failed(refusal()),
            FailureKind::Canceled => return Self::Canceled,
            FailureKind::Missing => return Self::Missing,
            FailureKind::Refused => ArmError::Refused(refusal()),
            FailureKind::NotUnderstood => {
                ArmError::NotUnderstood { reason: failure.message.clone(), request_id: failure.request_id.clone() }
            }
            FailureKind::Unreachable => ArmError::Wire(WireError::Unreachable),
            FailureKind::TimedOut => ArmError::Wire(WireError::TimedOut),
            FailureKind::SignInRequired => ArmError::Wire(WireError::SignInRequired),
            FailureKind::OtherCaller => ArmError::Wire(WireError::OtherCaller),
            FailureKind::PartMissing => ArmError::Wire(WireError::PartMissing),
        })
    }
}

impl Progress {
    /// The progress at the start. `now`: milliseconds since 1970, used in the deployment's name.
    pub fn new(plan: &Plan, now: u64) -> Self {
        let deployment = (plan.path == CreationPath::Deployment).then(|| {
            let group = match scope(plan) {
                Scope::Subscription => None,
                Scope::Group(group) => Some(group),
            };
            deployment_id(&plan.subscription, group, &deployment_name(now))
        });
        Self { started: now, deployment: deployment.flatten().map(|id| id.as_str().to_owned()), ..Self::default() }
    }

    /// The deployment's id, if there is one.
    pub fn deployment_id(&self) -> Option<ResourceId> {
        self.deployment.as_deref().and_then(ResourceId::parse)
    }

    pub fn operations(&self, plan: &Plan) -> Vec<Operation> {
        match self.deployment_id() {
            Some(id) => vec![Operation::Deploy(id)],
            None => (0..plan.resources.len()).map(Operation::Put).collect(),
        }
    }

    pub fn is_done(&self, plan: &Plan) -> bool {
        self.done >= self.operations(plan).len()
    }
}

impl NewResource {
    pub fn name(&self) -> &str {
        match self {
            Self::Group(group) => group.name.as_str(),
            Self::Identity(identity) => identity.name.as_str(),
            Self::Credential(new) => &new.credential.name,
            Self::Role(role) => role.assignment.scope.name(),
            Self::Lock(new) => &new.lock.name,
        }
    }
}

/// The deployment's name in the portal's format: the package's name and the time in UTC, down to milliseconds
/// (Azure portal docs, `portalfx-create.md`).
pub fn deployment_name(now: u64) -> String {
    let mut name = String::from("Microsoft.ManagedIdentity-");
    let (days, in_day) = (now / 86_400_000, now % 86_400_000);
    let (year, month, day) = civil(days);
    let parts =
        [(year, 4), (month, 2), (day, 2), (in_day / 3_600_000, 2), (in_day / 60_000 % 60, 2), (in_day / 1000 % 60, 2), (in_day % 1000, 3)];
    for (number, width) in parts {
        let digits = number.to_string();
        name.extend(std::iter::repeat_n('0', usize::saturating_sub(width, digits.len())));
        name.push_str(&digits);
    }
    name
}

/// Year, month and day of a day since 1970 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`).
fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::arm::deployment::DEPLOYMENT_NAME_MAX;

    #[test]
    fn a_deployment_is_named_by_its_time() {
        let table = [
            (0, "Microsoft.ManagedIdentity-19700101000000000"),
            (951_782_400_000, "Microsoft.ManagedIdentity-20000229000000000"),
            (1_705_315_845_123, "Microsoft.ManagedIdentity-20240115105045123"),
            (1_735_689_599_999, "Microsoft.ManagedIdentity-20241231235959999"),
            (4_107_542_400_000, "Microsoft.ManagedIdentity-21000301000000000"),
        ];
        for (now, name) in table {
            assert_eq!(deployment_name(now), name);
            assert!(name.len() <= DEPLOYMENT_NAME_MAX);
        }
    }
    #[test]
    fn a_failure_is_stored_and_comes_back() {
        let policy = AdditionalInfo { kind: "PolicyViolation".into(), info: json!({ "policyAssignmentDisplayName": "Allowed locations" }) };
        let refusal = || {
            let words = Refusal { status: 403, code: "RequestDisallowedByPolicy".into(), message: "No.".into(), ..Refusal::default() };
            Box::new(Refusal { target: Some("uami".into()), additional_info: vec![policy.clone()], ..words })
        };
        let errors = [
            RunError::Canceled,
            RunError::Missing,
            RunError::Failed(refusal()),
            RunError::Call(ArmError::Refused(refusal())),
            RunError::Call(ArmError::NotUnderstood { reason: "odd".into(), request_id: "r".into() }),
            RunError::Call(ArmError::Wire(WireError::Unreachable)),
            RunError::Call(ArmError::Wire(WireError::TimedOut)),
            RunError::Call(ArmError::Wire(WireError::SignInRequired)),
            RunError::Call(ArmError::Wire(WireError::OtherCaller)),
            RunError::Unknown(ArmError::Refused(refusal())),
            RunError::Unknown(ArmError::Wire(WireError::Unreachable)),
            RunError::Call(ArmError::Wire(WireError::PartMissing)),
        ];
        for error in errors {
            let stored = serde_json::to_string(&Failure::from(&error)).expect("it is JSON");
            let back: Failure = serde_json::from_str(&stored).expect("it was a failure");
            assert_eq!(RunError::from(&back), error, "{stored}");
        }
    }
}
