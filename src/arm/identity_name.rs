//! The name of a user-assigned managed identity.

use std::fmt;

/// Minimum length in characters (Azure resource name rules, `userAssignedIdentities`).
pub const IDENTITY_NAME_MIN: usize = 3;
/// Maximum length in characters (the same table).
pub const IDENTITY_NAME_MAX: usize = 128;
/// Maximum length in characters if a virtual machine or scale set will use the identity (Microsoft Learn, "Manage user-assigned
/// managed identities").
pub const IDENTITY_NAME_VM_MAX: usize = 24;

/// A name ARM accepts: 3 to 128 ASCII letters, digits, `-`, `_`, beginning with a letter or digit.
#[derive(Clone, Debug)]
pub struct IdentityName(String);

/// Why a name is invalid; every reason that applies is reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameProblem {
    /// Fewer than [`IDENTITY_NAME_MIN`] characters; holds the length.
    TooShort(usize),
    /// More than [`IDENTITY_NAME_MAX`] characters; holds the length.
    TooLong(usize),
    /// The first character is not a letter or digit.
    BadStart(char),
    /// Characters that are not allowed, each once, in the order typed.
    BadCharacters(Vec<char>),
}

impl IdentityName {
    /// # Errors
    /// All reasons why ARM would refuse the name.
    pub fn parse(text: &str) -> Result<Self, Vec<NameProblem>> {
        let length = text.chars().count();
        let mut problems = Vec::new();
        let mut bad = Vec::new();
        for letter in text.chars().filter(|letter| !matches!(letter, 'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_')) {
            if !bad.contains(&letter) {
                bad.push(letter);
            }
        }
        if !bad.is_empty() {
            problems.push(NameProblem::BadCharacters(bad));
        }
        if let Some(first @ ('-' | '_')) = text.chars().next() {
            problems.push(NameProblem::BadStart(first));
        }
        if length < IDENTITY_NAME_MIN {
            problems.push(NameProblem::TooShort(length));
        } else if length > IDENTITY_NAME_MAX {
            problems.push(NameProblem::TooLong(length));
        }
        if problems.is_empty() { Ok(Self(text.to_owned())) } else { Err(problems) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

// ARM compares names case-insensitively.
impl PartialEq for IdentityName {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for IdentityName {}

impl fmt::Display for IdentityName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_what_arm_accepts() {
        for name in ["uami-apl2003", "abc", "0_-", &"a".repeat(IDENTITY_NAME_MAX)] {
            assert!(IdentityName::parse(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn reports_every_problem() {
        let table = [
            ("", vec![NameProblem::TooShort(0)]),
            ("ab", vec![NameProblem::TooShort(2)]),
            ("-a", vec![NameProblem::BadStart('-'), NameProblem::TooShort(2)]),
            ("a b b.", vec![NameProblem::BadCharacters(vec![' ', '.'])]),
            ("ünit", vec![NameProblem::BadCharacters(vec!['ü'])]),
        ];
        for (text, problems) in table {
            assert_eq!(IdentityName::parse(text).err(), Some(problems), "{text}");
        }
        assert_eq!(IdentityName::parse(&"a".repeat(129)).err(), Some(vec![NameProblem::TooLong(129)]));
    }

    #[test]
    fn compares_case_insensitively() {
        assert_eq!(IdentityName::parse("UAMI-1"), IdentityName::parse("uami-1"));
    }
}
