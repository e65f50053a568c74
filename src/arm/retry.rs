//! Which calls are retried, and after how long.

use std::time::Duration;

use super::http::{Method, Response};

/// Maximum number of attempts, including the first.
pub const ATTEMPTS_MAX: u32 = 6;
/// Longest wait between attempts, in seconds: if a service asks for more, its refusal is returned instead.
pub const WAIT_MAX: u64 = 120;

/// The wait before the next automatic attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    pub seconds: u64,
    /// 429 when throttled, otherwise the status of a failing service.
    pub status: u16,
    /// The attempt that failed, counted from 1.
    pub attempt: u32,
}

/// The wait before the next attempt, or `None` if the call is not retried.
pub(super) fn wait(method: Method, response: &Response, message: &str, attempt: u32) -> Option<Wait> {
    // A throttled request was not carried out, so any method may be retried. After other failures the outcome is unknown: only
    // reads are.
    let retryable = match response.status {
        429 | 503 => true,
        408 | 500 | 502 | 504 => matches!(method, Method::Get | Method::Head),
        _ => false,
    };
    let seconds = retry_after(response, message).unwrap_or(1 << (attempt - 1).min(4));
    (retryable && attempt < ATTEMPTS_MAX && seconds <= WAIT_MAX).then_some(Wait { seconds, status: response.status, attempt })
}

impl Wait {
    pub(super) fn duration(self) -> Duration {
        Duration::from_secs(self.seconds)
    }
}

/// The seconds to wait: `Retry-After`, or, because a browser may hide that header, the number in ARM's message (`try retryable
/// after '10' seconds`): the last quoted one, in any language.
pub(super) fn retry_after(response: &Response, message: &str) -> Option<u64> {
    let header = response.headers.get("retry-after").and_then(|value| value.trim().parse().ok());
    let quoted = || message.split('\'').skip(1).step_by(2).filter_map(|quoted| quoted.parse().ok()).last();
    header.or_else(|| if response.status == 429 { quoted() } else { None })
}

/// The wait before poll number `poll` (from 0) of a running operation: what the response asks for, otherwise from one second up
/// to ten.
pub(super) fn poll_wait(response: &Response, poll: u32) -> Duration {
    let seconds = retry_after(response, "").unwrap_or(u64::from(poll + 1).min(10));
    Duration::from_secs(seconds.min(WAIT_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arm::http::Headers;

    const THROTTLED: &str = "Number of 'read' requests for subscription 's' actor 'o' exceeded. Please try again after '10' seconds.";

    fn answer(status: u16, retry_after: Option<&str>) -> Response {
        let mut headers = Headers::default();
        if let Some(value) = retry_after {
            headers.set("Retry-After", value);
        }
        Response { status, headers, body: String::new() }
    }

    #[test]
    fn waits() {
        let table = [
            (Method::Get, answer(429, Some("7")), THROTTLED, 1, Some(7)),
            (Method::Get, answer(429, None), THROTTLED, 1, Some(10)),
            (Method::Put, answer(429, Some("Wed, 21 Oct 2026 07:28:00 GMT")), "", 1, Some(1)),
            (Method::Put, answer(503, None), "", 3, Some(4)),
            (Method::Put, answer(503, None), THROTTLED, 3, Some(4)),
            (Method::Put, answer(500, None), "", 1, None),
            (Method::Get, answer(500, None), "", 1, Some(1)),
            (Method::Get, answer(408, None), "", 2, Some(2)),
            (Method::Get, answer(404, None), "", 1, None),
            (Method::Get, answer(429, Some("0")), "", 1, Some(0)),
            (Method::Get, answer(429, Some("3600")), "", 1, None),
            (Method::Get, answer(429, Some("-5")), "'99999999999999999999999'", 1, Some(1)),
            (Method::Get, answer(429, Some("1")), "", ATTEMPTS_MAX, None),
        ];
        for (method, response, message, attempt, seconds) in table {
            let found = wait(method, &response, message, attempt).map(|wait| wait.seconds);
            assert_eq!(found, seconds, "{method:?} {response:?} {attempt}");
        }
    }
}
