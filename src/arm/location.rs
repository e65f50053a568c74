//! Regions.

use std::fmt;

/// A region's name in ARM's normal form: `eastus`, never `East US`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocationName(String);

impl LocationName {
    /// The name written in `text`, which may be a display name: ARM joins the two by dropping spaces and case.
    /// `None` where nothing is left or something else than a letter or digit stands in it.
    pub fn parse(text: &str) -> Option<Self> {
        let name: String = text.chars().filter(|letter| *letter != ' ').map(|letter| letter.to_ascii_lowercase()).collect();
        (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(Self(name))
    }

    /// The normal form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LocationName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A region as people choose it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// `eastus`.
    pub name: LocationName,
    /// `East US`.
    pub display_name: String,
    /// `(US) East US`.
    pub regional_display_name: String,
    /// `US`; empty where ARM says nothing.
    pub geography_group: String,
    /// Whether Azure recommends the region (category `Recommended`).
    pub recommended: bool,
}
