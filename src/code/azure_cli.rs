//! Azure CLI in bash. `--tags` has its own shorthand syntax (azure-cli-core, `aaz/_utils.py`).

mod access;

pub(super) use self::access::read_principal;
use super::bash::Command;
use super::target::Target;
use super::{Listing, rest};
use crate::arm::document::Document;
use crate::arm::resource_id::ResourceId;
use crate::arm::tags::Tags;
use crate::messages;
use crate::provisioning::field::TOOLS;
use crate::provisioning::plan::{NewGroup, NewIdentity, NewResource, Plan};
use crate::provisioning::template::{self, Scope};
use crate::visible::is_hidden;

/// The first version with the shorthand syntax in `--tags` (Azure CLI release notes).
const SHORTHAND_SINCE: &str = "2.88";

pub(super) fn render(plan: &Plan, target: &Target) -> Listing {
    let mut listing = Listing::new();
    if let Some(line) = target.az() {
        listing.push(&["# ", &line, "\n"]);
    }
    listing.push(&["az account set --subscription ", plan.subscription.as_str(), "\n"]);
    let mut principal_of: Option<ResourceId> = None;
    for resource in &plan.resources {
        match resource {
            NewResource::Group(group) => group_create(plan, group, &mut listing),
            NewResource::Identity(identity) => identity_create(identity, &mut listing),
            NewResource::Credential(new) => access::credential_create(new, &mut listing),
            NewResource::Role(role) => {
                if principal_of.as_ref() != Some(&role.identity) {
                    access::read_principal(&role.identity, &mut listing);
                    principal_of = Some(role.identity.clone());
                }
                access::role_create(role, &mut listing);
            }
            NewResource::Lock(new) => access::lock_create(new, &mut listing),
        }
    }
    listing
}

/// The what-if command for `plan`'s template, saved as `template.json`.
pub(super) fn what_if(plan: &Plan) -> String {
    let mut command = match template::scope(plan) {
        Scope::Group(group) => {
            let mut command = Command::new("az deployment group what-if");
            command.short("-g", group.as_str());
            command
        }
        Scope::Subscription => {
            let mut command = Command::new("az deployment sub what-if");
            if let Some(location) = plan.location() {
                command.short("-l", location.as_str());
            }
            command
        }
    };
    command.short("-f", "template.json");
    command.option("--subscription", [plan.subscription.as_str()]);
    let mut text = String::new();
    command.write(&mut text);
    text
}

fn group_create(plan: &Plan, group: &NewGroup, listing: &mut Listing) {
    if !group.tags.iter().all(|(name, value)| is_plain_tag(name, value)) {
        listing.note(messages::CLI_RAW_TAGS.with(["az group create"]));
        let mut command = Command::new("az rest --method put");
        command.option("--url", [rest::group_path(plan, group).as_str()]);
        command.option("--body", [without_file_prefix(&template::group_body(group)).as_str()]);
        return command.write(&mut listing.text);
    }
    let mut command = Command::new("az group create");
    command.short("-n", group.name.as_str());
    command.short("-l", group.location.as_str());
    if !group.tags.is_empty() {
        let tags: Vec<String> = group.tags.iter().map(|(name, value)| [name, "=", value].concat()).collect();
        command.option("--tags", tags.iter().map(String::as_str));
    }
    command.write(&mut listing.text);
}

/// Whether `az group create` takes the tag as it is: its `--tags` has no quoting (azure-cli-core, `validate_tag`).
fn is_plain_tag(name: &str, value: &str) -> bool {
    let hides = name.chars().chain(value.chars()).any(is_hidden);
    !(hides || name.contains('=') || name.starts_with(['-', '@']) || value.starts_with('@'))
}

/// JSON without `=@`, which the CLI would read as the start of a file name.
fn without_file_prefix(document: &Document) -> String {
    document.json_line().replace("=@", "=\\u0040")
}

fn identity_create(identity: &NewIdentity, listing: &mut Listing) {
    let mut command = Command::new("az identity create");
    command.short("-g", identity.group.as_str());
    command.short("-n", identity.name.as_str());
    if !identity.in_region_of_group {
        command.short("-l", identity.location.as_str());
    }
    if !identity.tags.is_empty() {
        let (arguments, shorthand) = tag_arguments(&identity.tags);
        command.option("--tags", arguments.iter().map(String::as_str));
        if shorthand {
            listing.note(messages::CLI_TAGS_SINCE.with(["--tags", SHORTHAND_SINCE]));
        }
    }
    let properties = identity.properties.document();
    for tool in &TOOLS {
        match properties.get(tool.member) {
            None => continue,
            Some(Document::Text(text)) => command.option(tool.az, [text.as_str()]),
            Some(other) => command.option(tool.az, [other.json_line().as_str()]),
        }
        listing.note(messages::CLI_OPTION_SINCE.with([tool.az, tool.az_since]));
    }
    command.write(&mut listing.text);
}

/// The arguments of `--tags`, and whether they need the shorthand syntax: `name=value` each, or one JSON object if a value has
/// a character that `name=value` cannot carry or that an interactive shell would interpret.
fn tag_arguments(tags: &Tags) -> (Vec<String>, bool) {
    let needs_json = |text: &str| text.chars().any(is_hidden);
    // `=@` would make the CLI read the value from a file.
    if tags.iter().any(|(name, value)| needs_json(name) || needs_json(value) || name.contains("=@")) {
        return (vec![without_file_prefix(&Document::pairs(tags.iter()))], true);
    }
    let mut shorthand = false;
    let arguments = tags
        .iter()
        .map(|(name, value)| {
            let mut argument = String::new();
            shorthand |= push_name(&mut argument, name);
            argument.push('=');
            shorthand |= push_value(&mut argument, value);
            argument
        })
        .collect();
    (arguments, shorthand)
}

/// Writes a tag name; returns whether it had to be quoted.
fn push_name(out: &mut String, name: &str) -> bool {
    let bare = !name.starts_with('-') && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if bare {
        out.push_str(name);
    } else {
        push_shorthand_text(out, name);
    }
    !bare
}

/// Writes a tag value; returns whether it had to be quoted.
fn push_value(out: &mut String, value: &str) -> bool {
    // An empty value prompts, `null` means none, `??` shows help, `@` reads a file, and a quote starts a quoted string.
    let bare = !(value.is_empty() || value.starts_with(['\'', '@']) || matches!(value, "null" | "??"));
    if bare {
        out.push_str(value);
    } else {
        push_shorthand_text(out, value);
    }
    !bare
}

/// Writes a string in the shorthand's quotes, where `'/` escapes a quote.
fn push_shorthand_text(out: &mut String, text: &str) {
    out.push('\'');
    out.push_str(&text.replace('\'', "'/"));
    out.push('\'');
}
