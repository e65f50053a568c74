//! What is said of a field in the tables.

use super::{CHOICES, Field, Tab};
use crate::arm::managed_identity::IdentityProperties;
use crate::messages::Message;
use crate::provisioning::draft::Draft;
use crate::visible::shown;

/// A field as everybody knows it.
pub struct Description {
    /// The field.
    pub field: Field,
    /// Its name in stored drafts, links, `prefill`, `fixed` and `config.json`.
    pub key: &'static str,
    /// The id of its control, the first of them for the tags.
    pub control: &'static str,
    /// Its label.
    pub label: Message,
    /// The tab it is on.
    pub tab: Tab,
    /// What it holds.
    pub kind: Kind,
    /// What an empty field means; `None` where that isn't a value.
    pub blank: Option<Message>,
    /// Stands for a missing or bad text in code; it is itself valid.
    pub placeholder: &'static str,
    /// A text (of a list, an entry) as ARM writes it. `None`: it can't be used.
    pub parse: fn(&str) -> Option<String>,
    /// How a link's text is taken; `None` where links don't carry the field.
    pub link: Option<Spelling>,
    /// How a host page's text is taken.
    pub host: Spelling,
    /// What `defaults` in `config.json` may say.
    pub default: ConfigDefault,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// Texts.
    List {
        /// The key of one of them in stored drafts.
        entry: &'static str,
    },
    /// Rows of names and values.
    Tags,
}

/// How a text from elsewhere is taken. The check sees it as if it had been typed in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// As it is.
    AsGiven,
    /// As it is, and named where it can't be used.
    Checked,
    /// As ARM writes it, and named where it can't be used.
    Normalized,
}

/// What `defaults` in `config.json` may say of a field.
#[derive(Clone, Copy, Debug)]
pub enum ConfigDefault {
    /// Nothing.
    Never,
    /// Any text.
    Text,
    /// What [`Description::parse`] accepts; the sentence where it doesn't.
    Parsed(Message),
    /// One of these words, each with itself, as the reader takes them.
    OneOf(&'static [(&'static str, &'static str)]),
    /// An object of names and values.
    Tags,
}

/// A field that is one of the resource's `properties`.
pub struct Property {
    /// The field.
    pub field: Field,
    /// The property's name.
    pub member: &'static str,
    /// The API version that a request needs for it.
    pub api_version: &'static str,
    /// Whether the draft asks for something else than the default.
    pub is_set: fn(&Draft) -> bool,
    /// What is wrong with a text (`{0}`) that can't be used.
    pub invalid: Message,
    /// The warning where the cloud doesn't offer the API version.
    pub not_offered: Message,
    /// Puts what the draft says of it into the properties; `false` where some of it can't be used.
    pub read: fn(&Draft, &mut IdentityProperties) -> bool,
    /// Its values, none at the default.
    pub values: fn(&IdentityProperties) -> Vec<&str>,
}

/// How tools call a property.
pub struct Tool {
    /// The field.
    pub field: Field,
    /// The property's name.
    pub member: &'static str,
    /// The option of `az identity create`.
    pub az: &'static str,
    /// The first version of Azure CLI that has it (its release notes).
    pub az_since: &'static str,
    /// The argument of `azurerm_user_assigned_identity`; without one, azapi makes the identity.
    pub azurerm: Option<&'static str>,
}

/// A field with a fixed list of values.
pub struct Choice {
    /// The field.
    pub field: Field,
    /// What is said about it.
    pub info: Message,
    /// The values and what people call them, the default first.
    pub values: &'static [(&'static str, Message)],
}

/// A field in the reports of `identity-check`.
pub struct Report {
    /// Its key in JSON.
    pub key: &'static str,
    /// The id of its rule.
    pub subject: &'static str,
    /// The rule.
    pub rule: Message,
}

impl Property {
    /// Its value in people's words.
    pub fn words(&self, properties: &IdentityProperties) -> String {
        let choice = CHOICES.iter().find(|choice| choice.field == self.field);
        let word = |value: &str| {
            let known = choice.and_then(|choice| choice.values.iter().find(|(known, _)| *known == value));
            known.map_or_else(|| shown(value).into_owned(), |(_, word)| word.text().into_owned())
        };
        self.joined((self.values)(properties).into_iter().map(word).collect())
    }

    /// Values with commas between them, or what none means.
    pub fn joined(&self, values: Vec<String>) -> String {
        match self.field.description().blank {
            Some(blank) if values.is_empty() => blank.text().into_owned(),
            _ => values.join(", "),
        }
    }
}
