//! Commands under other names, in variables, or passed on: each is found, or reported as unread.

use super::expect;
use crate::parsing::TextFormat;

const UNREAD: &str = "warns This seems to create an identity";

#[test]
fn commands_in_variables_and_under_other_names_are_read() {
    for text in [
        "RES=identity; OP=create\naz $RES $OP {}",
        "OP=create\naz identity \"${OP}\" {}",
        "CMD='identity create'\naz $CMD {}",
        "AZ=az RES=identity\n$AZ $RES create {}",
        "for op in create; do az identity $op {}; done",
        "az --debug identity create {}",
        "az -o json --only-show-errors --query=id identity create {}",
        "az identity --debug create {}",
        "retry 3 az --verbose identity create {}",
        "python -m azure.cli identity create {}",
        "sudo /opt/az/bin/python3 -Im azure.cli identity create {}",
        "alias azi='az identity'\nazi create {}",
        "alias mk=\"az identity create\" a=az\nmk {}",
        "alias a=az\na identity create {}",
        "az_() { az \"$@\" --only-show-errors; }\naz_ identity create {}",
        "az() { command az \"$@\"; }\naz identity create {}",
        "function azid { az identity $*; }\nazid create {}",
        "azid() { local op=$1; shift; az identity \"$op\" \"${@}\"; }\nazid create {}",
        "mk() { az identity create \"$@\"; }\nmk {}",
        "az_retry() { for i in 1 2 3; do az \"$@\" && return; done; }\naz_retry identity create {}",
        "az_retry() { until out=$(az \"$@\" 2>&1); do sleep 1; done; }\naz_retry identity create {}",
        "a() { az \"$@\"; }\nb() { a \"$@\"; }\nb identity create {}",
        "set -- identity create {}\naz \"$@\"",
    ] {
        expect(&["az account show\n", &text.replace("{}", "-g RG1 -n uami-1")].concat(), TextFormat::Bash, &["|RG1||uami-1|||"], &[]);
    }
    let twice =
        "#!/bin/bash\nmk() { az identity create -g \"$1\" -n \"$2\"; }\nmk RG1 uami-1\nmk RG2 \"uami-$X\"\naz identity create -n x \"$@\"";
    let problems = [
        "2 warns Couldn't work out this value, so it wasn't checked: $X",
        "5 blocks Use at least 3",
        "5 warns Couldn't work out this value, so it wasn't checked: $@",
        "5 warns Couldn't work out this value, so it wasn't checked: $@",
        "5 warns Couldn't work out this value, so it wasn't checked: $@",
    ];
    expect(twice, TextFormat::Bash, &["|RG1||uami-1|||", "|RG2|||||", "|||x|||"], &problems);
    for (kind, text) in [
        (TextFormat::PowerShell, "$op = 'create'\naz identity $op -g RG1 -n uami-1"),
        (TextFormat::PowerShell, "Set-Alias azc az\nazc identity create -g RG1 -n uami-1"),
        (TextFormat::PowerShell, "Set-Alias -Name azc -Value az\nWrite-Host x\nazc identity create -g RG1 -n uami-1"),
        (TextFormat::Cmd, "@echo off\r\nset OP=create\r\naz identity %OP% -g RG1 -n uami-1"),
    ] {
        expect(text, kind, &["|RG1||uami-1|||"], &[]);
    }
}

#[test]
fn what_may_be_a_command_is_reported() {
    for text in [
        "OP=$1; az identity $OP {}",
        "while read -r op; do az identity $op {}; done < ops",
        "az interactive <<EOF\nidentity create {}\nEOF",
        "echo \"identity create {}\" | xargs az",
        "xargs -L1 az <<EOF\nidentity create {}\nEOF",
        "echo create | xargs -I% az identity % {}",
        "docker run --rm azure-cli identity create {}",
        "frobnicate identity create {}",
    ] {
        let text = ["az account show; ", &text.replace("{}", "-g RG1 -n uami-1")].concat();
        let line = 1 + usize::from(text.contains("<<"));
        expect(&text, TextFormat::Bash, &[], &[&format!("{line} {UNREAD}")]);
    }
    // These create nothing.
    for text in ["az identity $OP --ids x", "az_() { az \"$@\"; }", "az $CMD -g RG1 -n x", "# azi identity create -g RG1 -n uami-1"] {
        expect(&["az account show; ", text].concat(), TextFormat::Bash, &[], &[]);
    }
}

