//! Tests with made-up Bicep files and templates: what is put in is found or told, whatever stands around it.

use super::TextFormat;
use crate::messages;
use crate::parsing::{Hints, occurrences, read_as, read_with};
use crate::provisioning::problem::Severity;

/// A small generator of numbers, always the same ones.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % most
    }

    fn one_of<'a>(&mut self, texts: &[&'a str]) -> &'a str {
        texts[self.below(texts.len())]
    }
}

const TYPE: &str = "Microsoft.ManagedIdentity/userAssignedIdentities";

/// Bicep that creates nothing, though it may mention what does.
const OTHERS: [&str; 10] = [
    "// resource x 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {\n",
    "/* az identity create\n New-AzUserAssignedIdentity */\n",
    "@description('''\n az identity create { [ '\n''')\nparam text§ string = 'x'\n",
    "type t§ = 'a'\n  | 'b' // it's\n",
    "resource old§ 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {\n  name: 'a b'\n}\n",
    "var v§ = [for (x, i) in xs: if (x != '}') {\n  a: '${x}\\'${y ? '}' : '{'}'\n}]\n",
    "param tags§ resourceInput<'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30'>.tags?\n",
    "output o§ string = a.?b ?? '''\n it's {\n'''\n",
    "module m§ 'br/public:avm/res/managed-identity/user-assigned-identity/federated-identity-credential:0.1.0' = {\n  params: { a: 'b' }\n}\n",
    "#disable-next-line all\nfunc f§(a string) string => '${a}'\n",
];

/// A Bicep statement with its identities: those found, and those told as unread.
fn bicep(numbers: &mut Numbers, at: usize) -> (String, usize, usize) {
    let tags = numbers.one_of(&["", "  tags: { a: 'b', ...c }\n", "  tags: union(a, {\n    b: '}'\n  })\n", "  // { '\n"]);
    let body = format!("{{\n  name: 'id-{at}'\n  location: 'eastus'\n{tags}}}");
    let (value, count) = match numbers.below(5) {
        0 => (body, 1),
        1 => (format!("if (a == '(' || b) {body}"), 1),
        2 => (format!("[for n in ['a', 'b', 'c']: {body}]"), 3),
        3 => (format!("[for (n, i) in range(0, 2): if (n > 1) {body}]"), 2),
        _ => (format!("\n  if (\n    a\n  ) {body}"), 1),
    };
    match numbers.below(4) {
        0 => {
            let module = value.replace("name:", "params: { name:").replace("\n}", "\n  }\n}");
            (format!("module m{at} 'br/public:avm/res/managed-identity/user-assigned-identity:0.4.0' = {module}\n"), count, 0)
        }
        1 => (format!("var v{at} = {{\n  type: '{TYPE}'\n  name: 'x'\n}}\n"), 0, 1),
        _ => (format!("resource r{at} '{TYPE}@2023-01-31' = {value}\n"), count, 0),
    }
}

/// A resource of a template with its identities: those found, and those told as unread.
fn json(numbers: &mut Numbers, depth: u32) -> (String, usize, usize) {
    let comment =
        numbers.one_of(&["", "// it's \"type\": \"Microsoft.ManagedIdentity/userAssignedIdentities\"\n", "/* az identity create */"]);
    let text = numbers.one_of(&["x", "{[ \\\" ", "two\nlines", "it's [not('x')]"]);
    let identity = |more: &str| {
        format!("{{ {comment} \"type\": \"{TYPE}\", \"name\": \"id-1\", \"location\": \"eastus\", \"comments\": \"{text}\"{more} }}")
    };
    match numbers.below(8) {
        0 | 1 => (identity(""), 1, 0),
        2 => (identity(", \"copy\": { \"name\": \"c\", \"count\": 4 }"), 4, 0),
        3 => (identity(", \"condition\": \"[equals('a', 'b')]\""), 1, 0),
        4 => (identity(", \"existing\": true"), 0, 0),
        5 => {
            (format!("{{ \"type\": \"A.B/c\", \"name\": \"{text}\", \"properties\": {{ \"other\": {{ \"type\": \"{TYPE}\" }} }} }}"), 0, 1)
        }
        _ if depth < 4 => {
            let (inner, found, unread) = json(numbers, depth + 1);
            let scope = numbers.one_of(&["inner", "outer"]);
            let text = format!(
                "{{ {comment} \"type\": \"Microsoft.Resources/deployments\", \"name\": \"d\", \"properties\": {{ \"expressionEvaluationOptions\": {{ \"scope\": \"{scope}\" }}, \"template\": {{ \"resources\": [ {inner} ] }} }} }}"
            );
            (text, found, unread)
        }
        _ => (identity(", \"dependsOn\": []"), 1, 0),
    }
}

