//! How serious a problem is.

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// For information.
    Informs,
    /// Causes trouble later, or may be refused; Create stays possible.
    Warns,
    /// ARM or the organisation's rules would refuse it.
    Blocks,
}
