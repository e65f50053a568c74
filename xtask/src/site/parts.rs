//! Splits the linked program into its parts, in the order that works: split, then
//! wasm-bindgen on the main part only, then wasm-opt on each part separately. With wasm-opt before the
//! split, the split fails.

use std::{
    collections::BTreeMap,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::{
    Hashed,
    program::{HAND_OVER, Program, join_script, target_folder, work_folder},
    replace_once,
    shrink::optimise_all,
    wasm_features, write_hashed,
};
use crate::run::{command, run, say};

/// The file name of the split's loader, as it is imported.
const LOADER: &str = "__wasm_split.js";

/// Parts that are loaded only after another part, with that part. Their shared code is in the earlier part's file.
const AFTER: [(&str, &str); 1] = [("deploy", "sandbox")];

/// The file with the code that several parts share: dozens of chunks, most of them under 1 kB.
const SHARED: &str = "shared";

/// How the loader instantiates each module, after its fetch call. There are a hundred of these, which [`FILES`] shortens.
const INSTANTIATE: &str = ";
    src.catch(() => {});
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}
";

/// JavaScript helpers that extract modules by name from a file with several, and create the loader's functions.
const FILES: &str = r#"
function modulesOf(fetchFile) {
  let file;
  return async (name) => {
    const opened = (file ??= WebAssembly.compileStreaming(fetchFile()));
    try {
      const [bytes] = WebAssembly.Module.customSections(await opened, name);
      return new Response(bytes, { headers: { "content-type": "application/wasm" } });
    } catch (error) {
      if (file === opened) file = undefined; // The next call tries again.
      throw error;
    }
  };
}
function instantiate(source) {
  source.catch(() => {}); // Handled where it is awaited.
  return (imports) => WebAssembly.instantiateStreaming(source, imports);
}
function chunk(file, name) {
  return makeLoad(() => instantiate(file(name)), []);
}
"#;

/// Processes the linked program and writes it with its parts into the site.
pub(super) fn make(site: &Path) -> Result<Program> {
    let linked = target_folder()?.join("wasm32-unknown-unknown/release/identity-portal.wasm");
    let cut = work_folder()?.join("cut");
    if cut.exists() {
        fs::remove_dir_all(&cut)?;
    }
    fs::create_dir_all(&cut)?;
    wasm_features::check(&fs::read(&linked)?)?;
    say("splitting the program into its parts");
    run(command("wasm-split-cli")?.env("RUST_LOG", "error").arg(&linked).arg(&cut).args(["--out-name", "app"]), "splitting the program")?;
    let bound = cut.join("bound");
    let mut bindgen = command("wasm-bindgen")?;
    bindgen.args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--no-demangle", "--out-name", "app", "--out-dir"]);
    run(bindgen.arg(&bound).arg(cut.join("app.wasm")), "binding the program to JavaScript")?;

    say("optimising each part (wasm-opt)");
    let names = names_of(&cut)?;
    let mut jobs = vec![(bound.join("app_bg.wasm"), cut.join("app_bg.opt"))];
    jobs.extend(names.iter().map(|name| (cut.join(format!("{name}.wasm")), cut.join(format!("{name}.opt")))));
    optimise_all(&jobs)?;

    let mut loader = fs::read_to_string(cut.join(LOADER))?;
    let mut files: BTreeMap<String, BTreeMap<String, Vec<u8>>> = BTreeMap::new();
    for name in names {
        let bytes = fs::read(cut.join(format!("{name}.opt")))?;
        files.entry(file_of(&loader, &name)?).or_default().insert(name, bytes);
    }
    let mut helpers = FILES.to_owned();
    for (file, modules) in &files {
        if let (Some((name, bytes)), 1) = (modules.first_key_value(), modules.len()) {
            loader = replace_fetch(&loader, name, &fetch(&write_hashed(site, file, "wasm", bytes)?))?;
            continue;
        }
        let written = write_hashed(site, file, "wasm", &container(modules))?;
        writeln!(helpers, "const {file} = modulesOf(() => {});", fetch(&written))?;
        for name in modules.keys() {
            loader = if name.starts_with("split_") {
                replace_fetch(&loader, name, &format!("{file}(\"{name}\")"))?
            } else {
                replace_once(&loader, &format!("{}])", fetches(name)), &format!("chunk({file}, \"{name}\")"))?
            };
        }
    }
    let (imports, loader) = loader.split_once('\n').context("the loader's first line")?;
    let loader = format!("{imports}\n{helpers}{loader}");
    fs::write(bound.join(LOADER), loader)?;
    without_fallback(&bound.join("app.js"), "module_or_path = new URL('app_bg.wasm', import.meta.url);")?;
    let start = bound.join("start.js");
    fs::write(&start, format!("import start from \"./app.js\";\n{HAND_OVER}"))?;
    Ok(Program {
        script: write_hashed(site, "app", "js", &join_script(&start)?)?,
        wasm: write_hashed(site, "app", "wasm", &fs::read(cut.join("app_bg.opt"))?)?,
    })
}

