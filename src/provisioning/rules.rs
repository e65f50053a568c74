//! The organisation's own rules, from `config.json` or from a host page.

use super::pattern::Pattern;
use crate::arm::guid::Guid;
use crate::arm::subscription::Subscription;

/// Rules in addition to ARM's; every violation blocks. Empty lists forbid nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    /// Rules for names; all must match.
    pub names: Vec<NameRule>,
    /// Required tags. A tag may be listed twice: then both rules apply.
    pub required_tags: Vec<RequiredTag>,
    /// Allowed regions, in normal form; empty for all.
    pub regions: Vec<String>,
    /// Allowed subscriptions, by id; empty for all.
    pub subscriptions: Vec<String>,
}

impl Rules {
    /// Whether the rules allow the subscription with this id.
    pub fn name_subscription(&self, id: &Guid) -> bool {
        self.subscriptions.is_empty() || self.subscriptions.iter().any(|named| named.eq_ignore_ascii_case(id.as_str()))
    }

    /// Whether any rule has a pattern, which must be compiled.
    pub fn have_patterns(&self) -> bool {
        !self.names.is_empty() || self.required_tags.iter().any(|tag| tag.pattern.is_some())
    }

    /// Whether resources can be created in this subscription: it is allowed, and accepts writes.
    pub fn allow(&self, subscription: &Subscription) -> bool {
        subscription.state.accepts_writes() && self.name_subscription(&subscription.id)
    }
}

/// A rule for names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameRule {
    /// Must match the whole name.
    pub pattern: Pattern,
    /// What to tell the person if it does not match.
    pub message: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequiredTag {
    pub name: String,
    /// The allowed values; empty for any.
    pub values: Vec<String>,
    /// Must match the whole value.
    pub pattern: Option<Pattern>,
}
