//! The identities that `az identity create` and the cmdlets create, and the arguments that these refuse.

use super::arguments::{restriction_argument, tag_argument, tag_refused, tags_joined};
use super::commands::{GROUP, REGION, SUBSCRIPTION, Session};
use super::item::marks::has_mark;
use super::item::{Item, Value, first_word};
use super::names::{Names, Resolved};
use super::options::{Given, value_of};
use super::parsed_identity::{Note, ParsedIdentity, Tool};
use super::request::{Target, marked, place};
use super::resource::{body, is_identity, properties, tags};
use crate::messages::{self, Message};
use crate::provisioning::field::{Field, TOOLS};

/// What `az identity create` takes, besides the options of [`TOOLS`].
const AZ_IDENTITY: [&str; 9] =
    ["--name", "-n", "--resource-name", "--resource-group", "-g", "--location", "-l", "--subscription", "--tags"];
/// Options of `az` that take a value and do not affect an identity.
const AZ_VALUES: [&str; 4] = ["--output", "-o", "--query", "--change-reference"];
/// Options of `az` without a value.
const AZ_FLAGS: [&str; 6] = ["--only-show-errors", "--verbose", "--debug", "--help", "-h", "--acquire-policy-token"];

/// What `New-AzUserAssignedIdentity` takes, besides the parameters of [`TOOLS`].
const CMDLET: [&str; 7] = ["-Name", "-ResourceGroupName", "-Location", "-SubscriptionId", "-Tag", "-JsonString", "-JsonFilePath"];
/// PowerShell's common parameters, and parameters that do not affect an identity.
const CMDLET_OTHER: [&str; 43] = [
    "-ErrorAction",
    "-ea",
    "-WarningAction",
    "-wa",
    "-InformationAction",
    "-infa",
    "-ProgressAction",
    "-proga",
    "-ErrorVariable",
    "-ev",
    "-WarningVariable",
    "-wv",
    "-InformationVariable",
    "-iv",
    "-OutVariable",
    "-ov",
    "-OutBuffer",
    "-ob",
    "-PipelineVariable",
    "-pv",
    "-Verbose",
    "-vb",
    "-Debug",
    "-db",
    "-Confirm",
    "-cf",
    "-WhatIf",
    "-wi",
    "-DefaultProfile",
    "-AzureRMContext",
    "-AzContext",
    "-AzureCredential",
    "-Break",
    "-HttpPipelineAppend",
    "-HttpPipelinePrepend",
    "-Proxy",
    "-ProxyCredential",
    "-ProxyUseDefaultCredentials",
    "-NoWait",
    "-AsJob",
    "-Force",
    "-ApiVersion",
    "-PassThru",
];
const AZ_RESOURCE: [&str; 10] =
    ["--name", "-n", "--resource-group", "-g", "--location", "-l", "--subscription", "--resource-type", "--namespace", "--properties"];

