//! Tokens, codes and verifiers. They print as dots; only [`Secret::reveal`] gives the text.

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

/// A secret text.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The secret `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, to be sent to whom it is for, or stored in the tab.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

/// `bytes` as base64url without padding (RFC 4648, section 5).
pub fn base64url(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// Decodes base64url without padding; `None` where it is malformed.
pub fn from_base64url(text: &str) -> Option<Vec<u8>> {
    BASE64_URL_SAFE_NO_PAD.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_never_printed() {
        let secret = Secret::new("hunter2");
        assert_eq!(format!("{secret:?} {:?}", Some(&secret)), "Secret(…) Some(Secret(…))");
        assert_eq!(secret.reveal(), "hunter2");
    }

    #[test]
    fn base64url_has_no_padding() {
        // RFC 7515, appendix C.
        assert_eq!(base64url(&[3, 236, 255, 224, 193]), "A-z_4ME");
        assert_eq!(from_base64url("A-z_4ME"), Some(vec![3, 236, 255, 224, 193]));
        assert_eq!((from_base64url("A"), from_base64url("{}")), (None, None));
    }
}
