//! Makes the names by which the program and its script know each other short. Those of wasm-bindgen end in a hash, which doesn't
//! compress, and are in both files.

use std::collections::HashMap;

use anyhow::{Context, Result, ensure};

use super::{replace_once, wasm_features::Reader};

/// The module of the script's functions, as the wasm imports them.
const MODULE: &str = "./app_bg.js";

/// The classes of `wasm-streams` and their functions. It comes with gloo-net, but nothing here passes a Rust stream to JavaScript.
const STREAMS: (&str, &str) = ("IntoUnderlying", "intounderlying");

const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;
const KIND_FUNCTION: u8 = 0;

/// Removes what nothing calls, so that wasm-opt removes what it calls.
pub(super) fn without_streams(wasm: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let wasm = with_section(wasm, EXPORTS, |mut section| {
        let mut kept = Vec::new();
        for _ in 0..section.number()? {
            let (name, kind, index) = (section.bytes()?, section.byte()?, section.number()?);
            if !String::from_utf8_lossy(name).contains(STREAMS.1) {
                kept.push([&text(name), &[kind][..], &number(index)].concat());
            }
        }
        Some([number(kept.len()), kept.concat()].concat())
    })?;
    let is_start = |line: &str| {
        ["export class ", "const ", "if (Symbol.dispose) "].iter().any(|start| {
            let named = line.strip_prefix(start);
            named.is_some_and(|rest| rest.starts_with(STREAMS.0))
        })
    };
    let script =
        without(script, is_start, |line| line == "}" || line.ends_with(';') && (!line.starts_with(' ') || line.starts_with("    : ")));
    ensure!(!script.contains(STREAMS.0), "the script still has classes of wasm-streams");
    Ok((wasm, script))
}

/// Renames the functions that the wasm imports from the script, and removes those that it doesn't import.
pub(super) fn shorten(wasm: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let mut names = HashMap::new();
    let wasm = with_section(wasm, IMPORTS, |mut section| {
        let count = section.number()?;
        let mut imports = number(count);
        for _ in 0..count {
            let (module, name) = (section.bytes()?, section.text()?);
            let ours = module == MODULE.as_bytes();
            let short = if ours { short(names.len()) } else { name.clone() };
            imports.extend([text(if ours { b"a" } else { module }), text(short.as_bytes())].concat());
            if ours {
                names.insert(name, short);
            }
            section.copy_description(&mut imports)?;
        }
        Some(imports)
    })?;
    ensure!(!names.is_empty(), "the program imports nothing from {MODULE}");
    let name_of =
        |line: &str| Some(line.strip_prefix("        ")?.split_once(": function(")?.0.to_owned()).filter(|name| !name.contains(' '));
    let script = without(script, |line| name_of(line).is_some_and(|name| !names.contains_key(&name)), |line| line == "        },");
    let mut found = 0;
    let mut renamed = String::with_capacity(script.len());
    for line in script.lines() {
        match name_of(line).and_then(|name| names.get(&name).map(|short| (name, short))) {
            Some((name, short)) => {
                found += 1;
                renamed.push_str(&line.replacen(&name, short, 1));
            }
            None => renamed.push_str(line),
        }
        renamed.push('\n');
    }
    ensure!(found == names.len(), "the script has {found} of the {} functions that the program imports", names.len());
    Ok((wasm, replace_once(&renamed, &format!("\"{MODULE}\": import0"), "a: import0")?))
}

/// The text without the lines from each start to the next end.
fn without(text: &str, is_start: impl Fn(&str) -> bool, is_end: impl Fn(&str) -> bool) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut inside = false;
    for line in text.lines() {
        inside = inside || is_start(line);
        if inside {
            inside = !is_end(line);
        } else {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// A name of letters: `a` to `z`, then `aa` and so on.
fn short(mut index: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'a' + u8::try_from(index % 26).unwrap_or_default()));
        if index < 26 {
            return name;
        }
        index = index / 26 - 1;
    }
}

/// The wasm with the content of one section replaced.
fn with_section(wasm: &[u8], wanted: u8, content: impl FnOnce(Reader<'_>) -> Option<Vec<u8>>) -> Result<Vec<u8>> {
    let (header, mut rest) = wasm.split_at_checked(8).map(|(header, rest)| (header, Reader::new(rest))).context("not a wasm")?;
    let mut written = header.to_vec();
    let mut content = Some(content);
    while let Some((id, section)) = rest.section() {
        let bytes = match content.take_if(|_| id == wanted) {
            Some(content) => content(section).with_context(|| format!("reading section {id} of the program"))?,
            None => section.rest().to_vec(),
        };
        written.push(id);
        written.extend(text(&bytes));
    }
    ensure!(content.is_none(), "the program has no section {wanted}");
    Ok(written)
}

/// Unsigned LEB128.
fn number(mut value: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let byte = u8::try_from(value & 0x7f).unwrap_or_default();
        value >>= 7;
        if value == 0 {
            bytes.push(byte);
            return bytes;
        }
        bytes.push(byte | 0x80);
    }
}

