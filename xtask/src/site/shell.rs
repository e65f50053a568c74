//! Renders the form's first screen to HTML with the app's own components, on the host.

use std::process::{Child, Stdio};

use anyhow::{Context, Result, ensure};

use crate::{
    folders,
    run::{ask, command},
};

const PROGRAM: &str = "shell";

/// The program that prints it, while it is compiled. Compiling ends when this is dropped.
pub(super) struct Shell(Option<Child>);

/// Starts compiling it, on the processor that linking the app leaves idle.
pub(super) fn start() -> Result<Shell> {
    let mut cargo = command("cargo")?;
    // With the features of the whole workspace, what is compiled is what the tests compile.
    cargo.args(["build", "--quiet", "--locked", "--workspace", "--bin", PROGRAM]);
    let child = cargo.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().context("compiling the first screen")?;
    Ok(Shell(Some(child)))
}

impl Shell {
    pub(super) fn print(mut self) -> Result<String> {
        let output = self.0.take().context("the first screen")?.wait_with_output().context("compiling the first screen")?;
        ensure!(output.status.success(), "the first screen could not be compiled:\n{}", String::from_utf8_lossy(&output.stderr));
        let program = folders::target()?.join(format!("debug/{PROGRAM}{}", std::env::consts::EXE_SUFFIX));
        let markup = ask(&mut command(program)?).unwrap_or_default();
        ensure!(!markup.is_empty(), "the first screen could not be rendered");
        Ok(markup)
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        if let Some(child) = &mut self.0 {
            // It may have ended by itself.
            drop(child.kill());
            drop(child.wait());
        }
    }
}
