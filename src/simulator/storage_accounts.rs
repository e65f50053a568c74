//! `Microsoft.Storage/storageAccounts`, which are listed but not simulated.

use super::resource_type::{Regions, ResourceType};

pub(crate) static TYPE: ResourceType = ResourceType {
    regions: Regions::All,
    capabilities: "SupportsTags, SupportsLocation",
    ..ResourceType::listed("Microsoft.Storage/storageAccounts", "2024-01-01 2023-05-01")
};
