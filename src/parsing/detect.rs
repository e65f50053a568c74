//! Detects a text's format by a vote: each line counts for the formats whose syntax it has. A file's name counts, too.

mod words;

use words::{Evidence, INSIDE, INSTRUCTIONS, NAMES, STARTS};

use super::request::is_method;
use super::{TextFormat, table};

/// The points that a format needs at least.
const LEAST: [(TextFormat, u32); 5] = [
    (TextFormat::Markdown, 4),
    (TextFormat::Yaml, 3),
    (TextFormat::TerraformVariables, 3),
    (TextFormat::Makefile, 4),
    (TextFormat::Dockerfile, 4),
];
/// In the order in which they win a tie.
const FORMATS: [TextFormat; 14] = [
    TextFormat::Bash,
    TextFormat::PowerShell,
    TextFormat::Cmd,
    TextFormat::Bicep,
    TextFormat::BicepParameters,
    TextFormat::Terraform,
    TextFormat::TerraformVariables,
    TextFormat::Request,
    TextFormat::Yaml,
    TextFormat::Makefile,
    TextFormat::Dockerfile,
    TextFormat::Markdown,
    TextFormat::Template,
    TextFormat::Unknown,
];
const SHELLS: [TextFormat; 3] = [TextFormat::Bash, TextFormat::PowerShell, TextFormat::Cmd];
/// Formats that contain other languages, whose syntax does not speak against them.
const HOSTS: [TextFormat; 5] = [TextFormat::Yaml, TextFormat::Makefile, TextFormat::Dockerfile, TextFormat::Markdown, TextFormat::Unknown];
/// The points that make a file's name wrong, if nothing in the text speaks for it.
const CONTRADICTS: u32 = 12;

/// The format of a text in the file `file`, whose name may be empty.
pub(super) fn kind(text: &str, file: &str) -> TextFormat {
    let text = after_blanks(text);
    if text.is_empty() {
        return TextFormat::Nothing;
    }
    let named = by_name(file);
    if let Some(kind @ (TextFormat::Table | TextFormat::Notebook)) = named {
        return kind;
    }
    if named.is_none() && table::is_table(text) {
        return TextFormat::Table;
    }
    let is_test = text.starts_with('[') && named.is_some_and(|named| SHELLS.contains(&named));
    if is_json(text) && !is_test && named.is_none_or(|named| !HOSTS.contains(&named)) {
        return match named {
            Some(named @ (TextFormat::Terraform | TextFormat::TerraformVariables)) => named,
            _ if is_notebook(text) => TextFormat::Notebook,
            _ if is_terraform_json(text) => TextFormat::Terraform,
            _ => TextFormat::Template,
        };
    }
    let votes = Votes::of(text);
    // A configuration has the lines of a variables file inside its blocks.
    let has_blocks = named == Some(TextFormat::Terraform) || votes.points(TextFormat::Terraform) > 0;
    let best = votes.best(&FORMATS).map(|best| match best {
        TextFormat::TerraformVariables if has_blocks => TextFormat::Terraform,
        best => best,
    });
    let Some(named) = named else { return best.unwrap_or(TextFormat::Unknown) };
    let own = votes.points(named);
    let other = best.map_or(0, |best| votes.points(best));
    let contradicted = if HOSTS.contains(&named) { own == 0 && other >= CONTRADICTS } else { other >= CONTRADICTS + 2 * own };
    // Go assigns as make does.
    let go = (named, best) == (TextFormat::Unknown, Some(TextFormat::Makefile));
    best.filter(|_| contradicted && !go).unwrap_or(named)
}

/// The shell of a script; `default` if nothing speaks against it.
pub(super) fn shell(text: &str, default: TextFormat) -> TextFormat {
    let votes = Votes::of(text);
    votes.best(&SHELLS).filter(|best| votes.points(*best) > 1 + votes.points(default)).unwrap_or(default)
}

/// The format that a file's name stands for; `Unknown` for other languages of programs.
pub(super) fn by_name(file: &str) -> Option<TextFormat> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
    let ends = |end: &str| name.strip_suffix(end).is_some_and(|start| end.starts_with('.') || start.is_empty() || start.ends_with('.'));
    NAMES.iter().find(|(names, _)| names.split(' ').any(ends)).map(|(_, kind)| *kind)
}

