//! Tests with very many of one thing. Parsing time must be linear: with quadratic time, these tests would take minutes.

use crate::messages::{self, Message};
use crate::parsing::{Lines, ParsedText, TextFormat, check, read};
use crate::provisioning::problem::Severity;
use crate::provisioning::rules::Rules;

const MANY: usize = 20_000;

pub(super) fn numbered(count: usize, one: impl Fn(usize) -> String, by: &str) -> String {
    (0..count).map(one).collect::<Vec<_>>().join(by)
}

/// Reads, checks and locates everything, like the page and the command; returns what blocks.
fn blocked(text: &str, kind: TextFormat) -> (ParsedText, Vec<Message>) {
    let reading = read(text);
    assert_eq!(reading.kind, kind, "{text:.80}");
    let checked = check(text, &reading, &Rules::default());
    let lines = Lines::of(text);
    let mut blocked: Vec<Message> =
        reading.notes.iter().filter(|note| note.severity == Severity::Blocks).map(|note| note.sentence.message).collect();
    for (found, problems) in reading.found.iter().zip(&checked) {
        for problem in problems {
            assert!(lines.place(found.place(problem.field)).line >= 1);
        }
        blocked.extend(problems.iter().filter(|problem| problem.severity == Severity::Blocks).map(|problem| problem.sentence.message));
    }
    (reading, blocked)
}

#[test]
fn an_identity_with_very_many_tags() {
    let texts = [
        (TextFormat::Bash, format!("az identity create -g RG1 -n uami --tags {}", numbered(MANY, |at| format!("n{at}=v"), " "))),
        (
            TextFormat::PowerShell,
            format!(
                "New-AzUserAssignedIdentity -Name uami -ResourceGroupName RG1 -Location eastus -SubscriptionId 11111111-2222-3333-4444-555555555555 -Tag @{{ {} }}",
                numbered(MANY, |at| format!("n{at} = 'v'"), "; ")
            ),
        ),
        (
            TextFormat::Template,
            format!("{{\"location\":\"eastus\",\"name\":\"uami\",\"tags\":{{{}}}}}", numbered(MANY, |at| format!("\"n{at}\":\"v\""), ",")),
        ),
        (
            TextFormat::Template,
            format!("{{\"location\":\"eastus\",\"name\":\"uami\",\"tags\":{{{}}}}}", numbered(MANY, |at| format!("\"n{at}\":null"), ",")),
        ),
        (
            TextFormat::Bicep,
            format!(
                "resource i 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {{\n name: 'uami'\n location: 'eastus'\n tags: {{\n{}\n }}\n}}\n",
                numbered(MANY, |at| format!("n{at}: 'v'"), "\n")
            ),
        ),
        (
            TextFormat::Terraform,
            format!(
                "resource \"azurerm_user_assigned_identity\" \"i\" {{\n name = \"uami\"\n location = \"eastus\"\n resource_group_name = \"RG1\"\n tags = {{\n{}\n }}\n}}\n",
                numbered(MANY, |at| format!("n{at} = var.x{at}"), "\n")
            ),
        ),
        (
            TextFormat::Request,
            format!(
                "PUT https://management.azure.com/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami?api-version=2023-01-31\n\n{{\"location\":\"eastus\",\"tags\":{{{}}}}}",
                numbered(MANY, |at| format!("\"n{at}\":\"v\""), ",")
            ),
        ),
    ];
    for (kind, text) in texts {
        let (reading, blocked) = blocked(&text, kind);
        assert_eq!(reading.found.len(), 1, "{text:.80}");
        assert_eq!(blocked, [messages::READ_TAGS_MANY], "{text:.80}");
    }
    let header = numbered(MANY, |at| format!("tag.n{at}"), ",");
    let row = numbered(MANY, |_| "v".to_owned(), ",");
    let (reading, blocked) = blocked(&format!("name,{header}\nuami,{row}\n"), TextFormat::Table);
    assert_eq!(reading.found.len(), 1);
    assert_eq!(blocked, [messages::READ_COLUMNS_MANY, messages::READ_ROW_LONG, messages::READ_LACKS_GROUP, messages::READ_TAGS_MANY]);
}

