//! Holds the readers to their word: every place of a text that looks as if it creates an identity is counted in the raw text,
//! without parsing, and one that no reader accounted for is reported.

use super::ParsedText;
use super::parsed_identity::Note;
use crate::messages;

/// The Azure CLI's command, in words.
const COMMAND: [&str; 2] = ["identity", "create"];
/// The Azure CLI as a module of Python.
pub(super) const MODULE: &str = "azure.cli";
/// Options that only commands have after these words: prose has none.
const OPTIONS: [&str; 6] = ["-g", "-n", "-l", "--name", "--resource-group", "--location"];
/// Between the words of a command: blanks, continued lines, quotes, the commas of an argument list.
const BETWEEN: [char; 12] = [' ', '\t', '\r', '\n', '\\', '`', '^', '"', '\'', ',', '-', '\u{a0}'];
/// Between a command and its options.
const BLANKS: [char; 10] = [' ', '\t', '\r', '\n', '\\', '`', '^', '"', '\'', ','];
/// The maximum bytes between the words of a command.
const BETWEEN_MAX: usize = 60;
/// The maximum bytes of a request's line before its resource type.
const LINE_MAX: usize = 2_000;
const CMDLET: &str = "New-AzUserAssignedIdentity";
const NEW_RESOURCE: &[u8] = b"new-azresource -";
const TYPE: &str = "Microsoft.ManagedIdentity/userAssignedIdentities";
/// The class of SDKs, of which programs make one, and the calls of clients that create one.
const CLASS: &str = "UserAssignedIdentity(";
const CALLS: [&str; 3] =
    ["user_assigned_identities.create_or_update(", "userAssignedIdentities.createOrUpdate", "UserAssignedIdentities().CreateOrUpdate"];
/// The maximum bytes of a name before it.
const NAME_MAX: usize = 100;
/// The end of Pulumi's types.
const PULUMI: &str = ":UserAssignedIdentity";
const TERRAFORM: &str = "azurerm_user_assigned_identity";
/// The well-known modules that create an identity.
pub(super) const MODULES: [&str; 2] =
    ["avm/res/managed-identity/user-assigned-identity", "Azure/avm-res-managedidentity-userassignedidentity"];

/// The byte offsets where `text` looks as if it creates an identity, in order.
pub fn occurrences(text: &str) -> Vec<usize> {
    let lower = text.to_ascii_lowercase();
    let mut found: Vec<usize> = matches(&lower, COMMAND[0]).filter(|at| is_command(&lower, *at)).collect();
    found.extend(matches(&lower, CMDLET).filter(|at| is_whole(&lower, *at, CMDLET.len())));
    found.extend(matches(&lower, TYPE).filter(|at| is_created(&lower, *at)));
    found.extend(matches(&lower, TERRAFORM).filter(|at| is_block(&lower, *at)));
    found.extend(matches(&lower, PULUMI).filter(|at| is_type_of_pulumi(&lower, *at)));
    found.extend(programs(text, &lower));
    for module in MODULES {
        found.extend(matches(&lower, module));
    }
    found.sort_unstable();
    found
}

/// Adds a note for each occurrence that is outside the parsed identities and the ranges accounted for.
pub(super) fn report(text: &str, reading: &mut ParsedText) {
    let mut ranges = reading.accounted.clone();
    ranges.extend(reading.found.iter().map(|found| found.at..found.end));
    ranges.sort_unstable_by_key(|range| range.start);
    let (mut next, mut end) = (ranges.into_iter().peekable(), 0);
    // Those after the most that are read are told as one.
    let many = reading.notes.iter().find(|note| note.sentence.message == messages::READ_IDENTITIES_MANY).map(|note| note.at);
    for at in occurrences(text).into_iter().take_while(|at| many.is_none_or(|many| *at < many)) {
        while let Some(range) = next.next_if(|range| range.start <= at) {
            end = end.max(range.end);
        }
        if at >= end {
            reading.notes.push(Note::warns(at, messages::READ_OCCURRENCE));
        }
    }
}

/// The byte offsets of `word`, of which case does not matter, in a text in lower case.
fn matches<'a>(lower: &'a str, word: &str) -> impl Iterator<Item = usize> + use<'a> {
    let word = word.to_ascii_lowercase();
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + lower.get(from..)?.find(&word)?;
        from = at + word.len();
        Some(at)
    })
}

