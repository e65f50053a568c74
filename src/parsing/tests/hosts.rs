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
        "# az identity create\nFROM mcr.microsoft.com/azure-cli\nARG RG=rg-d NAME=\"id d\"\nENV LOC uksouth\nRUN --mount=type=cache,target=/x az login && \\\n    # why\n    az identity create -g $RG -n \"$NAME\" \\\n      -l ${LOC}\nRUN [\"az\", \"identity\", \\\n  \"create\", \"-n\", \"id.exec\", \"-g\", \"rg\"]\nCMD [\"bash\", \"-c\", \"az identity create -n id-cmd -g rg\"]\nRUN <<EOT\naz identity create -n id-here -g rg\nEOT\nCOPY <<EOT /run.ps1\nNew-AzUserAssignedIdentity -Name id-copy -ResourceGroupName rg -Location uksouth\nEOT\nSHELL [\"pwsh\", \"-Command\"]\nRUN New-AzUserAssignedIdentity -Name id-ps -ResourceGroupName rg `\n  -Location uksouth\nRUN az identity create -g rg \\\n  -n id-back\nLABEL how=\"az identity create\"\n",
        TextFormat::Dockerfile,
        &[
            "|rg-d|uksouth|id d|||",
            "|rg||id.exec|||",
            "|rg||id-cmd|||",
            "|rg||id-here|||",
            "|rg|uksouth|id-copy|||",
            "|rg|uksouth|id-ps|||",
            "|rg||id-back|||",
        ],
        &["7 blocks Use only", "10 blocks Use only", "23 warns This seems to create"],
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

/// A small generator of numbers (a linear congruential one), so that each run tests the same texts.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

/// A script of one to three commands that create identities, some of them in wrappers, and their names.
fn script(numbers: &mut Numbers, powershell: bool) -> Vec<String> {
    let mut lines = Vec::new();
    for number in 0..=numbers.below(3) {
        if numbers.below(3) == 0 {
            lines.push(numbers.pick(&["echo hello", "# a comment", "az account show", "cd src"]).to_owned());
        }
        let name = numbers.pick(&["id-a", "id.b", "'id c'", "id_d"]);
        lines.push(if powershell {
            format!("New-AzUserAssignedIdentity -Name {name} -ResourceGroupName rg{number} -Location uksouth")
        } else {
            format!("az identity create -n {name} -g rg{number}{}", numbers.pick(&["", " -l uksouth", " -o none"]))
        });
    }
    lines
}

/// A host with a script in it.
fn hosted(numbers: &mut Numbers) -> (&'static str, String, usize) {
    let kind = numbers.below(10);
    let powershell = matches!(kind, 1 | 6);
    let lines = script(numbers, powershell);
    let count = lines.iter().filter(|line| line.starts_with("az identity") || line.starts_with("New-Az")).count();
    let indent = " ".repeat(2 + numbers.below(7));
    let block = |start: &str, deep: &str| lines.iter().map(|line| [start, deep, line, "\n"].concat()).collect::<String>();
    let json = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    let (file, text) = match kind {
        0 => (
            "a.yml",
            format!(
                "jobs:\n  x:\n    steps:\n      - run: {}\n{}",
                numbers.pick(&["|", "|-", "|+", "| # why"]),
                block("        ", &indent)
            ),
        ),
        1 => ("a.yml", format!("steps:\n- {}: |\n{}- script: exit\n", numbers.pick(&["pwsh", "powershell"]), block("  ", &indent))),
        2 => (
            "a.yml",
            format!(
                "deploy:\n{indent}{}:\n{}",
                numbers.pick(&["script", "before_script"]),
                lines.iter().map(|line| [&indent, "- \"", &json(line), "\"\n"].concat()).collect::<String>()
            ),
        ),
        3 => ("a.yaml", format!("- hosts: all\n  tasks:\n  - shell: \"{}\"\n", json(&lines.join("\n")))),
        4 => (
            "Makefile",
            format!("all: deps\n{}\nnext:\n\techo\n", block("\t", numbers.pick(&["", "@", "-", "@-", " "])).replace("\t#", "#")),
        ),
        5 => ("Dockerfile", format!("FROM alpine\nRUN <<EOF\n{}EOF\n", block("", ""))),
        6 => (
            "a.md",
            format!(
                "# T\n\n{}```{}\n{}{}```\n",
                indent,
                numbers.pick(&["powershell", "azurepowershell", "pwsh"]),
                block(&indent, ""),
                indent
            ),
        ),
        7 => (
            "a.md",
            format!("> {0}{1}\n{2}> {0}\n", numbers.pick(&["```", "~~~~"]), numbers.pick(&["bash", "azurecli", "sh", ""]), block("> ", "")),
        ),
        8 => (
            "a.ipynb",
            format!(
                "{{\"cells\":[{{\"cell_type\":\"code\",\"source\":[{}]}}],\"metadata\":{{\"kernelspec\":{{\"name\":\"bash\"}}}},\"nbformat\":4}}",
                lines.iter().map(|line| format!("\"{}\\n\"", json(line))).collect::<Vec<_>>().join(&format!(",\n{indent}"))
            ),
        ),
        _ => {
            let folded =
                lines.iter().find(|line| line.starts_with("az identity")).map(|line| line.replace(" -", &format!("\n          {}-", "")));
            return ("a.yml", format!("a:\n  run: {}\n          {}\n", numbers.pick(&[">", ">-", ""]), folded.unwrap_or_default()), 1);
        }
    };
    let line_end = numbers.pick(&["\n", "\n", "\r\n"]);
    // Windows' line ends would be part of the commands in a Dockerfile's or Makefile's shell.
    (file, if matches!(kind, 4 | 5) { text } else { text.replace('\n', line_end) }, count)
}

