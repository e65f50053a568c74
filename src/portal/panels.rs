//! The content of the header's panels, a part that loads when the first panel is opened.

use leptos::prelude::*;

use super::account_panel::AccountPanel;
use super::help::help;
use super::notifications_panel::NotificationsPanel;
use super::panel::Panel;
use super::search::Search;
use super::search_panel::SearchPanel;
use super::settings_panel::SettingsPanel;
use crate::controls::Part;
use crate::messages;

crate::part! {
    in panels:
    /// A panel's content. `search` is shared with the search box; `close` closes the panel.
    pub fn content(panel: Panel, search: Search, close: Callback<()>) -> AnyView {
        match panel {
            Panel::Search => view! { <SearchPanel search=search close=close/> }.into_any(),
            Panel::Notifications => view! { <NotificationsPanel close=close/> }.into_any(),
            Panel::Settings => view! { <SettingsPanel/> }.into_any(),
            Panel::Help => view! { <HelpPanel/> }.into_any(),
            Panel::Account => view! { <AccountPanel/> }.into_any(),
        }
    }
}

/// Help, which loads separately.
#[component]
fn HelpPanel() -> impl IntoView {
    view! {
        <h2 class="panel-title">{messages::HELP.text()}</h2>
        <Part load=help/>
    }
    .into_any()
}
