//! Keeps what the form knows about Azure up to date with the draft: it loads as needed, page by page, and another choice cancels
//! what is still loading.

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation as spawn;

use super::form::lookups::Lookups;
use super::form::{Form, Validation};
use super::{last_used, prechecks};
use crate::arm::error::ArmError;
use crate::arm::guid::Guid;
use crate::arm::location::LocationName;
use crate::arm::regions;
use crate::browser::task::TaskScope;
use crate::cloud::{Cloud, queries};
use crate::messages::{self, Message};
use crate::provisioning::explain::reason;
use crate::provisioning::field::{Field, Tab};

/// Loads what `form` needs from `cloud`, now and whenever the draft's needs change, once the part that sends the requests is loaded.
pub fn keep(form: Form, cloud: Cloud) {
    let lookups = form.lookups;
    // Once: an attempt while the part is on its way, as after a sign-in, must not start everything twice.
    let is_asked = StoredValue::new(false);
    // The part's effects live as long as the form, not only until the next retry.
    let scope = TaskScope::current();
    let online = window_event_listener_untyped("online", move |_| {
        if lookups.has_failed() {
            lookups.again();
        }
    });
    on_cleanup(move || online.remove());
    Effect::new(move |_| {
        lookups.track_attempts();
        if is_asked.get_value() {
            return;
        }
        is_asked.set_value(true);
        lookups.begin_part();
        scope.spawn(async move {
            if keep_known(form, cloud).await.is_err() {
                is_asked.set_value(false);
                lookups.fail_part();
            }
        });
    });
}

crate::part! {
    in azure:
    fn keep_known(form: Form, cloud: Cloud) -> () {
        keep_lists(form, cloud);
        prechecks::keep(form, cloud);
        keep_announced(form);
        keep_last_used(form, cloud);
    }
}

fn keep_lists(form: Form, cloud: Cloud) {
    let region = form.text(|draft| &draft.region);
    Effect::new(move |_| {
        let known = form.with_offer(|known| known.regions.is_some());
        let name = LocationName::parse(&region.get()).filter(|_| !known).and_then(|name| regions::display_name(&name));
        form.lookups.name_region(name.unwrap_or_default());
    });
    let subscription = Memo::new(move |_| form.with_rest(|draft| Guid::parse(&draft.subscription)));
    Effect::new(move |_| {
        form.lookups.track_attempts();
        if form.known.with_untracked(|known| known.subscriptions.is_none()) {
            spawn(load_subscriptions(form, cloud));
        }
    });
    Effect::new(move |before: Option<Option<Guid>>| {
        form.lookups.track_attempts();
        let chosen = subscription.get();
        let other = before.flatten() != chosen;
        if other {
            form.leave_subscription();
        }
        if let Some(subscription) = chosen.clone() {
            if form.known.with_untracked(|known| known.groups.is_none()) {
                spawn(load_groups(form, cloud, subscription.clone()));
            }
            if form.known.with_untracked(|known| known.regions.is_none()) {
                spawn(load_offer(form, cloud, subscription.clone()));
            }
            if other {
                spawn(load_tags(form, cloud, subscription));
            }
        }
        chosen
    });
}

/// Tells screen readers that ARM is validating, while the review is open. The message bar announces the result itself.
fn keep_announced(form: Form) {
    let checking =
        Memo::new(move |_| form.tab.get() == Tab::Review && form.validation.with(|validation| *validation == Validation::Checking));
    Effect::new(move |_| {
        form.announce(if checking.get() { messages::REVIEW_CHECKING.text().into_owned() } else { String::new() });
    });
}

/// Shows where the account last created identities, and stores where it creates one.
fn keep_last_used(form: Form, cloud: Cloud) {
    Effect::new(move |_| form.lookups.set_last_used(last_used::places(cloud.caller().as_ref())));
    Effect::new(move |before: Option<bool>| {
        let sending = form.sending.get();
        if sending && before == Some(false) {
            let place = form.draft.with_untracked(|draft| (draft.subscription.clone(), draft.resource_group.clone()));
            last_used::note(untrack(|| cloud.caller()).as_ref(), place);
        }
        sending
    });
}

async fn load_subscriptions(form: Form, cloud: Cloud) {
    let lookups = form.lookups;
    lookups.begin(Field::Subscription);
    match queries::subscriptions(cloud, Callback::new(move |page| lookups.add_subscriptions(page))).await {
        Ok(()) => form.learn_subscriptions(),
        // The bar above the page says what to do.
        Err(error) if error.needs_sign_in() && lookups.signed_out.get_untracked() => lookups.complete(Field::Subscription),
        Err(error) => lookups.fail(Field::Subscription, Some(messages::SUBSCRIPTIONS_FAILED.with([&reason(&error)]))),
    }
}

async fn load_groups(form: Form, cloud: Cloud, subscription: Guid) {
    let lookups = form.lookups;
    lookups.begin(Field::ResourceGroup);
    match queries::groups(cloud, subscription.clone(), Callback::new(move |page| lookups.add_groups(page))).await {
        Ok(()) => form.learn_groups(subscription),
        Err(error) => fail(lookups, Field::ResourceGroup, messages::GROUPS_FAILED, &error),
    }
}

async fn load_offer(form: Form, cloud: Cloud, subscription: Guid) {
    let lookups = form.lookups;
    lookups.begin(Field::Region);
    match queries::offer(cloud, subscription).await {
        Ok(offer) => form.learn_offer(offer),
        Err(error) => fail(lookups, Field::Region, messages::REGIONS_FAILED, &error),
    }
}

/// A list of the chosen subscription could not be read. While nobody is signed in, the bar above the page says what to do.
fn fail(lookups: Lookups, field: Field, message: Message, error: &ArmError) {
    let is_told = !lookups.signed_out.get_untracked();
    lookups.fail(field, is_told.then(|| message.with([&reason(error)])));
}

/// The tags are only suggestions: without them, tags can still be typed.
async fn load_tags(form: Form, cloud: Cloud, subscription: Guid) {
    if let Ok(tags) = queries::used_tags(cloud, subscription).await {
        form.suggest_tags(tags);
    }
}
