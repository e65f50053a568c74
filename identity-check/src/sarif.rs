//! The report for code scanning: SARIF 2.1.0 (OASIS standard, 27 March 2020).

use identity_portal::arm::percent::encode_path;
use serde_json::{Value, json};

use crate::finding::{Examined, level, subject, subjects};
use crate::inert;

pub(crate) fn report(examined: &[Examined], whole: bool) -> String {
    let rules: Vec<Value> =
        subjects().into_iter().map(|(id, sentence)| json!({ "id": id, "shortDescription": { "text": sentence } })).collect();
    let mut results = Vec::new();
    for examined in examined {
        for (name, finding) in examined.findings() {
            let about = [name, &finding.tag].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
            let text = if about.is_empty() { finding.message.clone() } else { format!("{about}: {}", finding.message) };
            results.push(result(
                examined,
                finding.subject,
                subject(finding.subject),
                level(finding.severity),
                &text,
                finding.place.line,
                finding.place.column,
            ));
        }
    }
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "identity-check", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "invocations": [{ "executionSuccessful": whole }],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let mut text = inert::json(&log.to_string());
    text.push('\n');
    text
}

fn result(examined: &Examined, index: usize, rule: &str, level: &str, text: &str, line: usize, column: usize) -> Value {
    json!({
        "ruleId": rule,
        "ruleIndex": index,
        "level": level,
        "message": { "text": text },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": uri(&examined.file) },
                "region": { "startLine": line, "startColumn": column },
            },
        }],
    })
}

/// A file name as a URI reference. Relative names stay relative, since readers of the report resolve them in the repository.
fn uri(file: &str) -> String {
    if file == "-" {
        return "stdin".to_owned();
    }
    let path = file.replace('\\', "/");
    let path = path.strip_prefix("./").unwrap_or(&path);
    let drive = path.as_bytes().get(1) == Some(&b':');
    let encoded = encode_path(path);
    match (path.starts_with('/'), drive) {
        (true, _) => ["file://", &encoded].concat(),
        (false, true) => ["file:///", &encoded].concat(),
        (false, false) => encoded,
    }
}
