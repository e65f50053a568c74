//! The composition root: chooses what the pages run on, gives them their services, and shows the page of the address.

#[cfg(feature = "live")]
mod account_data;
mod completion;
mod configuration;
mod embedded;
mod lists;
#[cfg(feature = "live")]
mod live;
mod pages;
mod platform;
mod preview;
mod start;

#[cfg(feature = "live")]
use account_data::AccountData;
use leptos::prelude::*;
use platform::Platform;

use crate::browser::{address, element};
use crate::cloud::{Lists, ResetPreview};
use crate::controls::Part;
use crate::create::opening::CreateRoute;
use crate::portal::frame::Frame;
use crate::portal::hosted::Hosted;
use crate::portal::kept_draft::DraftForm;
use crate::portal::notifications::Notifications;
use crate::portal::route::Route;
use crate::portal::runs::Runs;
#[cfg(feature = "live")]
use crate::portal::sign_in_bar::SignInRegion;
use crate::settings::Settings;

#[cfg(not(target_arch = "wasm32"))]
pub use start::shell;
pub use start::start;

/// The whole page.
#[component]
fn App(
    /// How this deployment is set up.
    settings: Settings,
    /// What its pages run on.
    platform: Platform,
    /// The page of the address; none until its frame is drawn.
    route: RwSignal<Option<Route>>,
) -> impl IntoView {
    let hosted = use_context::<Hosted>();
    let (cloud, sign_in) = (platform.cloud(), platform.sign_in());
    #[cfg(feature = "live")]
    let sign_in_region = sign_in.map(|sign_in| view! { <SignInRegion sign_in=sign_in/> });
    #[cfg(not(feature = "live"))]
    let sign_in_region = ();
    let notifications = Notifications::new(cloud);
    provide_context(cloud);
    let note = preview::simulation_note(settings.simulate.clone());
    if let Some(sign_in) = sign_in {
        provide_context(sign_in);
    }
    let keeps_lists = settings.keeps_lists();
    provide_context(StoredValue::new(settings));
    provide_context(notifications);
    let runs = Runs::new(cloud, notifications);
    provide_context(runs);
    let draft_form = DraftForm::new();
    provide_context(draft_form);
    match platform {
        Platform::Preview(preview) => {
            if keeps_lists {
                provide_context(Lists::ReadAt(Callback::new(move |list| preview.read_at(&list))));
            }
            provide_context(ResetPreview(preview::reset));
        }
        #[cfg(feature = "live")]
        Platform::Live(live) => {
            if keeps_lists {
                provide_context(Lists::Keep(Callback::new(move |list| live.keep_list(list))));
            }
            live.start(AccountData { runs, notifications, draft_form });
        }
        Platform::Hosted(_) => {}
    }
    if let Some(hosted) = hosted {
        hosted.began.run(runs);
    }
    view! {
        <Frame>
            {note}
            {hosted.map(|hosted| hosted.note.run(()))}
            {sign_in_region}
            {move || {
                let route = route.get()?;
                // The form keeps what was typed and reads anew by itself.
                if let (Some(sign_in), false) = (sign_in, matches!(route, Route::CreateIdentity(_))) {
                    sign_in.generation.track();
                }
                Some(page(route))
            }}
        </Frame>
    }
}

/// The page of a route. All but the form come with parts of their own.
fn page(route: Route) -> AnyView {
    match route {
        Route::CreateIdentity(query) => view! { <CreateRoute query=query/> }.into_any(),
        Route::Home => view! { <Part load=pages::home/> }.into_any(),
        Route::Check => view! { <Part load=pages::check/> }.into_any(),
        Route::Guide => view! { <Part load=pages::guide/> }.into_any(),
        Route::Marketplace => view! { <Part load=pages::marketplace/> }.into_any(),
        Route::Identities => view! { <Part load=pages::identities/> }.into_any(),
        Route::Identity(id) => view! { <Part load=move || pages::identity(id.clone())/> }.into_any(),
        Route::Deployment(id) => view! { <Part load=move || pages::deployment(id.clone())/> }.into_any(),
        Route::NotFound(path) => view! { <Part load=move || pages::not_found(path.clone())/> }.into_any(),
    }
}

/// The page of the address.
fn addressed() -> Route {
    Route::parse(&address::fragment())
}

/// Follows the address for as long as the program runs. `addressed`: the page of it.
fn follow_address(route: RwSignal<Option<Route>>, addressed: impl Fn() -> Route + 'static) {
    address::on_change(move || {
        let next = Some(addressed());
        if route.with_untracked(|route| *route != next) {
            route.set(next);
            // A new page is a new place to read from.
            element::focus_from("main", "page-title".to_owned());
        }
    });
}
