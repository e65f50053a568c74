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
        (
            "for /f \"delims=\" %%i in ('az identity create -g RG1 -n id-1 --query id 2^>nul ^| findstr .') do set ID=%%i",
            &["|RG1||id-1|||"],
            &[],
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
    let template = "```json\n{\n  \"resources\": [{ \"type\": \"Microsoft.ManagedIdentity/userAssignedIdentities\", \"apiVersion\": \"2023-01-31\", \"name\": \"id-1\" }],\n  \"outputs\": { \"clientId\": { \"type\": \"string\", \"value\": \"x\" } }\n}\n```\n";
    assert_eq!(read_with(template, Hints { format: Some(TextFormat::Markdown), ..Hints::default() }).found.len(), 1);
}

#[test]
fn runs_of_a_script() {
    let cases: [(&str, &[&str], &[&str]); 7] = [
        (
            "version: '3'\nvars: { RG: RG1 }\ntasks:\n  id:\n    cmds:\n      - az identity create -g {{.RG}} -n {{.NAME}}\n",
            &["|RG1|||||"],
            &["6 warns Couldn't"],
        ),
        (
            "jobs:\n  a:\n    strategy:\n      matrix:\n        id: [id-a, id.b]\n        include:\n          - id: id-c\n    steps:\n      - run: az identity create -g RG1 -n ${{ matrix.id }}\n      - run: az identity create -g RG1 -n id-d\n",
            &["|RG1||id-a|||", "|RG1||id.b|||", "|RG1||id-c|||", "|RG1||id-d|||"],
            &["9 blocks Use only"],
        ),
        (
            "jobs:\n  a:\n    strategy:\n      matrix:\n        env: [dev, prod]\n        region: [eastus, uksouth]\n    steps:\n      - run: |\n          az identity create -g RG1 -n id-${{ matrix.env }} -l ${{ matrix.region }}\n          az identity create -g RG1 -n id-same\n",
            &["|RG1|eastus|id-dev|||", "|RG1|uksouth|id-dev|||", "|RG1|eastus|id-prod|||", "|RG1|uksouth|id-prod|||", "|RG1||id-same|||"],
            &[],
        ),
        (
            "strategy:\n  matrix:\n    one: { ID: id-a }\n    two: { ID: id.b }\nsteps:\n- bash: az identity create -g RG1 -n $ID\n",
            &["|RG1||id-a|||", "|RG1||id.b|||"],
            &["6 blocks Use only"],
        ),
        (
            "parameters:\n- name: ids\n  type: object\n  default: [{ n: id-a, g: RG1 }, { n: id.b, g: RG2 }]\nsteps:\n- ${{ each id in parameters.ids }}:\n  - script: az identity create -g ${{ id.g }} -n ${{ id.n }}\n- script: az identity create -g RG3 -n ${{ id.n }}\n",
            &["|RG1||id-a|||", "|RG2||id.b|||", "|RG3|||||"],
            &["7 blocks Use only", "8 warns Couldn't"],
        ),
        (
            "- hosts: all\n  vars:\n    ids: [id-a, id.b]\n  tasks:\n    - command: az identity create -g RG1 -n {{ item }}\n      loop: \"{{ ids }}\"\n    - shell: az identity create -g RG1 -n {{ item.name }}\n      with_items:\n        - name: id-c\n    - shell: az identity create -g RG1 -n {{ item }}\n",
            &["|RG1||id-a|||", "|RG1||id.b|||", "|RG1||id-c|||", "|RG1|||||"],
            &["5 blocks Use only", "10 warns Couldn't"],
        ),
        (
            "jobs:\n  a:\n    strategy:\n      matrix: ${{ fromJson(x) }}\n    steps:\n      - run: az identity create -g RG1 -n ${{ matrix.id }}\n",
            &["|RG1|||||"],
            &["6 warns Couldn't"],
        ),
    ];
    for (text, drafts, problems) in cases {
        super::expect(text, TextFormat::Yaml, drafts, problems);
    }
}

