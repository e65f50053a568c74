//! Runs the local cloud's tests: its identity provider, ARM over HTTP, and compatibility with Microsoft's own SDKs.

use std::process::Command;

use anyhow::Result;

use super::{Done, skip, step};
use crate::{cloud, folders, progress::Step, run::command, setup};

const SIGN_IN: Step = Step { name: "the local cloud's sign-in", usual: 10 };
const WIRE: Step = Step { name: "the local cloud over the wire", usual: 30 };
const JAVASCRIPT: Step = Step { name: "Microsoft's SDKs for JavaScript", usual: 45 };
const PYTHON: Step = Step { name: "Microsoft's SDKs for Python", usual: 12 };
pub(super) const STEPS: [Step; 4] = [SIGN_IN, WIRE, JAVASCRIPT, PYTHON];

pub(super) fn cloud(done: &mut Vec<Done>) -> Result<()> {
    setup::for_cloud()?;
    step(done, SIGN_IN, &mut node("provider")?)?;
    setup::for_cloud_tests()?;
    // One cloud for all tests.
    let cloud = cloud::start(&[], &["--port-base".to_owned(), "0".to_owned()])?;
    let authority = cloud.certificate_authority();
    step(done, WIRE, with(&mut node("wire")?, &cloud))?;
    step(done, JAVASCRIPT, with(&mut node("sdk")?, &cloud).env("NODE_EXTRA_CA_CERTS", authority))?;
    match setup::python_for_cloud()? {
        Some(python) => {
            let mut python = command(python)?;
            python.current_dir(folder("sdk-python")).args(["-B", "-m", "unittest"]).env("REQUESTS_CA_BUNDLE", authority);
            step(done, PYTHON, with(&mut python, &cloud))?;
        }
        None => skip(done, PYTHON, "there is no python3 on this machine".to_owned()),
    }
    Ok(())
}

fn with<'a>(command: &'a mut Command, cloud: &cloud::Cloud) -> &'a mut Command {
    command.env("LOCAL_CLOUD", cloud.addresses())
}

/// Node's test runner, which finds `*.test.mjs` below the folder.
fn node(name: &str) -> Result<Command> {
    let mut node = setup::node()?;
    // One file at a time, since some change the state of the whole cloud.
    node.current_dir(folder(name)).args(["--test", "--test-concurrency=1", "--test-reporter=spec"]);
    Ok(node)
}

fn folder(name: &str) -> std::path::PathBuf {
    folders::checkout().join("tests/cloud").join(name)
}
