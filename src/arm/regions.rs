//! The public cloud's physical regions, as of 2026, for where no cloud can be asked. A region's name is its display name in
//! lower case without spaces, which is also how ARM joins the two: so one short line in `regions.txt` holds all of it.

use super::location::LocationName;

/// One region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PublicRegion {
    /// `East US`.
    pub(crate) display: &'static str,
    /// `US`.
    pub(crate) geography_group: &'static str,
    /// `Recommended` or `Other`.
    pub(crate) category: &'static str,
}

/// All of them, in the order in which ARM lists them.
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

/// The display name of one of them.
#[cfg(feature = "ui")]
pub(crate) fn display_name(name: &LocationName) -> Option<&'static str> {
    public().map(|region| region.display).find(|display| LocationName::parse(display).as_ref() == Some(name))
}

/// The names of all regions that are known: the public cloud's. The sovereign clouds' are told by how they begin.
pub(crate) struct KnownRegions(Vec<LocationName>);

impl KnownRegions {
    /// How the regions of Azure Government and Azure China begin.
    const SOVEREIGN: [&str; 3] = ["usgov", "usdod", "china"];

    pub(crate) fn new() -> Self {
        Self(public().filter_map(|region| LocationName::parse(region.display)).collect())
    }

    pub(crate) fn has(&self, region: &LocationName) -> bool {
        Self::SOVEREIGN.iter().any(|start| region.as_str().starts_with(start)) || self.0.contains(region)
    }
}

/// Regions whose identities take no federated credentials yet (Microsoft Entra docs, "Important considerations and restrictions
/// for federated identity credentials", Unsupported regions). The list changes, so it only informs.
const WITHOUT_FEDERATED_CREDENTIALS: [&str; 2] = ["malaysiasouth", "newzealandnorth"];
/// Where Microsoft keeps that list.
#[cfg(feature = "ui")]
pub(crate) const FEDERATED_CREDENTIALS_PAGE: &str = "https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations#unsupported-regions-user-assigned-managed-identities";

/// Whether identities of `region` are known to take no federated credentials.
pub(crate) fn lacks_federated_credentials(region: &LocationName) -> bool {
    WITHOUT_FEDERATED_CREDENTIALS.contains(&region.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_are_the_public_and_the_sovereign_ones() {
        let regions = KnownRegions::new();
        assert_eq!(regions.0.len(), 56);
        for (name, known) in [("eastus", true), ("West US 2", true), ("usgovvirginia", true), ("chinanorth3", true), ("mars", false)] {
            assert_eq!(regions.has(&LocationName::parse(name).unwrap()), known, "{name}");
        }
    }
}