#[test]
fn what_is_printed_to_a_script_is_reported() {
    let create = "az identity create -g RG1 -n uami-1";
    for text in [
        "printf '{}\\n' > run.sh; bash run.sh",
        "echo \"{}\" >> \"$HOME/run.sh\" && ./run.sh",
        "echo '{}' | sudo tee -a \"$script\"",
        "cat <<'EOF' > run.ps1\n{}\nEOF",
    ] {
        let text = ["az account show; ", &text.replace("{}", create)].concat();
        let line = 1 + usize::from(text.contains("<<"));
        expect(&text, TextFormat::Bash, &[], &[&format!("{line} {UNREAD}")]);
    }
    for text in ["Write-Output '{}' > run.ps1", "Write-Output '{}' | Out-File ./run.ps1", "Write-Output '{}' | Invoke-Expression"] {
        expect(&["$x = 1; ", &text.replace("{}", create)].concat(), TextFormat::PowerShell, &[], &[&format!("1 {UNREAD}")]);
    }
    expect(&format!("@echo off\r\necho {create} > run.cmd\r\n"), TextFormat::Cmd, &[], &[&format!("2 {UNREAD}")]);
    for text in ["echo '{}' > log.txt", "echo '{}' | tee -a log", "echo 'Run {}' >&2"] {
        expect(&["az account show; ", &text.replace("{}", create)].concat(), TextFormat::Bash, &[], &[]);
    }
    expect(&format!("$x = 1; Write-Output '{create}' | Out-Null"), TextFormat::PowerShell, &[], &[]);
}

#[test]
fn resources_are_found_by_their_ids_and_types() {
    let id = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-1";
    let drafts = ["1|RG1|eastus|uami-1|||"];
    for text in
        ["New-AzResource -ResourceId {} -Location eastus -Force", "$id = '{}'\nNew-AzResource -ResourceId $id -Location eastus -Force"]
    {
        expect(&text.replace("{}", id), TextFormat::PowerShell, &drafts, &[]);
    }
    expect(&format!("az resource create --id {id} -l eastus --properties '{{}}'"), TextFormat::Bash, &drafts, &[]);
    expect(&format!("$x = 1; Get-AzResource -ResourceId {id}"), TextFormat::PowerShell, &[], &[]);
    for (text, drafts, problems) in [
        (
            "    type: azure-native:managedidentity:UserAssignedIdentity\n    properties:\n      resourceName: uami-1\n      resourceGroupName: ${rg.name}\n      location: eastus\n      tags: { Env: prod }\n",
            &["||eastus|uami-1||Env=prod|"][..],
            &["8 warns Couldn't work out"][..],
        ),
        (
            "    type: azure:authorization/userAssignedIdentity:UserAssignedIdentity\n    properties:\n      resourceGroupName: RG1\n      location: nowhere\n",
            &["|RG1|nowhere||||"],
            &["8 warns Unknown region"],
        ),
        ("    type: azure-native:managedidentity/v20230131:UserAssignedIdentity\n    get: { id: x }\n", &[], &[]),
    ] {
        expect(&["name: x\nruntime: yaml\nresources:\n  id:\n", text].concat(), TextFormat::Yaml, drafts, problems);
    }
    let task = |of: &str| format!("- hosts: localhost\n  tasks:\n    - name: x\n      azure.azcollection.azure_rm_resource{of}");
    for (of, problems) in [
        (
            ":\n        resource_group: RG1\n        provider: ManagedIdentity\n        resource_type: userAssignedIdentities\n        resource_name: a\n",
            true,
        ),
        (&[":\n        url: ", id, "\n"].concat(), true),
        (&[":\n        state: absent\n        url: ", id, "\n"].concat(), false),
        (&["_info:\n        url: ", id, "\n"].concat(), false),
        (":\n        provider: Storage\n        resource_type: storageAccounts\n", false),
    ] {
        expect(&task(of), TextFormat::Yaml, &[], if problems { &["4 warns azure.azcollection.azure_rm_resource may create"] } else { &[] });
    }
}

#[test]
fn programs_that_use_a_library_are_told() {
    for (text, name) in [
        (
            "const id = new managedidentity.UserAssignedIdentity(\"id\", { resourceGroupName: rg.name });\n",
            "managedidentity.UserAssignedIdentity",
        ),
        ("id, err := managedidentity.NewUserAssignedIdentity(ctx, \"id\", nil)\n", "managedidentity.NewUserAssignedIdentity"),
        ("client.user_assigned_identities.create_or_update('RG1', 'x', {})\n", "client.user_assigned_identities.create_or_update"),
        ("await client.userAssignedIdentities.createOrUpdate(\"RG1\", \"x\", {});\n", "client.userAssignedIdentities.createOrUpdate"),
    ] {
        expect(text, TextFormat::Unknown, &[], &[&format!("1 warns {name} may create identities.")]);
        assert!(!crate::parsing::occurrences(text).is_empty(), "{text}");
    }
    let text = "// new UserAssignedIdentity(\"x\")\nids.Add(id, new UserAssignedIdentity());\n";
    let reading = crate::parsing::read_with(text, crate::parsing::Hints { file: "a.cs", format: None });
    assert!(super::reported(text, &reading).is_empty(), "{:?}", reading.notes);
}

