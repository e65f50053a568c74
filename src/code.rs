//! A plan as code, one file per language. Pure. Running the code leads to the same end state as deploying the plan, and nothing
//! is dropped: where a tool lacks a feature, its raw API call is used and a note says so.

mod arm_template;
mod azure_cli;
pub mod bash;
mod bicep;
mod curl;
mod powershell;
mod rest;
mod target;
mod terraform;

use crate::arm::azure_cloud::AzureCloud;
use crate::messages::{self, Message, Sentence};
use crate::provisioning::plan::{NewRole, Plan};

use target::Target;

/// The Azure CLI what-if command for `plan`'s template, saved as `template.json`.
pub fn what_if(plan: &Plan) -> String {
    azure_cli::what_if(plan)
}

/// The commands that point the Azure CLI at `cloud`, on one line; `None` for its default.
pub fn choose_cloud(cloud: &AzureCloud) -> Option<String> {
    Target::of(cloud).az()
}

/// The languages, in the order of the code panel's tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// `az` in bash.
    #[default]
    AzureCli,
    /// The Az modules.
    PowerShell,
    /// An ARM template in JSON.
    ArmTemplate,
    Bicep,
    /// Terraform with the azurerm provider.
    Terraform,
    /// HTTP requests.
    Rest,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The whole file, ending with a line break.
    pub text: String,
    /// What a reader should know that the code itself cannot express.
    pub notes: Vec<Sentence>,
}

impl Language {
    /// In the order of the tabs.
    pub const ALL: [Self; 6] = [Self::AzureCli, Self::PowerShell, Self::ArmTemplate, Self::Bicep, Self::Terraform, Self::Rest];

    /// The tab's label.
    pub fn label(self) -> Message {
        match self {
            Self::AzureCli => messages::AZURE_CLI,
            Self::PowerShell => messages::POWERSHELL,
            Self::ArmTemplate => messages::ARM_TEMPLATE,
            Self::Bicep => messages::BICEP,
            Self::Terraform => messages::TERRAFORM,
            Self::Rest => messages::REST,
        }
    }

    /// The key in messages to the host page.
    pub fn key(self) -> &'static str {
        match self {
            Self::AzureCli => "azure-cli",
            Self::PowerShell => "powershell",
            Self::ArmTemplate => "arm-template",
            Self::Bicep => "bicep",
            Self::Terraform => "terraform",
            Self::Rest => "rest",
        }
    }

    pub fn file_name(self) -> &'static str {
        match self {
            Self::AzureCli => "create-identity.sh",
            Self::PowerShell => "create-identity.ps1",
            Self::ArmTemplate => "template.json",
            Self::Bicep => "main.bicep",
            Self::Terraform => "main.tf",
            Self::Rest => "create-identity.http",
        }
    }
}

pub fn render(plan: &Plan, language: Language, cloud: &AzureCloud) -> Listing {
    let target = Target::of(cloud);
    match language {
        Language::AzureCli => azure_cli::render(plan, &target),
        Language::PowerShell => powershell::render(plan, &target),
        Language::ArmTemplate => arm_template::render(plan, &target),
        Language::Bicep => bicep::render(plan, &target),
        Language::Terraform => terraform::render(plan, &target),
        Language::Rest => rest::render(plan, &cloud.resource_manager),
    }
}

/// `plan` in `language` as the code panel shows and saves it: [`Language::Rest`] has the curl commands appended.
pub fn file(plan: &Plan, language: Language, cloud: &AzureCloud) -> Listing {
    let mut listing = render(plan, language, cloud);
    if language == Language::Rest {
        // A separator line ends the last request for editors that read `.http` files.
        listing.push(&["\n### curl\n\n", &curl(plan, cloud).text]);
    }
    listing
}

/// `plan` as curl commands: the same requests as [`Language::Rest`].
pub fn curl(plan: &Plan, cloud: &AzureCloud) -> Listing {
    curl::render(plan, &Target::of(cloud), &cloud.resource_manager)
}

impl Listing {
    fn new() -> Self {
        Self { text: String::new(), notes: Vec::new() }
    }

    /// Adds a note unless it is already there.
    fn note(&mut self, note: impl Into<Sentence>) {
        let note = note.into();
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    fn push(&mut self, parts: &[&str]) {
        for part in parts {
            self.text.push_str(part);
        }
    }
}

/// A role and its scope for a comment, on one line in ASCII: `AcrPull on contosodev`.
fn what(role: &NewRole) -> String {
    let scope = role.assignment.scope.name();
    let is_plain = |letter: char| letter.is_ascii_graphic();
    if scope.chars().all(is_plain) { [&role.role_name, " on ", scope].concat() } else { role.role_name.clone() }
}

/// The identifier of the resource at `index` of a list; the first is the base name alone.
fn numbered(base: &str, index: usize) -> String {
    let mut name = base.to_owned();
    if index > 0 {
        name.push('_');
        name.push_str(&(index + 1).to_string());
    }
    name
}

/// Whether `text` is an ASCII identifier, and no keyword, in every language here. `hyphens` allows hyphens after the first
/// character.
fn is_identifier(text: &str, hyphens: bool) -> bool {
    const WORDS: [&str; 6] = ["true", "false", "null", "for", "if", "in"];
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || (hyphens && byte == b'-'))
        && !WORDS.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embed_d_ts_declares_every_language() {
        let keys = Language::ALL.map(|language| ["\"", language.key(), "\""].concat());
        let declared = ["export type Language = ", &keys.join(" | "), ";"].concat();
        assert!(include_str!("../public/embed.d.ts").contains(&declared), "{declared}");
    }
}
