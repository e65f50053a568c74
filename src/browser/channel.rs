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

/// What a window or frame replies once it has received the message it waited for.
const RECEIVED: &str = "received";
/// Prefix of the name of the channel that carries a sign-in response, followed by the state; `public/auth.js` has the same.
const SIGN_IN: &str = "identity-portal:sign-in:";

#[derive(Default)]
struct Inbox {
    messages: VecDeque<JsValue>,
    waker: Option<Waker>,
}

type Listener = Closure<dyn Fn(MessageEvent)>;

/// A broadcast channel. Dropping it closes it.
pub struct Channel {
    through: BroadcastChannel,
    inbox: Rc<RefCell<Inbox>>,
    listener: Listener,
}

impl Channel {
    /// `None` if the browser does not support broadcast channels.
    pub fn open(name: &str) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let inbox = Rc::new(RefCell::new(Inbox::default()));
        let listener = listener(&inbox);
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        Some(Self { through: channel, inbox, listener })
    }

    /// Posts to all other pages on the channel.
    pub fn tell(&self, message: &str) {
        let _ = self.through.post_message(&message.into());
    }

    /// The next message that is a string.
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
            let _ = window.remove_event_listener_with_callback("message", self.listener.as_ref().unchecked_ref());
        }
    }
}

/// Queues messages from our own origin in the inbox.
fn listener(inbox: &Rc<RefCell<Inbox>>) -> Listener {
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

/// The response that `auth.html` sends for the one-time `state`: over the channel of that name, or from the window it was
/// opened by if the browser partitions the channel.
pub struct Answers(Channel, String);

impl Answers {
    /// Starts listening at once, so that nothing is missed.
    pub fn listen(state: &str) -> Option<Self> {
        let channel = Channel::open(&[SIGN_IN, state].concat())?;
        let _ = web_sys::window()?.add_event_listener_with_callback("message", channel.listener.as_ref().unchecked_ref());
        Some(Self(channel, state.to_owned()))
    }

    /// Waits for the response.
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
