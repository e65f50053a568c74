//! A tab's panel.

use leptos::prelude::*;

use super::tabs::{panel_id, tab_id};

/// The content is rendered only while the tab is selected; state that must outlive that belongs to the page.
#[component]
pub fn TabPanel(
    /// The base id of the [`super::Tabs`].
    #[prop(into)]
    id: String,
    /// The index of its tab.
    index: usize,
    /// The index of the selected tab.
    #[prop(into)]
    selected: Signal<usize>,
    #[prop(into)] content: ViewFn,
) -> impl IntoView {
    let open = Memo::new(move |_| selected.get() == index);
    view! {
        <div
            id=panel_id(&id, index)
            class="tab-panel"
            role="tabpanel"
            tabindex="-1"
            aria-labelledby=tab_id(&id, index)
            hidden=move || !open.get()
        >
            {move || open.get().then(|| content.run())}
        </div>
    }
    .into_any()
}
