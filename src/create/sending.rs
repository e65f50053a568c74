//! What the form sends: ARM's own validation, and Create.

use std::rc::Rc;

use leptos::prelude::*;

use super::asking;
use super::form::{Form, Validation};
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
    let client = asking::client(cloud).observed(Rc::new(move |wait| form.waiting.set(wait.map(|wait| wait.seconds))));
    let answer = run::validate(&client, &plan, &progress).await;
    form.waiting.set(None);
    form.validation.set(match answer {
        Ok(run::Validation::Valid) => Validation::Passed,
        Ok(run::Validation::NeedsRegistration) => Validation::NeedsRegistration,
        Ok(run::Validation::Unanswered) if form.draft.with_untracked(|draft| draft.direct) => Validation::NotAsked,
        Ok(run::Validation::Unanswered) => Validation::Unconfirmed,
        Err(error) => Validation::Failed(error),
    });
}

/// Starts what is typed and shows its page. Never twice: the button rests from the first press on.
pub async fn create(form: Form, runs: Runs) {
    if form.sending.get_untracked() {
        return;
    }
    form.sending.set(true);
    // Where the part is missing the button can be pressed again.
    if start(form, runs).await != Ok(true) {
        form.sending.set(false);
    }
}

crate::part! {
    in azure:
    fn start(form: Form, runs: Runs) -> bool {
        let id = form.plan().and_then(|plan| runs.start(plan, form.draft.get_untracked()));
        if let Some(id) = &id {
            address::go(&Route::Deployment(id.clone()).href());
        }
        id.is_some()
    }
}

crate::part! {
    in azure:
    /// Saves the ARM template of what is typed.
    pub fn download_template(form: Form) -> () {
        if let Some(plan) = form.plan() {
            download::save("template.json", "application/json", &template::template(&plan));
        }
    }
}
