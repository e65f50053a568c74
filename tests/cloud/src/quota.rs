//! Request quotas: a token bucket for each user, subscription and kind of request, refilled every second (learn.microsoft.com,
//! "Understand how Azure Resource Manager throttles requests").

use std::collections::HashMap;

use hyper::Method;
use hyper::header::HeaderMap;
use identity_portal::simulator::Caller;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::reply::{Answer, reply, set};

/// A kind of request.
#[derive(Clone, Copy, Debug, Hash, PartialEq, Eq)]
pub(crate) enum Kind {
    Read,
    Write,
    Delete,
}

/// A bucket's capacity, and its refill per second.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Limit {
    burst: u32,
    per_second: u32,
}

/// The limits of each kind.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Limits {
    reads: Limit,
    writes: Limit,
    deletes: Limit,
}

/// All buckets in use.
#[derive(Debug, Default)]
pub(crate) struct Quota {
    limits: Limits,
    /// By user, subscription (empty for the tenant) and kind: what is left, in thousandths, and when, in milliseconds.
    buckets: HashMap<(String, String, Kind), (u64, u64)>,
}

impl Default for Limits {
    fn default() -> Self {
        let tenfold = Limit { burst: 200, per_second: 10 };
        Self { reads: Limit { burst: 250, per_second: 25 }, writes: tenfold, deletes: tenfold }
    }
}

impl Kind {
    pub(crate) fn of(method: &Method) -> Self {
        match *method {
            Method::GET | Method::HEAD => Self::Read,
            Method::DELETE => Self::Delete,
            _ => Self::Write,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Delete => "delete",
        }
    }
}

impl Quota {
    /// Starts with full buckets.
    pub(crate) fn new(limits: Limits) -> Self {
        Self { limits, buckets: HashMap::new() }
    }

    /// Takes one request from the bucket, at `now` in milliseconds. `Ok` is what is left, `Err` the seconds until the next one.
    pub(crate) fn take(&mut self, user: &str, subscription: &str, kind: Kind, now: u64) -> Result<u64, u64> {
        let limit = match kind {
            Kind::Read => self.limits.reads,
            Kind::Write => self.limits.writes,
            Kind::Delete => self.limits.deletes,
        };
        let full = u64::from(limit.burst) * 1000;
        let (left, at) = self.buckets.entry((user.to_owned(), subscription.to_lowercase(), kind)).or_insert((full, now));
        *left = full.min(*left + now.saturating_sub(*at) * u64::from(limit.per_second));
        *at = now;
        match left.checked_sub(1000) {
            Some(rest) => {
                *left = rest;
                Ok(rest / 1000)
            }
            None => Err((1000 - *left).div_ceil(u64::from(limit.per_second.max(1)) * 1000)),
        }
    }
}

/// ARM's response to a request over the limit.
pub(crate) fn throttled(caller: &Caller, subscription: &str, kind: Kind, seconds: u64) -> Answer {
    let (code, whose) = match subscription {
        "" => ("TenantRequestsThrottled", format!("tenant '{}'", caller.tenant.id)),
        id => ("SubscriptionRequestsThrottled", format!("subscription '{id}'")),
    };
    let message = format!(
        "Number of '{}' requests for {whose} actor '{}' exceeded. Please try again after '{seconds}' seconds.",
        kind.word(),
        caller.id
    );
    let mut headers = HeaderMap::new();
    set(&mut headers, "retry-after", &seconds.to_string());
    set(&mut headers, "x-ms-failure-cause", "gateway");
    reply(429, headers, &json!({ "error": { "code": code, "message": message } }))
}

/// Sets the header with what is left, if the response has one.
pub(crate) fn set_remaining(headers: &mut HeaderMap, left: u64) {
    let names = headers.keys().filter(|name| name.as_str().starts_with("x-ms-ratelimit-remaining-"));
    for name in names.cloned().collect::<Vec<_>>() {
        set(headers, name.as_str(), &left.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_is_emptied_and_refills() {
        let mut quota = Quota::new(serde_json::from_str(r#"{"reads":{"burst":2,"perSecond":1}}"#).unwrap());
        let mut take = |user, now| quota.take(user, "a", Kind::Read, now);
        assert_eq!([take("ada", 0), take("ada", 0), take("ada", 0)], [Ok(1), Ok(0), Err(1)]);
        assert_eq!(take("grace", 0), Ok(1));
        assert_eq!([take("ada", 999), take("ada", 1_000), take("ada", 1_000)], [Err(1), Ok(0), Err(1)]);
        assert_eq!(take("ada", 60_000), Ok(1));
        assert_eq!(quota.take("ada", "a", Kind::Write, 0), Ok(199));
        assert_eq!(quota.take("ada", "", Kind::Read, 0), Ok(1));
    }

    #[test]
    fn requests_are_of_three_kinds() {
        for (method, kind) in
            [(Method::GET, Kind::Read), (Method::HEAD, Kind::Read), (Method::DELETE, Kind::Delete), (Method::POST, Kind::Write)]
        {
            assert_eq!(Kind::of(&method), kind);
        }
    }
}
