//! Handles a request to ARM: authenticates the caller, injects a test's faults, then asks the simulator.

use std::collections::VecDeque;
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt, Limited};
use hyper::Request;
use hyper::body::Incoming;
use hyper::header::HeaderMap;
use identity_portal::arm::http::{Headers, Method, Request as ArmRequest};
use identity_portal::simulator::{Caller, Faults as World, Reply, Settings, Simulator};
use serde::Serialize;
use serde_json::json;

use crate::access::{Tokens, now_ms};
use crate::arguments::Arguments;
use crate::directory::{Directory, FABRIKAM};
use crate::entry::subscription;
use crate::faults::{Drop, Faults, Plan};
use crate::quota::{Kind, Quota, set_remaining, throttled};
use crate::reply::{Answer, answer, instead, reply, set, text};
use crate::{control, cors, lenient, metadata};

/// Maximum size of a request body in bytes (Azure Resource Manager limits: templates of 4 MB).
const BODY_MAX: usize = 4 * 1024 * 1024;
/// Maximum number of requests recorded for tests.
const SEEN_MAX: usize = 1_000;

/// ARM, and everything a test can configure.
#[derive(Debug)]
pub(crate) struct Arm {
    directory: Directory,
    /// ARM's origin, over http and over https.
    origins: [String; 2],
    authorities: [String; 2],
    pub(crate) tokens: Tokens,
    /// Whether response headers are exposed until a test changes it.
    expose_headers: bool,
    pub(crate) state: Mutex<State>,
}

/// The scheme of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    Http,
    Https,
}

#[derive(Debug)]
pub(crate) struct State {
    pub(crate) simulator: Simulator,
    pub(crate) faults: Faults,
    pub(crate) quota: Quota,
    pub(crate) expose_headers: bool,
    pub(crate) seen: VecDeque<Seen>,
}

/// An answered request.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Seen {
    method: String,
    target: String,
    user: String,
    origin: String,
    /// 0 if the connection was cut.
    status: u16,
    at: u64,
}

impl Arm {
    pub(crate) fn new(arguments: &Arguments, directory: Directory, origins: [String; 2], authorities: [String; 2]) -> Self {
        let [http, https] = origins.clone();
        let audiences = vec![http, https, "https://management.azure.com".to_owned(), "https://management.core.windows.net".to_owned()];
        Self {
            tokens: Tokens::new(authorities.to_vec(), audiences),
            origins,
            authorities,
            expose_headers: arguments.expose_headers,
            state: Mutex::new(State {
                simulator: simulator(arguments.sim, &directory),
                faults: Faults::default(),
                quota: Quota::default(),
                expose_headers: arguments.expose_headers,
                seen: VecDeque::new(),
            }),
            directory,
        }
    }

    pub(crate) fn directory(&self) -> &Directory {
        &self.directory
    }

    pub(crate) fn origin(&self, scheme: Scheme) -> &str {
        &self.origins[scheme as usize]
    }

