//! The words after the program's name.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use identity_portal::simulator::Faults;

/// What the cloud is started with.
#[derive(Debug)]
pub(crate) struct Arguments {
    /// The first of four ports in a row; 0 lets the system choose them.
    pub(crate) port_base: u16,
    /// Origins of apps that people may be sent back to.
    pub(crate) apps: Vec<String>,
    /// Faults and data of the simulated world.
    pub(crate) sim: Faults,
    /// Whether a browser may read ARM's own response headers.
    pub(crate) expose_headers: bool,
    /// Where the certificate authority is kept.
    pub(crate) cache: PathBuf,
    /// Ends with the program that started this one.
    pub(crate) until_input_ends: bool,
}

/// What stands in the help of `cargo xtask` as well.
pub(crate) const DEFAULT_PORT_BASE: u16 = 8081;

impl Arguments {
    pub(crate) fn read(words: impl Iterator<Item = String>) -> Result<Self> {
        let mut arguments = Self {
            port_base: DEFAULT_PORT_BASE,
            apps: Vec::new(),
            sim: Faults::default(),
            expose_headers: true,
            cache: std::env::temp_dir().join("local-cloud"),
            until_input_ends: false,
        };
        let mut words = words;
        while let Some(word) = words.next() {
            let (name, joined) = match word.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (word, None),
            };
            let mut value = || joined.clone().or_else(|| words.next()).with_context(|| format!("`{name}` needs a value"));
            match name.as_str() {
                "--port-base" => {
                    let text = value()?;
                    arguments.port_base =
                        text.parse().with_context(|| format!("`--port-base` needs a number up to 65535, not `{text}`"))?;
                }
                "--app" => arguments.apps.push(value()?),
                "--sim" => {
                    arguments.sim =
                        Faults::parse(&value()?).map_err(|unknown| anyhow::anyhow!("`--sim` knows no {}", unknown.join(", ")))?;
                }
                "--cache" => arguments.cache = value()?.into(),
                "--hide-headers" => arguments.expose_headers = false,
                "--until-input-ends" => arguments.until_input_ends = true,
                other => bail!("`{other}` isn't an option here; docs/local-cloud.md lists them"),
            }
        }
        if arguments.apps.is_empty() {
            arguments.apps.push("http://localhost:8080".to_owned());
        }
        Ok(arguments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Arguments> {
        Arguments::read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn reads_what_it_knows_and_refuses_the_rest() {
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
