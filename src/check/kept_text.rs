//! The text in the tab's session storage, for a reload.

use crate::browser::storage;
use crate::portal::text_owner;

/// The storage keys of the text and of its owner.
const TEXT: &str = "identity-portal:check";
const ACCOUNT: &str = "identity-portal:check-account";
/// The maximum bytes of a stored text: browsers limit session storage to 5 million characters in total.
const STORED_MAX: usize = 2_000_000;

/// The stored text; empty if there is none.
pub(super) fn read() -> String {
    storage::read(TEXT).unwrap_or_default()
}

/// Stores the text as typed by `account` (`home_account_id`; empty if nobody is signed in). `false` if it is too long, or the
/// browser refused.
pub(super) fn keep(text: &str, account: &str) -> bool {
    if text.is_empty() || text.len() > STORED_MAX {
        forget();
        return text.is_empty();
    }
    text_owner::note(ACCOUNT, account);
    storage::write(TEXT, text)
}

/// Deletes the text if an account (`home_account_id`) typed it.
/// `until`: see [`text_owner::goes_with`].
pub fn forget_account(home_account_id: &str, until: Option<u64>) {
    if text_owner::goes_with(ACCOUNT, home_account_id, until) {
        forget();
    }
}

fn forget() {
    storage::forget(TEXT);
    storage::forget(ACCOUNT);
}
