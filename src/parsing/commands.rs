//! What commands create, in any shell: `az`, `curl`, and the Az cmdlets.

use super::arguments::{moved, plain_tag_argument, restriction_argument, tag_argument};
use super::item::{Item, Value};
use super::names::{LENGTH_MAX, Names, Resolved};
use super::options::{Given, options};
use super::parsed_identity::{NewGroup, Note, ParsedIdentity, Tool, join, keep};
use super::request::{Made, made};
use super::resource::{json, tags};
use super::{ParsedText, TextFormat};
use crate::messages;
use crate::provisioning::field::{Field, TOOLS};

/// What `az identity create` takes, besides the options of [`TOOLS`].
const AZ_IDENTITY: [&str; 8] = ["--name", "-n", "--resource-group", "-g", "--location", "-l", "--subscription", "--tags"];

/// Global options of `az`, and options that do not affect an identity.
const AZ_OTHER: [&str; 12] = [
    "--output",
    "-o",
    "--query",
    "--only-show-errors",
    "--verbose",
    "--debug",
    "--help",
    "-h",
    "--no-wait",
    "--acquire-policy-token",
    "--change-reference",
    "--managed-by",
];

/// PowerShell's common parameters, and parameters that do not affect an identity.
const CMDLET_OTHER: [&str; 12] = [
    "-ErrorAction",
    "-WarningAction",
    "-Verbose",
    "-Debug",
    "-Confirm",
    "-WhatIf",
    "-Force",
    "-DefaultProfile",
    "-OutVariable",
    "-ApiVersion",
    "-AsJob",
    "-PassThru",
];

/// Shell builtins and tools that create nothing in Azure.
const SILENT: [&str; 34] = [
    "echo",
    "printf",
    "set",
    "exit",
    "cd",
    "fi",
    "done",
    "esac",
    "case",
    "return",
    "trap",
    "shift",
    "source",
    ".",
    "[",
    "[[",
    "test",
    "read",
    "sleep",
    "true",
    "false",
    "jq",
    "grep",
    "cat",
    "mkdir",
    "rm",
    "tee",
    "write-host",
    "write-output",
    "import-module",
    "convertto-json",
    "convertfrom-json",
    "connect-azaccount",
    "out-null",
];

/// The state while parsing a script's commands.
pub(super) struct Session {
    reading: ParsedText,
    groups: Vec<NewGroup>,
    /// The subscription selected by `az account set` and the like.
    subscription: Option<(usize, Resolved)>,
    /// The group set by `az configure --defaults`.
    group: Option<(usize, Resolved)>,
    region: Option<(usize, Resolved)>,
    ignored: Vec<String>,
}

impl Session {
    pub(super) fn new(kind: TextFormat) -> Self {
        let reading = ParsedText { kind, ..ParsedText::default() };
        Self { reading, groups: Vec::new(), subscription: None, group: None, region: None, ignored: Vec::new() }
    }

    pub(super) fn note(&mut self, note: Note) {
        self.reading.notes.push(note);
    }

    fn keep(&mut self, found: ParsedIdentity) {
        keep(&mut self.reading.found, &mut self.reading.notes, found);
    }

    pub(super) fn done(mut self) -> ParsedText {
        join(&mut self.reading.found, &self.groups);
        self.reading
    }

    /// Interprets a command from its words; `names` resolves variables at this point.
    pub(super) fn command(&mut self, words: &[Item], names: &Names) {
        let Some(first) = words.first() else { return };
        let at = first.at;
        let program = first.start().rsplit('/').next().unwrap_or_default().trim_end_matches(".cmd").to_ascii_lowercase();
        let (verbs, given) = options(&words[1..], matches!(program.as_str(), "az" | "curl"));
        match program.as_str() {
            "az" => self.az(at, &verbs, &given, names),
            "curl" => self.curl(at, &verbs, &given, names),
            "new-azuserassignedidentity" => self.cmdlet(at, &given, names),
            "new-azresourcegroup" => {
                let known = ["-Name", "-ResourceGroupName", "-Location", "-Tag"];
                let value = |names_of: &[&str]| given.iter().find(|given| given.of(&known).is_some_and(|name| names_of.contains(&name)));
                let tag = value(&["-Tag"]).and_then(Given::value);
                let read = |found: &mut ParsedIdentity| tag.into_iter().for_each(|item| tags(found, item, names));
                self.group_of(value(&["-Name", "-ResourceGroupName"]), value(&["-Location"]), names, read);
            }
            "set-azcontext" | "select-azsubscription" | "select-azcontext" => {
                let known = ["-Subscription", "-SubscriptionId", "-SubscriptionName", "-Context", "-Tenant"];
                let option = given.iter().find(|given| given.of(&known).is_some_and(|name| name.starts_with("-Subscription")));
                if let Some(item) = option.and_then(Given::value).or(verbs.first()) {
                    self.subscription = Some((item.at, names.meant(&item.value)));
                }
            }
            "invoke-azrestmethod" => {
                let known = ["-Method", "-Path", "-Uri", "-Payload"];
                let value = |wanted: &str| given.iter().find(|given| given.of(&known) == Some(wanted)).and_then(Given::value);
                self.request(at, value("-Method"), value("-Path").or(value("-Uri")), value("-Payload"), names);
            }
            silent if SILENT.contains(&silent) || silent.is_empty() => {}
            other => self.report_ignored(at, other),
        }
    }

