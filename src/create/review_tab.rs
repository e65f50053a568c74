//! The Review + create tab: the result of Azure's validation, then every typed value, grouped by tab.

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation as spawn;

use super::form::{Form, Validation};
use super::overwrite::{Changes, UpdateDialog};
use super::report::Report;
use super::sending;
use super::what_if::WhatIf;
use crate::arm::error::ArmError;
use crate::cloud::Cloud;
use crate::controls::{Button, ButtonKind, Disclosure, ErrorSummary, MessageBar, ProgressLine, Tone};
use crate::messages;
use crate::portal::sign_in::{SignIn, SignInAction};
use crate::provisioning::explain::explain;
use crate::provisioning::field::Tab;
use crate::provisioning::plan::Plan;
use crate::provisioning::problem::{Problem, Severity};
use crate::provisioning::summary::{SummaryGroup, access_summary, summary};

crate::part! {
    in review:
    pub fn review_tab(form: Form) -> AnyView {
        keep_validated(form, expect_context::<Cloud>());
        view! { <ReviewTab form=form/> }.into_any()
    }
}

/// Runs ARM's validation when the review is opened or the person retries, and again only if the request would change: a list that
/// arrives late, or a policy about the new group's tags, can change it.
fn keep_validated(form: Form, cloud: Cloud) {
    let reviewing = Memo::new(move |_| form.tab.get() == Tab::Review);
    let sent = Memo::new(move |_| if reviewing.get() { form.planned().map(Plan::as_sent) } else { None });
    Effect::new(move |_| {
        form.lookups.track_attempts();
        if reviewing.get() {
            // Reads the memo: if only tracked, it is never computed, and then counts as changed with the next list.
            drop(sent.read());
            spawn(sending::validate(form, cloud));
        }
    });
}

#[component]
fn ReviewTab(form: Form) -> impl IntoView {
    let groups = move || {
        let draft = form.draft.read();
        let [basics, tags] = form.known.with(|known| summary(&draft, known));
        let groups = [Some(basics), access_summary(&draft), Some(tags)];
        groups.into_iter().flatten().map(|group| group_view(form, group)).collect::<Vec<_>>()
    };
    // Azure can predict the changes of a deployment only. A memo, so that the answer stays when other answers arrive.
    let can_tell = Memo::new(move |_| form.is_valid() && !form.draft.read().direct);
    let outlook = move || can_tell.get().then(|| view! { <WhatIf form=form/> });
    view! {
        {move || standing(form)}
        {move || warnings(form)}
        <Changes form=form/>
        {groups}
        {outlook}
        <PathChoice form=form/>
        <Report form=form/>
        <UpdateDialog form=form/>
    }
    .into_any()
}

/// The state of the validation.
fn standing(form: Form) -> AnyView {
    match form.validation.get() {
        Validation::Idle => ().into_any(),
        Validation::Blocked => blocked(form),
        Validation::Checking => {
            let said = move || match form.waiting.get() {
                Some(seconds) => messages::WAITING_RETRY.with(seconds).text(),
                None => messages::REVIEW_CHECKING.text().into_owned(),
            };
            view! { <ProgressLine label=Signal::derive(said)/> }.into_any()
        }
        Validation::Passed => {
            let said = if form.is_preview { messages::REVIEW_PASSED_PREVIEW } else { messages::REVIEW_PASSED };
            view! { <MessageBar tone=Tone::Success>{said.text()}</MessageBar> }.into_any()
        }
        Validation::NeedsRegistration => {
            view! { <MessageBar tone=Tone::Success>{messages::REVIEW_REGISTERS.text()}</MessageBar> }.into_any()
        }
        Validation::NotAsked => view! { <MessageBar tone=Tone::Info>{messages::REVIEW_NOT_ASKED.text()}</MessageBar> }.into_any(),
        Validation::Unconfirmed => view! { <MessageBar tone=Tone::Warning>{messages::REVIEW_UNCONFIRMED.text()}</MessageBar> }.into_any(),
        Validation::Failed(error) => failed(form, &error),
    }
}

