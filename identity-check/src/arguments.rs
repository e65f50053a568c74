//! Command-line arguments.

use identity_portal::parsing::{FORMATS as LANGUAGES, TextFormat};

#[derive(Debug, PartialEq)]
pub(crate) enum Command {
    Check(Arguments),
    /// Print a text, such as the help.
    Print(String),
}

#[derive(Debug, Default, PartialEq)]
pub(crate) struct Arguments {
    /// Files and folders.
    pub(crate) files: Vec<String>,
    pub(crate) format: Format,
    /// The language of all files, if it isn't to be detected.
    pub(crate) language: Option<TextFormat>,
    /// A `config.json` with the organisation's rules.
    pub(crate) rules: Option<String>,
    /// Whether warnings fail the check.
    pub(crate) strict: bool,
    /// Whether files without an identity are fine.
    pub(crate) allow_none: bool,
    /// Whether to say how each file was read.
    pub(crate) verbose: bool,
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
    /// Annotations of GitHub Actions.
    Github,
    /// Issues of Azure Pipelines.
    Azure,
}

const FORMATS: [(&str, Format); 5] =
    [("text", Format::Text), ("json", Format::Json), ("sarif", Format::Sarif), ("github", Format::Github), ("azure", Format::Azure)];

const HELP: &str = "\
Checks the managed identities that files create, without asking Azure.

Usage: identity-check [OPTIONS] FILE...

FILE is a script with az or Az commands, an ARM template, Bicep, Terraform, an HTTP request, a CSV list, or a
pipeline, Makefile, Dockerfile, notebook or Markdown page with such scripts in it; - is standard input.
A folder stands for the files in it. All files are checked together, as one project.

Options:
  --format text|json|sarif|github|azure
                     How to report: for people, programs, code scanning, or as annotations of GitHub Actions or
                     Azure Pipelines; default: text
  --language NAME    The language of all files, instead of detecting it: bash, powershell, cmd, json, bicep,
                     bicepparam, terraform, tfvars, http, csv, yaml, makefile, dockerfile, markdown or notebook
  --rules FILE       Your organisation's rules: a config.json of Identity Portal
  --strict           Warnings count as problems
  --allow-none       It is no problem if no file has an identity
  --verbose          Say how each file was read
  --help             This text
  --version          The version

Exit code: 0 if there are no problems, 1 if there are, 2 if a file can't be read or the command is invalid, 3 if no
file has an identity.
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
    let mut arguments = Arguments {
        files,
        format: one_of(&mut given, "--format", &FORMATS)?.unwrap_or_default(),
        language: one_of(&mut given, "--language", &LANGUAGES)?,
        rules: value(&mut given, "--rules")?,
        strict: given.contains("--strict"),
        allow_none: given.contains("--allow-none"),
        verbose: given.contains("--verbose"),
    };
    let left: Vec<String> = given.finish().into_iter().map(|word| word.to_string_lossy().into_owned()).collect();
    if let Some(unknown) = left.iter().find(|word| word.len() > 1 && word.starts_with('-')) {
        return Err(format!("Unknown option {}.", unknown.split('=').next().unwrap_or_default()));
    }
    arguments.files.splice(0..0, left);
    if arguments.files.is_empty() {
        Err("Name a file or folder, or - for standard input.".to_owned())
    } else {
        Ok(Command::Check(arguments))
    }
}

/// The value of an option; if it is repeated, the last one.
fn value(given: &mut pico_args::Arguments, name: &'static str) -> Result<Option<String>, String> {
    let values: Vec<String> = given.values_from_str(name).map_err(|_| format!("{name} needs a value."))?;
    Ok(values.into_iter().last())
}

/// The value of an option that must be one of `known`.
fn one_of<T: Copy>(given: &mut pico_args::Arguments, name: &'static str, known: &[(&str, T)]) -> Result<Option<T>, String> {
    let Some(value) = value(given, name)? else { return Ok(None) };
    if let Some((_, meant)) = known.iter().find(|(word, _)| *word == value) {
        return Ok(Some(*meant));
    }
    let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
    let (last, others) = words.split_last().ok_or_else(String::new)?;
    Err(format!("{name} must be {} or {last}, not {value}.", others.join(", ")))
}
