//! Parses the REST text with a client for `.http` files: what it would send, and that no text is interpreted as a variable or a
//! script.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use identity_portal::arm::azure_cloud::AzureCloud;
use identity_portal::code::{self, Language};
use serde_json::Value;

use crate::skip::skip;
use crate::{cases, readings};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/generated_code/rest_client");

/// The only variable, as written in the text.
const TOKEN: &str = "Authorization: Bearer {{token}}\n";

#[test]
fn a_client_sends_the_plans_requests() {
    let cases = cases::all();
    let texts: Vec<Value> = cases.iter().map(|(_, case)| Value::from(shown(case))).collect();
    let Some(answers) = send(&texts) else { return };
    for (((name, case), text), answer) in cases.iter().zip(&texts).zip(&answers) {
        let requests = answer["requests"].as_array().unwrap_or_else(|| panic!("{name}: {answer}\n{text}"));
        let wanted = readings::of_plan(&case.plan());
        // A client parses the curl commands at the end as one more request, but none of ours.
        let (ours, rest) = requests.split_at(wanted.len());
        assert!(rest.len() == 1 && !rest[0].to_string().contains("the token"), "{name}: {rest:?}");
        let made = ours.iter().map(|request| {
            assert_eq!((&request["method"], &request["headers"]["Authorization"]), (&"PUT".into(), &"Bearer the token".into()), "{name}");
            (request["url"].as_str().expect("an address"), request["body"].as_str().expect("a body"))
        });
        assert_eq!(readings::of_requests(made), wanted, "{name}\n{text}");
    }
}

/// VS Code's REST Client interprets `{{…}}` on one line as a variable, anywhere (its documentation, "Variables"); so does the
/// client of `JetBrains`.
#[test]
fn only_the_token_and_the_principal_are_variables() {
    for (name, case) in cases::all() {
        let text = shown(&case);
        assert!(text.contains(TOKEN), "{name}");
        let principal = "\"principalId\": \"{{principalId}}\"";
        assert!(!text.replace(TOKEN, "").replace(principal, "").contains("{{"), "{name}\n{text}");
    }
}

/// As the code panel shows and saves it.
fn shown(case: &cases::Case) -> String {
    code::file(&case.plan(), Language::Rest, &AzureCloud::default()).text
}

/// What the client would send for each text. `None` if it is unavailable.
fn send(texts: &[Value]) -> Option<Vec<Value>> {
    if let Err(reason) = install() {
        skip("node", &reason);
        return None;
    }
    let mut node =
        Command::new("node").arg("send.mjs").current_dir(FOLDER).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("node starts");
    let mut stdin = node.stdin.take().expect("a pipe");
    stdin.write_all(Value::from(texts.to_vec()).to_string().as_bytes()).expect("node reads");
    drop(stdin);
    let output = node.wait_with_output().expect("node ends");
    assert!(output.status.success(), "send.mjs failed");
    let answers: Vec<Value> = serde_json::from_slice(&output.stdout).expect("send.mjs answers JSON");
    assert_eq!(answers.len(), texts.len());
    Some(answers)
}

/// Installs the client if it is missing or stale, as `cargo xtask setup` does.
fn install() -> Result<(), String> {
    let folder = Path::new(FOLDER);
    // Tests may run in separate processes: the first one installs, the others wait for it.
    let modules: PathBuf = folder.join("node_modules");
    std::fs::create_dir_all(&modules).map_err(|error| with_path(&modules, &error))?;
    let lock = std::fs::File::open(folder.join("package.json")).map_err(|error| with_path(folder, &error))?;
    lock.lock().map_err(|error| with_path(folder, &error))?;
    let wanted = std::fs::read(folder.join("package-lock.json")).map_err(|error| with_path(folder, &error))?;
    let note = modules.join(".installed");
    if std::fs::read(&note).is_ok_and(|noted| noted == wanted) {
        return Ok(());
    }
    println!("installing a REST client into {} (about ten seconds, once)", modules.display());
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let output = Command::new(npm)
        .args(["ci", "--no-audit", "--no-fund"])
        .current_dir(folder)
        .output()
        .map_err(|error| format!("the REST text was not sent: npm could not be run: {error}"))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        return Err(format!(
            "the REST text was not sent: the npm packages of tests/generated_code/rest_client could not be installed:\n{stderr}"
        ));
    }
    std::fs::write(&note, wanted).map_err(|error| with_path(&note, &error))
}

fn with_path(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
