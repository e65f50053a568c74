//! Case-insensitive comparison, as ARM compares names. It allocates nothing: the form compares a name with thousands on every
//! keystroke.

pub(crate) fn same(one: &str, other: &str) -> bool {
    // Long lists usually have numbered names, so most differ in the last character.
    if let (Some(left), Some(right)) = (one.bytes().next_back(), other.bytes().next_back())
        && left.is_ascii()
        && right.is_ascii()
        && !left.eq_ignore_ascii_case(&right)
    {
        return false;
    }
    for (left, right) in one.bytes().zip(other.bytes()) {
        if !(left.is_ascii() && right.is_ascii()) {
            return one.chars().flat_map(char::to_lowercase).eq(other.chars().flat_map(char::to_lowercase));
        }
        if !left.eq_ignore_ascii_case(&right) {
            return false;
        }
    }
    one.len() == other.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares() {
        for (one, other, expected) in [
            ("", "", true),
            ("RG1", "rg1", true),
            ("rg1", "rg10", false),
            ("GRÖSSE", "größe", false),
            ("GRÖẞE", "größe", true),
            ("ÅNGSTRÖM", "ångström", true),
            ("größe", "grosse", false),
        ] {
            assert_eq!(same(one, other), expected, "{one} {other}");
            assert_eq!(same(other, one), expected, "{other} {one}");
        }
    }
}
