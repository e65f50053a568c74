//! Parses existing identities back into drafts: commands, templates, Bicep, Terraform, requests, lists. Pure, and it never
//! fails: what cannot be parsed is reported with its position.

mod arguments;
mod bash;
mod bicep;
mod bicep_parameters;
mod bicep_syntax;
mod cells;
mod checked;
mod cmd;
mod commands;
mod created;
mod cursor;
mod detect;
mod embedded;
mod encoding;
mod expression;
mod given;
mod headings;
mod hosts;
mod item;
mod names;
mod near;
mod occurrences;
mod options;
mod parsed_identity;
mod position;
mod powershell;
mod project;
mod readers;
mod request;
mod resource;
mod resources;
mod scopes;
mod shell;
mod strings;
mod syntax;
mod table;
mod template;
mod terraform;
#[cfg(test)]
mod tests;
mod tokens;
mod wording;

pub use checked::{Checked, check, check_all, counts};
pub use encoding::{Decoded, Encoding, decode};
pub use occurrences::occurrences;
pub use parsed_identity::{Note, ParsedIdentity};
pub use position::{Lines, Position};
pub use project::read_all;
pub use readers::{Read, Readers};
pub use table::may_list;

use std::ops::Range;

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
    /// A batch file, or commands for Windows' cmd.
    Cmd,
    /// An ARM template, or other JSON with resources in it.
    Template,
    Bicep,
    /// A `.bicepparam` file.
    BicepParameters,
    Terraform,
    /// A `.tfvars` file.
    TerraformVariables,
    /// An HTTP request, or its body.
    Request,
    /// Rows of values below a header row.
    Table,
    /// A pipeline or playbook with scripts in it.
    Yaml,
    Makefile,
    Dockerfile,
    /// Prose with fenced code.
    Markdown,
    /// A Jupyter notebook.
    Notebook,
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
    /// Where the text mentions an identity without creating one, or was reported as unread: comments, texts that are not run,
    /// references.
    accounted: Vec<Range<usize>>,
    /// Readers that the text needs and that aren't loaded: the result is incomplete without them.
    pub missing: Option<Readers>,
}

/// The formats that can be chosen, with their words for `--language`.
pub const FORMATS: [(&str, TextFormat); 15] = [
    ("bash", TextFormat::Bash),
    ("powershell", TextFormat::PowerShell),
    ("cmd", TextFormat::Cmd),
    ("json", TextFormat::Template),
    ("bicep", TextFormat::Bicep),
    ("bicepparam", TextFormat::BicepParameters),
    ("terraform", TextFormat::Terraform),
    ("tfvars", TextFormat::TerraformVariables),
    ("http", TextFormat::Request),
    ("csv", TextFormat::Table),
    ("yaml", TextFormat::Yaml),
    ("makefile", TextFormat::Makefile),
    ("dockerfile", TextFormat::Dockerfile),
    ("markdown", TextFormat::Markdown),
    ("notebook", TextFormat::Notebook),
];

impl TextFormat {
    /// The format's display name.
    pub fn label(self) -> Message {
        match self {
            Self::Nothing => messages::READ_AS_NOTHING,
            Self::Bash => messages::READ_AS_BASH,
            Self::PowerShell => messages::READ_AS_POWERSHELL,
            Self::Cmd => messages::READ_AS_CMD,
            Self::Template => messages::READ_AS_TEMPLATE,
            Self::Bicep => messages::READ_AS_BICEP,
            Self::BicepParameters => messages::READ_AS_BICEP_PARAMETERS,
            Self::Terraform => messages::READ_AS_TERRAFORM,
            Self::TerraformVariables => messages::READ_AS_TERRAFORM_VARIABLES,
            Self::Request => messages::READ_AS_REQUEST,
            Self::Table => messages::READ_AS_TABLE,
            Self::Yaml => messages::READ_AS_YAML,
            Self::Makefile => messages::READ_AS_MAKEFILE,
            Self::Dockerfile => messages::READ_AS_DOCKERFILE,
            Self::Markdown => messages::READ_AS_MARKDOWN,
            Self::Notebook => messages::READ_AS_NOTEBOOK,
            Self::Unknown => messages::READ_AS_UNKNOWN,
        }
    }
}

/// What is known about a text besides its content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hints<'a> {
    /// The file's name, or empty.
    pub file: &'a str,
    /// The format, if it isn't to be detected.
    pub format: Option<TextFormat>,
}

/// Parses `text`, detecting its format.
pub fn read(text: &str) -> ParsedText {
    read_with(text, Hints::default())
}

/// Parses `text` with the help of `hints`.
pub fn read_with(text: &str, hints: Hints) -> ParsedText {
    finished(text, hints.file, read_as(kind_of(text, hints), text))
}

/// The format of `text`.
fn kind_of(text: &str, hints: Hints) -> TextFormat {
    hints.format.unwrap_or_else(|| detect::kind(text, hints.file))
}

