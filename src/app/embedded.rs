//! Inside another page. All of it is a part of the program that loads only there: first who that page is, and only then
//! anything of the person's.

mod events;
mod framed;
mod host;
mod tokens;

use std::future::Future;
use std::pin::Pin;

use crate::lazy::PartError;
use crate::messages;

type Doing = Pin<Box<dyn Future<Output = ()>>>;

/// Begins inside another page.
pub(super) async fn start() {
    match entered().await {
        Ok(doing) => doing.await,
        Err(PartError) => super::start::stop(vec![messages::PART_FAILED.into()]),
    }
}

crate::part! {
    in embed:
    fn entered() -> Doing {
        Box::pin(framed::start())
    }
}
