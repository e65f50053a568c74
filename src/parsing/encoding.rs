//! Decodes a file's bytes, whatever program wrote them.

use crate::messages::{self, Sentence};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    pub text: String,
    pub encoding: Encoding,
}

/// A text encoding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    #[default]
    Utf8,
    /// UTF-16, which PowerShell 5 and Excel write, mostly with a byte order mark.
    Utf16,
    /// Windows-1252, which Excel writes in western Europe and America ("CSV" without "UTF-8").
    Windows1252,
}

impl Encoding {
    /// The note to show; none for UTF-8.
    pub fn note(self) -> Option<Sentence> {
        match self {
            Self::Utf8 => None,
            Self::Utf16 => Some(messages::READ_AS_UTF16.into()),
            Self::Windows1252 => Some(messages::READ_AS_1252.into()),
        }
    }
}

/// The characters 0x80 to 0x9f of Windows-1252 (encoding.spec.whatwg.org, index-windows-1252); `\0` for the five undefined
/// ones.
const UPPER: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', //
    '\0', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// Decodes UTF-16, UTF-8, or else Windows-1252. Old Mac line ends, which Excel for Mac still writes, become `\n`. `None` for
/// binary data: a zero byte, or bytes invalid in all encodings.
pub fn decode(bytes: Vec<u8>) -> Option<Decoded> {
    let Decoded { text, encoding } = decoded(bytes)?;
    if text.contains('\0') {
        return None;
    }
    let text = if text.contains('\r') && !text.contains('\n') { text.replace('\r', "\n") } else { text };
    Some(Decoded { text, encoding })
}

fn decoded(bytes: Vec<u8>) -> Option<Decoded> {
    let Some(unit) = wide_unit(&bytes) else {
        return Some(match String::from_utf8(bytes) {
            Ok(text) => Decoded { text, encoding: Encoding::Utf8 },
            Err(error) => Decoded { text: windows_1252(error.as_bytes()), encoding: Encoding::Windows1252 },
        });
    };
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    let text = String::from_utf16(&units).ok()?;
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    Some(Decoded { text, encoding: Encoding::Utf16 })
}

/// How to read UTF-16: by its byte order mark, or by the zero bytes of letters below U+0100, which a script has more of than
/// others. Binary data has zeros in both halves.
fn wide_unit(bytes: &[u8]) -> Option<fn([u8; 2]) -> u16> {
    const LOOKED_AT: usize = 2_048;
    const LEAST: usize = 8;
    match bytes.get(..2)? {
        [0xff, 0xfe] => return Some(u16::from_le_bytes),
        [0xfe, 0xff] => return Some(u16::from_be_bytes),
        _ if bytes.len() < LEAST || !bytes.len().is_multiple_of(2) => return None,
        _ => {}
    }
    let pairs = || bytes.chunks_exact(2).take(LOOKED_AT);
    let zeros = |half: usize| pairs().filter(|pair| pair[half] == 0).count();
    match (zeros(0), zeros(1)) {
        (0, low) if 2 * low > pairs().count() => Some(u16::from_le_bytes),
        (high, 0) if 2 * high > pairs().count() => Some(u16::from_be_bytes),
        _ => None,
    }
}

fn windows_1252(bytes: &[u8]) -> String {
    let letter = |byte: u8| match byte {
        0x80..=0x9f => UPPER[usize::from(byte - 0x80)],
        byte => char::from(byte),
    };
    bytes.iter().copied().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode_to_pair(bytes: &[u8]) -> Option<(String, Encoding)> {
        decode(bytes.to_vec()).map(|decoded| (decoded.text, decoded.encoding))
    }

    #[test]
    fn each_encoding_is_recognised() {
        let wide = |order: fn(u16) -> [u8; 2]| "\u{feff}Größe €".encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let table: [(&[u8], &str, Encoding); 8] = [
            ("Größe €".as_bytes(), "Größe €", Encoding::Utf8),
            (b"Gr\xf6\xdfe \x80", "Größe €", Encoding::Windows1252),
            (b"\x93COMPA\xd1IA\x94 \x96 \xff", "“COMPAÑIA” – ÿ", Encoding::Windows1252),
            (&wide(u16::to_le_bytes), "Größe €", Encoding::Utf16),
            (&wide(u16::to_be_bytes), "Größe €", Encoding::Utf16),
            (&wide(u16::to_le_bytes)[2..], "Größe €", Encoding::Utf16),
            (&wide(u16::to_be_bytes)[2..], "Größe €", Encoding::Utf16),
            (b"a\rb", "a\nb", Encoding::Utf8),
        ];
        for (bytes, text, encoding) in table {
            assert_eq!(decode_to_pair(bytes), Some((text.to_owned(), encoding)));
        }
    }

    #[test]
    fn binary_data_is_refused() {
        for bytes in [b"a\0b".as_slice(), b"a\0", b"ab\0\0", b"\0", b"a\x81", b"\xff\xfe\x00\xd8", b"\x89PNG\r\n\x1a\n\0\0"] {
            assert_eq!(decode_to_pair(bytes), None, "{bytes:x?}");
        }
    }

    /// Every byte that is a letter in some encoding: the table is the standard's.
    #[test]
    fn the_table_is_complete() {
        let text = windows_1252(&(0x80..=0xff).collect::<Vec<u8>>());
        assert_eq!(text.chars().filter(|letter| *letter == '\0').count(), 5);
        assert_eq!(text.chars().nth(0x9f - 0x80), Some('Ÿ'));
        assert_eq!(text.chars().nth(0xa0 - 0x80), Some('\u{a0}'));
    }
}
