//! A result that several tasks wait for.

use std::cell::RefCell;
use std::rc::Rc;

use futures::channel::oneshot;

struct Inner<T> {
    value: Option<T>,
    /// Dropping one wakes the task that waits for it. They carry no value, so that every `T` shares their code.
    waiting: Vec<oneshot::Sender<()>>,
}

/// A value that is set once and awaited by any number of tasks. Clones share it.
pub(super) struct Completion<T>(Rc<RefCell<Inner<T>>>);

impl<T> Clone for Completion<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T: Clone> Completion<T> {
    pub(super) fn new() -> Self {
        Self(Rc::new(RefCell::new(Inner { value: None, waiting: Vec::new() })))
    }

    /// Sets the value and wakes the waiting tasks. Later values are ignored.
    pub(super) fn complete(&self, value: T) {
        let waiting = {
            let mut inner = self.0.borrow_mut();
            inner.value.get_or_insert(value);
            std::mem::take(&mut inner.waiting)
        };
        drop(waiting);
    }

    /// Waits for the value.
    pub(super) async fn wait(&self) -> T {
        loop {
            let completed = {
                let mut inner = self.0.borrow_mut();
                if let Some(value) = &inner.value {
                    return value.clone();
                }
                let (sender, receiver) = oneshot::channel();
                inner.waiting.push(sender);
                receiver
            };
            // Canceled as soon as there is a value.
            let _ = completed.await;
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use futures::join;

    use super::Completion;

    #[test]
    fn all_that_wait_get_the_first_value() {
        let completion = Completion::new();
        let clone = completion.clone();
        let set = async {
            completion.complete(1);
            completion.complete(2);
        };
        let (first, second, ()) = pollster::block_on(async { join!(completion.wait(), clone.wait(), set) });
        assert_eq!((first, second, pollster::block_on(completion.wait())), (1, 1, 1));
    }
}
