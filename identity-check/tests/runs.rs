//! The program itself, run as a pipeline runs it.
#![expect(clippy::expect_used, reason = "a test may")]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// Exit code, what it printed, what it complained.
fn run(arguments: &[&str], input: &[u8]) -> (i32, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_identity-check"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    // It may end before it has read all.
    let _ = child.stdin.take().expect("its input").write_all(input);
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
}

/// A file for one test.
fn file(name: &str, text: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).expect("it is written");
    path.to_string_lossy().into_owned()
}

const GOOD: &str = "az identity create -g RG1 -n uami-apl2003\n";
const BAD: &str = "#!/bin/bash\naz identity create -g RG1 \\\n  -n 'a b'\n";

#[test]
fn the_exit_code_tells_how_it_went() {
    let rules = file(
        "rules.json",
        r#"{"rules":{"requiredTags":[{"name":"Env"}],"name":{"pattern":"uami-(?!x)[a-z0-9-]+","message":"Begin with uami-."}}}"#,
    );
    let broken = file("broken.json", "{\"rules\":{\"nmae\":1}}");
    let table: [(&[&str], &str, i32, &str); 17] = [
        (&["-"], GOOD, 0, "Identities: 1. Errors: 0. Warnings: 0."),
        (&["-"], BAD, 1, "-:3:6: error: a b: name: Use only the letters a to z"),
        (&["-"], "az identity create -g RG1 -n under_score", 0, "warning: under_score: name"),
        (&["--strict", "-"], "az identity create -g RG1 -n under_score", 1, "Warnings: 1."),
        (&["-"], "", 1, "There is nothing in this file."),
        (&["-"], "hello", 1, "-:1:1: error: text: This is none of the languages"),
        (&["--rules", &rules, "-"], GOOD, 1, "-:1:1: error: uami-apl2003: tags: Add the tag Env"),
        (&["--rules", &rules, "-"], "az identity create -g RG1 -n uami-x --tags Env=a", 1, "Begin with uami-."),
        (&["--rules", &rules, "-"], "az identity create -g RG1 -n uami-apl2003 --tags Env=a", 0, "Errors: 0."),
        (&["--rules", &broken, "-"], GOOD, 2, "rules.nmae means nothing here"),
        (&["--rules", "nowhere.json", "-"], GOOD, 2, "nowhere.json"),
        (&["nowhere.sh"], "", 2, "nowhere.sh"),
        (&[], "", 2, "Name a file"),
        (&["--format", "xml", "-"], GOOD, 2, "--format is text, json or sarif, not xml."),
        (&["--frobnicate"], GOOD, 2, "There is no option --frobnicate."),
        (&["--help"], "", 0, "Usage: identity-check [OPTIONS] FILE..."),
        (&["--version"], "", 0, "identity-check "),
    ];
    for (arguments, input, code, said) in table {
        let (exit, out, complained) = run(arguments, input.as_bytes());
        assert_eq!(exit, code, "{arguments:?} {input}\n{out}\n{complained}");
        assert!([out.as_str(), &complained].concat().contains(said), "{arguments:?} {input}\n{out}\n{complained}");
    }
}

#[test]
fn one_file_that_cannot_be_read_does_not_hide_the_others() {
    let bad = file("bad.sh", BAD);
    let (exit, out, complained) = run(&["nowhere.sh", &bad], b"");
    assert_eq!(exit, 2);
    assert!(out.contains("bad.sh:3:6: error") && complained.contains("nowhere.sh"), "{out}{complained}");
}

#[test]
fn texts_of_other_encodings_are_read_or_refused() {
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(GOOD.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(run(&["-"], &wide).0, 0);
    assert_eq!(run(&["-"], b"\xef\xbb\xbfname,group\r\nuami-1,RG1\r\n").0, 0);
    assert_eq!(run(&["-"], b"name,rg\ruami-1,RG1\ruami-2,RG1\r").0, 0);
    for bytes in [b"az identity create -n \xff\xff".as_slice(), b"a\0z\0 \0i\0d\0", b"az identity create -g RG1 -n a\0b"] {
        let (exit, _, complained) = run(&["-"], bytes);
        assert_eq!(exit, 2);
        assert!(complained.contains("no text in UTF-8"), "{complained}");
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

#[test]
fn sarif_is_as_the_standard_has_it() {
    let schema = jsonschema::validator_for(&serde_json::from_str(include_str!("sarif-shape.json")).expect("JSON")).expect("a schema");
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
