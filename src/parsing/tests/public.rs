//! Tests with shapes that scripts and pages in public repositories have.

use super::shells::{Case, expect_all};
use super::{draft_line, reported};
use crate::parsing::{Hints, TextFormat, read, read_with};
use crate::provisioning::problem::Severity;

#[test]
fn powershell_and_cmd() {
    let table: &[Case] = &[
        ("az identity create --% -g RG1 -n id-1 --tags \"a=b c\" | Out-Null", &["|RG1||id-1||a=b c|"], &[]),
        ("az identity create -g RG1 --% -n \"id 1\"\naz account show", &["|RG1||id 1|||"], &["1 blocks Use only"]),
    ];
    expect_all(TextFormat::PowerShell, table);
    let table: &[Case] = &[
        (
            "for /f \"usebackq tokens=*\" %%i in (`az identity create -g RG1 -n \"id 1\" --query id -o tsv`) do set ID=%%i",
            &["|RG1||id 1|||"],
            &["1 blocks Use only"],
        ),
        ("for /f %%i in ('az identity create -g RG1 -n id-1') do set ID=%%i", &["|RG1||id-1|||"], &[]),
    ];
    expect_all(TextFormat::Cmd, table);
}

/// What is told of commands that create nothing.
fn passed_over(format: TextFormat, text: &str) -> Vec<String> {
    let reading = read_with(text, Hints { format: Some(format), ..Hints::default() });
    reading.notes.iter().filter(|note| note.severity == Severity::Informs).map(|note| note.sentence.text()).collect()
}

#[test]
fn only_commands_are_told_to_create_nothing() {
    let new = "New-AzUserAssignedIdentity -Name a -ResourceGroupName b -Location eastus";
    for text in [
        "function f { [CmdletBinding(SupportsShouldProcess)] param([Parameter(Mandatory)][string]$A) {} }",
        "if (-not ({})) { exit 1 }",
        "1..2 | % { {} }",
        "$job = { {} }\n& $job",
    ] {
        assert_eq!(passed_over(TextFormat::PowerShell, &text.replace("{}", new)), [""; 0], "{text}");
    }
    let batch = "call :f\ncall az identity create -g RG1 -n id-1\ngoto :eof\n:f\n";
    assert_eq!(passed_over(TextFormat::Cmd, batch), ["Not checked, because it creates no identity: goto."]);
    let bash = "$RUN == \"true\"\naz identity create -g RG1 -n id-1\n";
    assert_eq!(passed_over(TextFormat::Bash, bash), [""; 0]);
}

#[test]
fn pages_show_what_commands_print() {
    let page = "# Page\r\n\r\n```bash\r\naz identity create \\\r\n  -g RG1 \\\r\n  -n id-1\r\n```\r\n\r\n```json\r\n{\r\n  \"clientId\": \"x\",\r\n  \"id\": \"/subscriptions/x/resourceGroups/RG1\",\r\n  \"type\": \"Microsoft.ManagedIdentity/userAssignedIdentities\"\r\n}\r\n```\r\n";
    let reading = read(page);
    assert_eq!(reading.kind, TextFormat::Markdown);
    assert_eq!(reading.found.iter().map(|found| draft_line(&found.draft)).collect::<Vec<_>>(), ["|RG1||id-1|||"]);
    assert_eq!(reported(page, &reading), [""; 0]);
}
