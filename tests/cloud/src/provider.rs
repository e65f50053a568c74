//! The identity provider, a Node program that is started and stopped here.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::json;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, Command};

use crate::arguments::Arguments;
use crate::certificates::Identity;

/// The running provider. Dropping it stops it.
#[derive(Debug)]
pub(crate) struct Running {
    /// Its origin over http and over https.
    pub(crate) origins: [String; 2],
    child: Child,
    /// The provider stops when its input is closed, which waiting for a child process would do.
    _input: ChildStdin,
}

#[derive(Deserialize)]
struct Ready {
    #[serde(default)]
    http: String,
    #[serde(default)]
    https: String,
    /// Why it did not start.
    error: Option<String>,
}

/// Starts it to issue tokens for `resources`.
pub(crate) async fn start(arguments: &Arguments, resources: &[String], identity: &Identity) -> Result<Running> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("provider");
    let configuration = json!({
        "http": arguments.port_base,
        "https": if arguments.port_base == 0 { 0 } else { arguments.port_base.saturating_add(2) },
        "origins": arguments.apps,
        "resources": resources,
        "certificate": identity.chain,
        "key": identity.key,
    });
    let mut child = Command::new("node")
        .arg(folder.join("main.mjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .context("the provider needs `node` (`cargo xtask cloud` finds it)")?;
    let mut input = child.stdin.take().context("the provider hears nothing")?;
    // Through standard input, because every user of the machine can read arguments.
    input.write_all(format!("{configuration}\n").as_bytes()).await.context("telling the provider")?;
    let output = child.stdout.take().context("the provider says nothing")?;
    let mut lines = BufReader::new(output).lines();
    let Some(line) = lines.next_line().await.context("reading what the provider says")? else {
        bail!("the provider did not start; `npm ci` in {} fetches what it needs", folder.display());
    };
    let ready: Ready = serde_json::from_str(&line).with_context(|| format!("the provider said `{line}`"))?;
    if let Some(error) = ready.error {
        bail!("the sign-in could not be started: {error}");
    }
    Ok(Running { origins: [ready.http, ready.https], _input: input, child })
}

impl Running {
    /// Returns when the provider stops unexpectedly.
    pub(crate) async fn ended(&mut self) -> Result<()> {
        let status = self.child.wait().await?;
        bail!("the provider ended ({status})")
    }
}
