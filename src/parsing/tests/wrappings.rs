//! Property tests with generated scripts: no command is lost, whatever wraps it, and no text makes a reader panic.

use crate::parsing::{Hints, ParsedText, TextFormat, check, occurrences, read_with};
use crate::provisioning::rules::Rules;

/// A small generator of numbers, always with the same sequence.
struct Random(u64);

impl Random {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % count
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

/// What a command or a list of commands, `{}`, can stand in.
const BASH: [&str; 42] = [
    "{}",
    "( {} )",
    "{ {}; }",
    "if true; then\n{}\nfi",
    "if false; then :; else {}; fi",
    "if ! ({}); then exit 1; fi",
    "while read -r x; do {}; done < list",
    "until test -f x; do\n  {}\ndone",
    "for x in $(ls); do {}; done",
    "for ((i = 0; i < 3; i++)); do {}; done",
    "case $1 in\n  a|\"b c\") {} ;;\n  *) : ;;\nesac",
    "case x in (x) {} ;; esac",
    "X=$({})",
    "X=\"$({})\"",
    "export X=`true`; {}",
    "echo \"a $({}) b\" 'c'",
    "f_%() { {}; }",
    "function f_% {\n{}\n}\nf_% x",
    "true && { {}; }",
    "false || ( {} )",
    "[[ -n $X && $Y =~ ^(a|b)$ ]] && ( {} )",
    "( {} ) | tee -a log",
    "( {} ) > out 2>&1 &",
    "bash <<'EOF_%'\n{}\nEOF_%",
    "cat <<EOF_% | sudo bash -s\n{}\nEOF_%",
    "ssh host <<-EOF_%\n{}\nEOF_%",
    "cat <<EOF_% > file\nit's $({}) \"\nEOF_%",
    "diff <({}) <(true)",
    "trap '' EXIT; {}",
    "echo $((1 << 2)) ${x:0:3} ${x//a/b}; {}",
    "a=(1 \"$2\" '3)'); {}",
    "# it's a comment\n{}",
    "echo 'az'; {} # it's \"",
    "cat <<'EOF_%'\nit's `text` $(\nEOF_%\n{}",
    "x=$'it\\'s'\n{}",
    "printf '%s\\n' \"(\" \\\n  'a b'\n{}",
    "! {}",
    "time {}",
    "select x in a b; do {}; done",
    "{ {}; } 2>/dev/null || true",
    "if [ \"$a\" = b ] || [ -z \"$c\" ]; then {}; elif x; then :; fi",
    "coproc { {}; }",
];

/// What a single command can stand in.
const BASH_COMMANDS: [&str; 22] = [
    "{}",
    "retry 3 {}",
    "timeout 60 {}",
    "sudo -E {}",
    "env X=y {}",
    "X='a b' {}",
    "nohup {}",
    "command {}",
    "eval {}",
    "eval \"{}\"",
    "bash -c '{}'",
    "sh -c \"set -e; {}\"",
    "pwsh -Command '{}'",
    "docker run --rm mcr.microsoft.com/azure-cli {}",
    "kubectl exec x -- {}",
    "{} --query id -o tsv",
    "{} > out",
    "{} 2>&1 | tee log",
    "frobnicate '{}'",
    "C='{}'",
    "C='{}'; $C",
    "echo '{}' | bash",
];

const POWERSHELL: [&str; 30] = [
    "{}",
    "& { {} }",
    ". {\n{}\n}",
    "[void]$({})",
    "$x = $({})",
    "$null = & { {} }",
    "if ($x -eq 'it''s') { {} }",
    "if ($x) { 1 } elseif ($y -match '^[a-z]{3}$') {\n{}\n} else { 2 }",
    "if (-not $x) { 1 } else { {} }",
    "foreach ($n in Get-Content x) { {} }",
    "for ($i = 0; $i -lt 3; $i++) { {} }",
    "while ($true) { {}; break }",
    "do { {} } until ($x)",
    "switch ($x) { 'a' { {} } default { 1 } }",
    "try { {} } catch { Write-Warning \"it's $_\" }",
    "try { 1 } catch [System.Exception] { {} } finally { 2 }",
    "function New-It% { {} }",
    "function New-It% {\n  [CmdletBinding()]\n  param ([Parameter(Mandatory = $true)] [string]$A, $B = 'x)')\n  {}\n}",
    "Get-It | ForEach-Object { {} }",
    "Invoke-Command -ScriptBlock { {} }",
    "Start-Job { {} } | Out-Null",
    "$sb = { {} }",
    "\"a $({}) b\"",
    "Write-Host \"a $({})\"",
    "$h = @{ a = $({}); 'b c' = 1 }",
    "<# it's \"a comment #>\n{}",
    "# it's\n{}",
    "$t = @'\nit's \"text\" $(\n'@\n{}",
    "$t = @\"\nit's \"text\" `$(\n\"@\n{}",
    "[Net.X]::Y('a', \"b\")\n{}",
];

const POWERSHELL_COMMANDS: [&str; 16] = [
    "{}",
    "& {}",
    "$null = {}",
    "[void]({})",
    "return {}",
    "$x = ({}).Id",
    "{} | Out-Null",
    "{} |\n  ConvertFrom-Json",
    "{} 2>&1",
    "{} > out.txt",
    "Invoke-Expression '{}'",
    "pwsh -Command \"{}\"",
    "powershell -Command { {} }",
    "Start-Job { {} }",
    "Frob-It '{}'",
    "$c = '{}'",
];

const CMD: [&str; 15] = [
    "{}",
    "(\n{}\n)",
    "if %X% neq 0 (\n{}\n)",
    "if \"%X%\"==\"a b\" (echo x) else (\n{}\n)",
    "if not exist \"a b\" (\n  {}\n)",
    "if errorlevel 1 (\n{}\n) else (\necho x\n)",
    "for %%i in (*.json) do (\n{}\n)",
    "for /l %%i in (1,1,3) do (\n{}\n)",
    ":label%\n{}\ngoto :eof",
    "rem it's \"a comment\n{}",
    ":: it's (\n{}",
    "set X='\n{}",
    "echo it's\n{}",
    "az account show && (\n{}\n)",
    "ver || (\n{}\n)",
];

const CMD_COMMANDS: [&str; 12] = [
    "{}",
    "@{}",
    "call {}",
    "cmd /c {}",
    "cmd /c \"{}\"",
    "start /wait {}",
    "{} > nul 2>&1",
    "{} | findstr x",
    "{} || exit /b 1",
    "powershell -Command \"{}\"",
    "for /f %%i in ('{}') do set ID=%%i",
    "frobnicate \"{}\"",
];

fn read(text: &str, kind: TextFormat) -> ParsedText {
    read_with(text, Hints { format: Some(kind), ..Hints::default() })
}

/// A script with commands put into wrappings put into wrappings.
fn script(random: &mut Random, kind: TextFormat, depth: usize, count: &mut usize) -> String {
    let (outer, inner): (&[&str], &[&str]) = match kind {
        TextFormat::Bash => (&BASH, &BASH_COMMANDS),
        TextFormat::PowerShell => (&POWERSHELL, &POWERSHELL_COMMANDS),
        _ => (&CMD, &CMD_COMMANDS),
    };
    if depth == 0 {
        *count += 1;
        let programs: &[&str] = match kind {
            TextFormat::Bash => &["az", "/usr/bin/az", "az.cmd"],
            TextFormat::PowerShell => &["az", "az.cmd", "New"],
            _ => &["az", "az.cmd"],
        };
        let create = match random.of(programs) {
            "New" => format!("New-AzUserAssignedIdentity -ResourceGroupName RG1 -Location eastus -Name uami-{count}"),
            az => format!("{az} identity create -g RG1 -n uami-{count}"),
        };
        return random.of(inner).replacen("{}", &create, 1);
    }
    let mut parts = Vec::new();
    for _ in 0..=random.below(2) {
        let inside = script(random, kind, depth - 1, count);
        let number = format!("{}", random.below(1_000_000));
        parts.push(
            random
                .of(outer)
                .replacen("_%", &["_", &number].concat(), 9)
                .replacen("It%", &["It", &number].concat(), 9)
                .replacen("{}", &inside, 1),
        );
    }
    parts.join("\n")
}

#[test]
fn no_generated_wrapping_swallows_a_command() {
    let mut random = Random(11);
    let mut wrong = Vec::new();
    for number in 0..3_000 {
        let kind = [TextFormat::Bash, TextFormat::PowerShell, TextFormat::Cmd][number % 3];
        let mut count = 0;
        let text = script(&mut random, kind, number % 4, &mut count);
        let reading = read(&text, kind);
        let mut places: Vec<usize> = reading.found.iter().map(|found| found.at).collect();
        places.sort_unstable();
        places.dedup();
        let unread = reading.notes.iter().filter(|note| note.sentence.message == crate::messages::READ_OCCURRENCE).count();
        if places.len() + unread != count {
            wrong.push(format!("{kind:?}: {count} commands, {} found, {unread} unread\n{text}\n", places.len()));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.iter().take(12).cloned().collect::<Vec<_>>().join("\n----\n"));
}

/// Whether each place that seems to create an identity is in an identity, accounted for, or reported.
fn is_accounted(text: &str, reading: &ParsedText) -> bool {
    occurrences(text).into_iter().all(|at| {
        reading.found.iter().any(|found| (found.at..found.end).contains(&at))
            || reading.accounted.iter().any(|range| range.contains(&at))
            || reading.notes.iter().any(|note| note.at == at)
    })
}

#[test]
fn no_mutated_script_makes_a_reader_panic() {
    let mut random = Random(12);
    let pieces = [
        "'", "\"", "`", "$(", ")", "{", "}", "\\", "\n", "<<EOF\n", "EOF", "@'", "'@", "%", "^", "|", "&&", "#", "ü", "“", "\r\n", "${",
        "((", "[[", " ",
    ];
    for number in 0..6_000 {
        let kind = [TextFormat::Bash, TextFormat::PowerShell, TextFormat::Cmd][number % 3];
        let mut text = script(&mut random, kind, number % 3, &mut 0);
        for _ in 0..=random.below(4) {
            let mut places = text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
            places.push(text.len());
            let (from, to) = (places[random.below(places.len())], places[random.below(places.len())]);
            match random.below(3) {
                0 => text.replace_range(from..to.clamp(from, places.iter().copied().find(|at| *at >= from + 8).unwrap_or(text.len())), ""),
                1 => text.insert_str(from, random.of(&pieces)),
                _ => {
                    let moved = text.get(from.min(to)..from.max(to)).unwrap_or_default().to_owned();
                    text.insert_str(to, &moved[..moved.char_indices().map(|(at, _)| at).take(20).last().unwrap_or(0)]);
                }
            }
        }
        let reading = read(&text, kind);
        assert_eq!(check(&text, &reading, &Rules::default()).len(), reading.found.len());
        assert!(is_accounted(&text, &reading), "{text}");
    }
}
