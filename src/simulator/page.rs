//! Paging: `$top` items, or 1,000, then a `nextLink` with the position to continue at.

use serde_json::Value;

use crate::simulator::json::json;

use super::call::Call;
use super::refusal::Refusal;
use super::response::{ArmResponse, ArmResult};

/// Maximum items per page.
const PAGE: usize = 1000;

/// The page of `items` that `call` requests. `json` is only called for the items on that page.
pub(crate) fn page<T>(call: &Call, endpoint: &str, mut items: impl Iterator<Item = T>, mut json: impl FnMut(T) -> Value) -> ArmResult {
    page_of(call, endpoint, &mut |is_shown| items.next().map(|item| if is_shown { json(item) } else { Value::Null }))
}

/// The same in one copy for all lists: `next` returns the next item, as JSON if it is shown.
fn page_of(call: &Call, endpoint: &str, next: &mut dyn FnMut(bool) -> Option<Value>) -> ArmResult {
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
    for _ in 0..skip {
        if next(false).is_none() {
            break;
        }
    }
    let mut value = Vec::new();
    while let Some(item) = (value.len() < size).then(|| next(true)).flatten() {
        value.push(item);
    }
    let is_full = value.len() == size;
    let mut body = json!({});
    body["value"] = Value::Array(value);
    if is_full && next(false).is_some() {
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
