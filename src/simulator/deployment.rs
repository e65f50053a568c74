//! A deployment.

use serde::{Deserialize, Serialize};

/// A deployment, as it is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Deployment {
    pub(crate) subscription: String,
    /// `None` for one of the subscription.
    pub(crate) group: Option<String>,
    pub(crate) name: String,
}