/// Bytes after their number.
fn text(bytes: &[u8]) -> Vec<u8> {
    [number(bytes.len()), bytes.to_vec()].concat()
}

impl Reader<'_> {
    /// Copies an import's description: a function's type; other kinds occur only in imports of other modules.
    fn copy_description(&mut self, to: &mut Vec<u8>) -> Option<()> {
        let kind = self.byte().filter(|kind| *kind == KIND_FUNCTION)?;
        to.push(kind);
        to.extend(number(self.number()?));
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use anyhow::{Context, Result};

    use super::{EXPORTS, IMPORTS, Reader, number, short, shorten, text, with_section, without_streams};

    /// A wasm with imports from the script and exports, all of them functions.
    fn wasm(imports: &[&str], exports: &[&str]) -> Vec<u8> {
        let import = |name: &&str| [text(b"./app_bg.js"), text(name.as_bytes()), vec![0, 3]].concat();
        let export = |name: &&str| [text(name.as_bytes()), vec![0], number(300)].concat();
        let section = |id: u8, count: usize, content: Vec<u8>| [vec![id], text(&[number(count), content].concat())].concat();
        [
            b"\0asm\x01\0\0\0".to_vec(),
            section(IMPORTS, imports.len(), imports.iter().flat_map(import).collect()),
            section(EXPORTS, exports.len(), exports.iter().flat_map(export).collect()),
        ]
        .concat()
    }

    fn names(wasm: &[u8], wanted: u8) -> Result<Vec<String>> {
        let mut found = Vec::new();
        with_section(wasm, wanted, |mut section: Reader<'_>| {
            for _ in 0..section.number()? {
                if wanted == IMPORTS {
                    section.text()?;
                }
                found.push(section.text()?);
                section.byte()?;
                section.number()?;
            }
            Some(Vec::new())
        })
        .context("names")?;
        Ok(found)
    }

    const SCRIPT: &str = "export class IntoUnderlyingSink {\n    free() {\n        if (a) {\n        }\n    }\n}\n\
        if (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = x;\n\
        function __wbg_get_imports() {\n    const import0 = {\n        __proto__: null,\n        \
        __wbg_now_1f: function(arg0) {\n            return arg0;\n        },\n        \
        __wbg_old_2f: function() {\n            return 2;\n        },\n    };\n    return {\n        \
        \"./app_bg.js\": import0,\n    };\n}\n\
        const IntoUnderlyingSinkFinalization = (typeof F === 'undefined')\n    ? {}\n    : new F();\nlet wasm;\n";

    #[test]
    fn imports_have_short_names_and_unused_functions_are_gone() -> Result<()> {
        let (short, script) = shorten(&wasm(&["__wbg_now_1f"], &["memory"]), SCRIPT)?;
        assert_eq!(names(&short, IMPORTS)?, ["a"]);
        assert_eq!(names(&short, EXPORTS)?, ["memory"]);
        assert!(script.contains("        a: function(arg0) {\n            return arg0;\n        },\n    };"), "{script}");
        assert!(script.contains("        a: import0,") && !script.contains("__wbg_now") && !script.contains("__wbg_old"), "{script}");
        assert!(shorten(&wasm(&["__wbg_missing"], &[]), SCRIPT).is_err());
        assert!(shorten(b"\0asm", SCRIPT).is_err());
        Ok(())
    }

    #[test]
    fn unused_streams_are_gone() -> Result<()> {
        let (without, script) =
            without_streams(&wasm(&[], &["main", "__wbg_intounderlyingsink_free", "intounderlyingsink_close"]), SCRIPT)?;
        assert_eq!(names(&without, EXPORTS)?, ["main"]);
        assert!(script.starts_with("function __wbg_get_imports() {") && script.ends_with("}\nlet wasm;\n"), "{script}");
        Ok(())
    }

    #[test]
    fn names_are_short_and_distinct() {
        let names: Vec<_> = (0..1000).map(short).collect();
        assert_eq!([&names[0], &names[25], &names[26], &names[701], &names[702]], ["a", "z", "aa", "zz", "aaa"]);
        assert_eq!(names.iter().collect::<std::collections::HashSet<_>>().len(), names.len());
    }
}
