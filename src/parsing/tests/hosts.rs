//! Tests with scripts inside other languages.

use super::{draft_line, expect};
use crate::parsing::{Hints, Lines, TextFormat, read_with};
use crate::provisioning::problem::Severity;

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

#[test]
fn makefiles() {
    let table: [(&str, &[&str], &[&str]); 6] = [
        (
            "NAME ?= id web\nRG := rg-$(ENV)\nENV = prod\n\nall: deps ## az identity create\n\t# the identity\n\t-@az identity create -n \"$(NAME)\" -g ${RG}\n\t@az identity create --subscription $(SUB) -g rg -n id.shop\n\t@ID=$$(az identity show -n x); echo $$ID\n",
            &["|rg-prod||id web|||", "|rg||id.shop|||"],
            &["7 blocks Use only", "8 blocks Use only", "8 warns Couldn't work out this value, so it wasn't checked: $(SUB)"],
        ),
        // Values that are commands, shell functions, and multi-line variables.
        (
            "CREATE = az identity create -g rg\nID := $(shell az identity create -g rg -n id-shell)\nx:\n\t$(CREATE) -n id-x\ndefine more\naz identity create -g rg -n id-$(1)\nendef\n",
            &["|rg||id-shell|||", "|rg||id-x|||", "|rg|||||"],
            &["6 warns Couldn't work out this value, so it wasn't checked: $(1)"],
        ),
        ("CREATE = az identity create -g rg\nx:\n\techo\n", &[], &["1 warns This seems to create"]),
        // What depends on a condition or a target isn't known.
        (
            "ifeq ($(X),1)\nA = a b\nendif\nx: B = b c\nx: ; az identity create -g rg$(A) -n id$(B)\n",
            &["||||||"],
            &["5 warns Couldn't work out", "5 warns Couldn't work out"],
        ),
        (
            "export RG := rg-x\n.RECIPEPREFIX = >\n.PHONY: x\nx:\n> @az identity create \\\n>   -g $$RG \\\n>   -n id.x\n",
            &["|rg-x||id.x|||"],
            &["7 blocks Use only"],
        ),
        (
            "SHELL := pwsh\n.PHONY: x\nx:\n\t@New-AzUserAssignedIdentity -Name id.x -ResourceGroupName rg -Location uksouth\n",
            &["|rg|uksouth|id.x|||"],
            &["4 blocks Use only"],
        ),
    ];
    for (text, drafts, problems) in table {
        expect(text, TextFormat::Makefile, drafts, problems);
    }
}

#[test]
fn dockerfiles() {
    expect(
        "# az identity create\nFROM mcr.microsoft.com/azure-cli\nARG RG=rg-d NAME=\"id d\"\nENV LOC uksouth\nRUN --mount=type=cache,target=/x az login && \\\n    # why\n    az identity create -g $RG -n \"$NAME\" \\\n      -l ${LOC}\nRUN [\"az\", \"identity\", \\\n  \"create\", \"-n\", \"id.exec\", \"-g\", \"rg\"]\nCMD [\"bash\", \"-c\", \"az identity create -n id-cmd -g rg\"]\nRUN <<EOT\naz identity create -n id-here -g rg\nEOT\nCOPY <<EOT /run.ps1\nNew-AzUserAssignedIdentity -Name id-copy -ResourceGroupName rg -Location uksouth\nEOT\nSHELL [\"pwsh\", \"-Command\"]\nRUN New-AzUserAssignedIdentity -Name id-ps -ResourceGroupName rg `\n  -Location uksouth\nLABEL how=\"az identity create\"\n",
        TextFormat::Dockerfile,
        &[
            "|rg-d|uksouth|id d|||",
            "|rg||id.exec|||",
            "|rg||id-cmd|||",
            "|rg||id-here|||",
            "|rg|uksouth|id-copy|||",
            "|rg|uksouth|id-ps|||",
        ],
        &["7 blocks Use only", "10 blocks Use only", "21 warns This seems to create"],
    );
}

