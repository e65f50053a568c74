//! A signal of the form that other files can only read.

use std::panic::Location;

use leptos::prelude::*;
use leptos::reactive::signal::guards::{Plain, ReadGuard};

/// A signal that only the form and its child modules can set.
pub struct ReadOnly<T: 'static>(pub(super) RwSignal<T>);

impl<T: Send + Sync> ReadOnly<T> {
    pub(super) fn new(value: T) -> Self {
        Self(RwSignal::new(value))
    }
}

impl<T> Clone for ReadOnly<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for ReadOnly<T> {}

impl<T: Send + Sync> From<ReadOnly<T>> for Signal<T> {
    fn from(signal: ReadOnly<T>) -> Self {
        signal.0.into()
    }
}

impl<T> DefinedAt for ReadOnly<T> {
    fn defined_at(&self) -> Option<&'static Location<'static>> {
        self.0.defined_at()
    }
}

impl<T> IsDisposed for ReadOnly<T> {
    fn is_disposed(&self) -> bool {
        self.0.is_disposed()
    }
}

impl<T: Send + Sync> Track for ReadOnly<T> {
    fn track(&self) {
        self.0.track();
    }
}

impl<T: Send + Sync> ReadUntracked for ReadOnly<T> {
    type Value = ReadGuard<T, Plain<T>>;

    fn try_read_untracked(&self) -> Option<Self::Value> {
        self.0.try_read_untracked()
    }
}
