//! The identity provider, a program of its own in Node: started here, ended with us.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::json;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStdin, Command};

use crate::arguments::Arguments;

/// The running provider. Dropping it ends it.
#[derive(Debug)]
pub(crate) struct Running {
    /// Its origin.
    pub(crate) http: String,
    child: Child,
    /// The provider ends when this does, and waiting for a child would close it.
    _input: Option<ChildStdin>,
}

#[derive(Deserialize)]
struct Ready {
    http: String,
}

/// Starts it for tokens of `resources`.
pub(crate) async fn start(arguments: &Arguments, resources: &[&str]) -> Result<Running> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("provider");
    let asked = json!({ "http": arguments.port_base, "origins": arguments.apps, "resources": resources });
    let mut child = Command::new("node")
        .arg(folder.join("main.mjs"))
        .arg(asked.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .context("the provider needs `node` (`cargo xtask cloud` finds it)")?;
    let output = child.stdout.take().context("the provider says nothing")?;
    let mut lines = BufReader::new(output).lines();
    let Some(line) = lines.next_line().await.context("reading what the provider says")? else {
        bail!("the provider did not start; `npm ci` in {} fetches what it needs", folder.display());
    };
    let ready: Ready = serde_json::from_str(&line).with_context(|| format!("the provider said `{line}`"))?;
    Ok(Running { http: ready.http, _input: child.stdin.take(), child })
}

impl Running {
    /// Waits for an end that nobody asked for.
    pub(crate) async fn ended(&mut self) -> Result<()> {
        let status = self.child.wait().await?;
        bail!("the provider ended ({status})")
    }
}
