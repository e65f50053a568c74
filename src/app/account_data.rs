//! What an account leaves in this tab and this browser: its runs, its notifications, what it typed or pasted, its lists, and where
//! it created last.

use super::lists;
use crate::check::kept_text;
use crate::create::last_used;
use crate::portal::kept_draft::DraftForm;
use crate::portal::notifications::Notifications;
use crate::portal::runs::Runs;

/// Where accounts leave something in memory.
#[derive(Clone, Copy)]
pub(super) struct AccountData {
    pub(super) runs: Runs,
    pub(super) notifications: Notifications,
    pub(super) draft_form: DraftForm,
}

impl AccountData {
    /// Forgets everything of an account (`home_account_id`). What Azure has accepted goes on there; what was not sent yet never is.
    ///
    /// With `until` (in milliseconds since 1970), only what this tab kept until then: the account was signed out in another tab
    /// while this one got no messages, and that tab has forgotten what the browser keeps.
    pub(super) fn forget(self, home_account_id: &str, until: Option<u64>) {
        self.runs.forget_account(home_account_id, until);
        self.notifications.forget_account(home_account_id, until);
        self.draft_form.forget_account(home_account_id, until);
        kept_text::forget_account(home_account_id, until);
        if until.is_none() {
            lists::forget_account(home_account_id);
            last_used::forget_account(home_account_id);
        }
    }
}
