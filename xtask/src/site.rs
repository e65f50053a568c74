//! Makes a deployable site: compiles the program, splits it into parts, optimises them, adds
//! content hashes to the names, and adds every file with its integrity to `index.html`.
//!
//! Where Trunk is run by hand it compiles the program and calls this as its `post_build` hook with its staging folder, so
//! `trunk build --release` produces a complete site, too. Each rewritten text must be found exactly once: if a tool changes its
//! output, the build fails here and not in the browser.

mod compile;
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

use crate::{
    build::Profile,
    folders,
    progress::{self, Step},
    setup,
};

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

const COMPILE: Step = Step { name: "compiling the program", usual: 100 };
const COMPILE_ALL: Step = Step { name: "compiling the program and the crates that it uses", usual: 240 };
const OPTIMISE: Step = Step { name: "splitting the program and optimising its parts", usual: 60 };
const FIRST_SCREEN: Step = Step { name: "compiling what the first screen needs", usual: 60 };
const COMPRESS: Step = Step { name: "compressing", usual: 10 };
const COMPILE_DEVELOPMENT: Step = Step { name: "compiling the program for development (`--release` optimises it)", usual: 40 };
const COMPILE_ALL_DEVELOPMENT: Step = Step { name: "compiling the program for development and the crates that it uses", usual: 90 };

/// How a site is made.
#[derive(Clone, Copy)]
pub(crate) struct Build<'a> {
    pub(crate) profile: Profile,
    /// The program's features, as options of cargo.
    pub(crate) features: &'a [&'a str],
    /// Whether Rust's standard library is compiled along, which takes its sources.
    pub(crate) own_std: bool,
}

impl Build<'_> {
    /// What takes time.
    pub(crate) fn steps(&self) -> Result<Vec<Step>> {
        Ok(match self.profile {
            Profile::Development => vec![self.compiling()?],
            Profile::Release => vec![self.compiling()?, OPTIMISE, FIRST_SCREEN, COMPRESS],
        })
    }

    fn compiling(&self) -> Result<Step> {
        let (folder, rest, all) = match self.profile {
            Profile::Development => ("debug", COMPILE_DEVELOPMENT, COMPILE_ALL_DEVELOPMENT),
            Profile::Release => ("release", COMPILE, COMPILE_ALL),
        };
        let is_new = !folders::target()?.join("wasm32-unknown-unknown").join(folder).join("deps").is_dir();
        Ok(if is_new { all } else { rest })
    }
}

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

/// Makes the site in a folder, from crates that were fetched before.
pub(crate) fn make(site: &Path, build: &Build) -> Result<()> {
    let shell = if build.profile == Profile::Release { Some(shell::start()?) } else { None };
    progress::begin(build.compiling()?);
    compile::program(build)?;
    compile::lay_out(site, build)?;
    finish(site, build, shell)
}

/// Trunk's hook, which works on its staging folder.
pub(crate) fn finish_for_trunk() -> Result<()> {
    let staging = env::var_os(folders::TRUNK_STAGING).map(PathBuf::from).context("`finish` is called by Trunk, not by hand")?;
    let profile = match env::var("TRUNK_PROFILE").as_deref() {
        Ok("release") => Profile::Release,
        _ => Profile::Development,
    };
    let build = Build { profile, features: &[], own_std: false };
    let shell = if profile == Profile::Release {
        setup::for_build(profile)?;
        Some(shell::start()?)
    } else {
        None
    };
    finish(&staging, &build, shell)?;
    progress::end();
    Ok(())
}

/// Finishes a site, of which the program is compiled and `index.html` and `public/` are there.
fn finish(staging: &Path, build: &Build, shell: Option<shell::Shell>) -> Result<()> {
    let profile = build.profile;
    let program = program::make(staging, profile)?;
    let show_shell = script(&[SHELL_SCRIPT], profile)?;
    ensure!(!show_shell.contains("</script") && !show_shell.contains("<!--"), "{SHELL_SCRIPT} has a text that would end it inside a page");
    let (shell, early) = match shell {
        Some(shell) => {
            progress::begin(FIRST_SCREEN);
            (shell.print()?, Some(early::make(staging, build)?))
        }
        // In development it isn't worth a second compilation.
        None => (String::new(), None),
    };
    let page = html::Page {
        boot: write_hashed(staging, "boot", "js", script(&[SHELL_SCRIPT, "boot.js"], profile)?.as_bytes())?,
        style: style::make(staging, profile)?,
        program,
        show_shell,
        shell,
        early,
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
    offline::make(staging, profile)?;
    // After the service worker's list: only host pages load it.
    let pinned = write_hashed(staging, EMBED_STEM, "js", &fs::read(staging.join(EMBED_SCRIPT))?)?;
    if profile == Profile::Release {
        progress::begin(COMPRESS);
        compress::folder(staging)?;
        let size = fs::metadata(staging.join(EMBED_SCRIPT).with_extension("js.br"))?.len();
        ensure!(size < EMBED_MAX, "{EMBED_SCRIPT} is {size} bytes in brotli; it has to stay under {EMBED_MAX}");
        table::print(staging, build.own_std)?;
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
