//! nginx and Caddy, to try on them what is written for them: Debian's packages, unpacked into the cache folder. Nothing is
//! installed, so no server of the system starts.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;

use super::system;
use crate::{
    folders,
    run::{ask, command, say},
};

/// A server's program.
pub(crate) struct Program {
    pub(crate) program: PathBuf,
    /// What it loads to send `.br` files, where that is no part of it.
    pub(crate) brotli: Option<PathBuf>,
}

const BROTLI: &str = "usr/lib/nginx/modules/ngx_http_brotli_static_module.so";

/// nginx, or why there is none.
pub(crate) fn nginx() -> Result<Result<Program, String>> {
    let fits = |folder: &Path| {
        let (program, brotli) = (folder.join("usr/sbin/nginx"), folder.join(BROTLI));
        let runs = ask(command(&program).ok()?.arg("-v")).is_some();
        (runs && brotli.is_file()).then_some(Program { program, brotli: Some(brotli) })
    };
    find("nginx", &["nginx", "libnginx-mod-http-brotli-static"], fits)
}

/// Caddy, or why there is none.
pub(crate) fn caddy() -> Result<Result<Program, String>> {
    let fits = |folder: &Path| {
        let program = folder.join("usr/bin/caddy");
        ask(command(&program).ok()?.arg("version")).map(|_| Program { program, brotli: None })
    };
    find("caddy", &["caddy"], fits)
}

/// The system's own, else what was unpacked, else what can be.
fn find(name: &str, packages: &[&str], fits: impl Fn(&Path) -> Option<Program>) -> Result<Result<Program, String>> {
    let folder = folders::tools()?.join("servers").join(name);
    if let Some(found) = fits(Path::new("/")).or_else(|| fits(&folder)) {
        return Ok(Ok(found));
    }
    say(&format!("unpacking {name} from Debian's packages"));
    fs::create_dir_all(&folder)?;
    if !system::unpack(packages, &folder)? {
        return Ok(Err(format!("{name} is not on this machine, and Debian's package of it can't be had")));
    }
    Ok(fits(&folder).ok_or_else(|| format!("{name} of Debian's package does not run on this machine")))
}
