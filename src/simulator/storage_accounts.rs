//! `Microsoft.Storage/storageAccounts`, which are listed and not simulated.

use super::resource::Resource;
use super::resource_type::{Regions, ResourceType};

/// The type.
pub(crate) static TYPE: ResourceType = ResourceType {
    namespace: "Microsoft.Storage",
    name: "storageAccounts",
    versions: "2024-01-01 2023-05-01",
    regions: Regions::All,
    capabilities: "SupportsTags, SupportsLocation",
    scopes: &[],
    answer: None,
    show: None,
    id: Resource::plain_id,
    deployed: None,
};
