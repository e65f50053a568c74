//! Tests of the program itself, run as in a pipeline.
#![expect(clippy::expect_used, reason = "a test may")]

mod support;

use std::process::Command;

use serde_json::{Value, json};
use support::{file, run};

const GOOD: &str = "az identity create -g RG1 -n uami-apl2003\n";
const BAD: &str = "#!/bin/bash\naz identity create -g RG1 \\\n  -n 'a b'\n";

#[test]
fn the_exit_code_reports_the_result() {
    let rules = file(
        "rules.json",
        r#"{"rules":{"requiredTags":[{"name":"Env"}],"name":{"pattern":"uami-[a-wyz0-9][a-z0-9-]*","message":"Begin with uami-."}}}"#,
    );
    let broken = file("broken.json", "{\"rules\":{\"nmae\":1}}");
    let pattern =
        |pattern: &str| file(&format!("pattern-{}.json", pattern.len()), &json!({"rules":{"name":{"pattern":pattern}}}).to_string());
    let (unclosed, look, freezes) = (pattern("uami-["), pattern("uami-(?!x).*"), pattern("id-([a-z0-9]+[-_]?)+"));
    let slow = format!("az identity create -g RG1 -n id-{}--", "a".repeat(60));
    let table: [(&[&str], &str, i32, &str); 20] = [
        (&["--rules", &unclosed, "-"], GOOD, 2, "rules.name.pattern is uami-[, which can't be used"),
        (&["--rules", &look, "-"], GOOD, 2, "lookahead and lookbehind are not supported"),
        (&["--rules", &freezes, "-"], &slow, 1, "doesn't follow your organisation's naming rule"),
        (&["-"], GOOD, 0, "Identities: 1. Errors: 0. Warnings: 0."),
        (&["-"], BAD, 1, "-:3:6: error: a b: name: Use only letters (a-z, A-Z)"),
        (&["-"], "az identity create -g RG1 -n under_score", 0, "warning: under_score: name"),
        (&["--strict", "-"], "az identity create -g RG1 -n under_score", 1, "Warnings: 1."),
        (&["-"], "", 1, "There is nothing in this file."),
        (&["-"], "hello", 1, "-:1:1: error: text: This language isn't recognised"),
        (&["--rules", &rules, "-"], GOOD, 1, "-:1:1: error: uami-apl2003: tags: Add the tag Env"),
        (&["--rules", &rules, "-"], "az identity create -g RG1 -n uami-x --tags Env=a", 1, "Begin with uami-."),
        (&["--rules", &rules, "-"], "az identity create -g RG1 -n uami-apl2003 --tags Env=a", 0, "Errors: 0."),
        (&["--rules", &broken, "-"], GOOD, 2, "rules.nmae is not a known setting"),
        (&["--rules", "nowhere.json", "-"], GOOD, 2, "nowhere.json"),
        (&["nowhere.sh"], "", 2, "nowhere.sh"),
        (&[], "", 2, "Name a file or folder"),
        (&["--format", "xml", "-"], GOOD, 2, "--format must be text, json, sarif, github or azure, not xml."),
        (&["--frobnicate"], GOOD, 2, "Unknown option --frobnicate."),
        (&["--help"], "", 0, "Usage: identity-check [OPTIONS] FILE..."),
        (&["--version"], "", 0, "identity-check "),
    ];
    for (arguments, input, code, said) in table {
        let (exit, out, errors) = run(arguments, input.as_bytes());
        assert_eq!(exit, code, "{arguments:?} {input}\n{out}\n{errors}");
        assert!([out.as_str(), &errors].concat().contains(said), "{arguments:?} {input}\n{out}\n{errors}");
    }
}

#[test]
fn an_unreadable_file_does_not_hide_the_others() {
    let bad = file("bad.sh", BAD);
    let (exit, out, errors) = run(&["nowhere.sh", &bad], b"");
    assert_eq!(exit, 2);
    assert!(out.contains("bad.sh:3:6: error") && errors.contains("nowhere.sh"), "{out}{errors}");
}