/// What is found, and what is told as unread.
fn read(kind: TextFormat, text: &str) -> (usize, usize) {
    let reading = read_with(text, Hints { format: Some(kind), ..Hints::default() });
    let blocks = reading.notes.iter().find(|note| note.severity == Severity::Blocks);
    assert!(blocks.is_none(), "{blocks:?}\n{text}");
    (reading.found.len(), reading.notes.iter().filter(|note| note.sentence.message == messages::READ_OCCURRENCE).count())
}

#[test]
fn whatever_is_put_in_is_found_or_told() {
    let mut numbers = Numbers(11);
    for _ in 0..1_500 {
        let (mut text, mut found, mut unread) = (String::new(), 0, 0);
        for at in 0..=numbers.below(5) {
            text.push_str(&numbers.one_of(&OTHERS).replace('§', &at.to_string()));
            let (more, is_found, is_unread) = bicep(&mut numbers, at);
            text.push_str(&more);
            found += is_found;
            unread += is_unread;
        }
        assert_eq!(read(TextFormat::Bicep, &text), (found, unread), "{text}");
        let (mut resources, mut found, mut unread) = (Vec::new(), 0, 0);
        for _ in 0..=numbers.below(4) {
            let (more, is_found, is_unread) = json(&mut numbers, 0);
            resources.push(more);
            found += is_found;
            unread += is_unread;
        }
        let text = format!("{{ \"resources\": [\n{} ] }}", resources.join(",\n"));
        assert_eq!(read(TextFormat::Template, &text), (found, unread), "{text}");
    }
}

/// Whether what starts here is a comment, the type of a parameter, a statement without effect, or a reference.
fn is_silent(text: &str, start: usize) -> bool {
    const STARTS: [&str; 12] = ["//", "/*", "#", "@", "type", "output", "func", "resource", "module", "{", "\"type\"", "\"resourceType\""];
    let line = text[..start].rsplit('\n').next().unwrap_or_default();
    STARTS.iter().any(|word| text[start..].starts_with(word)) || line.contains("param")
}

/// Every occurrence of a broken text is in an identity, accounted for, or told.
#[test]
fn nothing_is_lost_in_broken_texts() {
    let mut numbers = Numbers(12);
    for round in 0..3_000 {
        let kind = if round % 2 == 0 { TextFormat::Bicep } else { TextFormat::Template };
        let mut text = if round % 2 == 0 {
            [numbers.one_of(&OTHERS), &bicep(&mut numbers, 1).0, numbers.one_of(&OTHERS), &bicep(&mut numbers, 2).0]
                .concat()
                .replace('§', "3")
        } else {
            format!("{{ \"resources\": [\n{}, {} ] }}", json(&mut numbers, 0).0, json(&mut numbers, 0).0)
        };
        for _ in 0..=numbers.below(3) {
            let at = numbers.below(text.len() + 1);
            let Some(end) = (at..=text.len()).find(|end| text.is_char_boundary(*end)) else { continue };
            match numbers.below(3) {
                0 => text.truncate(end),
                1 => text
                    .insert_str(end, numbers.one_of(&["'", "\"", "{", "}", "[", "]", "\n", "/*", "'''", "${", "\\", "é", "@", ":", "="])),
                _ => text = text.chars().enumerate().filter(|(place, _)| *place != at).map(|(_, letter)| letter).collect(),
            }
        }
        let accounted = read_as(kind, &text).accounted;
        let reading = read_with(&text, Hints { format: Some(kind), ..Hints::default() });
        for at in occurrences(&text) {
            let found = reading.found.iter().any(|found| (found.at..found.end).contains(&at));
            let told = reading.notes.iter().any(|note| note.at == at && note.severity == Severity::Warns);
            // Only what creates nothing for certain may be passed over without a word.
            let silent = accounted.iter().filter(|range| range.contains(&at)).any(|range| is_silent(&text, range.start));
            assert!(found || told || silent, "{at} {text}");
        }
        for place in reading.found.iter().flat_map(|found| [found.at, found.end]).chain(reading.notes.iter().map(|note| note.at)) {
            assert!(place <= text.len() && text.is_char_boundary(place), "{place} {text}");
        }
    }
}
