//! Scripts in YAML: workflows and pipelines of GitHub, Azure DevOps and GitLab, playbooks of Ansible, and whatever else has
//! commands in its scalars.

use std::collections::BTreeMap;

use super::super::embedded::Embedded;
use super::super::occurrences::occurrences;
use super::super::parsed_identity::Note;
use super::super::{ParsedText, TextFormat, detect};
use super::repeats::Repeats;
use super::scalar::text_of;
use super::scope::Scope;
use super::yaml::{Node, Yaml, parse};
use super::{ADDED_MAX, Host, mentions, resources};
use crate::messages;

/// Keys of scripts, and their language if it is certain.
const SCRIPTS: [(&str, Option<TextFormat>); 29] = [
    ("run", None),
    ("script", None),
    ("scripts", None),
    ("bash", Some(TextFormat::Bash)),
    ("sh", Some(TextFormat::Bash)),
    ("pwsh", Some(TextFormat::PowerShell)),
    ("powershell", Some(TextFormat::PowerShell)),
    ("win_shell", Some(TextFormat::PowerShell)),
    ("win_command", Some(TextFormat::Cmd)),
    ("win_powershell", Some(TextFormat::PowerShell)),
    ("inlineScript", None),
    ("inlinescript", None),
    ("Inline", None),
    ("inline", None),
    ("shell", Some(TextFormat::Bash)),
    ("command", Some(TextFormat::Bash)),
    ("commands", None),
    ("cmd", None),
    ("cmds", None),
    ("raw", Some(TextFormat::Bash)),
    ("args", Some(TextFormat::Bash)),
    ("argv", Some(TextFormat::Bash)),
    ("entrypoint", Some(TextFormat::Bash)),
    ("before_script", Some(TextFormat::Bash)),
    ("after_script", Some(TextFormat::Bash)),
    ("before", None),
    ("scriptContent", None),
    ("source", None),
    ("postCreateCommand", Some(TextFormat::Bash)),
];
/// Keys of prose.
const PROSE: [&str; 18] = [
    "name",
    "displayName",
    "description",
    "title",
    "summary",
    "help",
    "comment",
    "comments",
    "message",
    "msg",
    "label",
    "notes",
    "if",
    "condition",
    "when",
    "syntax",
    "usage",
    "synopsis",
];

/// What is known of the place of a value.
#[derive(Clone, Copy)]
struct Place<'a> {
    key: &'a str,
    /// The language of scripts here.
    language: Option<TextFormat>,
    /// The language of `run:` from here on.
    runs: Option<TextFormat>,
    windows: bool,
}

pub(in crate::parsing) fn read(text: &str, outside: u32) -> ParsedText {
    if !mentions(text) {
        return ParsedText::default();
    }
    let (documents, comments) = parse(text);
    let mut pipeline = Pipeline { host: Host::new(text, outside), scope: Scope::default(), text, repeats: Repeats::default() };
    for comment in comments {
        pipeline.host.account(comment);
    }
    for document in &documents {
        pipeline.inputs(document);
        pipeline.visit(document, Place { key: "", language: None, runs: None, windows: false });
        pipeline.scope.truncate(0);
        pipeline.repeats = Repeats::default();
    }
    pipeline.host.done()
}

struct Pipeline<'a> {
    host: Host,
    scope: Scope,
    text: &'a str,
    repeats: Repeats,
}

impl<'a> Pipeline<'a> {
    /// The default values of what a workflow or template is given.
    fn inputs(&mut self, document: &Node) {
        let text = self.text;
        let triggers = document.get(text, "on").map(Node::entries).unwrap_or_default();
        let of_triggers = triggers.iter().filter_map(|(_, trigger)| trigger.get(text, "inputs"));
        let all = of_triggers.chain(["inputs", "parameters"].into_iter().filter_map(|key| document.get(text, key)));
        for inputs in all.collect::<Vec<_>>() {
            for (name, input) in inputs.entries() {
                self.define(name.written(text), input, "default", false);
            }
            for input in inputs.items() {
                self.define(input.word(text, "name"), input, "default", false);
            }
        }
    }

    /// Gives a name the value of a scalar, or of the member `key` of a map.
    fn define(&mut self, name: &str, node: &Node, key: &str, environment: bool) {
        let value = if node.entries().is_empty() { Some(node) } else { node.get(self.text, key) };
        if let Some(value) = value.filter(|value| matches!(value.value, Yaml::Sequence(_))) {
            self.repeats.list(self.text, name, value);
        }
        if let Some(value) = value.filter(|value| matches!(value.value, Yaml::Scalar(_))) {
            self.scope.insert(name, value.written(self.text), value.at, environment);
        }
    }

