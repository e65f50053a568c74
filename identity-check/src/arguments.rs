//! Command-line arguments.

#[derive(Debug, PartialEq)]
pub(crate) enum Command {
    Check(Arguments),
    /// Print a text, such as the help.
    Print(String),
}

#[derive(Debug, Default, PartialEq)]
pub(crate) struct Arguments {
    pub(crate) files: Vec<String>,
    pub(crate) format: Format,
    /// A `config.json` with the organisation's rules.
    pub(crate) rules: Option<String>,
    /// Whether warnings fail the check.
    pub(crate) strict: bool,
}

/// The format of the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Format {
    /// One line per finding.
    #[default]
    Text,
    /// All identities with their problems.
    Json,
    /// SARIF 2.1.0.
    Sarif,
}

const HELP: &str = "\
Checks the managed identities that files create, without asking Azure.

Usage: identity-check [OPTIONS] FILE...

FILE is a script with az or Az commands, an ARM template, Bicep, Terraform, an HTTP request or a CSV list;
- is standard input. The format of each file is detected from its text.

Options:
  --format text|json|sarif   How to report; default: text
  --rules FILE               Your organisation's rules: a config.json of Identity Portal
  --strict                   Warnings count as problems
  --help                     This text
  --version                  The version

Exit code: 0 if there are no problems, 1 if there are, 2 if a file can't be read or the command is invalid.
";

pub(crate) fn read(mut words: Vec<String>) -> Result<Command, String> {
    // Everything after `--` is a file name.
    let files = match words.iter().position(|word| word == "--") {
        Some(at) => words.split_off(at).split_off(1),
        None => Vec::new(),
    };
    let mut given = pico_args::Arguments::from_vec(words.into_iter().map(Into::into).collect());
    if given.contains(["-h", "--help"]) {
        return Ok(Command::Print(HELP.to_owned()));
    }
    if given.contains(["-V", "--version"]) {
        return Ok(Command::Print(concat!("identity-check ", env!("CARGO_PKG_VERSION"), "\n").to_owned()));
    }
    let format = match value(&mut given, "--format")?.as_deref() {
        None | Some("text") => Format::Text,
        Some("json") => Format::Json,
        Some("sarif") => Format::Sarif,
        Some(other) => return Err(format!("--format must be text, json or sarif, not {other}.")),
    };
    let mut arguments = Arguments { files, format, rules: value(&mut given, "--rules")?, strict: given.contains("--strict") };
    let left: Vec<String> = given.finish().into_iter().map(|word| word.to_string_lossy().into_owned()).collect();
    if let Some(unknown) = left.iter().find(|word| word.len() > 1 && word.starts_with('-')) {
        return Err(format!("Unknown option {}.", unknown.split('=').next().unwrap_or_default()));
    }
    arguments.files.splice(0..0, left);
    if arguments.files.is_empty() { Err("Name a file, or - for standard input.".to_owned()) } else { Ok(Command::Check(arguments)) }
}

/// The value of an option; if it is repeated, the last one.
fn value(given: &mut pico_args::Arguments, name: &'static str) -> Result<Option<String>, String> {
    let values: Vec<String> = given.values_from_str(name).map_err(|_| format!("{name} needs a value."))?;
    Ok(values.into_iter().last())
}
