//! Whose a host's access token is, as it says itself. Nothing is verified: that pins a write to an account, and gives nobody a right.

use base64::Engine;
use serde_json::Value;

use crate::arm::json::some_text;
use crate::entra::secret::Secret;

/// Whose a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenOwner {
    /// The directory (`tid`).
    pub tenant: String,
    /// The object id of the account in it (`oid`).
    pub account: String,
    /// A name to show, which may be the object id.
    pub name: String,
}

/// Whose `token` is; `None` where it does not say so, as no access token for Azure Resource Manager does.
pub fn owner(token: &Secret) -> Option<TokenOwner> {
    let mut parts = token.reveal().split('.');
    let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
    let claims: Value = serde_json::from_slice(&crate::entra::id_token::LENIENT.decode(payload).ok()?).ok()?;
    let claim = |name| some_text(&claims, name).filter(|text| !text.is_empty());
    let (tenant, account) = (claim("tid")?, claim("oid")?);
    let names = ["preferred_username", "upn", "unique_name", "name", "appid"];
    let name = names.into_iter().find_map(claim).unwrap_or_else(|| account.clone());
    Some(TokenOwner { tenant, account, name })
}

#[cfg(test)]
mod tests {
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;
    use serde_json::json;

    use super::*;

    fn token(claims: &Value) -> Secret {
        Secret::new(["e30", &BASE64_URL_SAFE_NO_PAD.encode(claims.to_string()), "signature"].join("."))
    }

    #[test]
    fn a_token_says_whose_it_is_or_is_nobodys() {
        let ada = owner(&token(&json!({ "tid": "t", "oid": "o", "upn": "ada@contoso.example" })));
        assert_eq!(ada, Some(TokenOwner { tenant: "t".into(), account: "o".into(), name: "ada@contoso.example".into() }));
        assert_eq!(owner(&token(&json!({ "tid": "t", "oid": "o" }))).map(|owner| owner.name), Some("o".into()));
        for claims in
            [json!({ "tid": "t" }), json!({ "oid": "o" }), json!({ "tid": "t", "oid": 7 }), json!({ "tid": "", "oid": "o" }), json!([])]
        {
            assert_eq!(owner(&token(&claims)), None, "{claims}");
        }
        for text in ["", "opaque", "a.b", "a.*.c", "a.bm90IEpTT04.c"] {
            assert_eq!(owner(&Secret::new(text)), None, "{text}");
        }
    }
}
