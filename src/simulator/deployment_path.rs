//! The path of a deployment, and the checks common to all deployment requests.

use super::call::Call;
use super::deployment::Deployment;
use super::records::group_id;
use super::refusal::Refusal;
use super::world::World;
use super::{preconditions, time};

/// ARM's maximum duration of a deployment: seven days.
const EXPIRES_MS: u64 = 7 * 86_400_000;

/// The scope and name in a deployment's path.
#[derive(Clone, Debug)]
pub(crate) struct DeploymentPath {
    pub(crate) subscription: String,
    /// `None` for a deployment to the subscription.
    pub(crate) group: Option<String>,
    /// Empty if the path is the list's.
    pub(crate) name: String,
}

impl DeploymentPath {
    /// Parses the path of `call`, with `name` in its original case. An error if the subscription or group does not exist.
    pub(crate) fn of(world: &World, call: &Call, name: &str) -> Result<Self, Refusal> {
        let subscription = preconditions::subscription(world, call)?.id;
        let group = if call.is_in_group() { Some(preconditions::group(world, call)?.name) } else { None };
        Ok(Self { subscription, group, name: name.to_owned() })
    }

    /// The deployment's index in its table.
    pub(crate) fn find(&self, world: &World) -> Result<usize, Refusal> {
        let found = world.tables.deployments.iter().position(|one| one.asked.is(&self.subscription, self.group.as_deref(), &self.name));
        found.ok_or_else(|| Refusal::new(404, "DeploymentNotFound", &format!("Deployment '{}' could not be found.", self.name)))
    }

    /// Refuses a caller without permission for `action`.
    pub(crate) fn authorize(&self, world: &World, action: &str) -> Result<(), Refusal> {
        let scope = match &self.group {
            Some(group) => group_id(&self.subscription, group),
            None => format!("/subscriptions/{}", self.subscription),
        };
        preconditions::authorize(world, &format!("{scope}/providers/Microsoft.Resources/deployments/{}", self.name), action)
    }
}

/// The refusal to replace or delete a running deployment.
pub(crate) fn still_active(existing: &Deployment) -> Refusal {
    let message = format!(
        "Unable to edit or replace deployment '{}': previous deployment from '{}' is still active (expiration time is '{}'). Please see https://aka.ms/arm-deploy-resources for usage details.",
        existing.asked.name,
        time::spoken(existing.started),
        time::spoken(existing.started + EXPIRES_MS)
    );
    Refusal::new(409, "DeploymentActive", &message)
}
