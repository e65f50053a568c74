//! Reads and writes of an identity's tab: who makes them, one after another, and how they ended, even if the tab was left meanwhile.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use leptos::prelude::*;

use crate::arm::caller::Caller;
use crate::arm::client::ArmClient;
use crate::arm::error::ArmError;
use crate::arm::permission::allow;
use crate::arm::resource_id::ResourceId;
use crate::arm::transport::Transport;
use crate::cloud::{Cloud, Connection, queries};
use crate::controls::{Button, ButtonKind, Dialog, MessageBar, ProgressLine, Tone};
use crate::messages::{self, Message, Sentence};
use crate::portal::failure::Failure;
use crate::portal::notifications::{NotificationStatus, Notifications};
use crate::portal::route::Route;
use crate::provisioning::explain::explain;

/// Why a change wasn't made.
#[derive(Debug)]
pub(super) enum NotMade {
    /// What would have been replaced isn't what it was when it was read.
    Meanwhile,
    Refused(ArmError),
}

impl From<ArmError> for NotMade {
    fn from(error: ArmError) -> Self {
        Self::Refused(error)
    }
}

/// How a tab says that a change ended, each with a name.
pub(super) struct Words {
    pub(super) saved: Message,
    pub(super) removed: Message,
    pub(super) meanwhile: Message,
    pub(super) unanswered: Message,
    pub(super) not_saved: Message,
    pub(super) not_removed: Message,
}

/// Whether the account may do all these actions at the identity; `None` if that couldn't be read.
pub(super) async fn may<T: Transport>(client: &ArmClient<T>, identity: &ResourceId, actions: &[&str]) -> Option<bool> {
    let permissions = client.permissions(identity).all(client).await.ok()?;
    Some(actions.iter().all(|action| allow(&permissions, action)))
}

/// How a change ended.
#[derive(Clone)]
pub(super) enum Outcome {
    Made(Sentence),
    /// Nothing was sent: what would have been replaced isn't what was read before.
    NotSent(Sentence),
    /// With what to do, where that isn't what the error's code usually asks for.
    Failed(Sentence, ArmError, Option<Message>),
}

impl Outcome {
    /// `is_put`: whether something was saved, not removed.
    pub(super) fn new(words: &Words, name: &str, is_put: bool, made: Result<(), NotMade>) -> Self {
        let told = |saved: Message, removed: Message| if is_put { saved } else { removed }.with([name]);
        match made {
            Ok(()) => Self::Made(told(words.saved, words.removed)),
            Err(NotMade::Meanwhile) => Self::NotSent(words.meanwhile.with([name])),
            Err(NotMade::Refused(error)) if error.is_unanswered() => Self::Failed(words.unanswered.with([name]), error, None),
            Err(NotMade::Refused(error)) => Self::Failed(told(words.not_saved, words.not_removed), error, None),
        }
    }

    /// With the advice of this message if it failed with this code.
    #[must_use]
    pub(super) fn advised(self, code: &str, advice: Message) -> Self {
        match self {
            Self::Failed(sentence, error, _) if error.has_code(code) => Self::Failed(sentence, error, Some(advice)),
            other => other,
        }
    }

    pub(super) fn is_made(&self) -> bool {
        matches!(self, Self::Made(_))
    }

    fn sentence(&self) -> &Sentence {
        match self {
            Self::Made(sentence) | Self::NotSent(sentence) | Self::Failed(sentence, ..) => sentence,
        }
    }

    fn view(self) -> AnyView {
        match self {
            Self::Made(sentence) => view! { <MessageBar tone=Tone::Success><p>{sentence.text()}</p></MessageBar> }.into_any(),
            Self::NotSent(sentence) => view! { <MessageBar tone=Tone::Error><p>{sentence.text()}</p></MessageBar> }.into_any(),
            Self::Failed(sentence, error, advice) => {
                let mut explanation = explain(&error);
                if let Some(advice) = advice {
                    explanation.advice = advice.into();
                }
                let reason = std::mem::replace(&mut explanation.title, sentence).text();
                view! { <Failure explanation=explanation><span>{reason}</span></Failure> }.into_any()
            }
        }
    }
}

/// A change and its outcome.
pub(super) type Step = Pin<Box<dyn Future<Output = Outcome>>>;