/// Why validation failed: our advice, and Azure's own message.
fn failed(form: Form, error: &ArmError) -> AnyView {
    let told = explain(error);
    let is_refused = matches!(error, ArmError::Refused(_));
    let refused = is_refused.then(|| view! { <p>{messages::REVIEW_FAILED.text()}</p> });
    let unasked = (!is_refused && !error.needs_sign_in()).then(|| view! { <p>{messages::REVIEW_UNASKED.text()}</p> });
    let change = told.field.map(|field| {
        let words = messages::GO_TO_FIELD.with([&field.label()]).text();
        view! { <Button kind=ButtonKind::Link on_press=Callback::new(move |()| form.show(field))>{words}</Button> }
    });
    // Inside a host page, the host signs people in.
    let sign_in = if error.needs_sign_in() { use_context::<SignIn>() } else { None };
    let retry = (told.worth_retrying && sign_in.is_none()).then(|| {
        view! { <Button on_press=Callback::new(move |()| form.lookups.again())>{messages::TRY_AGAIN.text()}</Button> }
    });
    let sign_in = sign_in.map(|sign_in| {
        let go = Callback::new(move |()| sign_in.run(SignInAction::SignIn));
        view! { <Button kind=ButtonKind::Primary on_press=go>{messages::SIGN_IN.text()}</Button> }
    });
    let said = told.words();
    let said = (!said.is_empty()).then(|| view! { <p>{messages::AZURE_SAID.with([&said]).text()}</p> });
    let words = (!told.code.is_empty()).then(|| {
        let open = RwSignal::new(false);
        let words = [told.code.as_str(), ": ", &told.message].concat();
        view! {
            <Disclosure
                id="review-words"
                label=messages::WORDS_OF_AZURE.text()
                open=open
                on_toggle=Callback::new(move |next| open.set(next))
                content=move || view! { <p>{words.clone()}</p> }
            />
        }
    });
    view! {
        <MessageBar tone=Tone::Error>
            {refused}
            <strong>{told.title.text()}</strong>
            {said}
            <p>{told.advice.text()}</p>
            {unasked}
            <div class="actions">{change}{sign_in}{retry}</div>
            {words}
        </MessageBar>
    }
    .into_any()
}

/// A problem with the label of its field.
fn of_field(problem: &Problem) -> String {
    [problem.field.label(), problem.sentence.text()].join(": ")
}

/// The blocking problems, each with a link to its field.
fn blocked(form: Form) -> AnyView {
    let blocking = Memo::new(move |_| {
        let blocking = |problem: &&Problem| problem.severity == Severity::Blocks;
        form.problems.with(|problems| problems.iter().filter(blocking).cloned().collect::<Vec<_>>())
    });
    let faults = Signal::derive(move || blocking.with(|problems| problems.iter().map(of_field).collect::<Vec<_>>()));
    let go = Callback::new(move |at| {
        if let Some(field) = blocking.with_untracked(|problems| problems.get(at).map(|problem: &Problem| problem.field)) {
            form.show(field);
        }
    });
    view! { <ErrorSummary id="review-blocked" title=messages::REVIEW_BLOCKED.text() faults=faults on_go=go/> }.into_any()
}

fn warnings(form: Form) -> Option<AnyView> {
    let warnings: Vec<String> =
        form.problems.with(|problems| problems.iter().filter(|problem| problem.severity == Severity::Warns).map(of_field).collect());
    (!warnings.is_empty()).then(|| {
        view! {
            <MessageBar tone=Tone::Warning>
                <strong>{messages::REVIEW_WARNINGS.text()}</strong>
                <ul>{warnings.into_iter().map(|text| view! { <li>{text}</li> }).collect::<Vec<_>>()}</ul>
            </MessageBar>
        }
        .into_any()
    })
}

fn group_view(form: Form, group: SummaryGroup) -> AnyView {
    let tab = group.tab;
    let title = group.title.text();
    let rows = group.rows.into_iter().map(|(label, value)| view! { <div class="data-row"><dt>{label}</dt><dd>{value}</dd></div> });
    let rows = rows.collect::<Vec<_>>();
    let empty = rows.is_empty().then(|| view! { <p>{messages::NO_TAGS.text()}</p> });
    view! {
        <section class="summary">
            <div class="summary-head">
                <h2>{title.clone()}</h2>
                <Button kind=ButtonKind::Link label=messages::EDIT_TAB.with([&title]).text() on_press=Callback::new(move |()| form.step(tab))>
                    {messages::EDIT_TAB.with([&title]).text()}
                </Button>
            </div>
            {empty}
            <dl class="data-list">{rows}</dl>
        </section>
    }
    .into_any()
}

/// The choice between a deployment and direct requests.
#[component]
fn PathChoice(form: Form) -> impl IntoView {
    let direct = move || form.draft.read().direct;
    view! {
        <div class="check-row">
            <input
                id="direct"
                type="checkbox"
                prop:checked=direct
                aria-describedby="direct-info"
                on:change=move |event| form.choose_path(event_target_checked(&event))
            />
            <label for="direct">{messages::USE_DIRECT.text()}</label>
            <p id="direct-info" class="small">{messages::USE_DIRECT_INFO.text()}</p>
        </div>
    }
    .into_any()
}
