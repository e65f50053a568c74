//! The command line.

/// What is asked for.
#[derive(Debug, PartialEq)]
pub(crate) enum Wanted {
    /// To check files.
    Check(Arguments),
    /// To be told something.
    Tell(String),
}

/// Which files, and how.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Arguments {
    pub(crate) files: Vec<String>,
    pub(crate) format: Format,
    /// A `config.json` with the organisation's rules.
    pub(crate) rules: Option<String>,
    /// Whether warnings count as problems.
    pub(crate) strict: bool,
}

/// How the report is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Format {
    /// A line for each finding.
    #[default]
    Text,
    /// Everything that was read, and what is wrong with it.
    Json,
    /// SARIF 2.1.0.
    Sarif,
}

const HELP: &str = "\
Checks the managed identities that files make, without asking Azure.

Usage: identity-check [OPTIONS] FILE...

FILE is a script with az or Az commands, an ARM template, Bicep, Terraform, an HTTP request or a CSV list;
- is standard input. The kind of each file is recognised from its text.

Options:
  --format text|json|sarif   How to report; text unless said
  --rules FILE               Your organisation's rules: a config.json of Identity Portal
  --strict                   Warnings count as problems
  --help                     This text
  --version                  The version

Exit code: 0 where nothing blocks, 1 where something does, 2 where a file or the command can't be read.
";

pub(crate) fn read(given: impl Iterator<Item = String>) -> Result<Wanted, String> {
    let mut arguments = Arguments::default();
    let mut given = given;
    let mut only_files = false;
    while let Some(word) = given.next() {
        if only_files || word == "-" || !word.starts_with('-') {
            arguments.files.push(word);
            continue;
        }
        let (name, joined) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (word.as_str(), None),
        };
        let mut value = || joined.clone().or_else(|| given.next()).ok_or_else(|| format!("{name} needs a value."));
        match name {
            "--format" => {
                arguments.format = match value()?.as_str() {
                    "text" => Format::Text,
                    "json" => Format::Json,
                    "sarif" => Format::Sarif,
                    other => return Err(format!("--format is text, json or sarif, not {other}.")),
                };
            }
            "--rules" => arguments.rules = Some(value()?),
            "--strict" if joined.is_none() => arguments.strict = true,
            "--help" | "-h" => return Ok(Wanted::Tell(HELP.to_owned())),
            "--version" | "-V" => return Ok(Wanted::Tell(concat!("identity-check ", env!("CARGO_PKG_VERSION"), "\n").to_owned())),
            "--" => only_files = true,
            other => return Err(format!("There is no option {other}.")),
        }
    }
    if arguments.files.is_empty() { Err("Name a file, or - for standard input.".to_owned()) } else { Ok(Wanted::Check(arguments)) }
}
