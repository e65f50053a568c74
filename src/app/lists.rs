//! Live's lists as the browser stores them for Preview without a network, if `config.json` allows that: separately for each
//! account, and never a token.

use crate::arm::guid::Guid;
use crate::arm::last_read::{LastRead, List};
use crate::arm::location::LocationName;
use crate::arm::resource_group::{ResourceGroup, ResourceGroupName};
use crate::browser::{address, clock, storage};
use crate::portal::kept_draft;

/// The key prefix, followed by the deployment, the cloud, the directory and the account.
const LISTS: &str = "identity-portal:lists ";
/// The key under which the tab stores which lists it used last.
const LAST: &str = "identity-portal:lists";
/// The key under which `public/boot.js` stores that this tab left Live because there was no network.
const LEFT_LIVE: &str = "identity-portal:left-live";

pub(super) struct ListOwner<'a> {
    pub(super) origin: &'a str,
    pub(super) tenant: &'a str,
    pub(super) home_account_id: &'a str,
}

/// The key prefix of this deployment: other deployments may have the same origin.
fn deployment() -> String {
    [LISTS, &address::beside("./"), " "].concat()
}

/// Stores a list that was just read.
pub(super) fn keep(whose: &ListOwner<'_>, list: List) {
    let key = [&deployment(), whose.origin, " ", whose.tenant, " ", whose.home_account_id].concat();
    let now = clock::now();
    let mut lists = storage::preference(&key).map(|text| LastRead::read(&text, now)).unwrap_or_default();
    lists.note(list, now);
    match lists.write() {
        Some(text) => storage::set_preference(&key, &text),
        None => storage::forget_preference(&key),
    }
    storage::write(LAST, &key);
}

/// Deletes the lists of an account.
pub(super) fn forget_account(home_account_id: &str) {
    let end = [" ", home_account_id].concat();
    for key in storage::preferences(&deployment()).iter().filter(|key| key.ends_with(&end)) {
        storage::forget_preference(key);
    }
}

/// Deletes all lists of this deployment.
pub(super) fn forget_all() {
    for key in storage::preferences(&deployment()) {
        storage::forget_preference(&key);
    }
}

/// What Preview shows of Live: nothing, unless this tab left Live because there was no network. Then the typed place and,
/// if they `are_kept`, the tab's lists or else the last ones of this deployment.
pub(super) fn for_preview(are_kept: bool) -> Option<LastRead> {
    if !are_kept {
        forget_all();
    }
    storage::read(LEFT_LIVE)?;
    let now = clock::now();
    let read = |key: &String| storage::preference(key).map(|text| LastRead::read(&text, now));
    let mine = storage::read(LAST).as_ref().and_then(read);
    let mut lists = mine.unwrap_or_else(|| {
        let all = storage::preferences(&deployment());
        all.iter().filter_map(read).max_by_key(|lists| lists.subscriptions.at).unwrap_or_default()
    });
    let draft = kept_draft::kept().unwrap_or_default();
    if let Some(subscription) = Guid::parse(&draft.subscription) {
        let group = ResourceGroupName::parse(&draft.resource_group).ok().filter(|_| !draft.group_is_new);
        let group = group.zip(LocationName::parse(&draft.region)).map(|(name, location)| ResourceGroup { name, location });
        lists.add_place(&subscription, group);
    }
    Some(lists)
}