    /// The sign-in authority.
    pub(crate) fn authority(&self, scheme: Scheme) -> &str {
        &self.authorities[scheme as usize]
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts over with these faults and data.
    pub(crate) fn restart(&self, sim: World) {
        let mut state = self.state();
        state.simulator = simulator(sim, &self.directory);
        state.faults = Faults::default();
        state.quota = Quota::default();
        state.seen.clear();
        state.expose_headers = self.expose_headers;
    }

    /// Answers one request; an error cuts the connection.
    pub(crate) async fn answer(&self, scheme: Scheme, request: Request<Incoming>) -> io::Result<Answer> {
        let path = request.uri().path().to_owned();
        if path.starts_with("/control/") {
            return Ok(control::answer(self, request).await);
        }
        if request.method() == hyper::Method::OPTIONS {
            return Ok(answer(200, cors::preflight(request.headers()), String::new()));
        }
        let host = text(request.headers(), "host").unwrap_or("localhost").to_owned();
        let endpoint = format!("{}://{host}", scheme.as_str());
        let (method, target) = (request.method().to_string(), request.uri().to_string());
        let origin = text(request.headers(), "origin").unwrap_or_default().to_owned();
        let mut user = String::new();
        let mut expose = self.state().expose_headers;
        let result = if path.eq_ignore_ascii_case("/metadata/endpoints") {
            let (status, body) = metadata::answer(self, scheme, &endpoint, request.uri().query().unwrap_or_default());
            Ok(reply(status, HeaderMap::new(), &body))
        } else {
            self.authenticated(scheme, &endpoint, request, &mut user, &mut expose).await
        };
        let status = result.as_ref().map_or(0, |answer| answer.status().as_u16());
        let mut state = self.state();
        if state.seen.len() >= SEEN_MAX {
            state.seen.pop_front();
        }
        state.seen.push_back(Seen { method, target, user, origin, status, at: now_ms() });
        drop(state);
        result.map(|mut answer| {
            cors::allow(answer.headers_mut(), expose);
            answer
        })
    }

    async fn authenticated(
        &self,
        scheme: Scheme,
        endpoint: &str,
        request: Request<Incoming>,
        user: &mut String,
        expose: &mut bool,
    ) -> io::Result<Answer> {
        let (claims, caller) = match self.authenticate(scheme, &request).await {
            Ok(found) => found,
            Err(answer) => return Ok(*answer),
        };
        user.clone_from(&caller.name);
        let (method, path) = (request.method().as_str().to_owned(), request.uri().path().to_owned());
        let plan = self.state().faults.take(&method, &path, user, &claims, now_ms());
        *expose = plan.as_ref().and_then(|plan| plan.expose).unwrap_or(*expose);
        if let Some(plan) = &plan {
            tokio::time::sleep(Duration::from_millis(plan.delay_ms)).await;
            if plan.drop == Some(Drop::Before) {
                return Err(io::Error::other("cut as a test asked"));
            }
            if let Some(answer) = instead(self.authority(scheme), plan) {
                return Ok(answer);
            }
        }
        let (kind, scope) = (Kind::of(request.method()), subscription(request.uri().path()).unwrap_or_default());
        let left = match self.state().quota.take(user, &scope, kind, now_ms()) {
            Ok(left) => left,
            Err(seconds) => return Ok(throttled(&caller, &scope, kind, seconds)),
        };
        let mut answer = self.simulated(endpoint, &caller, request).await?;
        set_remaining(answer.headers_mut(), left);
        match plan {
            Some(Plan { drop: Some(Drop::After), .. }) => Err(io::Error::other("cut as a test asked")),
            _ => Ok(answer),
        }
    }

    async fn simulated(&self, endpoint: &str, caller: &Caller, request: Request<Incoming>) -> io::Result<Answer> {
        let (parts, body) = request.into_parts();
        let Some(method) = Method::parse(parts.method.as_str()) else {
            return Ok(answer(405, HeaderMap::new(), String::new()));
        };
        let Ok(body) = Limited::new(body, BODY_MAX).collect().await else {
            let error = json!({ "error": { "code": "RequestContentTooLarge", "message": "The request content is too large." } });
            return Ok(reply(413, HeaderMap::new(), &error));
        };
        let body = lenient::strict(String::from_utf8_lossy(&body.to_bytes()).into_owned());
        let mut headers = Headers::default();
        for (name, value) in &parts.headers {
            if name != "authorization"
                && let Ok(value) = value.to_str()
            {
                headers.set(name.as_str(), value);
            }
        }
        let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
        let arm_request =
            ArmRequest { method, url: format!("{endpoint}{target}"), headers, body: Some(body).filter(|body| !body.is_empty()) };
        let reply = self.state().simulator.answer_for(caller, endpoint, &arm_request, now_ms());
        match reply {
            Reply::Answer { response, after_ms } => {
                tokio::time::sleep(Duration::from_millis(after_ms.into())).await;
                let mut headers = HeaderMap::new();
                for (name, value) in response.headers.iter() {
                    set(&mut headers, &name.to_ascii_lowercase(), value);
                }
                Ok(answer(response.status, headers, response.body))
            }
            Reply::Unreachable { after_ms } => {
                tokio::time::sleep(Duration::from_millis(after_ms.into())).await;
                Err(io::Error::other("the simulated network is gone"))
            }
        }
    }
}

impl Scheme {
    pub(crate) const BOTH: [Self; 2] = [Self::Http, Self::Https];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

fn simulator(sim: World, directory: &Directory) -> Simulator {
    // Each run has its own IDs, so that a run finds nothing that another one created.
    let mut random = [0; 16];
    random[..8].copy_from_slice(&now_ms().to_le_bytes());
    let mut simulator = Simulator::new(Settings { endpoint: String::new(), random, faults: sim });
    if let Some(second) = directory.tenants.get(1) {
        simulator.add_subscriptions(&second.id, FABRIKAM);
    }
    for membership in directory.users.iter().flat_map(|user| &user.memberships) {
        for one in &membership.assignments {
            simulator.assign_role(&one.scope, &one.role, &membership.oid, one.condition.as_deref());
        }
    }
    simulator
}
