//! The ARM client over a transport. It gives every call a fresh request ID, retries as ARM asks, and turns refusals into
//! errors. Dropping a call's future cancels it. Each resource type has its operations in its own file.

use std::rc::Rc;

use serde_json::Value;

use super::envelope;
use super::error::ArmError;
use super::http::{Headers, Method, Request, Response};
use super::origin;
use super::retry::{self, Wait};
use super::transport::Transport;

/// Maximum polls of an accepted operation: with the waits between them, more than half an hour.
const POLLS_MAX: u32 = 240;

/// Called with each wait as it begins, and with `None` when it ends.
pub type Observer = Rc<dyn Fn(Option<Wait>)>;

/// A client of one ARM endpoint. Clones share the transport.
pub struct ArmClient<T> {
    transport: Rc<T>,
    endpoint: Rc<str>,
    language: Rc<str>,
    observer: Option<Observer>,
}

impl<T> Clone for ArmClient<T> {
    fn clone(&self) -> Self {
        Self {
            transport: Rc::clone(&self.transport),
            endpoint: Rc::clone(&self.endpoint),
            language: Rc::clone(&self.language),
            observer: self.observer.clone(),
        }
    }
}

/// A successful response, with the ID of its request.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) response: Response,
    pub(super) request_id: String,
}

impl Answered {
    pub(super) fn json(&self) -> Result<Value, ArmError> {
        serde_json::from_str(&self.response.body).map_err(|error| self.not_understood(&error.to_string()))
    }

    /// The error for a response that lacks what the caller needs; `reason` says what.
    pub(super) fn not_understood(&self, reason: &str) -> ArmError {
        ArmError::NotUnderstood { reason: reason.to_owned(), request_id: self.request_id.clone() }
    }

    /// The body parsed by `read`; `what` names the expected content in the error.
    pub(super) fn read<R>(&self, read: impl FnOnce(&Value) -> Option<R>, what: &str) -> Result<R, ArmError> {
        read(&self.json()?).ok_or_else(|| self.not_understood(what))
    }
}

impl<T: Transport> ArmClient<T> {
    /// A client of the ARM at `endpoint` (an origin, `https://management.azure.com`). ARM answers in `language`.
    pub fn new(transport: Rc<T>, endpoint: &str, language: &str) -> Self {
        Self { transport, endpoint: endpoint.into(), language: language.into(), observer: None }
    }

    /// A clone that reports its waits to `observer`.
    #[must_use]
    pub fn observed(&self, observer: Observer) -> Self {
        Self { observer: Some(observer), ..self.clone() }
    }

    pub fn transport(&self) -> &T {
        &self.transport
    }

    /// ARM's origin.
    pub(super) fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Sends a request to `path` (including its query), with retries. Any status but 2xx is an error.
    pub(super) async fn call(&self, method: Method, path: &str, body: Option<&str>) -> Result<Answered, ArmError> {
        let mut attempt = 1;
        loop {
            let request_id = self.transport.new_guid().to_string();
            let mut headers = Headers::default();
            headers.set("Accept", "application/json");
            headers.set("Accept-Language", &*self.language);
            headers.set("x-ms-client-request-id", request_id.as_str());
            if body.is_some() {
                headers.set("Content-Type", "application/json");
            }
            let request = Request { method, url: [&self.endpoint, path].concat(), headers, body: body.map(str::to_owned) };
            let response = self.transport.send(request).await?;
            if (200..300).contains(&response.status) {
                return Ok(Answered { response, request_id });
            }
            let refusal = envelope::refusal(&response, request_id);
            let Some(wait) = retry::wait(method, &response, &refusal.message, attempt) else {
                return Err(ArmError::Refused(Box::new(refusal)));
            };
            self.pause(wait).await;
            attempt += 1;
        }
    }

    /// Waits before another attempt at what was refused, and tells the observer.
    pub async fn pause(&self, wait: Wait) {
        self.notify(Some(wait));
        self.transport.wait(wait.duration()).await;
        self.notify(None);
    }

    pub(super) async fn get(&self, path: &str) -> Result<Answered, ArmError> {
        self.call(Method::Get, path, None).await
    }

    /// Gets `path`, or `None` on 404.
    pub(super) async fn find(&self, path: &str) -> Result<Option<Answered>, ArmError> {
        match self.get(path).await {
            Err(error) if error.is_not_found() => Ok(None),
            answer => answer.map(Some),
        }
    }

    /// Polls an accepted operation (202) to its end, at the URL in the response headers. `None` if the browser hides that URL,
    /// it is not at ARM, or the operation takes too long.
    pub(super) async fn follow(&self, mut answered: Answered) -> Result<Option<Answered>, ArmError> {
        let mut poll = 0;
        while answered.response.status == 202 {
            if poll == POLLS_MAX {
                return Ok(None);
            }
            let headers = &answered.response.headers;
            let link = headers.get("location").or_else(|| headers.get("azure-asyncoperation"));
            let Some(path) = link.and_then(|link| origin::path_at(&self.endpoint, link)).map(str::to_owned) else { return Ok(None) };
            self.transport.wait(retry::poll_wait(&answered.response, poll)).await;
            answered = self.get(&path).await?;
            poll += 1;
        }
        Ok(Some(answered))
    }

    fn notify(&self, wait: Option<Wait>) {
        if let Some(observer) = &self.observer {
            observer(wait);
        }
    }
}

pub(super) fn versioned(path: &str, version: &str) -> String {
    let separator = if path.contains('?') { "&" } else { "?" };
    [path, separator, "api-version=", version].concat()
}

#[cfg(test)]
mod tests;
