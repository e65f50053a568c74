//! The review on paper, for whoever approves it: what is asked, what is wrong with it, the code, when and where it was printed.
//! The page itself is printed; `style/print.css` leaves out what only works on a screen.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::code_panel;
use super::form::Form;
use crate::browser::{address, clock, window};
use crate::controls::Button;
use crate::messages;
use crate::settings::Settings;

/// What the printed page has besides the one on the screen.
#[derive(Clone, PartialEq)]
struct Printed {
    made: String,
    title: String,
    code: String,
}

/// The button, and what only paper shows.
#[component]
pub fn Report(
    /// The form.
    form: Form,
) -> impl IntoView {
    let settings = expect_context::<StoredValue<Settings>>();
    let printed = RwSignal::new(None::<Printed>);
    let print = Callback::new(move |()| {
        let cloud = settings.with_value(|settings| settings.cloud.clone());
        spawn_local(async move {
            // Without its part, the code is left out.
            let (language, code) = code_panel::listing(form, cloud).await.unwrap_or_default();
            let made = messages::PRINT_MADE.with([&clock::readable(clock::now()), &address::base()]).text();
            let title = messages::PRINT_AS_CODE.with([&language]).text();
            if printed.try_set(Some(Printed { made, title, code })).is_none() {
                // Once it is drawn.
                request_animation_frame(window::print);
            }
        });
    });
    let paper = move || {
        printed.get().map(|Printed { made, title, code }| {
            let code = (!code.is_empty()).then(|| view! { <h2>{title}</h2><pre class="code-block">{code}</pre> });
            view! { <section class="paper-only">{code}<p class="paper-made">{made}</p></section> }
        })
    };
    view! {
        <div class="actions screen-only"><Button on_press=print>{messages::PRINT.text()}</Button></div>
        {paper}
    }
    .into_any()
}
