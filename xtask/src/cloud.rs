//! Builds and starts the local cloud (`tests/cloud`), which ends with this process.

use std::{
    io::{BufRead, BufReader},
    process::{Child, ChildStdin, Stdio},
};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::{
    build, folders,
    run::{command, run, say},
    setup,
};

const PACKAGE: &str = "local-cloud";

/// A running cloud. It exits when its standard input closes, which the system does even if this process is killed.
pub(crate) struct Cloud {
    child: Child,
    _input: Option<ChildStdin>,
    addresses: Value,
}

/// Starts a cloud for apps at these origins. `options` are its command-line options (`docs/local-cloud.md`).
pub(crate) fn start(apps: &[String], options: &[String]) -> Result<Cloud> {
    setup::for_cloud()?;
    // Checkouts share the target folder: until the cloud has started, another build could replace the program.
    let lock = build::lock()?;
    say("building the local cloud");
    run(command("cargo")?.args(["build", "--quiet", "--locked", "--package", PACKAGE]), "building the local cloud")?;
    let mut cloud = command(folders::target()?.join("debug").join(PACKAGE))?;
    cloud.arg("--until-input-ends").arg("--cache").arg(folders::cache()?.join("cloud")).args(options);
    for app in apps {
        cloud.args(["--app", app]);
    }
    let mut child = cloud.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("starting the local cloud")?;
    drop(lock);
    let mut line = String::new();
    let output = child.stdout.take().context("the local cloud has no output")?;
    BufReader::new(output).read_line(&mut line)?;
    let Some(addresses) = line.strip_prefix("cloud ") else { bail!("the local cloud did not start") };
    let addresses = serde_json::from_str(addresses).with_context(|| format!("the local cloud printed `{line}`"))?;
    Ok(Cloud { _input: child.stdin.take(), child, addresses })
}

impl Cloud {
    /// Prints the addresses, as a machine-readable line and as a table.
    pub(crate) fn announce(&self) {
        println!("cloud {}", self.addresses);
        println!("\n{:<20} {:<26} what", "test user", "sign-in name");
        for user in self.addresses["users"].as_array().into_iter().flatten() {
            let text = |name: &str| user[name].as_str().unwrap_or_default();
            println!("{:<20} {:<26} {}", text("name"), text("upn"), text("what"));
        }
        println!("\nThe sign-in page has a button for each of them. Pressing it is all it takes to sign in: there are no passwords.");
        let https = |name: &str| self.addresses["https"][name].as_str().unwrap_or_default();
        println!("\nsign-in {}  {}", self.text("authority"), https("authority"));
        println!("ARM     {}  {}", self.text("arm"), https("arm"));
        println!("the https ones are trusted with {}", https("certificateAuthority"));
    }

    /// The addresses together with an app's, for the app's tests.
    pub(crate) fn beside(&self, app: &str) -> Value {
        json!({ "app": app, "authority": self.addresses["authority"], "arm": self.addresses["arm"] })
    }

    /// The `config.json` of an app that uses this cloud.
    pub(crate) fn config(&self) -> String {
        json!({
            "cloud": {
                "name": "Local cloud",
                "resourceManager": self.addresses["arm"],
                "authority": self.addresses["authority"],
                "audience": self.addresses["audience"],
            },
            "tenant": "organizations",
            "clientId": self.addresses["clientId"],
        })
        .to_string()
    }

    /// The addresses as JSON.
    pub(crate) fn addresses(&self) -> String {
        self.addresses.to_string()
    }

    /// The path of the CA certificate to trust.
    pub(crate) fn certificate_authority(&self) -> &str {
        self.addresses["https"]["certificateAuthority"].as_str().unwrap_or_default()
    }

    /// Waits until the cloud exits.
    pub(crate) fn wait(mut self) -> Result<()> {
        let status = self.child.wait()?;
        if status.success() { Ok(()) } else { bail!("the local cloud ended ({status})") }
    }

    fn text(&self, name: &str) -> &str {
        self.addresses[name].as_str().unwrap_or_default()
    }
}
