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
/// The first word of the command in the arguments of `az`.
const COMMAND: &str = "identity";
/// Maximum bytes of a command in a program.
const COMMAND_MAX: usize = 4_096;
/// Maximum characters of an expression in a string.
const INSERTED_MAX: usize = 200;

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
            host.script(kind, &command, &Embedded::default(), &inserted);
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
    let before = text.get(..at)?.trim_end_matches(['"', '\'', '`', ' ', ',', '\n', '\r', '\t', '[']);
    let is_word = text.get(at..)?.get(COMMAND.len()..)?.starts_with(['"', '\'', '`']);
    if before.len() + 1 == at || !is_word {
        return None;
    }
    let start = before.strip_suffix("az")?.strip_suffix(['"', '\'', '`'])?.len();
    text.get(..start)?.trim_end().strip_suffix(['[', '(', '{', ','])?;
    let mut line = Embedded::within(text.get(start..boundary(text, start + COMMAND_MAX))?);
    let mut at = start;
    while at < start + COMMAND_MAX {
        let rest = text.get(at..)?;
        let token = rest.trim_start_matches([' ', ',', '\n', '\r', '\t', '[']);
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

/// What a program puts in place of: `{name}`, `{0}`, `{}`, `{os.environ['X']}`, `%s`.
fn inserted(text: &str, at: usize) -> Option<(usize, Option<String>)> {
    let rest = text.get(at..)?;
    if rest.starts_with('%') && rest[1..].starts_with(['s', 'v', 'd', 'q']) && !rest[2..].starts_with(|next: char| next.is_alphanumeric()) {
        return Some((2, None));
    }
    let is_before = |before: &str| before.ends_with(['$', '@', '{']);
    let Some(inside) = rest.strip_prefix('{').filter(|_| !text.get(..at).is_some_and(is_before)) else {
        return placeholder(text, at);
    };
    // Not the JSON of an argument.
    let end = inside.char_indices().take(INSERTED_MAX).find(|(_, letter)| matches!(letter, '}' | '\n')).map(|(end, _)| end)?;
    let name = &inside[..end];
    let word = name.is_empty() || name.starts_with(|first: char| first.is_alphanumeric() || first == '_');
    (word && inside[end..].starts_with('}') && !name.contains([':', '"', ' '])).then_some((end + 2, None)).or_else(|| placeholder(text, at))
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
    let mut command = Embedded::within(text.get(start..boundary(text, start + COMMAND_MAX))?);
    // The program stands before its arguments, as in `Process.Start("az", "identity create")`.
    if before[quote_at + 1..].trim().is_empty() && text[at..].starts_with(['I', 'i']) {
        command.put(start, "az ");
    }
    let mut at = start;
    loop {
        at = piece(text, at, quote, &mut command).filter(|end| *end < start + COMMAND_MAX)?;
        let Some(next) = joined(text, at, quote, &mut command) else { return Some((command, at)) };
        at = next;
    }
}

/// The start of the next string of the same text: `"a" "b"`, `"a" + "b"`, `"a" + name + "b"`.
fn joined(text: &str, at: usize, quote: char, command: &mut Embedded) -> Option<usize> {
    let is_blank = |letter: char| letter.is_whitespace() || letter == '\\';
    let string = |rest: &str| Some(text.len() - rest.trim_start_matches(['f', 'r', '$', '@']).strip_prefix(quote)?.len());
    let rest = text.get(at..)?;
    let next = rest.trim_start_matches(is_blank);
    let Some(after) = next.strip_prefix('+').map(|after| after.trim_start_matches(is_blank)) else {
        return string(next).filter(|_| next.len() < rest.len());
    };
    if let Some(start) = string(after) {
        return Some(start);
    }
    let near = after.get(..boundary(after, INSERTED_MAX))?;
    let name = near.split(['+', ',', ';', '\n']).next()?;
    command.mark(at, name.trim_end_matches([')', ' ']));
    string(after.get(name.len()..)?.strip_prefix('+')?.trim_start_matches(is_blank))
}

/// Appends a string from its first letter on; returns where it ends.
fn piece(text: &str, start: usize, quote: char, command: &mut Embedded) -> Option<usize> {
    let mut from = start;
    let mut letters = text.get(start..)?.char_indices().take(COMMAND_MAX);
    while let Some((at, letter)) = letters.next() {
        let at = start + at;
        if letter == quote || letter == '\\' {
            command.push(from, text.get(from..at)?);
            from = at + 1;
        }
        match letter {
            letter if letter == quote => return Some(at + 1),
            '\\' => {
                letters.next();
            }
            '\n' if quote != '`' => return None,
            _ => {}
        }
    }
    None
}
