//! Command-line arguments.

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail};
use identity_portal::simulator::Faults;

#[derive(Debug)]
pub(crate) struct Arguments {
    /// The first of four consecutive ports; 0 lets the system choose them.
    pub(crate) port_base: u16,
    /// Origins of apps that sign-in may redirect to.
    pub(crate) apps: Vec<String>,
    /// Faults and datasets of the simulated world.
    pub(crate) sim: Faults,
    /// Whether a browser may read ARM's own response headers.
    pub(crate) expose_headers: bool,
    /// Where the certificate authority is stored.
    pub(crate) cache: PathBuf,
    /// Whether to stop at the end of standard input, with the parent process.
    pub(crate) until_input_ends: bool,
}

/// Also in the help of `cargo xtask`.
pub(crate) const DEFAULT_PORT_BASE: u16 = 8081;

impl Arguments {
    pub(crate) fn read(words: impl Iterator<Item = String>) -> Result<Self> {
        let mut given = pico_args::Arguments::from_vec(words.map(Into::into).collect());
        let port_base = match last(&mut given, "--port-base")? {
            Some(text) => text.parse().with_context(|| format!("`--port-base` needs a number up to 65535, not `{text}`"))?,
            None => DEFAULT_PORT_BASE,
        };
        let sim = last(&mut given, "--sim")?.unwrap_or_default();
        let mut arguments = Self {
            port_base,
            apps: values(&mut given, "--app")?,
            sim: Faults::parse(&sim).map_err(|unknown| anyhow!("unknown names in `--sim`: {}", unknown.join(", ")))?,
            expose_headers: !given.contains("--hide-headers"),
            cache: last(&mut given, "--cache")?.map_or_else(|| std::env::temp_dir().join("local-cloud"), Into::into),
            until_input_ends: given.contains("--until-input-ends"),
        };
        if let Some(unknown) = given.finish().first() {
            bail!("unknown option `{}`; docs/local-cloud.md lists the options", unknown.display());
        }
        if arguments.apps.is_empty() {
            arguments.apps.push("http://localhost:8080".to_owned());
        }
        Ok(arguments)
    }
}

fn values(given: &mut pico_args::Arguments, name: &'static str) -> Result<Vec<String>> {
    given.values_from_str(name).map_err(|_| anyhow!("`{name}` needs a value"))
}

/// The value of an option; if it is repeated, the last one.
fn last(given: &mut pico_args::Arguments, name: &'static str) -> Result<Option<String>> {
    Ok(values(given, name)?.pop())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Arguments> {
        Arguments::read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn parses_known_options_and_refuses_others() {
        let arguments =
            read("--app http://localhost:9000 --app=http://localhost:9001 --port-base 0 --sim large,slow --hide-headers").unwrap();
        assert_eq!((arguments.apps.len(), arguments.port_base, arguments.expose_headers), (2, 0, false));
        assert!(arguments.sim.large());
        assert_eq!(read("").unwrap().apps, ["http://localhost:8080"]);
        for wrong in ["--prot-base 1", "--port-base many", "--port-base", "--sim fast", "x"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
