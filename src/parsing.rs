//! Identities that are written down somewhere, read back into drafts: commands, templates, Bicep, Terraform, requests,
//! lists. Pure, and it never fails: what it cannot read it tells, with its place.

mod arguments;
mod bash;
mod bicep;
mod checked;
mod commands;
mod encoding;
mod expression;
mod found;
mod item;
mod names;
mod options;
mod place;
mod powershell;
mod request;
mod resource;
mod sniff;
mod strings;
mod syntax;
mod table;
mod template;
mod terraform;
#[cfg(test)]
mod tests;

pub use checked::{Checked, check, counts};
pub use encoding::{Decoded, Encoding, decode};
pub use found::{Found, Note};
pub use place::{Lines, Place};

use crate::messages::{self, Message};

/// What a text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Nothing stands in it.
    #[default]
    Nothing,
    /// Commands for bash: `az`, `curl`.
    Bash,
    /// Commands for PowerShell: `New-AzUserAssignedIdentity`, `az`.
    PowerShell,
    /// An ARM template, or another JSON with resources in it.
    Template,
    /// Bicep.
    Bicep,
    /// Terraform.
    Terraform,
    /// An HTTP request, or its body.
    Request,
    /// Rows of values with a line of names above them.
    Table,
    /// Nothing that is known here.
    Unknown,
}

/// What was read of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// What the text is.
    pub kind: Kind,
    /// The identities in it, in order.
    pub found: Vec<Found>,
    /// What could not be read, or was passed over, in order.
    pub notes: Vec<Note>,
}

impl Kind {
    /// What people call it.
    pub fn label(self) -> Message {
        match self {
            Self::Nothing => messages::READ_AS_NOTHING,
            Self::Bash => messages::READ_AS_BASH,
            Self::PowerShell => messages::READ_AS_POWERSHELL,
            Self::Template => messages::READ_AS_TEMPLATE,
            Self::Bicep => messages::READ_AS_BICEP,
            Self::Terraform => messages::READ_AS_TERRAFORM,
            Self::Request => messages::READ_AS_REQUEST,
            Self::Table => messages::READ_AS_TABLE,
            Self::Unknown => messages::READ_AS_UNKNOWN,
        }
    }
}

/// Reads `text`, whatever it is.
pub fn read(text: &str) -> Reading {
    let kind = sniff::kind(text);
    let mut reading = match kind {
        Kind::Nothing => Reading::default(),
        Kind::Bash => bash::read(text),
        Kind::PowerShell => powershell::read(text),
        Kind::Template => template::read(text),
        Kind::Bicep => bicep::read(text),
        Kind::Terraform => terraform::read(text),
        Kind::Request => request::read(text),
        Kind::Table => table::read(text),
        Kind::Unknown => Reading { notes: vec![Note::blocks(0, messages::READ_UNKNOWN)], ..Reading::default() },
    };
    reading.kind = kind;
    if reading.found.is_empty() && !matches!(kind, Kind::Nothing | Kind::Unknown) {
        reading.notes.push(Note::blocks(0, messages::READ_NO_IDENTITY));
    }
    reading.notes.sort_by_key(|note| note.at);
    reading
}
