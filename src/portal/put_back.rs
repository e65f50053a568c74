//! Opens the form with a draft from elsewhere. What was typed there is replaced only when asked for.

use leptos::prelude::*;

use crate::browser::address;
use crate::controls::{Button, ButtonKind, MessageBar, Tone};
use crate::messages;
use crate::portal::kept_draft;
use crate::portal::route::Route;
use crate::provisioning::draft::Draft;

/// The way into the form.
#[derive(Clone, Copy)]
pub struct PutBack {
    /// The draft that waits for an answer, and the account that it is of.
    asked: RwSignal<Option<(Draft, String)>>,
}

impl PutBack {
    /// Nothing asked.
    pub fn new() -> Self {
        Self { asked: RwSignal::new(None) }
    }

    /// Opens the form with `draft`, of an `account` (`home_account_id`); asks first where something else was typed there.
    pub fn open(self, draft: Draft, account: &str) {
        if in_the_way(&draft).is_some() {
            self.asked.set(Some((draft, account.to_owned())));
        } else {
            open(&draft, account);
        }
    }
}

impl Default for PutBack {
    fn default() -> Self {
        Self::new()
    }
}

/// The draft that `draft` would replace.
fn in_the_way(draft: &Draft) -> Option<Draft> {
    kept_draft::kept().filter(|kept| !kept.is_blank() && kept != draft)
}

fn open(draft: &Draft, account: &str) {
    kept_draft::put_back(draft, account);
    address::go(&Route::CreateIdentity(String::new()).href());
}

/// The question, while there is one.
#[component]
pub fn PutBackQuestion(
    /// The way into the form.
    put_back: PutBack,
) -> impl IntoView {
    let asked = move || {
        let (draft, account) = put_back.asked.get()?;
        let other = in_the_way(&draft).unwrap_or_default();
        let what = if other.name.is_empty() { other.resource_group } else { other.name };
        let replace = Callback::new(move |()| open(&draft, &account));
        let keep = Callback::new(move |()| put_back.asked.set(None));
        Some(view! {
            <MessageBar tone=Tone::Warning>
                <strong>{messages::CHECK_REPLACE_TITLE.text()}</strong>
                <p>{messages::CHECK_REPLACE_TEXT.with([&what]).text()}</p>
                <div class="actions">
                    <Button on_press=replace>{messages::CHECK_REPLACE.text()}</Button>
                    <Button kind=ButtonKind::Subtle on_press=keep>{messages::CANCEL.text()}</Button>
                </div>
            </MessageBar>
        })
    };
    view! { <div role="status">{asked}</div> }.into_any()
}
