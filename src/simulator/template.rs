//! ARM templates: their expressions, parameters and resources. What cannot be evaluated is told in ARM's words.

pub(crate) mod evaluate;
mod expression;
mod functions;
pub(crate) mod parameters;
pub(crate) mod resources;
#[cfg(test)]
mod tests;

/// Why something of a template has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The template is wrong, and why.
    Wrong(String),
    /// It depends on a resource that is not there yet.
    NotYet,
}

impl Trouble {
    pub(crate) fn wrong<T>(message: impl Into<String>) -> Result<T, Self> {
        Err(Self::Wrong(message.into()))
    }
}
