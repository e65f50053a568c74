//! Tests with scripts for bash, PowerShell and cmd.

use super::{draft_line, reported};
use crate::parsing::{Hints, TextFormat, read_with};

/// The text, the identities and the problems.
pub(super) type Case = (&'static str, &'static [&'static str], &'static [&'static str]);

fn expect(text: &str, kind: TextFormat, drafts: &[&str], problems: &[&str]) {
    let mismatch = mismatch(text, kind, drafts, problems);
    assert!(mismatch.is_empty(), "{mismatch}");
}

/// How a reading differs from what is expected; empty if it doesn't.
pub(super) fn mismatch(text: &str, kind: TextFormat, drafts: &[&str], problems: &[&str]) -> String {
    let reading = read_with(text, Hints { format: Some(kind), ..Hints::default() });
    let found: Vec<String> = reading.found.iter().map(|found| draft_line(&found.draft)).collect();
    let reported = reported(text, &reading);
    let same = reported.len() == problems.len() && reported.iter().zip(problems).all(|(reported, expected)| reported.starts_with(expected));
    if found == drafts && same { String::new() } else { format!("{text}\n{found:?}\n{reported:#?}\n\n") }
}

pub(super) fn expect_all(kind: TextFormat, table: &[Case]) {
    let mismatches: String = table.iter().map(|(text, drafts, problems)| mismatch(text, kind, drafts, problems)).collect();
    assert!(mismatches.is_empty(), "{mismatches}");
}

pub(super) const CREATE: &str = "az identity create -g RG1 -n uami-1";

const IN_BASH: &[&str] = &[
    "retry 3 {}",
    "timeout 60 {}",
    "time {}",
    "time -p {}",
    "sudo -E {}",
    "sudo -u me -- {}",
    "env X=y {}",
    "X=y Z='a b' {}",
    "nohup {} &",
    "nice -n 5 {}",
    "command {}",
    "exec {}",
    "! {}",
    "eval {}",
    "eval \"{}\"",
    "eval '{}'",
    "bash -c '{}'",
    "sh -ec \"set -e; {}\"",
    "sudo bash -c '{}'",
    "pwsh -Command '{}'",
    "ssh host '{}'",
    "ssh host {}",
    "su - me -c \"{}\"",
    "docker run --rm mcr.microsoft.com/azure-cli {}",
    "docker run --rm x bash -c '{}'",
    "kubectl exec -it x -- {}",
    "X=$({})",
    "X=\"$({})\"",
    "X=`{}`",
    "echo $({})",
    "echo \"a $({}) b\"",
    "read -r X < <({})",
    "jq . <({})",
    "while read x; do :; done < <({})",
    "while read x; do :; done <<< \"$({})\"",
    "({})",
    "(cd x && {})",
    "{ {}; }",
    "if {}; then :; fi",
    "if true; then {}; fi",
    "if true; then :; elif {}; then :; fi",
    "if true; then :; elif false; then {}; else :; fi",
    "if true\nthen\n:\nelse\n{}\nfi",
    "while true; do {}; done",
    "until {}; do sleep 5; done",
    "for ((i=0;i<3;i++)); do {}; done",
    "for x in *; do {}; done",
    "for x in \"$@\"; do {}; done",
    "for x; do {}; done",
    "select x in a b; do {}; done",
    "case $x in a|b) {} ;; *) : ;; esac",
    "case $x in\n (a) : ;;&\n \"b c\")\n {}\nesac",
    "f() { {}; }",
    "f () {\n{}\n}",
    "function f {\n{}\n}",
    "function f() ( {} )",
    "f() { {}; }; f",
    "f() { g; }\ng() { {}; }\nf",
    "trap '{}' EXIT",
    "true && {}",
    "false || {}",
    "[ -z \"$x\" ] && {}",
    "[[ $x =~ ^(a|b)$ && -z $y ]] && {}",
    "(( x < 3 )) && {}",
    "{} | tee log",
    "true | {}",
    "{} > out 2>&1",
    "> out {}",
    "2>/dev/null {} >&2",
    "{} &> out &",
    "{} <<< x",
    "cat <<EOF | bash\n{}\nEOF",
    "bash <<EOF\n{}\nEOF",
    "bash -s <<'EOF'\n{}\nEOF",
    "ssh host bash <<-EOF\n\t{}\n\tEOF",
    "sudo su - x << EOF\n{}\nEOF",
    "cat <<EOF\n$({})\nEOF",
    "bash -c \"$(cat <<'EOF'\n{}\nEOF\n)\"",
    "echo '{}' | sh",
    "CMD='{}'; eval \"$CMD\"",
    "CMD='{}'; $CMD",
    "CMD='{}'; bash -c \"${CMD}\"",
    "coproc {}",
    "echo $(( 1 << 3 )); {}",
    "echo ${x//a/b} ${x:0:3} ${#x} ${x%%/*}; {}",
    "a=(1 'b c' \"$d\"); echo \"${a[@]}\"; {}",
    "cp x.{a,b}; {}",
    "# a 'comment\n{}",
    "echo it\\'s; {}",
    "x=$'it\\'s'; {}",
    "echo \"`date`\"; {}",
    "esac\nfi\ndone\n}\n{}",
    "find . -name x -exec {} \\;",
    "az account show >/dev/null || az login\n{}",
];

#[test]
fn no_wrapper_of_bash_swallows_a_command() {
    let mut mismatches = String::new();
    for wrapped in IN_BASH {
        let text = wrapped.replacen("{}", CREATE, 1);
        mismatches += &mismatch(&text, TextFormat::Bash, &["|RG1||uami-1|||"], &[]);
    }
    assert!(mismatches.is_empty(), "{mismatches}");
    for program in ["$AZ", "${AZ}", "\"$AZ\"", "/usr/bin/az", "\"$(command -v az)\"", "az.cmd", "\"$BIN/az\"", "\\az"] {
        let text = [program, " identity create -g RG1 -n uami-1"].concat();
        expect(&["az account show\n", &text].concat(), TextFormat::Bash, &["|RG1||uami-1|||"], &[]);
    }
}

#[test]
fn what_bash_does_not_run_is_no_identity() {
    for text in [
        "# {}",
        "az account show # {}",
        "echo {}",
        "echo \"Run {}\"",
        "printf '%s\\n' '{}'",
        "cat <<EOF\n{}\nEOF",
        "cat <<EOF >&2\n{}\nEOF",
        "git commit -F - <<EOF\n{}\nEOF",
        "log_info \"now: {}\"",
        "grep -q '{}' x",
        "[[ $x == '{}' ]]",
    ] {
        let text = ["az account show\n", &text.replace("{}", CREATE)].concat();
        expect(&text, TextFormat::Bash, &[], &[]);
    }
}

#[test]
fn what_cannot_be_read_is_reported_where_it_stands() {
    for text in ["frobnicate '{}'", "X='{}'", "az vm run-command invoke -g a -n b --scripts '{}'"] {
        let text = ["az account show\n", &text.replace("{}", CREATE)].concat();
        let problems = ["2 warns This seems to create an identity"];
        expect(&text, TextFormat::Bash, &[], &problems);
    }
    // A script written to a file, or for another program.
    for text in [
        "cat <<EOF > x.sh\n{}\nEOF",
        "cat > x.sh <<'EOF'\n{}\nEOF",
        "tee x.sh <<-EOF\n\t{}\n\tEOF",
        "cat <<'EOF' | sudo tee x.sh\n{}\nEOF",
        "python3 - <<EOF\n{}\nEOF",
        "while read -r c; do $c; done <<EOF\n{}\nEOF",
    ] {
        let text = ["az account show\n", &text.replace("{}", CREATE)].concat();
        expect(&text, TextFormat::Bash, &[], &["3 warns This seems to create an identity"]);
    }
}

#[test]
fn values_in_bash() {
    let table: &[Case] = &[
        (
            "az identity create -g ${RG:-RG1} -n \"${NAME:=uami-1}\"; az identity create -g RG1 -n $NAME-2",
            &["|RG1||uami-1|||", "|RG1||uami-1-2|||"],
            &[],
        ),
        ("RG=RG1\naz identity create -g ${RG:-x} -n ${1:-uami-1}", &["|RG1||uami-1|||"], &[]),
        ("args=(-g RG1 --tags 'a=b c')\nargs+=(-n uami-1)\naz identity create \"${args[@]}\"", &["|RG1||uami-1||a=b c|"], &[]),
        ("cmd=(az identity create -g RG1)\n\"${cmd[@]}\" -n uami-1", &["|RG1||uami-1|||"], &[]),
        ("args='-g RG1 -n uami-1'\naz identity create $args", &["|RG1||uami-1|||"], &[]),
        ("az identity create \"$@\"", &["||||||"], &["1 warns Couldn't", "1 warns Couldn't", "1 warns Couldn't", "1 warns Couldn't"]),
        (
            "for n in a-1 'b-1'; do for l in eastus; do az identity create -g RG1 -n $n -l $l; done; done",
            &["|RG1|eastus|a-1|||", "|RG1|eastus|b-1|||"],
            &[],
        ),
        ("for n in {1..2}; do az identity create -g RG1 -n uami-$n; done", &["|RG1||uami-1|||", "|RG1||uami-2|||"], &[]),
        ("for n in uami-{a,b}; do az identity create -g RG1 -n $n; done", &["|RG1||uami-a|||", "|RG1||uami-b|||"], &[]),
        (
            "names=(uami-a uami-b)\nfor n in \"${names[@]}\"; do az identity create -g RG1 -n \"$n\"; done",
            &["|RG1||uami-a|||", "|RG1||uami-b|||"],
            &[],
        ),
        (
            "for n in $(ls); do az identity create -g RG1 -n id_$n.x; done",
            &["|RG1|||||"],
            &["1 blocks Use only letters", "1 warns Couldn't"],
        ),
        ("if x; then N=uami-1; else N=uami-2; fi\naz identity create -g RG1 -n $N", &["|RG1|||||"], &["2 warns Couldn't"]),
        (
            "if x; then N=uami-1; az identity create -g RG1 -n $N; else N=uami-2; az identity create -g RG1 -n $N; fi",
            &["|RG1||uami-1|||", "|RG1||uami-2|||"],
            &[],
        ),
        ("N=uami-1\n[ -n \"$1\" ] && N=$1\naz identity create -g RG1 -n $N", &["|RG1|||||"], &["3 warns Couldn't"]),
        ("i=0\nwhile [ $i -lt 3 ]; do az identity create -g RG1 -n uami-$i; i=$((i+1)); done", &["|RG1|||||"], &["2 warns Couldn't"]),
        ("f() { az identity create -g \"$1\" -n \"$2\"; }\nf RG1 uami-1\nf RG2 uami-2", &["|RG1||uami-1|||", "|RG2||uami-2|||"], &[]),
        ("f() { az identity create -g RG1 -n \"$1\"; }", &["|RG1|||||"], &["1 warns Couldn't"]),
        ("(N=uami-1; true)\naz identity create -g RG1 -n ${N:-uami-2}", &["|RG1||uami-2|||"], &[]),
        ("read N\naz identity create -g RG1 -n $N", &["|RG1|||||"], &["2 warns Couldn't"]),
        ("export AZURE_DEFAULTS_GROUP=RG1\naz identity create -n uami-1", &["|RG1||uami-1|||"], &[]),
        ("az config set defaults.group=RG1\naz identity create -n uami-1", &["|RG1||uami-1|||"], &[]),
        (
            "if x; then az account set -s 11111111-2222-3333-4444-555555555555; fi\naz identity create -g RG1 -n uami-1",
            &["|RG1||uami-1|||"],
            &["2 warns Couldn't"],
        ),
        ("az identity create --resource-g RG1 --nam uami-1 --loc eastus -o tsv --query id", &["|RG1|eastus|uami-1|||"], &[]),
        ("az identity create -gRG1 -nuami-1 --verbose", &["|RG1||uami-1|||"], &[]),
        ("ls | xargs -I{} az identity create -g RG1 -n {}", &["|RG1|||||"], &["1 warns Couldn't"]),
        ("az identity create --help", &[], &[]),
        ("parallel az identity create -g RG1 -n ::: a1 b2", &["|RG1|||||"], &["1 warns Couldn't"]),
        ("read -r -d '' S <<'EOF'\naz identity create -g RG1 -n uami-1\nEOF\nbash -c \"$S\"", &["|RG1||uami-1|||"], &[]),
    ];
    expect_all(TextFormat::Bash, table);
}

#[test]
fn what_az_and_bash_refuse() {
    let table: &[Case] = &[
        (
            "az identity create \\ \n  --name uami-1 \\ \n  --resource-group RG1",
            &["|RG1||uami-1|||"],
            &["1 blocks There is a space after this \\", "2 blocks There is a space after this \\"],
        ),
        (
            "az identity create -g RG1 -n uami-1\n  --location eastus",
            &["|RG1||uami-1|||"],
            &["1 blocks The command ends here, but the next line begins with an option. End this line with \\."],
        ),
        (
            "#!/bin/bash\r\naz identity create -g RG1 \\\r\n  -n uami-1\r\n",
            &["|RG1||uami-1|||"],
            &["1 warns The lines have Windows line endings."],
        ),
        ("az identity create -g RG1 -n uami-1 --Location eastus", &["|RG1||uami-1|||"], &["1 blocks Unknown option --Location"]),
        (
            "az identity create -g RG1 -n -uami",
            &["|RG1|||||"],
            &["1 blocks -n (name) is missing", "1 blocks The option -n needs a value", "1 blocks Unknown option"],
        ),
        (
            "az identity create -g RG1 -n uami-1 –location eastus",
            &["|RG1||uami-1|||"],
            &["1 blocks –location doesn't belong", "1 blocks – is a typographic", "1 blocks eastus doesn't belong"],
        ),
        ("az identity create -g RG1 -n uami-1 --tags 'a=“b”  –c' \"d=it's –\"", &["|RG1||uami-1||a=“b”  –c,d=it's –|"], &[]),
        ("az identity create -g RG1 -n “uami-1”", &["|RG1||“uami-1”|||"], &["1 blocks Use only", "1 blocks “ is a typographic"]),
        (
            "az identity create -g RG1 -n uami-1 --tags Cost Center=42",
            &["|RG1||uami-1||Cost=,Center=42|"],
            &["1 blocks az 2.88 and later refuse Cost as a tag"],
        ),
        (
            "az identity create -g RG1 -n uami-1 --tags @tags.json",
            &["|RG1||uami-1|||"],
            &["1 warns Couldn't work out this value, so it wasn't checked: @tags.json"],
        ),
        ("az identity create -g RG1 -n @name", &["|RG1|||||"], &["1 warns Couldn't work out this value, so it wasn't checked: @name"]),
    ];
    expect_all(TextFormat::Bash, table);
}

#[test]
fn requests_and_resources_in_bash() {
    const URL: &str = "https://management.azure.com/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-1?api-version=2023-01-31";
    let table: &[(&str, &[&str], &[&str])] = &[
        ("curl -X PUT -d @- 'URL' <<EOF\n{\"location\":\"eastus\"}\nEOF", &["1|RG1|eastus|uami-1|||"], &[]),
        (
            "curl -X PUT -d @- 'URL' <<EOF\n{\"location\":\"$L\",\n\"tags\":{\"a/b\":\"c\"}}\nEOF",
            &["1|RG1||uami-1||a/b=c|"],
            &["2 warns", "3 blocks"],
        ),
        ("B=$(cat <<'EOF'\n{\"location\":\"eastus\"}\nEOF\n)\naz rest -m put -u 'URL' -b \"$B\"", &["1|RG1|eastus|uami-1|||"], &[]),
        ("L=eastus\naz rest --method PUT --url 'URL' --body \"{\\\"location\\\":\\\"$L\\\"}\"", &["1|RG1|eastus|uami-1|||"], &[]),
        ("az rest --method PUT --url 'URL' --body 'no JSON'", &["1|RG1||uami-1|||"], &["1 warns", "1 warns", "1 warns The body"]),
        ("U=\"URL\"\ncurl -X PUT \"$U\" -d '{\"location\":\"eastus\"}'", &["1|RG1|eastus|uami-1|||"], &[]),
        ("U=\"URL&x=$X\"\naz rest -m put -u \"$U\" -b '{\"location\":\"eastus\"}'", &["1|RG1|eastus|uami-1|||"], &[]),
        ("az rest --method PUT --url 'URL' --body @body.json", &["1|RG1||uami-1|||"], &["1 warns", "1 warns"]),
        (
            "az resource create -g RG1 -n uami-1 -l eastus --resource-type Microsoft.ManagedIdentity/userAssignedIdentities --properties '{}'",
            &["|RG1|eastus|uami-1|||"],
            &[],
        ),
        (
            "az resource create -g RG1 -n uami-1 --resource-type Microsoft.ManagedIdentity/userAssignedIdentities --is-full-object -p '{\"location\":\"eastus\",\"tags\":{\"a\":\"b\"}}'",
            &["|RG1|eastus|uami-1||a=b|"],
            &[],
        ),
    ];
    for (text, drafts, problems) in table {
        expect(&text.replace("URL", URL), TextFormat::Bash, drafts, problems);
    }
}

#[test]
fn regions_in_commands() {
    let text = "az identity create -g RG1 -n id-3 -l \"West Europe\"\naz identity create -g RG1 -n id-4 -l usgovvirginia\naz identity create -g RG1 -n id-6 -l NorthCentralUS";
    expect(text, TextFormat::Bash, &["|RG1|westeurope|id-3|||", "|RG1|usgovvirginia|id-4|||", "|RG1|northcentralus|id-6|||"], &[]);
}

#[test]
fn an_unknown_subscription_is_told_as_written() {
    let text = "S=$(az account list --query [0].id); az account set -s $S; S=known; az identity create -g RG1 -n uami-1";
    let problem = "1 warns Couldn't work out this value, so it wasn't checked: $S";
    expect(text, TextFormat::Bash, &["|RG1||uami-1|||"], &[problem]);
}

#[test]
fn a_variable_set_to_nothing_is_to_be_filled_in() {
    let text = "RG=''\nLOC=\naz identity create -n uami-1 -g $RG -l \"$LOC\"\naz identity create -n uami-2 -g ''";
    let unread = |name: &str| ["3 warns Couldn't work out this value, so it wasn't checked: $", name].concat();
    let problems = [unread("RG"), unread("LOC"), "4 blocks -g (resource group) is missing.".to_owned()];
    let problems: Vec<&str> = problems.iter().map(String::as_str).collect();
    expect(text, TextFormat::Bash, &["|||uami-1|||", "|||uami-2|||"], &problems);
}
