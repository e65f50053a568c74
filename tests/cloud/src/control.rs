//! The control endpoint, by which tests configure the cloud. JSON only, so that no page of another site can use it.

use http_body_util::{BodyExt, Collected, Limited};
use hyper::body::Incoming;
use hyper::header::HeaderMap;
use hyper::{Method, Request};
use identity_portal::simulator::Faults as World;
use serde_json::{Value, json};

use crate::arm::Arm;
use crate::faults::Plan;
use crate::quota::Quota;
use crate::reply::{Answer, reply};

const BODY_MAX: usize = 64 * 1024;

/// Answers `/control/{what}`.
pub(crate) async fn answer(arm: &Arm, request: Request<Incoming>) -> Answer {
    let what = request.uri().path().trim_start_matches("/control/").to_owned();
    let is_json =
        request.headers().get("content-type").is_some_and(|kind| kind.to_str().is_ok_and(|kind| kind.starts_with("application/json")));
    let (status, body) = match (request.method(), what.as_str()) {
        (&Method::GET, "state") => (200, state(arm)),
        (&Method::POST, _) if !is_json => (415, json!({ "error": "send JSON" })),
        (&Method::POST, _) => {
            let text = Limited::new(request.into_body(), BODY_MAX).collect().await.map(Collected::to_bytes).unwrap_or_default();
            let text = if text.is_empty() { "{}".into() } else { text };
            match serde_json::from_slice(&text).map_err(|error| error.to_string()).and_then(|body| act(arm, &what, &body)) {
                Ok(body) => (200, body),
                Err(error) => (400, json!({ "error": error })),
            }
        }
        _ => (404, json!({ "error": "POST to one of next, headers, quota, expire, sim, reset, or GET state" })),
    };
    reply(status, HeaderMap::new(), &body)
}

fn state(arm: &Arm) -> Value {
    let state = arm.state();
    json!({ "exposeHeaders": state.expose_headers, "faults": state.faults, "requests": state.seen })
}

fn act(arm: &Arm, what: &str, body: &Value) -> Result<Value, String> {
    match what {
        "next" => {
            let plan: Plan = serde_json::from_value(body.clone()).map_err(|error| error.to_string())?;
            arm.state().faults.add(plan);
        }
        "headers" => {
            let expose = body["expose"].as_bool().ok_or("`expose` must be true or false")?;
            arm.state().expose_headers = expose;
        }
        "quota" => {
            let limits = serde_json::from_value(body.clone()).map_err(|error| error.to_string())?;
            arm.state().quota = Quota::new(limits);
        }
        "expire" => arm.state().faults.expire(body["user"].as_str().unwrap_or_default().to_owned()),
        "sim" => {
            let names = body["sim"].as_str().ok_or("`sim` must be a string, as in the URL")?;
            let world = World::parse(names).map_err(|unknown| format!("unknown names in `sim`: {}", unknown.join(", ")))?;
            arm.restart(world);
        }
        "reset" => arm.restart(World::default()),
        other => return Err(format!("unknown command `{other}`")),
    }
    Ok(json!({}))
}
