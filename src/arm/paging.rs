//! Paged lists. The `nextLink` of a page is followed only to ARM itself.

use serde_json::Value;

use super::client::ArmClient;
use super::error::ArmError;
use super::json::{list, text};
use super::origin::path_at;
use super::transport::Transport;

/// Maximum pages of one list, against a `nextLink` chain without end.
const PAGES_MAX: usize = 2_000;

/// A list, fetched page by page.
#[derive(Debug)]
pub struct Pages<I> {
    links: Links,
    read: fn(&Value) -> Option<I>,
}

/// Where the pages are, whatever their entries: its code is shared by all lists.
#[derive(Debug)]
struct Links {
    next: Option<String>,
    /// The pages already fetched.
    seen: Vec<String>,
}

impl<I> Pages<I> {
    /// The list at `path`, with `read` parsing each entry. Entries that do not parse are left out: one odd entry should not
    /// hide the others.
    pub(super) fn new(path: String, read: fn(&Value) -> Option<I>) -> Self {
        Self { links: Links { next: Some(path), seen: Vec::new() }, read }
    }

    /// The next page's entries, or `None` after the last page. After an error, call it again to retry the same page.
    ///
    /// # Errors
    /// If the page cannot be fetched, or its `nextLink` is not at ARM.
    pub async fn next<T: Transport>(&mut self, client: &ArmClient<T>) -> Result<Option<Vec<I>>, ArmError> {
        Ok(self.links.follow(client).await?.map(|page| list(&page, "value").iter().filter_map(self.read).collect()))
    }

    pub fn is_done(&self) -> bool {
        self.links.next.is_none()
    }

    /// All remaining entries.
    ///
    /// # Errors
    /// As for [`Self::next`].
    pub async fn all<T: Transport>(mut self, client: &ArmClient<T>) -> Result<Vec<I>, ArmError> {
        let mut entries = Vec::new();
        while let Some(page) = self.links.follow(client).await? {
            entries.extend(list(&page, "value").iter().filter_map(self.read));
        }
        Ok(entries)
    }
}

impl Links {
    /// The next page, whose `value` is a list.
    async fn follow<T: Transport>(&mut self, client: &ArmClient<T>) -> Result<Option<Value>, ArmError> {
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
        let repeats = |next: &String| next == path || self.seen.contains(next);
        if next.as_ref().is_some_and(|next| repeats(next) || self.seen.len() == PAGES_MAX) {
            return Err(answered.not_understood("a list without end"));
        }
        self.seen.extend(std::mem::replace(&mut self.next, next));
        Ok(Some(page))
    }
}
