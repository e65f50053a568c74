//! Markdown: fenced and indented code. Everything else is prose.

use std::ops::Range;

use super::super::embedded::Embedded;
use super::super::occurrences::occurrences;
use super::super::{ParsedText, TextFormat, detect};
use super::scope::Scope;
use super::{Host, mentions};

/// Languages of fences. `Nothing` is for what isn't run.
const LANGUAGES: [(&str, TextFormat); 14] = [
    ("bash sh shell zsh azurecli azurecli-interactive azure-cli azcli cli console shell-session shellsession terminal", TextFormat::Bash),
    ("powershell azurepowershell azurepowershell-interactive powershell-interactive pwsh ps1 ps posh", TextFormat::PowerShell),
    ("cmd bat batch dos", TextFormat::Cmd),
    ("bicep", TextFormat::Bicep),
    ("bicepparam bicep-params", TextFormat::BicepParameters),
    ("terraform hcl tf", TextFormat::Terraform),
    ("json jsonc json5 arm", TextFormat::Template),
    ("yaml yml", TextFormat::Yaml),
    ("http rest", TextFormat::Request),
    ("csv", TextFormat::Table),
    ("dockerfile docker", TextFormat::Dockerfile),
    ("makefile make", TextFormat::Makefile),
    ("python py typescript ts javascript js csharp c# cs go java fsharp rust ruby xml ini toml", TextFormat::Unknown),
    ("output text txt log diff mermaid", TextFormat::Nothing),
];
/// Members that Azure gives to an identity that exists.
const PRINTED: [&str; 3] = ["\"principalId\":", "\"clientId\":", "\"id\": \"/subscriptions/"];
/// Maximum length of a placeholder.
const PLACEHOLDER_MAX: usize = 60;

pub(in crate::parsing) fn read(text: &str, outside: u32) -> ParsedText {
    if !mentions(text) {
        return ParsedText::default();
    }
    let mut page = Page { host: Host::new(text, outside), text, at: 0 };
    page.host.shares_variables = true;
    page.host.softens = true;
    let mut before_is_blank = true;
    while let Some(line) = page.line() {
        let row = line.row(text);
        if let Some(fence) = fence(row) {
            page.fenced(&line, fence);
        } else if before_is_blank && line.indent >= 4 && is_code(row) {
            page.indented(line);
        } else if !row.starts_with("<pre") {
            page.host.account(line.range);
        }
        before_is_blank = row.is_empty();
    }
    page.host.done()
}

/// A line: its range, and the length of what stands before its text.
#[derive(Clone)]
struct Line {
    range: Range<usize>,
    quote: usize,
    indent: usize,
}

impl Line {
    fn row<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.range.start + self.quote..self.range.end).unwrap_or_default().trim()
    }
}

struct Page<'a> {
    host: Host,
    text: &'a str,
    at: usize,
}

