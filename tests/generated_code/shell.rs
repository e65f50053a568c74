//! Runs the bash texts in bash: the arguments of each `az` and `curl` call, and how the real Azure CLI parses them.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use identity_portal::arm::azure_cloud::AzureCloud;
use identity_portal::code::{Language, curl, render};
use serde_json::Value;

use crate::readings::{self, Reading};
use crate::skip::skip;
use crate::{cases, python};

#[test]
fn azure_cli_matches_the_plan() {
    let Some(shell) = Shell::new("az") else { return };
    let cases = cases::all();
    let jobs: Vec<Value> = cases
        .iter()
        .map(|(_, case)| {
            let calls = shell.run(&render(&case.plan(), Language::AzureCli, &AzureCloud::default()).text);
            let arguments: Vec<&[String]> =
                calls.iter().map(|call| call.strip_prefix(&["az".to_owned()][..]).expect("az is called")).collect();
            serde_json::json!({ "language": "az", "text": arguments })
        })
        .collect();
    let Some(answers) = python::read_back(&jobs) else { return };
    for (((name, case), job), answer) in cases.iter().zip(&jobs).zip(&answers) {
        let Some(made) = answer["made"].as_object() else {
            panic!("{name}: {}\n{}", answer["error"].as_str().unwrap_or_default(), job["text"]);
        };
        let mut reading: Reading = made.iter().map(|(id, body)| (id.clone(), body.clone())).collect();
        let is_placed = |id: &String| id.ends_with(&format!("userAssignedIdentities/{}", case.name)) || !id.contains("/providers/");
        for (_, body) in reading.iter_mut().filter(|(id, body)| is_placed(id) && body.get("location").is_none()) {
            // Without a region, the CLI uses the group's.
            body["location"] = Value::from(if case.group_is_new { "eastus" } else { case.group_region });
        }
        assert_eq!(reading, readings::of_plan(&case.plan()), "{name}\n{}", job["text"]);
    }
}

#[test]
fn curl_matches_the_plan() {
    let Some(shell) = Shell::new("curl") else { return };
    for (name, case) in cases::all() {
        let calls = shell.run(&curl(&case.plan(), &AzureCloud::default()).text);
        let (token, requests) = calls.split_first().expect("a token is fetched first");
        assert_eq!(token[..], ["az", "account", "get-access-token", "--query", "accessToken", "--output", "tsv"]);
        let requests: Vec<(&str, &str)> = requests
            .iter()
            .filter(|call| !is_principal_read(call))
            .map(|call| {
                let call: Vec<&str> = call.iter().map(String::as_str).collect();
                let [
                    "curl",
                    "--fail-with-body",
                    "--request",
                    "PUT",
                    "--url",
                    url,
                    "--header",
                    "Authorization: Bearer the token",
                    "--header",
                    "Content-Type: application/json",
                    "--data-raw",
                    body,
                ] = call[..]
                else {
                    panic!("{name}: {call:?}");
                };
                assert!(!url.contains(['{', '}', '[', ']']), "curl would take {url} for several");
                (url, body)
            })
            .collect();
        assert_eq!(readings::of_requests(requests.into_iter()), readings::of_plan(&case.plan()), "{name}");
    }
}

#[test]
fn the_line_that_selects_another_cloud_is_one_command() {
    let Some(shell) = Shell::new("cloud") else { return };
    let [known, own] = cases::other_clouds();
    let chosen = |cloud: &AzureCloud| {
        let text = render(&cases::shortest().plan(), Language::AzureCli, cloud).text;
        shell.run(text.lines().next().and_then(|line| line.strip_prefix("# ")).expect("a comment"))
    };
    assert_eq!(chosen(&known), [&["az", "cloud", "set", "--name", "AzureUSGovernment"][..], &["az", "login"]]);
    // A line break in the name would end the comment; it becomes a space.
    let (name, endpoint) = ("Lo'cal \"$(id)\" rm -r /", "https://arm.local.example:8443");
    let register = ["az", "cloud", "register", "--name", name, "--endpoint-resource-manager", endpoint];
    assert_eq!(chosen(&own), [&register[..], &["az", "cloud", "set", "--name", name], &["az", "login"]]);
}

