//! The text as the tab keeps it for a reload.

use crate::browser::storage;
use crate::portal::text_owner;

/// Where the tab keeps the text, and who typed it.
const TEXT: &str = "identity-portal:check";
const ACCOUNT: &str = "identity-portal:check-account";
/// Most bytes of a text that are kept: browsers give a tab 5 million characters for everything.
const KEPT_MAX: usize = 2_000_000;

/// The text; empty where there is none.
pub(super) fn read() -> String {
    storage::read(TEXT).unwrap_or_default()
}

/// Keeps the text, which `account` typed (`home_account_id`, empty where nobody is signed in). `false` where it is too long, or
/// the browser refused.
pub(super) fn keep(text: &str, account: &str) -> bool {
    if text.is_empty() || text.len() > KEPT_MAX {
        forget();
        return text.is_empty();
    }
    text_owner::note(ACCOUNT, account);
    storage::write(TEXT, text)
}

/// Forgets what an account (`home_account_id`) typed.
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
