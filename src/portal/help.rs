//! Help: what this page is for, and its keyboard shortcuts. It is loaded lazily, since few people open it.

use leptos::prelude::*;

use crate::controls::Link;
use crate::messages::{
    HELP_CODE, HELP_MORE, HELP_MORE_FROM, HELP_PREVIEW, HELP_WHAT, KEY_KEYS, KEY_NEW, KEY_SEARCH, Message, SHORTCUTS, SHORTCUTS_WHERE,
};
use crate::settings::Settings;
use crate::visible::shown;

crate::part! {
    in panels:
    pub fn help() -> AnyView {
        let brand = use_context::<StoredValue<Settings>>().map(|settings| settings.with_value(|settings| settings.brand.clone()));
        let more = brand.and_then(|brand| brand.help_url.map(|address| more(address, brand.name)));
        view! {
            <div class="help">
                <p>{HELP_WHAT.text()}</p>
                <p>{HELP_PREVIEW.text()}</p>
                <p>{HELP_CODE.text()}</p>
                {more}
                <h3 class="keys-title">{SHORTCUTS.text()}</h3>
                <dl class="keys">
                    {key(&["G", "N"], KEY_NEW)}
                    {key(&["G", "/"], KEY_SEARCH)}
                    {key(&["?"], KEY_KEYS)}
                </dl>
                <p class="small">{SHORTCUTS_WHERE.text()}</p>
            </div>
        }
        .into_any()
    }
}

/// A link to the organisation's own help.
fn more(address: String, name: Option<String>) -> AnyView {
    let text = match name {
        Some(name) => HELP_MORE_FROM.with([&shown(&name)]).text(),
        None => HELP_MORE.text().into_owned(),
    };
    view! { <p><Link href=address external=true>{text}</Link></p> }.into_any()
}

/// Keys, pressed one after the other, with their effect.
fn key(keys: &'static [&'static str], effect: Message) -> AnyView {
    let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd>" " }).collect::<Vec<_>>();
    view! { <div><dt>{keys}</dt><dd>{effect.text()}</dd></div> }.into_any()
}
