//! The comboboxes, the radio buttons and the tabs.

use identity_portal::controls::{Choice, Combobox, Entries, Entry, Field, RadioGroup, RadioOption, Tab, TabPanel, Tabs};
use leptos::prelude::*;

use super::{has, html, lacks, tag};

fn regions() -> Entries {
    Entries::new(vec![Entry::new("eastus", "East US"), Entry::new("westus", "West US")])
}

#[test]
fn a_closed_combobox_shows_the_chosen_name_and_no_list() {
    for (selected, value) in [("EastUS", "East US"), ("", ""), ("not-loaded-yet", "not-loaded-yet")] {
        let html = html(move || {
            view! {
                <Field id="region" label="Region">
                    <Combobox entries=regions() choice=Choice::one(Signal::stored(selected.to_owned()), Callback::new(|_| {}))/>
                </Field>
            }
            .into_any()
        });
        has(
            tag(&html, "region"),
            &[
                "role=\"combobox\"",
                &format!(" value=\"{value}\""),
                "aria-expanded=\"false\"",
                "aria-controls=\"region-list\"",
                "aria-autocomplete=\"list\"",
                "aria-describedby=\"region-notes\"",
            ],
        );
        lacks(&html, &["role=\"listbox\"", "aria-activedescendant", "aria-label="]);
    }
}

#[test]
fn suggestions_accept_any_text() {
    let html = html(|| {
        let choice = Choice::text(Signal::stored("any thing".to_owned()), Callback::new(|_| {}));
        view! { <Combobox id="tag" label="Tag name 1" entries=regions() choice=choice/> }.into_any()
    });
    has(tag(&html, "tag"), &["role=\"combobox\"", "value=\"any thing\"", "aria-label=\"Tag name 1\""]);
}

#[test]
fn tabs_and_panels_name_each_other() {
    let html = html(|| {
        let tabs = vec![Tab::with_errors("Basics", Signal::stored(true)), Tab::new("Tags")];
        view! {
            <Tabs id="form" label="Steps" tabs=tabs selected=0 on_select=|_: usize| {}/>
            <TabPanel id="form" index=0 selected=0 content=|| "one"/>
            <TabPanel id="form" index=1 selected=0 content=|| "two"/>
        }
        .into_any()
    });
    has(&html, &["role=\"tablist\"", "aria-label=\"Steps\"", "one"]);
    has(tag(&html, "form-tab-0"), &["role=\"tab\"", "aria-selected=\"true\"", "aria-controls=\"form-panel-0\"", "tabindex=\"0\""]);
    has(tag(&html, "form-tab-1"), &["aria-selected=\"false\"", "tabindex=\"-1\""]);
    has(tag(&html, "form-panel-0"), &["role=\"tabpanel\"", "aria-labelledby=\"form-tab-0\""]);
    has(tag(&html, "form-panel-1"), &["hidden"]);
    has(&html, &["</svg></span>Basics<span class=\"visually-hidden\"> has errors</span>"]);
    lacks(&html, &["two"]);
}

#[test]
fn radio_buttons_have_their_legend_label_and_hint() {
    for tiles in [false, true] {
        let html = html(move || {
            let option = |value: &str, hint: Option<&str>| RadioOption {
                value: value.to_owned(),
                label: value.to_uppercase(),
                hint: hint.map(str::to_owned),
            };
            let options = vec![option("a", Some("The first.")), option("b", None)];
            view! { <RadioGroup id="letter" legend="Letter" options=options selected="b".to_owned() on_select=|_: String| {} tiles=tiles/> }
                .into_any()
        });
        has(&html, &["<fieldset", if tiles { "<legend><h2>Letter</h2></legend>" } else { "<legend>Letter</legend>" }, "The first."]);
        has(
            tag(&html, "letter-a"),
            &["type=\"radio\"", "name=\"letter\"", "aria-labelledby=\"letter-a-label\"", "aria-describedby=\"letter-a-hint\""],
        );
        lacks(tag(&html, "letter-a"), &["checked"]);
        has(tag(&html, "letter-b"), &["checked"]);
        lacks(tag(&html, "letter-b"), &["aria-describedby"]);
    }
}
