//! What is wrong with a draft, and how bad it is.

use super::field::Field;
use crate::messages::Sentence;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Informs,
    /// Will hurt later, or may be refused; Create stays possible.
    Warns,
    /// ARM or the organisation's rules would refuse it.
    Blocks,
}

/// Something wrong with a draft, tied to the field it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it is shown.
    pub field: Field,
    /// How bad it is.
    pub severity: Severity,
    /// What to tell the person.
    pub sentence: Sentence,
}
