//! How far a run is: stored after every step, so that it goes on where it stopped after a reload or a failure.

use serde::{Deserialize, Serialize};

use super::plan::{NewResource, Plan};
use super::request::CreationPath;
use super::template::{Scope, scope};
use crate::arm::deployment::deployment_id;
use crate::arm::resource_id::ResourceId;

/// What is done at once, in the order of the plan.
#[derive(Clone, Debug, PartialEq)]
pub enum Operation {
    /// One deployment makes everything; its id.
    Deploy(ResourceId),
    /// One request makes one resource; where in the plan it stands.
    Put(usize),
}

/// How far a run is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Progress {
    /// When it began, in milliseconds since 1970.
    pub started: u64,
    /// How many operations are done.
    pub done: usize,
    /// Whether the next operation was sent: it may have been accepted, even where no answer came.
    pub sent: bool,
    /// The deployment's id, where there is one.
    pub deployment: Option<String>,
    /// Where ARM tells of the deployment's state, where that could be read.
    pub status_path: Option<String>,
    /// For support.
    pub correlation_id: Option<String>,
    /// Why it stopped, if it did.
    pub failure: Option<Failure>,
}

/// Why a run stopped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Failure {
    /// ARM's code; empty where ARM said none.
    pub code: String,
    /// ARM's words, or our own where the wire failed.
    pub message: String,
    /// The id we asked by.
    pub request_id: Option<String>,
}

impl Progress {
    /// Nothing done yet. `now`: milliseconds since 1970, of which the deployment's name is made.
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

    /// The deployment's id, where there is one.
    pub fn deployment_id(&self) -> Option<ResourceId> {
        self.deployment.as_deref().and_then(ResourceId::parse)
    }

    /// The operations of the run.
    pub fn operations(&self, plan: &Plan) -> Vec<Operation> {
        match self.deployment_id() {
            Some(id) => vec![Operation::Deploy(id)],
            None => (0..plan.resources.len()).map(Operation::Put).collect(),
        }
    }

    /// Whether everything is done.
    pub fn is_done(&self, plan: &Plan) -> bool {
        self.done >= self.operations(plan).len()
    }
}

impl NewResource {
    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Group(group) => group.name.as_str(),
            Self::Identity(identity) => identity.name.as_str(),
        }
    }
}

/// The deployment's name, as the portal makes it: the package's name and the time in UTC, down to milliseconds
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
}
