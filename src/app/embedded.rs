//! The page inside a host page: a lazily loaded part. The host is identified before any of the person's data is read.
//!
//! From the bottom: [`host`], the connection; [`tokens`], ARM with the host's tokens; [`events`], what is sent to the host;
//! [`incoming`], what comes from it; [`framed`], the handshake and the page.

mod events;
mod framed;
mod host;
mod incoming;
mod tokens;

use std::future::Future;
use std::pin::Pin;

use crate::lazy::PartError;
use crate::messages;

type Task = Pin<Box<dyn Future<Output = ()>>>;

/// Starts inside a host page.
pub(super) async fn start() {
    match entered().await {
        Ok(task) => task.await,
        Err(PartError) => super::configuration::show_problems(vec![messages::PART_FAILED.into()]),
    }
}

crate::part! {
    in embed:
    fn entered() -> Task {
        Box::pin(framed::start())
    }
}
