//! The events that are sent to the host: what is typed, how runs end, and the request itself.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::host::Host;
use super::tokens::{Availability, Tokens};
use crate::arm::azure_cloud::AzureCloud;
use crate::arm::resource_id::ResourceId;
use crate::code::{self, Language};
use crate::create::form::{Form, Validation};
use crate::embed::message::{Code, Created, FromPage, ProblemTold};
use crate::embed::values::Values;
use crate::messages;
use crate::portal::notifications::{NotificationStatus, Notifications};
use crate::portal::runs::{RunOutcome, Runs};
use crate::provisioning::explain::explain_run;
use crate::provisioning::plan::Plan;
use crate::provisioning::problem::Severity;
use crate::settings::Settings;

/// Reports how runs end, from now on.
pub(super) fn report_runs(host: Host, runs: Runs) {
    Effect::new(move |before: Option<Vec<ResourceId>>| {
        let ended = runs.ended();
        for (id, outcome) in &ended {
            if before.as_ref().is_none_or(|before| !before.contains(id)) {
                let outcome = outcome.clone();
                spawn_local(async move {
                    if let Ok(event) = event_of(outcome).await {
                        host.send(&event);
                    }
                });
            }
        }
        ended.into_iter().map(|(id, _)| id).collect()
    });
}

crate::part! {
    in review:
    fn event_of(outcome: RunOutcome) -> FromPage {
        match outcome {
            RunOutcome::Made(identity) => FromPage::Created(Created {
                id: identity.id.as_str().to_owned(),
                name: identity.id.name().to_owned(),
                location: identity.location.as_str().to_owned(),
                client_id: identity.client_id.to_string(),
                principal_id: identity.principal_id.to_string(),
                tenant_id: identity.tenant_id.to_string(),
            }),
            RunOutcome::Stopped(error) => {
                let explanation = explain_run(&error);
                let message = [explanation.title.text(), explanation.advice.text()].join(" ");
                FromPage::Failed { code: if explanation.code.is_empty() { "stopped".to_owned() } else { explanation.code }, message }
            }
        }
    }
}

/// Reports what is typed into the form, from now on.
pub(super) fn report_form(host: Host, tokens: Option<Tokens>, form: Form) {
    if cfg!(not(target_arch = "wasm32")) {
        return;
    }
    host.set_form(form);
    token_source_changed(form, tokens, false);
    Effect::new(move |_| {
        let values = form.draft.with(Values::of);
        let problems = form.problems.read();
        let reported = problems.iter().filter(|problem| problem.severity != Severity::Informs).map(|problem| ProblemTold {
            field: problem.field.label(),
            blocks: problem.severity == Severity::Blocks,
            message: problem.sentence.text(),
        });
        host.send(&FromPage::Changed { values, valid: form.is_valid(), problems: reported.collect() });
    });
    if !host.code_only() {
        let cloud = cloud();
        let is_valid = Memo::new(move |_| matches!(form.validation.get(), Validation::Passed | Validation::NeedsRegistration));
        Effect::new(move |_| {
            if is_valid.get() {
                let cloud = cloud.clone();
                spawn_local(async move {
                    // If the part fails to load, the host gets no event.
                    send_validated(host, form, cloud).await;
                });
            }
        });
    }
}

/// The host may have begun or stopped providing tokens. `reload`: lists that could not be read may be readable now.
pub(super) fn token_source_changed(form: Form, tokens: Option<Tokens>, reload: bool) {
    let missing = tokens.is_some_and(|tokens| tokens.availability().get_untracked() == Availability::None);
    // The form may no longer exist.
    if form.lookups.set_signed_out(missing) && reload {
        form.reload();
    }
}

fn cloud() -> AzureCloud {
    expect_context::<StoredValue<Settings>>().with_value(|settings| settings.cloud.clone())
}

/// Sends the request to the host, instead of Create.
pub(super) fn hand_over(host: Host, form: Form) {
    if !form.begin_sending() {
        return;
    }
    let (cloud, notifications) = (cloud(), expect_context::<Notifications>());
    spawn_local(async move {
        let is_sent = send_validated(host, form, cloud).await;
        form.end_sending();
        let name = form.draft.try_with_untracked(|draft| draft.name.clone()).unwrap_or_default();
        let (standing, text) = if is_sent {
            (NotificationStatus::Done, messages::REQUEST_TAKEN.with([&name]))
        } else {
            (NotificationStatus::Failed, messages::REQUEST_NOT_TAKEN.into())
        };
        notifications.tell("request", standing, text, None);
    });
}

/// Sends the request in all languages. Returns `false` if the part that writes them could not be loaded.
async fn send_validated(host: Host, form: Form, cloud: AzureCloud) -> bool {
    let Ok(Some(plan)) = planned(form).await else { return false };
    let Some(values) = form.draft.try_with_untracked(Values::of) else { return false };
    let Ok(code) = code_in_all(plan, cloud).await else { return false };
    host.send(&FromPage::Validated { values, code });
    true
}

crate::part! {
    in review:
    fn planned(form: Form) -> Option<Plan> {
        // The form may be gone once the part has loaded.
        form.draft.try_with_untracked(|_| form.plan()).flatten()
    }
}

crate::part! {
    in code:
    fn code_in_all(plan: Plan, cloud: AzureCloud) -> BTreeMap<&'static str, Code> {
        let entry = |language: Language| {
            let text = code::render(&plan, language, &cloud).text;
            (language.key(), Code { file_name: language.file_name(), text })
        };
        Language::ALL.into_iter().map(entry).collect()
    }
}
