//! Compiles an organisation's regular expressions. The page and `identity-check` use the same engine, `regex-lite`, whose
//! matching time is bounded by the length of the pattern times the length of the text. It is some 70 kB of wasm, so only the
//! lazily loaded part `patterns` and native programs call this.
//!
//! The syntax is the common subset of JavaScript (flag `u`) and the engine, with the same meaning in both: whatever they would
//! interpret differently is refused, with what to write instead.

use regex_lite::RegexBuilder;

use crate::messages::{self, Message, Sentence};
use crate::provisioning::pattern::Pattern;
use crate::provisioning::rules::Rules;

/// Maximum length of a pattern in bytes.
const PATTERN_MAX: usize = 4096;
/// Maximum size of a compiled pattern in bytes, which bounds matching time.
const COMPILED_MAX: usize = 256 * 1024;
/// Maximum nesting of groups.
const DEPTH_MAX: u32 = 32;
/// Texts longer than this many bytes never match. Azure's names and tag values are shorter (256 characters).
const TEXT_MAX: usize = 1024;

/// Compiles all patterns of the rules.
///
/// # Errors
/// A sentence for each invalid pattern, with its path in `config.json`.
pub fn compile(mut rules: Rules) -> Result<Rules, Vec<Sentence>> {
    let mut problems = Vec::new();
    let mut put = |pattern: &mut Pattern, place: String| match compiled(pattern.text()) {
        Ok(compiled) => *pattern = compiled,
        Err(why) => problems.push(messages::CONFIG_PATTERN.with([&place, pattern.text(), &why.text()])),
    };
    for rule in &mut rules.names {
        put(&mut rule.pattern, "rules.name.pattern".to_owned());
    }
    for (at, tag) in rules.required_tags.iter_mut().enumerate() {
        if let Some(pattern) = &mut tag.pattern {
            put(pattern, ["rules.requiredTags[", &at.to_string(), "].pattern"].concat());
        }
    }
    if problems.is_empty() { Ok(rules) } else { Err(problems) }
}

/// The compiled pattern, or why it is invalid.
fn compiled(text: &str) -> Result<Pattern, Sentence> {
    if text.len() > PATTERN_MAX {
        return Err(messages::PATTERN_LONG.with([&PATTERN_MAX.to_string()]));
    }
    if let Some(why) = not_shared(text) {
        return Err(why.into());
    }
    let build = |text: &str| {
        let built = RegexBuilder::new(text).size_limit(COMPILED_MAX).nest_limit(DEPTH_MAX).build();
        built.map_err(|error| match error.to_string().as_str() {
            "compiled regex exceeded size limit" => messages::PATTERN_BIG.into(),
            "nested character classes are not supported" => messages::PATTERN_BRACKETS.into(),
            other => messages::PATTERN_SYNTAX.with([other]),
        })
    };
    // Compile it without the anchors first: `a)|(?:b` is only valid between their parentheses.
    build(text)?;
    let whole = build(&["^(?:", text, ")$"].concat())?;
    Ok(Pattern::compiled(text, move |text| text.len() <= TEXT_MAX && whole.is_match(text)))
}

