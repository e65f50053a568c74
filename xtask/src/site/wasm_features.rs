//! The wasm features that the program may use. They are passed to wasm-opt, and `tests/compat` checks them against the promised
//! browsers.

use anyhow::{Result, ensure};

/// The compiler's name of each feature, with wasm-opt's option.
pub(super) const ALLOWED: [(&str, &str); 6] = [
    ("bulk-memory", "--enable-bulk-memory"),
    ("nontrapping-fptoint", "--enable-nontrapping-float-to-int"),
    ("sign-ext", "--enable-sign-ext"),
    ("mutable-globals", "--enable-mutable-globals"),
    ("reference-types", "--enable-reference-types"),
    ("multivalue", "--enable-multivalue"),
];

/// Subsets of the features above that the compiler lists separately.
const SUBSETS: [&str; 2] = ["bulk-memory-opt", "call-indirect-overlong"];

const SECTION: &str = "target_features";

/// Fails if a program needs other features, with which a promised browser couldn't compile it.
pub(super) fn check(wasm: &[u8]) -> Result<()> {
    for name in used(wasm) {
        let allowed = SUBSETS.contains(&name.as_str()) || ALLOWED.iter().any(|(known, _)| *known == name);
        ensure!(allowed, "the compiler uses the wasm feature `{name}`, which the promised browsers are not known to have");
    }
    Ok(())
}

/// The features in the program's `target_features` section; empty without that section.
fn used(wasm: &[u8]) -> Vec<String> {
    let mut reader = Reader(wasm.get(8..).unwrap_or_default());
    while let Some((id, mut section)) = reader.section() {
        if id == 0 && section.text().as_deref() == Some(SECTION) {
            let count = section.number().unwrap_or_default();
            // A prefix before each name says whether it is used.
            return (0..count)
                .map_while(|_| Some((section.byte()?, section.text()?)))
                .filter(|(sign, _)| *sign != b'-')
                .map(|(_, name)| name)
                .collect();
        }
    }
    Vec::new()
}

/// Reads a wasm.
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// What is not read yet.
    pub(super) fn rest(self) -> &'a [u8] {
        self.0
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(byte)
    }

    /// Unsigned LEB128.
    pub(super) fn number(&mut self) -> Option<usize> {
        let (mut value, mut shift) = (0_usize, 0);
        loop {
            let byte = self.byte()?;
            value |= usize::from(byte & 0x7f).checked_shl(shift)?;
            shift += 7;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
    }

    pub(super) fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.number()?;
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    pub(super) fn text(&mut self) -> Option<String> {
        Some(String::from_utf8_lossy(self.bytes()?).into_owned())
    }

    pub(super) fn section(&mut self) -> Option<(u8, Reader<'a>)> {
        let id = self.byte()?;
        Some((id, Reader(self.bytes()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::{check, used};

    /// A program with another section before the features.
    fn program(features: &[(char, &str)]) -> Vec<u8> {
        let text = |text: &str| [&[u8::try_from(text.len()).unwrap()], text.as_bytes()].concat();
        let mut section = [text("target_features"), vec![u8::try_from(features.len()).unwrap()]].concat();
        for (sign, name) in features {
            section.push(u8::try_from(*sign).unwrap());
            section.extend(text(name));
        }
        // The length in two bytes, as linkers write it.
        let length = u8::try_from(section.len()).unwrap();
        [&b"\0asm\x01\0\0\0"[..], &[1, 1, 0], &[0, length | 0x80, 0], &section].concat()
    }

    #[test]
    fn what_the_compiler_uses_is_read() {
        let wasm = program(&[('+', "sign-ext"), ('-', "atomics"), ('+', "multivalue")]);
        assert_eq!(used(&wasm), ["sign-ext", "multivalue"]);
        check(&wasm).unwrap();
        assert!(check(&program(&[('+', "tail-call")])).unwrap_err().to_string().contains("`tail-call`"));
        for cut in 0..wasm.len() {
            drop(used(&wasm[..cut]));
        }
        assert!(used(b"").is_empty());
    }
}