impl Session<'_> {
    pub(super) fn az_identity(&mut self, at: usize, stray: &[Item], given: &[Given], names: &Names) {
        let mut found = ParsedIdentity { tool: Some(Tool::Az), ..ParsedIdentity::at(at) };
        let known: Vec<&str> = AZ_IDENTITY.into_iter().chain(TOOLS.iter().map(|tool| tool.az)).collect();
        let all: Vec<&str> = known.iter().copied().chain(AZ_VALUES).chain(AZ_FLAGS).collect();
        if given.iter().any(|given| matches!(given.of_az(&all), Some("--help" | "-h"))) {
            return self.account(self.range.clone());
        }
        // An argument that could be any.
        let mut open = self.stray(stray, names);
        for option in given {
            let long = option.with_one_hyphen(&all);
            if let Some(long) = &long {
                let [short, long] = [option.name.as_str(), &long.name];
                self.note(Note::blocks(option.at, messages::READ_ONE_HYPHEN.with([&long[1..], short, long])));
            }
            let option = long.as_ref().unwrap_or(option);
            let Some(name) = option.of_az(&all) else {
                self.note(Note::blocks(option.at, messages::READ_OPTION.with([&option.name])));
                continue;
            };
            if name != option.name && all.iter().filter(|known| known.starts_with(&option.name)).count() > 1 {
                self.note(Note::warns(option.at, messages::READ_AMBIGUOUS.with([&option.name])));
            }
            if name == "--tags" {
                for item in &option.values {
                    self.notes_on_tag(item);
                    tag_argument(&mut found, item, names);
                }
                continue;
            }
            let taken = usize::from(!AZ_FLAGS.contains(&name));
            open = self.stray(option.values.get(taken..).unwrap_or_default(), names).or(open);
            let Some(item) = option.value() else {
                if taken > 0 {
                    self.note(Note::blocks(option.at, messages::READ_NO_VALUE.with([&option.name])));
                }
                continue;
            };
            if set_common(&mut found, name, item, names) {
                continue;
            }
            match TOOLS.iter().find(|tool| tool.az == name) {
                Some(tool) if !tool.field.is_list() => found.set(tool.field, item.at, argument(item, names)),
                Some(_) => restriction_argument(&mut found, item, argument(item, names)),
                None => {}
            }
        }
        self.finish(found, names, open);
    }

    fn notes_on_tag(&mut self, item: &Item) {
        self.reading.notes.extend(tag_refused(item).map(|sentence| Note::blocks(item.at, sentence)));
        self.reading.notes.extend(tags_joined(item).map(|sentence| Note::warns(item.at, sentence)));
    }

    /// Reports arguments that belong to no option; returns one that could not be worked out.
    fn stray(&mut self, items: &[Item], names: &Names) -> Option<String> {
        let mut open = None;
        for item in items {
            match names.meant(&item.value) {
                // An expression of the language around the script.
                Resolved::Text(text) if has_mark(&text) => open = Some(text),
                Resolved::Text(text) => {
                    let shown: String = text.trim().chars().take(60).collect();
                    self.note(Note::blocks(item.at, messages::READ_WORD.with([&shown])));
                }
                meant => open = meant.unread().map(str::to_owned).or(open),
            }
        }
        open
    }

    /// Applies the earlier selections to what the command leaves out. `open` is an argument that may hold any option.
    fn finish(&mut self, mut found: ParsedIdentity, names: &Names, open: Option<String>) {
        let selected = |name: &str, variable: &str| match (names.get(name), names.get(variable)) {
            (Some(Value::List(items)), _) => items.first().map(|item| (item.at, names.meant(&item.value))),
            (Some(_), _) => Some((self.range.start, Resolved::Unread("az configure".to_owned()))),
            (None, Some(value)) => Some((self.range.start, names.meant(value))),
            (None, None) => None,
        };
        let az = found.tool == Some(Tool::Az);
        let chosen = [
            (Field::ResourceGroup, selected(GROUP, "$AZURE_DEFAULTS_GROUP").filter(|_| az)),
            (Field::Region, selected(REGION, "$AZURE_DEFAULTS_LOCATION").filter(|_| az)),
            (Field::Subscription, selected(SUBSCRIPTION, "$AZURE_SUBSCRIPTION_ID")),
        ];
        if let Some(open) = open {
            for field in [Field::Name, Field::ResourceGroup, Field::Region, Field::Tags] {
                if !is_set(&found, field) {
                    found.unread(field, &open);
                }
            }
        } else {
            for (field, chosen) in chosen {
                match chosen {
                    Some((at, meant)) if !is_set(&found, field) && field == Field::Subscription => found.subscription_or_name(at, meant),
                    Some((at, meant)) if !is_set(&found, field) => found.set(field, at, meant),
                    _ => {}
                }
            }
        }
        found.explain_empty(Field::Subscription, messages::READ_CURRENT_SUBSCRIPTION);
        if az {
            found.explain_empty(Field::Region, messages::READ_REGION_OF_GROUP);
        }
        self.keep(found);
    }

    pub(super) fn cmdlet(&mut self, at: usize, stray: &[Item], given: &[Given], names: &Names) {
        let mut found = ParsedIdentity { tool: Some(Tool::Cmdlet), ..ParsedIdentity::at(at) };
        let known: Vec<&str> = CMDLET.into_iter().chain(TOOLS.iter().filter_map(|tool| tool.cmdlet)).collect();
        let all: Vec<&str> = known.iter().copied().chain(CMDLET_OTHER).collect();
        let mut open = None;
        for item in stray {
            match &item.value {
                // A splatted variable.
                Value::Word(word) if word.starts_with('@') => open = Some(word.clone()),
                _ => open = self.stray(std::slice::from_ref(item), names).or(open),
            }
        }
        for option in given {
            let Some(name) = option.of(&known).or_else(|| option.of(&all)) else {
                let message: Message = if option.is_ambiguous(&all) { messages::READ_AMBIGUOUS } else { messages::READ_OPTION };
                self.note(Note::blocks(option.at, message.with([&option.name])));
                continue;
            };
            for item in option.values.iter().skip(1) {
                match &item.value {
                    Value::Word(word) if word.starts_with('@') => open = Some(word.clone()),
                    _ => open = self.stray(std::slice::from_ref(item), names).or(open),
                }
            }
            if !known.contains(&name) {
                continue;
            }
            let Some(item) = option.value() else {
                self.note(Note::blocks(option.at, messages::READ_NO_VALUE.with([&option.name])));
                continue;
            };
            let meant = names.meant(&item.value);
            match name {
                "-Tag" if matches!(item.value, Value::Text(_)) => {
                    self.note(Note::blocks(item.at, messages::READ_HASHTABLE.with([&option.name])));
                }
                "-Tag" => tags(&mut found, item, names),
                "-JsonString" if matches!(self.content(item, names).value, Value::Object(_)) => {
                    body(&mut found, self.content(item, names).members(), names);
                }
                "-Name" => found.set(Field::Name, item.at, meant),
                "-ResourceGroupName" => found.set(Field::ResourceGroup, item.at, meant),
                "-Location" => found.set(Field::Region, item.at, meant),
                "-SubscriptionId" => found.set(Field::Subscription, item.at, meant),
                name => match TOOLS.iter().find(|tool| tool.cmdlet == Some(name)) {
                    Some(tool) => found.set(tool.field, item.at, meant),
                    None => open = Some(name.to_owned()),
                },
            }
        }
        self.finish(found, names, open);
    }

    pub(super) fn az_resource(&mut self, at: usize, given: &[Given], names: &Names) {
        let find = |wanted: &[&str]| given.iter().find(|given| wanted.contains(&given.name.as_str())).and_then(Given::value);
        let mut kind = text(find(&["--resource-type"]), names);
        if let Some(namespace) = find(&["--namespace"]) {
            kind = [&text(Some(namespace), names), "/", &kind].concat();
        }
        let mut found = ParsedIdentity { tool: Some(Tool::Az), ..ParsedIdentity::at(at) };
        if !is_at_id(&mut found, find(&["--id", "--ids"]), names) && !is_identity(&kind) {
            return;
        }
        for option in given {
            let (Some(name), Some(item)) = (option.of_az(&AZ_RESOURCE).or(Some(option.name.as_str())), option.value()) else { continue };
            if !set_common(&mut found, name, item, names) && matches!(name, "--properties" | "-p") {
                let whole = given.iter().any(|given| given.name == "--is-full-object");
                match self.content(item, names) {
                    object if !matches!(object.value, Value::Object(_)) => found.unread(Field::Region, "--properties"),
                    object if whole => body(&mut found, object.members(), names),
                    object => properties(&mut found, &object, names),
                }
            }
        }
        self.finish(found, names, None);
    }

    pub(super) fn new_resource(&mut self, at: usize, given: &[Given], names: &Names) {
        let known = [
            "-ResourceType",
            "-ResourceName",
            "-Name",
            "-ResourceGroupName",
            "-Location",
            "-Tag",
            "-Tags",
            "-Properties",
            "-PropertyObject",
            "-ResourceId",
            "-Force",
            "-ApiVersion",
        ];
        let find = |wanted: &[&str]| value_of(given, &known, wanted);
        let mut found = ParsedIdentity { tool: Some(Tool::Cmdlet), ..ParsedIdentity::at(at) };
        if !is_at_id(&mut found, find(&["-ResourceId"]), names) && !is_identity(&text(find(&["-ResourceType"]), names)) {
            return;
        }
        for (wanted, field) in [
            (&["-ResourceName", "-Name"][..], Field::Name),
            (&["-ResourceGroupName"], Field::ResourceGroup),
            (&["-Location"], Field::Region),
        ] {
            if let Some(item) = find(wanted) {
                found.set(field, item.at, names.meant(&item.value));
            }
        }
        if let Some(item) = find(&["-Tag", "-Tags"]) {
            tags(&mut found, item, names);
        }
        if let Some(item) = find(&["-Properties", "-PropertyObject"]) {
            properties(&mut found, item, names);
        }
        self.finish(found, names, None);
    }
}

