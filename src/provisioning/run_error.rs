//! Why a run stopped.

use crate::arm::error::{ArmError, Refusal};

/// Why a run stopped.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RunError {
    /// A call failed. The run can be taken up again.
    #[error(transparent)]
    Call(#[from] ArmError),
    /// No answer came to what was sent, and Azure could not be asked what became of it. Taking the run up again looks first, and
    /// sends nothing before it is known.
    #[error("it is not known what became of it: {0}")]
    Unknown(ArmError),
    /// The deployment ended in failure: what ARM says of it.
    #[error("{}: {}", .0.code, .0.message)]
    Failed(Box<Refusal>),
    /// Somebody stopped the deployment.
    #[error("the deployment was cancelled")]
    Canceled,
    /// ARM said that it is done, but what was made cannot be found.
    #[error("what was made could not be found")]
    Missing,
}
