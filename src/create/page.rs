//! The create form: tabs, footer, and the code panel beside them.

use leptos::prelude::*;

use super::access_tab::access_tab;
use super::basics_tab::BasicsTab;
use super::code_panel::code_panel;
use super::footer::Footer;
use super::form::Form;
use super::review_tab::review_tab;
use super::tags_tab::tags_tab;
use super::tools::{PANEL, Tools};
use crate::browser::storage;
use crate::cloud::Cloud;
use crate::code::Language;
use crate::controls::{self, InTurn, LiveRegion, Part, TabPanel, Tabs};
use crate::messages;
use crate::provisioning::field::Tab;

/// The tabs in order.
const TABS: [(Tab, messages::Message); 4] = [
    (Tab::Basics, messages::BASICS),
    (Tab::Access, messages::ACCESS_TITLE),
    (Tab::Tags, messages::TAGS),
    (Tab::Review, messages::REVIEW_AND_CREATE),
];

/// The storage key of the code panel's language, while the panel is open.
const CODE: &str = "identity-portal:code";

/// The base id of the tabs.
const ID: &str = "create";

/// The form. Every tab can be opened at any time.
#[component]
pub fn CreatePage(form: Form) -> impl IntoView {
    let tabs = TABS
        .map(|(tab, label)| controls::Tab::with_errors(label.text(), Memo::new(move |_| tab != Tab::Review && form.is_marked(tab)).into()))
        .to_vec();
    let selected = Signal::derive(move || TABS.iter().position(|(tab, _)| *tab == form.tab.get()).unwrap_or_default());
    let open = Callback::new(move |index: usize| {
        if let Some((tab, _)) = TABS.get(index) {
            form.open(*tab);
        }
    });
    let cloud = expect_context::<Cloud>();
    if cfg!(target_arch = "wasm32") {
        keep_code(form);
    }
    let code = move || {
        form.code_open.get().then(|| {
            view! { <aside id=PANEL class="code-panel" tabindex="-1" aria-label=messages::CODE.text()><Part load=move || code_panel(form)/></aside> }
        })
    };
    view! {
        <div class="create">
            <div class="create-form">
                <Tools form=form/>
                <Tabs id=ID label=messages::CREATE_IDENTITY_TITLE.text() tabs=tabs selected=selected on_select=open/>
                <TabPanel id=ID index=0 selected=selected content=move || view! { <BasicsTab form=form/> }/>
                <TabPanel id=ID index=1 selected=selected content=move || view! { <Part load=move || access_tab(form, cloud)/> }/>
                <TabPanel id=ID index=2 selected=selected content=move || view! { <Part load=move || tags_tab(form)/> }/>
                <TabPanel id=ID index=3 selected=selected content=move || view! { <Part load=move || review_tab(form)/> }/>
            </div>
            {code}
            <LiveRegion text=form.announced hidden=true/>
            <InTurn><Footer form=form/></InTurn>
        </div>
    }
    .into_any()
}

/// Restores the code panel after a reload, and stores its state.
fn keep_code(form: Form) {
    let kept = storage::read(CODE).and_then(|index| index.parse().ok());
    if let Some(index) = kept.filter(|index| *index < Language::ALL.len()) {
        form.open_code(index);
    }
    Effect::new(move |_| {
        let language = form.code_language.get();
        if form.code_open.get() {
            storage::write(CODE, &language.to_string());
        } else {
            storage::forget(CODE);
        }
    });
}
