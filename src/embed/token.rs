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

/// What else Azure Resource Manager's tokens are for, by the audience that they are asked for (the Azure SDKs' own lists of clouds).
const ALIASES: [(&str, &str); 3] = [
    ("https://management.azure.com", "https://management.core.windows.net"),
    ("https://management.usgovcloudapi.net", "https://management.core.usgovcloudapi.net"),
    ("https://management.chinacloudapi.cn", "https://management.core.chinacloudapi.cn"),
];
/// Azure Resource Manager's application id, in every one of those clouds.
const ARM: &str = "797f4846-ba00-4fd7-ba43-dac1f8f63013";

/// The only scope that a host is asked for.
pub fn scope(audience: &str) -> String {
    [audience, "/.default"].concat()
}

/// Whether `token` may be sent to the Azure Resource Manager of `audience`: not where it says that it is for something else. In a cloud
/// that is not known here, audiences have other names, and its Resource Manager has to tell.
pub fn is_for(token: &Secret, audience: &str) -> bool {
    let known = ALIASES.iter().find(|(known, _)| *known == audience);
    let said = claims(token).and_then(|claims| some_text(&claims, "aud"));
    match (known, said) {
        (Some((own, alias)), Some(said)) => [*own, *alias, ARM].contains(&said.strip_suffix('/').unwrap_or(&said)),
        _ => true,
    }
}

/// Whose `token` is; `None` where it does not say so, as no access token for Azure Resource Manager does.
pub fn owner(token: &Secret) -> Option<TokenOwner> {
    let claims = claims(token)?;
    let claim = |name| some_text(&claims, name).filter(|text| !text.is_empty());
    let (tenant, account) = (claim("tid")?, claim("oid")?);
    let names = ["preferred_username", "upn", "unique_name", "name", "appid"];
    let name = names.into_iter().find_map(claim).unwrap_or_else(|| account.clone());
    Some(TokenOwner { tenant, account, name })
}

fn claims(token: &Secret) -> Option<Value> {
    let mut parts = token.reveal().split('.');
    let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
    serde_json::from_slice(&crate::entra::id_token::LENIENT.decode(payload).ok()?).ok()
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

    #[test]
    fn a_token_for_something_else_is_told() {
        let arm = "https://management.azure.com";
        assert_eq!(scope(arm), "https://management.azure.com/.default");
        for (aud, audience, fits) in [
            (arm, arm, true),
            ("https://management.azure.com/", arm, true),
            ("https://management.core.windows.net/", arm, true),
            (ARM, arm, true),
            ("https://graph.microsoft.com", arm, false),
            ("00000003-0000-0000-c000-000000000000", arm, false),
            ("https://management.usgovcloudapi.net", arm, false),
            ("https://management.core.usgovcloudapi.net/", "https://management.usgovcloudapi.net", true),
            ("api://anything", "https://arm.site.example", true),
        ] {
            assert_eq!(is_for(&token(&json!({ "aud": aud })), audience), fits, "{aud} for {audience}");
        }
        assert!(is_for(&Secret::new("opaque"), arm) && is_for(&token(&json!({})), arm));
    }
}
