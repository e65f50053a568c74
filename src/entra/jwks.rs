//! Entra's signing keys (RFC 7517), as the browser imports them to verify a signature.

use serde_json::{Value, json};

use crate::arm::json::{list, text};

/// A message with its signature, for the Web Crypto API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedMessage {
    /// The id of the key (`kid`).
    pub key_id: String,
    /// The signed text.
    pub message: String,
    /// The signature (RS256).
    pub signature: Vec<u8>,
}

/// The RSA signing key with the id `kid` in the key set `keys`, as a JSON Web Key to import. `None` where there is none.
pub fn key(keys: &str, kid: &str) -> Option<String> {
    let keys: Value = serde_json::from_str(keys).ok()?;
    let signs = |key: &&Value| {
        text(key, "kid") == kid
            && text(key, "kty") == "RSA"
            && matches!(text(key, "use"), "" | "sig")
            && matches!(text(key, "alg"), "" | "RS256")
    };
    let found = list(&keys, "keys").iter().find(signs)?;
    Some(json!({ "kty": "RSA", "alg": "RS256", "n": found.get("n")?, "e": found.get("e")? }).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_signing_keys_are_used() {
        let keys = r#"{"keys":[{"kty":"EC","kid":"a"},{"kty":"RSA","kid":"b","use":"enc","n":"x","e":"AQAB"},
            {"kty":"RSA","kid":"c","use":"sig","n":"x","e":"AQAB","x5c":["y"]},{"kty":"RSA","kid":"d","n":"x"},{"kty":"RSA","kid":"e","alg":"HS256","n":"x","e":"AQAB"}]}"#;
        assert_eq!(key(keys, "c").as_deref(), Some(r#"{"alg":"RS256","e":"AQAB","kty":"RSA","n":"x"}"#));
        for kid in ["a", "b", "d", "e", "", "f"] {
            assert_eq!(key(keys, kid), None, "{kid}");
        }
        assert_eq!(key("<html>", "c"), None);
    }
}
