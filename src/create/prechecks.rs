//! Asks Azure whether it would refuse the draft, while the form is being filled in.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use leptos::prelude::*;

use super::form::Form;
use super::overwrite::keep_compared;
use crate::arm::identity_name::IdentityName;
use crate::arm::resource_group::ResourceGroupName;
use crate::browser::clock;
use crate::browser::task::TaskScope;
use crate::cloud::{Cloud, queries};
use crate::provisioning::check::PreflightResult;
use crate::provisioning::draft::TagRow;
use crate::provisioning::preflight::{self, TargetScope};

/// How long the draft must stay unchanged before Azure is asked about it, in ms.
const REST_MS: f64 = 400.0;

/// The values that policies evaluate.
#[derive(Clone, PartialEq)]
struct Content {
    place: Option<TargetScope>,
    new_group: Option<(String, Option<bool>)>,
    name: String,
    region: String,
    tags: Vec<TagRow>,
}

/// A question to Azure.
type Question = Pin<Box<dyn Future<Output = ()>>>;

/// Keeps rights, locks, the existing identity and policies up to date with the draft. The effects read their memos instead of only
/// tracking them: a memo that was never computed follows nothing.
pub(super) fn keep(form: Form, cloud: Cloud) {
    let place = Memo::new(move |_| {
        let place = form.with_rest(TargetScope::of)?;
        // Nothing is to be asked about a group that doesn't exist.
        let is_missing = |group: &ResourceGroupName| form.with_offer(|known| known.lacks_group(group.as_str()));
        (!place.group.as_ref().is_some_and(is_missing)).then_some(place)
    });
    let ask_rights = rested(move || {
        let place = place.get_untracked()?;
        Some(Box::pin(async move {
            let (permission, lock) = queries::rights(cloud, place).await;
            form.learn_rights(permission, lock);
        }))
    });
    Effect::new(move |_| {
        form.lookups.track_attempts();
        place.with(|_| ());
        form.learn_rights(PreflightResult::Pending, PreflightResult::Pending);
        ask_rights();
    });
    // An older API version leaves out the properties that it doesn't know.
    let name = Memo::new(move |_| (place.get(), form.draft.read().name.clone(), form.identity_version()));
    let ask_existing = rested(move || {
        let (place, name, version) = name.get_untracked();
        let (place, name) = place.zip(IdentityName::parse(&name).ok())?;
        Some(Box::pin(async move {
            form.learn_existing(preflight::existing(&queries::client(cloud), &place, &name, version).await);
        }))
    });
    Effect::new(move |_| {
        form.lookups.track_attempts();
        name.with(|_| ());
        form.learn_existing(PreflightResult::Pending);
        ask_existing();
    });
    let exists = Memo::new(move |_| form.known.with(|known| matches!(known.existing, PreflightResult::Known(Some(_)))));
    let scope = TaskScope::current();
    Effect::new(move |before: Option<bool>| {
        let is_compared = before == Some(true);
        if exists.get() && !is_compared {
            scope.spawn(async move {
                // If the part fails to load, the warning says that the identity would be updated.
                let _ = keep_compared(form).await;
            });
        }
        exists.get() || is_compared
    });
    let content = Memo::new(move |_| {
        let draft = form.draft.read();
        let new_group = draft.group_is_new.then(|| (draft.resource_group.clone(), draft.tag_group));
        Content { place: place.get(), new_group, name: draft.name.clone(), region: draft.region.clone(), tags: draft.tags.clone() }
    });
    let ask_policies = rested(move || {
        let place = place.get_untracked()?;
        Some(Box::pin(async move {
            let regions = form.known.with_untracked(|known| known.regions.clone().unwrap_or_default());
            let (policy, group) = queries::policies(cloud, &place, &form.draft.get_untracked(), &regions).await;
            form.learn_policies(policy, group);
        }))
    });
    Effect::new(move |_| {
        form.lookups.track_attempts();
        if content.with(|content| content.place.is_none()) {
            form.learn_policies(PreflightResult::Pending, PreflightResult::Pending);
        }
        ask_policies();
    });
}

/// Returns a function to call whenever a question changes: it drops the question that was asked before, and asks the next one after
/// a rest. While somebody types, one timer runs for all keys. `ask` returns `None` if there is nothing to ask yet.
fn rested(ask: impl Fn() -> Option<Question> + 'static) -> impl Fn() {
    let scope = TaskScope::current();
    let questions = scope.child();
    let ask = Rc::new(ask);
    // When to ask, in ms since the page started loading, while a timer runs.
    let due = Rc::new(Cell::new(None));
    move || {
        questions.end();
        let is_timed = due.replace(Some(clock::since_start() + REST_MS)).is_some();
        if is_timed {
            return;
        }
        let (ask, due, questions) = (Rc::clone(&ask), Rc::clone(&due), questions.clone());
        scope.spawn(async move {
            while let Some(rest) = due.get().and_then(clock::until) {
                clock::wait(rest).await;
            }
            due.set(None);
            if let Some(question) = ask() {
                questions.spawn(question);
            }
        });
    }
}
