//! Asks Azure whether it would refuse the draft, while the form is being filled in.

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

/// How long the draft must stay unchanged before Azure is asked about it.
const REST: Duration = Duration::from_millis(400);

/// The values that policies evaluate.
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
    // An older API version leaves out the properties that it doesn't know.
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

/// Asks about `key` after a delay, now and whenever it changes or the person retries. `reset` clears the previous answer at once,
/// and a newer request cancels an older one. `ask` returns `None` if there is nothing to ask yet.
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
