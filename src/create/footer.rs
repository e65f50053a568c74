//! The bar at the foot of the form: always visible, never over what has the focus.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::field::Tab;
use super::form::Form;
use super::hosted::Hosted;
use super::sending;
use crate::controls::{Button, ButtonKind};
use crate::deployments::runs::Runs;
use crate::messages;

/// Review + create (or Create on the last tab), and the steps back and forth.
#[component]
pub fn Footer(
    /// The form.
    form: Form,
) -> impl IntoView {
    let runs = expect_context::<Runs>();
    let take = use_context::<Hosted>().and_then(|hosted| hosted.take);
    let finish = Callback::new(move |()| match take {
        Some(take) => take(form),
        None => spawn_local(sending::create(form, runs)),
    });
    let finishing = if take.is_some() { messages::USE_REQUEST } else { messages::CREATE };
    let go = move |tab: Tab| Callback::new(move |()| form.open(tab));
    let reviewing = move || form.tab.get() == Tab::Review;
    let primary = move || {
        if reviewing() {
            let cannot = Signal::derive(move || !form.may_create());
            view! {
                <Button id="create-primary" kind=ButtonKind::Primary disabled=cannot busy=form.sending on_press=finish>
                    {finishing.text()}
                </Button>
            }
        } else {
            view! { <Button id="create-primary" kind=ButtonKind::Primary on_press=go(Tab::Review)>{messages::REVIEW_AND_CREATE.text()}</Button> }
        }
    };
    let previous = move || {
        let (tab, at_start) = match form.tab.get() {
            Tab::Basics => (Tab::Basics, true),
            Tab::Tags => (Tab::Basics, false),
            Tab::Review => (Tab::Tags, false),
        };
        view! { <Button id="create-previous" disabled=at_start on_press=go(tab)>{messages::PREVIOUS.text()}</Button> }
    };
    let next = move || match form.tab.get() {
        Tab::Basics => Some(view! { <Button id="create-next" on_press=go(Tab::Tags)>{messages::NEXT_TAGS.text()}</Button> }),
        Tab::Tags => Some(view! { <Button id="create-next" on_press=go(Tab::Review)>{messages::NEXT_REVIEW.text()}</Button> }),
        Tab::Review => None,
    };
    let template = move || {
        reviewing().then(|| {
            view! {
                <Button kind=ButtonKind::Link on_press=Callback::new(move |()| spawn_local(async move {
                    // A part that is missing now is fetched again at the next press.
                    let _ = sending::download_template(form).await;
                }))>
                    {messages::DOWNLOAD_TEMPLATE.text()}
                </Button>
            }
        })
    };
    view! { <div class="create-footer">{primary} {previous} {next} {template}</div> }.into_any()
}