fn after_blanks(text: &str) -> &str {
    text.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}')
}

/// The text after JSON-with-comments comments.
fn after_comments(mut text: &str) -> &str {
    loop {
        let end = if text.starts_with("//") {
            text.find('\n')
        } else if text.starts_with("/*") {
            text.find("*/").map(|end| end + 2)
        } else {
            return text;
        };
        text = after_blanks(end.map_or("", |end| &text[end..]));
    }
}

/// Whether a text starts as JSON does: not a PowerShell attribute, the section of an INI file, or a template's tag.
fn is_json(text: &str) -> bool {
    let text = after_comments(text);
    let inside = after_comments(after_blanks(text.get(1..).unwrap_or_default()));
    let first = inside.chars().next();
    if text.starts_with('[') {
        let word = inside.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        let second = inside.chars().nth(1);
        return match first {
            // `[ "$x" ]` and `[ -n x ]` are tests of a shell.
            Some('"') => second != Some('$'),
            Some('-') => second.is_some_and(|digit| digit.is_ascii_digit()),
            first => matches!(word, "true" | "false" | "null") || first.is_none_or(|first| "{[]0123456789".contains(first)),
        };
    }
    let word_end = inside.trim_start_matches(|letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '$'));
    let key = word_end.len() < inside.len() && word_end.trim_start().starts_with(':');
    text.starts_with('{') && (key || first.is_none_or(|first| matches!(first, '"' | '\'' | '}')))
}

/// Whether JSON is a configuration, a plan or a state of Terraform.
fn is_terraform_json(text: &str) -> bool {
    text.contains("\"azurerm_user_assigned_identity\"") || text.contains("\"terraform_version\"")
}

fn is_notebook(text: &str) -> bool {
    text.contains("\"nbformat\"") && text.contains("\"cells\"")
}

/// Points by format.
struct Votes([u32; 17]);

impl Votes {
    fn points(&self, kind: TextFormat) -> u32 {
        self.0[kind as usize]
    }

    fn best(&self, kinds: &[TextFormat]) -> Option<TextFormat> {
        let enough = |kind: &&TextFormat| {
            let least = LEAST.iter().find(|(known, _)| *known == **kind).map_or(1, |(_, least)| *least);
            self.points(**kind) >= least
        };
        kinds.iter().rev().filter(enough).max_by_key(|kind| self.points(**kind)).copied()
    }

    fn add(&mut self, evidence: &[(TextFormat, u32)]) {
        for (kind, points) in evidence {
            self.0[*kind as usize] += points;
        }
    }

