//! Whose a text is that the tab keeps: the account (`home_account_id`) that was signed in when it was typed last, and when that
//! was, in milliseconds since 1970. Where nobody was signed in, nothing is noted.

use crate::browser::{clock, storage};

/// Notes under `key` that `account` typed now; it is empty where nobody is signed in.
pub fn note(key: &str, account: &str) {
    if !account.is_empty() {
        storage::write(key, &[account, " ", &clock::now().to_string()].concat());
    }
}

/// Whether the text whose typist is noted under `key` is to be forgotten with `home_account_id`: it typed it last, not after `until` (in
/// milliseconds since 1970). Without `until`, also where nobody was signed in.
pub fn goes_with(key: &str, home_account_id: &str, until: Option<u64>) -> bool {
    match storage::read(key) {
        Some(noted) => typed_until(&noted, home_account_id, until.unwrap_or(u64::MAX)),
        None => until.is_none(),
    }
}

fn typed_until(noted: &str, home_account_id: &str, at: u64) -> bool {
    let (typist, moment) = read(noted);
    typist == home_account_id && moment <= at
}

fn read(noted: &str) -> (&str, u64) {
    let (home_account_id, moment) = noted.split_once(' ').unwrap_or((noted, ""));
    (home_account_id, moment.parse().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_its_typists_until_they_typed_again() {
        for (noted, home_account_id, at, is) in [
            ("oid.tid 1000", "oid.tid", 1000, true),
            ("oid.tid 1001", "oid.tid", 1000, false),
            ("oid.tid 1000", "other.tid", 2000, false),
            // Before moments were noted.
            ("oid.tid", "oid.tid", 0, true),
            ("", "oid.tid", 2000, false),
        ] {
            assert_eq!(typed_until(noted, home_account_id, at), is, "{noted} {home_account_id} {at}");
        }
    }
}
