//! A form field: label, required mark, info button, one control, and its notes.
//!
//! Their ids derive from one base id: the control has the id itself, the label `{id}-label`, the notes `{id}-notes`.

use leptos::context::Provider;
use leptos::prelude::*;

use super::icon::Icon;
use super::info_button::InfoButton;
use super::tone::Tone;
use crate::messages::{FIELD_FIXED, WARNING_PREFIX};

/// A message under a field. Only [`Tone::Error`] makes the field invalid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub tone: Tone,
    pub text: String,
}

/// Whether a person can edit a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hold {
    /// Editable.
    #[default]
    Free,
    /// Shown, but read-only.
    Fixed,
    Hidden,
}

/// The [`Hold`] of a field by its base id. In the context only where the host page controls the fields.
#[derive(Clone, Copy)]
pub struct Holds(pub Callback<String, Hold>);

/// What a field passes to its control through the context.
#[derive(Clone)]
pub(super) struct FieldParts {
    id: String,
    required: bool,
    fixed: bool,
    invalid: Signal<bool>,
}

/// The attributes that tie a control to its field, or identify a control outside a field.
pub(super) struct Wiring {
    pub(super) id: String,
    pub(super) label: Option<String>,
    pub(super) described_by: Option<String>,
    pub(super) required: Option<&'static str>,
    pub(super) fixed: bool,
    pub(super) invalid: Signal<bool>,
}

impl Wiring {
    /// From the surrounding [`Field`] if there is no `id`, or else for a control outside a field.
    pub(super) fn new(id: Option<String>, label: Option<String>) -> Self {
        let field = if id.is_none() { use_context::<FieldParts>() } else { None };
        if let Some(FieldParts { id, required, fixed, invalid }) = field {
            Self { described_by: Some(format!("{id}-notes")), id, label, required: required.then_some("true"), fixed, invalid }
        } else {
            let id = id.unwrap_or_default();
            Self { id, label, described_by: None, required: None, fixed: false, invalid: Signal::stored(false) }
        }
    }
}

pub fn note_view(note: Note) -> AnyView {
    let prefix = (note.tone == Tone::Warning).then(|| view! { <span class="visually-hidden">{WARNING_PREFIX.text()}" "</span> });
    view! {
        <p class="note" data-tone=note.tone.name()>
            <Icon glyph=note.tone.glyph()/>
            <span>{prefix}{note.text}</span>
        </p>
    }
    .into_any()
}

/// A label, a control and its notes. The control gets its id, `aria-describedby`, `aria-invalid` and
/// `aria-required` from the field.
#[component]
pub fn Field(
    /// The base id, which is the control's id.
    #[prop(into)]
    id: String,
    /// The label, which is also the control's accessible name.
    #[prop(into)]
    label: String,
    /// Shows the required mark and sets `aria-required`.
    #[prop(optional)]
    required: bool,
    /// The text of the info button.
    #[prop(optional, into)]
    info: Option<String>,
    /// The notes, the most severe first. Changes are announced politely.
    #[prop(optional, into)]
    notes: Signal<Vec<Note>>,
    /// Hides the label visually, for rows whose columns have headings.
    #[prop(optional)]
    compact: bool,
    /// Called when the control loses the focus.
    #[prop(optional, into)]
    on_leave: Option<Callback<()>>,
    /// The control, and anything beside it.
    children: Children,
) -> impl IntoView {
    let invalid = Memo::new(move |_| notes.with(|notes| notes.iter().any(|note| note.tone == Tone::Error)));
    let hold = use_context::<Holds>().map(|holds| holds.0.run(id.clone())).unwrap_or_default();
    let fixed = hold == Hold::Fixed;
    let parts = FieldParts { id: id.clone(), required, fixed, invalid: invalid.into() };
    let info = info.map(|text| {
        let id = format!("{id}-info");
        view! { <InfoButton id=id about=label.clone() text=text/> }
    });
    let mark = required.then(|| view! { <span class="field-mark" aria-hidden="true">"*"</span> });
    let leave = move |_| {
        if let Some(on_leave) = on_leave {
            // When a page is removed, its focused element loses the focus after the page's owner is disposed.
            let _ = on_leave.try_run(());
        }
    };
    let note_views = move || {
        let why = fixed.then(|| Note { tone: Tone::Info, text: FIELD_FIXED.text().into_owned() });
        notes.get().into_iter().chain(why).map(note_view).collect::<Vec<_>>()
    };
    view! {
        <div class="field" data-compact=compact.then_some("true") data-fixed=fixed.then_some("true") hidden=hold == Hold::Hidden>
            <div class="field-label">
                <label id=format!("{id}-label") for=id.clone()>{label}{mark}</label>
                {info}
            </div>
            <div class="field-control" on:focusout=leave>
                <Provider value=parts>{children()}</Provider>
            </div>
            <div id=format!("{id}-notes") class="field-notes" aria-live="polite">{note_views}</div>
        </div>
    }
    .into_any()
}