#[test]
fn texts_of_other_encodings_are_read_or_refused() {
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(GOOD.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(run(&["-"], &wide).0, 0);
    assert_eq!(run(&["-"], &wide[2..]).0, 0);
    assert_eq!(run(&["-"], b"\xef\xbb\xbfname,group\r\nuami-1,RG1\r\n").0, 0);
    assert_eq!(run(&["-"], b"name,rg\ruami-1,RG1\ruami-2,RG1\r").0, 0);
    let (exit, out, _) = run(&["-"], b"az identity create -g RG1 -n uami-1 --tags Owner=COMPA\xd1IA");
    assert_eq!(exit, 0);
    assert!(out.contains("note: text: Read as Windows-1252"), "{out}");
    for bytes in [b"az identity create -n \x81".as_slice(), b"a\0z\0 \0i\0d", b"az identity create -g RG1 -n a\0b"] {
        let (exit, _, errors) = run(&["-"], bytes);
        assert_eq!(exit, 2);
        assert!(errors.contains("not text in UTF-8"), "{errors}");
    }
}

#[test]
fn json_holds_everything_that_was_read() {
    let (exit, out, _) = run(&["--format=json", "-"], b"name,rg,region,tag.Env\nuami-1,RG1,East US,prod\nx,RG1,,\n");
    let report: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(exit, 1);
    let file = &report["files"][0];
    assert_eq!((&file["file"], &file["kind"]), (&json!("-"), &json!("csv")));
    let first = &file["identities"][0];
    assert_eq!(first["tags"], json!({ "Env": "prod" }));
    assert_eq!(
        (&first["name"], &first["resourceGroup"], &first["region"], &first["line"]),
        (&json!("uami-1"), &json!("RG1"), &json!("eastus"), &json!(2))
    );
    let worst = &file["identities"][1]["problems"][0];
    assert_eq!(
        (&worst["level"], &worst["subject"], &worst["line"], &worst["column"]),
        (&json!("error"), &json!("name"), &json!(3), &json!(1))
    );
}

/// The schema of OASIS, which the package `serde-sarif` holds.
fn official_schema() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")])
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let manifest = packages.iter().find(|package| package["name"] == "serde-sarif").expect("the package")["manifest_path"].clone();
    let folder = std::path::Path::new(manifest.as_str().expect("a path")).parent().expect("a folder");
    let schema: Value = serde_json::from_slice(&std::fs::read(folder.join("src/schema.json")).expect("a file")).expect("JSON");
    assert_eq!(schema["title"], "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema");
    schema
}

