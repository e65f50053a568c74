//! Workload identity federation: from what a person knows about a workload outside Azure (its repository, cluster, workspace) to the
//! federated credentials that let it sign in as an identity, with the problems that would only show when it does.
//!
//! `draft` holds what is typed, and makes issuer and subject of it; `address` splits an address that is pasted into it; `check` finds
//! the problems; `claims` reads a pasted token; `usage` writes what the workload needs to sign in.

pub mod address;
pub mod check;
pub mod claims;
pub mod draft;
pub mod usage;
