//! ARM with the host's access tokens. One is cached for a minute, in memory only. Claims challenges are passed to the host.

use std::rc::Rc;
use std::time::Duration;

use futures::future::{Either, select};
use leptos::prelude::*;

use super::super::completion::Completion;
use super::host::Host;
use crate::arm::call::{may_send, only_asks};
use crate::arm::caller::{Caller, CallerKind};
use crate::arm::http::{Method, Request, Response};
use crate::arm::transport::WireError;
use crate::browser::{clock, fetch};
use crate::cloud::{Backend, ResponseFuture};
use crate::embed::message::FromPage;
use crate::embed::token::{TokenOwner, is_for, owner, scope};
use crate::entra::challenge::{self, Challenge};
use crate::entra::secret::Secret;
use crate::settings::Settings;

/// How long the host may take to answer: a person may have to sign in again there.
const TIMEOUT: Duration = Duration::from_mins(3);
/// How long a token is used before the host, which knows when one expires, is asked again, in milliseconds.
const CACHE_DURATION: u64 = 60_000;
/// How many times a request is sent at most: first, with a new token, and after a challenge.
const ATTEMPTS_MAX: u32 = 3;

/// Whether the host provides tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Availability {
    /// It does, or none are needed.
    #[default]
    Available,
    /// It has no token provider.
    None,
    /// It was asked for one and provided none.
    Refused,
}

/// A token request to the host without an answer yet.
struct PendingToken {
    id: u32,
    claims: Option<String>,
    answer: Completion<Option<Secret>>,
    /// The generation in which it was sent.
    generation: u32,
}

struct State {
    audience: String,
    tenant: Option<String>,
    /// The cached token, and when it came, in milliseconds since 1970.
    cached: Option<(Secret, u64)>,
    /// The caller without its account.
    anonymous: Caller,
    pending: Vec<PendingToken>,
    last_id: u32,
    /// Incremented when the host changes its tokens, or stops providing any.
    generation: u32,
}

/// ARM with the host's access tokens. It is created once, like [`Host`].
#[derive(Clone, Copy)]
pub(super) struct Tokens {
    host: Host,
    state: StoredValue<State, LocalStorage>,
    availability: RwSignal<Availability>,
    /// The caller, according to the last token.
    caller: RwSignal<Option<Caller>>,
}

impl Tokens {
    /// `are_available`: whether the host provides tokens.
    pub(super) fn new(host: Host, settings: &Settings, are_available: bool) -> Self {
        let cloud = &settings.cloud;
        let anonymous =
            Caller { kind: CallerKind::HostPage, cloud: cloud.name.clone(), origin: cloud.resource_manager.clone(), ..Caller::default() };
        let state = State {
            audience: cloud.audience.as_ref().unwrap_or(&cloud.resource_manager).clone(),
            tenant: settings.tenant.clone().filter(|tenant| tenant != "organizations"),
            cached: None,
            anonymous,
            pending: Vec::new(),
            last_id: 0,
            generation: 0,
        };
        Self {
            host,
            state: StoredValue::new_local(state),
            availability: RwSignal::new(if are_available { Availability::Available } else { Availability::None }),
            caller: RwSignal::new(None),
        }
    }

    fn with<T>(self, access: impl FnOnce(&mut State) -> T) -> T {
        access(&mut self.state.write_value())
    }

    /// Whether the host provides tokens.
    pub(super) fn availability(self) -> RwSignal<Availability> {
        self.availability
    }

    /// The host has begun or stopped providing tokens, or provides others. Tokens from before are not used any more. Answers to requests
    /// from before are used only by those who wait for them: they may be another account's. Returns whether lists that could not be
    /// read may be readable now.
    pub(super) fn set_available(self, are_available: bool) -> bool {
        self.with(|tokens| {
            tokens.cached = None;
            tokens.generation = tokens.generation.wrapping_add(1);
        });
        let availability = self.availability;
        let before = availability.get_untracked();
        availability.set(if are_available { Availability::Available } else { Availability::None });
        are_available && before != Availability::Available
    }

    /// The host's answer to the request with this id. Returns `false` if there is no such request.
    pub(super) fn resolve(self, id: u32, token: Option<String>) -> bool {
        let take = |tokens: &mut State| tokens.pending.iter().position(|pending| pending.id == id).map(|at| tokens.pending.remove(at));
        let Some(pending) = self.with(take) else { return false };
        let token = token.filter(|token| is_header_value(token)).map(Secret::new);
        let token = token.filter(|token| self.with(|tokens| is_for(token, &tokens.audience)));
        if let Some(token) = token.as_ref().filter(|_| pending.generation == self.with(|tokens| tokens.generation)) {
            self.with(|tokens| tokens.cached = Some((token.clone(), clock::now())));
        }
        pending.answer.complete(token);
        true
    }

