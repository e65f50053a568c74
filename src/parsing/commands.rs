//! What commands create, in any shell: `az`, `curl`, and the Az cmdlets.

mod requests;
mod words;

use std::ops::Range;

use super::arguments::plain_tag_argument;
use super::item::{Item, Value};
use super::names::{Expressions, Names, Resolved};
use super::options::{Given, options, value_of};
use super::parsed_identity::{NewGroup, Note, ParsedIdentity, join, keep};
use super::request::marked;
use super::resource::tags;
use super::scopes::{Branch, Scopes};
use super::{ParsedText, TextFormat};
use crate::messages::{self, Message};
use words::{Aliases, CMDLET, LOOKS, NAMES, fed, is_variable, mentions, spelled, verbs_first};

pub(super) use words::{program, runs_az};

/// Shell builtins and tools that create nothing in Azure.
const SILENT: &str = "local declare export readonly break continue setlocal echo printf set exit cd fi done esac case return \
    trap shift source . [ [[ test read sleep true false jq grep cat mkdir rm tee write-host write-output \
    import-module convertto-json convertfrom-json connect-azaccount out-null";

/// The state while parsing a script's commands.
pub(super) struct Session<'t> {
    /// The whole text, to which all offsets refer.
    pub(super) text: &'t str,
    pub(super) reading: ParsedText,
    pub(super) scopes: Scopes,
    groups: Vec<NewGroup>,
    ignored: Vec<String>,
    aliases: Aliases,
    /// The branches and loops around the current command.
    conditions: u32,
    /// The text that flows to the current command.
    pub(super) input: Option<Item>,
    /// Where the current command stands.
    pub(super) range: Range<usize>,
}

/// A point in a script to which the session can return.
#[derive(Clone, Copy)]
pub(super) struct Mark([usize; 5]);

impl<'t> Session<'t> {
    pub(super) fn new(text: &'t str, kind: TextFormat) -> Self {
        let reading = ParsedText { kind, ..ParsedText::default() };
        let mut scopes = Scopes::new(text.len());
        scopes.names.exact = kind == TextFormat::Bash;
        Self {
            text,
            reading,
            scopes,
            groups: Vec::new(),
            ignored: Vec::new(),
            aliases: Aliases::default(),
            conditions: 0,
            input: None,
            range: 0..0,
        }
    }

    /// Defines variables that are set outside of the text.
    pub(super) fn define(&mut self, names: &[(String, String)]) {
        for (name, value) in names {
            self.scopes.set(&["$", name].concat(), Some(Value::Text(value.clone())));
        }
    }

    pub(super) fn note(&mut self, note: Note) {
        let known = self.reading.notes.iter().rev().take(20).any(|known| *known == note);
        if !self.scopes.skips && !known {
            self.reading.notes.push(note);
        }
    }

    /// Reports, once, that something at `at` was not read.
    pub(super) fn note_unread(&mut self, at: usize, message: Message) {
        self.note(Note::warns(at, message));
    }

    pub(super) fn account(&mut self, range: Range<usize>) {
        if !self.scopes.skips && !range.is_empty() {
            self.reading.accounted.push(range);
        }
    }

    pub(super) fn has_found(&self) -> bool {
        !self.reading.found.is_empty()
    }

    pub(super) fn enter(&mut self) -> Branch {
        self.conditions += 1;
        self.scopes.enter()
    }

    /// Ends a branch: the variables it changed are unknown from here on.
    pub(super) fn leave(&mut self, branch: Branch) -> Vec<String> {
        let changed = self.leave_alternative(branch);
        self.scopes.forget(changed.iter().cloned());
        changed
    }

    /// Ends a branch before another one.
    pub(super) fn leave_alternative(&mut self, branch: Branch) -> Vec<String> {
        self.conditions -= 1;
        self.scopes.leave(branch)
    }

    /// Ends a function's body, whose assignments stay.
    pub(super) fn merge(&mut self) {
        self.conditions -= 1;
        self.scopes.merge();
    }

    pub(super) fn mark(&self) -> Mark {
        let ParsedText { found, notes, accounted, .. } = &self.reading;
        Mark([found.len(), notes.len(), accounted.len(), self.groups.len(), self.ignored.len()])
    }

    /// Drops what was read since `mark`.
    pub(super) fn back_to(&mut self, mark: Mark) {
        let Mark([found, notes, accounted, groups, ignored]) = mark;
        self.reading.found.truncate(found);
        self.reading.notes.truncate(notes);
        self.reading.accounted.truncate(accounted);
        self.groups.truncate(groups);
        self.ignored.truncate(ignored);
    }

    pub(super) fn keep(&mut self, mut found: ParsedIdentity) {
        found.conditional = self.conditions > 0;
        if self.range.contains(&found.at) {
            found.end = found.end.max(self.range.end);
        } else {
            found.end = self.text.ceil_char_boundary(found.at + 1);
            self.reading.accounted.push(self.range.clone());
        }
        // A loop may do the same again, until it succeeds.
        if self.reading.found.last() == Some(&found) {
            return;
        }
        keep(&mut self.reading.found, &mut self.reading.notes, found);
    }

