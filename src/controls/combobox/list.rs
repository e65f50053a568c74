//! The open list, virtualised: only the visible rows are rendered, between two spacers as high as the rest.

use leptos::prelude::*;

use super::super::icon::{Glyph, Icon};
use super::entries::{Entries, Entry, Supply};
use super::model::{Choice, Model};
use super::rows::{ROW_REM, Row, Rows};
use crate::browser::element;
use crate::messages::{LIST_FAILED, LOADING, LOADING_MORE, MATCHES, NOTHING_HERE, NOTHING_MATCHES, TRY_AGAIN};
use crate::visible::shown;

/// A text longer than this many characters may be truncated in a row.
const LONG: usize = 24;

fn option_view(model: Model, entry: &Entry<'_>, row: usize, position: usize, of: usize) -> AnyView {
    let chosen = model.is_chosen(&entry.id);
    let active = model.state.with(|state| state.active == Some(row));
    let id = model.row_id(row);
    let many = matches!(model.choice, Choice::Many { .. });
    let detail_id = (!entry.detail.is_empty()).then(|| [&id, "-detail"].concat());
    // Not part of the accessible name, which is the display name alone; read as the description.
    let detail = detail_id
        .clone()
        .map(|id| view! { <span id=id class="combobox-detail" aria-hidden="true" title=whole(&entry.detail)>{shown(&entry.detail).into_owned()}</span> });
    // Most rows have no tick: an element without attributes to compare, since every key in the box draws the rows again.
    let tick = if chosen || many {
        view! { <span class="combobox-tick" data-box=many.then_some("true")>{chosen.then(|| view! { <Icon glyph=Glyph::Check/> })}</span> }
            .into_any()
    } else {
        view! { <span class="combobox-tick"></span> }.into_any()
    };
    view! {
        <div
            id=id
            class="combobox-option"
            role="option"
            aria-describedby=detail_id
            aria-selected=if chosen { "true" } else { "false" }
            aria-disabled=entry.disabled.then_some("true")
            aria-posinset=position.to_string()
            aria-setsize=of.to_string()
            data-active=active.then_some("true")
        >
            {tick}
            <span class="combobox-name" title=whole(&entry.name)>{shown(&entry.name).into_owned()}</span>
            {detail}
        </div>
    }
    .into_any()
}

/// The tooltip of a text that may be truncated.
fn whole(text: &str) -> Option<String> {
    (text.chars().count() > LONG).then(|| shown(text).into_owned())
}

fn retry_view(model: Model, row: usize) -> AnyView {
    let active = model.state.with(|state| state.active == Some(row));
    view! {
        <div
            id=model.row_id(row)
            class="combobox-option"
            role="option"
            aria-selected="false"
            data-active=active.then_some("true")
        >
            <span class="combobox-tick"><Icon glyph=Glyph::Refresh/></span>
            <span class="combobox-name"><span aria-hidden="true">{LIST_FAILED.text()}" "</span><b>{TRY_AGAIN.text()}</b></span>
        </div>
    }
    .into_any()
}

fn heading_view(heading: String) -> AnyView {
    view! { <div class="combobox-heading" aria-hidden="true">{heading}</div> }.into_any()
}

fn loading_view(rows: usize) -> AnyView {
    let row = || view! { <div class="combobox-option" aria-hidden="true"><span class="skeleton"></span></div> }.into_any();
    (0..rows).map(|_| row()).collect::<Vec<_>>().into_any()
}

/// The rendered rows, with each section's rows in a group named by its heading.
fn window_view(model: Model, entries: &Entries, rows: &Rows, start: usize, end: usize) -> AnyView {
    let of = rows.options();
    let mut groups: Vec<AnyView> = Vec::new();
    let mut run: Vec<AnyView> = Vec::new();
    let mut under: Option<u16> = None;
    for (row, kind) in rows.as_slice().iter().enumerate().take(end).skip(start) {
        let section = match kind {
            Row::Heading(section) | Row::Entry(_, section) => Some(*section),
            Row::Retry | Row::Loading => None,
        };
        if section != under {
            groups.push(group_view(entries, under, std::mem::take(&mut run)));
            under = section;
        }
        run.push(match *kind {
            Row::Heading(section) => heading_view(entries.section(section).map(|section| section.heading.clone()).unwrap_or_default()),
            Row::Entry(at, _) => match entries.get(at as usize) {
                Some(entry) => option_view(model, &entry, row, rows.position(row), of),
                None => ().into_any(),
            },
            Row::Retry => retry_view(model, row),
            Row::Loading => loading_view(if of == 0 { 4 } else { 1 }),
        });
    }
    groups.push(group_view(entries, under, run));
    groups.into_any()
}