    /// The caller of requests, as far as it is known from tokens.
    pub(super) fn present(self) -> Caller {
        self.caller.get().unwrap_or_else(|| self.with(|tokens| tokens.anonymous.clone()))
    }

    fn caller_of(self, token: &Secret) -> Option<Caller> {
        let TokenOwner { tenant, account, name } = owner(token)?;
        Some(Caller { tenant, account, username: name, ..self.with(|tokens| tokens.anonymous.clone()) })
    }

    /// Sends `request` with the host's token. Where it is pinned to a caller, only with that caller's token.
    async fn send_authenticated(self, request: Request, pinned: Option<Caller>) -> Result<Response, WireError> {
        if self.host.code_only() && !only_asks(request.method, &request.url) {
            return Err(WireError::Unreachable);
        }
        let (mut claims, mut attempt) = (None, 1);
        loop {
            let token = self.acquire(claims.clone()).await.ok_or(WireError::SignInRequired)?;
            let caller = self.caller_of(&token);
            if self.caller.with_untracked(|known| *known != caller) {
                self.caller.set(caller.clone());
            }
            may_send(&request, pinned.as_ref(), caller.as_ref())?;
            let mut authorized = request.clone();
            authorized.headers.set("Authorization", ["Bearer ", token.reveal()].concat());
            let response = fetch::send(authorized).await?;
            let may_challenge = matches!(response.status, 401 | 403);
            let challenge = if may_challenge { challenge_of(request.method, response.clone()).await.ok().flatten() } else { None };
            match challenge {
                Some(Challenge::Claims(required)) if attempt < ATTEMPTS_MAX && claims.as_ref() != Some(&required) => {
                    claims = Some(required);
                }
                Some(Challenge::NewToken) if attempt == 1 => {}
                _ => return Ok(response),
            }
            self.forget(&token);
            attempt += 1;
        }
    }

    fn forget(self, token: &Secret) {
        self.with(|tokens| tokens.cached.take_if(|(cached, _)| cached == token));
    }

    /// A token with the claims of a challenge. Concurrent requests for the same claims share an answer.
    async fn acquire(self, claims: Option<String>) -> Option<Secret> {
        let availability = self.availability;
        if availability.get_untracked() == Availability::None {
            return None;
        }
        let now = clock::now();
        let cached = self.with(|tokens| {
            tokens.cached.take_if(|(_, since)| now.abs_diff(*since) > CACHE_DURATION);
            tokens.cached.clone()
        });
        if let (Some((token, _)), None) = (cached, &claims) {
            return Some(token);
        }
        let is_same = |tokens: &State, pending: &&PendingToken| pending.claims == claims && pending.generation == tokens.generation;
        let pending = self.with(|tokens| {
            let pending = tokens.pending.iter().find(|pending| is_same(tokens, pending));
            pending.map(|pending| (pending.id, pending.answer.clone()))
        });
        let (id, answer) = pending.unwrap_or_else(|| self.request(claims));
        let token = match select(Box::pin(answer.wait()), Box::pin(clock::wait(TIMEOUT))).await {
            Either::Left((token, _)) => token,
            Either::Right(_) => {
                self.resolve(id, None);
                None
            }
        };
        let now_available = if token.is_some() { Availability::Available } else { Availability::Refused };
        if availability.get_untracked() != now_available && availability.get_untracked() != Availability::None {
            availability.set(now_available);
            if now_available == Availability::Refused {
                self.host.send(&FromPage::Failed {
                    code: "no-token".to_owned(),
                    message: crate::messages::HOST_TOKEN_REFUSED.text().into_owned(),
                });
            }
        }
        token
    }

    /// Asks the host for a token.
    fn request(self, claims: Option<String>) -> (u32, Completion<Option<Secret>>) {
        let answer = Completion::new();
        let (id, audience, tenant) = self.with(|tokens| {
            tokens.last_id += 1;
            let (id, generation) = (tokens.last_id, tokens.generation);
            tokens.pending.push(PendingToken { id, claims: claims.clone(), answer: answer.clone(), generation });
            (id, tokens.audience.clone(), tokens.tenant.clone())
        });
        self.host.send(&FromPage::TokenRequest { id, scopes: vec![scope(&audience)], tenant, claims });
        (id, answer)
    }
}

/// The cloud of [`Tokens`].
pub(super) struct TokensBackend {
    pub(super) tokens: Tokens,
    pub(super) origin: String,
}

impl Backend for TokensBackend {
    fn send(self: Rc<Self>, request: Request, pinned: Option<Caller>) -> ResponseFuture {
        Box::pin(self.tokens.send_authenticated(request, pinned))
    }

    fn caller(&self) -> Caller {
        self.tokens.present()
    }

    fn origin(&self) -> &str {
        &self.origin
    }
}

fn is_header_value(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

crate::part! {
    in signin:
    fn challenge_of(method: Method, response: Response) -> Option<Challenge> {
        challenge::from_response(method, &response)
    }
}