/// Whether the text at `at` is a word of its own.
fn is_whole(lower: &str, at: usize, length: usize) -> bool {
    let part_of_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    !lower[..at].ends_with(part_of_word) && !lower[at + length..].starts_with(part_of_word)
}

fn is_command(lower: &str, at: usize) -> bool {
    let rest = &lower[at + COMMAND[0].len()..];
    let create = rest.trim_start_matches(BETWEEN);
    let between = rest.len() - create.len();
    let before = lower[..at].trim_end_matches(BETWEEN);
    // `spawn("az", ["identity", "create"])`, `Start("az", $"identity create")`.
    let before = before.strip_suffix(['[', '$', '@']).map_or(before, |before| before.trim_end_matches(BETWEEN));
    is_whole(lower, at, COMMAND[0].len())
        && (1..=BETWEEN_MAX).contains(&between)
        && create.starts_with(COMMAND[1])
        && is_whole(lower, lower.len() - create.len(), COMMAND[1].len())
        // `az ad`, `federated-credential`, and sentences about "the identity" have other words before.
        && (["az", "az.cmd", MODULE].iter().any(|az| before.ends_with(az))
            || before.ends_with(['}', ')', '%'])
            || ends_with_variable(before)
            || has_option(&create[COMMAND[1].len()..]))
}

/// Whether options of the command follow: another name or a function may stand for `az`.
fn has_option(rest: &str) -> bool {
    let word = rest.trim_start_matches(BLANKS);
    let end = word.find(|letter: char| !(letter.is_ascii_alphabetic() || letter == '-')).unwrap_or(word.len());
    word.len() < rest.len() && OPTIONS.contains(&&word[..end])
}

/// Whether a text ends with a variable, as in `$AZ identity create`.
fn ends_with_variable(before: &str) -> bool {
    let start = before.trim_end_matches(|letter: char| letter.is_alphanumeric() || letter == '_');
    start.len() < before.len() && start.ends_with('$')
}

/// Whether a resource type is that of a resource: `"type": "…"`, `'…@version'`, the path of a `PUT`, a command's option.
fn is_created(lower: &str, at: usize) -> bool {
    let after = &lower[at + TYPE.len()..];
    let before = lower[..at].trim_end_matches(['"', '\'', '=', ':', ' ', '\t', '\\']);
    match after.chars().next() {
        Some('@') => true,
        Some('/') => {
            // Of an identity, not of its children, in a request that writes.
            let name = after[1..].split(['/', '?', '"', '\'', ' ', '\n']).next().unwrap_or_default();
            let is_child = after[1 + name.len()..].starts_with('/');
            // A longer line isn't looked through: the time stays linear.
            let before = &lower.as_bytes()[at.saturating_sub(LINE_MAX)..at];
            let line = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
            let puts = line.split(|byte| !byte.is_ascii_alphanumeric()).any(|word| word == b"put");
            !name.is_empty() && !is_child && (puts || line.windows(NEW_RESOURCE.len()).any(|words| words == NEW_RESOURCE))
        }
        _ => before.ends_with("type"),
    }
}

/// Where programs make an identity: `new UserAssignedIdentity(…)`, the calls of a client.
fn programs(text: &str, lower: &str) -> impl Iterator<Item = usize> {
    let is_made = |at: &usize| {
        let before = text[..*at].rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        // Without arguments, it is a part of another resource.
        matches!(before, "" | "New" | "new") && text[*at..].starts_with(CLASS) && !text[*at + CLASS.len()..].starts_with(')')
    };
    matches(lower, CLASS).filter(is_made).chain(CALLS.into_iter().flat_map(|call| matches(lower, call)))
}

/// What a program uses at an occurrence: a class, or a client's method.
pub(super) fn used(text: &str, at: usize) -> Option<&str> {
    let rest = text.get(at..)?;
    let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.');
    let call = CALLS.into_iter().any(|call| rest.get(..call.len()).is_some_and(|start| start.eq_ignore_ascii_case(call)));
    if !call && !rest.starts_with(CLASS) {
        return None;
    }
    // A longer name isn't looked through: the time stays linear.
    let least = (at.saturating_sub(NAME_MAX)..=at).find(|least| text.is_char_boundary(*least))?;
    let start = at - text[least..at].len() + text[least..at].trim_end_matches(is_word).len();
    text.get(start..at + rest.find('(').unwrap_or(rest.len()))
}

