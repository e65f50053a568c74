//! What the host is told of the form: what is typed, what became of it, and the request itself where that is what it wants.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{host, tokens};
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

/// Tells how runs end.
pub(super) fn began(runs: Runs) {
    Effect::new(move |before: Option<Vec<ResourceId>>| {
        let ended = runs.ended();
        for (id, outcome) in &ended {
            if before.as_ref().is_none_or(|before| !before.contains(id)) {
                let outcome = outcome.clone();
                spawn_local(async move {
                    if let Ok(told) = told(outcome).await {
                        host::say(&told);
                    }
                });
            }
        }
        ended.into_iter().map(|(id, _)| id).collect()
    });
}

crate::part! {
    in azure:
    fn told(outcome: RunOutcome) -> FromPage {
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
                let told = explain_run(&error);
                let message = [told.title.text(), told.advice.text()].join(" ");
                FromPage::Failed { code: if told.code.is_empty() { "stopped".to_owned() } else { told.code }, message }
            }
        }
    }
}

/// Tells what is typed, from now on.
pub(super) fn opened(form: Form) {
    if cfg!(not(target_arch = "wasm32")) {
        return;
    }
    host::set_form(form);
    signed(form, false);
    Effect::new(move |_| {
        let values = form.draft.with(Values::of);
        let problems = form.problems.read();
        let told = problems.iter().filter(|problem| problem.severity != Severity::Informs).map(|problem| ProblemTold {
            field: form.label(problem.field),
            blocks: problem.severity == Severity::Blocks,
            message: problem.sentence.text(),
        });
        host::say(&FromPage::Changed { values, valid: form.is_valid(), problems: told.collect() });
    });
    if !host::code_only() {
        let cloud = cloud();
        let holds = Memo::new(move |_| matches!(form.validation.get(), Validation::Passed | Validation::NeedsRegistration));
        Effect::new(move |_| {
            if holds.get() {
                let cloud = cloud.clone();
                spawn_local(async move {
                    // A host that only listens in does without.
                    validated(form, cloud).await;
                });
            }
        });
    }
}

/// Whether there is somebody to read lists for may have changed; `again`: they may be had now.
pub(super) fn signed(form: Form, again: bool) {
    let missing = tokens::giving().is_some_and(|giving| giving.get_untracked() == tokens::Giving::Nobody);
    // The form may be gone.
    if form.lookups.set_signed_out(missing) && again {
        form.reload();
    }
}

fn cloud() -> AzureCloud {
    expect_context::<StoredValue<Settings>>().with_value(|settings| settings.cloud.clone())
}

/// Hands the request over, in the place of Create.
pub(super) fn take(form: Form) {
    if !form.begin_sending() {
        return;
    }
    let (cloud, notifications) = (cloud(), expect_context::<Notifications>());
    spawn_local(async move {
        let done = validated(form, cloud).await;
        form.end_sending();
        let name = form.draft.try_with_untracked(|draft| draft.name.clone()).unwrap_or_default();
        let (standing, said) = if done {
            (NotificationStatus::Done, messages::REQUEST_TAKEN.with([&name]))
        } else {
            (NotificationStatus::Failed, messages::REQUEST_NOT_TAKEN.into())
        };
        notifications.tell("request", standing, said, None);
    });
}

/// Tells the request in all languages. `false` where the part that writes them could not be loaded.
async fn validated(form: Form, cloud: AzureCloud) -> bool {
    let Ok(Some(plan)) = planned(form).await else { return false };
    let values = form.draft.with_untracked(Values::of);
    let Ok(code) = listed(plan, cloud).await else { return false };
    host::say(&FromPage::Validated { values, code });
    true
}

crate::part! {
    in azure:
    fn planned(form: Form) -> Option<Plan> {
        form.plan()
    }
}

crate::part! {
    in code:
    fn listed(plan: Plan, cloud: AzureCloud) -> BTreeMap<&'static str, Code> {
        let listed = |language: Language| {
            let text = code::render(&plan, language, &cloud).text;
            (key(language), Code { file_name: language.file_name(), text })
        };
        Language::ALL.into_iter().map(listed).collect()
    }
}

/// The language's name in messages.
fn key(language: Language) -> &'static str {
    match language {
        Language::AzureCli => "azure-cli",
        Language::PowerShell => "powershell",
        Language::ArmTemplate => "arm-template",
        Language::Bicep => "bicep",
        Language::Terraform => "terraform",
        Language::Rest => "rest",
    }
}
