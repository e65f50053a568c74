//! Parses PowerShell, Bicep and Terraform back with parsers of these languages, and with Terraform itself if it is installed.

use std::process::{Command, Stdio};

use identity_portal::arm::azure_cloud::AzureCloud;
use identity_portal::code::{Language, render};
use serde_json::Value;

use crate::readings::{self, Reading};
use crate::skip::skip;
use crate::{cases, python};

#[test]
fn powershell_matches_the_plan() {
    check(Language::PowerShell, "powershell");
}

#[test]
fn bicep_matches_the_plan() {
    check(Language::Bicep, "bicep");
}

#[test]
fn terraform_matches_the_plan() {
    check(Language::Terraform, "terraform");
}

fn check(language: Language, reader: &str) {
    let cases = cases::all().into_iter().map(|(name, case)| (name, case, AzureCloud::default()));
    let elsewhere = cases::everyday()
        .into_iter()
        .flat_map(|(name, case)| cases::other_clouds().map(|cloud| ([name, " in ", &cloud.name].concat(), case.clone(), cloud)));
    let cases: Vec<_> = cases.chain(elsewhere).collect();
    let text = |case: &cases::Case, cloud| render(&case.plan(), language, cloud).text;
    let jobs: Vec<Value> =
        cases.iter().map(|(_, case, cloud)| serde_json::json!({ "language": reader, "text": text(case, cloud) })).collect();
    let Some(answers) = python::read_back(&jobs) else { return };
    for (((name, case, _), job), answer) in cases.iter().zip(&jobs).zip(&answers) {
        let Some(made) = answer["made"].as_object() else {
            panic!("{name}: {}\n{}", answer["error"].as_str().unwrap_or_default(), job["text"].as_str().unwrap_or_default());
        };
        // A Bicep file does not name the group it is deployed to.
        let reading: Reading = made.iter().map(|(id, body)| (id.replace("/*/", &format!("/{}/", case.group)), body.clone())).collect();
        assert_eq!(reading, readings::of_plan(&case.plan()), "{name}\n{}", job["text"].as_str().unwrap_or_default());
    }
}

#[test]
fn terraform_itself_reads_the_tags_back_and_accepts_their_format() {
    let there =
        Command::new("terraform").arg("version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success());
    if !there {
        skip("terraform", "terraform is not installed");
        return;
    }
    let folder = std::env::temp_dir().join(format!("identity-portal-terraform-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut config = String::from("locals {\n  all = [\n");
    let mut expected = Vec::new();
    for (index, (name, case)) in cases::all().into_iter().enumerate() {
        let text = render(&case.plan(), Language::Terraform, &AzureCloud::default()).text;
        // Terraform counts a letter with a combining accent as one character; we count code points.
        if !text.contains('\u{301}') {
            std::fs::write(folder.join(format!("case-{index}.tf")), &text).expect("a file");
        }
        if let Some((_, after)) = text.split_once("\n  tags = ") {
            let (tags, _) = after.split_once("\n  }\n").unwrap_or_else(|| panic!("{name}: the tags do not end"));
            config.extend(["    ", tags, "\n  },\n"]);
            expected.push(readings::of_plan(&case.plan()).pop_last().expect("an identity").1["tags"].clone());
        }
    }
    let format = Command::new("terraform").args(["fmt", "-check", "-diff"]).current_dir(&folder).output().expect("terraform runs");
    assert!(format.status.success(), "{}{}", String::from_utf8_lossy(&format.stdout), String::from_utf8_lossy(&format.stderr));
    std::fs::remove_dir_all(&folder).expect("the folder goes");
    std::fs::create_dir_all(&folder).expect("a folder");
    config.push_str("  ]\n}\n");
    std::fs::write(folder.join("main.tf"), config).expect("a file");
    let mut console = Command::new("terraform")
        .arg("console")
        .current_dir(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("terraform runs");
    std::io::Write::write_all(&mut console.stdin.take().expect("a pipe"), b"base64encode(jsonencode(local.all))\n")
        .expect("terraform reads");
    let output = console.wait_with_output().expect("terraform ends");
    std::fs::remove_dir_all(&folder).expect("the folder goes");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let evaluated: Vec<Value> = serde_json::from_slice(&base64(text.trim().trim_matches('"'))).expect("JSON");
    assert_eq!(evaluated.len(), expected.len());
    for (evaluated, expected) in evaluated.iter().zip(&expected) {
        // Terraform normalises all strings to Unicode's form C.
        let expected = expected.to_string().replace("e\u{301}", "é");
        assert_eq!(*evaluated, serde_json::from_str::<Value>(&expected).expect("JSON"));
    }
}

fn base64(text: &str) -> Vec<u8> {
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0_u32);
    for byte in text.bytes().filter(|byte| *byte != b'=') {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => panic!("{text} is not base64"),
        };
        bits = bits << 6 | u32::from(six);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 255) as u8);
        }
    }
    bytes
}
