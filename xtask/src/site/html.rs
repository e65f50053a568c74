//! Writes this build's file names into `index.html`.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::{Hashed, early::Early, replace_once};
use crate::build::Profile;

pub(super) struct Page {
    pub(super) boot: Hashed,
    pub(super) style: Hashed,
    pub(super) script: Hashed,
    pub(super) wasm: Hashed,
    /// The form's first screen as HTML; empty in development.
    pub(super) shell: String,
    /// The first screen's check of the name; `None` in development.
    pub(super) early: Option<Early>,
}

impl Page {
    /// Rewrites Trunk's page. Scripts and styles have integrity attributes. Chromium would fetch a preload with integrity
    /// twice, so the program's integrity is checked when `boot.js` fetches it.
    pub(super) fn write(&self, file: &Path, profile: Profile) -> Result<()> {
        let text = fs::read_to_string(file)?;
        let text = without_rust_link(&text)?;
        let Page { boot, style, script, wasm, shell, early } = self;
        let with = |file: &Hashed| format!("integrity=\"{}\" crossorigin", file.integrity);
        let program =
            |file: &Hashed, id| format!("<link rel=\"program\" href=\"{}\" data-integrity=\"{}\" id=\"{id}\">", file.name, file.integrity);
        let (early_script, early_wasm) = match early {
            Some(Early { script, wasm }) => (
                format!("<script type=\"module\" src=\"{}\" {}></script>", script.name, with(script)),
                format!(
                    "<link rel=\"preload\" href=\"{}\" as=\"fetch\" type=\"application/wasm\" crossorigin data-integrity=\"{}\" id=\"early-wasm\">",
                    wasm.name, wasm.integrity
                ),
            ),
            None => (String::new(), String::new()),
        };
        let replacements = [
            ("<link rel=\"stylesheet\" href=\"style.css\">", format!("<link rel=\"stylesheet\" href=\"{}\" {}>", style.name, with(style))),
            (
                "<script type=\"module\" src=\"boot.js\" blocking=\"render\"></script>",
                format!("<script type=\"module\" src=\"{}\" {} blocking=\"render\"></script>", boot.name, with(boot)),
            ),
            ("<script type=\"module\" src=\"early.js\"></script>", early_script),
            ("<link rel=\"preload\" href=\"early.wasm\" as=\"fetch\" id=\"early-wasm\">", early_wasm),
            ("<link rel=\"program\" href=\"app.wasm\" id=\"program-wasm\">", program(wasm, "program-wasm")),
            ("<link rel=\"program\" href=\"app.js\" id=\"program-script\">", program(script, "program-script")),
            ("<!-- shell -->", shell.clone()),
            (OFFLINE, if profile == Profile::Release { OFFLINE.to_owned() } else { String::new() }),
        ];
        let mut text = text;
        for (from, to) in replacements {
            text = replace_once(&text, from, &to).context("index.html")?;
        }
        fs::write(file, text)?;
        Ok(())
    }
}

/// The service worker's link for `boot.js`; removed in development.
const OFFLINE: &str = "<link rel=\"offline\" href=\"sw.js\" id=\"offline\">";

/// Removes the link to the Rust program, which Trunk leaves in the page if it injects no script.
fn without_rust_link(text: &str) -> Result<String> {
    let mark = "rel=\"rust\"";
    anyhow::ensure!(text.matches(mark).count() == 1, "index.html should name one program to build");
    let at = text.find(mark).unwrap_or_default();
    let start = text[..at].rfind('<').context("index.html: the link of the program has no start")?;
    let end = at + text[at..].find('>').context("index.html: the link of the program has no end")? + 1;
    Ok(format!("{}{}", &text[..start], text[end..].trim_start()))
}
