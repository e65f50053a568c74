//! Terraform: `azurerm_user_assigned_identity`, azapi's resource of that type, the well-known module, and their resource groups.

mod collections;
mod copies;
mod expressions;
mod functions;
mod grammar;
mod json;
mod resources;
mod scripts;
mod texts;

use std::collections::BTreeSet;
use std::ops::Range;

use self::grammar::Hcl;
use self::grammar::scope::{GROUP, Scope, defined as names, is_null};
use super::given::Given;
use super::item::{Item, Member, Value, get};
use super::names::{Expressions, Names};
use super::parsed_identity::{NewGroup, Note, join};
use super::resource::{is_group, is_identity};
use super::{ParsedText, TextFormat};
use crate::messages::{self, Message};
use crate::provisioning::problem::Severity;

const IDENTITY: &str = "azurerm_user_assigned_identity";
const AZAPI: &str = "azapi_resource";
/// Blocks that create nothing, if they have no label or one of Azure.
const SILENT: [&str; 9] = ["data", "output", "moved", "import", "removed", "check", "provider", "ephemeral", "action"];
/// Maximum types of other resources that are reported.
const OTHERS_MAX: usize = 100;

pub(super) fn read(text: &str) -> ParsedText {
    read_in(text, &Given::default())
}

/// Parses a file of a module of which other files define names.
pub(super) fn read_in(text: &str, given: &Given) -> ParsedText {
    if json::is_json(text) {
        return read_json(text, given);
    }
    let mut hcl = Hcl::new(text);
    let blocks = hcl.file();
    let mut reading = blocks_of(text, &blocks, given);
    reading.accounted.append(&mut hcl.accounted);
    errors(&mut reading, hcl.errors);
    reading
}

fn read_json(text: &str, given: &Given) -> ParsedText {
    let (file, errors) = json::parse(text);
    let mut reading = json::shown(text, &file).unwrap_or_else(|| {
        let (blocks, mut keys) = json::blocks(text, &file);
        let mut reading = blocks_of(text, &blocks, given);
        reading.accounted.append(&mut keys);
        reading
    });
    json::errors(&mut reading, errors);
    reading
}

fn parsed(text: &str) -> Vec<(Member, usize)> {
    if json::is_json(text) { json::blocks(text, &json::parse(text).0).0 } else { Hcl::new(text).file() }
}

/// What a file defines for the other files of its module.
pub(super) fn defined(text: &str) -> Given {
    names(parsed(text).iter().map(|(block, _)| block))
}

/// The modules in other folders that a file calls, with their variables' values.
pub(super) fn modules(text: &str, given: &Given) -> Vec<(String, Given)> {
    if !text.contains("module") {
        return Vec::new();
    }
    let blocks = parsed(text);
    let scope = Scope::new(names(blocks.iter().map(|(block, _)| block)), given);
    let none = Names::new(Expressions::None);
    let call = |block: &Member| {
        let members = block.value.members();
        let source = get(members, "source").map(Item::start).filter(|source| source.starts_with('.'))?;
        let mut passed = Given::default();
        for member in members.iter().filter(|member| !resources::GENERAL.contains(&member.name.as_str())) {
            let value = scope.value(&member.value, None, 0);
            if !is_null(&value) {
                passed.add(&["var.", &member.name].concat(), &value.value, &none);
            }
        }
        Some((source.to_owned(), passed))
    };
    blocks.iter().map(|(block, _)| block).filter(|block| block.name == "module").filter_map(call).collect()
}

/// The variables in a `.tfvars` or `.tfvars.json` file.
pub(super) fn variables(text: &str) -> Given {
    let members: Vec<Member> = if json::is_json(text) {
        json::parse(text).0.members().to_vec()
    } else {
        Hcl::new(text).file().into_iter().map(|(member, _)| member).collect()
    };
    Given { values: members.into_iter().map(|member| (["var.", &member.name].concat(), member.value.value)).collect() }
}

/// A `.tfvars` file by itself.
pub(super) fn read_variables(text: &str) -> ParsedText {
    let mut hcl = Hcl::new(text);
    if !json::is_json(text) {
        hcl.file();
    }
    let notes = vec![Note::informs(0, messages::READ_VARIABLES)];
    let mut reading = ParsedText { kind: TextFormat::TerraformVariables, notes, accounted: hcl.accounted, ..ParsedText::default() };
    errors(&mut reading, hcl.errors);
    reading
}

