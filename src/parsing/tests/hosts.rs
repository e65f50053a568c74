//! Tests with scripts inside other languages.

use super::{draft_line, expect};
use crate::parsing::{Hints, Lines, TextFormat, read_with};

#[test]
fn workflows() {
    let table: [(&str, &[&str], &[&str]); 6] = [
        (
            "on:\n  workflow_dispatch:\n    inputs:\n      name:\n        description: az identity create\n      group:\n        default: rg-in\njobs:\n  a:\n    env:\n      REGION: westeurope\n    steps:\n      - uses: azure/cli@v2\n        with:\n          inlineScript: |\n            az identity create --name ${{ github.event.inputs.name }} -g ${{ inputs.group }} -l $REGION\n            az identity create --name 'id.block' -g rg-shop # az identity create\n      - run: az identity create -n id.line -g rg-shop\n      - run: >-\n          az identity create\n          --name id-folded\n          -g rg-shop\n",
            &["|rg-in|westeurope||||", "|rg-shop||id.block|||", "|rg-shop||id.line|||", "|rg-shop||id-folded|||"],
            &[
                "16 warns Couldn't work out this value, so it wasn't checked: ${{ github.event.inputs.name }}",
                "17 blocks Use only",
                "18 blocks Use only",
            ],
        ),
        (
            "jobs:\n  a:\n    defaults:\n      run:\n        shell: pwsh\n    steps:\n      - run: |\n          New-AzUserAssignedIdentity -Name 'id a' -ResourceGroupName rg `\n            -Location westeurope\n      - shell: bash\n        run: \"az identity create \\\\\\n  -g rg -n 'id ${{ matrix.x }}'\"\n",
            &["|rg|westeurope|id a|||", "|rg|||||"],
            &["8 blocks Use only", "11 blocks Use only", "11 warns Couldn't work out"],
        ),
        (
            "variables:\n  RG: rg-shop\nsteps:\n  - task: AzureCLI@2\n    inputs:\n      scriptType: bash\n      inlineScript: |\n        az identity create -g $(RG) -n $(IDENTITY)\n        az identity create -g $RG -n id.pipe\n  - task: AzurePowerShell@5\n    inputs:\n      Inline: New-AzUserAssignedIdentity -Name ${{ parameters.x }} -ResourceGroupName $env:RG -Location uksouth\n",
            &["|rg-shop|||||", "|rg-shop||id.pipe|||", "|rg-shop|uksouth||||"],
            &[
                "8 warns Couldn't work out this value, so it wasn't checked: $(IDENTITY)",
                "9 blocks Use only",
                "12 warns Couldn't work out this value, so it wasn't checked: ${{ parameters.x }}",
            ],
        ),
        // Commands that change what later ones do.
        (
            "deploy:\n  script:\n    - az configure --defaults group=rg-gl\n    - NAME=id-gl\n    - az identity create -n $NAME\nmore:\n  script: az identity create -n id-more\n",
            &["|rg-gl||id-gl|||", "|rg-gl||id-more|||"],
            &[],
        ),
        (
            "- hosts: all\n  vars:\n    rg: rg-ans\n  tasks:\n    - shell: >\n        az identity create\n        -g {{ rg }}\n        -n \"{{ name | default('x') }}\"\n    - command:\n        argv: [az, identity, create, -n, id-a, -g, \"{{ rg }}\"]\n    - azure.azcollection.azure_rm_userassignedidentity:\n        name: x\n",
            &["|rg-ans|||||", "|rg-ans||id-a|||"],
            &["8 warns Couldn't work out this value", "11 warns azure.azcollection.azure_rm_userassignedidentity may create"],
        ),
        (
            "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - command: [az]\n      args: [identity, create, -g, rg x, -n, $(NAME)]\n      env: [{name: NAME, value: id.pod}]\n    - command:\n        - bash\n        - -c\n        - |\n          az identity create -n uami -g rg\n    - other: az version; see 'az identity create -n x'\n",
            &["|rg x||id.pod|||", "|rg||uami|||"],
            &["6 blocks Use only", "6 blocks Use only", "13 warns This seems to create an identity"],
        ),
    ];
    for (text, drafts, problems) in table {
        expect(text, TextFormat::Yaml, drafts, problems);
    }
}

#[test]
fn resources_of_kubernetes() {
    expect(
        "apiVersion: managedidentity.azure.com/v1api20230131\nkind: UserAssignedIdentity\nmetadata:\n  name: id.aso\nspec:\n  location: westeurope\n  tags: {Env: prod}\n  owner:\n    name: rg-aso\n---\napiVersion: managedidentity.azure.upbound.io/v1beta1\nkind: UserAssignedIdentity\nmetadata:\n  name: id-x\nspec:\n  forProvider:\n    location: West Europe\n    resourceGroupName: '{{ .Values.group }}'\n",
        TextFormat::Yaml,
        &["|rg-aso|westeurope|id.aso||Env=prod|", "||westeurope|id-x|||"],
        &["4 blocks Use only", "18 warns Couldn't work out this value"],
    );
}

/// Where identities are found: `line:column name`.
fn places(text: &str, file: &str) -> Vec<String> {
    let reading = read_with(text, Hints { file, format: None });
    let lines = Lines::of(text);
    let place = |at| lines.place(at);
    reading.found.iter().map(|found| format!("{}:{} {}", place(found.at).line, place(found.at).column, draft_line(&found.draft))).collect()
}

#[test]
fn places_are_those_of_the_whole_text() {
    for (text, expected) in [
        ("a:\n  - run: |\r\n      cd x\r\n      az identity create -n a -g b\r\n", "4:7 |b||a|||"),
        ("a:\n  - run: \"cd \\\"x\\\"\\n\\taz identity create -n a -g b\"", "2:23 |b||a|||"),
        ("a:\n  - run: 'cd ''x''; az identity create -n a -g b'", "2:21 |b||a|||"),
        ("a:\n  - run: cd x;\n      az identity\n      create -n a -g b", "3:7 |b||a|||"),
    ] {
        assert_eq!(places(text, "x.yml"), [expected], "{text:?}");
    }
}
