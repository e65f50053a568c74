//! Names and IDs of the seeded world, which are fixed, so that tests and people can rely on them.

pub(super) mod tables;

/// The subscription with most of the resources.
pub const DEVELOPMENT: &str = "3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01";
/// The subscription without `Microsoft.ManagedIdentity` registered.
pub const SANDBOX: &str = "7b20e9d4-51af-4c68-b3f2-08d6a4c59e02";
/// The disabled subscription.
pub const ARCHIVE: &str = "c94d7e18-a6b3-4f21-8e57-5b1f0c3a6d03";

/// A group with a read-only lock.
pub const LOCKED_GROUP: &str = "rg-finance-ledger";
/// A group with a `CanNotDelete` lock, which does not matter here.
pub const KEPT_GROUP: &str = "rg-network-hub";
/// A group whose policies allow two regions and require the tag `CostCenter`.
pub const POLICY_GROUP: &str = "rg-europe-only";
/// A group in which the account may only read.
pub const READER_GROUP: &str = "rg-audit";
