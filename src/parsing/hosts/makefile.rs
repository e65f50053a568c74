//! Makefiles: recipes, with the variables of make in place.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

use super::super::embedded::Embedded;
use super::super::{ParsedText, TextFormat};
use super::pipeline::language;
use super::scope::Scope;
use super::{Host, mentions};

/// Maximum nesting of variables.
const NESTED_MAX: u32 = 8;
/// Maximum length of a variable's value.
const VALUE_MAX: usize = 2_048;

pub(in crate::parsing) fn read(text: &str, outside: u32) -> ParsedText {
    if !mentions(text) {
        return ParsedText::default();
    }
    let mut make = Make { text, ..Make::default() };
    // Recipes see all variables, later ones included.
    make.lines(&mut |_, _| {});
    let mut host = Host::new(text, outside);
    host.runs_values = true;
    let (mut recipe, one_shell) = (Embedded::default(), text.contains(".ONESHELL"));
    let mut lines = Make { text, ..Make::default() };
    lines.lines(&mut |line, range| match line {
        Line::Comment => host.account(range),
        Line::Recipe => {
            make.recipe(&mut recipe, range);
            if !one_shell {
                make.run(&mut host, &std::mem::take(&mut recipe));
            }
        }
        Line::Shell => make.run(&mut host, &verbatim(text, range)),
        Line::Other => make.run(&mut host, &std::mem::take(&mut recipe)),
    });
    make.run(&mut host, &recipe);
    for name in make.used.take() {
        if let Some(variable) = make.variables.get(&name) {
            host.account(variable.range.clone());
        }
    }
    host.done()
}

fn verbatim(text: &str, range: Range<usize>) -> Embedded {
    let mut embedded = Embedded::default();
    embedded.push(range.start, text.get(range).unwrap_or_default());
    embedded
}

/// What a line is for.
enum Line {
    Comment,
    Recipe,
    /// A command in `$(shell …)`.
    Shell,
    Other,
}

#[derive(Default)]
struct Make<'a> {
    text: &'a str,
    variables: BTreeMap<String, Variable>,
    exported: Scope,
    shell: Option<TextFormat>,
    /// What begins a recipe's line if it isn't a tab.
    prefix: Option<char>,
    /// The variables used in recipes.
    used: RefCell<Vec<String>>,
}

struct Variable {
    /// `None` if it isn't known which value it has.
    value: Option<String>,
    range: Range<usize>,
}

