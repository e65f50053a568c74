//! The HTTP requests as curl commands in bash.

use super::bash::{Command, push_word};
use super::target::Target;
use super::{Listing, azure_cli, rest};
use crate::arm::resource_id::ResourceId;
use crate::provisioning::plan::{NewResource, Plan};

/// `endpoint` is ARM's origin.
pub(super) fn render(plan: &Plan, target: &Target, endpoint: &str) -> Listing {
    let mut listing = Listing::new();
    if let Some(line) = target.az() {
        listing.push(&["# ", &line, "\n"]);
    }
    listing.text.push_str("token=$(az account get-access-token --query accessToken --output tsv)\n");
    let mut principal_of: Option<ResourceId> = None;
    for (resource, request) in plan.resources.iter().zip(rest::requests(plan)) {
        let mut command = Command::new("\ncurl --fail-with-body --request PUT");
        command.option("--url", [[endpoint, &request.path].concat().as_str()]);
        command.raw("--header \"Authorization: Bearer $token\"");
        command.option("--header", ["Content-Type: application/json"]);
        let body = request.json();
        if let NewResource::Role(role) = resource {
            if principal_of.as_ref() != Some(&role.identity) {
                listing.text.push('\n');
                azure_cli::read_principal(&role.identity, &mut listing);
                principal_of = Some(role.identity.clone());
            }
            command.raw(&["--data-raw ", &with_principal(&body)].concat());
        } else {
            command.option("--data-raw", [body.as_str()]);
        }
        command.write(&mut listing.text);
    }
    listing
}

/// The body as one bash word, in which the variable `principal` is expanded.
fn with_principal(body: &str) -> String {
    let mut word = String::new();
    for (index, part) in body.split(rest::PRINCIPAL).enumerate() {
        if index > 0 {
            word.push_str("\"$principal\"");
        }
        push_word(&mut word, part);
    }
    word
}
