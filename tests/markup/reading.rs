//! Static controls: links, badges, lists, toasts, code.

use identity_portal::controls::{
    Badge, Breadcrumb, Card, CodeBlock, CopyButton, Crumb, DataList, DataRow, Disclosure, ErrorSummary, Glyph, Link, ProgressLine,
    Skeleton, Spinner, Toast, ToastPlace, ToastRegion, Tone,
};
use leptos::prelude::*;

use super::{has, html, lacks, tag};

#[test]
fn an_external_link_says_so() {
    let inside = html(|| view! { <Link href="#/create">"Create"</Link> }.into_any());
    has(&inside, &["<a", "href=\"#/create\"", "class=\"link\"", ">Create</a>"]);
    lacks(&inside, &["target", "opens in a new tab"]);
    let outside = html(|| view! { <Link href="https://example.com" external=true>"Docs"</Link> }.into_any());
    has(&outside, &["target=\"_blank\"", "rel=\"noopener noreferrer\"", "(opens in a new tab)"]);
}

#[test]
fn badges_have_a_tone() {
    has(&html(|| view! { <Badge tone=Tone::Warning>"Preview"</Badge> }.into_any()), &["data-tone=\"warning\"", "Preview"]);
}

#[test]
fn loading_has_a_text_alternative() {
    has(&html(|| view! { <Spinner label="Signing in"/> }.into_any()), &["role=\"status\"", "Signing in", "data-spins=\"true\""]);
    has(&html(|| view! { <ProgressLine label="Checking"/> }.into_any()), &["role=\"progressbar\"", "aria-label=\"Checking\""]);
    has(&html(|| view! { <Skeleton/> }.into_any()), &["role=\"status\"", "Loading", "aria-hidden=\"true\""]);
}

#[test]
fn the_breadcrumb_is_a_named_list_of_links() {
    let crumbs = vec![Crumb { label: "Home".into(), href: "#/".into() }];
    has(
        &html(move || view! { <Breadcrumb crumbs=crumbs/> }.into_any()),
        &["<nav", "aria-label=\"Breadcrumb\"", "<ol>", "<a href=\"#/\">Home</a>"],
    );
}

#[test]
fn cards_and_values() {
    let html = html(|| {
        view! {
            <Card title="Identity" icon=Glyph::Key>"Text"</Card>
            <DataList>
                <DataRow label="Client ID">"1234" <CopyButton text="1234" what="client ID"/></DataRow>
            </DataList>
        }
        .into_any()
    });
    has(
        &html,
        &[
            "<article",
            "<h3 class=\"card-title\">Identity</h3>",
            "<dt>Client ID</dt>",
            "<dd>1234",
            "aria-label=\"Copy client ID\"",
            "aria-live=\"polite\"",
        ],
    );
}

#[test]
fn copying_without_a_subject_shows_the_word() {
    let html = html(|| view! { <CopyButton text="x"/> }.into_any());
    has(&html, &["aria-label=\"Copy\"", "</svg>Copy</button>"]);
}

#[test]
fn code_can_be_scrolled_by_keyboard() {
    let html = html(|| view! { <CodeBlock label="Azure CLI" text="az <identity>"/> }.into_any());
    has(&html, &["<pre", "tabindex=\"0\"", "role=\"region\"", "aria-label=\"Azure CLI\"", "az &lt;identity&gt;"]);
}

#[test]
fn a_disclosure_says_whether_it_is_open() {
    for open in [true, false] {
        let html = html(move || view! { <Disclosure id="raw" label="Details" open=open on_toggle=|_| {} content=|| "inside"/> }.into_any());
        has(&html, &[&format!("aria-expanded=\"{open}\""), "aria-controls=\"raw\"", "Details"]);
        assert_eq!(html.contains("inside"), open);
        assert_eq!(tag(&html, "raw").contains("hidden"), !open);
    }
}

#[test]
fn the_summary_appears_only_with_problems() {
    let summary =
        |faults: Vec<String>| html(move || view! { <ErrorSummary id="wrong" title="Fix this" faults=faults on_go=|_| {}/> }.into_any());
    let shown = summary(vec!["Name: Enter a name.".into()]);
    has(tag(&shown, "wrong"), &["role=\"alert\"", "tabindex=\"-1\""]);
    has(&shown, &["Fix this</h2>", "<button", "Enter a name."]);
    lacks(&summary(vec![]), &["alert"]);
}

#[test]
fn toasts_are_in_a_live_region() {
    let toast =
        Toast { id: 1, tone: Tone::Success, title: "Created".into(), text: String::new(), link: Some(("Open".into(), "#/x".into())) };
    let html =
        html(move || view! { <ToastPlace><ToastRegion toasts=vec![toast] on_dismiss=|_| {} on_emptied=|()| {}/></ToastPlace> }.into_any());
    has(
        &html,
        &[
            "role=\"region\"",
            "aria-label=\"New notifications\"",
            "aria-live=\"polite\"",
            "Created",
            "<a href=\"#/x\">Open</a>",
            "aria-label=\"Close\"",
        ],
    );
}
