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

/// How a token begins: `{"` in base64url.
const START: &str = "eyJ";

/// The claims in a pasted text: a token, with or without what is around it, or the claims as JSON. `None` for anything else.
pub fn read(pasted: &str) -> Option<Claims> {
    if pasted.len() > TEXT_MAX {
        return None;
    }
    if pasted.contains(START) {
        let text = unbroken(pasted);
        let part = token_in(&text)?.split('.').nth(1)?;
        return of_json(&serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()?);
    }
    of_json(&serde_json::from_str(pasted).ok()?)
}

/// The text, or nothing in its place if there is a token in it.
pub fn without_token(text: String) -> String {
    if text.contains(START) && token_in(&unbroken(&text)).is_some() { String::new() } else { text }
}

/// Without the line breaks of a terminal.
fn unbroken(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The first token in a text, with or without its signature.
fn token_in(text: &str) -> Option<&str> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    text.split(|letter| !is_part(letter)).find(|word| word.starts_with(START) && word.split('.').nth(1).is_some_and(|part| part.len() > 3))
}

fn of_json(claims: &Value) -> Option<Claims> {
    let audience = match &claims["aud"] {
        Value::String(audience) => audience.clone(),
        _ => <[String; 1]>::try_from(texts(claims, "aud")).map(|[only]| only).unwrap_or_default(),
    };
    let (issuer, subject) = (text(claims, "iss").to_owned(), text(claims, "sub").to_owned());
    (!issuer.is_empty() && !subject.is_empty()).then_some(Claims { issuer, subject, audience })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_claims_and_tokens() {
        let json = r#"{"iss":"https://token.example","sub":"repo:a/b:ref:refs/heads/main","aud":["api://AzureADTokenExchange"]}"#;
        let token = [&URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256"}"#), &URL_SAFE_NO_PAD.encode(json), "c2ln"].join(".");
        let (broken, around) = ([&token[..30], "\n ", &token[30..]].concat(), format!("{{\"value\":\"{token}\"}}"));
        let unsigned = token.trim_end_matches("c2ln").trim_end_matches('.');
        for pasted in [json, &token, &format!("  {token}\n"), &broken, &around, unsigned] {
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
