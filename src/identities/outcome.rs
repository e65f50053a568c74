//! How a change ended, and the question before something is removed.

use leptos::prelude::*;

use crate::arm::error::ArmError;
use crate::controls::{Button, ButtonKind, Dialog, MessageBar, Tone};
use crate::messages::{self, Message, Sentence};
use crate::portal::failure::Failure;
use crate::provisioning::explain::explain;

/// How the last change ended.
#[derive(Clone)]
pub(super) enum Outcome {
    /// With what else to know, if anything.
    Made(Sentence, Option<Message>),
    Failed(Sentence, ArmError),
}

impl Outcome {
    pub(super) fn view(self) -> AnyView {
        match self {
            Self::Made(sentence, more) => view! {
                <MessageBar tone=Tone::Success>
                    <p>{sentence.text()}</p>
                    {more.map(|more| view! { <p>{more.text()}</p> })}
                </MessageBar>
            }
            .into_any(),
            Self::Failed(sentence, error) => {
                view! { <p><strong>{sentence.text()}</strong></p><Failure explanation=explain(&error)/> }.into_any()
            }
        }
    }
}

/// Asks while `removed` has something, which `describe` gives a title and shows; calls `remove` if the answer is yes.
pub(super) fn remove_dialog<T: Clone + Send + Sync + 'static>(
    id: &'static str,
    removed: RwSignal<Option<T>>,
    describe: fn(&T) -> (String, AnyView),
    remove: Callback<T>,
) -> AnyView {
    let open = Signal::derive(move || removed.with(Option::is_some));
    let confirmed = Callback::new(move |()| {
        if let Some(one) = removed.get_untracked() {
            removed.set(None);
            remove.run(one);
        }
    });
    let close = Callback::new(move |()| removed.set(None));
    let dialog = move || {
        open.get().then(|| {
            let title = removed.with_untracked(|one| one.as_ref().map(|one| describe(one).0)).unwrap_or_default();
            let content = move || removed.with_untracked(|one| one.as_ref().map(|one| describe(one).1));
            let actions = move || view! { <Button kind=ButtonKind::Danger on_press=confirmed>{messages::REMOVE_ENTRY.text()}</Button> };
            view! { <Dialog id=id title=title open=open on_close=close content=content actions=actions dismiss=messages::CANCEL/> }
        })
    };
    dialog.into_any()
}
