//! nginx and Caddy, for testing their configuration: Debian's packages, unpacked into the cache folder. They are not
//! installed, so that no system service starts.

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

pub(crate) struct Program {
    pub(crate) program: PathBuf,
    /// The module that sends `.br` files, if it isn't built in.
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

/// The system's own, or the unpacked one, or else unpacks it.
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