impl Page<'_> {
    fn line(&mut self) -> Option<Line> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let line = rest.get(..length)?;
        // A quotation, as in `> text`.
        let quote = if line.trim_start().starts_with('>') { line.len() - line.trim_start_matches(['>', ' ']).len() } else { 0 };
        let own = line.get(quote..)?;
        let blank = own.get(..own.len() - own.trim_start_matches([' ', '\t']).len())?;
        let indent = blank.bytes().map(|byte| if byte == b'\t' { 4 } else { 1 }).sum();
        let range = self.at..self.at + length;
        self.at += length;
        Some(Line { range, quote, indent })
    }

    /// The code up to the end of the fence.
    fn fenced(&mut self, first: &Line, (fence, info): (&str, &str)) {
        let (mut code, start) = (Embedded::default(), self.at);
        let mut end = start;
        while let Some(line) = self.line() {
            let row = line.row(self.text);
            if row.starts_with(fence) && row.trim_start_matches(['`', '~']).is_empty() {
                break;
            }
            end = line.range.end;
            let whole = self.text.get(line.range.clone()).unwrap_or_default();
            let (mut skipped, mut indent) = (line.quote.min(first.quote), 0);
            while indent < first.indent && whole.get(skipped..).is_some_and(|rest| rest.starts_with([' ', '\t'])) {
                skipped += 1;
                indent += 1;
            }
            // Who copies the code gets the line ends of their system.
            let row = whole.get(skipped..).unwrap_or_default();
            match row.strip_suffix("\r\n") {
                Some(row) => {
                    code.push(line.range.start + skipped, row);
                    code.push(line.range.end - 1, "\n");
                }
                None => code.push(line.range.start + skipped, row),
            }
        }
        let name =
            info.trim_start_matches(['{', '.', ' ']).split([' ', '{', '}', ',', ':']).next().unwrap_or_default().to_ascii_lowercase();
        let known = LANGUAGES.iter().find(|(names, _)| names.split(' ').any(|known| known == name)).map(|(_, kind)| *kind);
        match known {
            Some(TextFormat::Nothing) => self.host.account(start..end),
            // What a command printed.
            Some(TextFormat::Template) if is_printed(&code.text) => self.host.account(start..end),
            Some(kind) => self.run(kind, &code),
            None if self.host.occurs(&(start..end)) => self.run(detect::kind(&code.text, ""), &code),
            None => {}
        }
    }

    fn indented(&mut self, first: Line) {
        let mut code = Embedded::default();
        let mut next = Some(first);
        while let Some(line) = next {
            if line.indent < 4 {
                self.at = line.range.start;
                break;
            }
            code.push(line.range.start, self.text.get(line.range.clone()).unwrap_or_default());
            next = self.line();
        }
        self.run(TextFormat::Bash, &code);
    }

    fn run(&mut self, kind: TextFormat, code: &Embedded) {
        let is_shell = matches!(kind, TextFormat::Bash | TextFormat::PowerShell | TextFormat::Cmd);
        let kind = if is_shell { detect::shell(&code.text, kind) } else { kind };
        let none = Embedded::default();
        let typed = if is_shell { self.session(code) } else { None };
        self.host.script(kind, typed.as_ref().unwrap_or(code), &none, &placeholder);
    }

    /// What is typed at the prompts of a session; the rest is output.
    fn session(&mut self, code: &Embedded) -> Option<Embedded> {
        if !code.text.lines().any(|line| line.starts_with("$ ")) {
            return None;
        }
        let mut typed = Embedded::default();
        let (mut at, mut goes_on) = (0, false);
        for line in code.text.split_inclusive('\n') {
            let end = at + line.len();
            if goes_on || line.starts_with("$ ") {
                typed.copy(code, if goes_on { at } else { at + 2 }, end);
                goes_on = line.trim_end().ends_with('\\');
            } else {
                self.host.account(code.outer(at)..code.outer(end));
            }
            at = end;
        }
        Some(typed)
    }
}

/// Whether JSON is what a command printed of an identity: no template has its members.
fn is_printed(json: &str) -> bool {
    let has = |member: &&str| json.contains(*member);
    let template = ["\"$schema\"", "\"resources\"", "\"apiVersion\""];
    PRINTED.iter().any(has) && !template.iter().any(has)
}

/// The fence that a line opens, and what is written behind it.
fn fence(row: &str) -> Option<(&str, &str)> {
    // In a list.
    let row = row.trim_start_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, '-' | '*' | '+' | '.' | ' '));
    let info = row.trim_start_matches('`');
    let info = if info.len() == row.len() { row.trim_start_matches('~') } else { info };
    let length = row.len() - info.len();
    (length >= 3 && !info.contains('`')).then(|| (row.get(..length).unwrap_or_default(), info.trim()))
}

/// Whether an indented line is a command.
fn is_code(row: &str) -> bool {
    let first = row.trim_start_matches("$ ").split_ascii_whitespace().next().unwrap_or_default();
    first == "az" || (first.starts_with(|letter: char| letter.is_ascii_uppercase()) && !occurrences(first).is_empty())
}

/// What the reader of a page puts something in place of: `<name>`, `{name}`, `{{ name }}`.
pub(super) fn placeholder(text: &str, at: usize) -> Option<(usize, Option<String>)> {
    let rest = text.get(at..)?;
    if rest.starts_with("{{") || rest.starts_with("${{") {
        return Scope::default().expression(text, at);
    }
    let close = match rest.chars().next()? {
        '<' => '>',
        '{' => '}',
        _ => return None,
    };
    if text.get(..at)?.ends_with(['<', '$', '@', '%', '{']) {
        return None;
    }
    let inside = rest.get(1..)?;
    let end = inside.char_indices().take(PLACEHOLDER_MAX).find(|(_, letter)| *letter == close).map(|(end, _)| end)?;
    let name = &inside[..end];
    let is_part =
        |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.') || (close == '>' && " '/()".contains(letter));
    let word = name.starts_with(char::is_alphabetic) && !name.ends_with(' ') && name.chars().all(is_part);
    let after = inside.get(end + 1..).is_some_and(|after| after.starts_with(|letter: char| letter.is_alphanumeric() && close == '>'));
    (word && !after).then_some((end + 2, None))
}
