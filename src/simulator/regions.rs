//! The regions of the simulated Azure: the public cloud's, or those of an offline snapshot.

use std::borrow::Cow;

use crate::arm::location::Location;
use crate::arm::regions::{PublicRegion, public};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    /// `East US`.
    pub(crate) display: Cow<'static, str>,
    /// `US`.
    pub(crate) geography_group: Cow<'static, str>,
    /// `Recommended` or `Other`.
    pub(crate) category: &'static str,
}

impl Region {
    /// `eastus`.
    pub(crate) fn name(&self) -> String {
        normal(&self.display)
    }

    /// Whether `location` is this region's name or display name, case-insensitively.
    pub(crate) fn is(&self, location: &str) -> bool {
        self.name() == normal(location)
    }
}

/// A location in ARM's normalised form: lower case, no spaces.
pub(crate) fn normal(location: &str) -> String {
    location.chars().filter(|letter| *letter != ' ').map(|letter| letter.to_ascii_lowercase()).collect()
}

/// Regions without identities, so that the page has some to show.
const WITHOUT_IDENTITIES: [&str; 2] = ["Jio India Central", "Brazil Southeast"];

/// A region of an offline snapshot.
impl From<&Location> for Region {
    fn from(location: &Location) -> Self {
        Self {
            display: location.display_name.clone().into(),
            geography_group: location.geography_group.clone().into(),
            category: if location.recommended { "Recommended" } else { "Other" },
        }
    }
}

#[derive(Debug)]
pub(crate) struct Regions(Vec<Region>);

impl Default for Regions {
    fn default() -> Self {
        Self(all().collect())
    }
}

impl Regions {
    /// These, in this order.
    pub(crate) fn of(list: &[Location]) -> Self {
        Self(list.iter().map(Region::from).collect())
    }

    /// In the order in which ARM lists them.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Region> {
        self.0.iter()
    }

    /// The regions that offer identities.
    pub(crate) fn with_identities(&self) -> impl Iterator<Item = &Region> {
        self.all().filter(|region| !WITHOUT_IDENTITIES.contains(&&*region.display))
    }

    /// The region with this name or display name.
    pub(crate) fn find(&self, location: &str) -> Option<&Region> {
        self.all().find(|region| region.is(location))
    }
}

/// The regions of the seeded world.
pub(crate) fn all() -> impl Iterator<Item = Region> {
    public().map(|PublicRegion { display, geography_group, category }| Region {
        display: display.into(),
        geography_group: geography_group.into(),
        category,
    })
}

/// Comma-separated names, as ARM lists them in errors.
pub(crate) fn names<'a>(regions: impl Iterator<Item = &'a Region>) -> String {
    regions.map(Region::name).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_the_56_regions() {
        let regions = Regions::default();
        assert_eq!(regions.all().count(), 56);
        assert_eq!(regions.all().filter(|region| region.category == "Recommended").count(), 36);
        assert_eq!(regions.with_identities().count(), 54);
        let east = regions.find("East US").expect("listed");
        assert_eq!((east.name().as_str(), &*east.geography_group, east.category), ("eastus", "US", "Recommended"));
        assert_eq!(regions.find("EASTUS"), Some(east));
        assert_eq!(regions.find("atlantis"), None);
    }
}
