//! Tests with scripts for PowerShell and cmd.

use super::shells::{CREATE, Case, expect_all, mismatch};
use crate::parsing::TextFormat;

const NEW: &str = "New-AzUserAssignedIdentity -ResourceGroupName RG1 -Name uami-1 -Location eastus";

#[test]
fn no_wrapper_of_powershell_swallows_a_command() {
    let mut mismatches = String::new();
    for wrapped in [
        "{}",
        "& {}",
        ". { {} }",
        "& { {} }",
        "[void]({})",
        "$null = {}",
        "$x = {}",
        "$x.y = {}",
        "[string]$x = ({}).Id",
        "$script:x = {} | ForEach-Object { $_.Id }",
        "{} | Out-Null",
        "{} |\n  Out-Null",
        "{} *> $null",
        "{} 2>&1 > log.txt",
        "return {}",
        "\"a $({}) b\"",
        "Write-Host \"a $({}) b\"",
        "$h = @{ a = {} ; b = 1 }",
        "$a = @({}; 1)",
        "if (-not ({})) { exit 1 }",
        "if ($x -eq 'a') { {} }",
        "if ($x) { 1 } elseif ($y -match '^[a-z]{3}$') { {} } else { 2 }",
        "if ($x)\n{\n  1\n}\nelse\n{\n  {}\n}",
        "for ($i = 0; $i -lt 3; $i++) { {} }",
        "foreach ($n in Get-Content x) { {} }",
        "while ($true) { {} }",
        "do { {} } until ($x)",
        "do { 1 } while ({})",
        "switch ($x) { 'a' { {} } default { 1 } }",
        "switch -regex ($x) { '^a' { 1; break } { $_ -gt 1 } { {} } }",
        "try { {} } catch { Write-Warning $_.Exception.Message } finally { 1 }",
        "try { 1 } catch [System.Exception], [X.Y] { {} }",
        "try { 1 } finally { {} }",
        "function New-It { {} }",
        "function New-It([string]$a, $b = 'x)') { {} }",
        "function New-It {\n  [CmdletBinding()]\n  param (\n    [Parameter(Mandatory = $true)]\n    [ValidateSet('a', 'b')]\n    [string]$A\n  )\n  process { {} }\n}",
        "filter f { {} }",
        "1..3 | Where-Object { $_ } | ForEach-Object -Process { {} }",
        "Get-It | % { {} }",
        "Invoke-Command -ScriptBlock { {} } -ArgumentList 1",
        "Start-Job { {} }",
        "$sb = { {} }",
        "Invoke-Expression \"{}\"",
        "$c = '{}'\nInvoke-Expression $c",
        "pwsh -NoProfile -Command \"{}\"",
        "powershell -Command { {} }",
        "az account show || {}",
        "az account show && {}",
        "#Requires -Version 7\n<#\n.SYNOPSIS\n It's a \"thing\n#>\n{}",
        "$note = @'\nDon't \"do\" this\n'@\n{}",
        "$note = @\"\nDon't \"do\" $this `\n\"@\n{}",
        "class A {\n  [string]$Name\n  A([string]$n) { $this.Name = $n }\n  [void] M() { {} }\n}",
        "enum E { A; B = 2 }\n{}",
        "using namespace System\n{}",
        "[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12\n{}",
        "$a, $b = 1, 2\n{}",
        "$x = $y ? 'a' : 'b'\n{}",
        "$x = $y -replace '\\s', '' -split ','\n{}",
        "cmd --% /c \"x 'y\n{}",
        "$h = @{\n  'a b' = 1\n  c = @('d', \"e\")\n  f = if ($x) { 1 } else { 2 }\n}\n{}",
        "Write-Host 'it''s'; {}",
        "PS C:\\> {}",
    ] {
        for (create, draft) in [(CREATE, "|RG1||uami-1|||"), (NEW, "|RG1|eastus|uami-1|||")] {
            let text = wrapped.replacen("{}", create, 1);
            mismatches += &mismatch(&text, TextFormat::PowerShell, &[draft], &[]);
        }
    }
    for program in
        ["& $az", "& \"$az\"", "& 'C:\\Program Files\\az.cmd'", "az.cmd", "& az.exe", "& $env:AZ", "Start-Process az -Wait -ArgumentList"]
    {
        let text = [program, " identity create -g RG1 -n uami-1"].concat();
        if !program.starts_with("Start") {
            mismatches += &mismatch(&text, TextFormat::PowerShell, &["|RG1||uami-1|||"], &[]);
        }
    }
    assert!(mismatches.is_empty(), "{mismatches}");
}

