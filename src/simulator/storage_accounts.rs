//! `Microsoft.Storage/storageAccounts`, which are listed and not simulated.

use super::resource_type::{Regions, ResourceType};

/// The type.
pub(crate) static TYPE: ResourceType = ResourceType {
    regions: Regions::All,
    capabilities: "SupportsTags, SupportsLocation",
    ..ResourceType::listed("Microsoft.Storage/storageAccounts", "2024-01-01 2023-05-01")
};