/// Terraform refuses what is never closed; what else can't be read may be newer than this program.
fn errors(reading: &mut ParsedText, errors: Vec<(usize, Message)>) {
    let unclosed = [messages::READ_UNCLOSED, messages::READ_UNCLOSED_TEXT, messages::READ_UNCLOSED_HEREDOC];
    for (at, message) in errors {
        let severity = if unclosed.contains(&message) { Severity::Blocks } else { Severity::Warns };
        reading.notes.push(Note { at, severity, sentence: message.into() });
    }
}

fn blocks_of(text: &str, blocks: &[(Member, usize)], given: &Given) -> ParsedText {
    let scope = Scope::new(names(blocks.iter().map(|(block, _)| block)), given);
    let reading = ParsedText { kind: TextFormat::Terraform, ..ParsedText::default() };
    let mut reader = Reader {
        text,
        blocks,
        scope: &scope,
        none: Names::new(Expressions::None),
        reading,
        groups: Vec::new(),
        others: Vec::new(),
        is_full: false,
        told: None,
    };
    let mut names = BTreeSet::new();
    for (block, end) in blocks {
        let is_identity = block.name == "resource" && block.labels.first().is_some_and(|kind| kind == IDENTITY);
        if is_identity && !names.insert(&block.labels) {
            reader.reading.notes.push(Note::blocks(block.at, messages::READ_BLOCK_TWICE.with([&block.labels.join(".")])));
        }
        reader.block(block, block.at..*end);
    }
    let mut reading = reader.reading;
    join(&mut reading.found, &reader.groups);
    reading
}

/// Reads the blocks of a file.
struct Reader<'a> {
    text: &'a str,
    blocks: &'a [(Member, usize)],
    scope: &'a Scope,
    /// Values are evaluated before they are taken, so no names are left.
    none: Names,
    reading: ParsedText,
    groups: Vec<NewGroup>,
    others: Vec<&'a str>,
    /// Whether there are more identities than are read.
    is_full: bool,
    /// The last block whose unknown arguments were reported: not again for each copy.
    told: Option<usize>,
}

impl<'a> Reader<'a> {
    fn block(&mut self, block: &'a Member, range: Range<usize>) {
        let kind = block.labels.first().map_or("", String::as_str);
        let members = block.value.members();
        match (block.name.as_str(), kind) {
            ("resource", IDENTITY) => self.copies(block, &range, Self::azurerm),
            ("resource", GROUP) => self.group(members),
            ("resource", AZAPI) => self.azapi_resource(block, &range),
            ("resource", "azapi_update_resource" | "azapi_data_plane_resource") => self.reading.accounted.push(range.clone()),
            ("resource", "azapi_resource_action") if get(members, "method").is_none_or(|method| method.start() != "PUT") => {
                self.reading.accounted.push(range.clone());
            }
            ("resource", _) => self.other(block, kind),
            ("module", _) => self.module(block, &range),
            ("terraform", "") => self.terragrunt(block, &range),
            (name, _) if SILENT.contains(&name) && (block.labels.is_empty() || name == "output" || kind.starts_with("az")) => {
                self.reading.accounted.push(range.clone());
            }
            _ => {}
        }
        if block.name == "resource" {
            self.scripts(block, kind);
        }
    }

    fn azapi_resource(&mut self, block: &'a Member, range: &Range<usize>) {
        let members = block.value.members();
        let Some(kind) = get(members, "type").map(|item| self.scope.value(item, None, 0)) else { return };
        if is_identity(kind.start()) {
            if matches!(&kind.value, Value::Text(text) if !text.contains('@')) {
                self.reading.notes.push(Note::blocks(kind.at, messages::READ_NO_VERSION.with([kind.start(), "@2024-11-30"])));
            }
            self.copies(block, range, Self::azapi);
        } else if is_group(kind.start()) {
            self.group(members);
        } else if kind.start().is_empty() {
            if let Some(word) = self.none.meant(&kind.value).unread() {
                self.reading.notes.push(Note::informs(kind.at, messages::READ_TYPE_UNREAD.with([word])));
            }
        } else {
            self.other(block, AZAPI);
        }
    }

    /// Reports a resource of another type, once per type.
    fn other(&mut self, block: &Member, kind: &'a str) {
        if self.others.len() < OTHERS_MAX && !self.others.contains(&kind) {
            self.others.push(kind);
            self.reading.notes.push(Note::informs(block.at, messages::READ_PASSED_OVER.with([kind])));
        }
    }
}
