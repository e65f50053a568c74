//! What a page keeps in its own address, so that Back and a bookmark bring it back. What is the whole app's (`mode`,
//! `sim`, `locale`) stays there.

use super::route::Route;
use crate::browser::address;
use crate::provisioning::link::of_the_page;

/// The query of the address, without `?`; empty without a browser.
pub fn read() -> String {
    if !cfg!(target_arch = "wasm32") {
        return String::new();
    }
    address::fragment().split_once('?').map_or_else(String::new, |(_, query)| query.to_owned())
}

/// Puts `query` into the address of `route`, the page that is shown, without a step to come back.
pub fn write(route: &Route, query: &str) {
    let app = of_the_page(&read());
    let both = [query, app.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&");
    let mark = if both.is_empty() { "" } else { "?" };
    address::replace(&[&route.href(), mark, &both].concat());
}
