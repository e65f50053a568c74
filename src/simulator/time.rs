//! Formats times, in milliseconds since 1970, as ARM writes them.

/// `2024-06-14T22:02:46.1234567Z`: seven decimals, three of which are significant here.
pub(crate) fn iso(ms: u64) -> String {
    let (year, month, day) = date(ms);
    let (hour, minute, second) = clock(ms);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}0000Z", ms % 1000)
}

/// `20240614T220246Z`, as in routing IDs and the result of `utcNow()`.
pub(crate) fn compact(ms: u64) -> String {
    let (year, month, day) = date(ms);
    let (hour, minute, second) = clock(ms);
    format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z")
}

/// `6/14/2024 10:02:46 PM`, as in messages.
pub fn spoken(ms: u64) -> String {
    let (year, month, day) = date(ms);
    let (hour, minute, second) = clock(ms);
    let half = if hour < 12 { "AM" } else { "PM" };
    format!("{month}/{day}/{year} {}:{minute:02}:{second:02} {half}", (hour + 11) % 12 + 1)
}

/// `PT1.234S` (ISO 8601).
pub(crate) fn duration(ms: u64) -> String {
    format!("PT{}.{:03}S", ms / 1000, ms % 1000)
}

/// `utcNow(format)`: the .NET custom format specifiers that templates use.
pub(crate) fn custom(ms: u64, format: &str) -> String {
    let (year, month, day) = date(ms);
    let (hour, minute, second) = clock(ms);
    let mut text = String::new();
    let letters: Vec<char> = format.chars().collect();
    let mut at = 0;
    while let Some(letter) = letters.get(at).copied() {
        let length = letters[at..].iter().take_while(|next| **next == letter).count();
        let number = |value: u64| {
            let digits = value.to_string();
            let zeros = std::iter::repeat_n('0', length.saturating_sub(digits.len()));
            zeros.chain(digits.chars()).collect::<String>()
        };
        match letter {
            'y' if length == 2 => text.push_str(&number(year % 100)),
            'y' => text.push_str(&number(year)),
            'M' => text.push_str(&number(month)),
            'd' => text.push_str(&number(day)),
            'H' => text.push_str(&number(hour)),
            'h' => text.push_str(&number((hour + 11) % 12 + 1)),
            'm' => text.push_str(&number(minute)),
            's' => text.push_str(&number(second)),
            'f' => text.push_str(&format!("{:03}0000", ms % 1000)[..length.min(7)]),
            _ => text.extend(std::iter::repeat_n(letter, length)),
        }
        at += length;
    }
    text
}

fn clock(ms: u64) -> (u64, u64, u64) {
    let seconds = ms / 1000 % 86_400;
    (seconds / 3600, seconds / 60 % 60, seconds % 60)
}

// Howard Hinnant's civil_from_days, for days since 1970 only.
fn date(ms: u64) -> (u64, u64, u64) {
    let days = ms / 86_400_000 + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_times() {
        let table = [
            (0, "1970-01-01T00:00:00.0000000Z", "1/1/1970 12:00:00 AM"),
            (951_827_696_789, "2000-02-29T12:34:56.7890000Z", "2/29/2000 12:34:56 PM"),
            (1_718_402_566_123, "2024-06-14T22:02:46.1230000Z", "6/14/2024 10:02:46 PM"),
            (4_107_542_399_000, "2100-02-28T23:59:59.0000000Z", "2/28/2100 11:59:59 PM"),
        ];
        for (ms, written, said) in table {
            assert_eq!((iso(ms).as_str(), spoken(ms).as_str()), (written, said));
        }
        assert_eq!(compact(1_718_402_566_123), "20240614T220246Z");
        assert_eq!(duration(61_005), "PT61.005S");
        assert_eq!(custom(1_718_402_566_123, "yyyy-MM-dd HH:mm:ss.fff"), "2024-06-14 22:02:46.123");
        assert_eq!(custom(1_718_402_566_123, "ffffffffffff yMd"), "1230000 2024614");
        // Longer than the maximum width of Rust's own formatting.
        let year = custom(1_718_402_566_123, &"y".repeat(70_000));
        assert!(year.len() == 70_000 && year.starts_with("000") && year.ends_with("02024"));
    }
}
