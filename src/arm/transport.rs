//! What the client needs of the world: sending, waiting, and a fresh id for each request.

use std::time::Duration;

use super::guid::Guid;
use super::http::{Request, Response};

/// Carries requests to ARM: over the network, to the simulator, or wherever a test wants them.
///
/// A transport adds what proves who asks (the access token); the client never sees it.
/// Dropping the future that `send` returns cancels the request.
#[expect(async_fn_in_trait, reason = "the browser has one thread: no transport needs to be Send")]
pub trait Transport {
    /// Sends `request` and gives the answer, whatever its status.
    ///
    /// # Errors
    /// When no answer came.
    async fn send(&self, request: Request) -> Result<Response, WireError>;

    /// Waits, before a retry or the next poll.
    async fn wait(&self, duration: Duration);

    /// A fresh random id, for `x-ms-client-request-id` and role assignments.
    fn new_guid(&self) -> Guid;
}

/// Why no answer came.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// The network is gone, the host cannot be reached, or CORS forbade reading the answer: a browser tells these apart to nobody.
    #[error("the service could not be reached")]
    Unreachable,
    /// No answer within the time the transport waits.
    #[error("the service did not answer in time")]
    TimedOut,
    /// The session has ended or asks for a person: sign in first.
    #[error("you are not signed in")]
    SignInRequired,
    /// It was not sent: it is pinned to another caller than the one it would be sent as.
    #[error("this belongs to another account")]
    OtherCaller,
    /// The part of the program that would answer could not be loaded.
    #[error("a part of the program could not be loaded")]
    PartMissing,
}
