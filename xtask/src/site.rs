//! Turns Trunk's output into a deployable site: splits the program into parts, optimises them, adds
//! content hashes to the names, and adds every file with its integrity to `index.html`.
//!
//! Trunk calls this as its `post_build` hook with its staging folder, so `trunk build --release` produces
//! a complete site. Each rewritten text must be found exactly once: if a tool changes its
//! output, the build fails here and not in the browser.

mod compress;
mod early;
mod glue;
mod html;
mod inline;
mod offline;
mod parts;
pub(crate) mod program;
mod shell;
mod shrink;
mod single_file;
mod style;
mod table;
mod wasm_features;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};
use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256, Sha384};

use crate::{build::Profile, folders, run::say, setup};

/// How many hexadecimal digits of the hash a file's name has.
pub(crate) const HASH_DIGITS: usize = 16;

pub(crate) use inline::Inline;
pub(crate) use single_file::write as write_single_file;

/// The scripts in `public/` that become files with a hash in their name, or a part of such a file.
const HASHED_SCRIPTS: [&str; 4] = ["boot.js", "early.js", "inside.js", SHELL_SCRIPT];
/// In `index.html` and in `boot.js`.
const SHELL_SCRIPT: &str = "shell.js";
/// The scripts with fixed names: the sign-in's redirect page, `embed.js` for host pages, and the service worker.
const PLAIN_SCRIPTS: [&str; 3] = ["auth.js", EMBED_SCRIPT, offline::WORKER];
/// Loaded by host pages.
const EMBED_SCRIPT: &str = "embed.js";
/// The start of its name with a hash.
const EMBED_STEM: &str = "embed";
/// The maximum bytes of it after brotli, which every host page downloads.
const EMBED_MAX: u64 = 4 * 1024;

/// A file of the site with a hash in its name.
struct Hashed {
    name: String,
    integrity: String,
}

impl Hashed {
    /// A script element that pins this file, for a page of another origin.
    fn tag(&self) -> String {
        format!("<script type=\"module\" src=\"https://…/{}\" integrity=\"{}\" crossorigin></script>", self.name, self.integrity)
    }
}

/// Writes a file as `stem-hash.extension`.
fn write_hashed(folder: &Path, stem: &str, extension: &str, bytes: &[u8]) -> Result<Hashed> {
    let name = format!("{stem}-{}.{extension}", digest(bytes));
    fs::write(folder.join(&name), bytes).with_context(|| format!("writing {name}"))?;
    Ok(Hashed { name, integrity: integrity(bytes) })
}

/// The start of the content's SHA-256, for names.
pub(crate) fn digest(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(HASH_DIGITS);
    for byte in Sha256::digest(bytes).iter().take(HASH_DIGITS / 2) {
        // Writing into a String can't fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
}

/// Replaces the only occurrence of `from`.
pub(crate) fn replace_once(text: &str, from: &str, to: &str) -> Result<String> {
    match text.matches(from).count() {
        1 => Ok(text.replacen(from, to, 1)),
        count => bail!("expected once, found {count} times: `{from}`"),
    }
}

/// Trunk's hook, which works on its staging folder.
pub(crate) fn finish_for_trunk() -> Result<()> {
    let staging = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from).context("`finish` is called by Trunk, not by hand")?;
    let profile = match env::var("TRUNK_PROFILE").as_deref() {
        Ok("release") => Profile::Release,
        _ => Profile::Development,
    };
    if profile == Profile::Release {
        // Trunk may have been run by hand.
        setup::for_build(profile)?;
    }
    let program = program::make(&staging, profile)?;
    let show_shell = script(&[SHELL_SCRIPT], profile)?;
    ensure!(!show_shell.contains("</script") && !show_shell.contains("<!--"), "{SHELL_SCRIPT} has a text that would end it inside a page");
    let page = html::Page {
        boot: write_hashed(&staging, "boot", "js", script(&[SHELL_SCRIPT, "boot.js"], profile)?.as_bytes())?,
        style: style::make(&staging, profile)?,
        program,
        show_shell,
        shell: shell::make(profile)?,
        early: if profile == Profile::Release { Some(early::make(&staging)?) } else { None },
    };
    page.write(&staging.join("index.html"), profile)?;
    // Remove the copies from the folder `public`.
    for copy in HASHED_SCRIPTS {
        drop(fs::remove_file(staging.join(copy)));
    }
    if profile == Profile::Release {
        let embed = staging.join(EMBED_SCRIPT);
        fs::write(&embed, program::minify(&fs::read(&embed)?, "js")?)?;
    }
    offline::make(&staging, profile)?;
    // After the service worker's list: only host pages load it.
    let pinned = write_hashed(&staging, EMBED_STEM, "js", &fs::read(staging.join(EMBED_SCRIPT))?)?;
    if profile == Profile::Release {
        say("compressing");
        compress::folder(&staging)?;
        let size = fs::metadata(staging.join(EMBED_SCRIPT).with_extension("js.br"))?.len();
        ensure!(size < EMBED_MAX, "{EMBED_SCRIPT} is {size} bytes in brotli; it has to stay under {EMBED_MAX}");
        table::print(&staging)?;
        println!("pinned: {}\n", pinned.tag());
    }
    Ok(())
}

/// Scripts of `public/`, one after another.
fn script(names: &[&str], profile: Profile) -> Result<String> {
    let mut text = String::new();
    for name in names {
        text.push_str(&public(name)?);
    }
    let text = match profile {
        Profile::Development => text,
        Profile::Release => String::from_utf8(program::minify(text.as_bytes(), "js")?)?,
    };
    Ok(text.trim().to_owned())
}

fn public(name: &str) -> Result<String> {
    fs::read_to_string(folders::checkout().join("public").join(name)).with_context(|| format!("reading public/{name}"))
}

#[cfg(test)]
mod tests {
    use super::{HASH_DIGITS, digest, integrity, replace_once, write_hashed};

    #[test]
    fn names_and_integrity_follow_the_content() {
        assert_eq!(digest(b"a").len(), HASH_DIGITS);
        assert_ne!(digest(b"a"), digest(b"b"));
        // The example of the SRI specification's section 3.2.
        let expected = "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO";
        assert_eq!(integrity(b"alert('Hello, world.');"), expected);
    }

    #[test]
    fn the_pinning_tag_has_name_and_integrity() {
        let folder = std::env::temp_dir().join(format!("identity-portal-pinned-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let pinned = write_hashed(&folder, "embed", "js", b"alert('Hello, world.');").unwrap();
        assert!(crate::headers::is_hashed(&pinned.name) && folder.join(&pinned.name).is_file());
        let integrity = "integrity=\"sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO\" crossorigin";
        assert!(pinned.tag().contains(integrity) && pinned.tag().contains(&pinned.name), "{}", pinned.tag());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn replacing_fails_unless_found_once() {
        assert_eq!(replace_once("a b c", "b", "d").unwrap(), "a d c");
        assert!(replace_once("a c", "b", "d").is_err());
        assert!(replace_once("b b", "b", "d").is_err());
    }
}
