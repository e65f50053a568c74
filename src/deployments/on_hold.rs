//! A run that belongs to somebody else: its owner, and what can be done. Nothing is sent before a button press.

use leptos::prelude::*;

use crate::arm::caller::{Caller, CallerKind};
use crate::arm::percent::encode;
use crate::arm::resource_id::ResourceId;
use crate::browser::address;
use crate::cloud::Cloud;
use crate::controls::{Button, ButtonKind, Dialog, Link, MessageBar, Tone};
use crate::messages::{self, Sentence};
use crate::portal::route::Route;
use crate::portal::runs::ownership::Ownership;
use crate::portal::runs::record::Record;
use crate::portal::runs::{Run, Runs};
use crate::portal::sign_in::{SignIn, SignInAction};

/// The owner of a run on hold, with buttons to act on it.
#[component]
pub fn OnHold(run: Run, whose: Ownership) -> impl IntoView {
    let runs = expect_context::<Runs>();
    let cloud = expect_context::<Cloud>();
    let pinned = run.record.caller.clone();
    let present = untrack(|| cloud.present());
    let buttons = match whose {
        Ownership::Mine => {
            let id = run.id.clone();
            let go = Callback::new(move |()| drop(runs.again(&id)));
            view! { <Button kind=ButtonKind::Primary on_press=go>{messages::HELD_CONTINUE.text()}</Button> }.into_any()
        }
        Ownership::SignedOut => ().into_any(),
        Ownership::OtherMode => elsewhere(&run.id, &pinned, &present).into_any(),
        Ownership::OtherAccount | Ownership::OtherDirectory => {
            view! { {switch(&pinned, whose)} <HandOver run=run present=present/> }.into_any()
        }
        Ownership::Unknown | Ownership::OtherApp => view! { <HandOver run=run present=present/> }.into_any(),
    };
    let (title, text) = description(&pinned, whose);
    view! {
        <MessageBar tone=Tone::Warning>
            <strong>{title.text()}</strong>
            <p>{text.text()}</p>
            <div class="actions">{buttons}</div>
        </MessageBar>
    }
    .into_any()
}

/// The title and the text that name the owner.
fn description(pinned: &Caller, whose: Ownership) -> (Sentence, Sentence) {
    let who = [name(pinned), pinned.tenant.as_str()];
    match whose {
        Ownership::Mine => (messages::HELD_MINE.into(), messages::HELD_MINE_TEXT.with(who)),
        Ownership::SignedOut => (messages::HELD_ACCOUNT.with(who), messages::HELD_SIGNED_OUT_TEXT.with(who)),
        Ownership::Unknown => (messages::HELD_UNKNOWN.into(), messages::HELD_UNKNOWN_TEXT.into()),
        Ownership::OtherMode => match pinned.kind {
            CallerKind::Preview => (messages::HELD_SIMULATED.into(), messages::HELD_SIMULATED_TEXT.into()),
            CallerKind::HostPage => (messages::HELD_HOST.into(), messages::HELD_HOST_TEXT.with(who)),
            CallerKind::Account | CallerKind::Unknown => (messages::HELD_REAL.into(), messages::HELD_REAL_TEXT.with(who)),
        },
        Ownership::OtherApp => (messages::HELD_APP.into(), messages::HELD_APP_TEXT.with(who)),
        Ownership::OtherAccount => (messages::HELD_ACCOUNT.with(who), messages::HELD_ACCOUNT_TEXT.with(who)),
        Ownership::OtherDirectory => (messages::HELD_DIRECTORY.with(who), messages::HELD_DIRECTORY_TEXT.with(who)),
    }
}

fn name(caller: &Caller) -> &str {
    if caller.username.is_empty() { &caller.account } else { &caller.username }
}

/// A link to the same page in the run's own mode, except to or from a host page.
fn elsewhere(id: &ResourceId, pinned: &Caller, present: &Caller) -> Option<AnyView> {
    let (mode, label) = match (pinned.kind, present.kind) {
        (_, CallerKind::HostPage) => return None,
        (CallerKind::Preview, _) => ("preview", messages::HELD_OPEN_PREVIEW),
        (CallerKind::Account, _) => ("live", messages::HELD_OPEN_LIVE),
        _ => return None,
    };
    let page = Route::Deployment(id.clone()).href();
    let href = if cfg!(target_arch = "wasm32") { [&in_mode(&address::query(), mode), page.as_str()].concat() } else { page };
    Some(view! { <Link href=href kind=ButtonKind::Secondary>{label.text()}</Link> }.into_any())
}

/// The query before `#` with this mode, without `sim` for Live.
fn in_mode(query: &str, mode: &str) -> String {
    let mut text = ["?mode=", mode].concat();
    for (key, value) in crate::arm::percent::pairs(query) {
        if key != "mode" && !(key == "sim" && mode == "live") {
            for part in ["&", &encode(&key), "=", &encode(&value)] {
                text.push_str(part);
            }
        }
    }
    text
}

