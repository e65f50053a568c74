//! Tasks that end with the view that started them.

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::Owner;
use leptos::reactive::spawn_local_scoped_with_cancellation;

/// The reactive owner of a view, for the handlers it makes: they run without an owner, but the tasks they start are to be
/// cancelled when the view goes away.
#[derive(Clone)]
pub struct TaskScope(Option<Owner>);

impl TaskScope {
    /// The scope of the view that is being made.
    pub fn current() -> Self {
        Self(Owner::current())
    }

    /// A scope inside this one, which can end earlier.
    #[must_use]
    pub fn child(&self) -> Self {
        Self(self.0.as_ref().map(Owner::child))
    }

    /// Starts a task. Without an owner, or once it is gone, nothing is started.
    pub fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        self.spawn_boxed(Box::pin(task));
    }

    /// One function for all tasks, which spares the code of each.
    fn spawn_boxed(&self, task: Pin<Box<dyn Future<Output = ()>>>) {
        if let Some(owner) = &self.0 {
            owner.with(|| spawn_local_scoped_with_cancellation(task));
        }
    }

    /// Cancels the tasks of this scope.
    pub fn end(&self) {
        if let Some(owner) = &self.0 {
            owner.cleanup();
        }
    }
}
