//! What an account that signs out leaves behind in this tab: its runs, what the bell told of it, what it typed or pasted, its lists, and where it created last.

use std::cell::Cell;

use super::lists;
use crate::check::kept_text;
use crate::create::last_used;
use crate::portal::kept_draft;
use crate::portal::notifications::Notifications;
use crate::portal::runs::Runs;

thread_local! {
    static SERVICES: Cell<Option<(Runs, Notifications)>> = const { Cell::new(None) };
}

/// What there is to forget in.
pub(super) fn set_up(runs: Runs, notifications: Notifications) {
    SERVICES.set(Some((runs, notifications)));
}

/// Forgets all of an account (`home_account_id`). What Azure took goes on there; what was not sent never is.
///
/// With `until` (in milliseconds since 1970), what this tab kept until then: somebody signed the account out in another tab while
/// this one heard of nothing, and what the browser keeps was forgotten there.
pub(super) fn forget_account(home_account_id: &str, until: Option<u64>) {
    if let Some((runs, notifications)) = SERVICES.get() {
        runs.forget_account(home_account_id, until);
        notifications.forget_account(home_account_id, until);
    }
    kept_draft::forget_account(home_account_id, until);
    kept_text::forget_account(home_account_id, until);
    if until.is_none() {
        lists::forget_account(home_account_id);
        last_used::forget_account(home_account_id);
    }
}
