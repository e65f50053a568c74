//! The organisation's own rules, from `config.json` or from a host page.

use super::pattern::Pattern;
use crate::arm::guid::Guid;
use crate::arm::subscription::Subscription;

/// Rules besides ARM's; each blocks. Empty lists forbid nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    /// What names must look like; all of them hold.
    pub names: Vec<NameRule>,
    /// Tags that must be there. One tag may stand twice: then both hold.
    pub required_tags: Vec<RequiredTag>,
    /// Regions that may be chosen, in normal form; empty for all.
    pub regions: Vec<String>,
    /// Subscriptions that may be chosen, by id; empty for all.
    pub subscriptions: Vec<String>,
}

impl Rules {
    /// Whether the subscription of this id may be chosen.
    pub fn name_subscription(&self, id: &Guid) -> bool {
        self.subscriptions.is_empty() || self.subscriptions.iter().any(|named| named.eq_ignore_ascii_case(id.as_str()))
    }

    /// Whether any rule has a pattern, which has to be compiled.
    pub fn have_patterns(&self) -> bool {
        !self.names.is_empty() || self.required_tags.iter().any(|tag| tag.pattern.is_some())
    }

    /// Whether something can be made in this subscription: it may be chosen, and takes writes.
    pub fn allow(&self, subscription: &Subscription) -> bool {
        subscription.state.accepts_writes() && self.name_subscription(&subscription.id)
    }
}

/// What names must look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameRule {
    /// For the whole name.
    pub pattern: Pattern,
    /// What to tell the person where it does not match.
    pub message: String,
}

/// A tag that must be there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequiredTag {
    /// Its name.
    pub name: String,
    /// The values it may have; empty for any.
    pub values: Vec<String>,
    /// For its whole value.
    pub pattern: Option<Pattern>,
}
