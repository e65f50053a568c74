//! The keys that Entra signs with (RFC 7517), as far as a browser needs them to check a signature.

use serde_json::{Value, json};

use crate::arm::json::{list, text};

/// What a browser checks by Web Crypto: that `signature` over `message` was made by the key `key`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToVerify {
    /// The name of the key (`kid`).
    pub key: String,
    /// What was signed.
    pub message: String,
    /// The signature (RS256).
    pub signature: Vec<u8>,
}

/// The RSA key named `kid` in `keys`, a key set, as a JSON Web Key to import. `None` where there is no such key, or it is
/// for something else.
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
    fn only_a_key_that_signs_is_taken() {
        let keys = r#"{"keys":[{"kty":"EC","kid":"a"},{"kty":"RSA","kid":"b","use":"enc","n":"x","e":"AQAB"},
            {"kty":"RSA","kid":"c","use":"sig","n":"x","e":"AQAB","x5c":["y"]},{"kty":"RSA","kid":"d","n":"x"},{"kty":"RSA","kid":"e","alg":"HS256","n":"x","e":"AQAB"}]}"#;
        assert_eq!(key(keys, "c").as_deref(), Some(r#"{"alg":"RS256","e":"AQAB","kty":"RSA","n":"x"}"#));
        for kid in ["a", "b", "d", "e", "", "f"] {
            assert_eq!(key(keys, kid), None, "{kid}");
        }
        assert_eq!(key("<html>", "c"), None);
    }
}
