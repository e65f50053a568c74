//! What the ARM client needs from its environment: sending requests, waiting, and fresh GUIDs.

use std::time::Duration;

use super::guid::Guid;
use super::http::{Request, Response};

/// Carries requests to ARM: over the network, to the simulator, or to a test.
///
/// A transport adds the access token; the client never sees it. Dropping the future of `send` cancels the request.
#[expect(async_fn_in_trait, reason = "the browser has one thread: no transport needs to be Send")]
pub trait Transport {
    /// Sends `request` and returns the response, whatever its status.
    ///
    /// # Errors
    /// If no response arrived.
    async fn send(&self, request: Request) -> Result<Response, WireError>;

    /// Waits before a retry or the next poll.
    async fn wait(&self, duration: Duration);

    /// A random GUID, for `x-ms-client-request-id` and role assignments.
    fn new_guid(&self) -> Guid;
}

/// Why no response arrived.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// The network is down, the host is unreachable, or CORS blocked the response: browsers do not tell these apart.
    #[error("the service could not be reached")]
    Unreachable,
    /// The transport's timeout elapsed.
    #[error("the service did not answer in time")]
    TimedOut,
    /// The session has ended or requires interaction.
    #[error("you are not signed in")]
    SignInRequired,
    /// Not sent: it is pinned to another caller.
    #[error("this belongs to another account")]
    OtherCaller,
    /// The lazily loaded part of the program that answers could not be loaded.
    #[error("a part of the program could not be loaded")]
    PartMissing,
}
