//! The state that a page keeps in its URL's query, so that Back and a bookmark restore it. The app's own keys (`mode`,
//! `sim`, `locale`) are preserved.

use super::route::Route;
use crate::browser::address;
use crate::provisioning::link::of_the_page;

/// The fragment's query, without `?`; empty without a browser.
pub fn read() -> String {
    if !cfg!(target_arch = "wasm32") {
        return String::new();
    }
    address::fragment().split_once('?').map_or_else(String::new, |(_, query)| query.to_owned())
}

/// Replaces the query of `route`, the current page, without adding a history entry.
pub fn write(route: &Route, query: &str) {
    address::replace(&with_app_query(route, query));
}

/// The same with a history entry, so that Back restores the query before.
pub fn push(route: &Route, query: &str) {
    address::go(&with_app_query(route, query));
}

fn with_app_query(route: &Route, query: &str) -> String {
    let app_query = of_the_page(&read());
    let both = [query, app_query.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&");
    let mark = if both.is_empty() { "" } else { "?" };
    [&route.href(), mark, &both].concat()
}
