//! Bundles a built site into one file that opens with a double click: style, scripts and the compressed wasm are inline, and a
//! policy allows only these scripts and no requests.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};
use base64::{Engine, prelude::BASE64_STANDARD};
use identity_portal::settings::Settings;
use serde_json::{Map, Value};

use super::{
    inline::Inline,
    program::{minify, work_folder},
    public, replace_once,
};
use crate::{
    headers::is_hashed,
    run::{run, say},
    setup,
};

/// Compresses the files given as arguments with raw deflate, which browsers can decompress.
const DEFLATE: &str = include_str!("../../node/deflate.mjs");

/// Replaces the section of `boot.js` that fetches the program, between the marks of [`FETCHED`].
const INSIDE: &str = "inside.js";
const FETCHED: (&str, &str) = ("// ---- Fetched", "// ---- End of fetched ----\n");

/// Lines of `index.html` that refer to other files, which are removed.
const NAMING: [&str; 7] =
    ["rel=\"preload\"", "rel=\"modulepreload\"", "rel=\"part\"", "rel=\"manifest\"", "rel=\"offline\"", "rel=\"icon\"", "rel=\"early\""];

/// Keys of `config.json` that don't apply to the file, which is always in Preview and makes no requests.
const LEFT_OUT: [&str; 8] = ["$schema", "mode", "clientId", "tenant", "signIn", "tokenCache", "embed", "offline"];

/// What the file never loads: the check of the name before the program runs, what only Live loads, and what only a page inside another
/// page loads.
const NEVER_LOADED: [&str; 3] = ["early-", "signin-", "embed-"];

/// Writes the file from the site, with an organisation's `config.json` if one is given.
pub(crate) fn write(site: &Path, config: Option<&str>, to: &Path) -> Result<()> {
    say("bundling the site into one file");
    let page = fs::read_to_string(site.join("index.html"))?;
    let boot = boot()?;
    let app = fs::read_to_string(site.join(only(site, "app-", ".js")?))?;
    let mut blocks = String::new();
    for (name, bytes) in programs(site)? {
        let text = BASE64_STANDARD.encode(bytes);
        blocks.extend(["<script type=\"text/plain\" id=\"inside-", &name, "\">", &text, "</script>\n"]);
    }
    let config = preview_config(config.unwrap_or("{}"))?;
    blocks.extend(["<script type=\"application/json\" id=\"config\">", &config, "</script>\n"]);
    for script in [&boot, &app] {
        ensure!(!script.contains("</script") && !script.contains("<!--"), "a script has a text that would end it inside a page");
    }
    let icon = BASE64_STANDARD.encode(fs::read(site.join("favicon.svg"))?);
    let kept: Vec<_> = page.lines().filter(|line| !NAMING.iter().any(|naming| line.contains(naming))).collect();
    let mut text = kept.join("\n");
    let scripts = format!(
        "<script type=\"module\">{boot}</script>\n<script type=\"module\">{app}</script>\n\
         <link rel=\"icon\" href=\"data:image/svg+xml;base64,{icon}\">"
    );
    text = replace_line(&text, "<script type=\"module\" src=\"boot-", &scripts)?;
    text = replace_once(&text, "<meta charset=\"utf-8\">", &format!("<meta charset=\"utf-8\">\n{}", policy(&Inline::of(&text))))?;
    text = replace_once(&text, "</body>", &format!("{blocks}</body>"))?;
    fs::write(to, &text).with_context(|| format!("writing {}", to.display()))?;
    println!("{} ({} kB)", to.display(), text.len() / 1000);
    Ok(())
}

/// Allows only the inline scripts and style, and no requests or frames.
fn policy(inline: &Inline) -> String {
    format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src {}; \
         img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types default\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">",
        inline.scripts.join(" "),
        inline.styles.join(" ")
    )
}

