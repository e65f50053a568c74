//! Field, text input, info button.

use identity_portal::controls::{Field, Note, TextInput, Tone};
use leptos::prelude::*;

use super::{has, html, lacks, tag};

fn name(notes: Vec<Note>) -> String {
    html(move || {
        view! {
            <Field id="name" label="Name" required=true info="What it is called." notes=notes>
                <TextInput value="uami-1".to_owned() on_input=|_: String| {} placeholder="A name"/>
            </Field>
        }
        .into_any()
    })
}

#[test]
fn a_field_ties_label_control_and_notes_by_one_id() {
    let html = name(vec![]);
    has(&html, &["<label id=\"name-label\" for=\"name\">Name<span aria-hidden=\"true\" class=\"field-mark\">*</span></label>"]);
    has(
        tag(&html, "name"),
        &[
            "<input",
            "type=\"text\"",
            "value=\"uami-1\"",
            "placeholder=\"A name\"",
            "aria-describedby=\"name-notes\"",
            "aria-required=\"true\"",
            "spellcheck=\"false\"",
            "autocapitalize=\"off\"",
            "autocomplete=\"off\"",
        ],
    );
    lacks(tag(&html, "name"), &["aria-invalid", "aria-label", "maxlength", " disabled"]);
    has(tag(&html, "name-notes"), &["aria-live=\"polite\""]);
}

#[test]
fn only_errors_make_it_invalid() {
    for (tone, invalid) in [(Tone::Error, true), (Tone::Warning, false), (Tone::Info, false), (Tone::Success, false), (Tone::Busy, false)] {
        let html = name(vec![Note { tone, text: "Too <long>".into() }]);
        assert_eq!(tag(&html, "name").contains("aria-invalid=\"true\""), invalid, "{tone:?}");
        has(&html, &[&format!("data-tone=\"{}\"", tone.name()), "Too &lt;long&gt;"]);
        assert_eq!(html.contains("Warning:"), tone == Tone::Warning, "{tone:?}");
    }
}

#[test]
fn the_info_button_says_what_it_is_about() {
    let html = name(vec![]);
    has(
        tag(&html, "name-info"),
        &["<button", "aria-label=\"More about Name\"", "aria-expanded=\"false\"", "aria-controls=\"name-info-text\""],
    );
    lacks(&html, &["What it is called."]);
}

#[test]
fn a_box_can_stand_alone() {
    let html = html(|| {
        view! { <TextInput id="filter" label="Filter" search=true value=String::new() on_input=|_: String| {} disabled=true/> }.into_any()
    });
    has(tag(&html, "filter"), &["type=\"search\"", "aria-label=\"Filter\"", " disabled"]);
    lacks(&html, &["aria-describedby", "aria-required"]);
}
