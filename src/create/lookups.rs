//! Keeps what the form knows of the cloud up to date with the draft: loaded as needed, page by page, and cancelled when
//! overtaken by another choice.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation as spawn;

use super::form::{Form, Validation};
use super::{age, last_used, sending};
use crate::arm::guid::Guid;
use crate::arm::identity_name::IdentityName;
use crate::arm::location::LocationName;
use crate::arm::resource_group::ResourceGroup;
use crate::arm::subscription::Subscription;
use crate::arm::{last_read, natural, regions};
use crate::browser::clock;
use crate::browser::task::TaskScope;
use crate::cloud::{Cloud, Lists, queries};
use crate::controls::Supply;
use crate::messages::{self, Sentence};
use crate::provisioning::check::{Knowledge, PreflightResult, Verdict};
use crate::provisioning::draft::TagRow;
use crate::provisioning::explain::reason;
use crate::provisioning::field::{Field, Tab};
use crate::provisioning::plan::Plan;
use crate::provisioning::preflight::{self, TargetScope};

/// A list that may be long: shared, because the form's check reads it at every key and the boxes draw it.
pub type List<T> = Arc<Vec<T>>;

/// How far each list has come, and what has arrived of those under way.
#[derive(Clone, Copy)]
pub struct Lookups {
    /// Subscriptions.
    pub subscriptions: RwSignal<Supply>,
    /// Groups of the chosen subscription.
    pub groups: RwSignal<Supply>,
    /// Regions of the chosen subscription.
    pub regions: RwSignal<Supply>,
    /// Subscriptions arrived so far.
    pub subscription_list: RwSignal<List<Subscription>>,
    /// Groups arrived so far.
    pub group_list: RwSignal<List<ResourceGroup>>,
    /// What is said under the field of a list that was read in Live, and is shown without a network.
    pub ages: RwSignal<Vec<(Field, Sentence)>>,
    /// Why a list could not be had, by its field.
    pub failures: RwSignal<Vec<(Field, Sentence)>>,
    /// What people call the chosen region while the list is not there; empty where nobody knows.
    pub region_name: RwSignal<String>,
    /// Keeps the lists for then, or says how old they are.
    lists: Option<Lists>,
    /// Whether nobody is signed in to read them for.
    pub signed_out: RwSignal<bool>,
    /// Where the account created last, the last place first.
    pub last_used: RwSignal<Vec<last_used::Place>>,
    /// Counts the times somebody asked to try again.
    attempt: RwSignal<u32>,
}

impl Lookups {
    /// Nothing asked yet.
    pub fn new() -> Self {
        Self {
            subscriptions: RwSignal::new(Supply::Loading),
            groups: RwSignal::new(Supply::Complete),
            regions: RwSignal::new(Supply::Complete),
            subscription_list: RwSignal::new(Arc::default()),
            group_list: RwSignal::new(Arc::default()),
            ages: RwSignal::new(Vec::new()),
            failures: RwSignal::new(Vec::new()),
            region_name: RwSignal::new(String::new()),
            lists: use_context(),
            signed_out: RwSignal::new(false),
            last_used: RwSignal::new(Vec::new()),
            attempt: RwSignal::new(0),
        }
    }

    /// A list was read to its end: in Live it is kept, in Preview its field says how old it is.
    fn was_read(self, field: Field, list: impl FnOnce() -> last_read::List) {
        match self.lists {
            Some(Lists::Keep(keep)) => keep(list()),
            Some(Lists::ReadAt(read_at)) => {
                let told = read_at(&list()).map(|at| (field, age::told(at, clock::now())));
                self.ages.update(|ages| {
                    ages.retain(|(known, _)| *known != field);
                    ages.extend(told);
                });
            }
            None => {}
        }
    }

    /// Why the list of `field` could not be had; none any more where it can.
    fn failed(self, field: Field, why: Option<Sentence>) {
        self.failures.update(|failures| {
            failures.retain(|(known, _)| *known != field);
            failures.extend(why.map(|why| (field, why)));
        });
    }

    /// Asks again for what could not be had.
    pub fn again(self) {
        self.attempt.update(|attempt| *attempt += 1);
    }

    /// Asks for everything again: somebody else is signed in, or works in another directory.
    pub fn anew(self, known: RwSignal<Knowledge>) {
        self.subscription_list.set(List::default());
        self.group_list.set(List::default());
        known.set(Knowledge { signed_out: self.signed_out.get_untracked(), ..Knowledge::default() });
        self.failures.set(Vec::new());
        self.again();
    }
}

