//! The page of a deployment: how it stands, what it is, its steps, and what to do next. A run of this tab is shown live,
//! and found again after a reload; any other deployment is read from ARM.

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;

use super::facts::Facts;
use super::failure::Failure;
use super::following::{self, Found};
use super::held::Held;
use super::next_steps::NextSteps;
use super::operations::{DeploymentOperations, request_rows, table};
use super::runs::{Outcome, Run, Runs};
use super::shown::{Shown, Status};
use super::standing::Standing;
use crate::arm::resource_id::ResourceId;
use crate::browser::{address, title as window_title};
use crate::controls::{Button, ButtonKind, Glyph, Link, MessageBar, Skeleton, Tone};
use crate::create::autosave;
use crate::create::draft::Draft;
use crate::create::explain::explain;
use crate::messages;
use crate::portal::cloud::Cloud;
use crate::portal::frame::{Heading, Page};
use crate::portal::route::Route;

/// The page.
#[component]
pub fn DeploymentPage(
    /// The deployment's id, or the identity's where there is no deployment.
    id: ResourceId,
) -> impl IntoView {
    let runs = expect_context::<Runs>();
    let of_this_tab = runs.recall(&id);
    let name = runs.name(&id);
    let heading = Heading {
        title: match name {
            Some(name) => messages::DEPLOYMENT_OF.with([&name]).text(),
            None => [&messages::DEPLOYMENT.text(), " ", id.name()].concat(),
        },
        trail: vec![(messages::HOME_TITLE, Route::Home), (messages::IDENTITIES_TITLE, Route::Identities)],
        close: Some(Route::Home),
    };
    if cfg!(target_arch = "wasm32") {
        // After the frame has named the page by its address, which knows no names.
        let named = [heading.title.as_str(), " - ", &messages::PRODUCT_NAME.text()].concat();
        request_animation_frame(move || window_title::set(&named));
    }
    let content = if of_this_tab { run_view(id, runs) } else { found_view(id) };
    view! { <Page heading=heading><div class="deployment">{content}</div></Page> }.into_any()
}

/// A run of this tab.
fn run_view(id: ResourceId, runs: Runs) -> AnyView {
    let found = id.clone();
    let run = Memo::new(move |_| runs.get(&found));
    let shown = Memo::new(move |_| run.with(|run| run.as_ref().map(Shown::from)));
    let waiting = Signal::derive(move || run.with(|run| run.as_ref().and_then(|run| run.waiting)));
    let again = Callback::new(move |()| {
        if let Some(next) = runs.again(&id) {
            address::go(&Route::Deployment(next).href());
        }
    });
    let edit = Callback::new(move |()| {
        if let Some(draft) = run.with_untracked(|run| run.as_ref().map(|run| run.record.draft.clone())) {
            edit(&draft);
        }
    });
    let whose = Memo::new(move |_| run.with(|run| run.as_ref().map(|run| runs.whose(run))));
    let is_held = Memo::new(move |_| {
        let on_hold = shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.status == Status::OnHold));
        let stopped = run.with(|run| run.as_ref().is_some_and(|run| matches!(run.outcome, Some(Outcome::Stopped(_)))));
        on_hold || (stopped && whose.get().is_some_and(|whose| !whose.may_go_on()))
    });
    let held = move || {
        let held = if is_held.get() { run.get().zip(whose.get()) } else { None };
        held.map(|(run, whose)| view! { <Held run=run whose=whose/> })
    };
    let remedies = move || {
        if is_held.get() {
            return ().into_any();
        }
        if shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.status == Status::Unknown)) {
            return view! { <Button kind=ButtonKind::Primary on_press=again>{messages::LOOK_AGAIN.text()}</Button> }.into_any();
        }
        let retry = shown.with(|shown| shown.as_ref().and_then(|shown| shown.failure.as_ref()).is_some_and(|told| told.worth_retrying));
        let retry = retry.then(|| view! { <Button kind=ButtonKind::Primary on_press=again>{messages::TRY_AGAIN.text()}</Button> });
        view! { {retry} <Button icon=Glyph::Edit on_press=edit>{messages::EDIT_AND_TRY_AGAIN.text()}</Button> }.into_any()
    };
    let steps = move || run.with(|run| run.as_ref().map(steps_by_request));
    view! {
        {held}
        <Outline shown=shown waiting=waiting remedies=remedies steps=steps/>
    }
    .into_any()
}

/// Opens the form as it was.
fn edit(draft: &Draft) {
    if autosave::kept().as_ref() != Some(draft) {
        autosave::put_back(draft);
    }
    address::go(&Route::CreateIdentity(String::new()).href());
}

