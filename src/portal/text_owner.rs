//! The owner of a stored text: the account (`home_account_id`) that was signed in when it was last edited, and the time, in
//! milliseconds since 1970. Nothing is stored if nobody was signed in.

use crate::browser::{clock, storage};

/// Stores under `key` that `account` typed now; `account` is empty if nobody is signed in.
pub fn note(key: &str, account: &str) {
    if !account.is_empty() {
        storage::write(key, &[account, " ", &clock::now().to_string()].concat());
    }
}

/// Whether the text whose owner is stored under `key` must be deleted with `home_account_id`: it was the last to type,
/// not after `until` (in milliseconds since 1970). Without `until`, also if the text has no owner.
pub fn goes_with(key: &str, home_account_id: &str, until: Option<u64>) -> bool {
    match storage::read(key) {
        Some(owner) => typed_until(&owner, home_account_id, until.unwrap_or(u64::MAX)),
        None => until.is_none(),
    }
}

fn typed_until(stored: &str, home_account_id: &str, at: u64) -> bool {
    let (owner, moment) = read(stored);
    owner == home_account_id && moment <= at
}

fn read(stored: &str) -> (&str, u64) {
    let (home_account_id, moment) = stored.split_once(' ').unwrap_or((stored, ""));
    (home_account_id, moment.parse().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_belongs_to_its_last_editor() {
        for (stored, home_account_id, at, expected) in [
            ("oid.tid 1000", "oid.tid", 1000, true),
            ("oid.tid 1001", "oid.tid", 1000, false),
            ("oid.tid 1000", "other.tid", 2000, false),
            // Stored by a version without timestamps.
            ("oid.tid", "oid.tid", 0, true),
            ("", "oid.tid", 2000, false),
        ] {
            assert_eq!(typed_until(stored, home_account_id, at), expected, "{stored} {home_account_id} {at}");
        }
    }
}