    fn of(text: &str) -> Self {
        let mut votes = Self([0; 17]);
        let mut skipped = Skipped::None;
        let (mut braces, mut continued, mut after_rule) = (0_u32, false, false);
        for (number, line) in text.lines().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let row = line.trim();
            if row.is_empty() || skipped.has(row, indent) {
                continue;
            }
            skipped = Skipped::None;
            if number == 0 && row.starts_with("#!") {
                votes.shebang(row);
            } else if after_rule && line.starts_with('\t') {
                votes.add(&[(TextFormat::Makefile, 5)]);
                continue;
            } else if !continued {
                after_rule = votes.line(row, indent, braces);
            }
            braces = braces.saturating_sub(u32::from(row.starts_with(['}', ']', ')'])));
            braces += u32::from(row.ends_with(['{', '[', '(']));
            continued = votes.continuation(row, continued);
            skipped = votes.opened(row, indent);
        }
        votes
    }

    fn shebang(&mut self, row: &str) {
        let kind = match row {
            _ if row.contains("pwsh") => TextFormat::PowerShell,
            _ if row.ends_with("sh") || row.contains("sh ") => TextFormat::Bash,
            _ if row.contains("make") => TextFormat::Makefile,
            _ => TextFormat::Unknown,
        };
        self.add(&[(kind, 20)]);
    }

    /// Counts a line that goes on in the next one; `was` if the one before did.
    fn continuation(&mut self, row: &str, was: bool) -> bool {
        let kind = match row.as_bytes() {
            [.., b'\\'] => TextFormat::Bash,
            [.., b' ', b'`'] => TextFormat::PowerShell,
            [.., b'^'] => TextFormat::Cmd,
            _ => return false,
        };
        // A Dockerfile's or Makefile's instruction goes on as those of bash do.
        if !was || kind != TextFormat::Bash {
            self.add(&[(kind, 2)]);
        }
        true
    }

    /// What opens on a line and hides the next ones: a comment, a text, a script.
    fn opened<'a>(&mut self, row: &'a str, indent: usize) -> Skipped<'a> {
        for (open, close) in [("/*", "*/"), ("<#", "#>"), ("<!--", "-->")] {
            if row.starts_with(open) && !row.contains(close) {
                return Skipped::To(close);
            }
        }
        if let Some(fence) = ["```", "~~~"].into_iter().find(|fence| row.starts_with(fence)) {
            self.add(&[(TextFormat::Markdown, 6)]);
            return Skipped::To(fence);
        }
        if row.ends_with("@'") || row.ends_with("@\"") {
            self.add(&[(TextFormat::PowerShell, 3)]);
            return Skipped::To(if row.ends_with('\'') { "'@" } else { "\"@" });
        }
        if row.matches("'''").count() == 1 {
            return Skipped::To("'''");
        }
        let scalar = row.trim_end_matches(['-', '+', '1', '2', '4', '8']).strip_suffix(['|', '>']);
        if scalar.is_some_and(|key| key.ends_with(": ") || key.trim_end() == "-") {
            self.add(&[(TextFormat::Yaml, 4)]);
            return Skipped::Deeper(indent);
        }
        match row.split_once("<<").map(|(_, after)| after.trim_start_matches(['-', '~', ' '])) {
            Some(after) if !after.starts_with('<') => {
                let marker = after.trim_matches(['\'', '"', '\\']).split([' ', '\'', '"', ';', ')', '|', '>']).next().unwrap_or_default();
                let word = !marker.is_empty() && marker.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
                if word { Skipped::To(marker) } else { Skipped::None }
            }
            _ => Skipped::None,
        }
    }

    /// Counts a line; whether it is the rule of a Makefile.
    fn line(&mut self, row: &str, indent: usize, braces: u32) -> bool {
        let starts = |start: &str| row.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start));
        // A key in braces is none of YAML's.
        let counts = |evidence: Evidence| braces == 0 || !matches!(evidence, [(TextFormat::Yaml, _)]);
        if let Some((_, evidence)) = STARTS.iter().find(|(start, evidence)| starts(start) && counts(evidence)) {
            self.add(evidence);
            return false;
        }
        if row.starts_with('#') || row.starts_with("//") || row.starts_with("::") {
            return false;
        }
        let shaped = shape(row, braces);
        self.add(shaped);
        if shaped.is_empty() {
            for (_, evidence) in INSIDE.iter().filter(|(word, _)| row.contains(word)) {
                self.add(evidence);
            }
            if has_percents(row) {
                self.add(&[(TextFormat::Cmd, 2)]);
            }
            if has_tool(row) {
                self.add(&[(TextFormat::Bash, 1), (TextFormat::PowerShell, 1), (TextFormat::Cmd, 1)]);
            }
        }
        indent == 0 && row.split_once(':').is_some_and(|(target, rest)| !target.is_empty() && !rest.starts_with(['=', ':']))
    }
}

/// Lines that belong to a comment, a text or a script in the text.
#[derive(Clone, Copy)]
enum Skipped<'a> {
    None,
    /// Up to a line that starts or ends with this.
    To(&'a str),
    /// As long as lines are indented deeper.
    Deeper(usize),
}

impl Skipped<'_> {
    fn has(&mut self, row: &str, indent: usize) -> bool {
        match *self {
            Self::None => false,
            Self::Deeper(than) => indent > than,
            Self::To(close) => {
                if row.starts_with(close) || row.ends_with(close) {
                    *self = Self::None;
                }
                true
            }
        }
    }
}

