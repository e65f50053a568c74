//! The report for people: one line per finding, in the format of compilers, and a summary.

use crate::finding::{Examined, level, subject};
use crate::inert;

pub(crate) fn report(examined: &[Examined]) -> String {
    let mut out = String::new();
    let (mut identities, mut errors, mut warnings) = (0, 0, 0);
    for examined in examined {
        identities += examined.identities.len();
        for (name, finding) in examined.findings() {
            let level = level(finding.severity);
            errors += usize::from(level == "error");
            warnings += usize::from(level == "warning");
            let name = if name.is_empty() { String::new() } else { format!("{name}: ") };
            let tag = if finding.tag.is_empty() { String::new() } else { format!(" {}", finding.tag) };
            let subject = subject(finding.subject);
            let (line, column) = (finding.place.line, finding.place.column);
            let finding_line = format!("{}:{line}:{column}: {level}: {name}{subject}{tag}: {}", examined.file, finding.message);
            // A name can contain anything.
            out.push_str(&inert::line(&finding_line));
            out.push('\n');
        }
    }
    out.extend(["Identities: ", &identities.to_string(), ". Errors: ", &errors.to_string(), ". Warnings: ", &warnings.to_string(), ".\n"]);
    out
}
