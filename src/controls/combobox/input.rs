//! The text box of a combobox with its list.

use leptos::prelude::*;

use super::super::field::Wiring;
use super::super::icon::{Glyph, Icon};
use super::super::part::Part;
use super::list::{popup, retry_list, status_text};
use super::model::{Choice, Model};
use super::rows::Row;

pub(crate) struct InputOptions {
    pub(in crate::controls) wiring: Wiring,
    pub(crate) placeholder: Option<String>,
    pub(crate) disabled: Signal<bool>,
}

pub(crate) fn combobox(model: Model, options: InputOptions) -> AnyView {
    let InputOptions { wiring, placeholder, disabled } = options;
    let shows = Memo::new(move |_| model.shows_list());
    let label = wiring.label.clone();
    let labelled_by = wiring.label.is_none().then(|| model.part("label"));
    let only_retry = Memo::new(move |_| model.rows.with(|rows| matches!(rows.as_slice(), [Row::Retry])));
    let list = move || {
        shows.get().then(|| {
            let (label, labelled_by) = (label.clone(), labelled_by.clone());
            if only_retry.get() {
                retry_list(model, label, labelled_by)
            } else {
                view! { <Part load=move || popup(model, label.clone(), labelled_by.clone())/> }.into_any()
            }
        })
    };
    let active = move || model.state.with(|state| state.active).filter(|_| shows.get()).map(|row| model.row_id(row));
    let arrow = (!matches!(model.choice, Choice::Text { .. })).then(|| view! { <Icon glyph=Glyph::Down/> });
    let has_arrow = arrow.is_some();
    let announcement = move || if shows.get() { status_text(model) } else { String::new() };
    view! {
        <div class="combobox" data-open=move || shows.get().then_some("true")>
            <input
                id=wiring.id
                class="text-input"
                data-arrow=has_arrow.then_some("true")
                type="text"
                role="combobox"
                value=untrack(move || model.text())
                prop:value=move || model.text()
                placeholder=move || placeholder.clone().filter(|_| !model.has_chips())
                disabled=move || wiring.fixed || disabled.get()
                aria-label=wiring.label
                aria-describedby=wiring.described_by
                aria-required=wiring.required
                aria-invalid=move || wiring.invalid.get().then_some("true")
                aria-autocomplete="list"
                aria-haspopup="listbox"
                aria-expanded=move || if shows.get() { "true" } else { "false" }
                aria-controls=model.part("list")
                aria-activedescendant=active
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                on:input=move |event| model.type_text(event_target_value(&event))
                on:keydown=move |event| model.press_key(&event)
                on:click=move |_| model.press_box()
                on:focus=move |_| model.select_text()
                on:blur=move |_| model.leave()
            />
            {arrow}
            <span class="visually-hidden" aria-live="polite">{announcement}</span>
            {list}
        </div>
    }
    .into_any()
}