#[test]
fn values_in_powershell() {
    let table: &[Case] = &[
        (
            "param (\n  [Parameter(Mandatory = $true)]\n  [string]$Group,\n\n  [string]$Name = \"image.builder\"\n)\nNew-AzUserAssignedIdentity -ResourceGroupName $Group -Name $Name\nNew-AzUserAssignedIdentity -ResourceGroupName 'RG1' -Name 'image builder' -Location 'westeurope'",
            &["|||image.builder|||", "|RG1|westeurope|image builder|||"],
            &["7 blocks", "7 blocks", "7 warns", "8 blocks Use only"],
        ),
        (
            "$n = @'\nDon't: the \"x\" 's\n'@\nNew-AzUserAssignedIdentity -ResourceGroupName RG1 -Name 'id reader' -Location westeurope",
            &["|RG1|westeurope|id reader|||"],
            &["4 blocks Use only"],
        ),
        (
            "foreach ($n in 'a-1', 'b-1') { New-AzUserAssignedIdentity -ResourceGroupName RG1 -Name \"id-$n\" -Location eastus }",
            &["|RG1|eastus|id-a-1|||", "|RG1|eastus|id-b-1|||"],
            &[],
        ),
        ("'a-1', 'b-1' | ForEach-Object { az identity create -g RG1 -n $_ }", &["|RG1||a-1|||", "|RG1||b-1|||"], &[]),
        ("1..2 | % { az identity create -g RG1 -n \"uami-$_\" }", &["|RG1||uami-1|||", "|RG1||uami-2|||"], &[]),
        ("$names = @('a-1'\n'b-1')\nforeach ($n in $names) { az identity create -g RG1 -n $n }", &["|RG1||a-1|||", "|RG1||b-1|||"], &[]),
        (
            "$p = @{\n Name = 'uami-1'\n Location = 'eastus'\n}\n$p.ResourceGroupName = 'RG1'\n$p['Tag'] = @{ a = 'b' }\nNew-AzUserAssignedIdentity @p -Verbose",
            &["|RG1|eastus|uami-1||a=b|"],
            &[],
        ),
        ("$p = Get-It\nNew-AzUserAssignedIdentity @p", &["||||||"], &["2 warns", "2 warns", "2 warns", "2 warns"]),
        ("$a = @('-g', 'RG1', '-n', 'uami-1')\naz identity create @a", &["|RG1||uami-1|||"], &[]),
        ("Start-Process az -ArgumentList 'identity', 'create', '-g', 'RG1', '-n', 'uami-1' -Wait", &["|RG1||uami-1|||"], &[]),
        ("$e = 'dev'\nif ($x) { $e = 'prod' }\naz identity create -g RG1 -n id_$e.", &["|RG1|||||"], &["3 blocks", "3 warns"]),
        ("$env:N = 'uami-1'\naz identity create -g RG1 -n $env:N", &["|RG1||uami-1|||"], &[]),
        ("az identity create `\n  -g RG1 `\n  -n (\"uami-\" + 1)", &["|RG1||uami-1|||"], &[]),
        ("New-AzUserAssignedIdentity –Name “uami-1” –ResourceGroupName ‘RG1’ –Location eastus", &["|RG1|eastus|uami-1|||"], &[]),
        (
            "New-AzResource -ResourceType Microsoft.ManagedIdentity/userAssignedIdentities -ResourceName uami-1 -ResourceGroupName RG1 -Location eastus -Force",
            &["|RG1|eastus|uami-1|||"],
            &[],
        ),
    ];
    expect_all(TextFormat::PowerShell, table);
}

