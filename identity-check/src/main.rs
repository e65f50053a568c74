//! `identity-check FILE…` checks the identities that files and folders create, for pipelines. It works offline.
//!
//! Exit codes: 0 without problems, 1 with problems, 2 if a file cannot be read or the command is invalid, 3 if no file has an
//! identity.

mod annotations;
mod arguments;
mod files;
mod finding;
mod inert;
mod json;
mod rules;
mod sarif;
mod text;

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use arguments::{Arguments, Command, Format};
use files::Inputs;
use identity_portal::provisioning::problem::Severity;
use identity_portal::provisioning::rules::Rules;

const NO_PROBLEMS: u8 = 0;
const PROBLEMS: u8 = 1;
/// A file cannot be read, or the command is invalid.
const UNREADABLE: u8 = 2;
/// No file has an identity.
const NONE: u8 = 3;

fn main() -> ExitCode {
    let words = std::env::args_os().skip(1).map(std::ffi::OsString::into_string).collect::<Result<Vec<_>, _>>();
    let words = words.map_err(|word| format!("{} is not Unicode.", word.to_string_lossy()));
    let arguments = match words.and_then(arguments::read) {
        Ok(Command::Check(arguments)) => arguments,
        Ok(Command::Print(text)) => return print(&text, NO_PROBLEMS),
        Err(error) => {
            print_error(&error);
            print_error("Try `identity-check --help`.");
            return ExitCode::from(UNREADABLE);
        }
    };
    let rules = match &arguments.rules {
        Some(file) => match rules::read(file) {
            Ok(rules) => rules,
            Err(error) => {
                for error in error {
                    print_error(&error);
                }
                return ExitCode::from(UNREADABLE);
            }
        },
        None => Rules::default(),
    };
    check(&arguments, &rules)
}

fn check(arguments: &Arguments, rules: &Rules) -> ExitCode {
    let inputs = Inputs::of(&arguments.files);
    for error in &inputs.errors {
        print_error(error);
    }
    let examined = finding::examine(&inputs, arguments, rules);
    let is_whole = inputs.errors.is_empty();
    let report = match arguments.format {
        Format::Text => text::report(&examined, arguments.verbose),
        Format::Json => json::report(&examined),
        Format::Sarif => sarif::report(&examined, is_whole),
        Format::Github => annotations::github(&examined),
        Format::Azure => annotations::azure(&examined),
    };
    let least = if arguments.strict { Severity::Warns } else { Severity::Blocks };
    let has_problems = examined.iter().any(|examined| examined.fails(least));
    let code = match (is_whole, has_problems) {
        (false, _) => UNREADABLE,
        (true, _) if finding::finds_none(&examined) => NONE,
        (true, true) => PROBLEMS,
        (true, false) => NO_PROBLEMS,
    };
    print(&report, code)
}

/// Prints, and exits with `code`. A closed pipe (`| head`) is not an error.
fn print(text: &str, code: u8) -> ExitCode {
    let mut out = std::io::stdout();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // Whoever reads it may have seen enough.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            print_error(&format!("the report couldn't be written: {error}"));
            ExitCode::from(UNREADABLE)
        }
        _ => ExitCode::from(code),
    }
}

fn print_error(text: &str) {
    let _ = writeln!(std::io::stderr(), "identity-check: {}", inert::line(text));
}