/// What a line's shape speaks for.
fn shape(row: &str, braces: u32) -> Evidence {
    let mut words = row.split_ascii_whitespace();
    let mut next = || words.next().unwrap_or_default();
    let (first, second, third) = (next(), next(), next());
    if is_method(first) && (second.starts_with("http") || second.starts_with('/') || second.starts_with("{{")) {
        return &[(TextFormat::Request, 10)];
    }
    if let Some((_, evidence)) = INSTRUCTIONS.iter().find(|(word, _)| *word == first && !second.is_empty()) {
        return evidence;
    }
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    match first {
        "then" | "fi" | "do" | "done" | "esac" if second.is_empty() => return &[(TextFormat::Bash, 2)],
        "resource" | "module" if third.starts_with('\'') => return &[(TextFormat::Bicep, 8)],
        "param" if is_name(second) && third == "=" => return &[(TextFormat::BicepParameters, 4)],
        "param" if is_name(second) && !third.is_empty() => return &[(TextFormat::Bicep, 4)],
        "var" | "metadata" | "type" if third == "=" => return &[(TextFormat::Bicep, 2)],
        "output" if is_name(second) && !third.is_empty() => return &[(TextFormat::Bicep, 3)],
        "using" if row.ends_with(';') => return &[(TextFormat::Unknown, 4)],
        "set" if second.trim_start_matches('"').split_once('=').is_some_and(|(name, _)| is_name(name)) => return &[(TextFormat::Cmd, 4)],
        _ => {}
    }
    if row.starts_with('$') && (matches!(second, "=" | "+=") || first.split_once('=').is_some_and(|(name, _)| is_name(&name[1..]))) {
        return &[(TextFormat::PowerShell, 3)];
    }
    if row.starts_with('[') && row.split_once(']').is_some_and(|(_, rest)| rest.trim_start().starts_with('$')) {
        return &[(TextFormat::PowerShell, 3)];
    }
    if matches!(second, ":=" | "?=" | "+=" | "::=") && is_name(first) {
        return &[(TextFormat::Makefile, 4)];
    }
    let value = third.starts_with(['"', '[', '{', '-']) || third.starts_with(|digit: char| digit.is_ascii_digit());
    // In braces, other formats have such lines, too.
    if braces == 0 && second == "=" && is_name(first) && (value || matches!(third, "true" | "false")) {
        return &[(TextFormat::TerraformVariables, 1)];
    }
    if first.split_once('=').is_some_and(|(name, _)| is_name(name)) {
        return &[(TextFormat::Bash, 2)];
    }
    if row.starts_with(':') && is_name(&first[1..]) && second.is_empty() {
        return &[(TextFormat::Cmd, 2)];
    }
    if is_cmdlet(first) {
        return &[(TextFormat::PowerShell, 3)];
    }
    let key = if first == "-" { second } else { first };
    if braces == 0 && key.len() > 1 && key.ends_with(':') {
        return &[(TextFormat::Yaml, 1)];
    }
    &[]
}

/// Whether a word is a verb and a noun, as `New-AzResourceGroup`.
fn is_cmdlet(word: &str) -> bool {
    let capital = |word: &str| word.starts_with(|letter: char| letter.is_ascii_uppercase());
    let letters = |word: &str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let az = word.split_once('-').is_some_and(|(_, noun)| noun.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("az")));
    word.split_once('-').is_some_and(|(verb, noun)| letters(verb) && letters(noun) && (az || (capital(verb) && capital(noun))))
}

/// Whether a line has a variable of cmd: `%X%`, `%~1`.
fn has_percents(row: &str) -> bool {
    let mut parts = row.split('%');
    parts.next();
    parts.any(|part| {
        let name = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b':'));
        (name && !part.is_empty() && part.len() < 60 && !part.bytes().all(|byte| byte.is_ascii_digit())) || part.starts_with('~')
    }) && row.matches('%').count() > 1
}

/// Whether a line runs `az` or `curl`.
fn has_tool(row: &str) -> bool {
    row.split(['(', ' ', '\t', ';', '|', '&', '=', '`', '"', '@']).any(|word| matches!(word, "az" | "curl" | "az.cmd"))
}

#[cfg(test)]
mod tests;
