//! The cloud as pages reach it: a handle on the backend that the composition root chose.

pub mod identity_list;
pub mod queries;

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;

use crate::arm::caller::Caller;
use crate::arm::guid::Guid;
use crate::arm::http::{Request, Response};
use crate::arm::last_read::List;
use crate::arm::transport::{Transport, WireError};
use crate::browser::{clock, random};

/// A response under way.
pub type ResponseFuture = Pin<Box<dyn Future<Output = Result<Response, WireError>>>>;

/// What answers the requests of pages: the simulator, or ARM over the network with somebody's tokens.
pub trait Backend {
    /// Sends a request. It refuses what is pinned to another caller than the one it would be sent as, and every write that is
    /// pinned to nobody ([`may_send`](crate::arm::call::may_send)).
    fn send(self: Rc<Self>, request: Request, pinned: Option<Caller>) -> ResponseFuture;

    /// The caller of requests that are sent now, with an empty account where nobody is signed in. Tracked.
    fn caller(&self) -> Caller;

    /// ARM's origin, such as `https://management.azure.com`.
    fn origin(&self) -> &str;
}

/// The cloud of this page, in the context of all pages.
#[derive(Clone, Copy)]
pub struct Cloud(StoredValue<Rc<dyn Backend>, LocalStorage>);

impl Cloud {
    /// The cloud that `backend` answers for.
    pub fn new(backend: Rc<dyn Backend>) -> Self {
        Self(StoredValue::new_local(backend))
    }

    /// The caller of requests that are sent now, with an empty account where nobody is signed in. Tracked.
    pub fn present(self) -> Caller {
        self.0.get_value().caller()
    }

    /// The caller of requests that are sent now, if anybody is signed in. Tracked.
    pub fn caller(self) -> Option<Caller> {
        Some(self.present()).filter(Caller::is_somebody)
    }

    /// The way to this cloud. `caller`: the only one that requests may be sent as, which writes need.
    pub fn connection(self, caller: Option<Caller>) -> Connection {
        Connection { backend: self.0.get_value(), caller }
    }

    /// ARM's origin, such as `https://management.azure.com`.
    pub fn origin(self) -> String {
        self.0.get_value().origin().to_owned()
    }
}

/// Forgets what was made in Preview. In the context only there.
#[derive(Clone, Copy)]
pub struct ResetPreview(pub fn());

/// Lists of Live that stay usable without a network. In the context only where `config.json` allows it.
#[derive(Clone, Copy)]
pub enum Lists {
    /// In Live: keeps a list that was read to its end.
    Keep(Callback<List>),
    /// In Preview: when a list was read in Live, in milliseconds since 1970, 0 if never. `None` where Preview shows nothing of Live.
    ReadAt(Callback<List, Option<u64>>),
}

/// The way to the cloud: for one caller or, where requests only read, for whoever is signed in.
pub struct Connection {
    backend: Rc<dyn Backend>,
    caller: Option<Caller>,
}

impl Transport for Connection {
    async fn send(&self, request: Request) -> Result<Response, WireError> {
        Rc::clone(&self.backend).send(request, self.caller.clone()).await
    }

    async fn wait(&self, duration: Duration) {
        clock::wait(duration).await;
    }

    fn new_guid(&self) -> Guid {
        Guid::from_random(random::id())
    }
}
