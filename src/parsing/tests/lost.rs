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
