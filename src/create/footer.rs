//! The bar at the bottom of the form. It is always visible and never covers the focused element.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::form::Form;
use super::hosted::HostedForm;
use super::press::{Pointer, Presses};
use super::sending;
use crate::browser::{clock, element};
use crate::cloud::Cloud;
use crate::controls::{Button, ButtonKind};
use crate::messages::{self, Message};
use crate::portal::runs::Runs;
use crate::provisioning::field::Tab;

/// The id of the Create button.
const CREATE: &str = "create-now";

/// Review + create (or Create on the last tab), and the buttons for the previous and the next tab.
#[component]
pub fn Footer(form: Form) -> impl IntoView {
    let go = move |tab: Tab| Callback::new(move |()| form.step(tab));
    let reviewing = Memo::new(move |_| form.tab.get() == Tab::Review);
    let presses = presses(form, reviewing);
    // Two elements, not one that changes, so that a press on one never becomes a click on the other.
    let review = move || {
        let open = go(Tab::Review);
        (!reviewing.get()).then(|| {
            view! { <Button id="create-primary" kind=ButtonKind::Primary on_press=open>{messages::REVIEW_AND_CREATE.text()}</Button> }
        })
    };
    let create = move || reviewing.get().then(|| view! { <Create form=form presses=presses/> });
    let previous = move || {
        let (tab, at_start) = match form.tab.get() {
            Tab::Basics => (Tab::Basics, true),
            Tab::Access => (Tab::Basics, false),
            // As if the tab weren't there for whoever doesn't use it.
            Tab::Tags if form.with_rest(|draft| draft.access.is_empty()) => (Tab::Basics, false),
            Tab::Tags => (Tab::Access, false),
            Tab::Review => (Tab::Tags, false),
        };
        view! { <Button id="create-previous" disabled=at_start on_press=go(tab)>{messages::PREVIOUS.text()}</Button> }
    };
    let next = move || match form.tab.get() {
        Tab::Basics | Tab::Access => {
            Some(view! { <Button id="create-next" on_press=go(Tab::Tags)>{next_to(messages::NEXT_TAGS)}</Button> })
        }
        Tab::Tags => Some(view! { <Button id="create-next" on_press=go(Tab::Review)>{next_to(messages::NEXT_REVIEW)}</Button> }),
        Tab::Review => None,
    };
    let template = move || {
        reviewing.get().then(|| {
            view! {
                <Button kind=ButtonKind::Link on_press=Callback::new(move |()| spawn_local(async move {
                    // If the part fails to load, the next press loads it again.
                    let _ = sending::download_template(form).await;
                }))>
                    <span>{messages::DOWNLOAD_TEMPLATE.text()}<span class="roomy">{messages::FOR_AUTOMATION.text()}</span></span>
                </Button>
            }
        })
    };
    let down = move |event: leptos::ev::PointerEvent| {
        // Uses our own clock: WebKit's time stamps may have another origin after a page of another site.
        let pointer = Pointer { at: clock::since_start(), place: (event.client_x(), event.client_y()) };
        let on_create = element::attribute_at(&event, "id").as_deref() == Some(CREATE);
        presses.update_untracked(|presses| presses.pointer_down(pointer, on_create));
    };
    view! { <div class="create-footer" on:pointerdown=down>{review} {create} {previous} {next} {template}</div> }.into_any()
}

/// "Next : Tags >", shortened to "Next >" on a narrow screen.
fn next_to(label: Message) -> AnyView {
    let label = label.text();
    match label.split_once(" : ").and_then(|(next, rest)| Some((next, rest.strip_suffix(" >")?))) {
        Some((next, tab)) => view! { <span>{next.to_owned()}<span class="roomy">" : "{tab.to_owned()}</span>" >"</span> }.into_any(),
        None => label.into_any(),
    }
}

/// Create, or the button that replaces it inside a host page. See [`super::press`] for which presses count.
#[component]
fn Create(form: Form, presses: RwSignal<Presses>) -> impl IntoView {
    let (runs, cloud) = (expect_context::<Runs>(), expect_context::<Cloud>());
    let take = use_context::<HostedForm>().and_then(|hosted| hosted.take);
    let finish = Callback::new(move |()| match take {
        Some(take) => take.run(form),
        None => spawn_local(sending::create(form, runs, cloud)),
    });
    let words = if take.is_some() { messages::USE_REQUEST } else { messages::CREATE };
    let cannot = Signal::derive(move || !form.may_create() || !presses.with(Presses::is_ready));
    let key = move |event: leptos::ev::KeyboardEvent| presses.update_untracked(|presses| presses.key_down(&event.key(), event.repeat()));
    let click = move |event: leptos::ev::MouseEvent| {
        if presses.try_update_untracked(|presses| presses.click(event.detail())) != Some(true) {
            event.stop_propagation();
        }
    };
    view! {
        <span class="create-now" on:keydown:capture=key on:click:capture=click>
            <Button id=CREATE kind=ButtonKind::Primary disabled=cannot busy=form.sending on_press=finish>{words.text()}</Button>
        </span>
    }
    .into_any()
}

/// Tracks the presses in the footer. A press on Create counts once the review and Azure's answer have been painted, and the last
/// press is too old to be the first half of a double press.
fn presses(form: Form, reviewing: Memo<bool>) -> RwSignal<Presses> {
    let presses = RwSignal::new(Presses::default());
    let may = Memo::new(move |_| reviewing.get() && form.may_create());
    Effect::new(move |_| {
        let expected = may.get();
        presses.update(|presses| presses.set_ready(false));
        if expected {
            element::after_paint(Box::new(move || {
                spawn_local(async move {
                    while let Some(rest) = presses.try_with_untracked(|presses| presses.rest(clock::since_start())).flatten() {
                        clock::wait(rest).await;
                    }
                    // The form may no longer exist, or the answer may be outdated.
                    if may.try_get_untracked() == Some(true) {
                        presses.try_update(|presses| presses.set_ready(true));
                    }
                });
            }));
        }
    });
    presses
}