/// Removes wasm-bindgen's default URL of the wasm, which doesn't exist: `index.html` has the actual one.
pub(super) fn without_fallback(script: &Path, fallback: &str) -> Result<()> {
    let text = fs::read_to_string(script)?;
    fs::write(script, replace_once(&text, fallback, "throw new TypeError('no program was given');")?)?;
    Ok(())
}

/// The names of the parts other than the main one.
fn names_of(cut: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(cut)? {
        let path: PathBuf = entry?.path();
        if path.extension().is_some_and(|extension| extension == "wasm") {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if stem != "app" {
                names.push(stem);
            }
        }
    }
    names.sort();
    Ok(names)
}

/// The file that a module goes into: a part's own, or the shared one.
fn file_of(loader: &str, module: &str) -> Result<String> {
    if let Some(part) = module.strip_prefix("split_") {
        return Ok(part.to_owned());
    }
    let (before, _) = loader.split_once(&format!("const __{module} = ")).with_context(|| format!("the loader of {module}"))?;
    let users = before.trim_end().rsplit_once("/* ").and_then(|(_, users)| users.strip_suffix(" */"));
    let users: Vec<&str> = users.with_context(|| format!("the parts that use {module}"))?.split(", ").collect();
    let is_later = |part: &&&str| AFTER.iter().any(|(later, earlier)| *later == **part && users.contains(earlier));
    let first: Vec<&&str> = users.iter().filter(|part| !is_later(part)).collect();
    Ok(if let [only] = first[..] { (*only).to_owned() } else { SHARED.to_owned() })
}

/// The call that fetches a part through `boot.js`, which can distinguish a removed part from a lost network.
fn fetch(part: &Hashed) -> String {
    format!("globalThis.identityPortalPart(\"{}\", \"{}\")", part.name, part.integrity)
}

/// The loader's code that fetches a module, up to the list of modules that it depends on.
fn fetches(name: &str) -> String {
    format!("makeLoad(() => {{\n    const src = fetch(new URL(\"./{name}.wasm\", import.meta.url)){INSTANTIATE}, [")
}

/// Makes the loader take a part from `source`, an expression for a promise of its response.
fn replace_fetch(loader: &str, name: &str, source: &str) -> Result<String> {
    let replacement = format!("makeLoad(() => instantiate({source}), [");
    replace_once(loader, &fetches(name), &replacement).with_context(|| format!("the loader of {name}"))
}

/// A wasm file without code that holds each chunk in a custom section of its name.
fn container(chunks: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut wasm = b"\0asm\x01\0\0\0".to_vec();
    for (name, bytes) in chunks {
        let head = [&number(name.len())[..], name.as_bytes()].concat();
        wasm.push(0);
        wasm.extend(number(head.len() + bytes.len()));
        wasm.extend(head);
        wasm.extend(bytes);
    }
    wasm
}

/// Unsigned LEB128.
fn number(mut value: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(value & 0x7f).unwrap_or_default();
        value >>= 7;
        if value == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{container, file_of, number};

    #[test]
    fn code_shared_with_a_later_part_is_in_the_earlier_ones_file() -> anyhow::Result<()> {
        let loader = |users: &str| format!("/* a, b */\nconst __chunk_1 = makeLoad();\n/* {users} */\nconst __chunk_2 = makeLoad();");
        for (users, file) in [
            ("deploy, sandbox", "sandbox"),
            ("azure, sandbox", "shared"),
            ("azure, deploy, sandbox", "shared"),
            ("azure, deploy", "shared"),
        ] {
            assert_eq!(file_of(&loader(users), "chunk_2")?, file, "{users}");
        }
        assert_eq!(file_of("", "split_deploy")?, "deploy");
        assert!(file_of("const __chunk_2 = makeLoad();", "chunk_2").is_err());
        Ok(())
    }

    #[test]
    fn numbers_are_written_as_leb128() {
        for (value, expected) in [(0, &[0][..]), (127, &[0x7f]), (128, &[0x80, 1]), (624_485, &[0xe5, 0x8e, 0x26])] {
            assert_eq!(number(value), expected, "{value}");
        }
    }

    #[test]
    fn a_container_holds_each_chunk_under_its_name() {
        let chunks = BTreeMap::from([("a".to_owned(), vec![1, 2]), ("bc".to_owned(), Vec::new())]);
        assert_eq!(container(&chunks), b"\0asm\x01\0\0\0\0\x04\x01a\x01\x02\0\x03\x02bc");
    }
}
