//! Runs other programs. Errors name the program and its purpose.

use std::{
    ffi::OsString,
    io::{BufRead, BufReader, IsTerminal, Read, stderr},
    path::Path,
    process::{Command, Stdio},
    thread,
};

use anyhow::{Context, Result, bail};

use crate::folders;

/// Prints a progress message.
pub(crate) fn say(what: &str) {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    eprintln!("{} {what}", mark(stderr().is_terminal() && !no_color));
}

/// What progress messages begin with: bold on a terminal, unless `NO_COLOR` is set (no-color.org).
fn mark(is_bold: bool) -> &'static str {
    if is_bold { "\x1b[1m·\x1b[0m" } else { "·" }
}

/// A command that prefers our tools to the system's, and builds into the shared target folder.
pub(crate) fn command(program: impl AsRef<std::ffi::OsStr>) -> Result<Command> {
    let mut command = Command::new(program);
    command.current_dir(folders::checkout()).env("PATH", search_path()?).env("CARGO_TARGET_DIR", folders::target()?);
    if let Some(toolchain) = folders::toolchain()? {
        command.env("RUSTUP_TOOLCHAIN", toolchain);
    }
    Ok(command)
}

/// `PATH` with the folders of our own tools first.
pub(crate) fn search_path() -> Result<OsString> {
    let tools = folders::tools()?;
    let ours = [tools.join("bin"), tools.join("node/node_modules/.bin")];
    let system = std::env::var_os("PATH").unwrap_or_default();
    let all = ours.into_iter().chain(std::env::split_paths(&system));
    std::env::join_paths(all).context("a folder in PATH has an invalid name")
}

/// Runs a command to completion and shows its output.
pub(crate) fn run(command: &mut Command, purpose: &str) -> Result<()> {
    let status = command.status().with_context(|| format!("{purpose}: `{}` could not be started", name(command)))?;
    if !status.success() {
        bail!("{purpose}: `{}` failed", name(command));
    }
    Ok(())
}

/// Runs a command silently and returns its output, or `None` if it is missing or fails.
pub(crate) fn ask(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a command to completion, shows its output as it comes, and returns whether it succeeded and the output.
pub(crate) fn watch(command: &mut Command, purpose: &str) -> Result<(bool, String)> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("{purpose}: `{}` could not be started", name(command)))?;
    let errors = child.stderr.take().map(|stream| thread::spawn(move || echo(stream, true)));
    let mut text = child.stdout.take().map(|stream| echo(stream, false)).unwrap_or_default();
    if let Some(Ok(more)) = errors.map(thread::JoinHandle::join) {
        text.push_str(&more);
    }
    Ok((child.wait()?.success(), text))
}

fn echo(stream: impl Read, to_errors: bool) -> String {
    let mut all = String::new();
    for line in BufReader::new(stream).lines().map_while(Result::ok) {
        if to_errors {
            eprintln!("{line}");
        } else {
            println!("{line}");
        }
        all.push_str(&line);
        all.push('\n');
    }
    all
}

fn name(command: &Command) -> String {
    Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn only_a_terminal_gets_escape_codes() {
        assert_eq!(mark(false), "·");
        assert!(mark(true).starts_with('\x1b') && mark(true).contains(mark(false)));
    }
}
