//! Reads issuer, subject and audience from a token, or from a token's claims as JSON.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use crate::arm::json::{text, texts};

/// The longest text that is read, in bytes: a token has a few thousand.
const TEXT_MAX: usize = 100_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    pub issuer: String,
    pub subject: String,
    /// Empty if there is not exactly one.
    pub audience: String,
}

/// The claims in a pasted text; `None` for anything else.
pub fn read(pasted: &str) -> Option<Claims> {
    let pasted = pasted.trim();
    if pasted.len() > TEXT_MAX {
        return None;
    }
    let claims: Value = if pasted.starts_with('{') {
        serde_json::from_str(pasted).ok()?
    } else {
        let mut parts = pasted.split('.');
        let (_, claims, _) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims.trim_end_matches('=')).ok()?).ok()?
    };
    let audience = match &claims["aud"] {
        Value::String(audience) => audience.clone(),
        _ => <[String; 1]>::try_from(texts(&claims, "aud")).map(|[only]| only).unwrap_or_default(),
    };
    let (issuer, subject) = (text(&claims, "iss").to_owned(), text(&claims, "sub").to_owned());
    (!issuer.is_empty() && !subject.is_empty()).then_some(Claims { issuer, subject, audience })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_claims_and_tokens() {
        let json = r#"{"iss":"https://token.example","sub":"repo:a/b:ref:refs/heads/main","aud":["api://AzureADTokenExchange"]}"#;
        let token = ["e30", &URL_SAFE_NO_PAD.encode(json), "c2ln"].join(".");
        for pasted in [json, &token, &format!("  {token}\n")] {
            let claims = read(pasted).expect("claims");
            assert_eq!(claims.issuer, "https://token.example");
            assert_eq!(claims.subject, "repo:a/b:ref:refs/heads/main");
            assert_eq!(claims.audience, "api://AzureADTokenExchange");
        }
        let two = read(r#"{"iss":"i","sub":"s","aud":["a","b"]}"#).expect("claims");
        assert_eq!(two.audience, "");
    }

    #[test]
    fn takes_nothing_else_for_claims() {
        for pasted in
            ["", "repo:a/b:ref:refs/heads/main", "{}", "{", "a.b.c", "a.b", r#"{"iss":"i"}"#, r#"{"iss":1,"sub":2}"#, "e30.e30.e30.e30"]
        {
            assert_eq!(read(pasted), None, "{pasted}");
        }
    }
}