/// Whether an option's value is the resource ID of an identity, which is then set.
fn is_at_id(found: &mut ParsedIdentity, id: Option<&Item>, names: &Names) -> bool {
    id.is_some_and(|id| place(found, id.at, &marked(id, names)) == Some(Target::Identity))
}

/// Sets what any command of `az` may take; `false` for another option.
fn set_common(found: &mut ParsedIdentity, name: &str, item: &Item, names: &Names) -> bool {
    let meant = argument(item, names);
    match name {
        "--name" | "-n" | "--resource-name" => found.set(Field::Name, item.at, meant),
        "--resource-group" | "-g" => found.set(Field::ResourceGroup, item.at, meant),
        "--location" | "-l" => found.set(Field::Region, item.at, meant),
        "--subscription" => found.subscription_or_name(item.at, meant),
        _ => return false,
    }
    true
}

fn is_set(found: &ParsedIdentity, field: Field) -> bool {
    let is = |known: Field| known == field || (field == Field::Tags && matches!(known, Field::TagName(_)));
    found.places.iter().any(|(known, _)| is(*known))
}

fn text(item: Option<&Item>, names: &Names) -> String {
    match item.map(|item| names.meant(&item.value)) {
        Some(Resolved::Text(text)) => text,
        _ => String::new(),
    }
}

/// What an argument of `az` means: `@file` is read from a file, and a variable that is set to nothing is to be filled in.
fn argument(item: &Item, names: &Names) -> Resolved {
    let variable = || match &item.value {
        Value::Word(word) => Some(word.as_str()),
        Value::Pieces(pieces) => first_word(pieces),
        _ => None,
    };
    match names.meant(&item.value) {
        Resolved::Text(text) if text.is_empty() => {
            variable().map_or(Resolved::Text(text), |variable| Resolved::Unread(variable.to_owned()))
        }
        Resolved::Text(text) if text.starts_with('@') && text.len() > 1 => Resolved::Unread(text),
        meant => meant,
    }
}
