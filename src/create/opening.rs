//! Opens the form with the tab's stored draft, the link's values and the organisation's defaults; and leaves it.

use leptos::prelude::*;

use super::form::Form;
use super::hosted::HostedForm;
use super::leave_dialog::leave_dialog;
use super::link_notice::{Opened, link_notice};
use super::page::CreatePage;
use super::{access_tab, autosave, loading};
use crate::browser::address;
use crate::cloud::Cloud;
use crate::controls::{InTurn, Part};
use crate::messages;
use crate::portal::frame::{Heading, Page};
use crate::portal::hosted::Hosted;
use crate::portal::kept_draft;
use crate::portal::route::Route;
use crate::portal::sign_in::SignIn;
use crate::provisioning::draft::{Draft, TagRow};
use crate::provisioning::field::Tab;
use crate::provisioning::link;
use crate::provisioning::link_changes::replaces;
use crate::settings::{Mode, Settings};

/// The page with the create form.
#[component]
pub fn CreateRoute(
    /// The link's field values, as a query.
    query: String,
) -> impl IntoView {
    let settings = expect_context::<StoredValue<Settings>>();
    let cloud = expect_context::<Cloud>();
    let (rules, preview) = settings.with_value(|settings| (settings.rules.clone(), settings.mode == Mode::Preview));
    let (draft, link) = settings.with_value(|settings| opening_draft(settings, &query));
    let form = Form::new(draft, rules, preview);
    if cfg!(target_arch = "wasm32") {
        if !query.is_empty() {
            // The draft now has the link's values; a reload must not apply them again over later changes.
            address::replace(&Route::CreateIdentity(link::of_the_page(&query)).href());
        }
        autosave::keep(form, link.as_ref().is_some_and(|link| !link.asks && link.after != link.before), cloud);
        follow_history(form);
        if let Some(sign_in) = use_context::<SignIn>() {
            Effect::new(move |_| {
                form.set_signed_out(sign_in.active_account.with(Option::is_none));
            });
            // Subscriptions belong to a directory: after a switch, those of the previous one can't be used.
            Effect::new(move |before: Option<Option<String>>| {
                let tenant = sign_in.active_account.with(|active| active.as_ref().map(|active| active.tenant.clone()));
                let before = before.flatten();
                if let (Some(before), Some(tenant)) = (&before, &tenant)
                    && before != tenant
                {
                    form.leave_directory();
                }
                tenant.or(before)
            });
            Effect::new(move |before: Option<u32>| {
                let generation = sign_in.generation.get();
                if before.is_some_and(|before| before != generation) {
                    form.reload();
                }
                generation
            });
        }
        loading::keep(form, cloud);
        access_tab::keep(form, cloud);
    }
    let hosted = use_context::<Hosted>();
    if let Some(hosted) = use_context::<HostedForm>() {
        hosted.opened.run(form);
    }
    let leaving = RwSignal::new(false);
    // The dialog's part is loaded when it is first needed, and stays.
    let asked = Memo::new(move |before: Option<&bool>| before == Some(&true) || leaving.get());
    let dialog = move || asked.get().then(|| view! { <Part load=move || leave_dialog(form, leaving)/> });
    let close = Callback::new(move |()| {
        if let Some(hosted) = hosted {
            hosted.closed.run(());
        } else if form.draft.with_untracked(Draft::is_blank) {
            address::go(&Route::Home.href());
        } else {
            leaving.set(true);
        }
    });
    let heading = Heading {
        title: messages::CREATE_IDENTITY_TITLE.text().into_owned(),
        trail: vec![(messages::HOME_TITLE, Route::Home), (messages::MARKETPLACE_TITLE, Route::Marketplace)],
        close: Some(Route::Home),
    };
    let notice = link.map(|link| view! { <Part load=move || link_notice(form, link.clone())/> });
    view! {
        <Page heading=heading on_close=close>
            {notice}
            <InTurn><CreatePage form=form/></InTurn>
        </Page>
        {dialog}
    }
    .into_any()
}

/// Shows the tab of the current history entry, now and whenever the person goes back or forward.
fn follow_history(form: Form) {
    let tab = || address::step().as_deref().and_then(Tab::of_word).unwrap_or_default();
    if !form.draft.with_untracked(Draft::is_blank) {
        form.turn_to(tab());
    }
    let moved = window_event_listener_untyped("popstate", move |_| {
        // Otherwise, another page is about to open.
        if matches!(Route::parse(&address::fragment()), Route::CreateIdentity(_)) {
            form.come_back(tab());
        }
    });
    on_cleanup(move || moved.remove());
}

/// The draft that the form starts with: the tab's stored draft or else the organisation's defaults, then the link's values, unless
/// they would replace something typed. Also returns the link, if there is one.
fn opening_draft(settings: &Settings, query: &str) -> (Draft, Option<Opened>) {
    let kept = if cfg!(target_arch = "wasm32") { kept_draft::kept() } else { None };
    let before = with_required(settings, kept.unwrap_or_else(|| settings.defaults.clone()));
    if query.is_empty() || query == link::of_the_page(query) {
        return (before, None);
    }
    let mut after = before.clone();
    link::fill(&mut after, query);
    let asks = replaces(&before, &after, &settings.defaults);
    let draft = if asks { before.clone() } else { after.clone() };
    (draft, Some(Opened { query: query.to_owned(), before, after, asks }))
}

/// Adds a row for each tag that the organisation requires.
fn with_required(settings: &Settings, mut draft: Draft) -> Draft {
    for tag in &settings.rules.required_tags {
        if !draft.tags.iter().any(|row| row.name.eq_ignore_ascii_case(&tag.name)) {
            draft.tags.push(TagRow { name: tag.name.clone(), value: String::new() });
        }
    }
    draft
}
