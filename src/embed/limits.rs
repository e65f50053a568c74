//! Limits on incoming messages: a broken or hostile host must cost next to nothing.

/// Maximum length of a message from the host, in UTF-16 units as the browser counts: enough for fifty tags, rules with long
/// lists and a token.
pub const LENGTH_MAX: u32 = 128 * 1024;
/// Maximum length of a message to the host, in the same units: a request in six languages, with every character of fifty tags
/// escaped.
pub const SENT_MAX: usize = 4 * 1024 * 1024;
/// Maximum nesting; the protocol's own messages have five levels.
const DEPTH_MAX: usize = 8;
/// Maximum messages read per second.
const RATE_MAX: u32 = 200;
/// That second, in milliseconds.
const SPAN: u64 = 1000;

/// Whether `text` is nested no deeper than any valid message. Invalid JSON is left to the parser.
pub fn is_shallow(text: &str) -> bool {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => {
                depth += 1;
                if depth > DEPTH_MAX {
                    return false;
                }
            }
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    true
}

/// The rate limit's remaining budget.
#[derive(Clone, Copy, Debug, Default)]
pub struct Budget {
    since: u64,
    used: u32,
}

impl Budget {
    /// Whether another message may be read at `now`, in milliseconds.
    pub fn takes(&mut self, now: u64) -> bool {
        // A clock set back also starts a new second.
        if now.abs_diff(self.since) >= SPAN {
            *self = Self { since: now, used: 0 };
        }
        self.used = self.used.saturating_add(1);
        self.used <= RATE_MAX
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_ignores_brackets_in_strings() {
        let deep = |levels: usize| ["[".repeat(levels), "]".repeat(levels)].concat();
        for (text, shallow) in [
            (deep(8), true),
            (deep(9), false),
            (deep(100_000), false),
            (format!("\"{}\"", "[".repeat(50)), true),
            (format!("\"\\\"{}\"", "{".repeat(50)), true),
            (format!("\"\\\\\"{}", "{".repeat(9)), false),
            ("}}}}[[[[".to_owned(), true),
        ] {
            assert_eq!(is_shallow(&text), shallow, "{}", text.get(..20).unwrap_or(&text));
        }
    }

    #[test]
    fn the_element_has_the_same_limits() {
        let script = include_str!("../../public/embed.js");
        for (name, limit) in [("HEARD_MAX", SENT_MAX.to_string()), ("SAID_MAX", LENGTH_MAX.to_string())] {
            assert!(script.contains(&format!("const {name} = {limit};")), "{name}");
        }
    }

    #[test]
    fn a_flood_is_ignored_until_the_second_is_over() {
        let mut budget = Budget::default();
        assert_eq!((0..1000).filter(|_| budget.takes(5_000)).count(), 200);
        assert!(!budget.takes(5_999) && budget.takes(6_000));
        assert!(budget.takes(1_000), "a clock set back does not block forever");
    }
}