#[test]
fn very_many_identities_and_groups() {
    let groups = numbered(MANY, |at| format!("az group create -n rg{at} -l eastus"), "\n");
    let identities = numbered(MANY, |at| format!("az identity create -g RG{at} -n uami{at}"), "\n");
    let (reading, told) = blocked(&format!("{groups}\n{identities}"), TextFormat::Bash);
    assert_eq!((reading.found.len(), told.len()), (MANY, 0));
    assert!(reading.found.iter().all(|found| found.draft.group_is_new && found.draft.region == "eastus"));
    let (reading, told) = blocked(&numbered(MANY + 5, |at| format!("az identity create -g RG -n uami{at}"), "\n"), TextFormat::Bash);
    assert_eq!((reading.found.len(), told), (MANY, vec![messages::READ_IDENTITIES_MANY]));
    // All on one line, each with problems whose positions go back and forth.
    let one = |at| format!("{{\"tags\":{{\"a/b\":\"c\"}},\"name\":\"a b{at}\",\"resourceGroup\":\"x.\",\"location\":\"e/u\"}}");
    let (reading, _) = blocked(&format!("[{}]", numbered(MANY, one, ",")), TextFormat::Template);
    assert_eq!(reading.found.len(), MANY);
}

#[test]
fn very_many_of_anything() {
    let identity = |tags: &str, restrictions: &str| {
        format!(
            "resource i 'Microsoft.ManagedIdentity/userAssignedIdentities@2026-05-31' = {{\n name: 'uami'\n location: 'eastus'\n tags: {tags}\n properties: {{ assignmentRestrictions: {{ providers: {restrictions} }} }}\n}}\n"
        )
    };
    let restrictions = numbered(MANY, |at| format!("'Microsoft.Web{at}'"), "\n");
    let (_, told) = blocked(&identity("{}", &format!("[\n{restrictions}\n]")), TextFormat::Bicep);
    assert_eq!(told, [messages::READ_RESTRICTIONS_MANY]);
    let escapes = identity(&format!("{{ a: '{}' }}", "\\u{".repeat(30_000)), "[]");
    assert_eq!(blocked(&escapes, TextFormat::Bicep).0.found.len(), 1);
    let types = numbered(MANY, |at| format!("resource \"x_{at}\" \"y\" {{\n}}"), "\n");
    assert!(blocked(&types, TextFormat::Terraform).0.notes.len() <= 102);
    // A long value that is used many times.
    let defaults = format!("az configure --defaults group={}\n{}", "x".repeat(1_000_000), "az identity create -n uami\n".repeat(5_000));
    let (reading, _) = blocked(&defaults, TextFormat::Bash);
    assert!(reading.found.iter().all(|found| found.draft.resource_group.len() <= 1_024));
    let table =
        format!("$t = @{{ {} }}\n{}", numbered(MANY, |at| format!("n{at} = 'v'"), "; "), "New-AzUserAssignedIdentity @t\n".repeat(5_000));
    assert_eq!(blocked(&table, TextFormat::PowerShell).0.found.len(), 5_000);
    for deep in ["[", "{\"a\":", "(", "$(", "\"${", "'${", "@{a=", "if (x) {"] {
        for start in [
            "{\"resources\":",
            "az identity create -n ",
            "$x = ",
            "param x string = ",
            "resource \"azurerm_user_assigned_identity\" \"x\" {\n name = ",
        ] {
            let text = [start, &deep.repeat(30_000)].concat();
            let reading = read(&text);
            assert_eq!(check(&text, &reading, &Rules::default()).len(), reading.found.len());
        }
    }
    // Each of these was once searched or copied again for the next one.
    for text in ["$((", "a+=(x y)\n"] {
        blocked(&["az account show\n", &text.repeat(50_000)].concat(), TextFormat::Bash);
    }
    for text in ["$x = \"a\"", &["$x = 1\n", &"[A(".repeat(50)].concat()] {
        blocked(&[text, &"+\"a\"".repeat(20_000)].concat(), TextFormat::PowerShell);
    }
    for token in ["a ", "'a' ", "a=b\n", "-a b ", "\\\n", "`\n", ", ", "{}\n", "; "] {
        for start in ["az identity create -n x ", "$x = 1\nNew-AzUserAssignedIdentity ", "param x string\n", "locals {\n", "name,x\n"] {
            let text = [start, &token.repeat(30_000)].concat();
            let reading = read(&text);
            assert_eq!(check(&text, &reading, &Rules::default()).len(), reading.found.len());
        }
    }
}

#[test]
fn texts_that_contain_themselves_stay_short() {
    for count in [30, 900, MANY] {
        let text = format!("X=\"a{}\"\naz identity create -g RG1 -n \"b$X\"\n", "$X-".repeat(count));
        let (reading, _) = blocked(&text, TextFormat::Bash);
        let pieces: usize = reading.found.iter().flat_map(|found| &found.partial).map(|(_, pieces)| pieces.len()).sum();
        assert!(reading.found.len() == 1 && pieces <= 2_000, "{count}: {pieces}");
    }
}
