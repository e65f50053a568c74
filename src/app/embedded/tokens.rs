//! ARM with the host's tokens. One is kept for a minute, in memory and nowhere else; what Azure asks for beyond it goes to
//! the host as it came.

use std::cell::RefCell;
use std::time::Duration;

use futures::future::{Either, select};
use leptos::prelude::*;

use super::super::shared::Shared;
use super::host;
use crate::arm::call::{may_send, only_asks};
use crate::arm::caller::{Caller, CallerKind};
use crate::arm::http::{Method, Request, Response};
use crate::arm::transport::WireError;
use crate::browser::{clock, fetch};
use crate::cloud::Answering;
use crate::embed::message::FromPage;
use crate::embed::token::{TokenOwner, is_for, owner, scope};
use crate::entra::challenge::{self, Challenge};
use crate::entra::secret::Secret;
use crate::settings::{Mode, Settings};

/// How long the host may take: a person may have to sign in again there.
const PATIENCE: Duration = Duration::from_mins(3);
/// How long a token is used before the host is asked again, in milliseconds. It knows best when one is due.
const KEPT: u64 = 60_000;
/// Most times a request is sent: plainly, with a renewed token, and after a challenge.
const ROUNDS_MAX: u32 = 3;

/// Whether the host gives tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Giving {
    /// It does, or none are needed.
    #[default]
    Given,
    /// There is nobody to ask.
    Nobody,
    /// It was asked for one and gave none.
    Refused,
}

/// What is waited for: the question's number, the claims it is about, and the answer.
struct Asked {
    id: u32,
    claims: Option<String>,
    answer: Shared<Option<Secret>>,
    /// Before which change of the host's tokens it was asked.
    turn: u32,
}

#[derive(Default)]
struct TokenState {
    giving: Option<RwSignal<Giving>>,
    audience: String,
    tenant: Option<String>,
    kept: Option<(Secret, u64)>,
    /// As whom requests are sent, but for the account.
    app: Caller,
    /// As whom the last token speaks.
    caller: Option<RwSignal<Option<Caller>>>,
    asked: Vec<Asked>,
    count: u32,
    /// Counts the times that the host gave other tokens, or none any more.
    turn: u32,
}

thread_local! {
    static STATE: RefCell<TokenState> = RefCell::default();
}

fn with<T>(look: impl FnOnce(&mut TokenState) -> T) -> T {
    STATE.with_borrow_mut(look)
}

/// Whether tokens are given; none before that is known.
pub(super) fn giving() -> Option<RwSignal<Giving>> {
    with(|state| state.giving)
}

/// What tokens are for. `available`: whether the host gives any.
pub(super) fn set_up(settings: &Settings, available: bool) {
    let cloud = &settings.cloud;
    let audience = cloud.audience.as_ref().unwrap_or(&cloud.resource_manager).clone();
    let needed = settings.mode == Mode::Live;
    let giving = RwSignal::new(if needed && !available { Giving::Nobody } else { Giving::Given });
    with(|state| {
        state.giving = needed.then_some(giving);
        state.app =
            Caller { kind: CallerKind::HostPage, cloud: cloud.name.clone(), origin: cloud.resource_manager.clone(), ..Caller::default() };
        state.caller = Some(RwSignal::new(None));
        state.audience = audience;
        state.tenant = settings.tenant.clone().filter(|tenant| tenant != "organizations");
    });
}

/// The host gives tokens from now on, or none any more. What it gave before counts no more; what it was asked for, it still
/// answers, for those who wait for it and nobody else: it may be another account's. Whether lists that could not be had may be had now.
pub(super) fn renew(available: bool) -> bool {
    let giving = with(|state| {
        state.kept = None;
        state.turn = state.turn.wrapping_add(1);
        state.giving
    });
    let Some(giving) = giving else { return false };
    let before = giving.get_untracked();
    giving.set(if available { Giving::Given } else { Giving::Nobody });
    available && before != Giving::Given
}

/// The host's answer to the question of this number. `false` where nobody asked.
pub(super) fn answered(id: u32, token: Option<String>) -> bool {
    let Some(asked) = with(|state| state.asked.iter().position(|asked| asked.id == id).map(|at| state.asked.remove(at))) else {
        return false;
    };
    let token = token.filter(|token| is_token(token)).map(Secret::new).filter(|token| with(|state| is_for(token, &state.audience)));
    if let Some(token) = token.as_ref().filter(|_| asked.turn == with(|state| state.turn)) {
        with(|state| state.kept = Some((token.clone(), clock::now())));
    }
    asked.answer.give(token);
    true
}