/// Adds the notes that concern a text as a whole, and puts all notes in order.
fn finished(text: &str, file: &str, mut reading: ParsedText) -> ParsedText {
    let kind = reading.kind;
    if kind == TextFormat::Unknown || ACCOUNTED.contains(&kind) {
        occurrences::report(text, &mut reading);
    }
    if kind == TextFormat::Unknown && detect::by_name(file).is_some() {
        // Another language, but not an unknown one.
        for note in reading.notes.iter_mut().filter(|note| note.sentence.message == messages::READ_UNKNOWN) {
            *note = Note::informs(0, messages::READ_NO_IDENTITY);
        }
    }
    let says_so = |note: &Note| matches!(note.sentence.message, messages::READ_NO_IDENTITY | messages::READ_NO_NAME_COLUMN);
    let needs_none = matches!(kind, TextFormat::Nothing | TextFormat::TerraformVariables | TextFormat::Unknown);
    if reading.found.is_empty() && !needs_none && !reading.notes.iter().any(says_so) {
        // Its tool accepts it without an identity.
        reading.notes.push(Note::informs(0, messages::READ_NO_IDENTITY));
    }
    reading.notes.sort_by_key(|note| note.at);
    reading
}

/// The formats whose readers account for every occurrence.
const ACCOUNTED: [TextFormat; 16] = [
    TextFormat::Bash,
    TextFormat::PowerShell,
    TextFormat::Cmd,
    TextFormat::Template,
    TextFormat::Bicep,
    TextFormat::BicepParameters,
    TextFormat::Terraform,
    TextFormat::TerraformVariables,
    TextFormat::Request,
    TextFormat::Table,
    TextFormat::Yaml,
    TextFormat::Makefile,
    TextFormat::Dockerfile,
    TextFormat::Markdown,
    TextFormat::Notebook,
    TextFormat::Unknown,
];

/// The maximum number of hosts around a text: a notebook has Markdown with a pipeline in it, for example.
const HOSTS_MAX: u32 = 4;

/// Parses `text` as `kind`, by itself or inside a text that is no host.
fn read_as(kind: TextFormat, text: &str) -> ParsedText {
    read_inside(kind, text, 0)
}

/// Parses `text` as `kind` inside `hosts` other texts; nothing if there are too many.
fn read_inside(kind: TextFormat, text: &str, hosts: u32) -> ParsedText {
    if hosts > HOSTS_MAX {
        return ParsedText { kind, ..ParsedText::default() };
    }
    let mut reading = match kind {
        TextFormat::Nothing => ParsedText::default(),
        TextFormat::Table => table::read(text),
        TextFormat::Template | TextFormat::Bicep | TextFormat::BicepParameters | TextFormat::Request => {
            read_by(Readers::Templates, kind, text, hosts)
        }
        TextFormat::Bash | TextFormat::PowerShell | TextFormat::Cmd => read_by(Readers::Shells, kind, text, hosts),
        TextFormat::Terraform | TextFormat::TerraformVariables => read_by(Readers::Terraform, kind, text, hosts),
        TextFormat::Yaml
        | TextFormat::Makefile
        | TextFormat::Dockerfile
        | TextFormat::Markdown
        | TextFormat::Notebook
        | TextFormat::Unknown => read_by(Readers::Hosts, kind, text, hosts),
    };
    reading.kind = kind;
    reading
}

/// Parses `text` with `readers`, if they are loaded.
fn read_by(readers: Readers, kind: TextFormat, text: &str, hosts: u32) -> ParsedText {
    #[cfg(all(feature = "split", target_arch = "wasm32"))]
    let read = readers.loaded();
    #[cfg(not(all(feature = "split", target_arch = "wasm32")))]
    let read: Option<Read> = Some(match readers {
        Readers::Shells => read_shell,
        Readers::Templates => read_template,
        Readers::Terraform => read_terraform,
        Readers::Hosts => read_host,
    });
    read.map_or_else(|| ParsedText { missing: Some(readers), ..ParsedText::default() }, |read| read(kind, text, hosts))
}

/// [`Readers::Shells`].
pub fn read_shell(kind: TextFormat, text: &str, _hosts: u32) -> ParsedText {
    match kind {
        TextFormat::PowerShell => powershell::read(text),
        TextFormat::Cmd => cmd::read(text),
        _ => bash::read(text),
    }
}

/// [`Readers::Templates`].
pub fn read_template(kind: TextFormat, text: &str, _hosts: u32) -> ParsedText {
    match kind {
        TextFormat::Bicep => bicep::read(text),
        TextFormat::BicepParameters => bicep_parameters::read(text),
        TextFormat::Request => request::read(text),
        _ => template::read(text),
    }
}

/// [`Readers::Terraform`].
pub fn read_terraform(kind: TextFormat, text: &str, _hosts: u32) -> ParsedText {
    match kind {
        TextFormat::TerraformVariables => terraform::read_variables(text),
        _ => terraform::read(text),
    }
}

/// [`Readers::Hosts`].
pub fn read_host(kind: TextFormat, text: &str, hosts: u32) -> ParsedText {
    match kind {
        TextFormat::Yaml => hosts::read_yaml(text, hosts),
        TextFormat::Makefile => hosts::read_makefile(text, hosts),
        TextFormat::Dockerfile => hosts::read_dockerfile(text, hosts),
        TextFormat::Markdown => hosts::read_markdown(text, hosts),
        TextFormat::Notebook => hosts::read_notebook(text, hosts),
        _ => hosts::read_program(text, hosts),
    }
}