#[test]
fn pages_of_markdown() {
    let table: [(&str, &[&str], &[&str]); 4] = [
        (
            "---\ntitle: az identity create\n---\nRun `az identity create`:\n\n```azurecli-interactive\nRG=rg-docs\naz identity create -g $RG -n <your identity> -l {location}\n```\n\n1. Then\n\n   ```powershell\n   New-AzUserAssignedIdentity -ResourceGroupName <rg> -Name 'id.md' -Location uksouth\n   ```\n\n> ~~~\n> az identity create -g $RG -n id-quote\n> ~~~\n",
            &["|rg-docs|||||", "||uksouth|id.md|||", "|rg-docs||id-quote|||"],
            &[
                "8 warns Couldn't work out this value, so it wasn't checked: <your identity>",
                "8 warns Couldn't work out this value, so it wasn't checked: {location}",
                "14 blocks Use only",
                "14 warns Couldn't work out this value, so it wasn't checked: <rg>",
            ],
        ),
        // Sessions, output, indented code.
        (
            "```console\n$ az identity create -g rg -n id-con \\\n    -l uksouth\n{ \"type\": \"Microsoft.ManagedIdentity/userAssignedIdentities\" }\n```\n\n    az identity create -g rg -n id-in\n\n```output\n{ \"type\": \"Microsoft.ManagedIdentity/userAssignedIdentities\" }\n```\n",
            &["|rg|uksouth|id-con|||", "|rg||id-in|||"],
            &[],
        ),
        // Other languages; examples that leave things out only warn.
        (
            "```bicep\nresource i 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {\n  name: 'id.b'\n  location: 'uksouth'\n}\n```\n```\naz identity create -g rg -n id-open; echo 'x\n```\n```json\n{\"name\": \"x\", \"location\": \"y\"}\n```\n~~~python\nrun([\"az\", \"identity\", \"create\", \"-g\", rg, \"-n\", f\"id {env}\"])\n~~~\n",
            &["||uksouth|id.b|||", "|rg||id-open|||", "||||||"],
            &[
                "3 blocks Use only",
                "8 warns The quote that opens here",
                "14 blocks Use only",
                "14 warns Couldn't work out this value, so it wasn't checked: rg",
                "14 warns Couldn't work out this value, so it wasn't checked: {env}",
            ],
        ),
        ("```foo\nfoo\n```\n<pre>az identity create</pre>\n", &[], &["4 warns This seems to create"]),
    ];
    for (text, drafts, problems) in table {
        expect(text, TextFormat::Markdown, drafts, problems);
    }
}

#[test]
fn notebooks() {
    expect(
        "{\"cells\":[\n{\"cell_type\":\"markdown\",\"source\":[\"az identity create\\n\"]},\n{\"cell_type\":\"code\",\"outputs\":[{\"text\":\"az identity create\"}],\"source\":[\"rg = 'x'\\n\",\"!az identity create -g {rg} \\\\\\n\",\n\"   -n \\\"id.nb\\\"\\n\", \"subprocess.run(\\\"az identity create -g rg -n id-str\\\")\"]},\n{\"cell_type\":\"code\",\"source\":\"%%bash\\naz identity create -g rg -n id.bash\"}],\n\"metadata\":{\"kernelspec\":{\"name\":\"python3\",\"language\":\"python\"}},\"nbformat\":4}",
        TextFormat::Notebook,
        &["|||id.nb|||", "|rg||id-str|||", "|rg||id.bash|||"],
        &["3 warns Couldn't work out this value, so it wasn't checked: {rg}", "4 blocks Use only", "5 blocks Use only"],
    );
    expect(
        "{\"cells\":[{\"cell_type\":\"code\",\"source\":[\"New-AzUserAssignedIdentity -Name id.p -ResourceGroupName rg -Location uksouth\"]}],\"metadata\":{\"kernelspec\":{\"name\":\".net-pwsh\",\"language\":\"PowerShell\"}},\"nbformat\":4}",
        TextFormat::Notebook,
        &["|rg|uksouth|id.p|||"],
        &["1 blocks Use only"],
    );
}

#[test]
fn programs() {
    expect(
        "# az identity create\nimport subprocess\nsubprocess.run([\"az\", \"identity\", \"create\",\n  \"-g\", rg, \"-n\", \"id.py\"])\nos.system(\"az identity create -g rg -n id.sys\")\nx = \"the az identity create command\"\nmanagedidentity.UserAssignedIdentity(\"x\", name=\"y\")\n",
        TextFormat::Unknown,
        &["|||id.py|||", "|rg||id.sys|||"],
        &[
            "4 blocks Use only",
            "4 warns Couldn't work out this value, so it wasn't checked: rg",
            "5 blocks Use only",
            "6 warns This seems to create",
            "7 warns managedidentity.UserAssignedIdentity may create",
        ],
    );
    expect("hello", TextFormat::Unknown, &[], &["1 blocks This language isn't recognised"]);
    let reading = read_with("print(1)", Hints { file: "a.py", format: None });
    assert_eq!(reading.notes.iter().map(|note| note.severity).collect::<Vec<_>>(), [Severity::Informs]);
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
