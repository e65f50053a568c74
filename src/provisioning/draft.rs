//! What the person typed, and nothing else. It survives reloads, sign-ins and crashes: see `stored_draft.rs`.

use serde::{Deserialize, Serialize};

use crate::arm::tags::TAGS_MAX;

/// Maximum characters taken of a value from elsewhere (a link, a host page, a script): more than any field allows, so that the
/// check still reports overlong values.
pub const VALUE_MAX: usize = 1024;
/// Maximum tags or other entries taken from elsewhere, for the same reason.
pub const ENTRIES_MAX: usize = 2 * TAGS_MAX;

/// A value from elsewhere, with at most [`VALUE_MAX`] characters.
pub fn truncated(text: impl Into<String>) -> String {
    let text = text.into();
    // There are at least as many bytes as characters.
    if text.len() <= VALUE_MAX { text } else { text.chars().take(VALUE_MAX).collect() }
}

/// The form as typed. Empty strings are unfilled fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Draft {
    /// The subscription's id.
    pub subscription: String,
    /// The resource group's name.
    pub resource_group: String,
    /// Whether to create that group.
    pub group_is_new: bool,
    /// Whether a new group gets the identity's tags too. `None` until the person chooses; until then the group's policies decide.
    pub tag_group: Option<bool>,
    /// The region's name, such as `eastus`.
    pub region: String,
    /// Whether the person chose the region; until then it follows the resource group.
    pub region_chosen: bool,
    pub name: String,
    /// `None` or `Regional`; empty counts as `None`.
    pub isolation_scope: String,
    /// Resource types or providers that may use the identity; empty for all.
    pub restrictions: Vec<String>,
    /// Rows of tags, including empty ones.
    pub tags: Vec<TagRow>,
    /// What is chosen in the tab **Access**, stored by [`AccessDraft`](crate::access::draft::AccessDraft); empty if nothing is. Read where
    /// it is shown or sent, so that its code isn't loaded with the form.
    pub access: String,
    /// Whether to create with single requests instead of a template deployment.
    pub direct: bool,
}

/// A row of the Tags tab.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TagRow {
    pub name: String,
    pub value: String,
}

impl TagRow {
    pub fn is_blank(&self) -> bool {
        self.name.is_empty() && self.value.is_empty()
    }
}
