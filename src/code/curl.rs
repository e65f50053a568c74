//! The HTTP requests as curl in bash.

use super::Listing;
use super::bash::Command;
use super::rest;
use crate::create::plan::Plan;

/// `plan` as curl commands: the same requests as [`super::Language::Rest`].
pub fn curl(plan: &Plan) -> Listing {
    let mut listing = Listing::new();
    listing.text.push_str("token=$(az account get-access-token --query accessToken --output tsv)\n");
    for request in rest::requests(plan) {
        let mut command = Command::new("\ncurl --fail-with-body --request PUT");
        command.option("--url", [(rest::ENDPOINT.to_owned() + &request.path).as_str()]);
        command.raw("--header \"Authorization: Bearer $token\"");
        command.option("--header", ["Content-Type: application/json"]);
        command.option("--data-raw", [request.body.json().as_str()]);
        command.write(&mut listing.text);
    }
    listing
}
