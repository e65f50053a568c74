//! Tests of the report formats and the language.
#![expect(clippy::expect_used, reason = "a test may")]

mod support;

use serde_json::{Value, json};
use support::{file, folder, run, run_in};

/// The language as JSON reports it.
fn kind(arguments: &[&str], text: &str) -> Value {
    let arguments = [&["--format", "json", "--allow-none"], arguments, &["-"]].concat();
    let (_, out, errors) = run(&arguments, text.as_bytes());
    let report: Value = serde_json::from_str(&out).expect(&errors);
    report["files"][0]["kind"].clone()
}

#[test]
fn the_language_can_be_given() {
    for (name, expected) in [
        ("bash", "bash"),
        ("powershell", "powershell"),
        ("cmd", "cmd"),
        ("json", "arm-template"),
        ("bicep", "bicep"),
        ("bicepparam", "bicep-parameters"),
        ("terraform", "terraform"),
        ("tfvars", "terraform-variables"),
        ("http", "request"),
        ("csv", "csv"),
        ("yaml", "yaml"),
        ("makefile", "makefile"),
        ("dockerfile", "dockerfile"),
        ("markdown", "markdown"),
        ("notebook", "notebook"),
    ] {
        assert_eq!(kind(&["--language", name], "az identity create -g RG1 -n uami-1\n"), expected);
        assert_eq!(kind(&["--language", name], "hello\n"), expected);
    }
    assert_eq!(kind(&[], "az identity create -g RG1 -n uami-1\n"), "bash");
    // In PowerShell, a backslash doesn't continue a line.
    let text = "az identity create -g RG1 -n 'a' \\\n  -l eastus\n";
    assert_ne!(run(&["--language=powershell", "-"], text.as_bytes()).1, run(&["--language=bash", "-"], text.as_bytes()).1);
    let (exit, _, errors) = run(&["--language", "cobol", "-"], b"");
    assert_eq!(exit, 2);
    assert!(errors.contains("--language must be bash, powershell,") && errors.contains("or notebook, not cobol."), "{errors}");
}

#[test]
fn how_files_were_read_is_said() {
    let (_, out, _) = run(&["--verbose", "-"], b"az identity create -g RG1 -n uami-1\n");
    assert!(out.starts_with("-: read as Bash commands. Identities: 1.\n"), "{out}");
    assert!(out.ends_with("Files: 1 (Bash commands). Identities: 1. Errors: 0. Warnings: 0.\n"), "{out}");
}

#[test]
fn annotations_of_github_are_escaped() {
    let top = folder("github", &[("a, b: 100%.sh", "az identity create -g RG1 -n a%b\naz identity create -g RG1 -n under_score\n")]);
    let (exit, out, _) = run_in(&top, &["--format", "github", "./a, b: 100%.sh"]);
    assert_eq!(exit, 1);
    let lines: Vec<&str> = out.lines().filter(|line| !line.contains(": note: ")).collect();
    assert_eq!(
        lines,
        [
            "::error file=a%2C b%3A 100%25.sh,line=1,col=30,title=identity-check name::a%25b: name: Use only letters (a-z, A-Z), digits, hyphens and underscores. Remove “%25”.",
            "::warning file=a%2C b%3A 100%25.sh,line=2,col=30,title=identity-check name::under_score: name: Azure accepts underscores, but some guidance allows only letters, digits and hyphens. A hyphen is safer.",
            "Files: 1 (Bash commands). Identities: 2. Errors: 1. Warnings: 1.",
        ]
    );
}

#[test]
fn issues_of_azure_pipelines_are_escaped() {
    let top = folder("azure", &[("a;b]100%.sh", "az identity create -g RG1 -n a%b\naz identity create -g RG1 -n under_score\n")]);
    let (exit, out, _) = run_in(&top, &["--format", "azure", "a;b]100%.sh"]);
    assert_eq!(exit, 1);
    let issues: Vec<&str> = out.lines().filter(|line| line.starts_with("##")).collect();
    assert_eq!(
        issues,
        [
            "##vso[task.logissue type=error;sourcepath=a%3Bb%5D100%AZP25.sh;linenumber=1;columnnumber=30]a%AZP25b: name: Use only letters (a-z, A-Z), digits, hyphens and underscores. Remove “%AZP25”.",
            "##vso[task.logissue type=warning;sourcepath=a%3Bb%5D100%AZP25.sh;linenumber=2;columnnumber=30]under_score: name: Azure accepts underscores, but some guidance allows only letters, digits and hyphens. A hyphen is safer.",
        ]
    );
}

#[test]
fn a_checked_file_cannot_add_annotations() {
    let hostile = [
        "::set-output name=x::y",
        "a\n::error::x\n##vso[task.complete]",
        "\r##[error]x",
        "x]##vso[task.setvariable variable=a]b",
        "a::error file=b::c",
        "%0A::error::x",
        "%AZP25\u{1b}[2J",
    ];
    for (index, name) in hostile.iter().enumerate() {
        let text = json!({ "location": name, "name": name, "tags": { *name: name } }).to_string();
        let path = file(&format!("hostile-{index}.json"), &text);
        for (format, start) in [("github", "::error file="), ("azure", "##vso[task.logissue type=")] {
            let (exit, out, errors) = run(&["--format", format, &path], b"");
            assert_eq!((exit, errors.as_str()), (1, ""), "{out}");
            for line in out.lines() {
                let command = line.starts_with("::") || line.contains("##");
                assert!(!command || line.starts_with(start) || line.starts_with("::warning file="), "{line}");
                assert!(line.matches("##").count() <= 1, "{line}");
                assert!(!line.contains(|letter: char| letter.is_control()), "{line}");
                assert!(!command || !line.contains("%0A"), "{line}");
            }
        }
    }
}

/// The words of a form, which a command doesn't have.
#[test]
fn the_program_speaks_as_a_command() {
    let sources = [
        include_str!("../src/finding.rs"),
        include_str!("../src/files.rs"),
        include_str!("../src/arguments.rs"),
        include_str!("../src/main.rs"),
        include_str!("../src/text.rs"),
    ];
    for line in sources.iter().flat_map(|source| source.lines()) {
        let said = !line.trim_start().starts_with("//");
        let form = ["below", "from the list", "in this form", "Choose", "Select"].into_iter().find(|word| line.contains(word));
        assert!(!said || form.is_none(), "{line}");
    }
}

/// Linux has a device that is always full.
#[cfg(target_os = "linux")]
#[test]
fn a_report_that_cannot_be_written_is_an_error() {
    use std::process::{Command, Stdio};
    let full = std::fs::File::options().write(true).open("/dev/full").expect("it is there");
    let mut command = Command::new(env!("CARGO_BIN_EXE_identity-check"));
    let child = command.arg("-").stdin(Stdio::null()).stdout(full).stderr(Stdio::piped()).output().expect("it runs");
    assert_eq!(child.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&child.stderr).contains("the report couldn't be written"));
}
