//! What the form sends: ARM's own validation, and Create.

use std::rc::Rc;

use leptos::prelude::*;

use super::asking::{self, Asked};
use super::form::{Form, Validation};
use super::plan::Plan;
use super::progress::Progress;
use super::run;
use super::template;
use crate::browser::{address, clock, download};
use crate::deployments::runs::Runs;
use crate::portal::cloud::Cloud;
use crate::portal::route::Route;

/// Asks ARM whether it would accept what is typed. An answer that was overtaken by another question is dropped.
pub async fn validate(form: Form, cloud: Cloud) {
    let Some(plan) = form.plan() else {
        form.validation.set(Validation::Blocked);
        return;
    };
    form.validation.set(Validation::Checking);
    let progress = Progress::new(&plan, clock::now());
    let answer = asking::asked(ask(cloud, plan, progress, form)).await;
    form.waiting.set(None);
    form.validation.set(match answer {
        Ok(run::Validation::Valid) => Validation::Passed,
        Ok(run::Validation::NeedsRegistration) => Validation::NeedsRegistration,
        Ok(run::Validation::Unanswered) if form.draft.with_untracked(|draft| draft.direct) => Validation::NotAsked,
        Ok(run::Validation::Unanswered) => Validation::Unconfirmed,
        Err(error) => Validation::Failed(error),
    });
}

crate::part! {
    in azure:
    fn ask(cloud: Cloud, plan: Plan, progress: Progress, form: Form) -> Asked<run::Validation> {
        Box::pin(async move {
            let client = asking::client(cloud).observed(Rc::new(move |wait| form.waiting.set(wait.map(|wait| wait.seconds))));
            run::validate(&client, &plan, &progress).await
        })
    }
}

/// Starts what is typed and shows its page. Never twice: the button rests from the first press on.
pub fn create(form: Form, runs: Runs) {
    let Some(plan) = form.plan().filter(|_| !form.sending.get_untracked()) else { return };
    form.sending.set(true);
    if let Some(id) = runs.start(plan, form.draft.get_untracked()) {
        address::go(Route::Deployment(id).href().trim_start_matches('#'));
    }
}

/// Saves the ARM template of what is typed.
pub fn download_template(form: Form) {
    if let Some(plan) = form.plan() {
        download::save("template.json", "application/json", &template::template(&plan));
    }
}
