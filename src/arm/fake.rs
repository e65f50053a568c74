//! A test transport: a closure answers, and requests and waits are recorded.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use super::client::ArmClient;
use super::guid::Guid;
use super::http::{Headers, Request, Response};
use super::transport::{Transport, WireError};

pub(crate) const ENDPOINT: &str = "https://management.azure.com";

type Answer = Box<dyn Fn(&Request) -> Result<Response, WireError>>;

pub(crate) struct Fake {
    answer: Answer,
    pub(crate) sent: RefCell<Vec<Request>>,
    /// Each wait, in seconds.
    pub(crate) waits: RefCell<Vec<u64>>,
    guids: Cell<u8>,
}

impl Transport for Fake {
    async fn send(&self, request: Request) -> Result<Response, WireError> {
        let response = (self.answer)(&request);
        self.sent.borrow_mut().push(request);
        response
    }

    async fn wait(&self, duration: Duration) {
        self.waits.borrow_mut().push(duration.as_secs());
    }

    fn new_guid(&self) -> Guid {
        self.guids.set(self.guids.get() + 1);
        Guid::from_bytes([self.guids.get(); 16])
    }
}

/// A client whose requests `answer` answers, with its transport.
pub(crate) fn client(answer: impl Fn(&Request) -> Result<Response, WireError> + 'static) -> (ArmClient<Fake>, Rc<Fake>) {
    let fake = Rc::new(Fake { answer: Box::new(answer), sent: RefCell::default(), waits: RefCell::default(), guids: Cell::new(0) });
    (ArmClient::new(Rc::clone(&fake), ENDPOINT, "en"), fake)
}

/// A client that gets these responses in turn, then [`WireError::Unreachable`].
pub(crate) fn scripted(answers: impl IntoIterator<Item = Response>) -> (ArmClient<Fake>, Rc<Fake>) {
    let answers = RefCell::new(answers.into_iter().collect::<std::collections::VecDeque<_>>());
    client(move |_| answers.borrow_mut().pop_front().ok_or(WireError::Unreachable))
}

/// A response without headers.
pub(crate) fn answer(status: u16, body: &str) -> Response {
    Response { status, headers: Headers::default(), body: body.to_owned() }
}

/// A response with one header.
pub(crate) fn answer_with(status: u16, body: &str, header: (&str, &str)) -> Response {
    let mut response = answer(status, body);
    response.headers.set(header.0, header.1);
    response
}
