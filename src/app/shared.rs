//! Something that one does and several wait for.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

struct Inner<T> {
    value: Option<T>,
    waiting: Vec<Waker>,
}

/// A value that comes later. Clones wait for the same.
pub(super) struct Shared<T>(Rc<RefCell<Inner<T>>>);

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T: Clone> Shared<T> {
    /// Not there yet.
    pub(super) fn new() -> Self {
        Self(Rc::new(RefCell::new(Inner { value: None, waiting: Vec::new() })))
    }

    /// Gives it to all who wait. Only the first counts.
    pub(super) fn give(&self, value: T) {
        let waiting = {
            let mut inner = self.0.borrow_mut();
            inner.value.get_or_insert(value);
            std::mem::take(&mut inner.waiting)
        };
        for waker in waiting {
            waker.wake();
        }
    }

    /// Waits for it.
    pub(super) async fn wait(&self) -> T {
        poll_fn(|context| {
            let mut inner = self.0.borrow_mut();
            if let Some(value) = &inner.value {
                Poll::Ready(value.clone())
            } else {
                inner.waiting.push(context.waker().clone());
                Poll::Pending
            }
        })
        .await
    }
}