    fn variables(&mut self, map: &Node) {
        let text = self.text;
        for (key, environment) in [("variables", true), ("env", true), ("environment", true), ("vars", false)] {
            let Some(names) = map.get(text, key) else { continue };
            for (name, value) in names.entries() {
                self.define(name.written(text), value, "value", environment);
            }
            for one in names.items() {
                self.define(one.word(text, "name"), one, "value", environment);
            }
        }
    }

    fn visit(&mut self, node: &Node, place: Place<'a>) {
        match &node.value {
            Yaml::Empty => {}
            Yaml::Scalar(_) => self.scalar(node, place),
            Yaml::Sequence(items) => self.sequence(node, items, place),
            Yaml::Map(entries) => self.map(node, entries, place),
        }
    }

    fn map(&mut self, map: &Node, entries: &[(Node, Node)], mut place: Place<'a>) {
        let (text, known, rows) = (self.text, self.scope.len(), self.repeats.len());
        if resources::read(&mut self.host.reading, text, map) {
            self.host.account(map.at..map.end);
        }
        self.variables(map);
        self.repeats.of_map(text, map);
        self.languages(map, &mut place);
        // Kubernetes appends `args` to `command`.
        let (command, args) = (map.get(text, "command"), map.get(text, "args"));
        let joined = command.zip(args).map(|(command, args)| [command.items(), args.items()].concat());
        let joined = joined.filter(|items| !items.is_empty() && self.exec(items, place));
        for (key, value) in entries {
            let name = key.written(text);
            if joined.is_some() && matches!(name, "command" | "args") {
                continue;
            }
            if self.is_ansible(name, value) {
                self.host.reading.notes.push(Note::warns(key.at, messages::READ_MAY_CREATE.with([name])));
                self.host.account(key.at..key.end.max(value.end));
            }
            self.repeats.each(name);
            self.visit(value, Place { key: if name.is_empty() { place.key } else { name }, ..place });
        }
        self.scope.truncate(known);
        self.repeats.truncate(rows);
    }

    /// Whether a task of Ansible may create an identity: a module for them, or one for any resource.
    fn is_ansible(&self, name: &str, task: &Node) -> bool {
        let word = |key: &str| task.word(self.text, key);
        let writes = matches!(word("method"), "" | "PUT" | "PATCH") && word("state") != "absent";
        let of_any = || {
            let kinds = [word("url"), word("resource_type")].concat().to_ascii_lowercase();
            name.ends_with("azure_rm_resource") && kinds.contains("userassignedidentities")
        };
        name.contains("azure_rm_") && !name.ends_with("_info") && writes && (mentions(name) || of_any())
    }

    /// What a map tells of the language of its scripts.
    fn languages(&self, map: &Node, place: &mut Place<'a>) {
        let text = self.text;
        let word = |key: &str| map.word(text, key);
        let run = map.get(text, "defaults").and_then(|defaults| defaults.get(text, "run"));
        if let Some(language) = run.and_then(|run| language(run.word(text, "shell"))) {
            place.runs = Some(language);
        }
        let pool = map.get(text, "pool").map_or("", |pool| pool.word(text, "vmImage"));
        let image = [word("runs-on"), pool, word("vmImage"), word("pool")].into_iter().find(|image| !image.is_empty());
        if let Some(image) = image {
            place.windows = image.to_ascii_lowercase().contains("windows");
        }
        let tool = [word("uses"), word("task")].concat().to_ascii_lowercase();
        if !tool.is_empty() {
            place.language = tool.contains("powershell").then_some(TextFormat::PowerShell);
        }
        place.language = language(word("shell")).or(language(word("scriptType"))).or(place.language);
        if let Some(inputs) = map.get(text, "inputs") {
            place.language = language(inputs.word(text, "scriptType")).or(place.language);
        }
    }

    fn scalar(&mut self, node: &Node, place: Place) {
        let range = node.at..node.end;
        if PROSE.contains(&place.key) {
            return self.host.account(range);
        }
        let is_script = SCRIPTS.iter().any(|(key, _)| *key == place.key);
        if is_script || self.host.occurs(&range) {
            self.run(&text_of(self.text, node), place);
        }
    }

    fn run(&mut self, script: &Embedded, place: Place) {
        let kind = language_at(&script.text, place).unwrap_or_else(|| detect::kind(&script.text, place.key));
        let is_host = matches!(kind, TextFormat::Yaml | TextFormat::Table | TextFormat::Nothing);
        if is_host {
            return;
        }
        let runs = self.repeats.runs(&script.text);
        let known = self.scope.len();
        let (found, notes) = (self.host.reading.found.len(), self.host.reading.notes.len());
        for (count, row) in runs.into_iter().enumerate() {
            self.host.added += if count > 0 { script.text.len() } else { 0 };
            if count > 0 && self.host.added > ADDED_MAX {
                break;
            }
            for (name, value, at) in &row {
                self.scope.insert(name, value, *at, !name.contains('.'));
            }
            let start = self.scope.assignments(kind);
            self.host.script(kind, script, &start, &|text, at| self.scope.expression(text, at));
            self.scope.truncate(known);
        }
        self.drop_repeated(found, notes);
    }

