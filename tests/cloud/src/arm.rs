//! A request to ARM from its arrival to its answer: who asks, what a test wants to go wrong, then the simulator.

use std::collections::VecDeque;
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base64::Engine;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper::{Request, Response};
use identity_portal::arm::http::{Headers, Method, Request as ArmRequest};
use identity_portal::simulator::{Caller, Faults as World, Reply, Settings, Simulator};
use serde::Serialize;
use serde_json::{Value, json};

use crate::access::{self, Claims, Tokens, now_ms};
use crate::arguments::Arguments;
use crate::directory::{Directory, FABRIKAM};
use crate::faults::{Challenge, Drop, Faults, Plan};
use crate::{control, cors, metadata};

/// What ARM takes as a body (Azure Resource Manager limits: templates of 4 MB).
const BODY_MAX: usize = 4 * 1024 * 1024;
/// How many requests are remembered for tests.
const SEEN_MAX: usize = 1_000;

/// The answer as it goes out.
pub(crate) type Answer = Response<Full<Bytes>>;

/// ARM, and all that a test can turn.
#[derive(Debug)]
pub(crate) struct Arm {
    directory: Directory,
    /// Where it is, and where one signs in, over http and over https.
    origins: [String; 2],
    authorities: [String; 2],
    tokens: Tokens,
    pub(crate) state: Mutex<State>,
}

/// How a request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    Http,
    Https,
}

/// What changes.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) simulator: Simulator,
    pub(crate) faults: Faults,
    pub(crate) expose_headers: bool,
    pub(crate) seen: VecDeque<Seen>,
}

