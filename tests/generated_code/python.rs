//! The Python parsers that read texts back, in a virtual environment in the user's cache.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

use crate::skip::skip;

const REQUIREMENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/generated_code/requirements.txt");
const READ_BACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/generated_code/read_back.py");

/// The resources in each job's text, in the order of the jobs. `None` if the parsers are unavailable.
pub(crate) fn read_back(jobs: &[Value]) -> Option<Vec<Value>> {
    static INTERPRETER: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let interpreter = match INTERPRETER.get_or_init(interpreter) {
        Ok(interpreter) => interpreter,
        Err(reason) => {
            skip("python", reason);
            return None;
        }
    };
    let mut python = Command::new(interpreter)
        .arg(READ_BACK)
        .env("PYTHONIOENCODING", "utf-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let mut stdin = python.stdin.take().expect("a pipe");
    stdin.write_all(Value::from(jobs.to_vec()).to_string().as_bytes()).expect("Python reads");
    drop(stdin);
    let output = python.wait_with_output().expect("Python ends");
    assert!(output.status.success(), "read_back.py failed");
    let answers: Vec<Value> = serde_json::from_slice(&output.stdout).expect("read_back.py answers JSON");
    assert_eq!(answers.len(), jobs.len());
    Some(answers)
}

/// The interpreter from `IDENTITY_PORTAL_PYTHON`, or from the cached environment, which is created if missing or stale.
fn interpreter() -> Result<PathBuf, String> {
    if let Some(python) = std::env::var_os("IDENTITY_PORTAL_PYTHON") {
        return Ok(python.into());
    }
    let folder = cache().ok_or("the generated code was not read back: no cache folder is known; set IDENTITY_PORTAL_CACHE")?.join("python");
    // Tests may run in separate processes: the first one installs, the others wait for it.
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let lock = std::fs::File::create(folder.join("lock")).map_err(|error| format!("{}: {error}", folder.display()))?;
    lock.lock().map_err(|error| format!("{}: {error}", folder.display()))?;
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let wanted = std::fs::read_to_string(REQUIREMENTS).map_err(|error| format!("{REQUIREMENTS}: {error}"))?;
    let stamp = folder.join("requirements.txt");
    if python.exists() && std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    println!("installing the Python parsers into {} (about half a minute, once)", folder.display());
    let base = ["python3", "python"]
        .into_iter()
        .find(|name| {
            Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
        })
        .ok_or("the generated code was not read back: there is no python3 on this machine")?;
    run(base.as_ref(), &["-m", "venv", &folder.to_string_lossy()])?;
    run(&python, &["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", REQUIREMENTS])?;
    std::fs::write(&stamp, wanted).map_err(|error| format!("{}: {error}", stamp.display()))?;
    Ok(python)
}

fn cache() -> Option<PathBuf> {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    variable("IDENTITY_PORTAL_CACHE")
        .or_else(|| Some(variable("HOME").or_else(|| variable("USERPROFILE"))?.join(".cache").join("identity-portal")))
}

fn run(program: &Path, arguments: &[&str]) -> Result<(), String> {
    let output = Command::new(program).args(arguments).output().map_err(|error| format!("{}: {error}", program.display()))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!(
        "the generated code was not read back: the Python packages of tests/generated_code/requirements.txt could not be installed. \
         Is the package registry reachable? `{} {}` said:\n{}",
        program.display(),
        arguments.join(" "),
        String::from_utf8_lossy(&output.stderr)
    ))
}
