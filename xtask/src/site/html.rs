//! `index.html` with the names of this build in it.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::{Hashed, replace_once};

pub(super) struct Page {
    pub(super) boot: Hashed,
    pub(super) style: Hashed,
    pub(super) script: Hashed,
    pub(super) wasm: Hashed,
    /// The form's first screen, as markup.
    pub(super) shell: String,
}

impl Page {
    /// Rewrites the page that Trunk left. Integrity stands with what is run; a preload with integrity
    /// would be fetched twice by Chromium, so the program's is checked when `boot.js` fetches it.
    pub(super) fn write(&self, file: &Path) -> Result<()> {
        let text = fs::read_to_string(file)?;
        let text = without_rust_link(&text)?;
        let Page { boot, style, script, wasm, shell } = self;
        let with = |kind: &Hashed| format!("integrity=\"{}\" crossorigin", kind.integrity);
        let replacements = [
            ("<link rel=\"stylesheet\" href=\"style.css\">", format!("<link rel=\"stylesheet\" href=\"{}\" {}>", style.name, with(style))),
            (
                "<script type=\"module\" src=\"boot.js\" blocking=\"render\"></script>",
                format!("<script type=\"module\" src=\"{}\" {} blocking=\"render\"></script>", boot.name, with(boot)),
            ),
            (
                "<script type=\"module\" src=\"app.js\" id=\"program-script\"></script>",
                format!("<script type=\"module\" src=\"{}\" {} id=\"program-script\"></script>", script.name, with(script)),
            ),
            (
                "<link rel=\"preload\" href=\"app.wasm\" as=\"fetch\" id=\"program-wasm\">",
                format!(
                    "<link rel=\"preload\" href=\"{}\" as=\"fetch\" type=\"application/wasm\" crossorigin id=\"program-wasm\" \
                     data-integrity=\"{}\">",
                    wasm.name, wasm.integrity
                ),
            ),
            ("<!-- shell -->", shell.clone()),
        ];
        let mut text = text;
        for (from, to) in replacements {
            text = replace_once(&text, from, &to).context("index.html")?;
        }
        fs::write(file, text)?;
        Ok(())
    }
}

/// Trunk leaves the link that names the program to build where it injects no script.
fn without_rust_link(text: &str) -> Result<String> {
    let mark = "rel=\"rust\"";
    anyhow::ensure!(text.matches(mark).count() == 1, "index.html should name one program to build");
    let at = text.find(mark).unwrap_or_default();
    let start = text[..at].rfind('<').context("index.html: the link of the program has no start")?;
    let end = at + text[at..].find('>').context("index.html: the link of the program has no end")? + 1;
    Ok(format!("{}{}", &text[..start], text[end..].trim_start()))
}
