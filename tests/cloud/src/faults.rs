//! Faults to inject into the next requests, as set through the control endpoint.

use serde::{Deserialize, Serialize};

use crate::access::{Claims, now_ms};

/// One fault. It applies to requests that match all of `methods`, `path` and `user`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Plan {
    /// How many requests it applies to.
    #[serde(default = "once")]
    pub(crate) times: u32,
    /// `GET`, `PUT`, ...; empty for all.
    #[serde(default)]
    methods: Vec<String>,
    /// A part of the path, case-insensitive; empty for all.
    #[serde(default)]
    path: String,
    /// A sign-in name; empty for everyone.
    #[serde(default)]
    user: String,
    /// Answers with this status instead.
    pub(crate) status: Option<u16>,
    /// The error's code, with `status`.
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    /// `Retry-After` in seconds, with `status`.
    pub(crate) retry_after: Option<u32>,
    /// Delays the response.
    #[serde(default)]
    pub(crate) delay_ms: u64,
    /// Cuts the connection.
    pub(crate) drop: Option<Drop>,
    /// Demands another token until one satisfies the challenge.
    pub(crate) challenge: Option<Challenge>,
    /// Accepts no token at all for the challenge, to catch clients that loop.
    #[serde(default)]
    endless: bool,
    /// Hides this response's headers from browsers, or exposes them.
    pub(crate) expose: Option<bool>,
    /// When the challenge was first sent, in seconds since 1970.
    #[serde(skip_deserializing)]
    since: Option<u64>,
}

fn once() -> u32 {
    1
}

/// When a connection is cut.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Drop {
    /// Before the request is processed.
    Before,
    /// After the request was processed: the response is lost.
    After,
}

/// What a token must satisfy.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Challenge {
    /// Issued after the challenge (continuous access evaluation).
    Cae,
    /// Authentication context `p1`: a second factor.
    P1,
}

/// All faults, and revoked tokens.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Faults {
    plans: Vec<Plan>,
    /// Sign-in names (empty: everyone), and the second up to which their tokens count as expired.
    expired: Vec<(String, u64)>,
    /// The last request whose connection was cut, and the time in milliseconds.
    #[serde(skip)]
    cut: Option<(String, u64)>,
}

/// Browsers retry by themselves if a kept-alive connection is cut before the response; the cut applies to that retry, too.
const BROWSER_RETRY_MS: u64 = 250;

impl Faults {
    pub(crate) fn add(&mut self, plan: Plan) {
        self.plans.push(plan);
    }

    pub(crate) fn expire(&mut self, user: String) {
        self.expired.push((user, now_ms() / 1000));
    }

    /// Whether the token counts as expired.
    pub(crate) fn has_expired(&self, user: &str, claims: &Claims) -> bool {
        self.expired.iter().any(|(whose, at)| (whose.is_empty() || whose == user) && claims.iat <= *at)
    }

    /// Takes the fault for this request at `now`, in milliseconds. A challenge that the token satisfies is removed, and the
    /// request proceeds.
    pub(crate) fn take(&mut self, method: &str, path: &str, user: &str, claims: &Claims, now: u64) -> Option<Plan> {
        let path = path.to_ascii_lowercase();
        let request = format!("{method} {path} {user}");
        let is_browser_retry = self.cut.as_ref().is_some_and(|(known, at)| *known == request && now <= at + BROWSER_RETRY_MS);
        if is_browser_retry {
            return Some(Plan { drop: Some(Drop::Before), ..Plan::default() });
        }
        let matches = |plan: &Plan| {
            (plan.methods.is_empty() || plan.methods.iter().any(|one| one.eq_ignore_ascii_case(method)))
                && path.contains(&plan.path.to_ascii_lowercase())
                && (plan.user.is_empty() || plan.user == user)
        };
        while let Some(at) = self.plans.iter().position(matches) {
            let plan = &mut self.plans[at];
            if let Some(challenge) = plan.challenge {
                if !plan.endless && plan.since.is_some_and(|since| challenge.is_met(claims, since)) {
                    self.plans.remove(at);
                    continue;
                }
                if challenge == Challenge::P1 && !plan.endless && challenge.is_met(claims, 0) {
                    self.plans.remove(at);
                    continue;
                }
                plan.since.get_or_insert(now / 1000);
                return Some(plan.clone());
            }
            plan.times = plan.times.saturating_sub(1);
            let taken = plan.clone();
            if taken.times == 0 {
                self.plans.remove(at);
            }
            if taken.drop.is_some() {
                self.cut = Some((request, now));
            }
            return Some(taken);
        }
        None
    }
}