#[derive(Clone, Copy)]
pub(super) struct Changes {
    cloud: Cloud,
    notifications: Notifications,
    /// Who read the list last: a change is made as nobody else.
    reader: StoredValue<Option<Caller>>,
    /// Counts the reads: the answer of an earlier one is dropped.
    reads: StoredValue<u32>,
    pub(super) outcomes: RwSignal<Vec<Outcome>>,
    pub(super) busy: RwSignal<bool>,
    /// What a change waits for.
    pub(super) waiting: RwSignal<Option<Sentence>>,
}

impl Changes {
    pub(super) fn new(cloud: Cloud) -> Self {
        Self {
            cloud,
            notifications: expect_context(),
            reader: StoredValue::new(None),
            reads: StoredValue::new(0),
            outcomes: RwSignal::new(Vec::new()),
            busy: RwSignal::new(false),
            waiting: RwSignal::new(None),
        }
    }

    /// The account that is signed in.
    pub(super) fn account(self) -> String {
        untrack(|| self.cloud.present()).account
    }

    /// A client for a new read of the list, and the read's number.
    pub(super) fn begin_read(self) -> (ArmClient<Connection>, u32) {
        self.reader.set_value(untrack(|| self.cloud.caller()));
        self.reads.update_value(|reads| *reads += 1);
        (queries::client(self.cloud), self.reads.get_value())
    }

    /// Whether no other read began after this one. `false` if the tab is gone.
    pub(super) fn is_latest(self, read: u32) -> bool {
        self.reads.try_get_value() == Some(read)
    }

    /// A client that writes as who read the list, and as nobody else.
    pub(super) fn writer(self) -> ArmClient<Connection> {
        let waiting = self.waiting;
        let client = queries::client_as(self.cloud, self.reader.get_value());
        client.observed(Rc::new(move |wait| {
            waiting.try_set(wait.map(|wait| messages::WAITING_RETRY.with(wait.seconds)));
        }))
    }

    /// Makes changes one after another, up to the first that isn't made, and then calls `after`, which is told whether all were made.
    /// They go on if the tab is left; then a notification tells how each ended.
    pub(super) fn run(self, identity: ResourceId, steps: Vec<Step>, after: Box<dyn FnOnce(bool)>) {
        let Self { notifications, outcomes, busy, .. } = self;
        let account = self.account();
        outcomes.set(Vec::new());
        busy.set(true);
        leptos::task::spawn_local(async move {
            let mut ended = Vec::new();
            for step in steps {
                let outcome = step.await;
                let is_made = outcome.is_made();
                ended.push(outcome);
                if !is_made {
                    break;
                }
            }
            let all = ended.iter().all(Outcome::is_made);
            let is_gone = busy.try_set(false).is_some();
            if is_gone {
                for outcome in &ended {
                    let status = if outcome.is_made() { NotificationStatus::Done } else { NotificationStatus::Failed };
                    let sentence = outcome.sentence().clone();
                    let link = Route::Identity(identity.clone()).href();
                    notifications.tell_of(&account, &sentence.text(), status, sentence, Some(link));
                }
            }
            outcomes.try_set(ended);
            after(all);
        });
    }

    /// How the changes ended, and that they are under way.
    pub(super) fn view(self) -> AnyView {
        let outcomes = move || self.outcomes.get().into_iter().map(Outcome::view).collect::<Vec<_>>();
        let label = Signal::derive(move || match self.waiting.get() {
            Some(sentence) => sentence.text(),
            None => messages::CHANGE_UNDER_WAY.text().into_owned(),
        });
        let progress = move || self.busy.get().then(|| view! { <ProgressLine label=label/> });
        view! {
            <div class="changes">{outcomes}</div>
            <div class="changes" role="status">{progress}</div>
        }
        .into_any()
    }
}

/// Asks while `removed` has something, which `describe` shows; calls `remove` if the answer is yes.
pub(super) fn remove_dialog<T: Clone + Send + Sync + 'static>(
    id: &'static str,
    title: Message,
    removed: RwSignal<Option<T>>,
    describe: fn(&T) -> AnyView,
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
    let content = move || removed.with_untracked(|one| one.as_ref().map(describe));
    let actions = move || view! { <Button kind=ButtonKind::Danger on_press=confirmed>{messages::REMOVE_ENTRY.text()}</Button> };
    view! { <Dialog id=id title=title.text() open=open on_close=close content=content actions=actions dismiss=messages::CANCEL/> }
        .into_any()
}
