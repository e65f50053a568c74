//! The report for people: one line per finding, in the format of compilers, and a summary.

use identity_portal::provisioning::problem::Severity;

use crate::finding::{Examined, Finding, level};
use crate::inert;

pub(crate) fn report(examined: &[Examined], verbose: bool) -> String {
    let mut out = String::new();
    for examined in examined {
        if verbose {
            let read = [&examined.file, ": read as ", &examined.kind.label().text()].concat();
            out.push_str(&inert::line(&format!("{read}. Identities: {}.", examined.identities.len())));
            out.push('\n');
        }
        for (name, finding) in examined.findings().into_iter().filter(|(_, finding)| verbose || !finding.is_constant) {
            out.push_str(&line(&examined.file, name, finding));
            out.push('\n');
        }
    }
    out.push_str(&summary(examined));
    out
}

/// A finding on one line. A name can contain anything.
pub(crate) fn line(file: &str, name: &str, finding: &Finding) -> String {
    let (line, column) = (finding.place.line, finding.place.column);
    inert::line(&format!("{file}:{line}:{column}: {}: {}", level(finding.severity), finding.sentence(name)))
}

/// `Files: 2 (Bicep, Terraform). Identities: 3. Errors: 0. Warnings: 1.`: the formats of the files with an identity, if any.
pub(crate) fn summary(examined: &[Examined]) -> String {
    let mut kinds: Vec<String> = Vec::new();
    let identities: usize = examined.iter().map(|examined| examined.identities.len()).sum();
    let files = || examined.iter().filter(|examined| !examined.is_folder);
    for examined in files().filter(|examined| identities == 0 || !examined.identities.is_empty()) {
        let kind = examined.kind.label().text().into_owned();
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let count = |severity: Severity| {
        let findings = examined.iter().flat_map(Examined::findings);
        findings.filter(|(_, finding)| finding.severity == severity).count()
    };
    let (errors, warnings) = (count(Severity::Blocks), count(Severity::Warns));
    let kinds = if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) };
    let count = files().count();
    let none = match count {
        _ if identities > 0 => String::new(),
        0 => " No files were found.".to_owned(),
        1 => " No identity was found in 1 file.".to_owned(),
        _ => format!(" No identity was found in {count} files."),
    };
    format!("Files: {count}{kinds}. Identities: {identities}. Errors: {errors}. Warnings: {warnings}.{none}\n")
}
