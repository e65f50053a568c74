//! What is wrong with a draft, and how bad it is.

use super::draft::Draft;
use super::field::{Field, Tab};
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

impl Problem {
    /// Whether to show it now: its field was left, has content, or Review + create was pressed.
    pub fn is_visible(&self, draft: &Draft, left: &[Field], reviewed: bool) -> bool {
        reviewed || left.contains(&self.field) || draft.has_content(self.field)
    }
}

/// The problems to show now, in the order they came.
pub fn visible<'a>(problems: &'a [Problem], draft: &Draft, left: &[Field], reviewed: bool) -> Vec<&'a Problem> {
    problems.iter().filter(|problem| problem.is_visible(draft, left, reviewed)).collect()
}

/// Whether a tab gets its mark: something on it blocks.
pub fn marks(problems: &[&Problem], tab: Tab) -> bool {
    problems.iter().any(|problem| problem.severity == Severity::Blocks && problem.field.tab() == tab)
}
