//! The cloud as pages reach it: a transport whose ends the composition root chose.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use crate::arm::guid::Guid;
use crate::arm::http::{Request, Response};
use crate::arm::last_read::List;
use crate::arm::transport::{Transport, WireError};
use crate::browser::{clock, random};

/// An answer under way.
pub type Answering = Pin<Box<dyn Future<Output = Result<Response, WireError>>>>;

/// Carries a request to the simulator or over the network.
pub type Send = fn(Request) -> Answering;

/// The cloud of this page.
#[derive(Clone, Copy)]
pub struct Cloud {
    send: Send,
    origin: &'static str,
}

impl Cloud {
    /// The cloud that `send` reaches, with ARM at `origin`.
    pub fn new(send: Send, origin: &'static str) -> Self {
        Self { send, origin }
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

impl Transport for Cloud {
    async fn send(&self, request: Request) -> Result<Response, WireError> {
        (self.send)(request).await
    }

    async fn wait(&self, duration: Duration) {
        clock::wait(duration).await;
    }

    fn new_guid(&self) -> Guid {
        Guid::from_random(random::bytes())
    }
}
