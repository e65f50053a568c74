//! A deployment's page: status, properties, operations and next steps. One of this tab's runs is shown live,
//! and restored after a reload; any other deployment is read from ARM.

use leptos::prelude::*;

use super::commands::{Commands, Offered, is_in_portal, save_template};
use super::facts::Facts;
use super::next_steps::NextSteps;
use super::on_hold::OnHold;
use super::operations::{DeploymentOperations, request_rows, table};
use super::refreshing::Refreshing;
use super::status::StatusSection;
use super::view::{Shown, Status};
use super::watch::{self, DeploymentLookup};
use crate::arm::deployment::Deployment;
use crate::arm::resource_id::ResourceId;
use crate::browser::{address, element, title as window_title};
use crate::cloud::Cloud;
use crate::controls::{Button, ButtonKind, Glyph, Link, MessageBar, Skeleton, Tone};
use crate::messages;
use crate::portal::azure_portal::Portal;
use crate::portal::failure::{Failure, Unread};
use crate::portal::frame::{Heading, Page};
use crate::portal::put_back::{PutBack, PutBackQuestion};
use crate::portal::route::Route;
use crate::portal::runs::{Run, RunOutcome, Runs};
use crate::provisioning::progress::Progress;
use crate::settings::Settings;

#[component]
pub fn DeploymentPage(
    /// The deployment's id, or the identity's for direct requests.
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
        // After the frame has set a title from the address, which doesn't contain the identity's name.
        let title = [heading.title.as_str(), " - ", &messages::PRODUCT_NAME.text()].concat();
        element::next_frame(Box::new(move || window_title::set(&title)));
    }
    let content = if of_this_tab { run_view(id, runs) } else { found_view(id) };
    view! { <Page heading=heading><div class="deployment">{content}</div></Page> }.into_any()
}

