//! The text of a YAML scalar, with the offsets at which its parts stand.

use super::super::embedded::Embedded;
use super::yaml::{Node, Style, Yaml};

/// The text of a scalar.
pub(super) fn text_of(text: &str, node: &Node) -> Embedded {
    let written = text.get(node.at..node.end).unwrap_or_default();
    let mut embedded = Embedded::default();
    match node.value {
        Yaml::Scalar(Style::Block { folded, indent }) => block(&mut embedded, node.at, written, indent, folded),
        Yaml::Scalar(Style::Quoted(quote)) => quoted(&mut embedded, node.at, written, quote),
        Yaml::Scalar(Style::Plain) => folded_lines(&mut embedded, node.at, written, &mut |embedded, at, line| embedded.push(at, line)),
        _ => {}
    }
    embedded
}

fn block(embedded: &mut Embedded, start: usize, written: &str, indent: usize, folded: bool) {
    let (mut at, mut joins) = (start, false);
    for line in written.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        let deep = content.len() - content.trim_start_matches([' ', '\t']).len();
        let own = content.get(deep.min(indent)..).unwrap_or_default();
        // Lines that are indented more, or blank, keep their line breaks.
        let plain = folded && !own.is_empty() && !own.starts_with([' ', '\t']);
        if at > start {
            embedded.put(at - 1, if plain && joins { " " } else { "\n" });
        }
        embedded.push(at + content.len() - own.len(), own);
        joins = plain;
        at += line.len();
    }
    embedded.put(at, "\n");
}

/// Lines that are joined by a blank.
fn folded_lines(embedded: &mut Embedded, start: usize, written: &str, push: &mut dyn FnMut(&mut Embedded, usize, &str)) {
    let (mut at, mut blank) = (start, 0);
    for line in written.split('\n') {
        let content = line.trim_matches([' ', '\t', '\r']);
        let content = if at == start { line.trim_end_matches([' ', '\t', '\r']) } else { content };
        if content.is_empty() && at > start {
            blank += 1;
        } else {
            if at > start {
                embedded.put(at - 1, if blank > 0 { "\n" } else { " " });
            }
            blank = 0;
            push(embedded, at + line.find(content).unwrap_or_default(), content);
        }
        at += line.len() + 1;
    }
}

fn quoted(embedded: &mut Embedded, start: usize, written: &str, quote: char) {
    let inside = written.get(1..written.len().saturating_sub(1)).unwrap_or_default();
    let at = start + 1;
    folded_lines(embedded, at, inside, &mut |embedded, at, line| {
        let mut done = 0;
        while let Some(next) = line.get(done..).and_then(|rest| rest.find(if quote == '"' { '\\' } else { '\'' })) {
            let here = done + next;
            embedded.push(at + done, line.get(done..here).unwrap_or_default());
            let (length, letter) = if quote == '"' { escape(line.get(here + 1..).unwrap_or_default()) } else { (1, Some('\'')) };
            if let Some(letter) = letter {
                embedded.put(at + here, letter.encode_utf8(&mut [0; 4]));
            }
            done = here + 1 + length;
        }
        embedded.push(at + done, line.get(done..).unwrap_or_default());
    });
}

/// The length of what follows a backslash, and the character that it stands for.
fn escape(rest: &str) -> (usize, Option<char>) {
    let Some(first) = rest.chars().next() else { return (0, None) };
    let letter = match first {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '0' => '\0',
        'b' => '\u{8}',
        'e' => '\u{1b}',
        'f' => '\u{c}',
        'x' | 'u' | 'U' => {
            let digits = match first {
                'x' => 2,
                'u' => 4,
                _ => 8,
            };
            let number = rest.get(1..=digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
            return number.map_or((1, None), |number| (1 + digits, char::from_u32(number).or(Some('\u{fffd}'))));
        }
        other => other,
    };
    (first.len_utf8(), Some(letter))
}

#[cfg(test)]
mod tests {
    use super::super::yaml::parse;
    use super::*;

    fn first_value(text: &str) -> Embedded {
        let (documents, _) = parse(text);
        text_of(text, &documents[0].entries()[0].1)
    }

    #[test]
    fn scalars_have_the_text_that_yaml_gives_them() {
        for (text, expected) in [
            ("a: b c # d\n", "b c"),
            ("a: b\n  c\n\n  d\ne: f", "b c\nd"),
            ("a: |\n  b\n   c\n\n  d\ne: f\n", "b\n c\n\nd\n"),
            ("a: |-\r\n  b\r\n  c\r\n", "b\nc\n"),
            ("a: |2\n   b\n  c\n", " b\nc\n"),
            ("a: >\n  b\n  c\n\n  d\n   e\n  f\n", "b c\n\nd\n e\nf\n"),
            ("a: >-\n  b\n  c", "b c\n"),
            ("a: 'b''c\n  d'", "b'c d"),
            ("a: \"b\\n\\\"c\\\" \\u00fc\\x41\\\\\"", "b\n\"c\" üA\\"),
            ("a: # b\n  c", "c"),
            ("a: &x !!str b", "b"),
            ("\"a\": \"b # c\" # d", "b # c"),
            ("a: x#y", "x#y"),
            ("a: ${{ b: c }} d", "${{ b: c }} d"),
            ("a: [b", "[b"),
            ("a: \"b", "\"b"),
            ("a: |b", "|b"),
        ] {
            assert_eq!(first_value(text).text, expected, "{text:?}");
        }
    }

    #[test]
    fn each_character_of_a_scalar_has_its_place() {
        for text in [
            "a: |\n    xyz\n      k\n    l\n",
            "a: >-\r\n    xyz\r\n    k\r\n    l\r\n",
            "a: xyz\n  k\n  l",
            "a: \"x\\u0079z\\n \\\n k\\\"\n  l\"",
            "a: 'x''y z\n  k\n  l'",
        ] {
            let embedded = first_value(text);
            for letter in ["x", "z", "k", "l"] {
                let at = embedded.outer(embedded.text.find(letter).unwrap());
                assert_eq!(&text[at..=at], letter, "{text:?}");
            }
        }
    }
}