#[test]
fn what_powershell_and_the_cmdlet_refuse() {
    let table: &[Case] = &[
        ("New-AzUserAssignedIdentity -ResourceGroupName RG1 -Name uami-1", &["|RG1||uami-1|||"], &["1 blocks -Location"]),
        (
            "New-AzUserAssignedIdentity -ResourceGroupName RG1 -Name uami-1 -Location eastus -Frob x",
            &["|RG1|eastus|uami-1|||"],
            &["1 blocks Unknown option -Frob"],
        ),
        (
            "New-AzUserAssignedIdentity -ResourceGroupName RG1 -Name uami-1 -Location eastus -Pro x",
            &["|RG1|eastus|uami-1|||"],
            &["1 blocks -Pro could be"],
        ),
        (
            "New-AzUserAssignedIdentity ` \n  -ResourceGroupName RG1 -Name uami-1 -Location eastus",
            &["|RG1|eastus|uami-1|||"],
            &["1 blocks There is a space after this `"],
        ),
        ("New-AzUserAssignedIdentity -n uami-1 -r RG1 -l eastus", &["|RG1|eastus|uami-1|||"], &[]),
        ("az identity create --% -g RG1 -n uami-1", &["|RG1||uami-1|||"], &[]),
        (
            "Set-Alias nui New-AzUserAssignedIdentity\nnui -Name uami-1 -ResourceGroupName RG1 -Location eastus",
            &["|RG1|eastus|uami-1|||"],
            &[],
        ),
        ("& (Get-Command New-AzUserAssignedIdentity) -Name uami-1", &[], &["1 warns This seems to create"]),
        ("if (Get-Command New-AzUserAssignedIdentity) { 1 }", &[], &[]),
        ("Mock New-AzUserAssignedIdentity { 1 }\nShould -Invoke New-AzUserAssignedIdentity", &[], &[]),
        (
            "New-AzUserAssignedIdentity -Name my id -ResourceGroupName RG1 -Location eastus",
            &["|RG1|eastus|my|||"],
            &["1 blocks Use at least", "1 blocks id doesn't"],
        ),
    ];
    expect_all(TextFormat::PowerShell, table);
}

#[test]
fn requests_in_powershell() {
    const PATH: &str =
        "/subscriptions/$sub/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-1?api-version=2023-01-31";
    let table: &[Case] = &[
        (
            "$sub = '11111111-1111-1111-1111-111111111111'\n$body = @\"\n{\n  \"location\": \"westeurope\",\n  \"tags\": { \"Cost/Center\": \"42\" }\n}\n\"@\nInvoke-AzRestMethod -Method PUT -Path \"PATH\" -Payload $body",
            &["1|RG1|westeurope|uami-1||Cost/Center=42|"],
            &["8 blocks"],
        ),
        (
            "Invoke-AzRestMethod -Method PUT -Path \"PATH\" -Payload @\"\n{ \"location\": \"westeurope\",\n \"tags\": { \"Cost/Center\": \"42\" } }\n\"@",
            &["|RG1|westeurope|uami-1||Cost/Center=42|"],
            &["1 warns", "3 blocks"],
        ),
        (
            "$u = \"PATH\"\nInvoke-AzRestMethod -Method PUT -Uri $u -Payload '{\"location\":\"eastus\"}'",
            &["|RG1|eastus|uami-1|||"],
            &["2 warns"],
        ),
        (
            "$b = @{ location = 'eastus' } | ConvertTo-Json\nInvoke-AzRestMethod -Method PUT -Path \"PATH\" -Payload $b",
            &["|RG1|eastus|uami-1|||"],
            &["2 warns"],
        ),
        (
            "$b = @{ location = 'eastus' }\nInvoke-AzRestMethod -Method PUT -Path \"PATH\" -Payload ($b | ConvertTo-Json -Depth 5)",
            &["|RG1|eastus|uami-1|||"],
            &["2 warns"],
        ),
    ];
    let texts: Vec<String> = table.iter().map(|(text, ..)| text.replace("PATH", PATH)).collect();
    let mismatches: String =
        texts.iter().zip(table).map(|(text, (_, drafts, problems))| mismatch(text, TextFormat::PowerShell, drafts, problems)).collect();
    assert!(mismatches.is_empty(), "{mismatches}");
}