/// The view of one of this tab's runs.
fn run_view(id: ResourceId, runs: Runs) -> AnyView {
    let run_id = id.clone();
    let run = Memo::new(move |_| runs.get(&run_id));
    // The deployment at the last Refresh, with the run's progress then: the run may send the deployment again later.
    let refreshed = RwSignal::new(None::<(Progress, Option<Deployment>)>);
    let shown = Memo::new(move |_| {
        refreshed.with(|refreshed| {
            run.with(|run| {
                let run = run.as_ref()?;
                let refreshed = refreshed.as_ref().filter(|(progress, _)| *progress == run.record.progress);
                Some(Shown::from(run).ended_as(refreshed.and_then(|(_, deployment)| deployment.as_ref())))
            })
        })
    });
    let refreshing = Refreshing::new();
    let (cloud, deployment_id) = (expect_context::<Cloud>(), id.clone());
    let refresh = Callback::new(move |()| {
        refreshing.round.update(|round| *round = round.wrapping_add(1));
        let is_open = shown.with_untracked(|shown| shown.as_ref().is_some_and(Shown::is_open));
        let progress = run.with_untracked(|run| run.as_ref().map(|run| run.record.progress.clone()));
        if let Some(progress) = progress.filter(|_| is_open) {
            let id = deployment_id.clone();
            refreshing.start(async move {
                // If the request fails, the page doesn't change.
                if let Ok(deployment) = watch::deployment(cloud, id).await {
                    refreshed.set(Some((progress, deployment)));
                }
                refreshing.busy.set(false);
            });
        }
    });
    let waiting = Signal::derive(move || run.with(|run| run.as_ref().and_then(|run| run.waiting)));
    let again = Callback::new(move |()| {
        if let Some(next) = runs.again(&id) {
            address::go(&Route::Deployment(next).href());
        }
    });
    let draft = move || run.with_untracked(|run| run.as_ref().map(|run| run.record.draft.clone()));
    let put_back = PutBack::new();
    let edit = Callback::new(move |()| {
        if let Some(record) = run.with_untracked(|run| run.as_ref().map(|run| run.record.clone())) {
            put_back.open(record.draft, &record.caller.account);
        }
    });
    let template = Callback::new(move |()| {
        if let Some(draft) = draft() {
            leptos::task::spawn_local(async move {
                // If the part can't be loaded, the next press tries again.
                let _ = save_template(draft).await;
            });
        }
    });
    let whose = Memo::new(move |_| run.with(|run| run.as_ref().map(|run| runs.whose(run))));
    let is_held = Memo::new(move |_| {
        let on_hold = shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.status == Status::OnHold));
        let stopped = run.with(|run| run.as_ref().is_some_and(|run| matches!(run.outcome, Some(RunOutcome::Stopped(_)))));
        on_hold || (stopped && whose.get().is_some_and(|whose| !whose.may_go_on()))
    });
    let on_hold = move || {
        let held = if is_held.get() { run.get().zip(whose.get()) } else { None };
        held.map(|(run, whose)| view! { <OnHold run=run whose=whose/> })
    };
    let remedies = move || {
        if is_held.get() {
            return ().into_any();
        }
        if shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.status == Status::Unknown)) {
            return view! { <Button kind=ButtonKind::Primary on_press=again>{messages::LOOK_AGAIN.text()}</Button> }.into_any();
        }
        let retry =
            shown.with(|shown| shown.as_ref().and_then(|shown| shown.failure.as_ref()).is_some_and(|failure| failure.worth_retrying));
        // What stands stays: only the rest is created.
        let has_steps = shown.with(|shown| shown.as_ref().is_some_and(|shown| !shown.access.is_empty()));
        let label = if has_steps { messages::HELD_CONTINUE } else { messages::TRY_AGAIN };
        let retry = (retry || has_steps).then(|| view! { <Button kind=ButtonKind::Primary on_press=again>{label.text()}</Button> });
        view! { {retry} <Button icon=Glyph::Edit on_press=edit>{messages::EDIT_AND_TRY_AGAIN.text()}</Button> }.into_any()
    };
    let steps = move || run.with(|run| run.as_ref().map(steps_by_request));
    let portal = portal();
    let offered = Memo::new(move |_| match (run.get(), shown.get(), whose.get()) {
        (Some(run), Some(shown), Some(whose)) => Offered::of_run(&run, &shown, whose, portal),
        _ => Offered::default(),
    });
    let portal = Signal::derive(move || portal.filter(|_| whose.get().is_some_and(is_in_portal)));
    view! {
        <Commands offered=offered busy=refreshing.busy on_refresh=refresh on_redeploy=edit on_template=template/>
        <PutBackQuestion put_back=put_back/>
        <Outline shown=shown waiting=waiting round=refreshing.round portal=portal held=on_hold remedies=remedies steps=steps/>
    }
    .into_any()
}

fn steps_by_request(run: &Run) -> AnyView {
    let status = Shown::from(run).status;
    table(Some(request_rows(run)), status)
}

