//! Splits the linked program into its parts, in the order that works: split, then
//! wasm-bindgen on the main part only, then wasm-opt on each part separately. With wasm-opt before the
//! split, the split fails.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::{
    Hashed, glue,
    program::{HAND_OVER, Program, join_script, work_folder},
    replace_once,
    shrink::optimise_all,
    wasm_features, write_hashed,
};
use crate::{folders, progress, run::run, setup};

/// The file name of the split's loader, as it is imported.
const LOADER: &str = "__wasm_split.js";

/// How the loader instantiates each module, after its fetch call, and the function that replaces it.
const FETCHED: &str = ";
    src.catch(() => {});
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}
";
const INSTANTIATE: &str = "
function instantiate(module) {
  module.catch(() => {}); // Handled where it is awaited.
  return async (imports) => WebAssembly.instantiate(await module, imports);
}
";

/// Parts that are loaded only after another part. What they share with it, or with each other, is in the earlier part.
const AFTER: &str = "deploy=handlers handlers=sandbox hosts=parsing shells=parsing templates=parsing terraform=parsing";

/// The parts that the form needs for its lists in Preview; then those that it also needs in Live; then those of the way from the
/// other tabs to the finished identity. What a part of an earlier list shares is loaded without what only later ones share.
const TIERS: &str = "azure sandbox;config signin;code resource review";

/// The names of the files with the code that parts share: one for each list, and one for the rest.
const SHARED: [&str; 4] = ["shared", "shared_live", "later", "rest"];

/// The parts that `public/boot.js` fetches ahead.
const AHEAD: [&str; 6] = ["azure", "config", "sandbox", "shared", "shared_live", "signin"];

/// Processes the linked program and writes it with its parts into the site.
pub(super) fn make(site: &Path) -> Result<Program> {
    let linked = folders::target()?.join("wasm32-unknown-unknown/release/identity-portal.wasm");
    let cut = work_folder()?.join("cut");
    if cut.exists() {
        fs::remove_dir_all(&cut)?;
    }
    fs::create_dir_all(&cut)?;
    wasm_features::check(&fs::read(&linked)?)?;
    let mut split = setup::split_wasm()?;
    split.envs([("WASM_SPLIT_AFTER", AFTER), ("WASM_SPLIT_TIERS", TIERS)]);
    run(split.arg(&linked).arg(&cut).arg("app"), "splitting the program")?;
    let bound = cut.join("bound");
    run(setup::bind_wasm()?.arg(cut.join("app.wasm")).arg(&bound).args(["app", "--split"]), "binding the program to JavaScript")?;

    let (script, wasm) = (bound.join("app.js"), bound.join("app_bg.wasm"));
    let (bytes, text) = glue::without_streams(&fs::read(&wasm)?, &fs::read_to_string(&script)?)?;
    fs::write(&wasm, bytes)?;

    progress::begin(super::OPTIMISE);
    let names = names_of(&cut)?;
    let optimised = cut.join("app_bg.opt");
    let mut jobs = vec![(wasm, optimised.clone())];
    jobs.extend(names.iter().map(|name| (cut.join(format!("{name}.wasm")), cut.join(format!("{name}.opt")))));
    optimise_all(&jobs)?;

    let mut loader = fs::read_to_string(cut.join(LOADER))?;
    let mut ahead = Vec::new();
    for name in names {
        let bytes = fs::read(cut.join(format!("{name}.opt")))?;
        let part = file_of(&loader, &name)?;
        let written = write_hashed(site, &part, "wasm", &bytes)?;
        loader = replace_fetch(&loader, &name, &written)?;
        if AHEAD.contains(&part.as_str()) {
            ahead.push((part, written));
        }
    }
    let (imports, rest) = loader.split_once('\n').context("the loader's first line")?;
    let loader = format!("{imports}\n{INSTANTIATE}{rest}");
    fs::write(bound.join(LOADER), loader)?;
    let (bytes, text) = glue::shorten(&fs::read(optimised)?, &text)?;
    fs::write(&script, text)?;
    without_fallback(&script, "module_or_path = new URL('app_bg.wasm', import.meta.url);")?;
    let start = bound.join("start.js");
    fs::write(&start, format!("import start from \"./app.js\";\n{HAND_OVER}"))?;
    Ok(Program { script: write_hashed(site, "app", "js", &join_script(&start)?)?, wasm: write_hashed(site, "app", "wasm", &bytes)?, ahead })
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

/// The name of a module's file: a part's own name, or what its chunk is called.
fn file_of(loader: &str, module: &str) -> Result<String> {
    if let Some(part) = module.strip_prefix("split_") {
        return Ok(part.to_owned());
    }
    let (before, _) = loader.split_once(&format!("const __{module} = ")).with_context(|| format!("the loader of {module}"))?;
    let users = before.trim_end().rsplit_once("/* ").and_then(|(_, users)| users.strip_suffix(" */"));
    let users = users.with_context(|| format!("the parts that use {module}"))?;
    let is_used = |tier: &str| tier.split(' ').any(|part| users.split(", ").any(|user| user == part));
    let tier = TIERS.split(';').take_while(|tier| !is_used(tier)).count();
    SHARED.get(tier).map(|name| (*name).to_owned()).with_context(|| format!("a name for the file of {module}"))
}

/// Makes the loader fetch a module's file through `boot.js`, which can distinguish a removed part from a lost network.
fn replace_fetch(loader: &str, module: &str, file: &Hashed) -> Result<String> {
    let fetches = format!("makeLoad(() => {{\n    const src = fetch(new URL(\"./{module}.wasm\", import.meta.url)){FETCHED}");
    let replacement = format!("makeLoad(() => instantiate(globalThis.identityPortalPart(\"{}\", \"{}\"))", file.name, file.integrity);
    replace_once(loader, &fetches, &replacement).with_context(|| format!("the loader of {module}"))
}

#[cfg(test)]
mod tests {
    use super::file_of;

    #[test]
    fn a_chunk_is_named_by_who_needs_it() -> anyhow::Result<()> {
        let loader =
            |users: &str| format!("/* azure, sandbox */\nconst __chunk_1 = makeLoad();\n/* {users} */\nconst __chunk_2 = makeLoad();");
        for (users, file) in [
            ("azure, code, signin", "shared"),
            ("code, sandbox, signin", "shared"),
            ("code, signin", "shared_live"),
            ("code, deploy", "later"),
            ("embed, pages", "rest"),
        ] {
            assert_eq!(file_of(&loader(users), "chunk_2")?, file, "{users}");
        }
        assert_eq!(file_of("", "split_deploy")?, "deploy");
        assert!(file_of("const __chunk_2 = makeLoad();", "chunk_2").is_err());
        Ok(())
    }
}
