//! Which calls to ARM may leave, and as whom.

use super::caller::Caller;
use super::http::{Method, Request};
use super::transport::WireError;

/// What a `POST` may end with where nothing is written: questions that ARM answers.
const QUESTIONS: [&str; 3] = ["/validate", "/whatif", "/checkpolicyrestrictions"];

/// Whether a request only asks. Code only sends no other.
pub fn only_asks(method: Method, url: &str) -> bool {
    let path = url.split('?').next().unwrap_or_default().to_ascii_lowercase();
    match method {
        Method::Get | Method::Head => true,
        Method::Post => QUESTIONS.iter().any(|question| path.ends_with(question)),
        Method::Put | Method::Patch | Method::Delete => false,
    }
}

/// Whether `request`, pinned to `pinned`, may be sent as `present`. To be asked right before it is sent, with the token in hand:
/// waiting for a token, a sign-in or a retry may change who that is. A write that is pinned to nobody is never sent.
///
/// # Errors
/// [`WireError::OtherCaller`] where it may not, [`WireError::SignInRequired`] where nobody is there to send it as.
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
    fn a_write_is_sent_as_its_caller_and_nobody_else() {
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
        for question in [&get, &validate] {
            assert_eq!(may_send(question, None, Some(&ada)), Ok(()));
            // What a run reads on its way is read as its caller, too.
            assert_eq!(may_send(question, Some(&ada), Some(&eve)), other);
        }
    }

    #[test]
    fn writes_are_told_from_questions() {
        const AT: &str = "https://management.azure.com/subscriptions/1/providers/Microsoft.Resources/deployments/d";
        for (method, path, asks) in [
            (Method::Get, "", true),
            (Method::Post, "/validate?api-version=2022-09-01", true),
            (Method::Post, "/whatIf?api-version=1", true),
            (Method::Post, "/register?api-version=1", false),
            (Method::Post, "/cancel?x=/validate", false),
            (Method::Put, "/validate", false),
            (Method::Patch, "", false),
            (Method::Delete, "", false),
        ] {
            assert_eq!(only_asks(method, &[AT, path].concat()), asks, "{method:?} {path}");
        }
    }
}
