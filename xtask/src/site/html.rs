//! Writes this build's file names into `index.html`.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::{Hashed, early::Early, program::Program, replace_once, style::Style};
use crate::build::Profile;

pub(super) struct Page {
    pub(super) boot: Hashed,
    pub(super) style: Style,
    pub(super) program: Program,
    /// `public/shell.js`.
    pub(super) show_shell: String,
    /// The form's first screen as HTML; empty in development.
    pub(super) shell: String,
    /// The first screen's check of the name; `None` in development.
    pub(super) early: Option<Early>,
}

impl Page {
    /// Rewrites Trunk's page. Scripts have integrity attributes. Chromium would fetch a preload with integrity twice, so the
    /// integrity of a wasm is checked when a script fetches it.
    pub(super) fn write(&self, file: &Path, profile: Profile) -> Result<()> {
        let text = fs::read_to_string(file)?;
        let text = without_rust_link(&text)?;
        let Page { boot, style, program, show_shell, shell, early } = self;
        let with = |file: &Hashed| format!("integrity=\"{}\" crossorigin", file.integrity);
        let preload = |file: &Hashed, id| {
            format!(
                "<link rel=\"preload\" href=\"{}\" as=\"fetch\" type=\"application/wasm\" crossorigin data-integrity=\"{}\" id=\"{id}\">",
                file.name, file.integrity
            )
        };
        let link = |rel: &str, file: &Hashed, id: &str| {
            format!("<link rel=\"{rel}\" href=\"{}\" data-integrity=\"{}\" id=\"{id}\">", file.name, file.integrity)
        };
        let parts: Vec<_> = program.ahead.iter().map(|(part, file)| link("part", file, &format!("part-{part}"))).collect();
        let script = &program.script;
        let early_link = |file: fn(&Early) -> &Hashed, id| early.as_ref().map_or_else(String::new, |early| link("early", file(early), id));
        let replacements = [
            (
                "<style id=\"style\"></style>",
                format!(
                    "<style id=\"style\" data-href=\"{}\" data-integrity=\"{}\">{}</style>",
                    style.file.name, style.file.integrity, style.text
                ),
            ),
            ("<script>shell.js</script>", format!("<script>{show_shell}</script>")),
            (
                "<script type=\"module\" src=\"boot.js\"></script>",
                format!("<script type=\"module\" src=\"{}\" {}></script>", boot.name, with(boot)),
            ),
            ("<link rel=\"early\" href=\"early.js\" id=\"early-script\">", early_link(|early| &early.script, "early-script")),
            ("<link rel=\"early\" href=\"early.wasm\" id=\"early-wasm\">", early_link(|early| &early.wasm, "early-wasm")),
            ("<link rel=\"preload\" href=\"app.wasm\" as=\"fetch\" id=\"program-wasm\">", preload(&program.wasm, "program-wasm")),
            (
                "<link rel=\"modulepreload\" href=\"app.js\" id=\"program-script\">",
                format!("<link rel=\"modulepreload\" href=\"{}\" {} id=\"program-script\">", script.name, with(script)),
            ),
            ("<link rel=\"part\">", parts.join("\n    ")),
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