fn group_view(entries: &Entries, section: Option<u16>, run: Vec<AnyView>) -> AnyView {
    let heading = section.and_then(|section| entries.section(section)).map(|section| section.heading.clone());
    match heading.filter(|heading| !heading.is_empty()) {
        Some(heading) => view! { <div role="group" aria-label=heading>{run}</div> }.into_any(),
        None => run.into_any(),
    }
}

fn height(rows: usize) -> String {
    [&(rows * ROW_REM).to_string(), "rem"].concat()
}

/// The text that is announced when the list changes, and shown if there are no rows.
pub(crate) fn status_text(model: Model) -> String {
    let (options, empty) = model.rows.with(|rows| (rows.options(), rows.as_slice().is_empty()));
    match model.offer.supply.get() {
        Supply::Loading if options == 0 => LOADING.text().into_owned(),
        Supply::Loading => LOADING_MORE.text().into_owned(),
        Supply::Failed => LIST_FAILED.text().into_owned(),
        Supply::Complete if empty && model.query.with(String::is_empty) => {
            let text = model.offer.empty.get();
            if text.is_empty() { NOTHING_HERE.text().into_owned() } else { text }
        }
        Supply::Complete if empty => NOTHING_MATCHES.text().into_owned(),
        Supply::Complete if model.query.with(String::is_empty) => String::new(),
        Supply::Complete => MATCHES.with([&options.to_string(), &model.entries.with(Entries::len).to_string()]).text(),
    }
}

/// The list of which nothing could be loaded, perhaps not even the part that renders the others.
pub(crate) fn retry_list(model: Model, label: Option<String>, labelled_by: Option<String>) -> AnyView {
    frame(model, label, labelled_by, (move || retry_view(model, 0)).into_any(), ().into_any())
}

/// The popup with its list of `rows`, and what is `below` the list.
fn frame(model: Model, label: Option<String>, labelled_by: Option<String>, rows: AnyView, below: AnyView) -> AnyView {
    let press = move |event: leptos::ev::MouseEvent| {
        if let Some(row) = element::attribute_at(&event, "id").and_then(|id| model.row_of(&id)) {
            model.press_row(row);
        }
    };
    view! {
        // A press in the list leaves the focus in the text box.
        <div id=model.part("popup") class="combobox-popup" on:mousedown=move |event| event.prevent_default()>
            <div
                id=model.part("list")
                class="combobox-list"
                role="listbox"
                tabindex="-1"
                aria-label=label
                aria-labelledby=labelled_by
                aria-multiselectable=matches!(model.choice, Choice::Many { .. }).then_some("true")
                aria-busy=move || (model.offer.supply.get() == Supply::Loading).then_some("true")
                on:click=press
                on:scroll=move |_| model.scrolled()
            >
                {rows}
            </div>
            {below}
        </div>
    }
    .into_any()
}

crate::part! {
    in azure:
    /// The list, or its status text if it is empty.
    pub(crate) fn popup(model: Model, label: Option<String>, labelled_by: Option<String>) -> AnyView {
        model.reveal();
        popup_view(model, label, labelled_by)
    }
}

fn popup_view(model: Model, label: Option<String>, labelled_by: Option<String>) -> AnyView {
    let bounds = Memo::new(move |_| model.rows.with(|rows| rows.window(model.first.get())));
    let above = move || height(bounds.get().0);
    let below = move || height(model.rows.with(|rows| rows.as_slice().len()).saturating_sub(bounds.get().1));
    let rows = move || {
        let (start, end) = bounds.get();
        model.entries.with(|entries| model.rows.with(|rows| window_view(model, entries, rows, start, end)))
    };
    let nothing = move || {
        model
            .rows
            .with(|rows| rows.as_slice().is_empty())
            .then(|| view! { <p class="combobox-nothing" aria-hidden="true">{status_text(model)}</p> })
    };
    let list = view! {
        <div class="combobox-space" aria-hidden="true" style:height=above></div>
        {rows}
        <div class="combobox-space" aria-hidden="true" style:height=below></div>
    };
    frame(model, label, labelled_by, list.into_any(), nothing.into_any())
}
