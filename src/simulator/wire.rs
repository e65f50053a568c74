//! The network between the caller and ARM: latency, throttling and outages.

use serde_json::Value;

use super::call::Call;
use super::engine::Engine;
use super::faults::{Fault, about};
use super::handlers::Handlers;
use super::lookups::Lookup;
use super::refusal::Refusal;
use super::response::respond;
use super::world::World;
use super::{Reply, ids};
use crate::arm::http::Method;
use crate::arm::json::written;

/// Latency in milliseconds: long enough for a page to show that it is loading.
const READ_MS: u32 = 30;
const READ_SPREAD_MS: u64 = 30;
const WRITE_MS: u32 = 150;
/// Latency with the fault `slow`.
const SLOW_READ_MS: u32 = 4_000;
const SLOW_WRITE_MS: u32 = 6_000;
/// How long an unreachable service takes to fail.
const UNREACHABLE_MS: u32 = 400;
/// With the fault `throttled`: how long requests are refused, and then how long they are answered.
const THROTTLED_MS: u64 = 3_000;
const ANSWERED_MS: u64 = 30_000;

pub(crate) fn carry(world: &mut World, handlers: Option<Handlers>, engine: Option<Engine>, call: &Call) -> Reply {
    let has = |fault| world.faults.has(fault) || about(call, fault);
    if has(Fault::Offline) {
        return Reply::Unreachable { after_ms: UNREACHABLE_MS };
    }
    let after_ms = match (has(Fault::Slow), call.is_write()) {
        (true, false) => SLOW_READ_MS,
        (true, true) => SLOW_WRITE_MS,
        (false, true) => WRITE_MS,
        (false, false) => READ_MS + u32::try_from(ids::hash(call.target.as_bytes(), call.now) % READ_SPREAD_MS).unwrap_or_default(),
    };
    let answered = match throttle(world, call) {
        Some(refusal) => Err(refusal),
        None => match (Lookup::of(call), handlers) {
            (Some(lookup), _) => lookup.answer(world, call),
            (None, Some(handlers)) => (handlers.answer)(world, engine, call),
            (None, None) => Err(Refusal::new(503, "ServiceUnavailable", "The handlers are not loaded.")),
        },
    };
    let id = world.ids.fresh();
    // The documented token bucket, 250 reads or 200 writes, always nearly full.
    let remaining = if call.is_write() { 199 } else { 249 };
    // Only what the handlers have stored can have floats.
    let write = handlers.map_or(written as fn(&Value) -> String, |handlers| handlers.write);
    Reply::Answer { response: respond(call, answered, &id, remaining, write), after_ms }
}

// The first request of a kind is refused until its retry time has passed; then all are answered for a while.
fn throttle(world: &mut World, call: &Call) -> Option<Refusal> {
    let subscription = call.lower.get(1).map_or("", String::as_str);
    let kind = match call.method {
        Method::Get | Method::Head => "read",
        Method::Delete => "delete",
        _ => "write",
    };
    let key = if world.faults.has(Fault::Throttled) {
        format!("{kind} {subscription}")
    } else if about(call, Fault::Throttled) {
        format!("{kind} {}", call.lower.join("/"))
    } else {
        return None;
    };
    world.throttled.retain(|(_, until)| call.now < until.saturating_add(ANSWERED_MS));
    let known = world.throttled.iter().find(|(known, _)| *known == key).map(|(_, until)| *until);
    let until = known.unwrap_or(call.now + THROTTLED_MS);
    if known.is_none() {
        world.throttled.push((key, until));
    }
    let seconds = until.checked_sub(call.now).filter(|left| *left > 0)?.div_ceil(1000);
    let message = format!(
        "Number of '{kind}' requests for subscription '{subscription}' actor '{}' exceeded. Please try again after '{seconds}' seconds.",
        world.caller.id
    );
    let mut refusal = Refusal::new(429, "SubscriptionRequestsThrottled", &message);
    refusal.headers.push(("Retry-After", seconds.to_string()));
    Some(refusal)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::simulator::seed::DEVELOPMENT;
    use crate::simulator::test_harness::TestHarness;

    const SUBSCRIPTIONS: &str = "/subscriptions?api-version=2022-12-01";

    fn identity(name: &str) -> String {
        format!(
            "/subscriptions/{DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{name}?api-version=2023-01-31"
        )
    }

    #[test]
    fn throttles_then_answers() {
        let mut harness = TestHarness::new("throttled");
        let refused = harness.get(SUBSCRIPTIONS);
        assert_eq!((refused.refusal().as_str(), refused.header("Retry-After").as_str()), ("429 SubscriptionRequestsThrottled", "3"));
        assert_eq!(refused.header("x-ms-failure-cause"), "gateway");
        harness.pass(1_500);
        assert_eq!(harness.get(SUBSCRIPTIONS).header("Retry-After"), "2");
        harness.pass(1_500);
        assert_eq!(harness.get(SUBSCRIPTIONS).status, 200);
    }

    #[test]
    fn a_fault_in_a_name_does_not_affect_lists() {
        let mut harness = TestHarness::new("");
        assert_eq!(harness.get(&identity("uami-throttled")).status, 429);
        assert_eq!(harness.send("PUT", &identity("uami-throttled"), Some(json!({ "location": "eastus" }))).status, 429);
        assert_eq!(harness.get(&identity("uami-fine")).status, 404);
        harness.pass(3_000);
        assert_eq!(harness.send("PUT", &identity("uami-throttled"), Some(json!({ "location": "eastus" }))).status, 201);
        assert!(matches!(harness.reply("GET", &identity("uami-offline"), None), Reply::Unreachable { .. }));
        assert!(matches!(harness.reply("GET", &identity("uami-slow"), None), Reply::Answer { after_ms: SLOW_READ_MS, .. }));
        harness.pass(60_000);
        let list = identity("").replace("userAssignedIdentities/", "userAssignedIdentities");
        assert_eq!(harness.list(&list).len(), 2);
    }

    #[test]
    fn offline_never_answers() {
        let mut harness = TestHarness::new("offline");
        assert!(matches!(harness.reply("GET", SUBSCRIPTIONS, None), Reply::Unreachable { .. }));
    }

    #[test]
    fn responses_carry_arms_headers() {
        let mut harness = TestHarness::new("");
        let answer = harness.get(SUBSCRIPTIONS);
        assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
        assert_eq!(answer.header("x-ms-request-id"), answer.header("x-ms-correlation-request-id"));
        assert!(answer.header("x-ms-routing-request-id").starts_with("SIMULATED:20240614T220246Z:"));
        assert_eq!(answer.header("x-ms-ratelimit-remaining-tenant-reads"), "249");
        assert_eq!(answer.header("x-ms-failure-cause"), "");
        assert_eq!(harness.get("/subscriptions").header("x-ms-failure-cause"), "gateway");
    }
}
