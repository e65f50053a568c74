//! The lists that the form offers: how far each has loaded, its entries so far, and why loading failed.

use std::sync::Arc;

use leptos::prelude::*;

use super::read_only::ReadOnly;
use crate::arm::last_read;
use crate::arm::resource_group::ResourceGroup;
use crate::arm::subscription::Subscription;
use crate::browser::clock;
use crate::cloud::Lists;
use crate::controls::Supply;
use crate::create::age;
use crate::create::last_used::Place;
use crate::messages::{self, Sentence};
use crate::provisioning::field::Field;

/// A list that may be long. It is shared: the form's check reads it on every key press, and the combo boxes draw it.
pub type List<T> = Arc<Vec<T>>;

#[derive(Clone, Copy)]
pub struct Lookups {
    /// The loading state of the subscriptions.
    pub subscriptions: ReadOnly<Supply>,
    /// The loading state of the chosen subscription's groups.
    pub groups: ReadOnly<Supply>,
    /// The loading state of the chosen subscription's regions.
    pub regions: ReadOnly<Supply>,
    /// The subscriptions that have arrived so far.
    pub subscription_list: ReadOnly<List<Subscription>>,
    /// The groups that have arrived so far.
    pub group_list: ReadOnly<List<ResourceGroup>>,
    /// In Preview, the age of each list that was read in Live.
    pub ages: ReadOnly<Vec<(Field, Sentence)>>,
    /// Why a list failed to load, by its field.
    pub failures: ReadOnly<Vec<(Field, Sentence)>>,
    /// The display name of the chosen region while the list is not loaded; empty if unknown.
    pub region_name: ReadOnly<String>,
    /// Stores the lists for offline visits, or knows their age.
    lists: Option<Lists>,
    /// Whether nobody is signed in.
    pub signed_out: ReadOnly<bool>,
    /// Where the account last created identities, the most recent place first.
    pub last_used: ReadOnly<Vec<Place>>,
    /// Incremented when the person retries.
    attempt: RwSignal<u32>,
}

impl Lookups {
    pub(super) fn new() -> Self {
        Self {
            subscriptions: ReadOnly::new(Supply::Loading),
            groups: ReadOnly::new(Supply::Complete),
            regions: ReadOnly::new(Supply::Complete),
            subscription_list: ReadOnly::new(Arc::default()),
            group_list: ReadOnly::new(Arc::default()),
            ages: ReadOnly::new(Vec::new()),
            failures: ReadOnly::new(Vec::new()),
            region_name: ReadOnly::new(String::new()),
            lists: use_context(),
            signed_out: ReadOnly::new(false),
            last_used: ReadOnly::new(Vec::new()),
            attempt: RwSignal::new(0),
        }
    }

    /// Retries what failed to load.
    pub fn again(self) {
        self.attempt.update(|attempt| *attempt += 1);
    }

    /// Makes the current effect run again on each retry.
    pub fn track_attempts(self) {
        self.attempt.track();
    }

    /// Whether a list failed to load, other than for want of a sign-in.
    pub fn has_failed(self) -> bool {
        self.failures.with_untracked(|failures| !failures.is_empty())
    }

    /// The part of the program that reads the lists is being loaded.
    pub fn begin_part(self) {
        self.clear_failures();
        self.subscriptions.0.set(Supply::Loading);
    }

    /// That part could not be loaded.
    pub fn fail_part(self) {
        self.failures.0.set(vec![(Field::Subscription, messages::PART_FAILED.into())]);
        self.subscriptions.0.set(Supply::Failed);
    }

    /// The list of `field` is being read from the start.
    pub fn begin(self, field: Field) {
        self.supply(field).set(Supply::Loading);
        self.explain(field, None);
        match field {
            Field::Subscription => self.subscription_list.0.set(List::default()),
            Field::ResourceGroup => self.group_list.0.set(List::default()),
            _ => {}
        }
    }

    /// A page of subscriptions arrived.
    pub fn add_subscriptions(self, page: Vec<Subscription>) {
        self.subscription_list.0.update(|list| Arc::make_mut(list).extend(page));
    }

    /// A page of groups arrived.
    pub fn add_groups(self, page: Vec<ResourceGroup>) {
        self.group_list.0.update(|list| Arc::make_mut(list).extend(page));
    }

    /// No more entries of the list of `field` will arrive.
    pub fn complete(self, field: Field) {
        self.supply(field).set(Supply::Complete);
    }

    /// The list of `field` could not be read. `why` is the message under the field, if any.
    pub fn fail(self, field: Field, why: Option<Sentence>) {
        if why.is_some() {
            self.explain(field, why);
        }
        self.supply(field).set(Supply::Failed);
    }

    /// Sets the display name of the chosen region while the list is not loaded.
    pub fn name_region(self, name: &str) {
        self.region_name.0.set(name.to_owned());
    }

    /// Sets whether nobody is signed in. Returns `false` if the form no longer exists.
    pub fn set_signed_out(self, signed_out: bool) -> bool {
        self.signed_out.0.try_set(signed_out).is_none()
    }

    pub fn set_last_used(self, places: Vec<Place>) {
        self.last_used.0.set(places);
    }

    /// A list was read completely: Live stores it, and Preview shows its age under the field.
    pub(super) fn note_age(self, field: Field, list: impl FnOnce() -> last_read::List) {
        match self.lists {
            Some(Lists::Keep(keep)) => keep.run(list()),
            Some(Lists::ReadAt(read_at)) => {
                let told = read_at.run(list()).map(|at| (field, age::told(at, clock::now())));
                self.ages.0.update(|ages| {
                    ages.retain(|(known, _)| *known != field);
                    ages.extend(told);
                });
            }
            None => {}
        }
    }

    /// Clears the lists that have arrived.
    pub(super) fn clear(self) {
        self.subscription_list.0.set(List::default());
        self.group_list.0.set(List::default());
    }

    pub(super) fn clear_failures(self) {
        self.failures.0.set(Vec::new());
    }

    /// Sets why the list of `field` failed to load; `None` if it did not fail.
    fn explain(self, field: Field, why: Option<Sentence>) {
        self.failures.0.update(|failures| {
            failures.retain(|(known, _)| *known != field);
            failures.extend(why.map(|why| (field, why)));
        });
    }

    fn supply(self, field: Field) -> RwSignal<Supply> {
        match field {
            Field::Subscription => self.subscriptions.0,
            Field::ResourceGroup => self.groups.0,
            _ => self.regions.0,
        }
    }
}