#[test]
fn variables_of_bash() {
    let table: &[Case] = &[
        ("name='id x'\nNAME=id-1\naz identity create -g RG1 -n $NAME", &["|RG1||id-1|||"], &[]),
        (
            "N=id-1\nmk() { local N=$1 g=${2:-RG2}; az identity create -n $N -g $g; }\nmk id-2 RG1\nmk id-3\naz identity create -g RG3 -n $N",
            &["|RG1||id-2|||", "|RG2||id-3|||", "|RG3||id-1|||"],
            &[],
        ),
        ("f() { local n=id.x; }\nf\naz identity create -g RG1 -n $n", &["|RG1|||||"], &["3 warns Couldn't"]),
        ("ls | xargs -I% az identity create -g RG1 -n %", &["|RG1|||||"], &["1 warns Couldn't"]),
        ("ls | xargs --replace=X az identity create -g RG1 -n id.X", &["|RG1|||||"], &["1 blocks Use only", "1 warns Couldn't"]),
    ];
    expect_all(TextFormat::Bash, table);
}

#[test]
fn objects_of_powershell() {
    let table: &[Case] = &[
        (
            "$ids = @(\n  @{ Name = 'id-1'; Rg = 'RG1' },\n  @{ Name = 'id 2'; Rg = 'RG2' }\n)\nforeach ($i in $ids) { az identity create -n $i.Name -g $i.Rg }",
            &["|RG1||id-1|||", "|RG2||id 2|||"],
            &["5 blocks Use only"],
        ),
        (
            "$ids = @(\n  [pscustomobject]@{ Name = 'id-1' }\n  [pscustomobject]@{ Name = 'id-2' }\n)\n$ids | ForEach-Object { az identity create -g RG1 -n \"$($_.Name)-x\" }",
            &["|RG1||id-1-x|||", "|RG1||id-2-x|||"],
            &[],
        ),
        (
            "$all = @(@{ Name = 'id-1'; ResourceGroupName = 'RG1'; Location = 'eastus' })\nforeach ($p in $all) { New-AzUserAssignedIdentity @p }",
            &["|RG1|eastus|id-1|||"],
            &[],
        ),
        ("$c = @{ id = 'id-1'; rgs = @('RG1', 'RG2') }\naz identity create -n $c['id'] -g $c.rgs[1]", &["|RG2||id-1|||"], &[]),
        ("az identity create -n $c.id -g $d.e.f", &["||||||"], &["1 warns Couldn't", "1 warns Couldn't"]),
        (
            "$tags = @{ Env = 'prod' }\n$tags['a/b'] = 'x'\nNew-AzUserAssignedIdentity -Name id-1 -ResourceGroupName RG1 -Location eastus -Tag $tags",
            &["|RG1|eastus|id-1||Env=prod,a/b=x|"],
            &["2 blocks Tag names"],
        ),
        (
            "$tags = @{ Env = 'prod' }\n$tags[$k] = 'x'\nNew-AzUserAssignedIdentity -Name id-1 -ResourceGroupName RG1 -Location eastus -Tag $tags",
            &["|RG1|eastus|id-1|||"],
            &["3 warns Couldn't"],
        ),
    ];
    expect_all(TextFormat::PowerShell, table);
}

#[test]
fn values_of_cmd_and_lists() {
    expect_all(
        TextFormat::Cmd,
        &[("set NAME=\"id 1\"\nset RG=\"RG1\"\naz identity create --name %NAME% -g \"%RG%\"", &["|RG1||id 1|||"], &["3 blocks Use only"])],
    );
    expect_all(
        TextFormat::PowerShell,
        &[
            (
                "param (\n  [Parameter(Mandatory = $false)]\n  [string] $Name = 'id 1',\n  [ValidateSet('a', 'b')]\n  [string] $E = 'a',\n  [hashtable] $Tags = @{ 'a/b' = 'c' }\n)\nNew-AzUserAssignedIdentity -Name \"$Name-$E\" -ResourceGroupName RG1 -Location eastus -Tag $Tags",
                &["|RG1|eastus|id 1-a||a/b=c|"],
                &["6 blocks Tag names", "8 blocks Use only"],
            ),
            ("az identity create -g RG1 -n id-1 --tags a=b,c=d", &["|RG1||id-1||a=b,c=d|"], &["1 warns This is one tag"]),
            ("az identity create -g RG1 -n id-1 --tags @('a=b', 'c=d')", &["|RG1||id-1||a=b,c=d|"], &[]),
            ("$tags = 'a=b', 'c=d'\naz identity create -g RG1 -n id-1 --tags $tags", &["|RG1||id-1||a=b,c=d|"], &[]),
        ],
    );
    expect_all(
        TextFormat::PowerShell,
        &[(
            "$a = @('--subscription', $sub)\naz identity create @a -g RG1 -n id-1",
            &["|RG1||id-1|||"],
            &["1 warns Couldn't work out this value, so it wasn't checked: $sub"],
        )],
    );
}
