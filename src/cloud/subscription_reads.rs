//! Reads something of many subscriptions: the first of them at once, more on request, since each costs a request.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use crate::arm::subscription::Subscription;

/// Maximum subscriptions read before the person is asked.
pub const AT_ONCE: usize = 50;

/// Calls `read` with one subscription after another until none is left. Four run in parallel, since a browser opens six connections per
/// host.
pub async fn each<F: Future<Output = ()>>(subscriptions: Vec<Subscription>, read: impl Fn(Subscription) -> F) {
    let next = Rc::new(RefCell::new(subscriptions.into_iter()));
    let reader = || async {
        loop {
            let subscription = next.borrow_mut().next();
            let Some(subscription) = subscription else { break };
            read(subscription).await;
        }
    };
    futures::join!(reader(), reader(), reader(), reader());
}
