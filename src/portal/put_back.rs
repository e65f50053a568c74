//! Opens the form with a draft from elsewhere, and asks first if that would replace another draft.

use leptos::prelude::*;

use crate::browser::address;
use crate::controls::{Button, ButtonKind, MessageBar, Tone};
use crate::messages;
use crate::portal::kept_draft;
use crate::portal::route::Route;
use crate::provisioning::draft::Draft;
use crate::provisioning::field::FIELDS;

/// Opens the form with a draft.
#[derive(Clone, Copy)]
pub struct PutBack {
    /// The draft that awaits confirmation, and its account.
    pending: RwSignal<Option<(Draft, String)>>,
}

impl PutBack {
    pub fn new() -> Self {
        Self { pending: RwSignal::new(None) }
    }

    /// Opens the form with a draft of `account` (`home_account_id`), after a confirmation if the form has another draft.
    pub fn open(self, draft: Draft, account: &str) {
        if replaced_by(&draft).is_some() {
            self.pending.set(Some((draft, account.to_owned())));
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

/// The stored draft that `draft` would replace.
fn replaced_by(draft: &Draft) -> Option<Draft> {
    kept_draft::kept().filter(|kept| !kept.is_blank() && kept != draft)
}

/// A draft's name or group, or else the labels of what it has.
fn called(draft: &Draft) -> String {
    let named = [&draft.name, &draft.resource_group].into_iter().find(|name| !name.is_empty()).cloned();
    let labels = || FIELDS.iter().filter(|field| draft.has(field.field)).map(|field| field.field.label()).collect::<Vec<_>>();
    named.unwrap_or_else(|| labels().join(", "))
}

fn open(draft: &Draft, account: &str) {
    kept_draft::put_back(draft, account);
    address::go(&Route::CreateIdentity(String::new()).href());
}

/// The confirmation, while one is pending.
#[component]
pub fn PutBackQuestion(put_back: PutBack) -> impl IntoView {
    let question = move || {
        let (draft, account) = put_back.pending.get()?;
        let what = called(&replaced_by(&draft).unwrap_or_default());
        let replace = Callback::new(move |()| open(&draft, &account));
        let keep = Callback::new(move |()| put_back.pending.set(None));
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
    view! { <div role="status">{question}</div> }.into_any()
}
