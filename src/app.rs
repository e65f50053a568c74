//! The composition root: chooses what the pages run on, gives them their services, and shows the page of the address.

mod completion;
mod configuration;
mod embedded;
#[cfg(feature = "live")]
mod forgetting;
mod lists;
#[cfg(feature = "live")]
mod live;
mod pages;
mod preview;
mod start;

use leptos::prelude::*;

use crate::browser::{address, element};
use crate::cloud::{Cloud, Lists, ResetPreview};
use crate::controls::Part;
use crate::create::opening::CreateRoute;
use crate::portal::frame::Frame;
use crate::portal::hosted::Hosted;
use crate::portal::notifications::Notifications;
use crate::portal::route::Route;
use crate::portal::runs::Runs;
use crate::portal::sign_in::SignIn;
#[cfg(feature = "live")]
use crate::portal::sign_in_bar::SignInRegion;
use crate::settings::{Mode, Settings};

#[cfg(not(target_arch = "wasm32"))]
pub use start::shell;
pub use start::start;

/// The whole page.
#[component]
pub fn App(
    /// How this deployment is set up.
    settings: Settings,
    /// The page of the address; none until its frame is drawn.
    route: RwSignal<Option<Route>>,
) -> impl IntoView {
    let hosted = use_context::<Hosted>();
    let (cloud, sign_in): (Cloud, Option<SignIn>) = match (settings.mode, hosted.and_then(|hosted| hosted.cloud)) {
        (Mode::Preview, _) => (preview::cloud(&settings), None),
        (Mode::Live, Some(cloud)) => (cloud, None),
        #[cfg(feature = "live")]
        (Mode::Live, None) => (live::cloud(&settings), Some(live::sign_in(&settings))),
        // Only built to be weighed.
        #[cfg(not(feature = "live"))]
        (Mode::Live, None) => (preview::cloud(&settings), None),
    };
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
    if settings.keeps_lists() {
        match settings.mode {
            Mode::Preview => provide_context(Lists::ReadAt(preview::read_at)),
            #[cfg(feature = "live")]
            Mode::Live if sign_in.is_some() => provide_context(Lists::Keep(live::keep_list)),
            Mode::Live => {}
        }
    }
    if settings.mode == Mode::Preview {
        provide_context(ResetPreview(preview::reset));
    }
    provide_context(StoredValue::new(settings));
    provide_context(notifications);
    let runs = Runs::new(cloud, notifications);
    provide_context(runs);
    #[cfg(feature = "live")]
    forgetting::set_up(runs, notifications);
    if let Some(hosted) = hosted {
        (hosted.began)(runs);
    }
    view! {
        <Frame>
            {note}
            {hosted.map(|hosted| (hosted.note)())}
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
fn follow_address(route: RwSignal<Option<Route>>, addressed: fn() -> Route) {
    address::on_change(move || {
        let next = Some(addressed());
        if route.with_untracked(|route| *route != next) {
            route.set(next);
            // A new page is a new place to read from.
            element::focus_from("main", "page-title".to_owned());
        }
    });
}
