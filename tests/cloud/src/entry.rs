//! Authenticates the caller, or answers with ARM's 401.

use hyper::Request;
use hyper::body::Incoming;
use hyper::header::HeaderMap;
use identity_portal::simulator::Caller;
use serde_json::json;

use crate::access::{self, Claims};
use crate::arm::{Arm, Scheme};
use crate::reply::{Answer, reply, set, text};

impl Arm {
    /// The caller and claims of the request's token; an error response if it has no valid token.
    pub(crate) async fn authenticate(&self, scheme: Scheme, request: &Request<Incoming>) -> Result<(Claims, Caller), Box<Answer>> {
        let refuse = |code: &str, message: &str, challenge: String| {
            let mut headers = HeaderMap::new();
            set(&mut headers, "www-authenticate", &challenge);
            set(&mut headers, "x-ms-failure-cause", "gateway");
            Box::new(reply(401, headers, &json!({ "error": { "code": code, "message": message } })))
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
        let Some(caller) = self.directory().caller(&claims.tid, &claims.oid) else {
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
}

/// The subscription in a path.
pub(crate) fn subscription(path: &str) -> Option<String> {
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    segments.next().filter(|first| first.eq_ignore_ascii_case("subscriptions"))?;
    segments.next().map(str::to_owned)
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
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
