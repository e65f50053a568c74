//! `identity-check FILE…`: what would be wrong with the identities that files make, for pipelines. No cloud is asked.
//!
//! It exits with 0 where nothing blocks, 1 where something does, 2 where a file or the command itself cannot be read.

mod arguments;
mod finding;
mod inert;
mod json;
mod rules;
mod sarif;
mod text;

use std::io::{Read, Write};
use std::process::ExitCode;

use arguments::{Arguments, Format, Wanted};
use finding::Examined;
use identity_portal::parsing::Decoded;
use identity_portal::provisioning::rules::Rules;

/// Nothing blocks.
const FINE: u8 = 0;
/// Something blocks.
const PROBLEMS: u8 = 1;
/// A file could not be read, or the command not be understood.
const UNREADABLE: u8 = 2;

fn main() -> ExitCode {
    let words = std::env::args_os().skip(1).map(std::ffi::OsString::into_string).collect::<Result<Vec<_>, _>>();
    let words = words.map_err(|word| format!("{} is not Unicode.", word.to_string_lossy()));
    let arguments = match words.and_then(arguments::read) {
        Ok(Wanted::Check(arguments)) => arguments,
        Ok(Wanted::Tell(text)) => return print(&text, FINE),
        Err(wrong) => {
            complain(&wrong);
            complain("Try `identity-check --help`.");
            return ExitCode::from(UNREADABLE);
        }
    };
    let rules = match &arguments.rules {
        Some(file) => match rules::read(file) {
            Ok(rules) => rules,
            Err(wrong) => {
                for wrong in wrong {
                    complain(&wrong);
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
            Err(wrong) => {
                complain(&[file, ": ", &wrong].concat());
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
            FINE
        },
    )
}

/// A file's text; `-` is standard input.
fn read(file: &str) -> Result<Decoded, String> {
    let mut bytes = Vec::new();
    let outcome =
        if file == "-" { std::io::stdin().read_to_end(&mut bytes).map(|_| ()) } else { std::fs::read(file).map(|read| bytes = read) };
    outcome.map_err(|error| error.to_string())?;
    identity_portal::parsing::decode(bytes).ok_or_else(|| "this is no text in UTF-8, UTF-16 or Windows-1252".to_owned())
}

/// Prints, and exits with `code`. Whoever stops listening (`| head`) has heard enough.
fn print(text: &str, code: u8) -> ExitCode {
    let _ = std::io::stdout().write_all(text.as_bytes());
    ExitCode::from(code)
}

fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "identity-check: {}", inert::line(text));
}
