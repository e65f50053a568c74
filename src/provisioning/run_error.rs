//! Why a run stopped.

use crate::arm::error::{ArmError, Refusal};

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RunError {
    /// A call failed. The run can be resumed.
    #[error(transparent)]
    Call(#[from] ArmError),
    /// A sent request got no answer, and Azure could not be asked about the outcome. Resuming the run queries it first, and
    /// sends nothing before it is known.
    #[error("it is not known what became of it: {0}")]
    Unknown(ArmError),
    /// The deployment failed, with ARM's error.
    #[error("{}: {}", .0.code, .0.message)]
    Failed(Box<Refusal>),
    /// Somebody cancelled the deployment.
    #[error("the deployment was cancelled")]
    Canceled,
    /// ARM reported success, but what was created cannot be found.
    #[error("what was made could not be found")]
    Missing,
}