#[test]
fn sarif_follows_the_standard() {
    let schema = jsonschema::validator_for(&official_schema()).expect("a schema");
    // The schema refuses what isn't SARIF.
    assert!(!schema.is_valid(&json!({ "version": "2.1.0", "runs": [{ "tool": {} }] })));
    let spaced = file("with spaces & ü.sh", BAD);
    for (arguments, input, results) in [
        (vec!["--format", "sarif", "-"], BAD, true),
        (vec!["--format", "sarif", "-"], "hello", true),
        (vec!["--format", "sarif", "-"], "", true),
        (vec!["--format", "sarif", &spaced], "", true),
        (vec!["--format", "sarif", "nowhere"], "", false),
    ] {
        let (_, out, _) = run(&arguments, input.as_bytes());
        let log: Value = serde_json::from_str(&out).expect("JSON");
        let wrong: Vec<String> = schema.iter_errors(&log).map(|error| format!("{error} at {}", error.instance_path)).collect();
        assert!(wrong.is_empty(), "{wrong:#?}\n{out}");
        let typed: serde_sarif::sarif::Sarif = serde_json::from_str(&out).expect("SARIF");
        assert_eq!(typed.runs.len(), 1);
        let run = &log["runs"][0];
        assert_eq!(run["results"].as_array().is_some_and(|found| !found.is_empty()), results, "{out}");
        for result in run["results"].as_array().into_iter().flatten() {
            let index = usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("a small one");
            assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        }
    }
    let (_, out, _) = run(&["--format", "sarif", "-"], BAD.as_bytes());
    let log: Value = serde_json::from_str(&out).expect("JSON");
    let error = log["runs"][0]["results"]
        .as_array()
        .and_then(|all| all.iter().find(|result| result["level"] == "error").cloned())
        .expect("an error");
    let region = &error["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&error["ruleId"], &region["startLine"], &region["startColumn"]), (&json!("name"), &json!(3), &json!(6)));
}

/// Texts that are pipeline commands, or change how a line is displayed.
const COMMANDS: [&str; 12] = [
    "##vso[task.setvariable variable=token;isOutput=true]stolen",
    "x##vso[task.complete result=Succeeded;]",
    "###vso[task.prependpath]/tmp",
    "##[error]x",
    "##[set-env name=PATH]/tmp",
    "::set-output name=x::y",
    "  ::add-mask::e",
    "::stop-commands::x",
    "##teamcity[buildStatus text='x']",
    "a\n##vso[task.complete]\n::error::x",
    "a\r::error::x\u{2028}::error::y\u{85}",
    "\u{1b}[2J\u{9b}2J\u{202e}txt.exe\u{200b}\u{e0041}",
];

/// Fails if a line of `output` is a command, or contains hidden characters.
fn assert_inert(output: &str) {
    assert!(!output.contains("##"), "{output}");
    let hidden = |letter: char| letter != '\n' && identity_portal::visible::is_hidden(letter);
    assert!(!output.chars().any(hidden), "{output:?}");
    for line in output.lines() {
        assert!(!line.trim_start().starts_with("::"), "{line}");
    }
}

#[test]
fn no_output_is_a_pipeline_command() {
    let strings: Vec<Value> = COMMANDS.iter().map(|text| json!(text)).collect();
    // Wherever a file can contain such a text: the name, the group, the region, a tag.
    for (command, quoted) in COMMANDS.into_iter().zip(&strings) {
        let template = format!(
            r#"{{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","contentVersion":"1.0.0.0","resources":[
            {{"type":"Microsoft.ManagedIdentity/userAssignedIdentities","apiVersion":"2023-01-31","name":{quoted},"location":{quoted},
            "tags":{{{quoted}:{quoted}}},"properties":{{"isolationScope":{quoted}}}}}]}}"#
        );
        for format in ["text", "json", "sarif"] {
            let (exit, out, errors) = run(&["--format", format, "-"], template.as_bytes());
            assert_eq!((exit, errors.as_str()), (1, ""), "{out}");
            assert_inert(&out);
            if format == "json" {
                let report: Value = serde_json::from_str(&out).expect("JSON");
                let identity = &report["files"][0]["identities"][0];
                assert_eq!((&identity["name"], &identity["tags"][command]), (quoted, quoted), "{out}");
            }
        }
        // Invalid arguments are printed, too.
        for arguments in [vec!["--format", command, "-"], vec![command], vec!["--rules", command, "-"]] {
            let (exit, out, errors) = run(&arguments, b"");
            assert_eq!(exit, 2, "{arguments:?}");
            assert_inert(&out);
            assert_inert(&errors);
            assert_eq!(errors.lines().filter(|line| line.starts_with("identity-check: ")).count(), errors.lines().count());
        }
        let (_, out, _) = run(&["-"], format!("{command}\nname,rg\n\"{command}\",x\n").as_bytes());
        assert_inert(&out);
    }
}

#[cfg(unix)]
#[test]
fn a_file_name_is_no_pipeline_command() {
    for name in ["::add-mask::x\n##vso[task.complete]\u{1b}[0m.sh", "##[error].sh"] {
        file(name, BAD);
        for format in ["text", "json", "sarif"] {
            let output = Command::new(env!("CARGO_BIN_EXE_identity-check"))
                .args(["--format", format, name])
                .current_dir(env!("CARGO_TARGET_TMPDIR"))
                .output()
                .expect("it runs");
            assert_eq!(output.status.code(), Some(1));
            assert_inert(&String::from_utf8(output.stdout).expect("UTF-8"));
            assert!(output.stderr.is_empty());
        }
    }
}

#[cfg(unix)]
#[test]
fn a_non_unicode_argument_is_refused() {
    use std::os::unix::ffi::OsStrExt as _;
    let argument = std::ffi::OsStr::from_bytes(b"##vso[x]\xff");
    let output = Command::new(env!("CARGO_BIN_EXE_identity-check")).arg(argument).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    let errors = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(errors.contains("is not Unicode."), "{errors}");
    assert_inert(&errors);
}
