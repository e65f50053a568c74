//! The words after a command. A word that nobody asked for is an error, so that a typing mistake
//! never runs something else.

use anyhow::{Context, Result, bail};

pub(crate) struct Arguments {
    words: Vec<String>,
}

impl Arguments {
    pub(crate) fn new(words: &[String]) -> Self {
        Self { words: words.to_vec() }
    }

    /// Takes `--name`, wherever it stands.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let found = self.words.iter().position(|word| word == name);
        found.is_some_and(|at| {
            self.words.remove(at);
            true
        })
    }

    /// Takes `--name VALUE` or `--name=VALUE`.
    pub(crate) fn value(&mut self, name: &str) -> Result<Option<String>> {
        if let Some(at) = self.words.iter().position(|word| word == name) {
            self.words.remove(at);
            if at >= self.words.len() {
                bail!("`{name}` needs a value");
            }
            return Ok(Some(self.words.remove(at)));
        }
        let joined = format!("{name}=");
        let found = self.words.iter().position(|word| word.starts_with(&joined));
        Ok(found.map(|at| self.words.remove(at)[joined.len()..].to_owned()))
    }

    pub(crate) fn number(&mut self, name: &str) -> Result<Option<u16>> {
        let Some(text) = self.value(name)? else { return Ok(None) };
        text.parse().map(Some).with_context(|| format!("`{name}` needs a number up to 65535, not `{text}`"))
    }

    /// Takes the first word that is not an option.
    pub(crate) fn word(&mut self) -> Option<String> {
        let at = self.words.iter().position(|word| !word.starts_with('-'))?;
        Some(self.words.remove(at))
    }

    /// Takes all that is left, for another program.
    pub(crate) fn everything(&mut self) -> Vec<String> {
        std::mem::take(&mut self.words)
    }

    pub(crate) fn finish(self) -> Result<()> {
        match self.words.first() {
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
