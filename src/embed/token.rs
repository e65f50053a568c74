//! The owner of a host's access token, according to its claims. The signature is not verified: the claims pin a write to an
//! account but grant no rights.

use base64::Engine;
use serde_json::Value;

use crate::arm::json::some_text;
use crate::entra::secret::Secret;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenOwner {
    /// The tenant (`tid`).
    pub tenant: String,
    /// The account's object ID in the tenant (`oid`).
    pub account: String,
    /// A display name, possibly the object ID.
    pub name: String,
}

/// Alternative `aud` claims of ARM's tokens, by requested audience (the Azure SDKs' own lists of clouds).
const ALIASES: [(&str, &str); 3] = [
    ("https://management.azure.com", "https://management.core.windows.net"),
    ("https://management.usgovcloudapi.net", "https://management.core.usgovcloudapi.net"),
    ("https://management.chinacloudapi.cn", "https://management.core.chinacloudapi.cn"),
];
/// Azure Resource Manager's application ID, in all of those clouds.
const ARM: &str = "797f4846-ba00-4fd7-ba43-dac1f8f63013";

/// The only scope requested from a host.
pub fn scope(audience: &str) -> String {
    [audience, "/.default"].concat()
}

/// Whether `token` may be sent to the ARM of `audience`: not if its `aud` names something else. In an unknown cloud, audiences
/// have other names, so ARM itself has to decide.
pub fn is_for(token: &Secret, audience: &str) -> bool {
    let known = ALIASES.iter().find(|(known, _)| *known == audience);
    let aud = claims(token).and_then(|claims| some_text(&claims, "aud"));
    match (known, aud) {
        (Some((own, alias)), Some(aud)) => [*own, *alias, ARM].contains(&aud.strip_suffix('/').unwrap_or(&aud)),
        _ => true,
    }
}

/// The owner of `token`; `None` if its claims do not name one, which no access token for ARM does.
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
    fn a_token_names_its_owner_or_has_none() {
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
    fn a_token_for_another_audience_is_recognised() {
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
