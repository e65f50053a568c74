//! Parses existing identities back into drafts: commands, templates, Bicep, Terraform, requests, lists. Pure, and it never
//! fails: what cannot be parsed is reported with its position.

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

/// The format of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextFormat {
    /// Empty text.
    #[default]
    Nothing,
    /// Commands for bash: `az`, `curl`.
    Bash,
    /// Commands for PowerShell: `New-AzUserAssignedIdentity`, `az`.
    PowerShell,
    /// An ARM template, or other JSON with resources in it.
    Template,
    Bicep,
    Terraform,
    /// An HTTP request, or its body.
    Request,
    /// Rows of values below a header row.
    Table,
    /// An unknown format.
    Unknown,
}

/// The result of parsing a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParsedText {
    pub kind: TextFormat,
    /// The identities, in order.
    pub found: Vec<ParsedIdentity>,
    /// What could not be parsed or was ignored, in order.
    pub notes: Vec<Note>,
}

impl TextFormat {
    /// The format's display name.
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

/// Parses `text`, detecting its format.
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