/// The problem with syntax that JavaScript accepts but the engine rejects or interprets differently.
fn not_shared(text: &str) -> Option<Message> {
    let mut rest = text;
    let mut in_class = false;
    while let Some(letter) = rest.chars().next() {
        let after = &rest[letter.len_utf8()..];
        match letter {
            '\\' => {
                let escaped = after.chars().next()?;
                match escaped {
                    '1'..='9' | 'k' => return Some(messages::PATTERN_BACKREFERENCE),
                    'p' | 'P' => return Some(messages::PATTERN_UNICODE),
                    '0' | 'c' => return Some(messages::PATTERN_CONTROL),
                    _ => rest = &after[escaped.len_utf8()..],
                }
                continue;
            }
            '[' if !in_class => {
                in_class = true;
                let inside = after.strip_prefix('^').unwrap_or(after);
                if inside.starts_with(']') || inside.starts_with("--") {
                    return Some(messages::PATTERN_BRACKETS);
                }
            }
            ']' => in_class = false,
            '(' if !in_class && ["?=", "?!", "?<=", "?<!"].iter().any(|look| after.starts_with(look)) => {
                return Some(messages::PATTERN_LOOK);
            }
            _ => {}
        }
        rest = after;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, text: &str) -> bool {
        compiled(pattern).unwrap_or_else(|why| unreachable!("{pattern}: {}", why.text())).matches(text)
    }

    #[test]
    fn a_pattern_matches_the_whole_text() {
        for (pattern, text, expected) in [
            ("id-.*", "id-x", true),
            ("id-.*", "x-id-x", false),
            ("id", "id-x", false),
            ("^id-[a-z0-9-]+$", "id-apl2003", true),
            ("a|ab", "ab", true),
            ("id|uami-.*", "xid", false),
            (r"\d{4}", "4711", true),
            (r"\d{4}", "٤٧١١", false),
            (r"[\w\-\/]+", "a_b-c/d", true),
            (r"\w+", "größe", false),
            ("gr.{2}e", "größe", true),
            ("(?<env>dev|prod)", "prod", true),
            (r"\u{e9}\u00e9", "éé", true),
            ("a", "a\n", false),
            ("", "", true),
            ("(?i)ID-.*", "id-x", true),
            (".*", &"x".repeat(TEXT_MAX), true),
            (".*", &"x".repeat(TEXT_MAX + 1), false),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn invalid_patterns_are_refused_with_a_reason() {
        let long = "a".repeat(PATTERN_MAX + 1);
        let deep = ["(".repeat(100), ")".repeat(100)].concat();
        let wrapped = ["a{1,1000}".repeat(2), String::new()].concat();
        let nested = ["(?:", &wrapped, "){1000}"].concat();
        for (pattern, why) in [
            ("id-(?!x).*", messages::PATTERN_LOOK),
            ("(?=a)", messages::PATTERN_LOOK),
            ("(?<=a)b", messages::PATTERN_LOOK),
            ("(?<!a)b", messages::PATTERN_LOOK),
            (r"(a)\1", messages::PATTERN_BACKREFERENCE),
            (r"(?<n>a)\k<n>", messages::PATTERN_BACKREFERENCE),
            (r"\p{L}+", messages::PATTERN_UNICODE),
            (r"[\P{Lu}]", messages::PATTERN_UNICODE),
            (r"\0", messages::PATTERN_CONTROL),
            (r"\cJ", messages::PATTERN_CONTROL),
            ("[]|[a]", messages::PATTERN_BRACKETS),
            ("[^]", messages::PATTERN_BRACKETS),
            ("[--a]", messages::PATTERN_BRACKETS),
            ("[a[b]", messages::PATTERN_BRACKETS),
            ("[", messages::PATTERN_SYNTAX),
            ("(", messages::PATTERN_SYNTAX),
            ("a)|(?:b", messages::PATTERN_SYNTAX),
            ("(?x)a#", messages::PATTERN_SYNTAX),
            ("*", messages::PATTERN_SYNTAX),
            (r"\ud83d\ude00", messages::PATTERN_SYNTAX),
            (r"a\", messages::PATTERN_SYNTAX),
            (&long, messages::PATTERN_LONG),
            (&deep, messages::PATTERN_SYNTAX),
            (&nested, messages::PATTERN_BIG),
            ("(?:){4294967295}", messages::PATTERN_BIG),
            ("((((a{999}){999}){999}){999}){999}", messages::PATTERN_BIG),
        ] {
            let refused = compiled(pattern).err().map(|why| why.message);
            assert_eq!(refused, Some(why), "{pattern}");
        }
        // Escaped or in a character class, these are literal.
        for pattern in [r"\(?=a", "[(?=]a", r"\[\]", r"[\]\[]"] {
            assert!(compiled(pattern).is_ok(), "{pattern}");
        }
    }

    #[test]
    fn patterns_that_freeze_other_engines_finish() {
        let name = ["id-", &"a".repeat(60), "--"].concat();
        for pattern in ["id-([a-z0-9]+[-_]?)+", "(a+)+", "(a|aa)+", "(.*)*x", "([a-z]+)*-$", "(a?){100}a{100}"] {
            assert!(!matches(pattern, &name), "{pattern}");
        }
    }
}
