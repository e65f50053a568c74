//! Tasks that are cancelled with the view that started them.

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::Owner;
use leptos::reactive::spawn_local_scoped_with_cancellation;

/// A view's reactive owner, for its event handlers: they run without an owner, but the tasks they start should be cancelled
/// with the view.
#[derive(Clone)]
pub struct TaskScope(Option<Owner>);

impl TaskScope {
    /// The scope of the view being built.
    pub fn current() -> Self {
        Self(Owner::current())
    }

    /// A nested scope, which can end earlier.
    #[must_use]
    pub fn child(&self) -> Self {
        Self(self.0.as_ref().map(Owner::child))
    }

    /// Starts a task. Does nothing without an owner, or after it is disposed of.
    pub fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        self.spawn_boxed(Box::pin(task));
    }

    /// Not generic, which saves code for each kind of task.
    fn spawn_boxed(&self, task: Pin<Box<dyn Future<Output = ()>>>) {
        if let Some(owner) = &self.0 {
            owner.with(|| spawn_local_scoped_with_cancellation(task));
        }
    }

    /// Calls `create` so that what it creates belongs to this scope.
    pub fn with<T>(&self, create: impl FnOnce() -> T) -> T {
        match &self.0 {
            Some(owner) => owner.with(create),
            None => create(),
        }
    }

    /// Cancels the tasks of this scope.
    pub fn end(&self) {
        if let Some(owner) = &self.0 {
            owner.cleanup();
        }
    }
}