impl Make<'_> {
    /// Goes through the lines, each with those that continue it.
    fn lines(&mut self, tell: &mut dyn FnMut(Line, Range<usize>)) {
        let (mut at, mut in_rule, mut in_define, mut conditions, mut prefix) = (0, false, false, 0_u32, '\t');
        while let Some(range) = self.logical(at) {
            at = range.end;
            let line = self.text.get(range.clone()).unwrap_or_default();
            let row = line.trim();
            let first = row.split([' ', '\t', '(']).next().unwrap_or_default();
            if in_define {
                in_define = first != "endef";
                tell(if in_define { Line::Recipe } else { Line::Other }, range);
            } else if in_rule && line.starts_with(prefix) {
                tell(Line::Recipe, range);
            } else if row.starts_with('#') {
                tell(Line::Comment, range);
            } else if matches!(first, "ifeq" | "ifneq" | "ifdef" | "ifndef" | "else" | "endif") {
                conditions = conditions.saturating_add(u32::from(first.starts_with('i'))).saturating_sub(u32::from(first == "endif"));
            } else if first == "define" {
                in_define = true;
                tell(Line::Other, range);
            } else if let Some((name, value)) = assignment(line) {
                let value = range.start + value..range.end;
                if name == ".RECIPEPREFIX" {
                    prefix =
                        self.text.get(value).and_then(|value| value.trim_start_matches([':', '=', ' ']).chars().next()).unwrap_or('\t');
                    self.prefix = Some(prefix);
                } else {
                    self.assign(name, row.starts_with("export "), conditions > 0, range, value, tell);
                }
            } else if in_rule && line.starts_with(' ') && !row.is_empty() {
                // A tab that got lost.
                tell(Line::Recipe, range);
            } else if let Some((_, commands)) = line.split_once(':').map(|(_, rest)| rest.split_once(';').unwrap_or((rest, ""))) {
                in_rule = true;
                tell(Line::Other, range.clone());
                let comment = line.find('#').filter(|comment| *comment < line.len() - commands.len());
                if let Some(comment) = comment {
                    tell(Line::Comment, range.start + comment..range.end);
                } else if !commands.trim().is_empty() {
                    tell(Line::Recipe, range.end - commands.len()..range.end);
                }
            } else if !row.is_empty() {
                in_rule = false;
                tell(Line::Other, range);
            }
        }
    }

    /// A line and those that continue it.
    fn logical(&self, at: usize) -> Option<Range<usize>> {
        let mut end = at;
        for line in self.text.get(at..)?.split_inclusive('\n') {
            end += line.len();
            if !line.trim_end_matches(['\n', '\r']).ends_with('\\') {
                break;
            }
        }
        (end > at).then_some(at..end)
    }

    fn assign(
        &mut self,
        name: &str,
        exported: bool,
        conditional: bool,
        range: Range<usize>,
        value_range: Range<usize>,
        tell: &mut dyn FnMut(Line, Range<usize>),
    ) {
        let written = self.text.get(value_range.clone()).unwrap_or_default();
        let operator = written.trim_start_matches([':', '?', '+', '!']);
        let sign = written.get(..written.len() - operator.len()).unwrap_or_default();
        let raw = operator.get(1..).unwrap_or_default();
        let start = value_range.end - raw.len();
        if let Some(command) = raw.find("$(shell ") {
            let from = command + "$(shell ".len();
            let length = closing(raw.get(from..).unwrap_or_default(), ')').unwrap_or(raw.len() - from);
            tell(Line::Shell, start + from..start + from + length);
        } else if sign == "!" {
            tell(Line::Shell, start..value_range.end);
        } else {
            tell(Line::Other, range.clone());
        }
        let length = raw.find(" #").unwrap_or(raw.len());
        tell(Line::Comment, start + length..value_range.end);
        let value = raw.get(..length).unwrap_or_default().trim().replace("\\\n", " ");
        if name == "SHELL" {
            self.shell = language(&value);
        }
        let is_known = self.variables.contains_key(name);
        if sign == "?" && is_known {
            return;
        }
        let certain = !conditional && !matches!(sign, "+" | "!") && !name.contains(':') && value.len() <= VALUE_MAX;
        let name = name.rsplit(':').next().unwrap_or_default().trim();
        if exported && certain {
            self.exported.insert(name, &value, range.start, true);
        }
        self.variables.insert(name.to_owned(), Variable { value: certain.then_some(value), range });
    }

    /// Appends a recipe's line without what make takes away.
    fn recipe(&self, recipe: &mut Embedded, range: Range<usize>) {
        let mut at = range.start;
        for line in self.text.get(range.clone()).unwrap_or_default().split_inclusive('\n') {
            let own = self.prefix.and_then(|prefix| line.strip_prefix(prefix)).unwrap_or(line).trim_start_matches(['\t', ' ']);
            let own = if at == range.start { own.trim_start_matches(['@', '-', '+', ' ', '\t']) } else { own };
            recipe.push(at + line.len() - own.len(), own);
            at += line.len();
        }
    }

    fn run(&self, host: &mut Host, script: &Embedded) {
        let kind = self.shell.unwrap_or(TextFormat::Bash);
        let start = if mentions(&script.text) { self.exported.assignments(kind) } else { Embedded::default() };
        host.script(kind, script, &start, &|text, at| self.expression(text, at, NESTED_MAX));
    }

    /// A variable of make, or a dollar for the shell.
    fn expression(&self, text: &str, at: usize, left: u32) -> Option<(usize, Option<String>)> {
        let rest = text.get(at..)?.strip_prefix('$')?;
        let close = match rest.chars().next()? {
            '$' => return Some((2, Some("$".to_owned()))),
            '(' => ')',
            '{' => '}',
            '@' | '<' | '^' | '*' | '?' | '+' | '%' => return Some((2, None)),
            _ => return None,
        };
        let inside = rest.get(1..)?;
        let end = closing(inside, close)?;
        let name = inside.get(..end)?.trim();
        let known = self.variables.get(name).and_then(|variable| variable.value.as_deref());
        let value = known.filter(|_| left > 0).and_then(|value| self.expanded(value, left - 1));
        if value.is_some() && mentions(known.unwrap_or_default()) {
            self.used.borrow_mut().push(name.to_owned());
        }
        Some((end + 3, value))
    }

    /// A variable's value without variables in it, if all are known.
    fn expanded(&self, value: &str, left: u32) -> Option<String> {
        let mut whole = String::new();
        let mut at = 0;
        while let Some(next) = value.get(at..)?.find('$') {
            whole.push_str(value.get(at..at + next)?);
            let (length, value) = self.expression(value, at + next, left)?;
            whole.push_str(&value?);
            if whole.len() > VALUE_MAX {
                return None;
            }
            at += next + length;
        }
        whole.push_str(value.get(at..)?);
        Some(whole)
    }
}

/// The name of a variable, and the offset of its operator.
fn assignment(line: &str) -> Option<(&str, usize)> {
    let equals = line.find('=')?;
    let name = line.get(..equals)?.trim_end_matches([':', '?', '+', '!']);
    let at = name.len();
    let plain = name.trim();
    let plain = ["export ", "override "].iter().find_map(|word| plain.strip_prefix(word)).unwrap_or(plain).trim();
    // A variable of one target.
    let own = plain.rsplit(':').next().unwrap_or_default().trim();
    let is_name = !own.is_empty() && own.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'));
    (is_name && !plain.contains(['\t', '$', ';'])).then_some((plain, at))
}

/// The length up to the bracket that closes.
fn closing(text: &str, close: char) -> Option<usize> {
    let open = if close == ')' { '(' } else { '{' };
    let mut depth = 0_u32;
    // A longer expression isn't looked through: the time stays linear.
    for (at, letter) in text.char_indices().take(VALUE_MAX) {
        if letter == open {
            depth += 1;
        } else if letter == close {
            if depth == 0 {
                return Some(at);
            }
            depth -= 1;
        }
    }
    None
}