#[test]
fn no_host_swallows_a_command() {
    let mut numbers = Numbers(11);
    for _ in 0..3_000 {
        let (file, text, count) = hosted(&mut numbers);
        let reading = read_with(&text, Hints { file, format: None });
        assert_eq!(reading.found.len(), count, "{file}\n{text}\n{:?}", reading.notes);
        for found in &reading.found {
            let rest = &text[found.at..];
            assert!(rest.starts_with("az identity create") || rest.starts_with("New-AzUser"), "{file}\n{text}\n{rest}");
            let end = text.len().min(found.end);
            assert!(end > found.at && text[found.at..end].contains('-'), "{file}\n{text}");
        }
        assert!(reading.notes.iter().all(|note| note.severity != Severity::Blocks), "{file}\n{text}\n{:?}", reading.notes);
    }
}

/// Nothing panics, and all places are places of the text.
#[test]
fn broken_hosts_are_read() {
    let mut numbers = Numbers(7);
    let pieces = [
        "\"",
        "'",
        "\n",
        "  ",
        "- ",
        ": ",
        "|\n",
        "[",
        "{",
        "}",
        "#",
        "```\n",
        "$(",
        "${{",
        "<",
        "\\",
        "\t",
        "é",
        "\u{f0000}",
        "&a ",
        "EOF",
        "<<EOF\n",
        "az identity create -n x\n",
    ];
    for _ in 0..3_000 {
        let (file, mut text, _) = hosted(&mut numbers);
        for _ in 0..=numbers.below(4) {
            let at = (0..=numbers.below(text.len() + 1)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
            let piece = numbers.pick(&pieces);
            match numbers.below(3) {
                0 => text.insert_str(at, piece),
                1 => text.truncate(at),
                _ => text = text.replacen(piece, "", 1),
            }
        }
        let reading = read_with(&text, Hints { file, format: None });
        let is_place = |at: usize| at <= text.len() && text.is_char_boundary(at);
        for found in &reading.found {
            let mut places = found.places.iter().map(|(_, at)| *at).chain([found.at, found.end]);
            assert!(found.at <= found.end && places.all(is_place), "{file}\n{text}");
        }
        assert!(reading.notes.iter().all(|note| is_place(note.at)), "{file}\n{text}");
    }
}

#[test]
fn an_assigned_identity_is_created_once() {
    let text = "```powershell\n$rg = 'rg1'\n$u = New-AzUserAssignedIdentity -ResourceGroupName $rg -Name uami-1 -Location eastus\n```\n\n```powershell\nGet-AzUserAssignedIdentity -ResourceGroupName $rg\n```\n\n```powershell\nNew-AzUserAssignedIdentity -ResourceGroupName $rg -Name uami-2 -Location eastus\n```\n";
    let reading = crate::parsing::read_with(text, crate::parsing::Hints { file: "a.md", format: None });
    let drafts: Vec<String> = reading.found.iter().map(|found| super::draft_line(&found.draft)).collect();
    assert_eq!(drafts, ["|rg1|eastus|uami-1|||", "|rg1|eastus|uami-2|||"]);
}
