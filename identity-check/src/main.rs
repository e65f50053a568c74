//! `identity-check FILE…` checks the identities that files create, for pipelines. It works offline.
//!
//! Exit codes: 0 without problems, 1 with problems, 2 if a file cannot be read or the command is invalid.

mod arguments;
mod finding;
mod inert;
mod json;
mod rules;
mod sarif;
mod text;

use std::io::{Read, Write};
use std::process::ExitCode;

use arguments::{Arguments, Command, Format};
use finding::Examined;
use identity_portal::parsing::Decoded;
use identity_portal::provisioning::rules::Rules;

const NO_PROBLEMS: u8 = 0;
const PROBLEMS: u8 = 1;
/// A file cannot be read, or the command is invalid.
const UNREADABLE: u8 = 2;

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
    let mut examined = Vec::new();
    let mut unreadable = false;
    for file in &arguments.files {
        match read(file) {
            Ok(decoded) => examined.push(Examined::of(file, &decoded, rules)),
            Err(error) => {
                print_error(&[file, ": ", &error].concat());
                unreadable = true;
            }
        }
    }
    let blocks = examined.iter().any(|examined| examined.fails(arguments.strict));
    let report = match arguments.format {
        Format::Text => text::report(&examined),
        Format::Json => json::report(&examined),
        Format::Sarif => sarif::report(&examined, !unreadable),
    };
    print(
        &report,
        if unreadable {
            UNREADABLE
        } else if blocks {
            PROBLEMS
        } else {
            NO_PROBLEMS
        },
    )
}

/// A file's text; `-` is standard input.
fn read(file: &str) -> Result<Decoded, String> {
    let mut bytes = Vec::new();
    let outcome =
        if file == "-" { std::io::stdin().read_to_end(&mut bytes).map(|_| ()) } else { std::fs::read(file).map(|read| bytes = read) };
    outcome.map_err(|error| error.to_string())?;
    identity_portal::parsing::decode(bytes).ok_or_else(|| "this is not text in UTF-8, UTF-16 or Windows-1252".to_owned())
}

/// Prints, and exits with `code`. A closed pipe (`| head`) is not an error.
fn print(text: &str, code: u8) -> ExitCode {
    let _ = std::io::stdout().write_all(text.as_bytes());
    ExitCode::from(code)
}

fn print_error(text: &str) {
    let _ = writeln!(std::io::stderr(), "identity-check: {}", inert::line(text));
}
