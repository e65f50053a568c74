//! What a role permits: actions, with wildcards.

/// What a role permits.
#[derive(Clone, Debug)]
pub(crate) struct Rights {
    pub(crate) actions: &'static [&'static str],
    pub(crate) not_actions: &'static [&'static str],
    /// The condition of the assignment that gives them.
    pub(crate) condition: Option<String>,
}

pub(crate) const fn unconditional(actions: &'static [&'static str], not_actions: &'static [&'static str]) -> Rights {
    Rights { actions, not_actions, condition: None }
}

impl Rights {
    /// Whether they include `action`, if their condition is fulfilled.
    pub(crate) fn include(&self, action: &str) -> bool {
        self.actions.iter().any(|pattern| matches(pattern, action)) && !self.not_actions.iter().any(|pattern| matches(pattern, action))
    }
}

/// Whether `pattern`, with `*` as a wildcard, matches the action, case-insensitively.
pub(crate) fn matches(pattern: &str, action: &str) -> bool {
    let (pattern, action) = (pattern.to_lowercase(), action.to_lowercase());
    let mut parts = pattern.split('*');
    let Some(mut rest) = action.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut last = None;
    for part in parts {
        if let Some(at) = rest.find(part) {
            rest = &rest[at + part.len()..];
            last = Some(part);
        } else {
            return false;
        }
    }
    last.map_or(rest.is_empty(), |part| part.is_empty() || action.ends_with(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_in_azure() {
        let table = [
            ("*", "A/b/write", true),
            ("*/read", "A/b/READ", true),
            ("*/read", "A/b/write", false),
            ("A/b/write", "a/B/write", true),
            ("A/b/write", "A/b/write2", false),
            ("A/*/read", "A/b/c/read", true),
            ("A/*/read", "A/b/c/read/x", false),
        ];
        for (pattern, action, expected) in table {
            assert_eq!(matches(pattern, action), expected, "{pattern} {action}");
        }
    }
}
