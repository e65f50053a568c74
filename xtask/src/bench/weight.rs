//! The sizes of a wasm file's functions, summed by crate; our own by module. It parses only the sections needed for that
//! (WebAssembly core specification, "Binary Format"; the name section is in the appendix).

use std::collections::HashMap;

use anyhow::{Context, Result, bail};

const OURS: &str = "identity_portal";

/// Crates and our modules with the bytes of their functions, the largest first.
pub(crate) fn by_crate(wasm: &[u8]) -> Result<Vec<(String, u64)>> {
    let mut reader = Reader(wasm.get(8..).context("not a wasm file")?);
    let (mut imported, mut sizes, mut names, mut data) = (0, Vec::new(), HashMap::new(), 0);
    while !reader.0.is_empty() {
        let kind = reader.byte()?;
        let length = reader.number()?;
        let mut section = Reader(reader.take(length)?);
        match kind {
            0 if section.text()? == "name" => names = function_names(section)?,
            2 => imported = imported_functions(section)?,
            10 => {
                for _ in 0..section.number()? {
                    let size = section.number()?;
                    section.take(size)?;
                    sizes.push(size);
                }
            }
            11 => data = length,
            _ => {}
        }
    }
    let mut sums: HashMap<String, u64> = HashMap::from([("(data)".to_owned(), data)]);
    for (index, size) in (imported..).zip(sizes) {
        let owner = names.get(&index).map_or_else(|| "(no name)".to_owned(), |name| owner(name));
        *sums.entry(owner).or_default() += size;
    }
    let mut rows: Vec<_> = sums.into_iter().collect();
    rows.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    Ok(rows)
}

/// The crate in a mangled name (RFC 2603, "v0"): the first crate root; for ours, with two modules.
fn owner(name: &str) -> String {
    let roots = name.match_indices('C').map(|(at, _)| &name[at + 1..]);
    // A disambiguator may follow the root: `s` and base-62 digits up to `_`.
    let found = roots.filter_map(|rest| {
        let rest = rest.strip_prefix('s').and_then(|rest| rest.split_once('_')).map_or(rest, |(_, rest)| rest);
        identifier(rest)
    });
    let Some((root, mut rest)) = found.into_iter().next() else { return "(other)".to_owned() };
    let mut path = root.to_owned();
    if root == OURS {
        for _ in 0..2 {
            let Some((module, after)) = identifier(rest) else { break };
            path = [&path, "::", module].concat();
            rest = after;
        }
    }
    path
}

/// Parses an identifier of a mangled name, such as `5alloc`; returns it and the rest.
fn identifier(text: &str) -> Option<(&str, &str)> {
    let digits = text.len() - text.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let length: usize = text[..digits].parse().ok()?;
    let rest = &text[digits..];
    let rest = rest.strip_prefix('_').unwrap_or(rest);
    Some((rest.get(..length).filter(|found| !found.is_empty())?, &rest[length..]))
}

fn function_names(mut section: Reader) -> Result<HashMap<u64, String>> {
    let mut names = HashMap::new();
    while !section.0.is_empty() {
        let kind = section.byte()?;
        let length = section.number()?;
        let mut part = Reader(section.take(length)?);
        if kind == 1 {
            for _ in 0..part.number()? {
                let index = part.number()?;
                names.insert(index, part.text()?);
            }
        }
    }
    Ok(names)
}

fn imported_functions(mut section: Reader) -> Result<u64> {
    let mut functions = 0;
    for _ in 0..section.number()? {
        section.text()?;
        section.text()?;
        match section.byte()? {
            0 => {
                section.number()?;
                functions += 1;
            }
            1 => {
                section.byte()?;
                section.limits()?;
            }
            2 => section.limits()?,
            3 => drop(section.take(2)?),
            4 => {
                section.byte()?;
                section.number()?;
            }
            other => bail!("an import of the unknown kind {other}"),
        }
    }
    Ok(functions)
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: u64) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(usize::try_from(length)?).context("the wasm ends too early")?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8> {
        Ok(self.take(1)?[0])
    }

    /// Unsigned LEB128.
    fn number(&mut self) -> Result<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        bail!("an unterminated LEB128 number")
    }

    fn text(&mut self) -> Result<String> {
        let length = self.number()?;
        Ok(String::from_utf8_lossy(self.take(length)?).into_owned())
    }

    fn limits(&mut self) -> Result<()> {
        let flags = self.byte()?;
        self.number()?;
        if flags & 1 == 1 {
            self.number()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{by_crate, owner};

    #[test]
    fn a_mangled_name_gives_its_crate() {
        for (name, expected) in [
            ("_RNvNtCskOOWSvB4yRH_6base646encode11encoded_len", "base64"),
            ("_RNvMs_NtCs9l8QbDZUqJP_5alloc3vecINtB4_3VecmE7reserveCs454AjBRbsrF_12aho_corasick", "alloc"),
            ("_RNCNvNtNtNtCs1a_15identity_portal3app4live7sending4send0B9_", "identity_portal::app::live"),
            ("_RNvC15identity_portal4main", "identity_portal::main"),
            ("memcpy", "(other)"),
            ("", "(other)"),
        ] {
            assert_eq!(owner(name), expected, "{name}");
        }
    }

    #[test]
    fn function_indexes_start_after_the_imports() {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        // One imported function `m.f` of type 0.
        wasm.extend([2, 7, 1, 1, b'm', 1, b'f', 0, 0]);
        // Two functions of 2 and 3 bytes.
        wasm.extend([10, 8, 2, 2, 0, 11, 3, 0, 1, 11]);
        let names = [&[2, 1, 7][..], b"_RC1a1b", &[2, 7], b"_RC1a1c"].concat();
        let section = [&[4][..], b"name", &[1, u8::try_from(names.len()).unwrap()], &names].concat();
        wasm.extend([0, u8::try_from(section.len()).unwrap()]);
        wasm.extend(section);
        assert_eq!(by_crate(&wasm).unwrap(), [("a".to_owned(), 5), ("(data)".to_owned(), 0)]);
        assert!(by_crate(&wasm[..wasm.len() - 3]).is_err());
        assert!(by_crate(b"").is_err());
    }
}