impl Default for Lookups {
    fn default() -> Self {
        Self::new()
    }
}

/// Loads what `form` needs of `cloud`, now and whenever the draft asks for other things, once the part that asks is there.
pub fn keep(form: Form, cloud: Cloud) {
    let lookups = form.lookups;
    let is_there = StoredValue::new(false);
    // What the part follows lives as long as the form, not only until the next try.
    let scope = TaskScope::current();
    Effect::new(move |_| {
        lookups.attempt.track();
        if is_there.get_value() {
            return;
        }
        lookups.subscriptions.set(Supply::Loading);
        scope.spawn(async move {
            match keep_known(form, cloud).await {
                Ok(()) => is_there.set_value(true),
                Err(_) => lookups.subscriptions.set(Supply::Failed),
            }
        });
    });
}

crate::part! {
    in azure:
    fn keep_known(form: Form, cloud: Cloud) -> () {
        keep_lists(form, cloud);
        keep_validated(form, cloud);
        keep_preflight(form, cloud);
        keep_announced(form);
        last_used::keep(form, cloud);
    }
}

fn keep_lists(form: Form, cloud: Cloud) {
    let attempt = form.lookups.attempt;
    let region = form.text(|draft| &draft.region);
    Effect::new(move |_| {
        let known = form.known.with(|known| known.regions.is_some());
        let name = LocationName::parse(&region.get()).filter(|_| !known).and_then(|name| regions::display_name(&name));
        form.lookups.region_name.set(name.unwrap_or_default().to_owned());
    });
    let subscription = Memo::new(move |_| Guid::parse(&form.draft.read().subscription));
    Effect::new(move |_| {
        attempt.track();
        if form.known.with_untracked(|known| known.subscriptions.is_none()) {
            spawn(load_subscriptions(form, cloud));
        }
    });
    Effect::new(move |before: Option<Option<Guid>>| {
        attempt.track();
        let chosen = subscription.get();
        let other = before.flatten() != chosen;
        if other {
            form.lookups.group_list.set(List::default());
            form.known.update(|known| {
                known.groups = None;
                known.regions = None;
                known.api_versions = None;
                known.registration = PreflightResult::Pending;
            });
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
        form.lookups.attempt.track();
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
        form.announced.set(if checking.get() { messages::REVIEW_CHECKING.text().into_owned() } else { String::new() });
    });
}

/// What the checks beforehand depend on, besides the place.
#[derive(Clone, PartialEq)]
struct Content {
    place: Option<TargetScope>,
    new_group: Option<(String, Option<bool>)>,
    name: String,
    region: String,
    tags: Vec<TagRow>,
}

/// How long the form rests before the cloud is asked about what was typed.
const REST: Duration = Duration::from_millis(400);

/// Asks beforehand whether this would be refused. A change while asking cancels what was asked.
fn keep_preflight(form: Form, cloud: Cloud) {
    let attempt = form.lookups.attempt;
    let place = Memo::new(move |_| form.draft.with(TargetScope::of));
    Effect::new(move |_| {
        attempt.track();
        form.known.update(|known| {
            known.permission = PreflightResult::Pending;
            known.lock = PreflightResult::Pending;
        });
        if let Some(place) = place.get() {
            spawn(async move {
                clock::wait(REST).await;
                let (permission, lock) = queries::rights(cloud, place).await;
                form.known.update(|known| {
                    known.permission = permission;
                    known.lock = lock;
                });
            });
        }
    });
    // What a version doesn't know of an identity, it doesn't tell.
    let name = Memo::new(move |_| (place.get(), form.draft.read().name.clone(), form.identity_version()));
    Effect::new(move |_| {
        attempt.track();
        let (place, name, version) = name.get();
        form.known.update(|known| known.existing = PreflightResult::Pending);
        if let (Some(place), Ok(name)) = (place, IdentityName::parse(&name)) {
            spawn(async move {
                clock::wait(REST).await;
                let existing = preflight::existing(&queries::client(cloud), &place, &name, version).await;
                form.known.update(|known| known.existing = existing);
            });
        }
    });
    let content = Memo::new(move |_| {
        let draft = form.draft.read();
        let new_group = draft.group_is_new.then(|| (draft.resource_group.clone(), draft.tag_group));
        Content { place: place.get(), new_group, name: draft.name.clone(), region: draft.region.clone(), tags: draft.tags.clone() }
    });
    Effect::new(move |_| {
        attempt.track();
        if let Some(place) = content.get().place {
            spawn(async move {
                clock::wait(REST).await;
                let regions = form.known.with_untracked(|known| known.regions.clone().unwrap_or_default());
                let (policy, group) = queries::policies(cloud, &place, &form.draft.get_untracked(), &regions).await;
                form.known.update(|known| {
                    known.policy = policy;
                    known.group_policy = group;
                });
            });
        }
    });
}

async fn load_subscriptions(form: Form, cloud: Cloud) {
    let lookups = form.lookups;
    lookups.subscriptions.set(Supply::Loading);
    lookups.failed(Field::Subscription, None);
    lookups.subscription_list.set(List::default());
    let arrived = Callback::new(move |page: Vec<_>| lookups.subscription_list.update(|list| Arc::make_mut(list).extend(page)));
    match queries::subscriptions(cloud, arrived).await {
        Ok(()) => {
            lookups.subscription_list.update(|list| {
                Arc::make_mut(list).sort_by(|one, other| natural::compare(&one.display_name, &other.display_name));
            });
            form.known.update(|known| known.subscriptions = Some(lookups.subscription_list.get_untracked()));
            lookups.subscriptions.set(Supply::Complete);
            lookups.was_read(Field::Subscription, || last_read::List::Subscriptions(lookups.subscription_list.get_untracked()));
            form.choose_only_subscription();
        }
        // The bar above the page says what to do.
        Err(error) if error.needs_sign_in() && lookups.signed_out.get_untracked() => lookups.subscriptions.set(Supply::Complete),
        Err(error) => {
            lookups.failed(Field::Subscription, Some(messages::SUBSCRIPTIONS_FAILED.with([&reason(&error)])));
            lookups.subscriptions.set(Supply::Failed);
        }
    }
}

async fn load_groups(form: Form, cloud: Cloud, subscription: Guid) {
    let lookups = form.lookups;
    lookups.groups.set(Supply::Loading);
    lookups.failed(Field::ResourceGroup, None);
    lookups.group_list.set(List::default());
    let arrived = Callback::new(move |page: Vec<_>| lookups.group_list.update(|list| Arc::make_mut(list).extend(page)));
    match queries::groups(cloud, subscription.clone(), arrived).await {
        Ok(()) => {
            lookups.group_list.update(|list| {
                Arc::make_mut(list).sort_by(|one, other| natural::compare(one.name.as_str(), other.name.as_str()));
            });
            form.known.update(|known| known.groups = Some(lookups.group_list.get_untracked()));
            lookups.groups.set(Supply::Complete);
            lookups.was_read(Field::ResourceGroup, || last_read::List::Groups(subscription, lookups.group_list.get_untracked()));
            form.follow_group();
        }
        Err(error) => {
            if !lookups.signed_out.get_untracked() {
                lookups.failed(Field::ResourceGroup, Some(messages::GROUPS_FAILED.with([&reason(&error)])));
            }
            lookups.groups.set(Supply::Failed);
        }
    }
}

async fn load_offer(form: Form, cloud: Cloud, subscription: Guid) {
    let supply = form.lookups.regions;
    supply.set(Supply::Loading);
    form.lookups.failed(Field::Region, None);
    match queries::offer(cloud, subscription).await {
        Ok(mut offer) => {
            // Those that Azure recommends come first, as sections of the list stand in the order of their first entries.
            offer.regions.sort_by(|one, other| {
                other.recommended.cmp(&one.recommended).then_with(|| natural::compare(&one.display_name, &other.display_name))
            });
            form.lookups.was_read(Field::Region, || last_read::List::Regions(offer.regions.clone()));
            form.known.update(|known| {
                known.regions = Some(offer.regions);
                known.api_versions = Some(offer.api_versions);
                known.registration =
                    PreflightResult::Known(if offer.registered { Verdict::Allowed } else { Verdict::Refused("NotRegistered".into()) });
            });
            supply.set(Supply::Complete);
        }
        Err(error) => {
            if !form.lookups.signed_out.get_untracked() {
                form.lookups.failed(Field::Region, Some(messages::REGIONS_FAILED.with([&reason(&error)])));
            }
            supply.set(Supply::Failed);
        }
    }
}

/// Suggestions only: without them, tags can be typed all the same.
async fn load_tags(form: Form, cloud: Cloud, subscription: Guid) {
    if let Ok(tags) = queries::used_tags(cloud, subscription).await {
        form.used_tags.set(tags);
    }
}
