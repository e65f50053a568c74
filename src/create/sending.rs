//! The requests that the form sends: ARM's validation, and Create.

use std::rc::Rc;

use leptos::prelude::*;

use super::form::{Form, Validation};
use crate::arm::caller::Caller;
use crate::arm::identity_name::IdentityName;
use crate::browser::{address, clock, download};
use crate::cloud::Cloud;
use crate::cloud::queries::{self, ArmFuture};
use crate::portal::route::Route;
use crate::portal::runs::Runs;
use crate::provisioning::field::Tab;
use crate::provisioning::preflight::{self, TargetScope};
use crate::provisioning::progress::Progress;
use crate::provisioning::{run, template};

/// Asks ARM whether it would accept the draft. The answer is dropped if a newer validation has started.
pub async fn validate(form: Form, cloud: Cloud) {
    let Some(plan) = form.plan() else {
        form.block_validation();
        return;
    };
    form.begin_validation();
    let progress = Progress::new(&plan, clock::now());
    let client = queries::client(cloud).observed(Rc::new(move |wait| form.wait(wait.map(|wait| wait.seconds))));
    let answer = run::validate(&client, &plan, &progress).await;
    form.finish_validation(match answer {
        Ok(run::ValidationOutcome::Valid) => Validation::Passed,
        Ok(run::ValidationOutcome::NeedsRegistration) => Validation::NeedsRegistration,
        Ok(run::ValidationOutcome::Unanswered) if form.draft.with_untracked(|draft| draft.direct) => Validation::NotAsked,
        Ok(run::ValidationOutcome::Unanswered) => Validation::Unconfirmed,
        Err(error) => Validation::Failed(error),
    });
}

/// Starts a run for the draft and shows its page. If the identity exists, or that is unknown, asks for confirmation first.
/// It never starts twice: further presses are ignored.
pub async fn create(form: Form, runs: Runs, cloud: Cloud) {
    if !form.begin_sending() {
        return;
    }
    // The caller at the time of the press: the sign-in can end or change during the check.
    let (reviewed, caller) = (form.draft.get_untracked(), untrack(|| cloud.present()));
    let is_free = queries::from_part(look(form, cloud)).await;
    // Creates only what was reviewed, and nothing once the form no longer exists.
    match form.draft.try_with_untracked(|draft| *draft == reviewed && form.tab.get_untracked() == Tab::Review) {
        None => {}
        Some(true) if is_free != Ok(true) => form.ask_to_update(reviewed, caller),
        Some(true) => send(form, runs, cloud, caller).await,
        Some(false) => form.end_sending(),
    }
}

/// Starts a run although the identity exists or may exist: the person has confirmed exactly this draft.
pub async fn update(form: Form, runs: Runs, cloud: Cloud) {
    let Some((asked, caller)) = form.asked_about() else { return };
    if form.draft.with_untracked(|draft| *draft == asked) && form.begin_sending() {
        send(form, runs, cloud, caller).await;
    }
}

/// `caller` pressed Create. Nothing is sent if somebody else is signed in by now.
async fn send(form: Form, runs: Runs, cloud: Cloud, caller: Caller) {
    // If the part fails to load, the button can be pressed again.
    if !caller.is(&untrack(|| cloud.present())) || start(form, runs, caller).await != Ok(true) {
        form.end_sending();
    }
}

crate::part! {
    in review:
    /// Checks whether no identity with this name exists now. If that can't be checked, the previous answer counts.
    fn look(form: Form, cloud: Cloud) -> ArmFuture<bool> {
        Box::pin(async move {
            let place = form.draft.with_untracked(|draft| TargetScope::of(draft).zip(IdentityName::parse(&draft.name).ok()));
            let Some((place, name)) = place else { return Ok(false) };
            let version = untrack(|| form.identity_version());
            let existing = preflight::existing(&queries::client(cloud), &place, &name, version).await;
            Ok(form.confirm_existing(existing))
        })
    }
}

crate::part! {
    in review:
    fn start(form: Form, runs: Runs, caller: Caller) -> bool {
        // Stores the current default, so that a run that resumes after a reload uses the same value.
        if form.draft.with_untracked(|draft| draft.tag_group.is_none()) && untrack(|| form.tags_group()) {
            form.choose_group_tags(true);
        }
        let id = form.plan().and_then(|plan| runs.start(plan, form.draft.get_untracked(), caller));
        if let Some(id) = &id {
            address::go(&Route::Deployment(id.clone()).href());
        }
        id.is_some()
    }
}

crate::part! {
    in review:
    /// Downloads the ARM template for the draft.
    pub fn download_template(form: Form) -> () {
        if let Some(plan) = form.plan() {
            download::save("template.json", "application/json", &template::template(&plan));
        }
    }
}