/// `boot.js` with the inline program instead of the fetched one.
fn boot() -> Result<String> {
    let (boot, inside) = (public("boot.js")?, public(INSIDE)?);
    let (start, end) = FETCHED;
    let (before, rest) = boot.split_once(start).context("public/boot.js: the start of the fetched section is not marked")?;
    let (_, after) = rest.split_once(end).context("public/boot.js: the end of the fetched section is not marked")?;
    Ok(String::from_utf8(minify(format!("{before}{inside}{after}").as_bytes(), "js")?)?.trim().to_owned())
}

/// The program's compressed wasm files: the main one as `app`, the parts that it may load under their file names.
fn programs(site: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let main = only(site, "app-", ".wasm")?;
    let mut names = Vec::new();
    for entry in fs::read_dir(site)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let is_wasm = Path::new(&name).extension().is_some_and(|extension| extension == "wasm");
        if is_hashed(&name) && is_wasm && !NEVER_LOADED.iter().any(|start| name.starts_with(start)) {
            names.push(name);
        }
    }
    names.sort();
    let folder = work_folder()?.join("inside");
    fs::create_dir_all(&folder)?;
    let script = folder.join("deflate.mjs");
    fs::write(&script, DEFLATE)?;
    run(setup::node()?.arg(script).arg(&folder).args(names.iter().map(|name| site.join(name))), "compressing")?;
    let compressed = |name: String| {
        let bytes = fs::read(folder.join(&name))?;
        Ok((if name == main { "app".to_owned() } else { name }, bytes))
    };
    names.into_iter().map(compressed).collect()
}

/// The configuration without keys that don't apply to Preview, escaped for use inside a page.
fn preview_config(text: &str) -> Result<String> {
    if let Err(problems) = Settings::read(text, "", "") {
        let all: Vec<_> = problems.iter().map(identity_portal::messages::Sentence::text).collect();
        anyhow::bail!("config.json has mistakes; correct them first:\n  {}", all.join("\n  "));
    }
    let mut config: Map<String, Value> = serde_json::from_str(text)?;
    config.retain(|key, _| !LEFT_OUT.contains(&key.as_str()));
    if let Some(Value::Object(brand)) = config.get_mut("brand") {
        brand.remove("logo");
    }
    Ok(serde_json::to_string(&config)?.replace('<', "\\u003c"))
}

/// Replaces the line that contains `start`.
fn replace_line(text: &str, start: &str, replacement: &str) -> Result<String> {
    let line = text.lines().find(|line| line.contains(start)).with_context(|| format!("index.html: no line has `{start}`"))?;
    replace_once(text, line, replacement)
}

fn only(site: &Path, start: &str, end: &str) -> Result<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(site)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with(start) && name.ends_with(end) {
            found.push(name);
        }
    }
    ensure!(found.len() == 1, "the site should have one file {start}…{end}");
    Ok(found.remove(0))
}

#[cfg(test)]
mod tests {
    use super::{Inline, policy, preview_config};

    #[test]
    fn a_file_keeps_the_rules_and_is_always_preview() {
        let config = r#"{"mode":"live","clientId":"11111111-2222-3333-4444-555555555555","brand":{"name":"</script>","logo":"a.svg"},"rules":{"regions":["eastus"]}}"#;
        assert_eq!(preview_config(config).unwrap(), r#"{"brand":{"name":"\u003c/script>"},"rules":{"regions":["eastus"]}}"#);
        assert_eq!(preview_config("{}").unwrap(), "{}");
        assert!(preview_config("{").is_err());
    }

    #[test]
    fn the_policy_names_scripts_by_their_hash() {
        let text = policy(&Inline::of("<style></style><script type=\"text/plain\">data</script><script>alert(1)</script>"));
        // The SHA-256 of the empty string and of `alert(1)`, from another tool.
        assert!(text.contains("style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"), "{text}");
        assert!(text.contains("script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=' 'wasm-unsafe-eval'"), "{text}");
        assert!(!text.contains("unsafe-inline") && !text.contains("connect-src"));
    }
}
