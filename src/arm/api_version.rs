//! Api-versions that several types of resources share.

/// Of groups, providers, tags and deployments (Microsoft.Resources, `resources.json`).
pub const RESOURCES_API: &str = "2024-07-01";
