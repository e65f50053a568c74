//! What a tab shows.

use leptos::prelude::*;

use super::tabs::{panel_id, tab_id};

/// A tab's panel. Its content exists only while the tab is open; what must outlive that belongs to the page's state.
#[component]
pub fn TabPanel(
    /// The base id of the [`super::Tabs`].
    #[prop(into)]
    id: String,
    /// Which of its tabs.
    index: usize,
    /// The index of the open tab.
    #[prop(into)]
    selected: Signal<usize>,
    /// The content, made anew each time the tab opens.
    #[prop(into)]
    content: ViewFn,
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
