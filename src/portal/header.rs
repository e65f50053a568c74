//! The header: whose page this is, the search, the mode, and four panels that load when they are first opened.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::notifications::Notifications;
use super::panels;
use super::route::Route;
use crate::browser::{address, element};
use crate::controls::{Glyph, Icon};
use crate::messages::{self, Message};
use crate::parts::Part;
use crate::settings::{Mode, Settings};

/// What can be open under the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// Results of the search.
    Search,
    /// What happened.
    Notifications,
    /// Theme and density.
    Settings,
    /// Where to find more.
    Help,
    /// Who is signed in.
    Account,
}

impl Panel {
    fn id(self) -> &'static str {
        match self {
            Self::Search => "search",
            Self::Notifications => "notifications",
            Self::Settings => "settings",
            Self::Help => "help",
            Self::Account => "account",
        }
    }

    fn name(self) -> Message {
        match self {
            Self::Search => messages::SEARCH_RESULTS,
            Self::Notifications => messages::NOTIFICATIONS,
            Self::Settings => messages::SETTINGS,
            Self::Help => messages::HELP,
            Self::Account => messages::ACCOUNT,
        }
    }

    fn glyph(self) -> Glyph {
        match self {
            Self::Search => Glyph::Search,
            Self::Notifications => Glyph::Bell,
            Self::Settings => Glyph::Settings,
            Self::Help => Glyph::Help,
            Self::Account => Glyph::Person,
        }
    }
}

/// The header.
#[component]
pub fn Header() -> impl IntoView {
    let settings = expect_context::<StoredValue<Settings>>();
    let open = RwSignal::new(None::<Panel>);
    // Typing sets it again and again: the panel is made anew only when it is another one.
    let shown = Memo::new(move |_| open.get());
    let query = RwSignal::new(String::new());
    let (brand, logo, mode) = settings.with_value(|settings| {
        let name = settings.brand.name.clone().unwrap_or_else(|| messages::PRODUCT_NAME.text().into_owned());
        (name, settings.brand.logo.clone(), settings.mode)
    });
    let logo = match logo {
        Some(address) => view! { <img class="header-logo" src=address alt=""/> }.into_any(),
        None => view! { <span class="header-logo"><Icon glyph=Glyph::Key/></span> }.into_any(),
    };
    let escape = move |event: KeyboardEvent| {
        if let Some(panel) = open.get_untracked().filter(|_| event.key() == "Escape") {
            open.set(None);
            element::focus(&opener(panel));
        }
    };
    let search = move |typed: String| {
        let is_empty = typed.trim().is_empty();
        query.set(typed);
        open.set((!is_empty).then_some(Panel::Search));
    };
    let host = if cfg!(target_arch = "wasm32") { address::host() } else { String::new() };
    view! {
        <header class="header" on:keydown=escape>
            <a class="header-brand" href=Route::Home.href()>{logo}<span>{brand}</span></a>
            <span class="header-host">{host}</span>
            <div class="header-search" role="search">
                <Icon glyph=Glyph::Search/>
                <input
                    id=opener(Panel::Search)
                    type="search"
                    aria-label=messages::SEARCH.text()
                    placeholder=messages::SEARCH_PLACEHOLDER.text()
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || query.get()
                    on:input=move |event| search(event_target_value(&event))
                />
            </div>
            {mode_badge(mode)}
            <div class="header-buttons">
                {[Panel::Notifications, Panel::Settings, Panel::Help, Panel::Account].map(|panel| panel_button(panel, open))}
            </div>
            {move || shown.get().map(|panel| panel_view(panel, open, query))}
        </header>
    }
    .into_any()
}

fn opener(panel: Panel) -> String {
    ["header-", panel.id()].concat()
}

fn mode_badge(mode: Mode) -> AnyView {
    let (name, text, told) = match mode {
        Mode::Preview => ("preview", messages::MODE_PREVIEW, messages::MODE_PREVIEW_TOLD),
        Mode::Live => ("live", messages::MODE_LIVE, messages::MODE_LIVE_TOLD),
    };
    view! { <span class="mode-badge" data-mode=name title=told.text()>{text.text()}<span class="visually-hidden">". "{told.text()}</span></span> }
        .into_any()
}

fn panel_button(panel: Panel, open: RwSignal<Option<Panel>>) -> AnyView {
    let notifications = expect_context::<Notifications>();
    let is_open = move || open.get() == Some(panel);
    let press = move |_| {
        let next = (open.get_untracked() != Some(panel)).then_some(panel);
        if next == Some(Panel::Notifications) {
            notifications.see();
        }
        open.set(next);
    };
    let unseen = move || (panel == Panel::Notifications).then(|| notifications.unseen.get()).filter(|count| *count > 0);
    let label = move || match unseen() {
        Some(count) => messages::NOTIFICATIONS_UNSEEN.with([&count.to_string()]).text(),
        None => panel.name().text().into_owned(),
    };
    view! {
        <button
            id=opener(panel)
            class="header-button"
            type="button"
            aria-label=label
            aria-expanded=move || if is_open() { "true" } else { "false" }
            aria-controls=panel.id()
            on:click=press
        >
            <Icon glyph=panel.glyph()/>
            {move || unseen().map(|count| view! { <span class="header-count" aria-hidden="true">{count}</span> })}
        </button>
    }
    .into_any()
}

fn panel_view(panel: Panel, open: RwSignal<Option<Panel>>, query: RwSignal<String>) -> AnyView {
    let close = Callback::new(move |()| open.set(None));
    view! {
        <section id=panel.id() class="header-panel" data-panel=panel.id() aria-label=panel.name().text()>
            <Part load=move || panels::content(panel, query, close)/>
        </section>
    }
    .into_any()
}
