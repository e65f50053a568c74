//! The client: ARM's calls over a transport. It names every call with a fresh id, waits and tries again where ARM asks
//! for that, and turns refusals into errors. Dropping a call's future cancels it. The operations stand in one file for
//! each resource type.

use std::rc::Rc;

use serde_json::Value;

use super::envelope;
use super::error::ArmError;
use super::http::{Headers, Method, Request, Response};
use super::origin;
use super::retry::{self, Wait};
use super::transport::Transport;

/// Most times that an accepted operation is asked for its end: with its waits, more than half an hour.
const POLLS_MAX: u32 = 240;

/// Told of each wait as it begins, and of its end by `None`.
pub type Observer = Rc<dyn Fn(Option<Wait>)>;

/// A client of one ARM. Clones share the transport.
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

/// A successful answer, with the id it was asked by.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) response: Response,
    pub(super) request_id: String,
}

impl Answered {
    /// The body as JSON.
    pub(super) fn json(&self) -> Result<Value, ArmError> {
        serde_json::from_str(&self.response.body).map_err(|error| self.not_understood(&error.to_string()))
    }

    /// The error that the answer lacks what is needed of it.
    pub(super) fn not_understood(&self, reason: &str) -> ArmError {
        ArmError::NotUnderstood { reason: reason.to_owned(), request_id: self.request_id.clone() }
    }

    /// The body read by `read`; `what` names it in the error.
    pub(super) fn read<R>(&self, read: impl FnOnce(&Value) -> Option<R>, what: &str) -> Result<R, ArmError> {
        read(&self.json()?).ok_or_else(|| self.not_understood(what))
    }
}

impl<T: Transport> ArmClient<T> {
    /// A client of the ARM at `endpoint` (an origin, `https://management.azure.com`), which answers in `language`.
    pub fn new(transport: Rc<T>, endpoint: &str, language: &str) -> Self {
        Self { transport, endpoint: endpoint.into(), language: language.into(), observer: None }
    }

    /// This client, with waits told to `observer`.
    #[must_use]
    pub fn observed(&self, observer: Observer) -> Self {
        Self { observer: Some(observer), ..self.clone() }
    }

    /// The transport.
    pub fn transport(&self) -> &T {
        &self.transport
    }

    /// ARM's origin.
    pub(super) fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Sends a request to `path` (with its query) and gives the answer if it is a success, after retries.
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
            self.tell(Some(wait));
            self.transport.wait(wait.duration()).await;
            self.tell(None);
            attempt += 1;
        }
    }

    /// Gets `path`.
    pub(super) async fn get(&self, path: &str) -> Result<Answered, ArmError> {
        self.call(Method::Get, path, None).await
    }

    /// Gets `path`, or `None` where nothing is there.
    pub(super) async fn find(&self, path: &str) -> Result<Option<Answered>, ArmError> {
        match self.get(path).await {
            Err(error) if error.is_not_found() => Ok(None),
            answer => answer.map(Some),
        }
    }

    /// Follows an operation that ARM accepted (202) to its end by the address in the answer's headers. `None` where a
    /// browser hides that address, it does not lead to ARM, or it takes too long.
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

    fn tell(&self, wait: Option<Wait>) {
        if let Some(observer) = &self.observer {
            observer(wait);
        }
    }
}

/// `path` with ARM's `api-version` in its query.
pub(super) fn versioned(path: &str, version: &str) -> String {
    let separator = if path.contains('?') { "&" } else { "?" };
    [path, separator, "api-version=", version].concat()
}

#[cfg(test)]
mod tests;
