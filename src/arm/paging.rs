//! Lists come in pages; the next one is behind a `nextLink`, which is followed only to ARM itself.

use serde_json::Value;

use super::client::ArmClient;
use super::error::ArmError;
use super::json::{list, text};
use super::origin::path_at;
use super::transport::Transport;

/// Most pages read of one list: a list that never ends is a mistake of somebody.
const PAGES_MAX: usize = 2_000;

/// A list, read page by page.
#[derive(Debug)]
pub struct Pages<I> {
    next: Option<String>,
    read: fn(&Value) -> Option<I>,
    /// The pages that were read.
    seen: Vec<String>,
}

impl<I> Pages<I> {
    /// The list at `path`, its entries read by `read`. Entries it does not understand are left out: one odd entry
    /// should not hide the others.
    pub(super) fn new(path: String, read: fn(&Value) -> Option<I>) -> Self {
        Self { next: Some(path), read, seen: Vec::new() }
    }

    /// The next page's entries, or `None` after the last. After an error the same page can be asked for again.
    ///
    /// # Errors
    /// When the page could not be had, or its `nextLink` leads elsewhere.
    pub async fn next<T: Transport>(&mut self, client: &ArmClient<T>) -> Result<Option<Vec<I>>, ArmError> {
        let Some(path) = &self.next else { return Ok(None) };
        let answered = client.get(path).await?;
        let page = answered.json()?;
        if page.get("value").and_then(Value::as_array).is_none() {
            return Err(answered.not_understood("a list without its value"));
        }
        let next = match text(&page, "nextLink") {
            "" => None,
            link => Some(path_at(client.endpoint(), link).ok_or_else(|| answered.not_understood("a nextLink that leads elsewhere"))?),
        };
        let next = next.map(str::to_owned);
        let again = |next: &String| next == path || self.seen.contains(next);
        if next.as_ref().is_some_and(|next| again(next) || self.seen.len() == PAGES_MAX) {
            return Err(answered.not_understood("a list without end"));
        }
        self.seen.extend(std::mem::replace(&mut self.next, next));
        Ok(Some(list(&page, "value").iter().filter_map(self.read).collect()))
    }

    /// Whether the last page was read.
    pub fn is_done(&self) -> bool {
        self.next.is_none()
    }

    /// All entries that are left.
    ///
    /// # Errors
    /// As for [`Self::next`].
    pub async fn all<T: Transport>(mut self, client: &ArmClient<T>) -> Result<Vec<I>, ArmError> {
        let mut entries = Vec::new();
        while let Some(page) = self.next(client).await? {
            entries.extend(page);
        }
        Ok(entries)
    }
}
