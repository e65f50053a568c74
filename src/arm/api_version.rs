//! API versions shared by several resource types.

/// For resource groups, providers, tags and deployments (Microsoft.Resources, `resources.json`).
pub const RESOURCES_API: &str = "2024-07-01";
