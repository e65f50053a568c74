//! The subscription field.

use leptos::prelude::*;

use super::form::Form;
use super::last_used::last_first;
use crate::arm::guid::Guid;
use crate::arm::subscription::{Subscription, SubscriptionState};
use crate::controls::{Choice, Combobox, Entry, Field, Part};
use crate::messages;
use crate::portal::no_subscription::no_subscription;
use crate::portal::sign_in::SignIn;
use crate::provisioning::field;
use crate::provisioning::rules::Rules;

/// The identity's subscription. Subscriptions that accept no writes are listed last, with the reason.
#[component]
pub fn SubscriptionField(form: Form) -> impl IntoView {
    let entries = Memo::new(move |_| {
        form.lookups.subscription_list.with(|list| {
            let entries = form.with_rules(|rules| list.iter().map(|subscription| entry(subscription, rules)).collect());
            form.lookups.last_used.with(|last| last_first(entries, last.iter().map(|(subscription, _)| subscription.as_str())))
        })
    });
    let selected = form.text(|draft| &draft.subscription);
    let sign_in = use_context::<SignIn>();
    // The directory in use, if it has no subscription to choose from.
    let tenant = Memo::new(move |_| {
        let is_none = form.with_offer(|known| known.subscriptions.as_ref().is_some_and(|list| list.is_empty()));
        sign_in.filter(|_| is_none)?.active_account.with(|active| active.as_ref().map(|active| active.tenant.clone()))
    });
    let elsewhere = move || {
        let (sign_in, tenant) = sign_in.zip(tenant.get())?;
        Some(view! { <Part load=move || no_subscription(sign_in, tenant.clone(), "subscription")/> })
    };
    view! {
        <Field
            id="subscription"
            label=messages::SUBSCRIPTION.text()
            required=true
            info=messages::SUBSCRIPTION_INFO.text()
            notes=form.notes(field::Field::Subscription)
            on_leave=Callback::new(move |()| form.leave(field::Field::Subscription))
        >
            <Combobox
                entries=entries
                supply=form.lookups.subscriptions
                choice=Choice::one(selected, Callback::new(move |id| form.select_subscription(id)))
                on_retry=Callback::new(move |()| form.lookups.again())
                placeholder=messages::SUBSCRIPTION_PLACEHOLDER.text()
                unnamed=Signal::derive(move || {
                    // The name is unknown while the list is loading or can't be read.
                    let is_read = form.with_offer(|known| known.subscriptions.is_some());
                    Guid::parse(&selected.get()).filter(|_| !is_read).map(|id| unnamed(&id)).unwrap_or_default()
                })
                empty=Signal::derive(move || {
                    let none = if form.lookups.signed_out.get() { messages::SIGN_IN_TO_LIST } else { messages::SUBSCRIPTIONS_NONE_LISTED };
                    none.text().into_owned()
                })
            />
            {elsewhere}
        </Field>
    }
    .into_any()
}

/// The label of a subscription whose name is unknown: enough to tell two apart.
fn unnamed(id: &Guid) -> String {
    messages::SUBSCRIPTION_UNNAMED.with([id.as_str().split('-').next().unwrap_or_default()]).text()
}

fn entry<'a>(subscription: &'a Subscription, rules: &Rules) -> Entry<'a> {
    let id = subscription.id.as_str();
    let entry = Entry::new(id, subscription.display_name.as_str()).detail(id);
    if subscription.state == SubscriptionState::Warned {
        entry.disabled(messages::DISABLED_BY_WARNING.text())
    } else if !subscription.state.accepts_writes() {
        entry.disabled(messages::DISABLED_BY_STATE.text())
    } else if !rules.name_subscription(&subscription.id) {
        entry.disabled(messages::DISABLED_BY_RULES.text())
    } else {
        entry
    }
}
