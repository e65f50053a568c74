//! Asks the cloud, while the form is filled in, whether it would refuse what is typed.

use std::future::Future;
use std::time::Duration;

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation as spawn;

use super::form::Form;
use crate::arm::identity_name::IdentityName;
use crate::browser::clock;
use crate::cloud::{Cloud, queries};
use crate::provisioning::check::PreflightResult;
use crate::provisioning::draft::TagRow;
use crate::provisioning::preflight::{self, TargetScope};

/// How long the form rests before the cloud is asked about what was typed.
const REST: Duration = Duration::from_millis(400);

/// What policies look at.
#[derive(Clone, PartialEq)]
struct Content {
    place: Option<TargetScope>,
    new_group: Option<(String, Option<bool>)>,
    name: String,
    region: String,
    tags: Vec<TagRow>,
}

/// Keeps rights, locks, the existing identity and policies up to date with the draft.
pub(super) fn keep(form: Form, cloud: Cloud) {
    let place = Memo::new(move |_| form.draft.with(TargetScope::of));
    debounced(
        form,
        place,
        move || form.learn_rights(PreflightResult::Pending, PreflightResult::Pending),
        move |place| {
            let place = place?;
            Some(async move {
                let (permission, lock) = queries::rights(cloud, place).await;
                form.learn_rights(permission, lock);
            })
        },
    );
    // An older API version leaves out what it doesn't know of an identity.
    let name = Memo::new(move |_| (place.get(), form.draft.read().name.clone(), form.identity_version()));
    debounced(
        form,
        name,
        move || form.learn_existing(PreflightResult::Pending),
        move |(place, name, version)| {
            let (place, name) = place.zip(IdentityName::parse(&name).ok())?;
            Some(async move {
                form.learn_existing(preflight::existing(&queries::client(cloud), &place, &name, version).await);
            })
        },
    );
    let content = Memo::new(move |_| {
        let draft = form.draft.read();
        let new_group = draft.group_is_new.then(|| (draft.resource_group.clone(), draft.tag_group));
        Content { place: place.get(), new_group, name: draft.name.clone(), region: draft.region.clone(), tags: draft.tags.clone() }
    });
    debounced(
        form,
        content,
        || {},
        move |content| {
            let place = content.place?;
            Some(async move {
                let regions = form.known.with_untracked(|known| known.regions.clone().unwrap_or_default());
                let (policy, group) = queries::policies(cloud, &place, &form.draft.get_untracked(), &regions).await;
                form.learn_policies(policy, group);
            })
        },
    );
}

/// Asks about `key` once it rests, now and whenever it changes or somebody tries again. What was known before is `reset` at
/// once, and a question that was overtaken is cancelled. `ask` returns `None` where there is nothing to ask yet.
fn debounced<K, F>(form: Form, key: Memo<K>, reset: impl Fn() + 'static, ask: impl Fn(K) -> Option<F> + 'static)
where
    K: Clone + PartialEq + Send + Sync + 'static,
    F: Future<Output = ()> + 'static,
{
    Effect::new(move |_| {
        form.lookups.track_attempts();
        let key = key.get();
        reset();
        if let Some(question) = ask(key) {
            spawn(async move {
                clock::wait(REST).await;
                question.await;
            });
        }
    });
}
