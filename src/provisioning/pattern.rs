//! An organisation's pattern: its text, and its matcher once compiled.

use std::fmt;
use std::sync::Arc;

/// Whether the whole text matches.
type Matcher = dyn Fn(&str) -> bool + Send + Sync;

/// A pattern for a whole text. Until compiled (`settings::compile`) it matches nothing, so that a rule that cannot be checked blocks.
#[derive(Clone)]
pub struct Pattern {
    text: String,
    matcher: Option<Arc<Matcher>>,
}

impl Pattern {
    /// An uncompiled pattern.
    pub fn written(text: &str) -> Self {
        Self { text: text.to_owned(), matcher: None }
    }

    /// A pattern with its matcher.
    pub fn compiled(text: &str, matcher: impl Fn(&str) -> bool + Send + Sync + 'static) -> Self {
        Self { text: text.to_owned(), matcher: Some(Arc::new(matcher)) }
    }

    /// The pattern as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether all of `text` matches.
    pub fn matches(&self, text: &str) -> bool {
        self.matcher.as_ref().is_some_and(|matcher| matcher(text))
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.matcher.is_some() == other.matcher.is_some()
    }
}

impl Eq for Pattern {}

impl fmt::Debug for Pattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Pattern").field(&self.text).field(&self.matcher.is_some()).finish()
    }
}
