//! Theme, density and keyboard shortcuts, stored for the browser. `public/boot.js` applies them before the first paint.

use crate::browser::{element, storage};
use crate::messages::{self, Message};

/// A preference with its values. The first is the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    pub name: Message,
    /// The local storage key.
    key: &'static str,
    /// The attribute of the root element that the styles select by.
    attribute: &'static str,
    /// The attribute's values, with their labels. The first is empty: no attribute.
    pub values: &'static [(&'static str, Message)],
}

/// Light, dark, or the system's theme.
pub const THEME: Choice = Choice {
    name: messages::THEME,
    key: "identity-portal:theme",
    attribute: "data-theme",
    values: &[("", messages::THEME_SYSTEM), ("light", messages::THEME_LIGHT), ("dark", messages::THEME_DARK)],
};

pub const DENSITY: Choice = Choice {
    name: messages::DENSITY,
    key: "identity-portal:density",
    attribute: "data-density",
    values: &[("", messages::DENSITY_NORMAL), ("compact", messages::DENSITY_COMPACT)],
};

/// Single-character shortcuts ([`super::shortcuts`]), which interfere with speech input.
pub const SHORTCUTS: Choice = Choice {
    name: messages::SHORTCUTS,
    key: "identity-portal:shortcuts",
    attribute: "data-shortcuts",
    values: &[("", messages::SHORTCUTS_ON), ("off", messages::SHORTCUTS_OFF)],
};

impl Choice {
    /// The stored value, or the default.
    pub fn current(self) -> &'static str {
        let stored = storage::preference(self.key).unwrap_or_default();
        self.values.iter().map(|(value, _)| *value).find(|value| *value == stored).unwrap_or_default()
    }

    /// Applies a value, and stores it for later visits.
    pub fn choose(self, value: &str) {
        storage::set_preference(self.key, value);
        element::mark_root(self.attribute, Some(value).filter(|value| !value.is_empty()));
    }

    /// The `name` of its radio buttons.
    pub fn group(self) -> &'static str {
        self.attribute
    }
}
