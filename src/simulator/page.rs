//! Paging: `$top` items, or 1,000, then a `nextLink` with the position to continue at.

use serde_json::Value;

use crate::simulator::json::json;

use super::call::Call;
use super::refusal::Refusal;
use super::response::{ArmResponse, ArmResult};

/// Maximum items per page.
const PAGE: usize = 1000;

/// The page of `items` that `call` requests. `json` is only called for the items on that page.
pub(crate) fn page<T>(call: &Call, endpoint: &str, items: impl Iterator<Item = T>, json: impl FnMut(T) -> Value) -> ArmResult {
    let skip = match call.query("$skiptoken") {
        Some(token) => {
            token.parse().map_err(|_| Refusal::new(400, "InvalidSkipToken", &format!("The skip token '{token}' is invalid.")))?
        }
        None => 0_usize,
    };
    let top = match call.query("$top") {
        Some(top) => top.parse().ok().filter(|top| *top > 0).ok_or_else(|| {
            Refusal::new(
                400,
                "InvalidTopValue",
                &format!("The $top query parameter value '{top}' is invalid. It must be a positive number."),
            )
        })?,
        None => PAGE,
    };
    let size = top.min(PAGE);
    let mut items = items.skip(skip);
    let value: Vec<Value> = items.by_ref().take(size).map(json).collect();
    let mut body = json!({ "value": value });
    if items.next().is_some() {
        body["nextLink"] = link(call, endpoint, skip + size).into();
    }
    ArmResponse::ok(body)
}

// The rest of the query is kept verbatim, since clients follow the link verbatim.
fn link(call: &Call, endpoint: &str, skip: usize) -> String {
    let (path, query) = call.target.split_once('?').unwrap_or((&call.target, ""));
    let mut link = format!("{endpoint}{path}?");
    for pair in query.split('&') {
        let name = pair.split('=').next().unwrap_or_default();
        if !name.eq_ignore_ascii_case("$skiptoken") && !name.eq_ignore_ascii_case("%24skiptoken") && !pair.is_empty() {
            link.push_str(pair);
            link.push('&');
        }
    }
    link.push_str("$skiptoken=");
    link.push_str(&skip.to_string());
    link
}
