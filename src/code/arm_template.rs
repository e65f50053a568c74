//! The ARM template that Create deploys, and the command that deploys it.

use super::bash::Command;
use super::target::Target;
use super::{Language, Listing};
use crate::messages;
use crate::provisioning::plan::Plan;
use crate::provisioning::template::{self, Scope};

pub(super) fn render(plan: &Plan, target: &Target) -> Listing {
    let mut listing = Listing::new();
    listing.text = template::template(plan);
    listing.text.push('\n');
    if let Some(line) = target.az() {
        listing.note(messages::CLOUD_WITH.with([line.as_str()]));
    }
    listing.note(messages::DEPLOY_WITH.with([deploy_command(plan, Language::ArmTemplate.file_name()).as_str()]));
    listing
}

/// The command that deploys `plan` from a file.
pub(super) fn deploy_command(plan: &Plan, file: &str) -> String {
    let mut command = match template::scope(plan) {
        Scope::Group(group) => {
            let mut command = Command::new("az deployment group create");
            command.short("-g", group.as_str());
            command
        }
        Scope::Subscription => {
            let mut command = Command::new("az deployment sub create");
            if let Some(location) = plan.location() {
                command.short("-l", location.as_str());
            }
            command
        }
    };
    command.short("-f", file);
    command.option("--subscription", [plan.subscription.as_str()]);
    let mut text = String::new();
    command.write_line(&mut text);
    text
}
