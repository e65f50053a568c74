//! Reports as the commands of a pipeline, which shows the findings beside the lines.
//!
//! GitHub: docs.github.com, "Workflow commands for GitHub Actions", with the escapes of actions/toolkit. Azure Pipelines:
//! learn.microsoft.com, "Logging commands".

use identity_portal::provisioning::problem::Severity;

use crate::finding::{Examined, Finding, level, subject};
use crate::inert;
use crate::text::{line, summary};

pub(crate) fn github(examined: &[Examined]) -> String {
    const IN_PROPERTIES: [(char, &str); 5] = [('%', "%25"), ('\r', "%0D"), ('\n', "%0A"), (':', "%3A"), (',', "%2C")];
    report(examined, |level, file, finding, message| {
        let file = escaped(file, &IN_PROPERTIES);
        let title = ["identity-check ", subject(finding.subject)].concat();
        let (line, column) = (finding.place.line, finding.place.column);
        format!("::{level} file={file},line={line},col={column},title={title}::{}", escaped(message, &IN_PROPERTIES[..3]))
    })
}

pub(crate) fn azure(examined: &[Examined]) -> String {
    const IN_PROPERTIES: [(char, &str); 5] = [('%', "%AZP25"), ('\r', "%0D"), ('\n', "%0A"), (']', "%5D"), (';', "%3B")];
    report(examined, |level, file, finding, message| {
        let file = escaped(file, &IN_PROPERTIES);
        let (line, column) = (finding.place.line, finding.place.column);
        let issue = format!("##vso[task.logissue type={level};sourcepath={file};linenumber={line};columnnumber={column}]");
        [&issue, escaped(message, &IN_PROPERTIES[..3]).as_str()].concat()
    })
}

/// One line for each finding, and the summary. Neither names nor messages can start another command. Notes are printed as for
/// people: pipelines show only a few annotations.
fn report(examined: &[Examined], command: impl Fn(&str, &str, &Finding, &str) -> String) -> String {
    let mut out = String::new();
    for examined in examined {
        let file = examined.file.strip_prefix("./").unwrap_or(&examined.file);
        for (name, finding) in examined.findings().into_iter().filter(|(_, finding)| !finding.is_constant) {
            if finding.severity == Severity::Informs {
                out.push_str(&line(&examined.file, name, finding));
            } else {
                out.push_str(&command(level(finding.severity), &inert::line(file), finding, &inert::line(&finding.sentence(name))));
            }
            out.push('\n');
        }
    }
    out.push_str(&summary(examined));
    out
}

fn escaped(text: &str, escapes: &[(char, &str)]) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match escapes.iter().find(|(known, _)| *known == letter) {
            Some((_, escape)) => out.push_str(escape),
            None => out.push(letter),
        }
    }
    out
}
