//! HTTP requests through gloo-net. Dropping a future cancels its request.

use std::future::Future;
use std::time::Duration;

use futures::future::{Either, select};
use gloo_net::http::RequestBuilder;
use web_sys::{AbortController, ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect};

use super::clock;
use crate::arm::http::{Headers, Method, Request, Response};
use crate::arm::transport::WireError;

/// Aborts the request when its future is dropped.
struct AbortOnDrop(Option<AbortController>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// The request timeout. ARM itself gives up after a minute.
const TIMEOUT: Duration = Duration::from_secs(90);

/// Sends `request` without cookies, cache, redirects or a referrer.
///
/// # Errors
/// [`WireError::Unreachable`] if no readable response arrived, [`WireError::TimedOut`] if none arrived in time.
pub async fn send(request: Request) -> Result<Response, WireError> {
    in_time(exchange(request, "application/json")).await
}

/// Posts a form, without headers that would cause a CORS preflight.
///
/// # Errors
/// As for [`send`].
pub async fn post_form(url: String, body: String) -> Result<Response, WireError> {
    let mut headers = Headers::default();
    headers.set("Accept", "application/json");
    let request = Request { method: Method::Post, url, headers, body: Some(body) };
    in_time(exchange(request, "application/x-www-form-urlencoded")).await
}

/// Sends an unauthenticated GET request.
///
/// # Errors
/// As for [`send`].
pub async fn get(url: String) -> Result<Response, WireError> {
    in_time(exchange(Request { method: Method::Get, url, headers: Headers::default(), body: None }, "")).await
}

async fn in_time(answer: impl Future<Output = Result<Response, WireError>>) -> Result<Response, WireError> {
    match select(Box::pin(answer), Box::pin(clock::wait(TIMEOUT))).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => Err(WireError::TimedOut),
    }
}

async fn exchange(request: Request, body_type: &str) -> Result<Response, WireError> {
    let guard = AbortOnDrop(AbortController::new().ok());
    let method = match request.method {
        Method::Get => gloo_net::http::Method::GET,
        Method::Head => gloo_net::http::Method::HEAD,
        Method::Put => gloo_net::http::Method::PUT,
        Method::Post => gloo_net::http::Method::POST,
        Method::Patch => gloo_net::http::Method::PATCH,
        Method::Delete => gloo_net::http::Method::DELETE,
    };
    let mut builder = RequestBuilder::new(&request.url)
        .method(method)
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .redirect(RequestRedirect::Error)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(guard.0.as_ref().map(AbortController::signal).as_ref());
    for (name, value) in request.headers.iter() {
        builder = builder.header(name, value);
    }
    let ready = match request.body {
        Some(body) => builder.header("content-type", body_type).body(body),
        None => builder.build(),
    };
    let answer = ready.map_err(|_| WireError::Unreachable)?.send().await.map_err(|_| WireError::Unreachable)?;
    let mut headers = Headers::default();
    for (name, value) in answer.headers().entries() {
        headers.set(&name, value);
    }
    let body = answer.text().await.map_err(|_| WireError::Unreachable)?;
    Ok(Response { status: answer.status(), headers, body })
}

/// The text at `url`, relative to the page, and its HTTP status.
///
/// # Errors
/// [`WireError::Unreachable`] if no response arrived.
pub async fn text(url: &str) -> Result<(u16, String), WireError> {
    let answer = gloo_net::http::Request::get(url)
        // Matches the preload in `index.html`: different credentials would fetch it twice.
        .credentials(RequestCredentials::SameOrigin)
        .send()
        .await
        .map_err(|_| WireError::Unreachable)?;
    let body = answer.text().await.map_err(|_| WireError::Unreachable)?;
    Ok((answer.status(), body))
}
