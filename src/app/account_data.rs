//! What an account leaves in this tab and this browser: its runs, its notifications, what it typed or pasted, its lists, and where
//! it last created identities.

use super::lists;
use crate::check::kept_text;
use crate::create::last_used;
use crate::identities::kept_edit;
use crate::portal::kept_draft::DraftForm;
use crate::portal::notifications::Notifications;
use crate::portal::runs::Runs;

/// The places in memory where accounts leave data.
#[derive(Clone, Copy)]
pub(super) struct AccountData {
    pub(super) runs: Runs,
    pub(super) notifications: Notifications,
    pub(super) draft_form: DraftForm,
}

impl AccountData {
    /// Deletes everything of an account (`home_account_id`). Operations that Azure accepted continue there; nothing more is sent.
    ///
    /// With `until` (in milliseconds since 1970), only what this tab kept until then: the account was signed out in another tab
    /// while this one got no messages, and that tab has forgotten what the browser keeps.
    pub(super) fn forget(self, home_account_id: &str, until: Option<u64>) {
        self.runs.forget_account(home_account_id, until);
        self.notifications.forget_account(home_account_id, until);
        self.draft_form.forget_account(home_account_id, until);
        kept_text::forget_account(home_account_id, until);
        kept_edit::forget_account(home_account_id, until);
        if until.is_none() {
            lists::forget_account(home_account_id);
            last_used::forget_account(home_account_id);
        }
    }
}
