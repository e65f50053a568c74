//! What is read at all: a host may be broken or hostile, and its messages cost no more than a glance then.

/// Longest message that the host may send, in UTF-16 units as the browser counts: fifty tags, rules with long lists and a token have room.
pub const LENGTH_MAX: u32 = 128 * 1024;
/// Longest message that the page sends, in the same units: a request in six languages, with each character of fifty tags escaped.
pub const SENT_MAX: usize = 4 * 1024 * 1024;
/// Deepest nesting; the contract's own messages have five levels.
const DEPTH_MAX: usize = 8;
/// Most messages that are read in a second.
const RATE_MAX: u32 = 200;
/// What counts as that second, in milliseconds.
const SPAN: u64 = 1000;

/// Whether `text` is nested no deeper than anything that is meant. What is no JSON is told by its reader.
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

/// How many messages are still read in this second.
#[derive(Clone, Copy, Debug, Default)]
pub struct Budget {
    since: u64,
    used: u32,
}

impl Budget {
    /// Whether one more is read at `now`, in milliseconds.
    pub fn takes(&mut self, now: u64) -> bool {
        // A clock that was turned back begins anew, too.
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
    fn depth_counts_outside_of_texts() {
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
    fn a_flood_is_read_no_further_until_the_second_is_over() {
        let mut budget = Budget::default();
        assert_eq!((0..1000).filter(|_| budget.takes(5_000)).count(), 200);
        assert!(!budget.takes(5_999) && budget.takes(6_000));
        assert!(budget.takes(1_000), "a clock turned back does not shut it for ever");
    }
}
