//! The cloud as pages reach it: a transport whose ends the composition root chose.

pub mod identity_list;
pub mod queries;

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use crate::arm::caller::Caller;
use crate::arm::guid::Guid;
use crate::arm::http::{Request, Response};
use crate::arm::last_read::List;
use crate::arm::transport::{Transport, WireError};
use crate::browser::{clock, random};

/// An answer under way.
pub type Answering = Pin<Box<dyn Future<Output = Result<Response, WireError>>>>;

/// Carries a request to the simulator or over the network. It refuses what is pinned to another caller than the one it would be
/// sent as, and every write that is pinned to nobody ([`may_send`](crate::arm::call::may_send)).
pub type Send = fn(Request, Option<Caller>) -> Answering;

/// The cloud of this page.
#[derive(Clone, Copy)]
pub struct Cloud {
    send: Send,
    present: fn() -> Caller,
    origin: &'static str,
}

impl Cloud {
    /// The cloud that `send` reaches, with ARM at `origin`. `present`: see [`Self::present`].
    pub fn new(send: Send, present: fn() -> Caller, origin: &'static str) -> Self {
        Self { send, present, origin }
    }

    /// As whom requests are sent now, with an empty account where nobody is there. Tracked.
    pub fn present(self) -> Caller {
        (self.present)()
    }

    /// As whom requests are sent now, if anybody is there. Tracked.
    pub fn caller(self) -> Option<Caller> {
        Some(self.present()).filter(Caller::is_somebody)
    }

    /// The way to this cloud; `caller`: as whom alone requests may be sent, which writes need.
    pub fn connection(self, caller: Option<Caller>) -> Connection {
        Connection { cloud: self, caller }
    }

    /// ARM's origin, such as `https://management.azure.com`.
    pub fn origin(self) -> &'static str {
        self.origin
    }
}

/// Forgets what was made in Preview. In the context only there.
#[derive(Clone, Copy)]
pub struct ResetPreview(pub fn());

/// Lists of Live that stay usable without a network. In the context only where `config.json` allows it.
#[derive(Clone, Copy)]
pub enum Lists {
    /// In Live: keeps a list that was read to its end.
    Keep(fn(List)),
    /// In Preview: when a list was read in Live, in milliseconds since 1970, 0 if never. `None` where Preview shows nothing of Live.
    ReadAt(fn(&List) -> Option<u64>),
}

/// The way to the cloud, for one caller or, where requests only ask, for whoever it is.
pub struct Connection {
    cloud: Cloud,
    caller: Option<Caller>,
}

impl Transport for Connection {
    async fn send(&self, request: Request) -> Result<Response, WireError> {
        (self.cloud.send)(request, self.caller.clone()).await
    }

    async fn wait(&self, duration: Duration) {
        clock::wait(duration).await;
    }

    fn new_guid(&self) -> Guid {
        Guid::from_random(random::id())
    }
}
