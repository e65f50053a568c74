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

pub(crate) fn read(mut words: Vec<String>) -> Result<Wanted, String> {
    // What follows `--` are files, whatever they are called.
    let files = match words.iter().position(|word| word == "--") {
        Some(at) => words.split_off(at).split_off(1),
        None => Vec::new(),
    };
    let mut given = pico_args::Arguments::from_vec(words.into_iter().map(Into::into).collect());
    if given.contains(["-h", "--help"]) {
        return Ok(Wanted::Tell(HELP.to_owned()));
    }
    if given.contains(["-V", "--version"]) {
        return Ok(Wanted::Tell(concat!("identity-check ", env!("CARGO_PKG_VERSION"), "\n").to_owned()));
    }
    let format = match value(&mut given, "--format")?.as_deref() {
        None | Some("text") => Format::Text,
        Some("json") => Format::Json,
        Some("sarif") => Format::Sarif,
        Some(other) => return Err(format!("--format is text, json or sarif, not {other}.")),
    };
    let mut arguments = Arguments { files, format, rules: value(&mut given, "--rules")?, strict: given.contains("--strict") };
    let left: Vec<String> = given.finish().into_iter().map(|word| word.to_string_lossy().into_owned()).collect();
    if let Some(unknown) = left.iter().find(|word| word.len() > 1 && word.starts_with('-')) {
        return Err(format!("There is no option {}.", unknown.split('=').next().unwrap_or_default()));
    }
    arguments.files.splice(0..0, left);
    if arguments.files.is_empty() { Err("Name a file, or - for standard input.".to_owned()) } else { Ok(Wanted::Check(arguments)) }
}

/// The value of an option; the last one where it is given more than once.
fn value(given: &mut pico_args::Arguments, name: &'static str) -> Result<Option<String>, String> {
    let values: Vec<String> = given.values_from_str(name).map_err(|_| format!("{name} needs a value."))?;
    Ok(values.into_iter().last())
}
