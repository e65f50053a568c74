//! Messages between pages of this origin.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use js_sys::Reflect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// What a window or a frame says when it has received what it waited for.
const RECEIVED: &str = "received";
/// Before the state in the name of the channel that an answer comes by; `public/auth.js` names the same.
const SIGN_IN: &str = "identity-portal:sign-in:";

#[derive(Default)]
struct Inbox {
    messages: VecDeque<JsValue>,
    waker: Option<Waker>,
}

type Heard = Closure<dyn Fn(MessageEvent)>;

/// A channel by a name. Dropping it closes it.
pub struct Channel {
    through: BroadcastChannel,
    inbox: Rc<RefCell<Inbox>>,
    heard: Heard,
}

impl Channel {
    /// The channel `name`; `None` where the browser has none.
    pub fn open(name: &str) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let inbox = Rc::new(RefCell::new(Inbox::default()));
        let heard = listener(&inbox);
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        Some(Self { through: channel, inbox, heard })
    }

    /// Tells all others.
    pub fn tell(&self, message: &str) {
        let _ = self.through.post_message(&message.into());
    }

    /// The next message that is a text.
    pub async fn next(&self) -> String {
        loop {
            if let Some(text) = self.message().await.as_string() {
                return text;
            }
        }
    }

    async fn message(&self) -> JsValue {
        poll_fn(|context| {
            let mut inbox = self.inbox.borrow_mut();
            if let Some(message) = inbox.messages.pop_front() {
                Poll::Ready(message)
            } else {
                inbox.waker = Some(context.waker().clone());
                Poll::Pending
            }
        })
        .await
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.through.set_onmessage(None);
        self.through.close();
        if let Some(window) = web_sys::window() {
            let _ = window.remove_event_listener_with_callback("message", self.heard.as_ref().unchecked_ref());
        }
    }
}

/// Puts what is heard into the inbox: of our own origin only.
fn listener(inbox: &Rc<RefCell<Inbox>>) -> Heard {
    let inbox = Rc::clone(inbox);
    let own = web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default();
    Closure::new(move |event: MessageEvent| {
        if event.origin() == own {
            let mut inbox = inbox.borrow_mut();
            inbox.messages.push_back(event.data());
            if let Some(waker) = inbox.waker.take() {
                waker.wake();
            }
        }
    })
}

/// The answer that `auth.html` sends for the one-time `state`, by the channel of that name or, where the browser keeps
/// that from it, by the window that opened it. Waits until there is one.
pub struct Answers(Channel, String);

impl Answers {
    /// Listens from now on, so that nothing is missed.
    pub fn listen(state: &str) -> Option<Self> {
        let channel = Channel::open(&[SIGN_IN, state].concat())?;
        let _ = web_sys::window()?.add_event_listener_with_callback("message", channel.heard.as_ref().unchecked_ref());
        Some(Self(channel, state.to_owned()))
    }

    /// The answer.
    pub async fn next(&self) -> String {
        loop {
            let message = self.0.message().await;
            let part = |name: &str| Reflect::get(&message, &name.into()).ok().and_then(|value| value.as_string());
            if let (Some(state), Some(answer)) = (part("state"), part("answer"))
                && state == self.1
            {
                self.0.tell(RECEIVED);
                return answer;
            }
        }
    }
}