/// Whether it can stand in a header.
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// As whom requests are sent, as far as tokens have told.
pub(super) fn present() -> Caller {
    with(|state| state.caller).and_then(|caller| caller.get()).unwrap_or_else(|| with(|state| state.app.clone()))
}

/// As whom `token` speaks.
fn caller_of(token: &Secret) -> Option<Caller> {
    let TokenOwner { tenant, account, name } = owner(token)?;
    Some(Caller { tenant, account, username: name, ..with(|state| state.app.clone()) })
}

/// Sends `request` with the host's token. Where it is pinned to a caller, only with a token of that one.
pub(super) fn send(request: Request, pinned: Option<Caller>) -> Answering {
    Box::pin(sent(request, pinned))
}

async fn sent(request: Request, pinned: Option<Caller>) -> Result<Response, WireError> {
    if host::code_only() && !only_asks(request.method, &request.url) {
        return Err(WireError::Unreachable);
    }
    let (mut claims, mut round) = (None, 1);
    loop {
        let token = token(claims.clone()).await.ok_or(WireError::SignInRequired)?;
        let caller = caller_of(&token);
        if let Some(known) = with(|state| state.caller).filter(|known| known.with_untracked(|known| *known != caller)) {
            known.set(caller.clone());
        }
        may_send(&request, pinned.as_ref(), caller.as_ref())?;
        let mut signed = request.clone();
        signed.headers.set("Authorization", ["Bearer ", token.reveal()].concat());
        let response = fetch::send(signed).await?;
        let challenge =
            if matches!(response.status, 401 | 403) { challenged(request.method, response.clone()).await.ok().flatten() } else { None };
        match challenge {
            Some(Challenge::Claims(asked)) if round < ROUNDS_MAX && claims.as_ref() != Some(&asked) => claims = Some(asked),
            Some(Challenge::NewToken) if round == 1 => {}
            _ => return Ok(response),
        }
        forget(&token);
        round += 1;
    }
}

crate::part! {
    in signin:
    fn challenged(method: Method, response: Response) -> Option<Challenge> {
        challenge::from_response(method, &response)
    }
}

fn forget(token: &Secret) {
    with(|state| state.kept.take_if(|(kept, _)| kept == token));
}

/// A token, with what Azure asks for beyond it. All who want the same wait for the same answer.
async fn token(claims: Option<String>) -> Option<Secret> {
    let giving = giving()?;
    if giving.get_untracked() == Giving::Nobody {
        return None;
    }
    let now = clock::now();
    let kept = with(|state| state.kept.take_if(|(_, since)| now.abs_diff(*since) > KEPT).is_none().then(|| state.kept.clone()).flatten());
    if let (Some((token, _)), None) = (kept, &claims) {
        return Some(token);
    }
    let fits = |state: &TokenState, asked: &&Asked| asked.claims == claims && asked.turn == state.turn;
    let under_way = with(|state| state.asked.iter().find(|asked| fits(state, asked)).map(|asked| (asked.id, asked.answer.clone())));
    let (id, answer) = under_way.unwrap_or_else(|| ask(claims));
    let given = match select(Box::pin(answer.wait()), Box::pin(clock::wait(PATIENCE))).await {
        Either::Left((given, _)) => given,
        Either::Right(_) => {
            answered(id, None);
            None
        }
    };
    let standing = if given.is_some() { Giving::Given } else { Giving::Refused };
    if giving.get_untracked() != standing && giving.get_untracked() != Giving::Nobody {
        giving.set(standing);
        if standing == Giving::Refused {
            host::say(&FromPage::Failed { code: "no-token".to_owned(), message: crate::messages::HOST_TOKEN_REFUSED.text().into_owned() });
        }
    }
    given
}

fn ask(claims: Option<String>) -> (u32, Shared<Option<Secret>>) {
    let answer = Shared::new();
    let (id, audience, tenant) = with(|state| {
        state.count += 1;
        state.asked.push(Asked { id: state.count, claims: claims.clone(), answer: answer.clone(), turn: state.turn });
        (state.count, state.audience.clone(), state.tenant.clone())
    });
    host::say(&FromPage::TokenRequest { id, scopes: vec![scope(&audience)], tenant, claims });
    (id, answer)
}
