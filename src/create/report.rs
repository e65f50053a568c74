//! The printed review, for approvers: the request, its problems, the code, and when and where it was printed.
//! The button or the browser's own shortcut prints the page itself; `style/print.css` hides what only works on a screen.

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation as spawn;

use super::code_panel;
use super::form::Form;
use crate::browser::{address, clock, window};
use crate::controls::Button;
use crate::messages;
use crate::portal::hosted::Hosted;
use crate::settings::Settings;
use crate::visible::shown_lines;

/// The print button, and the content that is only printed.
#[component]
pub fn Report(form: Form) -> impl IntoView {
    let settings = expect_context::<StoredValue<Settings>>();
    // Prepared in advance, since printing does not wait for the part. If the part fails to load, the code is left out.
    let listing = RwSignal::new(<(String, String)>::default());
    Effect::new(move |_| {
        form.draft.track();
        form.known.track();
        form.code_language.track();
        let cloud = settings.with_value(|settings| settings.cloud.clone());
        spawn(async move { listing.set(code_panel::listing(form, cloud).await.unwrap_or_default()) });
    });
    let printed_at = RwSignal::new(None::<u64>);
    if cfg!(target_arch = "wasm32") {
        let heard = window_event_listener_untyped("beforeprint", move |_| printed_at.set(Some(clock::now())));
        on_cleanup(move || heard.remove());
    }
    let paper = move || {
        printed_at.get().map(|at| {
            let made = messages::PRINT_MADE.with([&clock::readable(at), &address::base()]).text();
            let (language, code) = listing.get();
            let title = messages::PRINT_AS_CODE.with([&language]).text();
            let code =
                (!code.is_empty()).then(|| view! { <h2>{title}</h2><pre class="code-block">{shown_lines(&code).into_owned()}</pre> });
            view! { <section class="paper-only">{code}<p class="paper-made">{made}</p></section> }
        })
    };
    // The host's iframe sandbox lacks `allow-modals`, so the button would do nothing.
    let button = use_context::<Hosted>().is_none().then(|| {
        view! { <div class="actions screen-only"><Button on_press=Callback::new(move |()| window::print())>{messages::PRINT.text()}</Button></div> }
    });
    view! {
        {button}
        {paper}
    }
    .into_any()
}
