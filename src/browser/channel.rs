//! Messages between pages of this origin.

use futures::StreamExt;
use futures::channel::mpsc::{self, UnboundedReceiver, UnboundedSender};
use futures::future::pending;
use js_sys::Reflect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// What a window or frame replies once it has received the message it waited for.
const RECEIVED: &str = "received";
/// Prefix of the name of the channel that carries a sign-in response, followed by the state; `public/auth.js` has the same.
const SIGN_IN: &str = "identity-portal:sign-in:";

type Listener = Closure<dyn Fn(MessageEvent)>;

/// A broadcast channel. Dropping it closes it.
pub struct Channel {
    through: BroadcastChannel,
    inbox: UnboundedReceiver<JsValue>,
    listener: Listener,
}

impl Channel {
    /// `None` if the browser does not support broadcast channels.
    pub fn open(name: &str) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let (sender, inbox) = mpsc::unbounded();
        let listener = listener(sender);
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        Some(Self { through: channel, inbox, listener })
    }

    /// Posts to all other pages on the channel.
    pub fn tell(&self, message: &str) {
        let _ = self.through.post_message(&message.into());
    }

    /// The next message that is a string.
    pub async fn next(&mut self) -> String {
        loop {
            if let Some(text) = self.message().await.as_string() {
                return text;
            }
        }
    }

    async fn message(&mut self) -> JsValue {
        match self.inbox.next().await {
            Some(message) => message,
            // The sender is in the listener.
            None => pending().await,
        }
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
fn listener(inbox: UnboundedSender<JsValue>) -> Listener {
    let own = web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default();
    Closure::new(move |event: MessageEvent| {
        if event.origin() == own {
            // The channel may be on its way out.
            let _ = inbox.unbounded_send(event.data());
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
    pub async fn next(&mut self) -> String {
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
