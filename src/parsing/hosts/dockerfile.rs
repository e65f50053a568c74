//! Dockerfiles: `RUN` and the like, with the literal values of `ARG` and `ENV`.

use std::ops::Range;

use super::super::embedded::Embedded;
use super::super::{ParsedText, TextFormat, detect};
use super::pipeline::{command_line, language};
use super::scalar::text_of;
use super::scope::Scope;
use super::yaml::{Style, Yaml, parse_list};
use super::{Host, mentions};

pub(in crate::parsing) fn read(text: &str, outside: u32) -> ParsedText {
    if !mentions(text) {
        return ParsedText::default();
    }
    let mut file = Dockerfile { text, at: 0, host: Host::new(text, outside), scope: Scope::default(), shell: TextFormat::Bash };
    while file.at < text.len() {
        file.instruction();
    }
    file.host.done()
}

struct Dockerfile<'a> {
    text: &'a str,
    at: usize,
    host: Host,
    scope: Scope,
    shell: TextFormat,
}

impl<'a> Dockerfile<'a> {
    fn line(&mut self) -> Range<usize> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let start = self.at;
        self.at += rest.find('\n').map_or(rest.len(), |end| end + 1);
        start..self.at
    }

    fn get(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    fn instruction(&mut self) {
        let mut whole = Embedded::default();
        let start = self.at;
        loop {
            let range = self.line();
            let line = self.get(range.clone());
            let row = line.trim_end();
            if row.trim_start().starts_with('#') {
                self.host.account(range);
                if whole.text.is_empty() {
                    return;
                }
            } else if !row.is_empty() || whole.text.is_empty() {
                whole.push(range.start, line);
            }
            let goes_on = row.ends_with(['\\', '`']) || row.trim_start().starts_with('#') || row.is_empty();
            if !goes_on || whole.text.trim().is_empty() || self.at >= self.text.len() {
                break;
            }
        }
        self.run(start, &whole);
    }

    fn run(&mut self, start: usize, whole: &Embedded) {
        let text = whole.text.as_str();
        let words = |text: &'_ str, skipped: usize| text.len() - text[skipped..].trim_start().len();
        let mut at = words(text, 0);
        let mut word = "";
        // `ONBUILD RUN`, `HEALTHCHECK --interval=5s CMD`, `RUN --mount=…`.
        while let Some(next) = text.get(at..).and_then(|rest| rest.split_ascii_whitespace().next()) {
            let upper = next.to_ascii_uppercase();
            let is_instruction = word.is_empty() || matches!(upper.as_str(), "RUN" | "CMD") && matches!(word, "ONBUILD" | "HEALTHCHECK");
            if !is_instruction && !next.starts_with("--") {
                break;
            }
            if is_instruction {
                word = ["RUN", "CMD", "ENTRYPOINT", "ONBUILD", "HEALTHCHECK", "ENV", "ARG", "SHELL", "COPY", "ADD", "FROM"]
                    .into_iter()
                    .find(|known| *known == upper)
                    .unwrap_or("OTHER");
            }
            at = words(text, at + next.len());
        }
        let rest = text.get(at..).unwrap_or_default();
        match word {
            "FROM" => {
                let lower = rest.to_ascii_lowercase();
                let windows = lower.contains("nanoserver") || lower.contains("windows");
                self.shell = if windows { TextFormat::Cmd } else { TextFormat::Bash };
            }
            "SHELL" => {
                let shell = rest.trim_start_matches(['[', ' ', '"']).split('"').next().unwrap_or_default();
                self.shell = language(shell).unwrap_or(self.shell);
            }
            "ENV" | "ARG" => self.variables(start, rest),
            "RUN" | "CMD" | "ENTRYPOINT" | "COPY" | "ADD" => self.command(word, whole, at),
            _ => {}
        }
    }

    fn variables(&mut self, at: usize, rest: &str) {
        let rest = rest.trim();
        let (first, after) = rest.split_once(' ').unwrap_or((rest, ""));
        if !first.contains('=') {
            return self.scope.insert(first, after.trim().trim_matches('"'), at, true);
        }
        let mut rest = rest;
        while let Some((name, value)) = rest.split_once('=') {
            let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''));
            let inside = value.get(usize::from(quote.is_some())..).unwrap_or_default();
            let end = inside.find(|letter: char| quote.map_or(letter.is_whitespace(), |quote| letter == quote)).unwrap_or(inside.len());
            self.scope.insert(name.trim_matches([' ', '\t', '\\', '\n', '\r']), &inside[..end], at, true);
            rest = inside.get(end + usize::from(quote.is_some())..).unwrap_or_default();
        }
    }

    fn command(&mut self, word: &str, whole: &Embedded, at: usize) {
        let rest = whole.text.get(at..).unwrap_or_default();
        let outer = whole.outer(at);
        let mut kind = self.shell;
        let mut script = Embedded::default();
        let list = if rest.starts_with('[') { parse_list(self.text, outer) } else { None };
        if let Some(list) = list {
            let items = list.items().iter().filter(|item| matches!(item.value, Yaml::Scalar(Style::Quoted(_))));
            let texts: Vec<Embedded> = items.map(|item| text_of(self.text, item)).collect();
            let shell = texts.first().and_then(|first| language(&first.text));
            match texts.iter().skip(1).find(|text| shell.is_some() && text.text.contains(' ')) {
                Some(inner) => script = inner.clone(),
                None => script = command_line(&texts),
            }
            kind = shell.unwrap_or(TextFormat::Bash);
        } else {
            let heredoc = self.heredoc(rest);
            let is_whole = rest.starts_with("<<") || matches!(word, "COPY" | "ADD");
            if let Some(body) = heredoc {
                let content = self.get(body.clone());
                if is_whole {
                    let name = rest.split_ascii_whitespace().last().unwrap_or_default();
                    let shebang = content.starts_with("#!") || matches!(word, "COPY" | "ADD");
                    kind = if shebang { detect::kind(content, name) } else { kind };
                    script.push(body.start, content);
                } else {
                    script.copy(whole, at, whole.text.len());
                    script.push(body.start, self.get(body.start..self.at));
                }
            } else if !is_whole && kind == TextFormat::Bash {
                script.copy(whole, at, whole.text.len());
            } else if !is_whole {
                // The backslashes at the ends of lines are the Dockerfile's.
                let mut from = at;
                for line in rest.split_inclusive('\n') {
                    let row = line.trim_end();
                    let kept = row.strip_suffix('\\').filter(|_| line.len() > row.len());
                    script.copy(whole, from, from + kept.unwrap_or(line).len());
                    from += line.len();
                }
            }
        }
        let start = self.scope.assignments(kind);
        self.host.script(kind, &script, &start, &|text, at| self.scope.expression(text, at));
    }

    /// The lines of the first here-document that `rest` announces.
    fn heredoc(&mut self, rest: &str) -> Option<Range<usize>> {
        let (_, after) = rest.split_once("<<")?;
        let marker = after.trim_start_matches('-').trim_start_matches(['"', '\'']);
        let marker =
            marker.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).next().filter(|marker| !marker.is_empty())?;
        let start = self.at;
        while self.at < self.text.len() {
            let range = self.line();
            if self.get(range.clone()).trim() == marker {
                return Some(start..range.start);
            }
        }
        Some(start..self.at)
    }
}
