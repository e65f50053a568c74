//! Mutations of the tests' own texts, in every format: no reader panics or loses what seems to create an identity.
//!
//! `IDENTITY_PORTAL_MUTATIONS` sets how many are tried (see docs/contributing.md).

use crate::messages;
use crate::parsing::{FORMATS, Hints, Lines, ParsedText, TextFormat, check, decode, may_list, occurrences, read_all, read_with};
use crate::provisioning::rules::Rules;

/// The tests whose texts are mutated.
const SOURCES: [&str; 11] = [
    include_str!("bicep.rs"),
    include_str!("check.rs"),
    include_str!("hosts.rs"),
    include_str!("json.rs"),
    include_str!("lists.rs"),
    include_str!("made.rs"),
    include_str!("shells.rs"),
    include_str!("terraform.rs"),
    include_str!("terraform_generated.rs"),
    include_str!("windows_shells.rs"),
    include_str!("../tests.rs"),
];

const TOKENS: [&str; 60] = [
    "'",
    "\"",
    "`",
    "'''",
    "\\",
    "\n",
    "\r\n",
    "\t",
    " ",
    ",",
    ";",
    "|",
    "&&",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "${",
    "$(",
    "@{",
    "@'\n",
    "'@\n",
    "{{",
    "}}",
    "${{",
    "%{",
    "%",
    "^",
    "/*",
    "*/",
    "//",
    "#",
    "<<EOF\n",
    "EOF\n",
    "```\n",
    "---\n",
    "- ",
    ": ",
    "? ",
    " = ",
    "=>",
    "::",
    "-",
    "null",
    "true",
    "0",
    "99999999999999999999",
    "-1e999",
    "\u{feff}",
    "\u{2028}",
    "\u{202e}",
    "ü",
    "🦀",
    "“",
    "\u{1}",
    "\\u{110000}",
    "\\ud800",
    "Microsoft.ManagedIdentity/userAssignedIdentities",
];

/// The number of mutations: `default`, unless the environment says otherwise.
pub(super) fn count(default: usize) -> usize {
    std::env::var("IDENTITY_PORTAL_MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(default)
}

/// A small generator of numbers, always with the same sequence.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit.max(1)
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// A range of at most `most` bytes.
    fn range(&mut self, length: usize, most: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        start..(start + self.below(most + 1)).min(length)
    }
}

/// The string literals of Rust source text that are long enough to be texts of their own.
fn literals(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut letters = source.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '/' && letters.peek() == Some(&'/') {
            letters.by_ref().find(|letter| *letter == '\n');
        }
        if letter == '\'' && letters.peek() == Some(&'"') {
            letters.next();
        }
        if letter != '"' {
            continue;
        }
        let mut text = String::new();
        while let Some(letter) = letters.next().filter(|letter| *letter != '"') {
            if letter != '\\' {
                text.push(letter);
                continue;
            }
            match letters.next() {
                Some('n') => text.push('\n'),
                Some('r') => text.push('\r'),
                Some('t') => text.push('\t'),
                Some('\n') => while letters.next_if(|letter| letter.is_whitespace()).is_some() {},
                Some('u') => {
                    let code: String = letters.by_ref().skip(1).take_while(|letter| *letter != '}').collect();
                    text.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
                }
                other => text.extend(other),
            }
        }
        if text.len() >= 40 {
            found.push(text);
        }
    }
    found
}

/// One change of a text.
fn mutate(text: &mut Vec<u8>, seeds: &[String], random: &mut Random) {
    let range = random.range(text.len(), 12);
    match random.below(12) {
        0 => drop(text.drain(range)),
        1 => drop(text.splice(range.start..range.start, random.of(&TOKENS).bytes())),
        2 => drop(text.splice(range, random.of(&TOKENS).bytes())),
        3 => {
            let byte = u8::try_from(random.below(256)).unwrap_or_default();
            text.splice(range.start..(range.start + 1).min(text.len()), [byte]);
        }
        4 => text.truncate(range.start),
        5 => drop(text.drain(..range.start)),
        // Another text at the end, in the middle, or instead of a part.
        6 => {
            text.truncate(range.start);
            let other = random.of(seeds).as_bytes();
            let from = random.below(other.len());
            text.extend_from_slice(&other[from..]);
        }
        7 => drop(text.splice(range, random.of(seeds).bytes())),
        // Lines that are left out, put twice or moved.
        8..=10 => {
            let mut lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
            let (from, to) = (random.below(lines.len()), random.below(lines.len()));
            match random.below(3) {
                _ if lines.is_empty() => {}
                0 => drop(lines.remove(from)),
                1 => lines.insert(to, lines[from]),
                _ => lines.swap(from, to),
            }
            *text = lines.concat();
        }
        _ => {
            let part = text[random.range(text.len(), 60)].to_vec();
            text.splice(range.start..range.start, part.repeat(1 + random.below(40)));
        }
    }
}

