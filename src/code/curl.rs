//! The HTTP requests as curl commands in bash.

use super::bash::Command;
use super::target::Target;
use super::{Listing, rest};
use crate::provisioning::plan::Plan;

/// `endpoint` is ARM's origin.
pub(super) fn render(plan: &Plan, target: &Target, endpoint: &str) -> Listing {
    let mut listing = Listing::new();
    if let Some(line) = target.az() {
        listing.push(&["# ", &line, "\n"]);
    }
    listing.text.push_str("token=$(az account get-access-token --query accessToken --output tsv)\n");
    for request in rest::requests(plan) {
        let mut command = Command::new("\ncurl --fail-with-body --request PUT");
        command.option("--url", [[endpoint, &request.path].concat().as_str()]);
        command.raw("--header \"Authorization: Bearer $token\"");
        command.option("--header", ["Content-Type: application/json"]);
        command.option("--data-raw", [request.json().as_str()]);
        command.write(&mut listing.text);
    }
    listing
}