fn steps_by_request(run: &Run) -> AnyView {
    let status = Shown::from(run).status;
    table(Some(request_rows(run)), status)
}

/// A deployment that ARM tells of.
fn found_view(id: ResourceId) -> AnyView {
    let cloud = expect_context::<Cloud>();
    let found = RwSignal::new(Found::Looking);
    let waiting = RwSignal::new(None);
    let asked = id.clone();
    let owner = Owner::current();
    let ask = Callback::new(move |()| {
        found.set(Found::Looking);
        let following = following::follow(cloud, asked.clone(), found, waiting);
        // A button's handler runs without an owner, but what it starts ends with this page.
        if let Some(owner) = &owner {
            owner.with(|| spawn_local_scoped_with_cancellation(following));
        }
    });
    ask.run(());
    let shown = Memo::new(move |_| {
        found.with(|found| match found {
            Found::Deployment(deployment) => Some(Shown::from(&**deployment)),
            Found::Identity(identity) => Some(Shown::from(&**identity)),
            _ => None,
        })
    });
    let kind = Memo::new(move |_| found.with(std::mem::discriminant));
    let content = move || {
        // Reading it, because a memo that is only tracked is never computed. A deployment that changes is not drawn anew.
        let _ = kind.get();
        match found.get_untracked() {
            Found::Looking => view! { <Skeleton lines=6/> }.into_any(),
            Found::Nothing => nowhere(),
            Found::Failed(error) => view! {
                <h2>{messages::DEPLOYMENT_UNREAD.text()}</h2>
                <Failure told=explain(&error)>
                    <Button kind=ButtonKind::Primary on_press=ask>{messages::TRY_AGAIN.text()}</Button>
                </Failure>
            }
            .into_any(),
            Found::Deployment(_) => view! { <Outline shown=shown waiting=waiting/> }.into_any(),
            Found::Identity(_) => {
                let trace = || view! { <p class="quiet">{messages::DEPLOYMENT_WITHOUT_TRACE.text()}</p> };
                view! { <Outline shown=shown waiting=waiting steps=trace/> }.into_any()
            }
        }
    };
    content.into_any()
}

fn nowhere() -> AnyView {
    view! {
        <MessageBar tone=Tone::Warning>
            <strong>{messages::DEPLOYMENT_NOWHERE.text()}</strong>
            <p>{messages::DEPLOYMENT_NOWHERE_TEXT.text()}</p>
        </MessageBar>
        <div class="actions"><Link href=Route::Identities.href() kind=ButtonKind::Secondary>{messages::IDENTITIES_TITLE.text()}</Link></div>
    }
    .into_any()
}

/// Everything below the title.
#[component]
fn Outline(
    /// What is shown.
    #[prop(into)]
    shown: Signal<Option<Shown>>,
    /// Seconds that ARM asked to wait.
    #[prop(into)]
    waiting: Signal<Option<u64>>,
    /// What can be done about a failure.
    #[prop(optional, into)]
    remedies: Option<ViewFn>,
    /// The steps of what is no deployment.
    #[prop(optional, into)]
    steps: Option<ViewFn>,
) -> impl IntoView {
    let status = Memo::new(move |_| shown.with(|shown| shown.as_ref().map_or(Status::UnderWay, |shown| shown.status)));
    let remedies = StoredValue::new(remedies);
    let failure = Memo::new(move |_| shown.with(|shown| shown.as_ref().and_then(|shown| shown.failure.clone())));
    let failed = move || {
        failure.get().map(|told| {
            let acts = remedies.with_value(|acts| acts.as_ref().map(ViewFn::run));
            let tone = if matches!(status.get_untracked(), Status::Cancelled | Status::Unknown) { Tone::Warning } else { Tone::Error };
            view! { <Failure told=told tone=tone>{acts}</Failure> }
        })
    };
    let facts = move || shown.get().map(|shown| view! { <Facts shown=shown/> });
    let made = Memo::new(move |_| shown.with(|shown| shown.as_ref().and_then(|shown| shown.made.clone())));
    let next = move || made.get().map(|id| view! { <NextSteps id=id/> });
    let deployment = shown.with_untracked(|shown| shown.as_ref().filter(|shown| shown.is_deployment()).map(|shown| shown.id.clone()));
    let operations = match deployment {
        Some(id) => view! { <DeploymentOperations id=id status=status/> }.into_any(),
        None => (move || steps.as_ref().map(ViewFn::run)).into_any(),
    };
    view! {
        <Standing shown=shown status=status waiting=waiting/>
        {failed}
        {facts}
        {next}
        {operations}
    }
    .into_any()
}