#[test]
fn the_deploy_commands_are_complete() {
    let Some(shell) = Shell::new("deploy") else { return };
    for (name, case) in cases::all() {
        let text = render(&case.plan(), Language::Bicep, &AzureCloud::default()).text;
        let command = text.lines().next().and_then(|line| line.strip_prefix("// ")).expect("a command");
        let call = shell.run(&format!("{command}\n")).pop().expect("a call");
        let group = if case.group.starts_with('-') { vec![format!("-g={}", case.group)] } else { vec!["-g".into(), case.group.into()] };
        let head: Vec<String> = if case.group_is_new {
            ["az", "deployment", "sub", "create", "-l", "eastus"].map(str::to_owned).to_vec()
        } else {
            ["az", "deployment", "group", "create"].map(str::to_owned).into_iter().chain(group).collect()
        };
        let tail = ["-f", "main.bicep", "--subscription", cases::SUBSCRIPTION].map(str::to_owned);
        assert_eq!(call, head.into_iter().chain(tail).collect::<Vec<_>>(), "{name}");
    }
}

/// Whether a call reads the object id of the identity.
pub(crate) fn is_principal_read(call: &[String]) -> bool {
    call.get(..3).is_some_and(|words| words == ["az", "identity", "show"])
}

/// bash with an `az` and a `curl` that record their arguments.
pub(crate) struct Shell {
    folder: PathBuf,
}

impl Shell {
    /// `None` if there is no bash.
    pub(crate) fn new(name: &str) -> Option<Self> {
        if Command::new("bash").args(["-c", ":"]).status().is_err() {
            skip("bash", "there is no bash on this machine");
            return None;
        }
        let folder = std::env::temp_dir().join(format!("identity-portal-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        for tool in ["az", "curl"] {
            let script = format!("#!/bin/sh\nprintf '%s\\0' \"$#\" {tool} \"$@\" >>\"$CALLS\"\necho 'the token'\n");
            let path = folder.join(tool);
            std::fs::write(&path, script).expect("a file");
            make_executable(&path);
        }
        Some(Self { folder })
    }

    /// The calls of `script`, each with its arguments. bash runs it as at a prompt, where `!` expands history.
    pub(crate) fn run(&self, script: &str) -> Vec<Vec<String>> {
        let calls = self.folder.join("calls");
        std::fs::write(&calls, "").expect("a file");
        let path = std::env::join_paths(
            std::iter::once(self.folder.clone()).chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
        );
        let mut bash = Command::new("bash")
            .args(["--noprofile", "--norc"])
            .env("PATH", path.expect("a path"))
            .env("CALLS", &calls)
            .env("HISTFILE", "")
            .current_dir(&self.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("bash starts");
        let mut stdin = bash.stdin.take().expect("a pipe");
        let prompt = format!("set -o history -o histexpand\nset -u\n{script}");
        std::io::Write::write_all(&mut stdin, prompt.as_bytes()).expect("bash reads");
        drop(stdin);
        let output = bash.wait_with_output().expect("bash ends");
        let complaints = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && complaints.is_empty(), "{complaints}\n{script}");
        let written = std::fs::read_to_string(&calls).expect("UTF-8");
        let mut words = written.split_terminator('\0').map(str::to_owned);
        let mut all = Vec::new();
        while let Some(count) = words.next() {
            let count: usize = count.parse().expect("a number");
            all.push(words.by_ref().take(count + 1).collect());
        }
        all
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        // A folder left behind in the temporary folder is harmless.
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

#[cfg(unix)]
fn make_executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("a mode");
}

#[cfg(not(unix))]
fn make_executable(_path: &Path) {}
