//! Percent-encoding (RFC 3986, section 2.1) for URLs of ARM and of the app.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// All but the unreserved characters.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// The same without slashes, and without the parentheses that group names may contain.
const PATH: &AsciiSet = &VALUE.remove(b'/').remove(b'(').remove(b')');

/// Encodes a query value or path segment: all but unreserved characters.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, VALUE).collect()
}

/// Encodes a path, keeping its slashes and the parentheses that group names may contain.
pub fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, PATH).collect()
}

/// Decodes `text`. A `%` without two hex digits is kept, and invalid UTF-8 becomes U+FFFD.
pub fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The decoded pairs of a query; `+` is a space, as in forms.
pub fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(&name.replace('+', " ")), decode(&value.replace('+', " ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoding_round_trips() {
        for text in ["", "a b", "ü/&=?#%+", "100%", "\u{0}\n", "𝄞"] {
            assert_eq!(decode(&encode(text)), text);
        }
        assert_eq!(encode("a b/ü"), "a%20b%2F%C3%BC");
        assert_eq!(encode_path("/resourceGroups/(x) ü"), "/resourceGroups/(x)%20%C3%BC");
    }

    #[test]
    fn invalid_encoding_is_kept() {
        for (text, decoded) in [("%", "%"), ("%4", "%4"), ("%zz%41", "%zzA"), ("%ff", "\u{fffd}"), ("%C3%BC", "ü")] {
            assert_eq!(decode(text), decoded, "{text}");
        }
        let found: Vec<_> = pairs("a=1&&b&c=x+y%2B=z").collect();
        let expected = [("a", "1"), ("b", ""), ("c", "x y+=z")];
        assert_eq!(found, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
}
