//! The entries of the field tables.

use super::{CHOICES, Field, Tab};
use crate::arm::managed_identity::IdentityProperties;
use crate::messages::Message;
use crate::provisioning::draft::Draft;
use crate::visible::shown;

/// The common description of a field.
pub struct Description {
    pub field: Field,
    /// Its name in stored drafts, links, `prefill`, `fixed` and `config.json`.
    pub key: &'static str,
    /// The id of its control; for the tags, of the first one.
    pub control: &'static str,
    pub label: Message,
    pub tab: Tab,
    pub kind: Kind,
    /// What an empty field means; `None` if empty is not a value.
    pub blank: Option<Message>,
    /// Replaces a missing or invalid text in code; itself valid.
    pub placeholder: &'static str,
    /// The text (for a list, an entry) as ARM writes it; `None` if invalid.
    pub parse: fn(&str) -> Option<String>,
    /// How to treat a link's text; `None` if links don't carry the field.
    pub link: Option<Spelling>,
    /// How to treat a host page's text.
    pub host: Spelling,
    /// What `defaults` in `config.json` may contain.
    pub default: ConfigDefault,
}

/// The kind of value that a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    List {
        /// The key of an entry in stored drafts.
        entry: &'static str,
    },
    /// Rows of names and values.
    Tags,
}

/// How to treat a text from elsewhere. The check always treats it as if it had been typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// Unchanged.
    AsGiven,
    /// Unchanged, but reported if invalid.
    Checked,
    /// As ARM writes it, and reported if invalid.
    Normalized,
}

/// What `defaults` in `config.json` may contain for a field.
#[derive(Clone, Copy, Debug)]
pub enum ConfigDefault {
    Never,
    /// Any text.
    Text,
    /// What [`Description::parse`] accepts; holds the message for anything else.
    Parsed(Message),
    /// One of these words, each paired with itself, as the reader expects.
    OneOf(&'static [(&'static str, &'static str)]),
    /// An object of names and values.
    Tags,
}

/// A field that is one of the resource's `properties`.
pub struct Property {
    pub field: Field,
    /// The property's name.
    pub member: &'static str,
    /// The API version that a request needs for it.
    pub api_version: &'static str,
    /// Whether the draft differs from the default.
    pub is_set: fn(&Draft) -> bool,
    /// The message for an invalid text (`{0}`).
    pub invalid: Message,
    /// The warning if the cloud doesn't offer the API version.
    pub not_offered: Message,
    /// Copies the draft's value into the properties; `false` if part of it is invalid.
    pub read: fn(&Draft, &mut IdentityProperties) -> bool,
    /// Its values; empty at the default.
    pub values: fn(&IdentityProperties) -> Vec<&str>,
}

/// The names of a property in tools.
pub struct Tool {
    pub field: Field,
    /// The property's name.
    pub member: &'static str,
    /// The option of `az identity create`.
    pub az: &'static str,
    /// The first version of Azure CLI with this option (its release notes).
    pub az_since: &'static str,
    /// The argument of `azurerm_user_assigned_identity`; if `None`, azapi creates the identity.
    pub azurerm: Option<&'static str>,
    /// The parameter of `New-AzUserAssignedIdentity`, if it has one.
    pub cmdlet: Option<&'static str>,
}

/// A field with a fixed list of values.
pub struct Choice {
    pub field: Field,
    pub info: Message,
    /// The values and their labels, the default first.
    pub values: &'static [(&'static str, Message)],
}

/// A field in the reports of `identity-check`.
pub struct Report {
    /// Its key in JSON.
    pub key: &'static str,
    /// The rule's id.
    pub subject: &'static str,
    pub rule: Message,
}

impl Description {
    /// Whether links carry the field under its key. They carry each tag under its name.
    pub fn is_linked(&self) -> bool {
        self.link.is_some() && self.kind != Kind::Tags
    }
}

impl Property {
    /// Its value as display text.
    pub fn words(&self, properties: &IdentityProperties) -> String {
        let choice = CHOICES.iter().find(|choice| choice.field == self.field);
        let word = |value: &str| {
            let known = choice.and_then(|choice| choice.values.iter().find(|(known, _)| *known == value));
            known.map_or_else(|| shown(value).into_owned(), |(_, word)| word.text().into_owned())
        };
        self.joined((self.values)(properties).into_iter().map(word).collect())
    }

    /// The values separated by commas, or the meaning of an empty field.
    pub fn joined(&self, values: Vec<String>) -> String {
        match self.field.description().blank {
            Some(blank) if values.is_empty() => blank.text().into_owned(),
            _ => values.join(", "),
        }
    }
}
