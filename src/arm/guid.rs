//! GUIDs of subscriptions, tenants, principals, requests and role assignments.

use std::fmt;

/// A GUID in its canonical form: 8-4-4-4-12 lower-case hexadecimal digits (RFC 9562, section 4).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Guid(String);

/// The namespace of the template function `guid()`: 11fb06fb-712d-4ddd-98c7-e71bbd588830, which many public reimplementations use.
const TEMPLATE_NAMESPACE: [u8; 16] = [0x11, 0xfb, 0x06, 0xfb, 0x71, 0x2d, 0x4d, 0xdd, 0x98, 0xc7, 0xe7, 0x1b, 0xbd, 0x58, 0x88, 0x30];

impl Guid {
    /// Parses the canonical form in either case.
    pub fn parse(text: &str) -> Option<Self> {
        let shaped = text.len() == 36
            && text.bytes().enumerate().all(|(at, byte)| match at {
                8 | 13 | 18 | 23 => byte == b'-',
                _ => byte.is_ascii_hexdigit(),
            });
        shaped.then(|| Self(text.to_ascii_lowercase()))
    }

    /// A version 4 GUID from 16 random bytes (RFC 9562, section 5.4).
    pub fn from_random(mut bytes: [u8; 16]) -> Self {
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        Self::from_bytes(bytes)
    }

    /// What the template function `guid()` gives for arguments that are joined with hyphens: a version 5 GUID (RFC 9562, section 5.5).
    pub fn of_template(joined: &str) -> Self {
        let mut hash = sha1_smol::Sha1::from(TEMPLATE_NAMESPACE);
        hash.update(joined.as_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.digest().bytes()[..16]);
        bytes[6] = (bytes[6] & 0x0f) | 0x50;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        Self::from_bytes(bytes)
    }

    /// These 16 bytes unchanged, without a version or variant.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = String::with_capacity(36);
        for (at, byte) in bytes.into_iter().enumerate() {
            if matches!(at, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            text.push(char::from(DIGITS[usize::from(byte >> 4)]));
            text.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_both_cases_and_refuses_other_shapes() {
        let upper = Guid::parse("E40EC5CA-96E0-45A2-B4FF-59039F2C2B59");
        assert_eq!(upper, Guid::parse("e40ec5ca-96e0-45a2-b4ff-59039f2c2b59"));
        assert!(upper.is_some());
        for wrong in
            ["", "e40ec5ca96e045a2b4ff59039f2c2b59", "{40ec5ca-96e0-45a2-b4ff-59039f2c2b59", "e40ec5ca-96e0-45a2-b4ff-59039f2c2b5g"]
        {
            assert_eq!(Guid::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_random_guid_has_version_and_variant() {
        assert_eq!(Guid::from_random([0xff; 16]).as_str(), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }
}
