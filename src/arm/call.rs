//! Decides whether a call to ARM may be sent, and as which caller.

use super::caller::Caller;
use super::http::{Method, Request};
use super::transport::WireError;

/// Path suffixes of `POST` requests that write nothing.
const READ_ONLY_POSTS: [&str; 3] = ["/validate", "/whatif", "/checkpolicyrestrictions"];

/// Whether a request is read-only.
pub fn only_asks(method: Method, url: &str) -> bool {
    let path = url.split('?').next().unwrap_or_default().to_ascii_lowercase();
    match method {
        Method::Get | Method::Head => true,
        Method::Post => READ_ONLY_POSTS.iter().any(|suffix| path.ends_with(suffix)),
        Method::Put | Method::Patch | Method::Delete => false,
    }
}

/// Whether `request`, pinned to `pinned`, may be sent as `present`. Call it right before sending, with the token in hand:
/// waiting for a token, a sign-in or a retry may change the caller. A write without a pinned caller is never sent.
///
/// # Errors
/// [`WireError::OtherCaller`] if the caller differs, [`WireError::SignInRequired`] if nobody is signed in.
pub fn may_send(request: &Request, pinned: Option<&Caller>, present: Option<&Caller>) -> Result<(), WireError> {
    match (pinned, present) {
        (None, _) if only_asks(request.method, &request.url) => Ok(()),
        (Some(pinned), Some(present)) if pinned.is(present) => Ok(()),
        (Some(_), None) => Err(WireError::SignInRequired),
        _ => Err(WireError::OtherCaller),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arm::http::Headers;

    #[test]
    fn a_write_is_sent_only_as_its_pinned_caller() {
        let request = |method, path: &str| Request { method, url: path.into(), headers: Headers::default(), body: None };
        let (put, get) = (request(Method::Put, "/x"), request(Method::Get, "/x"));
        let (cancel, validate) = (request(Method::Post, "/d/cancel"), request(Method::Post, "/d/validate"));
        let caller = |account: &str| Caller { account: account.to_owned(), ..Caller::preview("https://management.azure.com") };
        let (ada, eve) = (caller("ada"), caller("eve"));
        let (other, nobody) = (Err(WireError::OtherCaller), Err(WireError::SignInRequired));
        for write in [&put, &cancel] {
            assert_eq!(may_send(write, Some(&ada), Some(&ada)), Ok(()));
            assert_eq!(may_send(write, Some(&ada), Some(&eve)), other);
            assert_eq!(may_send(write, Some(&ada), None), nobody);
            assert_eq!(may_send(write, None, Some(&ada)), other);
            assert_eq!(may_send(write, None, None), other);
            assert_eq!(may_send(write, Some(&Caller::default()), Some(&Caller::default())), other);
        }
        for read in [&get, &validate] {
            assert_eq!(may_send(read, None, Some(&ada)), Ok(()));
            // What a run reads is pinned to its caller, too.
            assert_eq!(may_send(read, Some(&ada), Some(&eve)), other);
        }
    }

    #[test]
    fn classifies_reads_and_writes() {
        const AT: &str = "https://management.azure.com/subscriptions/1/providers/Microsoft.Resources/deployments/d";
        for (method, path, is_read) in [
            (Method::Get, "", true),
            (Method::Post, "/validate?api-version=2022-09-01", true),
            (Method::Post, "/whatIf?api-version=1", true),
            (Method::Post, "/register?api-version=1", false),
            (Method::Post, "/cancel?x=/validate", false),
            (Method::Put, "/validate", false),
            (Method::Patch, "", false),
            (Method::Delete, "", false),
        ] {
            assert_eq!(only_asks(method, &[AT, path].concat()), is_read, "{method:?} {path}");
        }
    }
}