    fn report_ignored(&mut self, at: usize, what: &str) {
        let known = self.ignored.iter().any(|known| known == what);
        if !known && self.ignored.len() < super::syntax::SYNTAX_ERRORS_MAX {
            self.ignored.push(what.to_owned());
            let what: String = what.chars().take(60).collect();
            self.note(Note::informs(at, messages::READ_PASSED_OVER.with([&what])));
        }
    }

    fn az(&mut self, at: usize, verbs: &[Item], given: &[Given], names: &Names) {
        let words: Vec<&str> = verbs.iter().map(Item::start).collect();
        let find = |wanted: &[&str]| given.iter().find(|given| wanted.contains(&given.name.as_str()));
        let value = |wanted: &[&str]| find(wanted).and_then(Given::value);
        match words.as_slice() {
            ["identity", "create", rest @ ..] => {
                if let Some(word) = rest.first() {
                    self.note(Note::warns(at, messages::READ_WORD.with([word])));
                }
                self.az_identity(at, given, names);
            }
            ["group", "create", ..] => {
                let items = find(&["--tags"]).map(|given| given.values.as_slice()).unwrap_or_default();
                let read = |found: &mut ParsedIdentity| items.iter().for_each(|item| plain_tag_argument(found, item, names));
                self.group_of(find(&["-n", "--name", "-g", "--resource-group"]), find(&["-l", "--location"]), names, read);
            }
            ["account", "set", ..] => {
                if let Some(item) = value(&["-s", "-n", "--subscription", "--name"]) {
                    self.subscription = Some((item.at, names.meant(&item.value)));
                }
            }
            ["configure", ..] => self.defaults(given.iter().flat_map(|given| &given.values), "", names),
            ["config", "set", ..] => self.defaults(verbs.iter().skip(2), "defaults.", names),
            ["rest", ..] => {
                let method = value(&["-m", "--method"]);
                self.request(at, method, value(&["-u", "--url", "--uri"]), value(&["-b", "--body"]), names);
            }
            ["login" | "account" | "cloud" | "extension" | "version", ..] => {}
            other => self.report_ignored(at, &["az ", &other.join(" ")].concat()),
        }
    }

