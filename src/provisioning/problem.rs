//! A draft's problems.

use super::draft::Draft;
use super::field::{Field, Tab};
use crate::messages::Sentence;
pub use crate::severity::Severity;

/// A problem of a draft, tied to its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it is shown.
    pub field: Field,
    pub severity: Severity,
    /// The message for the person.
    pub sentence: Sentence,
}

impl Problem {
    /// Whether to show it now: its field was left or has content, or Review + create was pressed.
    pub fn is_visible(&self, draft: &Draft, left: &[Field], reviewed: bool) -> bool {
        reviewed || left.contains(&self.field) || draft.has_content(self.field)
    }
}

/// The problems to show now, in their original order.
pub fn visible<'a>(problems: &'a [Problem], draft: &Draft, left: &[Field], reviewed: bool) -> Vec<&'a Problem> {
    problems.iter().filter(|problem| problem.is_visible(draft, left, reviewed)).collect()
}

/// Whether a tab is marked: something on it blocks.
pub fn marks(problems: &[&Problem], tab: Tab) -> bool {
    problems.iter().any(|problem| problem.severity == Severity::Blocks && problem.field.tab() == tab)
}