/// The bytes as a program may have saved them.
fn saved(text: Vec<u8>, random: &mut Random) -> Vec<u8> {
    let text = match random.below(12) {
        0 => String::from_utf8_lossy(&text).encode_utf16().flat_map(u16::to_le_bytes).collect(),
        1 => "\u{feff}".encode_utf16().chain(String::from_utf8_lossy(&text).encode_utf16()).flat_map(u16::to_be_bytes).collect(),
        2 => ["\u{feff}".as_bytes(), &text].concat(),
        3 => String::from_utf8_lossy(&text).replace('\n', "\r\n").into_bytes(),
        4 => String::from_utf8_lossy(&text).replace('\n', "\r").into_bytes(),
        _ => return text,
    };
    if random.below(4) > 0 {
        return text;
    }
    let mut text = text;
    mutate(&mut text, &["x".to_owned()], random);
    text
}

/// Reads, checks and locates everything, as the page and the command do.
fn examine(text: &str, reading: &ParsedText) {
    assert_eq!(check(text, reading, &Rules::default()).len(), reading.found.len());
    let lines = Lines::of(text);
    let found = reading.found.iter().flat_map(|found| [found.at, found.end]);
    for place in found.chain(reading.notes.iter().map(|note| note.at)) {
        assert!(place <= text.len() && text.is_char_boundary(place), "{place}");
        assert!(lines.place(place).line > 0);
    }
    let many = reading.notes.iter().find(|note| note.sentence.message == messages::READ_IDENTITIES_MANY).map(|note| note.at);
    for at in occurrences(text).into_iter().take_while(|at| many.is_none_or(|many| *at < many)) {
        let found = reading.found.iter().any(|found| (found.at..found.end).contains(&at));
        let accounted = reading.accounted.iter().any(|range| range.contains(&at)) || reading.notes.iter().any(|note| note.at == at);
        assert!(found || accounted, "{at} is lost");
    }
}

#[test]
fn no_mutated_text_makes_a_reader_panic() {
    let seeds: Vec<String> = SOURCES.into_iter().flat_map(literals).collect();
    assert!(seeds.len() > 500, "{}", seeds.len());
    let count = count(2_000);
    // Long runs include texts of up to 5 MB.
    let longest = (50 * count).min(5_000_000);
    let mut random = Random(13);
    let mut kinds = [0_usize; 17];
    for number in 0..count {
        let mut text = random.of(&seeds).clone().into_bytes();
        for _ in 0..=random.below(5) {
            mutate(&mut text, &seeds, &mut random);
        }
        if number % 500 == 499 {
            let part = text[random.range(text.len(), 400)].to_vec();
            text = [text, part.repeat(longest / part.len().max(1))].concat();
        }
        let Some(text) = decode(saved(text, &mut random)).map(|decoded| decoded.text) else { continue };
        let format = (random.below(3) == 0).then(|| random.of(&FORMATS).1);
        let examined = std::panic::catch_unwind(|| {
            let reading = read_with(&text, Hints { format, ..Hints::default() });
            examine(&text, &reading);
            may_list(&text);
            reading.kind
        });
        assert!(examined.is_ok(), "number {number} as {format:?}:\n{text:.5000}");
        kinds[examined.unwrap_or_default() as usize] += 1;
    }
    println!("{count} texts from {} seeds; by format: {kinds:?}", seeds.len());
    assert!(kinds.iter().all(|texts| *texts > 0) || count < 1_000, "{kinds:?}");
}

#[test]
fn no_mutated_project_makes_a_reader_panic() {
    let seeds: Vec<String> = SOURCES.into_iter().flat_map(literals).collect();
    let mut random = Random(14);
    let files = ["main.bicep", "main.bicepparam", "main.parameters.json", "a.tf", "b.tf.json", "terraform.tfvars", "main.json", "x"];
    let kinds = [TextFormat::Bicep, TextFormat::BicepParameters, TextFormat::Template, TextFormat::Terraform];
    let of_projects: Vec<String> = seeds.iter().filter(|seed| kinds.contains(&super::read(seed).kind)).cloned().collect();
    for number in 0..count(2_000) / 8 {
        let texts: Vec<String> = files
            .iter()
            .map(|_| {
                let mut text = random.of(&of_projects).clone().into_bytes();
                (0..random.below(3)).for_each(|_| mutate(&mut text, &seeds, &mut random));
                decode(text).map(|decoded| decoded.text).unwrap_or_default()
            })
            .collect();
        let all: Vec<(&str, &str)> = files.into_iter().zip(texts.iter().map(String::as_str)).collect();
        let examined = std::panic::catch_unwind(|| {
            let readings = read_all(&all, None);
            for (text, reading) in texts.iter().zip(&readings) {
                examine(text, reading);
            }
            readings.len()
        });
        assert!(examined.is_ok_and(|count| count == files.len()), "number {number}: {all:?}");
    }
}
