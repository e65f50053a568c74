//! Runs the local cloud's tests: its identity provider, ARM over HTTP, and compatibility with Microsoft's own SDKs.

use std::process::Command;

use anyhow::Result;

use super::{Done, skip, step};
use crate::{cloud, folders, run::command, setup};

pub(super) fn cloud(done: &mut Vec<Done>) -> Result<()> {
    setup::for_cloud()?;
    step(done, "the local cloud's sign-in", &mut node("provider")?)?;
    setup::for_cloud_tests()?;
    // One cloud for all tests.
    let cloud = cloud::start(&[], &["--port-base".to_owned(), "0".to_owned()])?;
    let authority = cloud.certificate_authority();
    step(done, "the local cloud over the wire", with(&mut node("wire")?, &cloud))?;
    step(done, "Microsoft's SDKs for JavaScript", with(&mut node("sdk")?, &cloud).env("NODE_EXTRA_CA_CERTS", authority))?;
    match setup::python_for_cloud()? {
        Some(python) => {
            let mut python = command(python)?;
            python.current_dir(folder("sdk-python")).args(["-B", "-m", "unittest"]).env("REQUESTS_CA_BUNDLE", authority);
            step(done, "Microsoft's SDKs for Python", with(&mut python, &cloud))?;
        }
        None => skip(done, "Microsoft's SDKs for Python", "there is no python3 on this machine".to_owned()),
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