#[test]
fn functions_of_powershell_are_read_for_each_call() {
    let cmdlet = "function New-Id {\n  param([string]$Name, [string]$Group = 'RG1', [string]$Location = 'eastus')\n  New-AzUserAssignedIdentity -Name $Name -ResourceGroupName $Group -Location $Location\n}\n";
    let unknown = |word: &str| format!("3 warns Couldn't work out this value, so it wasn't checked: {word}");
    for (call, drafts, problems) in [
        (
            "New-Id -Name uami-1; New-Id uami-2 -Group RG2; new-id -N uami-3 RG3 westus",
            &["|RG1|eastus|uami-1|||", "|RG2|eastus|uami-2|||", "|RG3|westus|uami-3|||"][..],
            vec![],
        ),
        ("New-Id -Name $x", &["|RG1|eastus||||"], vec![unknown("$x")]),
        ("New-Id -Name ('uami-{0}-{1}' -f 'dev', $env:X)", &["|RG1|eastus||||"], vec![unknown("$env:X")]),
        ("foreach ($n in 'uami-1', 'uami-2') { New-Id -Name:$n }", &["|RG1|eastus|uami-1|||", "|RG1|eastus|uami-2|||"], vec![]),
        ("$p = @{ Name = 'uami-1'; Group = 'RG4' }\nNew-Id @p", &["|RG4|eastus|uami-1|||"], vec![]),
        ("# not called", &["|RG1|eastus||||"], vec![unknown("$Name")]),
    ] {
        let problems: Vec<&str> = problems.iter().map(String::as_str).collect();
        expect(&[cmdlet, call].concat(), TextFormat::PowerShell, drafts, &problems);
    }
    for text in [
        "function Invoke-Az { az @args }\nInvoke-Az identity create {}",
        "function Invoke-Az { & az $args; if ($LASTEXITCODE) { throw 'x' } }\nInvoke-Az identity create {}",
        "function Invoke-Az { param([Parameter(ValueFromRemainingArguments)]$Rest) az @Rest }\nInvoke-Az identity create {}",
        "function Invoke-Az([string[]]$Command) { & az @Command }\nInvoke-Az @('identity', 'create', '-g', 'RG1', '-n', 'uami-1')",
        "function New-Id($Name, [switch]$Force) { az identity create -g RG1 -n $Name }\nNew-Id -Force -Name uami-1",
    ] {
        expect(&text.replace("{}", "-g RG1 -n uami-1"), TextFormat::PowerShell, &["|RG1||uami-1|||"], &[]);
    }
    let splatted = "function New-Id { param($Options) New-AzUserAssignedIdentity @Options -Location eastus }\nNew-Id -Options @{ Name = 'uami-1'; ResourceGroupName = 'RG1' }";
    expect(splatted, TextFormat::PowerShell, &["|RG1|eastus|uami-1|||"], &[]);
}

#[test]
fn the_operator_f_of_powershell_is_evaluated() {
    let table: [(&str, &str, &[&str]); 6] = [
        ("('uami-{0}-{1}' -f 'a', 1)", "uami-a-1", &[]),
        ("$n = \"uami-{0}\" -f 'b'\n$n", "uami-b", &[]),
        ("('{1}{0}-{{x' -F @('a', 'b'))", "ba-{x", &["1 blocks Use only"]),
        ("('uami-{0:d2}' -f 1)", "", &["1 warns Couldn't work out this value, so it wasn't checked: 0:d2"]),
        ("('uami-{2}' -f 1)", "", &["1 warns Couldn't work out"]),
        ("('uami {0}' -f $x)", "", &["1 blocks Use only", "1 warns Couldn't work out this value, so it wasn't checked: $x"]),
    ];
    for (name, meant, problems) in table {
        let (before, name) = name.split_once('\n').map_or((String::new(), name), |(before, name)| ([before, "; "].concat(), name));
        let text = format!("{before}New-AzUserAssignedIdentity -ResourceGroupName RG1 -Location eastus -Name {name}");
        expect(&text, TextFormat::PowerShell, &[&format!("|RG1|eastus|{meant}|||")], problems);
    }
}