/// Whether it is the type of a resource in a program of Pulumi's YAML: `type: azure-native:managedidentity:UserAssignedIdentity`.
fn is_type_of_pulumi(lower: &str, at: usize) -> bool {
    let kind = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, ':' | '/' | '-');
    let before = lower[..at].trim_end_matches(kind);
    before.len() < at && before.trim_end_matches([' ', '"', '\'']).ends_with(':') && lower[before.len()..].starts_with("azure")
}

/// Whether a Terraform type is that of a block: `resource "…"`, or a key of `.tf.json`.
fn is_block(lower: &str, at: usize) -> bool {
    let after = &lower[at + TERRAFORM.len()..];
    let before = lower[..at].strip_suffix('"').unwrap_or(&lower[..at]);
    let key = after.strip_prefix('"').is_some_and(|rest| rest.trim_start().starts_with(':'));
    let block = before.trim_end_matches([' ', '\t']).ends_with("resource");
    is_whole(lower, at, TERRAFORM.len()) && (key || block)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_creates_an_identity_is_counted() {
        for (text, count) in [
            ("az identity create -g a -n b; az identity  create", 2),
            ("az identity \\\n  create", 1),
            ("az identity ^\r\n create", 1),
            ("[\"az\", \"identity\", \"create\"]", 1),
            ("spawn('az', ['identity', 'create'])", 1),
            ("$AZ identity create; ${AZ} identity create; %AZ% identity create; $(AZ) identity create", 4),
            ("The identity create command; identity created; my-identity create", 0),
            ("az identity federated-credential create", 0),
            ("azi identity create -g RG1; Invoke-Az identity create --name x; python -m azure.cli identity create", 3),
            ("az --debug identity create -n x; call('identity', 'create', '-n', 'x')", 2),
            ("Use identity create --help, or identity create - with care.", 0),
            ("new-azuserassignedidentity -Name x; Get-Help New-AzUserAssignedIdentityX", 1),
            ("{\"type\" : \"microsoft.managedidentity/userAssignedIdentities\"}", 1),
            ("resource a 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {", 1),
            ("resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'x')", 0),
            ("az rest -m put -u https://x/providers/Microsoft.ManagedIdentity/userAssignedIdentities/a?api-version=1", 1),
            ("PUT /x/providers/Microsoft.ManagedIdentity/userAssignedIdentities/a/federatedIdentityCredentials/b", 0),
            ("az resource create --resource-type Microsoft.ManagedIdentity/userAssignedIdentities -n x", 1),
            ("resource \"azurerm_user_assigned_identity\" \"a\" {}", 1),
            ("New-AzResource -Id /x/providers/Microsoft.ManagedIdentity/userAssignedIdentities/a -Force", 1),
            ("Get-AzResource -Id /x/providers/Microsoft.ManagedIdentity/userAssignedIdentities/a", 0),
            ("new UserAssignedIdentity(\"x\", {}); msi.NewUserAssignedIdentity(ctx); x = UserAssignedIdentity(name)", 3),
            ("GetUserAssignedIdentity(x); new UserAssignedIdentity(); ids.Add(new UserAssignedIdentity())", 0),
            ("client.user_assigned_identities.create_or_update('a'); rg.GetUserAssignedIdentities().CreateOrUpdateAsync()", 2),
            ("type: azure-native:managedidentity:UserAssignedIdentity", 1),
            ("urn:pulumi:dev::x::azure-native:managedidentity:UserAssignedIdentity::a", 0),
            ("azurerm_user_assigned_identity.a.id", 0),
            ("{\"resource\": {\"azurerm_user_assigned_identity\": {}}}", 1),
            ("module a 'br/public:avm/res/managed-identity/user-assigned-identity:0.4.0' = {", 1),
            ("source = \"Azure/avm-res-managedidentity-userassignedidentity/azurerm\"", 1),
        ] {
            assert_eq!(occurrences(text).len(), count, "{text}");
        }
    }

    #[test]
    fn what_no_reader_accounted_for_is_reported() {
        let text = "az identity create; az identity create; az identity create";
        let mut reading = ParsedText { accounted: vec![0..18, 20..30], ..ParsedText::default() };
        report(text, &mut reading);
        assert_eq!(reading.notes.iter().map(|note| note.at).collect::<Vec<_>>(), [43]);
    }
}
