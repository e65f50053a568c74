//! The settings panel: theme, density, keyboard shortcuts.

use leptos::prelude::*;

use super::appearance::{Choice, DENSITY, SHORTCUTS, THEME};
use crate::messages;

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
    let current = if cfg!(target_arch = "wasm32") { choice.current() } else { "" };
    let options = choice.values.iter().map(|&(value, name)| {
        view! {
            <label class="radio">
                <input type="radio" name=choice.group() value=value checked=value == current on:change=move |_| choice.choose(value)/>
                <span>{name.text()}</span>
            </label>
        }
    });
    view! {
        <fieldset class="choices">
            <legend>{choice.name.text()}</legend>
            {options.collect::<Vec<_>>()}
        </fieldset>
    }
    .into_any()
}