/// The view of a deployment read from ARM.
fn found_view(id: ResourceId) -> AnyView {
    let cloud = expect_context::<Cloud>();
    let found = RwSignal::new(DeploymentLookup::Looking);
    let waiting = RwSignal::new(None);
    let deployment_id = id.clone();
    let refreshing = Refreshing::new();
    let follow = move || {
        waiting.set(None);
        refreshing.start(watch::follow(cloud, deployment_id.clone(), found, waiting));
    };
    let follow = Callback::new(move |()| follow());
    follow.run(());
    let ask = Callback::new(move |()| {
        found.set(DeploymentLookup::Looking);
        follow.run(());
    });
    let refresh = Callback::new(move |()| {
        refreshing.round.update(|round| *round = round.wrapping_add(1));
        follow.run(());
    });
    Effect::new(move |_| {
        // Runs for every answer, including unchanged ones.
        if found.with(|found| *found != DeploymentLookup::Looking) {
            refreshing.busy.set(false);
        }
    });
    let shown = Memo::new(move |_| {
        found.with(|found| match found {
            DeploymentLookup::Deployment(deployment) => Some(Shown::from(&**deployment)),
            DeploymentLookup::Identity(identity) => Some(Shown::from(&**identity)),
            _ => None,
        })
    });
    let kind = Memo::new(move |_| found.with(std::mem::discriminant));
    let portal = portal();
    let offered = Memo::new(move |_| shown.with(|shown| Offered::of_found(shown.as_ref(), portal)));
    let content = move || {
        // `get`, because a memo that is only tracked is never computed. A change within one kind doesn't render the page again.
        let _ = kind.get();
        match found.get_untracked() {
            DeploymentLookup::Looking => view! { <Skeleton lines=6/> }.into_any(),
            DeploymentLookup::Nothing => nowhere(),
            DeploymentLookup::Failed(error) => view! { <Unread error=error sign_in=messages::SIGN_IN_FOR_THIS on_again=ask/> }.into_any(),
            DeploymentLookup::Deployment(_) => {
                view! { <Outline shown=shown waiting=waiting round=refreshing.round portal=portal/> }.into_any()
            }
            DeploymentLookup::Identity(_) => {
                let trace = || view! { <p class="quiet">{messages::DEPLOYMENT_WITHOUT_TRACE.text()}</p> };
                view! { <Outline shown=shown waiting=waiting round=refreshing.round portal=portal steps=trace/> }.into_any()
            }
        }
    };
    view! { <Commands offered=offered busy=refreshing.busy on_refresh=refresh/> {content} }.into_any()
}

/// The portal of the current cloud.
fn portal() -> Option<Portal> {
    use_context::<StoredValue<Settings>>().and_then(|settings| settings.with_value(Portal::in_use))
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

/// The page below the title and the commands.
#[component]
fn Outline(
    #[prop(into)] shown: Signal<Option<Shown>>,
    /// How many seconds ARM asked to wait.
    #[prop(into)]
    waiting: Signal<Option<u64>>,
    /// Changes to trigger reading the operations again.
    #[prop(into)]
    round: Signal<u32>,
    #[prop(into)] portal: Signal<Option<Portal>>,
    /// The notice of a run on hold.
    #[prop(optional, into)]
    held: Option<ViewFn>,
    /// Buttons to act on a failure.
    #[prop(optional, into)]
    remedies: Option<ViewFn>,
    /// The operations of a run by direct requests.
    #[prop(optional, into)]
    steps: Option<ViewFn>,
) -> impl IntoView {
    let status = Memo::new(move |_| shown.with(|shown| shown.as_ref().map_or(Status::UnderWay, |shown| shown.status)));
    let remedies = StoredValue::new(remedies);
    let failure = Memo::new(move |_| shown.with(|shown| shown.as_ref().and_then(|shown| shown.failure.clone())));
    let failed = move || {
        failure.get().map(|explanation| {
            let buttons = remedies.with_value(|remedies| remedies.as_ref().map(ViewFn::run));
            let tone = if matches!(status.get_untracked(), Status::Cancelled | Status::Unknown) { Tone::Warning } else { Tone::Error };
            view! { <Failure explanation=explanation tone=tone>{buttons}</Failure> }
        })
    };
    let facts = move || shown.get().map(|shown| view! { <Facts shown=shown portal=portal.get()/> });
    let made = Memo::new(move |_| shown.with(|shown| shown.as_ref().and_then(|shown| Some((shown.made.clone()?, shown.access.clone())))));
    let next = move || made.get().map(|(id, access)| view! { <NextSteps id=id access=access/> });
    let deployment = shown.with_untracked(|shown| shown.as_ref().filter(|shown| shown.is_deployment()).map(|shown| shown.id.clone()));
    let operations = match deployment {
        Some(id) => view! { <DeploymentOperations id=id status=status round=round/> }.into_any(),
        None => (move || steps.as_ref().map(ViewFn::run)).into_any(),
    };
    view! {
        <StatusSection shown=shown status=status waiting=waiting/>
        {move || held.as_ref().map(ViewFn::run)}
        {failed}
        {facts}
        {next}
        {operations}
    }
    .into_any()
}