    /// Drops what is the same in each run of a script, of the identities and the notes from these indexes on.
    fn drop_repeated(&mut self, found: usize, notes: usize) {
        let reading = &mut self.host.reading;
        let mut told = reading.notes.split_off(notes.min(reading.notes.len()));
        told.dedup();
        reading.notes.append(&mut told);
        let mut by_place: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for one in reading.found.split_off(found) {
            let known = by_place.entry(one.at).or_default();
            if !known.iter().any(|known| reading.found[*known].draft == one.draft) {
                known.push(reading.found.len());
                reading.found.push(one);
            }
        }
    }

    /// A list: of lines that share a shell, of a command's words, or of anything.
    fn sequence(&mut self, list: &Node, items: &[Node], place: Place<'a>) {
        let scalars = items.iter().all(|item| matches!(item.value, Yaml::Scalar(_)));
        if scalars && self.host.occurs(&(list.at..list.end)) && self.exec(items, place) {
            return;
        }
        let is_script = SCRIPTS.iter().any(|(key, _)| *key == place.key);
        if !(scalars && is_script) {
            return items.iter().for_each(|item| self.visit(item, place));
        }
        let mut script = Embedded::default();
        for item in items {
            script.append(&text_of(self.text, item));
            script.put(item.end, "\n");
        }
        self.run(&script, place);
    }

    /// Reads a list as the words of one command; `false` if it isn't one.
    fn exec(&mut self, items: &[Node], place: Place) -> bool {
        let texts: Vec<Embedded> = items.iter().map(|item| text_of(self.text, item)).collect();
        let words: Vec<&str> = texts.iter().map(|text| text.text.as_str()).collect();
        if !is_command(&words) {
            return false;
        }
        if let Some(script) = texts.iter().find(|text| !occurrences(&text.text).is_empty()) {
            let shell = words.first().and_then(|word| language(word));
            self.run(script, Place { key: "command", language: shell, ..place });
        } else {
            self.run(&command_line(&texts), Place { key: "command", language: Some(TextFormat::Bash), ..place });
        }
        true
    }
}

/// The language of a script at a place.
fn language_at(script: &str, place: Place) -> Option<TextFormat> {
    let (_, certain) = SCRIPTS.iter().find(|(key, _)| *key == place.key)?;
    let default = match place.key {
        "run" if place.windows => Some(TextFormat::PowerShell),
        "script" if place.windows => Some(TextFormat::Cmd),
        _ => None,
    };
    let run = place.runs.filter(|_| place.key == "run");
    Some(place.language.or(run).or(*certain).unwrap_or_else(|| detect::shell(script, default.unwrap_or(TextFormat::Bash))))
}

/// Whether words in a list are one command.
pub(super) fn is_command(words: &[&str]) -> bool {
    let first = words.first().map_or("", |word| word.rsplit('/').next().unwrap_or_default());
    first == "az"
        || (language(first).is_some() && words.get(1).is_some_and(|option| option.starts_with(['-', '/'])))
        || words.windows(2).any(|pair| pair == ["identity", "create"])
}

/// Words in quotes, as bash takes them.
pub(super) fn command_line(words: &[Embedded]) -> Embedded {
    let mut line = Embedded::default();
    for word in words {
        let at = word.outer(0);
        let plain = word.text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b'='));
        if plain && !word.text.is_empty() {
            line.append(word);
        } else {
            // Variables of the host are put in place before.
            let quote = if word.text.contains('\'') { "\"" } else { "'" };
            line.put(at, quote);
            line.append(word);
            line.put(at, quote);
        }
        line.put(at, " ");
    }
    line
}

/// The language of a shell, by its name.
pub(super) fn language(shell: &str) -> Option<TextFormat> {
    let program = shell.split_ascii_whitespace().next().unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default();
    Some(match program.trim_end_matches(".exe").to_ascii_lowercase().as_str() {
        "bash" | "sh" | "zsh" | "ash" | "dash" => TextFormat::Bash,
        "pwsh" | "powershell" | "ps" | "pscore" => TextFormat::PowerShell,
        "cmd" | "batch" => TextFormat::Cmd,
        "python" | "python3" | "node" | "perl" | "ruby" => TextFormat::Unknown,
        _ => return None,
    })
}
