//! Identities that are written down somewhere, read back into drafts: commands, templates, Bicep, Terraform, requests,
//! lists. Pure, and it never fails: what it cannot read it tells, with its place.

mod arguments;
mod bash;
mod bicep;
mod checked;
mod commands;
mod detect;
mod encoding;
mod expression;
mod item;
mod names;
mod options;
mod parsed_identity;
mod position;
mod powershell;
mod request;
mod resource;
mod strings;
mod syntax;
mod table;
mod template;
mod terraform;
#[cfg(test)]
mod tests;

pub use checked::{Checked, check, counts};
pub use encoding::{Decoded, Encoding, decode};
pub use parsed_identity::{Note, ParsedIdentity};
pub use position::{Lines, Position};

use crate::messages::{self, Message};

/// What a text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextFormat {
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
pub struct ParsedText {
    /// What the text is.
    pub kind: TextFormat,
    /// The identities in it, in order.
    pub found: Vec<ParsedIdentity>,
    /// What could not be read, or was passed over, in order.
    pub notes: Vec<Note>,
}

impl TextFormat {
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
pub fn read(text: &str) -> ParsedText {
    let kind = detect::kind(text);
    let mut reading = match kind {
        TextFormat::Nothing => ParsedText::default(),
        TextFormat::Bash => bash::read(text),
        TextFormat::PowerShell => powershell::read(text),
        TextFormat::Template => template::read(text),
        TextFormat::Bicep => bicep::read(text),
        TextFormat::Terraform => terraform::read(text),
        TextFormat::Request => request::read(text),
        TextFormat::Table => table::read(text),
        TextFormat::Unknown => ParsedText { notes: vec![Note::blocks(0, messages::READ_UNKNOWN)], ..ParsedText::default() },
    };
    reading.kind = kind;
    if reading.found.is_empty() && !matches!(kind, TextFormat::Nothing | TextFormat::Unknown) {
        reading.notes.push(Note::blocks(0, messages::READ_NO_IDENTITY));
    }
    reading.notes.sort_by_key(|note| note.at);
    reading
}