#[test]
fn no_wrapper_of_cmd_swallows_a_command() {
    let mut mismatches = String::new();
    for wrapped in [
        "{}",
        "@{}",
        "call {}",
        "@call {} || exit /b 1",
        "cmd /c {}",
        "cmd /c \"{}\"",
        "start /wait {}",
        "start \"\" /b cmd /c \"{}\"",
        "powershell -Command \"{}\"",
        "if %X% neq 0 {}",
        "if not exist \"a b\" {}",
        "if /i \"%X%\"==\"a b\" (\n  {}\n) else (\n  echo no\n)",
        "if defined X (echo yes) else {}",
        "if errorlevel 1 (\n  echo x\n) else (\n  call {}\n)",
        "for %%i in (*.json) do {}",
        "for /f \"tokens=*\" %%i in ('{}') do set ID=%%i",
        "for /l %%i in (1,1,3) do (\n  call {}\n)",
        ":label\r\n{}\r\ngoto :eof\r\n",
        "echo on & {}",
        "az account show && {}",
        "az account show || {}",
        "(\n{}\n) > log.txt 2>&1",
        "{} > nul 2>&1",
        "{} | findstr x",
        "rem it's \"a comment\r\n{}\r\n",
        ":: it's\n{}",
        "set X='\n{}",
        "setlocal enabledelayedexpansion\n{}",
        "%AZ% identity create -g RG1 -n uami-1",
        "az.cmd identity create -g RG1 -n uami-1",
        "\"C:\\Program Files\\az.cmd\" identity create -g RG1 -n uami-1",
        "az identity create ^\r\n  --resource-group RG1 ^\r\n  --name uami-1\r\n",
        "set \"C=az identity create -g RG1\"\n%C% -n uami-1",
    ] {
        let text = wrapped.replacen("{}", CREATE, 1);
        mismatches += &mismatch(&text, TextFormat::Cmd, &["|RG1||uami-1|||"], &[]);
    }
    assert!(mismatches.is_empty(), "{mismatches}");
}

#[test]
fn values_in_cmd() {
    let table: &[Case] = &[
        (
            "set RG=RG1\nset \"N=id shop\"\naz identity create ^\n  --resource-group %RG% ^\n  --name id-literal\ncall az identity create --name \"%N%\" --resource-group %RG% --location westeurope\n@REM CALL az identity create --name gone --resource-group x\necho az identity create",
            &["|RG1||id-literal|||", "|RG1|westeurope|id shop|||"],
            &["6 blocks Use only"],
        ),
        ("az identity create -g %RG% -n id_%ENV%.x", &["||||||"], &["1 blocks Use only", "1 warns", "1 warns"]),
        ("for %%n in (a-1 \"b-1\") do call az identity create -g RG1 -n id-%%n", &["|RG1||id-a-1|||", "|RG1||id-b-1|||"], &[]),
        (
            "set /a N=1+1\nset /p M=Name?\naz identity create -g RG1 -n %N%\naz identity create -g RG1 -n !M!",
            &["|RG1|||||", "|RG1|||||"],
            &["3 warns", "4 warns"],
        ),
        ("az identity create -g RG1 -n %1", &["|RG1|||||"], &["1 warns"]),
        ("az identity create ^ \n  -g RG1 -n uami-1", &["|RG1||uami-1|||"], &["1 blocks There is a space after this ^"]),
        ("az identity create -g RG1 -n 'my id'", &["|RG1||'my|||"], &["1 blocks Use only", "1 blocks id' doesn't"]),
        ("if x==x (set N=a-1) else (set N=b-1)\naz identity create -g RG1 -n %N%", &["|RG1|||||"], &["2 warns"]),
        ("set N=uami-1 & az identity create -g RG1 -n uami-2", &["|RG1||uami-2|||"], &[]),
    ];
    expect_all(TextFormat::Cmd, table);
}
