//! A labelled place for one control: label, required mark, info button, the control, and what there is to say about it.
//!
//! One base id ties them: the control has the id itself, the label `{id}-label`, the notes `{id}-notes`.

use leptos::context::Provider;
use leptos::prelude::*;

use super::icon::Icon;
use super::info_button::InfoButton;
use super::tone::Tone;
use crate::messages::{FIELD_FIXED, WARNING_PREFIX};

/// Something said under a field. Only [`Tone::Error`] makes the field invalid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// How it is said.
    pub tone: Tone,
    /// What is said.
    pub text: String,
}

/// Whether a person may fill a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hold {
    /// As it is by itself.
    #[default]
    Free,
    /// It is shown and stays as it is.
    Fixed,
    /// It is not shown.
    Hidden,
}

/// In the context where something else than the person decides over fields: how the one of a base id is held.
#[derive(Clone, Copy)]
pub struct Holds(pub fn(&str) -> Hold);

/// What a field hands to the control inside it.
#[derive(Clone)]
pub(super) struct FieldParts {
    id: String,
    required: bool,
    fixed: bool,
    invalid: Signal<bool>,
}

/// The attributes by which a control belongs to its field, or stands alone with a label of its own.
pub(super) struct Wiring {
    pub(super) id: String,
    pub(super) label: Option<String>,
    pub(super) described_by: Option<String>,
    pub(super) required: Option<&'static str>,
    pub(super) fixed: bool,
    pub(super) invalid: Signal<bool>,
}

impl Wiring {
    /// The wiring of a control inside a [`Field`], or of one outside with an id and a label.
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

/// A note as it stands under its field.
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

/// A label with a control, and the notes under it. The control takes its id, `aria-describedby`, `aria-invalid` and
/// `aria-required` from here.
#[component]
pub fn Field(
    /// The base id: the control's own.
    #[prop(into)]
    id: String,
    /// The label, which is the control's accessible name.
    #[prop(into)]
    label: String,
    /// Whether it must be filled: shows the mark and sets `aria-required`.
    #[prop(optional)]
    required: bool,
    /// A text behind an info button.
    #[prop(optional, into)]
    info: Option<String>,
    /// What there is to say, the worst first. Changes are spoken politely.
    #[prop(optional, into)]
    notes: Signal<Vec<Note>>,
    /// Hides the label from sight, for rows whose columns have headings.
    #[prop(optional)]
    compact: bool,
    /// The person left the control.
    #[prop(optional, into)]
    on_leave: Option<Callback<()>>,
    /// The control, and what belongs beside it.
    children: Children,
) -> impl IntoView {
    let invalid = Memo::new(move |_| notes.with(|notes| notes.iter().any(|note| note.tone == Tone::Error)));
    let hold = use_context::<Holds>().map(|holds| (holds.0)(&id)).unwrap_or_default();
    let fixed = hold == Hold::Fixed;
    let parts = FieldParts { id: id.clone(), required, fixed, invalid: invalid.into() };
    let info = info.map(|text| {
        let id = format!("{id}-info");
        view! { <InfoButton id=id about=label.clone() text=text/> }
    });
    let mark = required.then(|| view! { <span class="field-mark" aria-hidden="true">"*"</span> });
    let leave = move |_| {
        if let Some(on_leave) = on_leave {
            // What has the focus as the page goes leaves after the page's own end.
            let _ = on_leave.try_run(());
        }
    };
    let said = move || {
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
            <div id=format!("{id}-notes") class="field-notes" aria-live="polite">{said}</div>
        </div>
    }
    .into_any()
}
