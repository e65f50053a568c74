//! Regions.

use std::fmt;

use serde_json::Value;

use super::client::{ArmClient, versioned};
use super::guid::Guid;
use super::json::text;
use super::paging::Pages;
use super::resource_id::ResourceId;
use super::subscription::SUBSCRIPTIONS_API;
use super::transport::Transport;

/// A region's normalised name: `eastus`, never `East US`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocationName(String);

impl LocationName {
    /// Parses a name or a display name: ARM normalises by dropping spaces and lowering the case. `None` if the result is empty
    /// or holds anything but ASCII letters and digits.
    pub fn parse(text: &str) -> Option<Self> {
        let name: String = text.chars().filter(|letter| *letter != ' ').map(|letter| letter.to_ascii_lowercase()).collect();
        (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(Self(name))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LocationName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A region to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// `eastus`.
    pub name: LocationName,
    /// `East US`.
    pub display_name: String,
    /// `(US) East US`.
    pub regional_display_name: String,
    /// `US`; empty if ARM gives none.
    pub geography_group: String,
    /// Whether Azure recommends the region (category `Recommended`).
    pub recommended: bool,
}

impl<T: Transport> ArmClient<T> {
    /// The physical regions of a subscription.
    pub fn locations(&self, subscription: &Guid) -> Pages<Location> {
        let path = [ResourceId::of_subscription(subscription).as_str(), "/locations"].concat();
        Pages::new(versioned(&path, SUBSCRIPTIONS_API), read)
    }
}

/// The display name of a region; the name itself if it is not among `regions`.
pub fn display_name<'a>(regions: &'a [Location], name: &'a str) -> &'a str {
    regions.iter().find(|region| region.name.as_str() == name).map_or(name, |region| &region.display_name)
}

/// Logical regions (`europe`, and stages of others) hold no resources and are left out.
fn read(value: &Value) -> Option<Location> {
    let name = LocationName::parse(text(value, "name"))?;
    let or_name = |key| Some(text(value, key)).filter(|text| !text.is_empty()).unwrap_or(name.as_str()).to_owned();
    (text(value, "metadata.regionType") != "Logical").then(|| Location {
        display_name: or_name("displayName"),
        regional_display_name: or_name("regionalDisplayName"),
        geography_group: text(value, "metadata.geographyGroup").to_owned(),
        recommended: text(value, "metadata.regionCategory") == "Recommended",
        name: name.clone(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn physical_regions_are_read_with_their_display_names() {
        let regions = [("eastus", "East US", "Physical"), ("westeurope", "West Europe", "Physical"), ("europe", "Europe", "Logical")];
        let regions = regions.map(|(name, display, kind)| {
            json!({ "name": name, "displayName": display, "regionalDisplayName": "", "metadata": { "regionType": kind, "regionCategory": "Recommended", "geographyGroup": "US" } })
        });
        let read: Vec<Location> = regions.iter().filter_map(read).collect();
        assert_eq!(read.len(), 2, "logical regions are left out");
        assert_eq!(
            (read[0].display_name.as_str(), read[0].regional_display_name.as_str(), read[0].recommended),
            ("East US", "eastus", true)
        );
        assert_eq!([display_name(&read, "eastus"), display_name(&read, "marsnorth")], ["East US", "marsnorth"]);
    }
}
