//! Programs and unknown texts: commands in their strings, and libraries that create identities.

use super::super::embedded::Embedded;
use super::super::occurrences::{occurrences, used};
use super::super::parsed_identity::Note;
use super::super::{ParsedText, TextFormat};
use super::Host;
use super::markdown::placeholder;
use crate::messages;

/// Starts of lines that are comments in some language.
const COMMENTS: [&str; 5] = ["#", "//", "/*", "* ", "--"];
/// Maximum bytes of a command in a program.
const COMMAND_MAX: usize = 4_096;

pub(in crate::parsing) fn read(text: &str, outside: u32) -> ParsedText {
    let mut host = Host::new(text, outside);
    let mut end = 0;
    for at in occurrences(text) {
        if at < end {
            continue;
        }
        // A longer line isn't looked through: the time stays linear.
        let [least, most] = [at.saturating_sub(COMMAND_MAX), at + COMMAND_MAX].map(|bound| boundary(text, bound));
        let line = text[least..at].rfind('\n').map_or(least, |end| least + end + 1);
        let row_end = at + text[at..most].find('\n').unwrap_or(most - at);
        let row = text[line..row_end].trim_start();
        if COMMENTS.iter().any(|comment| row.starts_with(comment)) {
            host.account(line..row_end);
        } else if let Some(name) = used(text, at) {
            let start = at + text[at..].find('(').unwrap_or_default() - name.len();
            host.reading.notes.push(Note::warns(start, messages::READ_MAY_CREATE.with([name])));
            host.account(at..at + 1);
        } else if let Some((command, to)) = arguments(text, at).or_else(|| string(text, line, at)) {
            end = to;
            let kind = if text[at..].starts_with(['N', 'n']) { TextFormat::PowerShell } else { TextFormat::Bash };
            host.script(kind, &command, &Embedded::default(), &placeholder);
        }
    }
    if host.occurrences.is_empty() && host.reading.notes.is_empty() {
        host.reading.notes.push(Note::blocks(0, messages::READ_UNKNOWN));
    }
    host.done()
}

/// The last start of a character at or before an offset.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

/// The words of a command in a list, such as `["az", "identity", "create", name]`, and its end.
fn arguments(text: &str, at: usize) -> Option<(Embedded, usize)> {
    let before = text.get(..at)?.trim_end_matches(['"', '\'', '`', ' ', ',', '\n', '\r', '\t']);
    if before.len() + 1 == at {
        return None;
    }
    let start = before.strip_suffix("az")?.strip_suffix(['"', '\'', '`'])?.len();
    text.get(..start)?.trim_end().strip_suffix(['[', '(', '{'])?;
    let mut line = Embedded::within(text.get(start..boundary(text, start + COMMAND_MAX))?);
    let mut at = start;
    while at < start + COMMAND_MAX {
        let rest = text.get(at..)?;
        let token = rest.trim_start_matches([' ', ',', '\n', '\r', '\t']);
        at += rest.len() - token.len();
        let prefix = token.len() - token.trim_start_matches(['f', 'r', 'b', 'u', '$', '@']).len();
        let quote = token.get(prefix..)?.chars().next()?;
        if matches!(quote, '"' | '\'' | '`') {
            let inside = token.get(prefix + 1..)?;
            let length = inside.find(quote)?;
            let outer = if inside[..length].contains('\'') { "\"" } else { "'" };
            line.put(at, outer);
            line.push(at + prefix + 1, inside.get(..length)?);
            line.put(at, outer);
            at += prefix + length + 2;
        } else {
            let length = token.find([',', ']', ')', '}', '\n'])?;
            if length == 0 {
                return Some((line, at));
            }
            line.mark(at, token[..length].trim());
            at += length;
        }
        line.put(at, " ");
    }
    None
}

/// A command in a string on one line, and its end.
fn string(text: &str, line: usize, at: usize) -> Option<(Embedded, usize)> {
    let before = text.get(line..at)?;
    let quote_at = before.rfind(['"', '\'', '`']).filter(|quote| {
        let words = before[quote + 1..].trim();
        words.is_empty() || words == "az"
    })?;
    let quote = before[quote_at..].chars().next()?;
    let start = line + quote_at + 1;
    let rest = text.get(start..)?;
    let length = rest.find(|letter| letter == quote || (letter == '\n' && quote != '`')).filter(|length| *length < COMMAND_MAX)?;
    let mut command = Embedded::default();
    command.push(start, rest.get(..length)?);
    rest.get(length..)?.starts_with(quote).then_some((command, start + length))
}
