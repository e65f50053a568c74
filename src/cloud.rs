//! The pages' access to the cloud: a handle to the backend that the composition root chose.

pub mod identity_list;
pub mod queries;
pub mod registry_list;
pub mod subscription_reads;

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

/// A pending response.
pub type ResponseFuture = Pin<Box<dyn Future<Output = Result<Response, WireError>>>>;

/// Answers the pages' requests: the simulator, or ARM over the network with an account's tokens.
pub trait Backend {
    /// Sends a request. Refuses requests pinned to a caller other than the one they would be sent as, and writes without a
    /// pinned caller ([`may_send`](crate::arm::call::may_send)).
    fn send(self: Rc<Self>, request: Request, pinned: Option<Caller>) -> ResponseFuture;

    /// The current caller; its account is empty if nobody is signed in. Tracked.
    fn caller(&self) -> Caller;

    /// ARM's origin, such as `https://management.azure.com`.
    fn origin(&self) -> &str;
}

/// The page's cloud, in the context of all pages.
#[derive(Clone, Copy)]
pub struct Cloud(StoredValue<Rc<dyn Backend>, LocalStorage>);

impl Cloud {
    pub fn new(backend: Rc<dyn Backend>) -> Self {
        Self(StoredValue::new_local(backend))
    }

    /// The current caller; its account is empty if nobody is signed in. Tracked.
    pub fn present(self) -> Caller {
        self.0.get_value().caller()
    }

    /// The current caller, if somebody is signed in. Tracked.
    pub fn caller(self) -> Option<Caller> {
        Some(self.present()).filter(Caller::is_somebody)
    }

    /// A connection to this cloud. `caller`: the only caller that requests may be sent as; writes need one.
    pub fn connection(self, caller: Option<Caller>) -> Connection {
        Connection { backend: self.0.get_value(), caller }
    }

    /// ARM's origin, such as `https://management.azure.com`.
    pub fn origin(self) -> String {
        self.0.get_value().origin().to_owned()
    }
}

/// Deletes what was created in Preview. In the context only there.
#[derive(Clone, Copy)]
pub struct ResetPreview(pub fn());

/// Lists from Live that stay usable offline. In the context only if `config.json` allows it.
#[derive(Clone, Copy)]
pub enum Lists {
    /// In Live: stores a list that was read completely.
    Keep(Callback<List>),
    /// In Preview: when a list was read in Live, in milliseconds since 1970, 0 if never. `None` if Preview shows nothing of Live.
    ReadAt(Callback<List, Option<u64>>),
}

/// A connection to the cloud: for one caller or, for reading, for whoever is signed in.
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
