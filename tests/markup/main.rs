//! The markup of the controls: roles, IDs, ARIA attributes, texts and states.

#![cfg(feature = "ui")]
#![expect(clippy::panic, reason = "a test may panic")]

mod choosing;
mod deployment;
mod fields;
mod frames;
mod pages;
mod reading;

use leptos::prelude::*;

/// The markup of a view, without leptos's hydration comments.
fn html(view: impl FnOnce() -> AnyView) -> String {
    let owner = Owner::new();
    let mut printed = owner.with(|| view().to_html());
    while let Some(start) = printed.find("<!") {
        let end = printed[start..].find('>').map_or(printed.len(), |end| start + end + 1);
        printed.replace_range(start..end, "");
    }
    // The CSP forbids style attributes.
    assert!(!printed.contains(" style="), "{printed}");
    printed
}

fn has(html: &str, parts: &[&str]) {
    for part in parts {
        assert!(html.contains(part), "no {part}\nin {html}");
    }
}

fn lacks(html: &str, parts: &[&str]) {
    for part in parts {
        assert!(!html.contains(part), "{part}\nin {html}");
    }
}

/// The opening tag of the element with this ID.
fn tag<'a>(html: &'a str, id: &str) -> &'a str {
    let at = html.find(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no #{id} in {html}"));
    let start = html[..at].rfind('<').unwrap_or(0);
    let end = html[at..].find('>').map_or(html.len(), |end| at + end + 1);
    &html[start..end]
}
