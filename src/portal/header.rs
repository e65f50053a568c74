//! The header: brand, search box, mode, and four panels that load when they are first opened.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::hosted::Hosted;
use super::notifications::Notifications;
use super::panel::Panel;
use super::panels;
use super::route::Route;
use super::search::Search;
use super::search_box::SearchBox;
use super::shortcuts::{self, Shortcut};
use crate::browser::{address, element};
use crate::controls::{Glyph, Icon, Part};
use crate::messages;
use crate::settings::{Mode, Settings};

const HEADER: &str = "header";

#[component]
pub fn Header() -> impl IntoView {
    let settings = expect_context::<StoredValue<Settings>>();
    let open = RwSignal::new(None::<Panel>);
    // Typing sets `open` repeatedly; the panel is rendered again only when another one opens.
    let shown = Memo::new(move |_| open.get());
    let search = Search::new();
    // Escape hides a tooltip until the pointer or the focus returns (WCAG 1.4.13).
    let hide_tooltips = RwSignal::new(false);
    let (brand, logo, mode) = settings.with_value(|settings| {
        let name = settings.brand.name.clone().unwrap_or_else(|| messages::PRODUCT_NAME.text().into_owned());
        (name, settings.brand.logo.clone(), settings.mode)
    });
    let logo = match logo {
        Some(address) => view! { <img class="header-logo" src=address alt=""/> }.into_any(),
        None => view! { <span class="header-logo"><Icon glyph=Glyph::Key/></span> }.into_any(),
    };
    if cfg!(target_arch = "wasm32") {
        close_elsewhere(open, search);
        if use_context::<Hosted>().is_none() {
            shortcuts::listen(move |shortcut| match shortcut {
                Shortcut::Search => element::focus(&opener(Panel::Search)),
                Shortcut::Keys => show(open, Panel::Help),
            });
        }
    }
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            hide_tooltips.set(true);
            if let Some(panel) = open.get_untracked() {
                close(open, search);
                element::focus(&opener(panel));
            }
        }
    };
    let host = if cfg!(target_arch = "wasm32") { address::host() } else { String::new() };
    let host_title = host.clone();
    view! {
        <header
            id=HEADER
            class="header"
            data-open=move || shown.get().map(Panel::id)
            on:keydown=escape
            on:focusout=move |event| {
                if element::focus_leaves(&event, HEADER) {
                    close(open, search);
                }
            }
        >
            <a class="header-brand" href=Route::Home.href()>{logo}<span>{brand}</span></a>
            <span class="header-host" title=host_title>{host}</span>
            <SearchBox id=opener(Panel::Search) search=search open=open/>
            {mode_badge(mode)}
            <div
                class="header-buttons"
                data-hushed=move || hide_tooltips.get().then_some("true")
                on:pointerover=move |_| hide_tooltips.set(false)
                on:focusin=move |_| hide_tooltips.set(false)
            >
                {[Panel::Notifications, Panel::Settings, Panel::Help, Panel::Account].map(|panel| panel_button(panel, open))}
            </div>
            {move || shown.get().map(|panel| panel_view(panel, open, search))}
        </header>
    }
    .into_any()
}

/// Opens a panel and moves the focus into it, since it comes after all buttons in the tab order.
fn show(open: RwSignal<Option<Panel>>, panel: Panel) {
    open.set(Some(panel));
    // After rendering.
    element::next_frame(Box::new(move || element::focus(panel.id())));
}

/// Closes the open panel, and clears the search if it was that panel.
fn close(open: RwSignal<Option<Panel>>, search: Search) {
    if open.get_untracked() == Some(Panel::Search) {
        search.query.set(String::new());
    }
    open.set(None);
}

/// Closes the panel on a press outside it and on navigation.
fn close_elsewhere(open: RwSignal<Option<Panel>>, search: Search) {
    let pressed = window_event_listener_untyped("pointerdown", move |event| {
        if open.get_untracked().is_some() && element::attribute_at(&event, "data-keeps-panel").is_none() {
            close(open, search);
        }
    });
    let moved = window_event_listener_untyped("hashchange", move |_| close(open, search));
    on_cleanup(move || {
        pressed.remove();
        moved.remove();
    });
}

fn opener(panel: Panel) -> String {
    ["header-", panel.id()].concat()
}

fn mode_badge(mode: Mode) -> AnyView {
    let (name, text, hint) = match mode {
        Mode::Preview => ("preview", messages::MODE_PREVIEW, messages::MODE_PREVIEW_TOLD),
        Mode::Live => ("live", messages::MODE_LIVE, messages::MODE_LIVE_TOLD),
    };
    view! { <span class="mode-badge" data-mode=name title=hint.text()>{text.text()}<span class="visually-hidden">". "{hint.text()}</span></span> }
        .into_any()
}

fn panel_button(panel: Panel, open: RwSignal<Option<Panel>>) -> AnyView {
    let notifications = expect_context::<Notifications>();
    let is_open = move || open.get() == Some(panel);
    let press = move |_| {
        if open.get_untracked() == Some(panel) {
            return open.set(None);
        }
        if panel == Panel::Notifications {
            notifications.see();
        }
        show(open, panel);
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
            aria-controls=move || is_open().then_some(panel.id())
            data-keeps-panel="true"
            on:click=press
        >
            <Icon glyph=panel.glyph()/>
            {move || unseen().map(|count| view! { <span class="header-count" aria-hidden="true">{count}</span> })}
            <span class="tooltip" aria-hidden="true">{label}</span>
        </button>
    }
    .into_any()
}

fn panel_view(panel: Panel, open: RwSignal<Option<Panel>>, search: Search) -> AnyView {
    let close = Callback::new(move |()| self::close(open, search));
    view! {
        <section id=panel.id() class="header-panel" data-panel=panel.id() data-keeps-panel="true" tabindex="-1" aria-label=panel.name().text()>
            <Part load=move || panels::content(panel, search, close)/>
        </section>
    }
    .into_any()
}
