//! Tests of what `docs/identity-check.md` says: the steps are run as a pipeline's shell does.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test may")]

mod support;

use std::path::Path;
use std::process::Command;

use support::{folder, run};

const DOCS: &str = include_str!("../../docs/identity-check.md");

/// The commands of the documented steps.
fn steps() -> Vec<&'static str> {
    let lines = DOCS.lines().map(|line| line.trim_start().trim_start_matches("- "));
    lines.filter_map(|line| line.strip_prefix("run: ").or(line.strip_prefix("script: "))).collect()
}

/// Runs a step in a folder, with the program in the path.
fn run_step(step: &str, folder: &Path) -> (i32, String) {
    let program = Path::new(env!("CARGO_BIN_EXE_identity-check")).parent().expect("a folder");
    let path = [program.to_str().expect("Unicode"), ":", &std::env::var("PATH").expect("a path")].concat();
    let output = Command::new("bash").args(["-e", "-c", step]).env("PATH", path).current_dir(folder).output().expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("a code"), [text(output.stdout), text(output.stderr)].concat())
}

#[test]
fn the_documented_steps_run() {
    let bicep = "resource a 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {\n  name: 'uami-1'\n  location: 'eastus'\n}\n";
    let az = "az identity create -g RG1 -n uami-2 -l eastus\n";
    let files = [
        ("config.json", "{\"rules\":{\"regions\":[\"eastus\"]}}"),
        ("infra/main.bicep", bicep),
        ("infra/other.bicep", "param x string = 'a'\n"),
        ("scripts/a.sh", az),
        ("identities.csv", "name,resourceGroup\nuami-3,RG1\n"),
    ];
    assert_eq!(steps().len(), 3);
    for step in steps() {
        let good = folder("documented", &files);
        let (exit, out) = run_step(step, &good);
        assert_eq!(exit, 0, "{step}\n{out}");
        for (file, text) in [("infra/main.bicep", bicep), ("scripts/a.sh", az)] {
            if step.contains(file.split('/').next().expect("a folder")) {
                std::fs::write(good.join(file), text.replace("eastus", "westus")).expect("it is written");
            }
        }
        let (exit, out) = run_step(step, &good);
        assert_eq!(exit, 1, "{step}\n{out}");
        match step {
            _ if step.contains("--format github") => assert!(out.contains("::error file=infra/main.bicep,line=3,col=13,title="), "{out}"),
            _ if step.contains("--format azure") => {
                assert!(out.contains("##vso[task.logissue type=error;sourcepath=scripts/a.sh;linenumber=1;"), "{out}");
            }
            _ => {
                assert!(std::fs::read_to_string(good.join("identities.sarif")).expect("a report").contains("\"level\":\"error\""), "{out}");
            }
        }
    }
}

#[test]
fn options_are_documented_as_they_are() {
    let (_, help, _) = run(&["--help"], b"");
    for option in help.split_whitespace().filter(|word| word.starts_with("--") && !["--help", "--version"].contains(word)) {
        assert!(DOCS.contains(&["`", option].concat()), "{option} isn't in the documentation");
    }
    for option in DOCS.split(['`', ' ', '\n']).filter(|word| word.starts_with("--") && word.len() > 3) {
        let is_cargo = ["--release", "--defaults"].contains(&option);
        assert!(is_cargo || help.contains(option), "{option} isn't in the help");
    }
    let languages = DOCS.lines().find(|line| line.contains("`--language NAME`")).expect("a line");
    for language in languages.split('`').skip(3).step_by(2) {
        let (_, _, errors) = run(&["--language", language, "--allow-none", "-"], b"x");
        assert_eq!(errors, "", "{language}");
    }
}