/// A button that switches to the run's account or directory.
fn switch(pinned: &Caller, whose: Ownership) -> Option<AnyView> {
    let sign_in = use_context::<SignIn>()?;
    let known = sign_in.active_account.with_untracked(|active| {
        active.as_ref().is_some_and(|active| active.others.iter().any(|other| other.home_account_id == pinned.account))
    });
    let (action, label) = match whose {
        Ownership::OtherDirectory => (SignInAction::SwitchDirectory(pinned.tenant.clone()), messages::HELD_SWITCH_DIRECTORY),
        _ if known => (SignInAction::SwitchAccount(pinned.account.clone()), messages::HELD_SWITCH_ACCOUNT),
        _ => (SignInAction::AddAccount, messages::HELD_SIGN_IN),
    };
    let go = Callback::new(move |()| sign_in.run(action.clone()));
    let label = label.with([name(pinned), pinned.tenant.as_str()]).text();
    Some(view! { <Button kind=ButtonKind::Primary on_press=go>{label}</Button> }.into_any())
}

/// Restarts the run as the current caller, after a confirmation that says what was sent already, and by whom.
#[component]
fn HandOver(
    run: Run,
    /// The current caller.
    present: Caller,
) -> impl IntoView {
    let runs = expect_context::<Runs>();
    let open = RwSignal::new(false);
    let close = Callback::new(move |()| open.set(false));
    let label = messages::HAND_OVER.with([name(&present)]).text();
    let caller = StoredValue::new(present.clone());
    let title = messages::HAND_OVER_TITLE.with([&run.record.draft.name, name(&present)]).text();
    let id = run.id.clone();
    let go = Callback::new(move |()| {
        open.set(false);
        if let Some(next) = runs.hand_over(&id, caller.get_value()) {
            address::go(&Route::Deployment(next).href());
        }
    });
    let sent = StoredValue::new(sent(&run.record));
    let content = move || {
        let sent = sent.with_value(|sent| sent.iter().map(|sentence| view! { <p>{sentence.text()}</p> }).collect::<Vec<_>>());
        view! { {sent} <p>{messages::HAND_OVER_TEXT.text()}</p> }
    };
    let confirm = StoredValue::new(label.clone());
    let actions = move || {
        view! {
            <Button kind=ButtonKind::Primary on_press=go>{confirm.get_value()}</Button>
        }
    };
    view! {
        <Button on_press=Callback::new(move |()| open.set(true))>{label}</Button>
        <Dialog id="hand-over" title=title open=open on_close=close content=content actions=actions dismiss=messages::CANCEL/>
    }
    .into_any()
}

/// The sentences that say what was sent already, and by whom.
fn sent(record: &Record) -> Vec<Sentence> {
    let progress = &record.progress;
    let by = name(&record.caller);
    let by = if by.is_empty() { messages::HAND_OVER_SOMEBODY.text().into_owned() } else { by.to_owned() };
    if !record.is_sent() {
        return vec![messages::HAND_OVER_NOTHING.into()];
    }
    if let Some(id) = progress.deployment_id() {
        return vec![messages::HAND_OVER_DEPLOYMENT.with([&by, id.name()])];
    }
    let plan = crate::portal::runs::plan(&record.draft);
    let names = plan.iter().flat_map(|plan| &plan.resources).map(|resource| resource.name().to_owned()).collect::<Vec<_>>();
    let done = names.iter().take(progress.done).map(|name| messages::HAND_OVER_DONE.with([by.as_str(), name]));
    let under_way = names.get(progress.done).filter(|_| progress.sent).map(|name| messages::HAND_OVER_REQUEST.with([by.as_str(), name]));
    done.chain(under_way).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provisioning::draft::Draft;
    use crate::provisioning::progress::Progress;

    fn record(progress: Progress) -> Record {
        let draft = Draft {
            subscription: "11111111-2222-3333-4444-555555555555".into(),
            resource_group: "rg-new".into(),
            group_is_new: true,
            region: "eastus".into(),
            name: "uami".into(),
            direct: progress.deployment.is_none(),
            ..Draft::default()
        };
        let caller = Caller { kind: CallerKind::Account, username: "ada@contoso.example".into(), ..Caller::default() };
        Record { draft, progress, caller }
    }

    #[test]
    fn the_confirmation_says_what_was_sent_and_by_whom() {
        let id = "/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.Resources/deployments/d-1";
        let sentences = |progress| sent(&record(progress)).iter().map(Sentence::text).collect::<Vec<_>>();
        let ada = "ada@contoso.example";
        assert_eq!(sentences(Progress::default()), [messages::HAND_OVER_NOTHING.text()]);
        let deployed = Progress { sent: true, deployment: Some(id.into()), ..Progress::default() };
        assert_eq!(sentences(deployed), [messages::HAND_OVER_DEPLOYMENT.with([ada, "d-1"]).text()]);
        let half = Progress { sent: true, done: 1, ..Progress::default() };
        assert_eq!(
            sentences(half),
            [messages::HAND_OVER_DONE.with([ada, "rg-new"]).text(), messages::HAND_OVER_REQUEST.with([ada, "uami"]).text()]
        );
    }

    #[test]
    fn the_other_mode_keeps_the_rest_of_the_address() {
        assert_eq!(in_mode("", "live"), "?mode=live");
        assert_eq!(in_mode("mode=preview&sim=slow&instance=a%26b", "live"), "?mode=live&instance=a%26b");
        assert_eq!(in_mode("mode=live&locale=pseudo", "preview"), "?mode=preview&locale=pseudo");
    }
}
