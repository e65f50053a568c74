//! The public cloud's physical regions as of 2026, for when no cloud can be reached. A region's name is its display name in
//! lower case without spaces, which is how ARM normalises it, so one short line in `regions.txt` holds everything.

use super::location::LocationName;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PublicRegion {
    /// `East US`.
    pub(crate) display: &'static str,
    /// `US`.
    pub(crate) geography_group: &'static str,
    /// `Recommended` or `Other`.
    pub(crate) category: &'static str,
}

/// In the order in which ARM lists them.
pub(crate) fn public() -> impl Iterator<Item = PublicRegion> {
    let mut category = "";
    include_str!("regions.txt").lines().filter_map(move |line| {
        if let Some(heading) = line.strip_prefix('[') {
            category = heading.trim_end_matches(']');
            return None;
        }
        let (display, geography_group) = line.split_once('|')?;
        Some(PublicRegion { display, geography_group, category })
    })
}

pub(crate) fn display_name(name: &LocationName) -> Option<&'static str> {
    public().map(|region| region.display).find(|display| LocationName::parse(display).as_ref() == Some(name))
}

/// The names of all known regions of the public cloud. Regions of sovereign clouds are recognised by prefix.
pub(crate) struct KnownRegions(Vec<LocationName>);

impl KnownRegions {
    /// Prefixes of the regions of Azure Government and Azure China.
    const SOVEREIGN: [&str; 3] = ["usgov", "usdod", "china"];

    pub(crate) fn new() -> Self {
        Self(public().filter_map(|region| LocationName::parse(region.display)).collect())
    }

    pub(crate) fn has(&self, region: &LocationName) -> bool {
        Self::SOVEREIGN.iter().any(|start| region.as_str().starts_with(start)) || self.0.contains(region)
    }
}

/// Regions whose identities do not support federated credentials yet (Microsoft Entra docs, "Important considerations and
/// restrictions for federated identity credentials", Unsupported regions). The list changes, so it is informational only.
const WITHOUT_FEDERATED_CREDENTIALS: [&str; 2] = ["malaysiasouth", "newzealandnorth"];
/// Where Microsoft publishes that list.
#[cfg(feature = "ui")]
pub(crate) const FEDERATED_CREDENTIALS_PAGE: &str = "https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations#unsupported-regions-user-assigned-managed-identities";

pub(crate) fn lacks_federated_credentials(region: &LocationName) -> bool {
    WITHOUT_FEDERATED_CREDENTIALS.contains(&region.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_public_and_sovereign_regions() {
        let regions = KnownRegions::new();
        assert_eq!(regions.0.len(), 56);
        for (name, known) in [("eastus", true), ("West US 2", true), ("usgovvirginia", true), ("chinanorth3", true), ("mars", false)] {
            assert_eq!(regions.has(&LocationName::parse(name).unwrap()), known, "{name}");
        }
    }
}