impl Challenge {
    fn is_met(self, claims: &Claims, since: u64) -> bool {
        match self {
            Self::Cae => claims.iat >= since,
            Self::P1 => claims.acrs.iter().any(|one| one == "p1") && claims.amr.iter().any(|one| one == "mfa"),
        }
    }

    /// The claims that the challenge header requests.
    pub(crate) fn claims(self) -> String {
        match self {
            Self::Cae => format!(
                r#"{{"access_token":{{"nbf":{{"essential":true,"value":"{}"}},"xms_caeerror":{{"value":"10012"}}}}}}"#,
                now_ms() / 1000
            ),
            Self::P1 => r#"{"access_token":{"acrs":{"essential":true,"value":"p1"}}}"#.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(iat: u64, acrs: &[&str]) -> Claims {
        Claims {
            aud: String::new(),
            iss: String::new(),
            tid: String::new(),
            oid: String::new(),
            exp: 0,
            iat,
            nbf: 0,
            scp: String::new(),
            acrs: acrs.iter().map(|&one| one.to_owned()).collect(),
            amr: vec!["mfa".to_owned()],
        }
    }

    fn plan(json: &str) -> Plan {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_fault_applies_to_matching_requests_as_often_as_set() {
        let mut faults = Faults::default();
        faults.add(plan(r#"{"times":2,"methods":["put"],"path":"/USERassigned","user":"ada","status":503}"#));
        let mut hit = |method, path, user| faults.take(method, path, user, &claims(0, &[]), 0).and_then(|plan| plan.status);
        assert_eq!(hit("GET", "/userAssignedIdentities", "ada"), None);
        assert_eq!(hit("PUT", "/other", "ada"), None);
        assert_eq!(hit("PUT", "/userAssignedIdentities", "grace"), None);
        assert_eq!(hit("PUT", "/userAssignedIdentities", "ada"), Some(503));
        assert_eq!(hit("PUT", "/userAssignedIdentities", "ada"), Some(503));
        assert_eq!(hit("PUT", "/userAssignedIdentities", "ada"), None);
    }

    #[test]
    fn a_cut_applies_to_the_browsers_own_retry() {
        let mut faults = Faults::default();
        faults.add(plan(r#"{"drop":"after","methods":["PUT"]}"#));
        let mut hit = |method, path, now| faults.take(method, path, "", &claims(0, &[]), now).and_then(|plan| plan.drop);
        assert_eq!(hit("PUT", "/a", 1_000), Some(Drop::After));
        assert_eq!(hit("PUT", "/a", 1_250), Some(Drop::Before));
        assert_eq!(hit("GET", "/a", 1_250), None);
        assert_eq!(hit("PUT", "/b", 1_250), None);
        assert_eq!(hit("PUT", "/a", 1_251), None);
    }

    #[test]
    fn a_challenge_ends_with_a_token_that_satisfies_it() {
        let now = 1_000;
        let mut faults = Faults::default();
        faults.add(plan(r#"{"challenge":"cae"}"#));
        assert!(faults.take("GET", "/", "", &claims(now - 10, &[]), now * 1000).is_some());
        assert!(faults.take("GET", "/", "", &claims(now - 10, &[]), now * 1000).is_some());
        assert!(faults.take("GET", "/", "", &claims(now + 1, &[]), now * 1000).is_none());
        assert!(faults.take("GET", "/", "", &claims(now - 10, &[]), now * 1000).is_none());
        faults.add(plan(r#"{"challenge":"p1"}"#));
        assert!(faults.take("PUT", "/", "", &claims(now + 9, &[]), now * 1000).is_some());
        assert!(faults.take("PUT", "/", "", &claims(now, &["p1"]), now * 1000).is_none());
        faults.add(plan(r#"{"challenge":"cae","endless":true}"#));
        assert!(faults.take("GET", "/", "", &claims(now + 9, &["p1"]), now * 1000).is_some());
        assert!(faults.take("GET", "/", "", &claims(now + 9, &["p1"]), now * 1000).is_some());
    }

    #[test]
    fn an_invalid_fault_is_refused() {
        for wrong in [r#"{"tiems":1}"#, r#"{"drop":"sometimes"}"#, r#"{"challenge":"p2"}"#, r#"{"status":"x"}"#] {
            assert!(serde_json::from_str::<Plan>(wrong).is_err(), "{wrong}");
        }
    }
}
