//! Tests with commands in the strings of programs.

use super::{draft_line, reported};
use crate::parsing::{Hints, read_with};

#[test]
fn strings_of_programs() {
    let cases: [(&str, &str, &[&str], &[&str]); 11] = [
        ("a.py", "run(f\"az identity create -g {rg} -n id-{os.environ['ENV']}\")", &["|||||"], &["1 warns", "1 warns"]),
        ("a.py", "c = \"az identity create -n {} -g {0}\".format(n, g)", &["|||||"], &["1 warns", "1 warns"]),
        ("a.py", "os.system('az identity create -g \"%s\" -n \"%s\"' % (g, n))", &["|||||"], &["1 warns", "1 warns"]),
        ("a.py", "c = ('az identity create '\n     f'-g {rg} '\n     '-n id.a')", &["||id.a|||"], &["2 warns", "3 blocks Use only"]),
        ("a.py", "c = 'az identity create -n id.a ' \\\n  '-g RG1'", &["RG1||id.a|||"], &["1 blocks Use only"]),
        ("a.js", "run(\"az identity create -g RG1 -n \" + name + \" -l eastus\")", &["RG1|eastus||||"], &["1 warns"]),
        ("a.js", "run(\"az identity create -g RG1 -n \" + name)", &["RG1|||||"], &["1 warns"]),
        ("a.ts", "spawn('az', ['identity', 'create', '-g', 'RG1', '-n', 'id a'])", &["RG1||id a|||"], &["1 blocks Use only"]),
        ("a.cs", "Process.Start(\"az\", \"identity create -g RG1 -n \\\"id a\\\"\");", &["RG1||id a|||"], &["1 blocks Use only"]),
        ("a.cs", "Run(\"az\", $\"identity create -g RG1 -n {name}\");", &["RG1|||||"], &["1 warns"]),
        (
            "a.go",
            "cmd := exec.CommandContext(ctx, \"az\", \"identity\", \"create\",\n\t\"-g\", \"RG1\", \"-n\", \"id a\")",
            &["RG1||id a|||"],
            &["2 blocks Use only"],
        ),
    ];
    for (file, text, drafts, problems) in cases {
        let drafts: Vec<String> = drafts.iter().map(|draft| ["|", draft].concat()).collect();
        let drafts: Vec<&str> = drafts.iter().map(String::as_str).collect();
        let reading = read_with(text, Hints { file, format: None });
        assert_eq!(reading.found.iter().map(|found| draft_line(&found.draft)).collect::<Vec<_>>(), drafts, "{text}");
        let reported = reported(text, &reading);
        let same = reported.len() == problems.len() && reported.iter().zip(problems).all(|(told, expected)| told.starts_with(expected));
        assert!(same, "{text}\n{reported:#?}");
    }
}
