//! The draft as the tab keeps it.

use std::cell::RefCell;
use std::rc::Rc;

use super::text_owner;
use crate::browser::{shell, storage};
use crate::provisioning::draft::Draft;
use crate::provisioning::stored_draft;

/// Where the tab keeps the draft.
const DRAFT: &str = "identity-portal:draft";

/// Where the tab keeps who typed it.
const ACCOUNT: &str = "identity-portal:draft-account";

thread_local! {
    /// Clears the form that shows it.
    static CLEAR: RefCell<Option<Rc<dyn Fn()>>> = const { RefCell::new(None) };
}

/// The draft the tab kept.
pub fn kept() -> Option<Draft> {
    storage::read(DRAFT).map(|text| stored_draft::read(&text))
}

/// `clear` clears the form that shows the draft.
pub fn shown_by(clear: impl Fn() + 'static) {
    CLEAR.set(Some(Rc::new(clear)));
}

/// Forgets what an account (`home_account_id`) typed, and clears the form that shows it. What another account typed stays.
/// `until`: see [`text_owner::goes_with`].
pub fn forget_account(home_account_id: &str, until: Option<u64>) {
    if text_owner::goes_with(ACCOUNT, home_account_id, until) {
        if let Some(clear) = CLEAR.with_borrow(Clone::clone) {
            clear();
        }
        forget();
    }
}

/// Puts a draft of `account` (`home_account_id`, empty where nobody is signed in) in its place, for the form to open with.
pub fn put_back(draft: &Draft, account: &str) {
    if kept().as_ref() == Some(draft) {
        return;
    }
    forget();
    store_typed(draft, account);
}

/// Forgets it: the identity was made, or the person discarded it.
pub fn forget() {
    storage::forget(DRAFT);
    storage::forget(ACCOUNT);
    shell::forget();
}

/// Keeps `draft` for the next time the form opens.
pub fn store(draft: &Draft) {
    storage::write(DRAFT, &stored_draft::write(draft));
}

/// Keeps `draft` as `account` typed it now.
pub fn store_typed(draft: &Draft, account: &str) {
    store(draft);
    text_owner::note(ACCOUNT, account);
}
