//! Natural sort order of names: case-insensitive, with numbers compared by value.

use std::cmp::Ordering;

/// `rg2` sorts before `RG10`. Names that differ only in case fall back to code point order.
pub fn compare(one: &str, other: &str) -> Ordering {
    let (mut left, mut right) = (one.chars().peekable(), other.chars().peekable());
    loop {
        let order = match (left.peek().copied(), right.peek().copied()) {
            (None, None) => return one.cmp(other),
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(a), Some(b)) if a.is_ascii_digit() && b.is_ascii_digit() => number(&mut left).cmp(&number(&mut right)),
            (Some(a), Some(b)) => {
                left.next();
                right.next();
                a.to_lowercase().cmp(b.to_lowercase())
            }
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// Reads the number at the cursor: its digit count and digits, without leading zeros.
fn number(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> (usize, String) {
    let mut digits = String::new();
    while let Some(digit) = letters.next_if(char::is_ascii_digit) {
        if !(digits.is_empty() && digit == '0') {
            digits.push(digit);
        }
    }
    (digits.len(), digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_naturally() {
        let mut names = ["rg10", "RG2", "rg-web", "Rg1", "a", "rg1", "rg01b", "rg1a", "Über", "", "rg99999999999999999999999", "9", "10"];
        names.sort_by(|one, other| compare(one, other));
        assert_eq!(
            names,
            ["", "9", "10", "a", "rg-web", "Rg1", "rg1", "rg1a", "rg01b", "RG2", "rg10", "rg99999999999999999999999", "Über"]
        );
    }

    #[test]
    fn is_a_total_order() {
        let names = ["rg1", "RG1", "rg01", "rg-1", "1", "01", "a1b2", "A1B10", ""];
        for one in names {
            for other in names {
                assert_eq!(compare(one, other), compare(other, one).reverse(), "{one} {other}");
                assert_eq!(compare(one, other) == Ordering::Equal, one == other, "{one} {other}");
            }
        }
    }
}
