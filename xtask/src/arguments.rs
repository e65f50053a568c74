//! The words after a command. A word that nobody asked for is an error, so that a typing mistake
//! never runs something else.

use anyhow::{Context, Result, anyhow, bail};

pub(crate) struct Arguments(pico_args::Arguments);

impl Arguments {
    pub(crate) fn new(words: &[String]) -> Self {
        Self(pico_args::Arguments::from_vec(words.iter().map(Into::into).collect()))
    }

    /// Takes `--name`, wherever it stands.
    pub(crate) fn flag(&mut self, name: &'static str) -> bool {
        self.0.contains(name)
    }

    /// Takes `--name VALUE` or `--name=VALUE`.
    pub(crate) fn value(&mut self, name: &'static str) -> Result<Option<String>> {
        self.0.opt_value_from_str(name).map_err(|_| anyhow!("`{name}` needs a value"))
    }

    pub(crate) fn number(&mut self, name: &'static str) -> Result<Option<u16>> {
        let Some(text) = self.value(name)? else { return Ok(None) };
        text.parse().map(Some).with_context(|| format!("`{name}` needs a number up to 65535, not `{text}`"))
    }

    /// Takes the first word where it is not an option.
    pub(crate) fn word(&mut self) -> Option<String> {
        self.0.subcommand().ok().flatten()
    }

    /// All that is left, for another program.
    pub(crate) fn everything(self) -> Vec<String> {
        self.0.finish().into_iter().map(|word| word.to_string_lossy().into_owned()).collect()
    }

    pub(crate) fn finish(self) -> Result<()> {
        match self.everything().first() {
            None => Ok(()),
            Some(word) => bail!("`{word}` isn't an option or argument of this command; `cargo xtask help` lists them"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Arguments;

    fn arguments(line: &str) -> Arguments {
        Arguments::new(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn options_may_stand_anywhere() {
        for line in ["--port 9000 --release", "--release --port=9000"] {
            let mut arguments = arguments(line);
            assert!(arguments.flag("--release"));
            assert_eq!(arguments.number("--port").unwrap(), Some(9000));
            arguments.finish().unwrap();
        }
    }

    #[test]
    fn what_nobody_asked_for_is_refused() {
        assert!(arguments("--relaese").finish().is_err());
        assert!(arguments("--port").number("--port").is_err());
        assert!(arguments("--port many").number("--port").is_err());
    }
}