    fn defaults<'a>(&mut self, items: impl Iterator<Item = &'a Item>, start: &str, names: &Names) {
        for item in items {
            let Some((name, value)) = item.split('=') else { continue };
            let chosen = Some((value.at, names.meant(&value.value)));
            match name.strip_prefix(start) {
                Some("group") => self.group = chosen,
                Some("location") => self.region = chosen,
                _ => {}
            }
        }
    }

    fn group_of(&mut self, name: Option<&Given>, region: Option<&Given>, names: &Names, tags: impl FnOnce(&mut ParsedIdentity)) {
        let text = |given: Option<&Given>| match given.and_then(Given::value).map(|item| names.meant(&item.value)) {
            Some(Resolved::Text(text)) => text,
            _ => String::new(),
        };
        let name = text(name);
        if !name.is_empty() {
            self.groups.push(NewGroup::new(name, &text(region)).tagged(tags));
        }
    }

    fn az_identity(&mut self, at: usize, given: &[Given], names: &Names) {
        let mut found = ParsedIdentity { tool: Some(Tool::Az), ..ParsedIdentity::at(at) };
        let known: Vec<&str> = AZ_IDENTITY.into_iter().chain(TOOLS.iter().map(|tool| tool.az)).collect();
        for option in given {
            let Some(name) = option.of(&known) else {
                if option.of(&AZ_OTHER).is_none() {
                    self.note(Note::warns(option.at, messages::READ_OPTION.with([&option.name])));
                }
                continue;
            };
            if name == "--tags" {
                for item in &option.values {
                    tag_argument(&mut found, item, names);
                }
                continue;
            }
            let Some(item) = option.value() else {
                self.note(Note::blocks(option.at, messages::READ_NO_VALUE.with([&option.name])));
                continue;
            };
            for more in &option.values[1..] {
                self.note(Note::warns(more.at, messages::READ_WORD.with([more.start()])));
            }
            let meant = names.meant(&item.value);
            match name {
                "--name" | "-n" => found.set(Field::Name, item.at, meant),
                "--resource-group" | "-g" => found.set(Field::ResourceGroup, item.at, meant),
                "--location" | "-l" => found.set(Field::Region, item.at, meant),
                "--subscription" => found.subscription_or_name(item.at, meant),
                name => match TOOLS.iter().find(|tool| tool.az == name && !tool.field.is_list()) {
                    Some(tool) => found.set(tool.field, item.at, meant),
                    None => restriction_argument(&mut found, item, meant),
                },
            }
        }
        self.finish(found);
    }

    /// Applies the earlier selections to what the command leaves out.
    fn finish(&mut self, mut found: ParsedIdentity) {
        let is_set = |found: &ParsedIdentity, field| found.places.iter().any(|(known, _)| *known == field);
        for (field, chosen) in [(Field::ResourceGroup, &self.group), (Field::Region, &self.region)] {
            if let (false, Some((at, meant))) = (is_set(&found, field), chosen) {
                found.set(field, *at, meant.clone());
            }
        }
        if let (false, Some((at, meant))) = (is_set(&found, Field::Subscription), &self.subscription) {
            found.subscription_or_name(*at, meant.clone());
        }
        found.explain_empty(Field::Subscription, messages::READ_CURRENT_SUBSCRIPTION);
        found.explain_empty(Field::Region, messages::READ_REGION_OF_GROUP);
        self.keep(found);
    }

    fn cmdlet(&mut self, at: usize, given: &[Given], names: &Names) {
        let mut found = ParsedIdentity { tool: Some(Tool::Cmdlet), ..ParsedIdentity::at(at) };
        let known = ["-Name", "-ResourceGroupName", "-Location", "-SubscriptionId", "-Tag"];
        for option in given {
            let Some(name) = option.of(&known) else {
                if option.of(&CMDLET_OTHER).is_none() {
                    self.note(Note::warns(option.at, messages::READ_OPTION.with([&option.name])));
                }
                continue;
            };
            let Some(item) = option.value() else {
                self.note(Note::blocks(option.at, messages::READ_NO_VALUE.with([&option.name])));
                continue;
            };
            match name {
                "-Tag" => tags(&mut found, item, names),
                "-Name" => found.set(Field::Name, item.at, names.meant(&item.value)),
                "-ResourceGroupName" => found.set(Field::ResourceGroup, item.at, names.meant(&item.value)),
                "-Location" => found.set(Field::Region, item.at, names.meant(&item.value)),
                _ => found.set(Field::Subscription, item.at, names.meant(&item.value)),
            }
        }
        if let (false, Some((at, meant))) = (found.draft.has_content(Field::Subscription), &self.subscription) {
            found.subscription_or_name(*at, meant.clone());
        }
        found.explain_empty(Field::Subscription, messages::READ_CURRENT_SUBSCRIPTION);
        self.keep(found);
    }

    fn curl(&mut self, at: usize, verbs: &[Item], given: &[Given], names: &Names) {
        let value = |wanted: &[&str]| given.iter().find(|given| wanted.contains(&given.name.as_str())).and_then(Given::value);
        let loose = given.iter().flat_map(|given| given.values.iter()).chain(verbs).find(|item| item.start().starts_with("http"));
        let content = value(&["-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--json"]);
        self.request(at, value(&["-X", "--request"]), value(&["--url"]).or(loose), content, names);
    }

    fn request(&mut self, at: usize, method: Option<&Item>, address: Option<&Item>, content: Option<&Item>, names: &Names) {
        let method = match method.map(|item| names.meant(&item.value)) {
            Some(Resolved::Text(method)) => method.to_ascii_uppercase(),
            _ => "GET".to_owned(),
        };
        let Some(address) = address else { return };
        let content = content.map(|item| self.content(item, names));
        // A body's strings are not expressions of the shell.
        match made(at, &method, address, content.as_ref(), names) {
            Made::Identity(found) => self.keep(found),
            Made::Group(group) => self.groups.push(group),
            Made::Other(what) => self.report_ignored(at, &what),
        }
    }

    /// A request's body: JSON in a string, or `($body | ConvertTo-Json)`.
    fn content(&mut self, item: &Item, names: &Names) -> Item {
        match &item.value {
            Value::Text(text) if !text.starts_with('@') => {
                if let Some(read) = json(text) {
                    moved(read, item.at)
                } else {
                    self.note(Note::blocks(item.at, messages::READ_BODY));
                    Item { at: item.at, value: Value::Object(Vec::new()) }
                }
            }
            Value::Word(word) => {
                let name = word.trim_start_matches('(').split([' ', '|', ')']).next().unwrap_or_default();
                match names.get(name) {
                    Some(Value::Text(text)) if text.len() > LENGTH_MAX => item.clone(),
                    Some(Value::Text(text)) => json(text).map_or_else(|| item.clone(), |read| moved(read, item.at)),
                    Some(value) => Item { at: item.at, value: value.clone() },
                    None => item.clone(),
                }
            }
            _ => item.clone(),
        }
    }
}
