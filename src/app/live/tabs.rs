//! The other tabs of this origin: whether this one is a copy of one of them, and messages about accounts that sign out.

use std::rc::Rc;
use std::time::Duration;

use leptos::task::spawn_local;

use super::auth_context::AuthContext;
use super::session_storage;
use crate::arm::guid::Guid;
use crate::browser::channel::Channel;
use crate::browser::{locks, random};
use crate::entra::session::Timeout;

/// Followed by the name of a tab: the lock that it holds while it is open.
const LOCK: &str = "identity-portal:tab:";
/// The channel of the messages.
const CHANNEL: &str = "identity-portal:session";
/// A page that reloads may find the lock of its own previous load for a moment.
const LOCK_TIMEOUT: Duration = Duration::from_millis(700);

/// A message of another tab about an account (`home_account_id`).
pub(super) enum Message {
    /// A person signed it out.
    SignedOut(String),
    /// Its sign-in timed out.
    TimedOut(String, Timeout),
}

/// Names this tab and takes its lock. Whether it is a copy, storage included, of a tab that is still open.
pub(super) async fn is_copy(context: &AuthContext) -> bool {
    let name = session_storage::tab_name().unwrap_or_else(new_name);
    if lock(context, &name).await {
        session_storage::set_tab_name(&name);
        return false;
    }
    let name = new_name();
    session_storage::set_tab_name(&name);
    lock(context, &name).await;
    true
}

/// Releases the lock: this page leaves, and the one that comes back is no copy of it, should the browser keep it alive.
pub(super) fn release_lock(context: &AuthContext) {
    drop(context.state.borrow_mut().tab_lock.take());
}

/// Takes the lock again: the page was kept alive and is shown again.
pub(super) async fn retake_lock(context: &AuthContext) {
    if let Some(name) = session_storage::tab_name() {
        lock(context, &name).await;
    }
}

async fn lock(context: &AuthContext, name: &str) -> bool {
    let held = locks::take(&[LOCK, name].concat(), LOCK_TIMEOUT).await;
    let is_held = held.is_some();
    let before = std::mem::replace(&mut context.state.borrow_mut().tab_lock, held);
    drop(before);
    is_held
}

fn new_name() -> String {
    Guid::from_random(random::id()).as_str().to_owned()
}

/// Sends `message` to the other tabs.
pub(super) fn send(context: &AuthContext, message: &Message) {
    if let Some(channel) = Channel::open(CHANNEL) {
        channel.tell(&write(&client_id(context), message));
    }
}

/// Calls `on_message` for each message of the other tabs.
pub(super) fn listen(context: &Rc<AuthContext>, on_message: fn(&AuthContext, Message)) {
    let context = Rc::clone(context);
    spawn_local(async move {
        let Some(mut channel) = Channel::open(CHANNEL) else { return };
        let client_id = client_id(&context);
        loop {
            if let Some(message) = read(&client_id, &channel.next().await) {
                on_message(&context, message);
            }
        }
    });
}

/// Tabs of another app registration are another app.
fn client_id(context: &AuthContext) -> String {
    context.settings.client_id.as_ref().map(Guid::as_str).unwrap_or_default().to_owned()
}

fn write(client_id: &str, message: &Message) -> String {
    let (prefix, home_account_id) = match message {
        Message::SignedOut(home_account_id) => ("", home_account_id),
        Message::TimedOut(home_account_id, Timeout::Idle) => ("idle ", home_account_id),
        Message::TimedOut(home_account_id, Timeout::Absolute) => ("over ", home_account_id),
    };
    [prefix, "signed-out ", client_id, " ", home_account_id].concat()
}

fn read(client_id: &str, text: &str) -> Option<Message> {
    let (timeout, rest) = match (text.strip_prefix("idle "), text.strip_prefix("over ")) {
        (Some(rest), _) => (Some(Timeout::Idle), rest),
        (_, Some(rest)) => (Some(Timeout::Absolute), rest),
        _ => (None, text),
    };
    let home_account_id = rest.strip_prefix("signed-out ")?.strip_prefix(client_id)?.strip_prefix(' ')?.to_owned();
    Some(match timeout {
        Some(timeout) => Message::TimedOut(home_account_id, timeout),
        None => Message::SignedOut(home_account_id),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_back_by_tabs_of_the_same_app() {
        let messages = [
            Message::SignedOut("u.t".to_owned()),
            Message::TimedOut("u.t".to_owned(), Timeout::Idle),
            Message::TimedOut("u.t".to_owned(), Timeout::Absolute),
        ];
        for message in messages {
            let text = write("client", &message);
            let read_back = read("client", &text).map(|message| write("client", &message));
            assert_eq!(read_back.as_deref(), Some(text.as_str()));
            assert!(read("other", &text).is_none(), "{text}");
        }
        for text in ["", "idle ", "signed-out client", "late signed-out client u.t"] {
            assert!(read("client", text).is_none(), "{text}");
        }
    }
}
