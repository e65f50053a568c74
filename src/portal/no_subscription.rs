//! Shown under the subscription field if the account has none in the current directory: the directories to switch to.

use leptos::prelude::*;

use crate::controls::Skeleton;
use crate::messages;
use crate::portal::directories::{SwitchButton, directories};
use crate::portal::sign_in::SignIn;

crate::part! {
    in review:
    /// `tenant` is the current directory's id; `then` is the id of the element to focus when the button disappears.
    pub fn no_subscription(sign_in: SignIn, tenant: String, then: &'static str) -> AnyView {
        let found = directories();
        let others = move || match found.get() {
            None => view! { <Skeleton/> }.into_any(),
            Some(Err(_)) => {
                view! { <p>{messages::SUBSCRIPTIONS_NONE_HERE.text()}" "{messages::ACCOUNT_DIRECTORIES_FAILED.text()}</p> }.into_any()
            }
            Some(Ok(mut others)) => {
                others.retain(|other| other.id.as_str() != tenant);
                if others.is_empty() {
                    return view! { <p>{messages::SUBSCRIPTIONS_NONE_ASK.text()}</p> }.into_any();
                }
                let buttons = others.into_iter().map(|other| view! { <SwitchButton sign_in=sign_in tenant=other then=then/> });
                view! {
                    <p>{messages::SUBSCRIPTIONS_NONE_SWITCH.text()}</p>
                    <div class="actions">{buttons.collect_view()}</div>
                }
                .into_any()
            }
        };
        view! { <div role="status">{others}</div> }.into_any()
    }
}
