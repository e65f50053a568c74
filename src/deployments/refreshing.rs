//! Refresh: asks ARM again, and keeps one request at a time.

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;

/// Requests to ARM that each replace the one before.
#[derive(Clone, Copy)]
pub(super) struct Refreshing {
    /// How often Refresh was pressed.
    pub(super) round: RwSignal<u32>,
    /// Whether the answer is awaited.
    pub(super) busy: RwSignal<bool>,
    page: StoredValue<Option<Owner>>,
    last: StoredValue<Option<Owner>>,
}

impl Refreshing {
    pub(super) fn new() -> Self {
        Self { round: RwSignal::new(0), busy: RwSignal::new(false), page: StoredValue::new(Owner::current()), last: StoredValue::new(None) }
    }

    /// Starts a request and cancels the one before. A button's handler runs without an owner, but what it starts ends with this page.
    pub(super) fn start(self, request: impl Future<Output = ()> + 'static) {
        if let Some(before) = self.last.try_update_value(Option::take).flatten() {
            before.cleanup();
        }
        let Some(owner) = self.page.with_value(|page| page.as_ref().map(Owner::child)) else { return };
        self.busy.set(true);
        owner.with(|| spawn_local_scoped_with_cancellation(request));
        self.last.set_value(Some(owner));
    }
}
