//! A deployment's status, announced as it changes, the wait that ARM asked for, and the main buttons.

use std::time::Duration;

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;

use super::view::{Shown, Status};
use super::watch;
use crate::arm::error::ArmError;
use crate::arm::resource_id::ResourceId;
use crate::browser::{address, clock, element};
use crate::cloud::Cloud;
use crate::controls::{Button, ButtonKind, Glyph, Icon, Tone};
use crate::messages::{self, Message};
use crate::portal::failure::Failure;
use crate::portal::route::Route;
use crate::provisioning::explain::explain;

/// The id of the status heading.
const TITLE: &str = "deployment-status";

#[component]
pub fn StatusSection(
    shown: Signal<Option<Shown>>,
    status: Memo<Status>,
    /// How many seconds ARM asked to wait.
    waiting: Signal<Option<u64>>,
) -> impl IntoView {
    let heading = move || {
        let status = status.get();
        let (name, glyph) = look(status);
        view! {
            <h2 id=TITLE tabindex="-1" class="deployment-status" data-tone=name>
                <Icon glyph=glyph/>
                <span>{status.title().text()}</span>
            </h2>
        }
    };
    let progress = move || {
        let text = shown.with(|shown| match shown {
            Some(shown) if !shown.is_deployment() => messages::DEPLOYMENT_DIRECT_TEXT,
            // The deployment exists in Azure once it has a correlation id.
            Some(shown) if shown.correlation_id.is_none() => messages::DEPLOYMENT_SENDING_TEXT,
            _ => messages::DEPLOYMENT_UNDER_WAY_TEXT,
        });
        (status.get() == Status::UnderWay).then(|| {
            view! {
                <div class="progress-run" aria-hidden="true"></div>
                <p class="quiet">{text.text()}</p>
            }
        })
    };
    let updated = move || {
        let updated = status.get() == Status::Complete && shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.updated));
        let elsewhere = status.get() == Status::Elsewhere;
        let text = if elsewhere { messages::DEPLOYMENT_ELSEWHERE_TEXT } else { messages::DEPLOYMENT_UPDATED_TEXT };
        (updated || elsewhere).then(|| view! { <p>{text.text()}</p> })
    };
    let buttons = move || match status.get() {
        Status::UnderWay => {
            let id = shown.with_untracked(|shown| shown.as_ref().filter(|shown| shown.is_deployment()).map(|shown| shown.id.clone()));
            id.map(|id| view! { <CancelButton id=id status=status/> }.into_any())
        }
        Status::Complete => shown.with(|shown| shown.as_ref().and_then(|shown| shown.made.clone())).map(|id| {
            let go = Callback::new(move |()| address::go(&Route::Identity(id.clone()).href()));
            view! { <div class="actions"><Button kind=ButtonKind::Primary on_press=go>{messages::GO_TO_RESOURCE.text()}</Button></div> }
                .into_any()
        }),
        Status::Failed | Status::Cancelled | Status::Unknown | Status::OnHold | Status::Elsewhere => None,
    };
    view! {
        <div class="standing">
            <div role="status">{heading} {updated}</div>
            {progress}
            <Countdown waiting=waiting/>
            {buttons}
        </div>
    }
    .into_any()
}

/// The tone's name and the icon of a status.
fn look(status: Status) -> (&'static str, Glyph) {
    let tone = match status {
        Status::UnderWay | Status::Elsewhere => Tone::Busy,
        Status::Complete => Tone::Success,
        Status::Failed => Tone::Error,
        Status::Cancelled | Status::Unknown | Status::OnHold => Tone::Warning,
    };
    (tone.name(), tone.glyph())
}

/// A countdown of the wait that ARM asked for. It is announced once, and updated visually every second.
#[component]
fn Countdown(waiting: Signal<Option<u64>>) -> impl IntoView {
    let left = RwSignal::new(None::<u64>);
    Effect::new(move |_| {
        let seconds = waiting.get();
        left.set(seconds);
        if seconds.is_some() {
            spawn_local_scoped_with_cancellation(async move {
                while left.get_untracked().is_some_and(|seconds| seconds > 1) {
                    clock::wait(Duration::from_secs(1)).await;
                    left.update(|left| *left = left.map(|seconds| seconds.saturating_sub(1)));
                }
            });
        }
    });
    let text = |seconds: u64| messages::WAITING_RETRY.with(seconds).text();
    view! {
        <span class="visually-hidden" role="status">{move || waiting.get().map(text)}</span>
        {move || left.get().map(|seconds| view! { <p class="countdown" aria-hidden="true">{text(seconds)}</p> })}
    }
    .into_any()
}

/// The message for a failed cancellation: it was refused, or its outcome is unknown without an answer.
fn not_cancelled(error: &ArmError) -> Message {
    if error.is_unanswered() { messages::CANCEL_UNKNOWN } else { messages::NOT_CANCELLED }
}

/// Cancels the deployment.
#[component]
fn CancelButton(id: ResourceId, status: Memo<Status>) -> impl IntoView {
    let cloud = expect_context::<Cloud>();
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(None::<ArmError>);
    let cancel = Callback::new(move |()| {
        busy.set(true);
        refused.set(None);
        let id = id.clone();
        leptos::task::spawn_local(async move {
            if let Err(error) = watch::cancel(cloud, id).await {
                busy.try_set(false);
                // A deployment that has ended meanwhile needs no cancellation.
                if status.try_get_untracked() == Some(Status::UnderWay) {
                    refused.try_set(Some(error));
                }
            }
        });
    });
    on_cleanup(move || {
        if busy.try_get_untracked() == Some(true) {
            // The button disappears when the deployment ends; the focus moves to the status heading.
            element::next_frame(Box::new(|| element::focus(TITLE)));
        }
    });
    let label = move || if busy.get() { messages::CANCELLING } else { messages::CANCEL }.text();
    view! {
        <div class="actions">
            <Button busy=busy on_press=cancel>{label}</Button>
        </div>
        {move || refused.get().map(|error| view! { <p>{not_cancelled(&error).text()}</p><Failure explanation=explain(&error)/> })}
    }
    .into_any()
}
