//! The names of the scenarios of federated credentials.

use crate::federation::draft::Scenario;
use crate::messages::{self, Message};

pub fn scenario_name(scenario: Scenario) -> Message {
    match scenario {
        Scenario::GitHub => messages::SCENARIO_GITHUB,
        Scenario::Kubernetes => messages::SCENARIO_KUBERNETES,
        Scenario::GitLab => messages::SCENARIO_GITLAB,
        Scenario::AzureDevOps => messages::SCENARIO_AZURE_DEVOPS,
        Scenario::Terraform => messages::SCENARIO_TERRAFORM,
        Scenario::Google => messages::SCENARIO_GOOGLE,
        Scenario::Other => messages::SCENARIO_OTHER,
    }
}
