//! A result that several tasks wait for.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

struct Inner<T> {
    value: Option<T>,
    wakers: Vec<Waker>,
}

/// A value that is set once and awaited by any number of tasks. Clones share it.
pub(super) struct Completion<T>(Rc<RefCell<Inner<T>>>);

impl<T> Clone for Completion<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T: Clone> Completion<T> {
    /// Without a value yet.
    pub(super) fn new() -> Self {
        Self(Rc::new(RefCell::new(Inner { value: None, wakers: Vec::new() })))
    }

    /// Sets the value and wakes the waiting tasks. Later values are ignored.
    pub(super) fn complete(&self, value: T) {
        let wakers = {
            let mut inner = self.0.borrow_mut();
            inner.value.get_or_insert(value);
            std::mem::take(&mut inner.wakers)
        };
        for waker in wakers {
            waker.wake();
        }
    }

    /// Waits for the value.
    pub(super) async fn wait(&self) -> T {
        poll_fn(|context| {
            let mut inner = self.0.borrow_mut();
            if let Some(value) = &inner.value {
                Poll::Ready(value.clone())
            } else {
                inner.wakers.push(context.waker().clone());
                Poll::Pending
            }
        })
        .await
    }
}
