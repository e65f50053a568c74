//! Theme, density and keyboard shortcuts: what the browser keeps of them. `public/boot.js` sets them before anything is drawn.

use crate::browser::{element, storage};
use crate::messages::{self, Message};

/// Something about the looks, with its choices. The first is what holds without a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its name.
    pub name: Message,
    /// Where the browser keeps it.
    key: &'static str,
    /// The attribute of the page's root by which the styles know it.
    attribute: &'static str,
    /// The words of the attribute, with what they are called. The first is empty: no attribute.
    pub values: &'static [(&'static str, Message)],
}

/// Light, dark, or what the system says.
pub const THEME: Choice = Choice {
    name: messages::THEME,
    key: "identity-portal:theme",
    attribute: "data-theme",
    values: &[("", messages::THEME_SYSTEM), ("light", messages::THEME_LIGHT), ("dark", messages::THEME_DARK)],
};

/// How close things stand.
pub const DENSITY: Choice = Choice {
    name: messages::DENSITY,
    key: "identity-portal:density",
    attribute: "data-density",
    values: &[("", messages::DENSITY_NORMAL), ("compact", messages::DENSITY_COMPACT)],
};

/// Keys of one character ([`super::shortcuts`]), which get in the way of who speaks what they would type.
pub const SHORTCUTS: Choice = Choice {
    name: messages::SHORTCUTS,
    key: "identity-portal:shortcuts",
    attribute: "data-shortcuts",
    values: &[("", messages::SHORTCUTS_ON), ("off", messages::SHORTCUTS_OFF)],
};

impl Choice {
    /// What was chosen: one of its values.
    pub fn current(self) -> &'static str {
        let kept = storage::preference(self.key).unwrap_or_default();
        self.values.iter().map(|(value, _)| *value).find(|value| *value == kept).unwrap_or_default()
    }

    /// Chooses a value, now and for later visits.
    pub fn choose(self, value: &str) {
        storage::set_preference(self.key, value);
        element::mark_root(self.attribute, Some(value).filter(|value| !value.is_empty()));
    }

    /// The group that its radio buttons belong to.
    pub fn group(self) -> &'static str {
        self.attribute
    }
}
