//! Percent-encoding (RFC 3986, section 2.1), for addresses of ARM and of the app.

/// `text` as one value of a query or one segment of a path: all but unreserved characters encoded.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    push_encoded(&mut encoded, text, b"");
    encoded
}

/// `path` with its slashes kept, and the parentheses that names of groups may hold.
pub fn encode_path(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    push_encoded(&mut encoded, path, b"/()");
    encoded
}

fn push_encoded(to: &mut String, text: &str, kept: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.contains(&byte) {
            to.push(char::from(byte));
        } else {
            to.push('%');
            to.push(char::from(DIGITS[usize::from(byte >> 4)]));
            to.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
}

/// `text` decoded. A `%` that no two digits follow stands for itself, and bytes that are no UTF-8 become U+FFFD.
pub fn decode(text: &str) -> String {
    decode_with(text, b'+')
}

/// `text` decoded, with `plus` for each `+`.
fn decode_with(text: &str, plus: u8) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digits = (byte == b'%').then(|| Some((digit(*bytes.get(at + 1)?)?, digit(*bytes.get(at + 2)?)?))).flatten();
        if let Some((high, low)) = digits {
            decoded.push(high << 4 | low);
            at += 3;
        } else {
            decoded.push(if byte == b'+' { plus } else { byte });
            at += 1;
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|broken| String::from_utf8_lossy(broken.as_bytes()).into_owned())
}

/// The pairs of a query, decoded; `+` stands for a space, as forms write it.
pub fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode_with(name, b' '), decode_with(value, b' '))
    })
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_comes_back() {
        for text in ["", "a b", "ü/&=?#%+", "100%", "\u{0}\n", "𝄞"] {
            assert_eq!(decode(&encode(text)), text);
        }
        assert_eq!(encode("a b/ü"), "a%20b%2F%C3%BC");
        assert_eq!(encode_path("/resourceGroups/(x) ü"), "/resourceGroups/(x)%20%C3%BC");
    }

    #[test]
    fn broken_encoding_is_survived() {
        for (text, decoded) in [("%", "%"), ("%4", "%4"), ("%zz%41", "%zzA"), ("%ff", "\u{fffd}"), ("%C3%BC", "ü")] {
            assert_eq!(decode(text), decoded, "{text}");
        }
        let found: Vec<_> = pairs("a=1&&b&c=x+y%2B=z").collect();
        let expected = [("a", "1"), ("b", ""), ("c", "x y+=z")];
        assert_eq!(found, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
}
