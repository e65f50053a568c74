//! Refresh: reads from ARM again, one request at a time.

use leptos::prelude::*;

use crate::browser::task::TaskScope;

/// ARM requests, each of which cancels the previous one.
#[derive(Clone, Copy)]
pub(super) struct Refreshing {
    /// How often Refresh was pressed.
    pub(super) round: RwSignal<u32>,
    /// Whether a request is running.
    pub(super) busy: RwSignal<bool>,
    page: StoredValue<TaskScope>,
    last: StoredValue<Option<TaskScope>>,
}

impl Refreshing {
    pub(super) fn new() -> Self {
        Self {
            round: RwSignal::new(0),
            busy: RwSignal::new(false),
            page: StoredValue::new(TaskScope::current()),
            last: StoredValue::new(None),
        }
    }

    /// Starts a request and cancels the previous one.
    pub(super) fn start(self, request: impl Future<Output = ()> + 'static) {
        if let Some(before) = self.last.try_update_value(Option::take).flatten() {
            before.end();
        }
        let scope = self.page.with_value(TaskScope::child);
        self.busy.set(true);
        scope.spawn(request);
        self.last.set_value(Some(scope));
    }
}
