//! The age of a list, as text. Pure.

use crate::messages::{self, Sentence};

const MINUTE_MS: u64 = 60 * 1000;
const HOUR_MS: u64 = 60 * MINUTE_MS;
const DAY_MS: u64 = 24 * HOUR_MS;

/// The text under a list that Live read `at` this time; 0 if it never was.
pub fn told(at: u64, now: u64) -> Sentence {
    if at == 0 {
        return messages::NEVER_READ.into();
    }
    // Changes to the larger unit at two, so that the text never says "1 hours" or "1 days".
    match now.saturating_sub(at) {
        age if age < MINUTE_MS => messages::READ_NOW.into(),
        age if age < 2 * HOUR_MS => messages::READ_MINUTES_AGO.with([&(age / MINUTE_MS).to_string()]),
        age if age < 2 * DAY_MS => messages::READ_HOURS_AGO.with([&(age / HOUR_MS).to_string()]),
        age => messages::READ_DAYS_AGO.with([&(age / DAY_MS).to_string()]),
    }
}

#[cfg(test)]
mod tests {
    use super::{DAY_MS, HOUR_MS, MINUTE_MS, told};

    #[test]
    fn is_said_in_the_largest_unit_of_which_there_are_two() {
        let now = 1_795_392_000_000;
        let table = [
            (0, "Loaded in Live less than a minute ago."),
            (MINUTE_MS - 1, "Loaded in Live less than a minute ago."),
            (MINUTE_MS, "Loaded in Live 1 min ago."),
            (20 * MINUTE_MS, "Loaded in Live 20 min ago."),
            (2 * HOUR_MS - 1, "Loaded in Live 119 min ago."),
            (2 * HOUR_MS, "Loaded in Live 2 hours ago."),
            (2 * DAY_MS - 1, "Loaded in Live 47 hours ago."),
            (29 * DAY_MS, "Loaded in Live 29 days ago."),
        ];
        for (age, says) in table {
            assert_eq!(told(now - age, now).text(), says);
        }
        assert_eq!(told(now + 5, now).text(), "Loaded in Live less than a minute ago.");
        assert_eq!(told(0, now).text(), "Not loaded in Live yet, so this list may be incomplete.");
    }
}
