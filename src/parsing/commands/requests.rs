//! Requests that commands send, with their bodies.

use super::Session;
use crate::messages::{self};
use crate::parsing::arguments::{placed, templated_json};
use crate::parsing::item::{Item, Piece, Value};
use crate::parsing::names::{Names, Resolved};
use crate::parsing::options::{Given, value_of};
use crate::parsing::parsed_identity::{Note, ParsedIdentity, Tool};
use crate::parsing::request::{Made, made};
use crate::parsing::resource::{body, json};
use crate::provisioning::field::Field;

/// Maximum length of a body in a variable.
const BODY_MAX: usize = 1_000_000;

/// The parameters of the cmdlets that send requests.
const CMDLET: [&str; 12] = [
    "-Method",
    "-Path",
    "-Uri",
    "-Payload",
    "-Body",
    "-Headers",
    "-ContentType",
    "-SubscriptionId",
    "-ResourceGroupName",
    "-ResourceProviderName",
    "-ResourceType",
    "-Name",
];

/// Stands for a body that could not be read.
const BODY: &str = "{…}";

/// Maximum lines of a body whose positions are told apart.
const LINES_MAX: usize = 1_000;

impl Session<'_> {
    pub(super) fn request(&mut self, at: usize, method: Option<&Item>, address: Option<&Item>, content: Option<&Item>, names: &Names) {
        let method = match method.map(|item| names.meant(&item.value)) {
            Some(Resolved::Text(method)) => method.to_ascii_uppercase(),
            // It may be one that writes.
            Some(_) if content.is_some() => "PUT".to_owned(),
            _ => "GET".to_owned(),
        };
        let Some(address) = address else { return };
        let content = content.map(|item| self.content(item, names));
        match made(at, &method, address, content.as_ref(), names) {
            Made::Identity(mut found) => {
                // What `az rest` puts in by itself.
                if found.draft.subscription == "{subscriptionId}" {
                    found.draft.subscription.clear();
                    found.explain_empty(Field::Subscription, messages::READ_CURRENT_SUBSCRIPTION);
                }
                self.keep(*found);
            }
            Made::Group(group) => self.groups.push(group),
            Made::Other(what) => self.report_ignored(at, &what),
        }
    }

    pub(super) fn request_of_cmdlet(&mut self, at: usize, given: &[Given], names: &Names) {
        let value = |wanted: &[&str]| value_of(given, &CMDLET, wanted);
        let is = |name: &str, wanted: &str| match value(&[name]).map(|item| names.meant(&item.value)) {
            Some(Resolved::Text(text)) => text.eq_ignore_ascii_case(wanted),
            _ => false,
        };
        let provider = is("-ResourceProviderName", "Microsoft.ManagedIdentity") && is("-ResourceType", "userAssignedIdentities");
        if !(provider && is("-Method", "PUT")) {
            let content = value(&["-Payload", "-Body"]);
            return self.request(at, value(&["-Method"]), value(&["-Path", "-Uri"]), content, names);
        }
        // The parts of the path.
        let mut found = ParsedIdentity { tool: Some(Tool::Cmdlet), ..ParsedIdentity::at(at) };
        for (name, field) in
            [("-SubscriptionId", Field::Subscription), ("-ResourceGroupName", Field::ResourceGroup), ("-Name", Field::Name)]
        {
            if let Some(item) = value(&[name]) {
                found.set(field, item.at, names.meant(&item.value));
            }
        }
        found.explain_empty(Field::Subscription, messages::READ_CURRENT_SUBSCRIPTION);
        match value(&["-Payload"]).map(|item| self.content(item, names)) {
            Some(Item { value: Value::Object(members), .. }) => body(&mut found, &members, names),
            Some(_) => found.unread(Field::Region, "-Payload"),
            None => {}
        }
        self.keep(found);
    }

    /// A request's body: JSON in a string, or `($body | ConvertTo-Json)`.
    pub(in crate::parsing) fn content(&mut self, item: &Item, names: &Names) -> Item {
        let mut item = item.clone();
        if matches!(item.start(), "@-" | "@/dev/stdin")
            && let Some(input) = self.input.take()
        {
            item = input;
        }
        let word = match &item.value {
            Value::Word(word) => Some(word),
            Value::Pieces(pieces) => match pieces.as_slice() {
                [Piece::Word(word)] => Some(word),
                _ => None,
            },
            _ => None,
        };
        if let Some(word) = word {
            let name = word.trim_start_matches('(').split([' ', '|', ')']).next().unwrap_or_default();
            if let Some(Value::Object(members)) = names.get(name) {
                return Item { at: item.at, value: Value::Object(members.clone()) };
            }
        }
        if let Value::Object(_) = item.value {
            return item;
        }
        let text = match &item.value {
            Value::Pieces(pieces) if pieces.len() == 1 => names.meant(&item.value),
            Value::Word(_) => names.meant(&item.value),
            Value::Pieces(pieces) => Resolved::Partial(pieces.clone()),
            value => names.meant(value),
        };
        let read = match &text {
            Resolved::Text(text) if !text.starts_with('@') && text.len() <= BODY_MAX => {
                // Windows PowerShell needs a backslash before the quotes in an argument.
                let read = json(text).or_else(|| json(&text.replace("\\\"", "\"")));
                read.map(|read| self.located(read, &item, text))
            }
            // Read from a file.
            Resolved::Text(text) => return Item { at: item.at, value: Value::Word(text.clone()) },
            Resolved::Partial(pieces) => templated_json(pieces, names).map(|(read, text)| self.located(read, &item, &text)),
            _ => return item,
        };
        read.unwrap_or_else(|| {
            self.note(Note::warns(item.at, messages::READ_BODY));
            Item { at: item.at, value: Value::Word(BODY.to_owned()) }
        })
    }

    /// Moves a text's value to where the text stands, or at least to the same line of it.
    pub(super) fn located(&self, read: Item, item: &Item, text: &str) -> Item {
        let rest = self.text.get(item.at..).unwrap_or_default();
        if let Some(skipped) = (0..4).find(|skipped| rest.get(*skipped..).is_some_and(|rest| rest.starts_with(text))) {
            return placed(read, &|at| at + item.at + skipped);
        }
        let ends = |text: &str| text.match_indices('\n').map(|(at, _)| at).take(LINES_MAX).collect::<Vec<_>>();
        let (lines, outer) = (ends(text), ends(rest));
        // A here-string begins on its second line.
        let head = usize::from(rest.starts_with('@'));
        placed(read, &|at| match (lines.partition_point(|end| *end < at) + head).checked_sub(1) {
            Some(line) => item.at + outer.get(line).map_or(0, |end| end + 1),
            None => item.at,
        })
    }
}