    /// Whether a function of `length` bytes is read for a call: the first time, and while the time lasts. Otherwise what the call may
    /// create is told.
    pub(super) fn calls<'i>(&mut self, was_called: bool, length: usize, arguments: impl Iterator<Item = &'i Item>) -> bool {
        if !self.scopes.skips && (!was_called || self.scopes.again(length)) {
            return true;
        }
        let mut arguments = arguments.peekable();
        let at = arguments.peek().map_or(0, |first| first.at);
        if arguments.any(|argument| argument.start() == "identity") {
            self.note_unread(at, messages::READ_OCCURRENCE);
        }
        false
    }

    pub(super) fn done(mut self) -> ParsedText {
        join(&mut self.reading.found, &self.groups);
        self.reading
    }

    /// Interprets a command from its words, which stand in `range`; returns whether it creates an identity.
    pub(super) fn command(&mut self, words: &[Item], range: Range<usize>) -> bool {
        if self.scopes.skips || words.is_empty() {
            return false;
        }
        self.range = range;
        let before = self.reading.found.len();
        let expanded = self.aliases.expanded(words);
        if let Some((_, defined)) = &expanded {
            self.reading.accounted.push(defined.clone());
        }
        let words = expanded.as_ref().map_or(words, |(words, _)| words);
        let names = std::mem::replace(&mut self.scopes.names, Names::new(Expressions::Words));
        let mut selected = Vec::new();
        self.interpret(words, &names, &mut selected);
        self.scopes.names = names;
        for (name, item) in selected {
            self.scopes.set(name, Some(Value::List(vec![item])));
        }
        self.reading.found.len() > before
    }

    fn interpret(&mut self, words: &[Item], names: &Names, selected: &mut Selected) {
        let spelled = spelled(words, names);
        let words = spelled.as_deref().unwrap_or(words);
        let start = runs_az(words).unwrap_or_default();
        let fed = fed(words.get(..start).unwrap_or_default(), words);
        let words = fed.as_deref().unwrap_or(words);
        let (Some(first), Some(words)) = (words.get(start), words.get(start + 1..)) else { return };
        let program = if matches!(first.value, Value::Text(_)) { program(first) } else { "az".to_owned() };
        let ordered = if program == "az" { verbs_first(words) } else { None };
        let words = ordered.as_deref().unwrap_or(words);
        let is_here = |word: &&Item| self.range.contains(&word.at);
        // A function's arguments stand where it is called.
        let called = words.first().filter(|word| is_here(&first) && !is_here(word)).map(|word| word.at);
        let at = called.unwrap_or(if is_here(&first) { first.at } else { self.range.start });
        // An array or a variable has the words.
        for word in [first].into_iter().chain(words.iter().take(2)).filter(|word| !self.range.contains(&word.at)) {
            self.reading.accounted.push(word.at..word.at + word.start().len() + 2);
        }
        let (verbs, given) = options(words, matches!(program.as_str(), "az" | "curl"));
        let value = |known: &[&str], wanted: &[&str]| value_of(&given, known, wanted);
        match program.as_str() {
            "az" => self.az(at, &verbs, &given, names, selected),
            "curl" => self.curl(at, &verbs, &given, names),
            CMDLET => self.cmdlet(at, &verbs, &given, names),
            "new-azresource" => self.new_resource(at, &given, names),
            "new-azresourcegroup" => {
                let known = ["-Name", "-ResourceGroupName", "-Location", "-Tag"];
                let tag = value(&known, &["-Tag"]);
                let read = |found: &mut ParsedIdentity| tag.into_iter().for_each(|item| tags(found, item, names));
                let name = value(&known, &["-Name", "-ResourceGroupName"]);
                self.group_of(name.or(verbs.first()), value(&known, &["-Location"]).or(verbs.get(1)), names, read);
            }
            "set-azcontext" | "select-azsubscription" | "select-azcontext" | "connect-azaccount" => {
                let known = ["-Subscription", "-SubscriptionId", "-SubscriptionName", "-Context", "-Tenant"];
                let option = value(&known, &known[..3]);
                if let Some(item) = option.or(verbs.first().filter(|_| program != "connect-azaccount")) {
                    selected.push((SUBSCRIPTION, chosen(item, names)));
                }
            }
            "invoke-azrestmethod" | "invoke-azrest" | "invoke-restmethod" | "invoke-webrequest" | "irm" | "iwr" => {
                self.request_of_cmdlet(at, &given, names);
            }
            other if NAMES.contains(&other) => {
                let range = self.range.clone();
                self.aliases.define(words, &range);
            }
            other if LOOKS.contains(&other) => self.account(self.range.clone()),
            silent if SILENT.split(' ').any(|known| known == silent) || silent.is_empty() || mentions(words) => {}
            // The argument of an attribute, a label, a program in a variable.
            other if other.starts_with(['-', ':', '%', '$', '{', '}', ']']) || !matches!(first.value, Value::Text(_)) => {}
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

    fn az(&mut self, at: usize, verbs: &[Item], given: &[Given], names: &Names, selected: &mut Selected) {
        let words: Vec<String> = verbs.iter().map(|item| item.start().to_ascii_lowercase()).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let find = |wanted: &[&str]| given.iter().find(|given| wanted.contains(&given.name.as_str()));
        let value = |wanted: &[&str]| find(wanted).and_then(Given::value);
        match words.as_slice() {
            ["identity", "create", ..] => self.az_identity(at, &verbs[2..], given, names),
            // It may be `create`.
            ["identity", "", ..] if is_variable(&verbs[1]) && find(&["-n", "--name", "-g", "--resource-group"]).is_some() => {
                self.note_unread(at, messages::READ_OCCURRENCE);
                self.account(self.range.clone());
            }
            ["resource", "create", ..] => self.az_resource(at, given, names),
            ["group", "create", ..] => {
                let items = find(&["--tags"]).map(|given| given.values.as_slice()).unwrap_or_default();
                let read = |found: &mut ParsedIdentity| items.iter().for_each(|item| plain_tag_argument(found, item, names));
                self.group_of(value(&["-n", "--name", "-g", "--resource-group"]), value(&["-l", "--location"]), names, read);
            }
            ["account", "set", ..] => {
                let item = value(&["-s", "-n", "--subscription", "--name"]);
                selected.extend(item.map(|item| (SUBSCRIPTION, chosen(item, names))));
            }
            ["configure", ..] => defaults(given.iter().flat_map(|given| &given.values), "", names, selected),
            ["config", "set", ..] => {
                let values = verbs.iter().skip(2).chain(given.iter().flat_map(|given| &given.values));
                defaults(values, "defaults.", names, selected);
            }
            ["rest", ..] => {
                let method = value(&["-m", "--method"]);
                self.request(at, method, value(&["-u", "--url", "--uri"]), value(&["-b", "--body"]), names);
            }
            ["login" | "account" | "cloud" | "extension" | "version", ..] => {}
            _ if mentions(verbs) || given.iter().any(|given| mentions(&given.values)) => {}
            // A program in a variable.
            other if !other.first().is_some_and(|verb| verb.starts_with(|first: char| first.is_ascii_alphabetic())) => {}
            other => self.report_ignored(at, &["az ", &other.join(" ")].concat()),
        }
    }

    fn group_of(&mut self, name: Option<&Item>, region: Option<&Item>, names: &Names, tags: impl FnOnce(&mut ParsedIdentity)) {
        let text = |item: Option<&Item>| match item.map(|item| names.meant(&item.value)) {
            Some(Resolved::Text(text)) => text,
            _ => String::new(),
        };
        let name = text(name);
        if !name.is_empty() {
            self.groups.push(NewGroup::new(name, &text(region)).tagged(tags));
        }
    }

    fn curl(&mut self, at: usize, verbs: &[Item], given: &[Given], names: &Names) {
        let value = |wanted: &[&str]| given.iter().find(|given| wanted.contains(&given.name.as_str())).and_then(Given::value);
        let loose = given.iter().flat_map(|given| given.values.iter()).chain(verbs).find(|item| marked(item, names).starts_with("http"));
        let content = value(&["-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--json"]);
        self.request(at, value(&["-X", "--request"]), value(&["--url"]).or(loose), content, names);
    }
}

/// What a command selects for the commands after it.
type Selected = Vec<(&'static str, Item)>;

/// The subscription selected by `az account set` and the like, and the group and region of `az configure --defaults`, among
/// the names: they, too, depend on branches.
pub(super) const SUBSCRIPTION: &str = " subscription";
pub(super) const GROUP: &str = " group";
pub(super) const REGION: &str = " region";

/// What is selected, as its variables are now. An unknown value is kept as it was written, in quotes: its variables may be known
/// later.
fn chosen(item: &Item, names: &Names) -> Item {
    let value = match names.meant(&item.value) {
        Resolved::Unread(word) => Value::Word(["\"", &word, "\""].concat()),
        meant => meant.into(),
    };
    Item { at: item.at, value }
}

fn defaults<'a>(items: impl Iterator<Item = &'a Item>, start: &str, names: &Names, selected: &mut Selected) {
    for item in items {
        let Some((name, value)) = item.split('=') else { continue };
        let selection = chosen(&value, names);
        match name.strip_prefix(start) {
            Some("group") => selected.push((GROUP, selection)),
            Some("location") => selected.push((REGION, selection)),
            _ => {}
        }
    }
}