/// A request that was answered.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Seen {
    method: String,
    target: String,
    user: String,
    origin: String,
    /// 0 where the connection was cut.
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
            state: Mutex::new(State {
                simulator: simulator(arguments.sim, &directory),
                faults: Faults::default(),
                expose_headers: arguments.expose_headers,
                seen: VecDeque::new(),
            }),
            directory,
        }
    }

    pub(crate) fn directory(&self) -> &Directory {
        &self.directory
    }

    /// Where ARM is.
    pub(crate) fn origin(&self, scheme: Scheme) -> &str {
        &self.origins[scheme as usize]
    }

    /// Where one signs in.
    pub(crate) fn authority(&self, scheme: Scheme) -> &str {
        &self.authorities[scheme as usize]
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A fresh world with these faults and data.
    pub(crate) fn begin_again(&self, sim: World) {
        let mut state = self.state();
        state.simulator = simulator(sim, &self.directory);
        state.faults = Faults::default();
        state.seen.clear();
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
            Ok(said(status, HeaderMap::new(), &body))
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
        let (claims, caller) = match self.who(scheme, &request).await {
            Ok(found) => found,
            Err(answer) => return Ok(*answer),
        };
        user.clone_from(&caller.name);
        let (method, path) = (request.method().as_str().to_owned(), request.uri().path().to_owned());
        let plan = self.state().faults.take(&method, &path, user, &claims);
        *expose = plan.as_ref().and_then(|plan| plan.expose).unwrap_or(*expose);
        if let Some(plan) = &plan {
            tokio::time::sleep(Duration::from_millis(plan.delay_ms)).await;
            if plan.drop == Some(Drop::Before) {
                return Err(io::Error::other("cut as a test asked"));
            }
            if let Some(answer) = self.instead(scheme, plan) {
                return Ok(answer);
            }
        }
        let answer = self.simulated(endpoint, &caller, request).await?;
        match plan {
            Some(Plan { drop: Some(Drop::After), .. }) => Err(io::Error::other("cut as a test asked")),
            _ => Ok(answer),
        }
    }

    /// Who asks, or ARM's 401.
    async fn who(&self, scheme: Scheme, request: &Request<Incoming>) -> Result<(Claims, Caller), Box<Answer>> {
        let refuse = |code: &str, message: &str, challenge: String| {
            let mut headers = HeaderMap::new();
            set(&mut headers, "www-authenticate", &challenge);
            set(&mut headers, "x-ms-failure-cause", "gateway");
            Box::new(said(401, headers, &json!({ "error": { "code": code, "message": message } })))
        };
        let subscription = subscription(request.uri().path());
        let tenant = subscription.as_ref().and_then(|id| self.state().simulator.tenant_of(id).map(str::to_owned));
        let place = tenant.clone().unwrap_or_else(|| "common".to_owned());
        let challenge = |error: &str, description: &str| {
            format!(
                "Bearer authorization_uri=\"{}/{place}\", error=\"{error}\", error_description=\"{description}\"",
                self.authority(scheme)
            )
        };
        let Some(token) = text(request.headers(), "authorization").and_then(bearer) else {
            let missing = "The authentication failed because of missing 'Authorization' header.";
            let message = "Authentication failed. The 'Authorization' header is missing.";
            return Err(refuse("AuthenticationFailed", message, challenge("invalid_token", missing)));
        };
        let claims = match self.tokens.check(token).await {
            Ok(claims) => claims,
            Err(refused) => {
                return Err(refuse(refused.code, &refused.message, challenge("invalid_token", &refused.message)));
            }
        };
        let Some(caller) = self.directory.caller(&claims.tid, &claims.oid) else {
            let message = "The access token is invalid.";
            return Err(refuse("InvalidAuthenticationToken", message, challenge("invalid_token", message)));
        };
        if self.state().faults.has_expired(&caller.name, &claims) {
            let message = access::expired(&claims);
            return Err(refuse("ExpiredAuthenticationToken", &message, challenge("invalid_token", &message)));
        }
        if let Some(right) = tenant.filter(|right| *right != claims.tid) {
            let authority = self.authority(scheme);
            let message = format!(
                "The access token is from the wrong issuer '{}'. It must match the tenant '{}/{right}/' associated with this subscription. Please use the authority (URL) '{}/{right}' to get the token. Note, if the subscription is transferred to another tenant there is no impact to the services, but information about new tenant could take time to propagate (up to an hour). If you just transferred your subscription and see this error message, please try back later.",
                claims.iss, authority, authority
            );
            return Err(refuse("InvalidAuthenticationTokenTenant", &message, challenge("invalid_token", &message)));
        }
        Ok((claims, caller))
    }

    /// The answer that a test wants instead of the simulator's.
    fn instead(&self, scheme: Scheme, plan: &Plan) -> Option<Answer> {
        if let Some(challenge) = plan.challenge {
            let mut headers = HeaderMap::new();
            let claims = base64::prelude::BASE64_STANDARD.encode(challenge.claims());
            let header = format!(
                "Bearer realm=\"\", authorization_uri=\"{}/common/oauth2/authorize\", error=\"insufficient_claims\", claims=\"{claims}\"",
                self.authority(scheme)
            );
            set(&mut headers, "www-authenticate", &header);
            let (code, message) = match challenge {
                Challenge::Cae => (
                    "InvalidAuthenticationToken",
                    "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp",
                ),
                Challenge::P1 => (
                    "RequestDisallowedByPolicy",
                    "Resource was disallowed by policy. Users must use MFA for Create operation. Reasons: 'Multi-factor authentication is required.'.",
                ),
            };
            return Some(said(401, headers, &json!({ "error": { "code": code, "message": message } })));
        }
        let status = plan.status?;
        let mut headers = HeaderMap::new();
        set(&mut headers, "x-ms-failure-cause", "gateway");
        if let Some(seconds) = plan.retry_after {
            set(&mut headers, "retry-after", &seconds.to_string());
        }
        let (code, message) = usual(status);
        let body = json!({ "error": {
            "code": plan.code.as_deref().unwrap_or(code),
            "message": plan.message.as_deref().unwrap_or(message),
        } });
        Some(said(status, headers, &body))
    }

    async fn simulated(&self, endpoint: &str, caller: &Caller, request: Request<Incoming>) -> io::Result<Answer> {
        let (parts, body) = request.into_parts();
        let Some(method) = Method::parse(parts.method.as_str()) else {
            return Ok(answer(405, HeaderMap::new(), String::new()));
        };
        let Ok(body) = Limited::new(body, BODY_MAX).collect().await else {
            let error = json!({ "error": { "code": "RequestContentTooLarge", "message": "The request content is too large." } });
            return Ok(said(413, HeaderMap::new(), &error));
        };
        let body = String::from_utf8_lossy(&body.to_bytes()).into_owned();
        let mut headers = Headers::default();
        for (name, value) in &parts.headers {
            if name != "authorization"
                && let Ok(value) = value.to_str()
            {
                headers.set(name.as_str(), value);
            }
        }
        let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
        let asked = ArmRequest { method, url: format!("{endpoint}{target}"), headers, body: Some(body).filter(|body| !body.is_empty()) };
        let reply = self.state().simulator.answer_for(caller, endpoint, &asked, now_ms());
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
    // Each run has ids of its own, so that nothing is found again that another run has made.
    let mut random = [0; 16];
    random[..8].copy_from_slice(&now_ms().to_le_bytes());
    let mut simulator = Simulator::new(Settings { endpoint: String::new(), random, faults: sim });
    if let Some(second) = directory.tenants.get(1) {
        simulator.add_subscriptions(&second.id, FABRIKAM);
    }
    simulator
}

/// The code and sentence that ARM's front has for a status.
fn usual(status: u16) -> (&'static str, &'static str) {
    match status {
        429 => ("TooManyRequests", "Too many requests have been made. Please try again later."),
        500 => ("InternalServerError", "Encountered internal server error. Please try again later."),
        502 => ("BadGateway", "The gateway did not receive a response from the resource provider."),
        503 => ("ServiceUnavailable", "The service is unavailable now, please retry later."),
        504 => ("GatewayTimeout", "The gateway did not receive a response from the resource provider within the specified time period."),
        _ => ("RequestFailed", "The request could not be completed."),
    }
}

/// The subscription that a path is about.
fn subscription(path: &str) -> Option<String> {
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    segments.next().filter(|first| first.eq_ignore_ascii_case("subscriptions"))?;
    segments.next().map(str::to_owned)
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// A header whose value no header can have is left out.
fn set(headers: &mut HeaderMap, name: &str, value: &str) {
    if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
        headers.insert(name, value);
    }
}

/// An answer in JSON, with the headers that each of ARM's has.
pub(crate) fn said(status: u16, mut headers: HeaderMap, body: &Value) -> Answer {
    set(&mut headers, "content-type", "application/json; charset=utf-8");
    set(&mut headers, "cache-control", "no-cache");
    set(&mut headers, "x-ms-request-id", &format!("{:08x}-0000-4000-8000-{:012x}", status, now_ms() & 0xffff_ffff_ffff));
    answer(status, headers, body.to_string())
}

fn answer(status: u16, headers: HeaderMap, body: String) -> Answer {
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = hyper::StatusCode::from_u16(status).unwrap_or(hyper::StatusCode::INTERNAL_SERVER_ERROR);
    *response.headers_mut() = headers;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_subscription_and_the_token() {
        for (path, found) in [
            ("/subscriptions/a/resourceGroups", Some("a")),
            ("/Subscriptions//b", Some("b")),
            ("/subscriptions", None),
            ("/tenants/a", None),
        ] {
            assert_eq!(subscription(path).as_deref(), found, "{path}");
        }
        for (header, token) in [("Bearer a.b.c", Some("a.b.c")), ("bearer x ", Some("x")), ("Basic x", None), ("Bearer", None)] {
            assert_eq!(bearer(header), token, "{header}");
        }
    }
}
