//! Keeps what the form knows of the cloud up to date with the draft: loaded as needed, page by page, and cancelled when
//! overtaken by another choice.

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation as spawn;

use super::form::{Form, Validation};
use super::{last_used, prechecks, sending};
use crate::arm::guid::Guid;
use crate::arm::location::LocationName;
use crate::arm::regions;
use crate::browser::task::TaskScope;
use crate::cloud::{Cloud, queries};
use crate::messages;
use crate::provisioning::explain::reason;
use crate::provisioning::field::{Field, Tab};
use crate::provisioning::plan::Plan;

/// Loads what `form` needs of `cloud`, now and whenever the draft asks for other things, once the part that asks is there.
pub fn keep(form: Form, cloud: Cloud) {
    let lookups = form.lookups;
    let is_there = StoredValue::new(false);
    // The effects of the part live as long as the form, not only until the next try.
    let scope = TaskScope::current();
    Effect::new(move |_| {
        lookups.track_attempts();
        if is_there.get_value() {
            return;
        }
        lookups.begin_part();
        scope.spawn(async move {
            match keep_known(form, cloud).await {
                Ok(()) => is_there.set_value(true),
                Err(_) => lookups.fail_part(),
            }
        });
    });
}

crate::part! {
    in azure:
    fn keep_known(form: Form, cloud: Cloud) -> () {
        keep_lists(form, cloud);
        keep_validated(form, cloud);
        prechecks::keep(form, cloud);
        keep_announced(form);
        keep_last_used(form, cloud);
    }
}

fn keep_lists(form: Form, cloud: Cloud) {
    let region = form.text(|draft| &draft.region);
    Effect::new(move |_| {
        let known = form.known.with(|known| known.regions.is_some());
        let name = LocationName::parse(&region.get()).filter(|_| !known).and_then(|name| regions::display_name(&name));
        form.lookups.name_region(name.unwrap_or_default());
    });
    let subscription = Memo::new(move |_| Guid::parse(&form.draft.read().subscription));
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

/// Asks ARM's own validation when the review is opened or somebody tries again, and again only where something else would be
/// sent by then: a list that arrives late, or a policy about the new group's tags, can change that.
fn keep_validated(form: Form, cloud: Cloud) {
    let reviewing = Memo::new(move |_| form.tab.get() == Tab::Review);
    let sent = Memo::new(move |_| if reviewing.get() { form.planned().map(Plan::as_sent) } else { None });
    Effect::new(move |_| {
        form.lookups.track_attempts();
        if reviewing.get() {
            // Read, because a memo that is only tracked is never computed, and then counts as changed with the next list.
            drop(sent.read());
            spawn(sending::validate(form, cloud));
        }
    });
}

/// Tells screen readers that ARM is validating, while the review is open. What comes of it is a bar that is announced by itself.
fn keep_announced(form: Form) {
    let checking =
        Memo::new(move |_| form.tab.get() == Tab::Review && form.validation.with(|validation| *validation == Validation::Checking));
    Effect::new(move |_| {
        form.announce(if checking.get() { messages::REVIEW_CHECKING.text().into_owned() } else { String::new() });
    });
}

/// Shows where the account created last, and notes where it creates.
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
        Err(error) => {
            let is_told = !lookups.signed_out.get_untracked();
            lookups.fail(Field::ResourceGroup, is_told.then(|| messages::GROUPS_FAILED.with([&reason(&error)])));
        }
    }
}

async fn load_offer(form: Form, cloud: Cloud, subscription: Guid) {
    let lookups = form.lookups;
    lookups.begin(Field::Region);
    match queries::offer(cloud, subscription).await {
        Ok(offer) => form.learn_offer(offer),
        Err(error) => {
            let is_told = !lookups.signed_out.get_untracked();
            lookups.fail(Field::Region, is_told.then(|| messages::REGIONS_FAILED.with([&reason(&error)])));
        }
    }
}

/// Suggestions only: without them, tags can be typed all the same.
async fn load_tags(form: Form, cloud: Cloud, subscription: Guid) {
    if let Ok(tags) = queries::used_tags(cloud, subscription).await {
        form.suggest_tags(tags);
    }
}
