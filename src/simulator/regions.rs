//! The public cloud's physical regions, as of 2026. A region's name is its display name in lower case without spaces,
//! which is also how ARM joins the two: so one short line in `regions.txt` holds all of it.

/// One region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    /// `East US`.
    pub(crate) display: &'static str,
    /// `US`.
    pub(crate) geography_group: &'static str,
    /// `Recommended` or `Other`.
    pub(crate) category: &'static str,
}

impl Region {
    /// `eastus`.
    pub(crate) fn name(self) -> String {
        normal(self.display)
    }

    /// Whether `location` is this region, written as a name or as a display name in any case.
    fn is(self, location: &str) -> bool {
        self.name() == normal(location)
    }
}

/// A location in ARM's normal form: lower case, no spaces.
pub(crate) fn normal(location: &str) -> String {
    location.chars().filter(|letter| *letter != ' ').map(|letter| letter.to_ascii_lowercase()).collect()
}

/// Regions where identities cannot be made, so that the page has such regions to show.
const WITHOUT_IDENTITIES: [&str; 2] = ["Jio India Central", "Brazil Southeast"];

/// All regions, in the order in which ARM lists them.
pub(crate) fn all() -> impl Iterator<Item = Region> {
    let mut category = "";
    include_str!("regions.txt").lines().filter_map(move |line| {
        if let Some(heading) = line.strip_prefix('[') {
            category = heading.trim_end_matches(']');
            return None;
        }
        let (display, geography_group) = line.split_once('|')?;
        Some(Region { display, geography_group, category })
    })
}

/// Regions where identities can be made.
pub(crate) fn with_identities() -> impl Iterator<Item = Region> {
    all().filter(|region| !WITHOUT_IDENTITIES.contains(&region.display))
}

/// The region that `location` names.
pub(crate) fn find(location: &str) -> Option<Region> {
    all().find(|region| region.is(location))
}

/// Names with commas between, as ARM lists them in errors.
pub(crate) fn names(regions: impl Iterator<Item = Region>) -> String {
    regions.map(Region::name).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_the_56_regions() {
        assert_eq!(all().count(), 56);
        assert_eq!(all().filter(|region| region.category == "Recommended").count(), 36);
        assert_eq!(with_identities().count(), 54);
        let east = find("East US").expect("it is listed");
        assert_eq!((east.name().as_str(), east.geography_group, east.category), ("eastus", "US", "Recommended"));
        assert_eq!(find("EASTUS"), Some(east));
        assert_eq!(find("atlantis"), None);
    }
}
