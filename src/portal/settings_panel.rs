//! The settings panel: theme, density, keyboard shortcuts.

use leptos::prelude::*;

use super::appearance::{Choice, DENSITY, SHORTCUTS, THEME};
use crate::controls::{RadioGroup, RadioOption};
use crate::messages::{self, Message};

#[component]
pub fn SettingsPanel() -> impl IntoView {
    view! {
        <h2 class="panel-title">{messages::SETTINGS.text()}</h2>
        {choice(THEME)}
        {choice(DENSITY)}
        {choice(SHORTCUTS)}
        <p class="small">{messages::SETTINGS_KEPT.text()}</p>
    }
    .into_any()
}

fn choice(choice: Choice) -> AnyView {
    let selected = RwSignal::new(if cfg!(target_arch = "wasm32") { choice.current() } else { "" }.to_owned());
    let option = |&(value, label): &(&str, Message)| RadioOption { value: value.to_owned(), label: label.text().into_owned(), hint: None };
    let select = Callback::new(move |value: String| {
        choice.choose(&value);
        selected.set(value);
    });
    let options = choice.values.iter().map(option).collect();
    view! { <RadioGroup id=choice.group() legend=choice.name.text() options=options selected=selected on_select=select/> }.into_any()
}
