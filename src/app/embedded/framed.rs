//! The handshake with the host page, and the page inside it. Until an allowed host has answered, only a link is drawn that opens the
//! page outside the host.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::configuration::{compiled, settings, show_problems};
use super::super::platform::Platform;
use super::super::preview::Preview;
use super::super::{App, follow_address};
use super::host::Host;
use super::tokens::{Availability, Tokens, TokensBackend};
use super::{events, incoming};
use crate::arm::guid::Guid;
use crate::browser::{address, clock, element, parent, random, shell as first_screen, storage};
use crate::cloud::Cloud;
use crate::controls::{Hold, Holds, MessageBar, Tone};
use crate::create::hosted::HostedForm;
use crate::embed::limits::LENGTH_MAX;
use crate::embed::message::{FromPage, Ignored, Options, hello, knock};
use crate::embed::rules::stricter;
use crate::lazy::PartError;
use crate::messages::{self, Locale, Sentence};
use crate::portal::hosted::Hosted;
use crate::portal::kept_draft;
use crate::portal::route::Route;
use crate::provisioning::field::Field;
use crate::provisioning::link;
use crate::provisioning::rules::Rules;
use crate::settings::{Mode, Settings, offered_rules};

/// How long the host may take to answer the knock.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);
/// The values that were last prefilled.
const PREFILLED: &str = "identity-portal:prefilled";

/// The state of the handshake.
#[derive(Clone)]
enum Handshake {
    /// No host has answered yet.
    Waiting,
    /// The page can't be shown here.
    Failed(Reason),
    /// Done.
    Done(Box<Embedding>),
}

/// What the page inside the host is made of.
#[derive(Clone)]
struct Embedding {
    /// The settings of both sides.
    settings: Settings,
    platform: Platform,
    /// ARM with the host's tokens, in Live.
    tokens: Option<Tokens>,
}

/// Why the page can't be shown inside its host.
#[derive(Clone)]
enum Reason {
    /// The host's origin is not allowed.
    OriginNotAllowed,
    /// The host did not answer in time.
    NoAnswer,
    /// The host's rules are invalid.
    InvalidRules(Vec<Sentence>),
}

/// Starts inside a host page.
pub(super) async fn start() {
    let settings = match settings().await {
        Ok(settings) => settings,
        Err(problems) => return show_problems(problems),
    };
    settings.locale.make_current();
    element::mark_root("data-embedded", Some(""));
    let (handshake, route) = (RwSignal::new(Handshake::Waiting), RwSignal::new(None));
    let host = Host::new(Callback::new(move |()| handshake.update(|_| {})));
    first_screen::hand_over(first_screen::draw(move || {
        move || match handshake.get() {
            Handshake::Waiting => {
                view! { <main id="main" class="framed"><p role="status">{messages::FRAMED_WAITING.text()}</p></main> }.into_any()
            }
            Handshake::Failed(reason) => failed(&reason),
            Handshake::Done(embedding) => inside(host, *embedding, route),
        }
    }));
    let host_origin = parent::origin();
    let allowed = settings.allowed_origins.clone();
    let origins: Vec<String> = match &host_origin {
        Some(origin) => allowed.iter().filter(|allowed| *allowed == origin).cloned().collect(),
        None => allowed,
    };
    let Some(nonce) = random::secret().map(|bytes| Guid::from_random(bytes).to_string()) else {
        handshake.set(Handshake::Failed(Reason::NoAnswer));
        return;
    };
    listen(host, origins.clone(), nonce.clone(), settings, handshake, route);
    if origins.is_empty() {
        handshake.set(Handshake::Failed(Reason::OriginNotAllowed));
        return;
    }
    for origin in &origins {
        parent::say(&knock(&nonce), origin);
    }
    clock::wait(HANDSHAKE_TIMEOUT).await;
    if matches!(handshake.get_untracked(), Handshake::Waiting) {
        handshake.set(Handshake::Failed(Reason::NoAnswer));
    }
}

/// Listens to all messages to this window, and accepts one answer to the knock: from the parent, of an allowed origin, of our
/// protocol, with our nonce and one port.
fn listen(
    host: Host,
    allowed: Vec<String>,
    nonce: String,
    settings: Settings,
    handshake: RwSignal<Handshake>,
    route: RwSignal<Option<Route>>,
) {
    parent::listen(LENGTH_MAX, move |message| {
        let is_allowed = message.by_parent && allowed.contains(&message.origin) && !host.is_connected();
        let answer =
            if is_allowed { message.text.as_deref().map_or(Err(Ignored::Shape), |text| hello(text, &nonce)) } else { Err(Ignored::Replay) };
        match (answer, message.port) {
            (Ok(options), Some(port)) => {
                host.connect(port, &options);
                let settings = settings.clone();
                spawn_local(async move {
                    match merged(settings, &options).await {
                        Ok(settings) => enter(host, settings, &options, handshake, route),
                        Err(problems) => {
                            let message = problems.iter().map(Sentence::text).collect::<Vec<_>>().join(" ");
                            host.send(&FromPage::Failed { code: "bad-rules".to_owned(), message });
                            handshake.set(Handshake::Failed(Reason::InvalidRules(problems)));
                        }
                    }
                });
            }
            _ => host.ignore(1),
        }
    });
}

crate::part! {
    in azure:
    fn parsed_rules(rules: String) -> Result<Rules, Vec<Sentence>> {
        offered_rules(&rules)
    }
}

/// The settings of this deployment, merged with the options of the host. Its rules can only add restrictions.
async fn merged(mut settings: Settings, options: &Options) -> Result<Settings, Vec<Sentence>> {
    if !options.rules.is_empty() {
        let rules = parsed_rules(options.rules.clone()).await.unwrap_or_else(|PartError| Err(vec![messages::PART_FAILED.into()]))?;
        settings.rules = stricter(&settings.rules, &compiled(rules).await?);
    }
    options.prefill.fill(&mut settings.defaults);
    if options.locale == "pseudo" {
        settings.locale = Locale::Pseudo;
    }
    Ok(settings)
}

fn enter(host: Host, settings: Settings, options: &Options, handshake: RwSignal<Handshake>, route: RwSignal<Option<Route>>) {
    settings.locale.make_current();
    // Other values start a new draft; the same ones, as after a reload, leave what was typed since.
    let prefilled = serde_json::to_string(&options.prefill).unwrap_or_default();
    if storage::read(PREFILLED).is_some_and(|before| before != prefilled) {
        kept_draft::forget();
    } else if let Some(mut kept) = kept_draft::kept() {
        host.fixed_values().fill(&mut kept);
        kept_draft::store(&kept);
    }
    storage::write(PREFILLED, &prefilled);
    host.apply_theme(&options.theme);
    let mode = if settings.mode == Mode::Live { "live" } else { "preview" };
    let tokens = (settings.mode == Mode::Live).then(|| Tokens::new(host, &settings, options.tokens));
    let platform = match tokens {
        Some(tokens) => {
            let origin = settings.cloud.resource_manager.clone();
            Platform::Hosted(Cloud::new(Rc::new(TokensBackend { tokens, origin })))
        }
        None => Platform::Preview(Preview::new(&settings)),
    };
    handshake.set(Handshake::Done(Box::new(Embedding { settings, platform, tokens })));
    spawn_local(async move {
        // First the frame, then its page, as in `start`.
        clock::wait(Duration::ZERO).await;
        host.send(&FromPage::Ready { mode });
        route.set(Some(allowed_route(host)));
        follow_address(route, move || allowed_route(host));
        clock::wait(Duration::ZERO).await;
        host.handle_messages(Callback::new(move |message| incoming::handle(host, tokens, message)));
        parent::on_height(move |height| host.send(&FromPage::Resize { height }));
    });
}

/// The route of the address, where it is the form or a page that the form leads to; else the form.
fn allowed_route(host: Host) -> Route {
    match super::super::addressed() {
        route @ Route::CreateIdentity(_) => route,
        route @ (Route::Deployment(_) | Route::Identity(_) | Route::Identities) if !host.code_only() => route,
        _ => Route::CreateIdentity(String::new()),
    }
}

fn inside(host: Host, embedding: Embedding, route: RwSignal<Option<Route>>) -> AnyView {
    let Embedding { settings, platform, tokens } = embedding;
    provide_context(Hosted {
        note: Callback::new(move |()| note(host, tokens)),
        began: Callback::new(move |runs| events::report_runs(host, runs)),
        closed: Callback::new(move |()| host.send(&FromPage::Cancelled {})),
    });
    provide_context(HostedForm {
        opened: Callback::new(move |form| events::report_form(host, tokens, form)),
        take: host.code_only().then(|| Callback::new(move |form| events::hand_over(host, form))),
    });
    provide_context(Holds(Callback::new(move |id: String| Field::of_control(&id).map_or(Hold::Free, |field| host.hold(field)))));
    view! { <App settings=settings platform=platform route=route/> }.into_any()
}

/// Why the page can't be shown here, and a link that opens it outside the host.
fn failed(reason: &Reason) -> AnyView {
    let (text, problems) = match reason {
        Reason::OriginNotAllowed => (messages::FRAMED_FOREIGN, None),
        Reason::NoAnswer => (messages::FRAMED_SILENT, None),
        Reason::InvalidRules(problems) => (messages::HOST_RULES_TITLE, Some(problems.iter().map(Sentence::text).collect::<Vec<_>>())),
    };
    let problems = problems.map(|problems| problems.into_iter().map(|problem| view! { <li>{problem}</li> }).collect::<Vec<_>>());
    let url = [address::base(), Route::CreateIdentity(String::new()).href()].concat();
    view! {
        <main id="main" class="framed">
            <h1>{messages::PRODUCT_NAME.text()}</h1>
            <p>{text.text()}</p>
            {problems.map(|problems| view! { <ul>{problems}</ul> })}
            {open_link(Signal::stored(url))}
        </main>
    }
    .into_any()
}

/// The link that opens the page outside the host. Not a shared control, which would be one more file for the parts that share it.
fn open_link(url: Signal<String>) -> AnyView {
    view! {
        <div class="actions">
            <a class="button" data-kind="primary" href=move || url.get() target="_blank" rel="noopener">{messages::OPEN_IN_NEW_TAB.text()}</a>
        </div>
    }
    .into_any()
}

/// The note above every page: what can't be done here.
fn note(host: Host, tokens: Option<Tokens>) -> AnyView {
    let availability = tokens.map(Tokens::availability);
    let url = Signal::derive(move || {
        let query = host.form().and_then(|form| form.draft.try_with(link::query)).unwrap_or_default();
        [address::base(), Route::CreateIdentity(query).href()].concat()
    });
    let bar = move || {
        let text = match availability.map(|availability| availability.get()).unwrap_or_default() {
            Availability::Available => return None,
            Availability::None => messages::HOST_NO_TOKENS,
            Availability::Refused => messages::HOST_TOKEN_REFUSED,
        };
        Some(view! {
            <MessageBar tone=Tone::Warning>
                <p>{text.text()}</p>
                {open_link(url)}
            </MessageBar>
        })
    };
    let no_storage =
        parent::keeps_nothing().then(|| view! { <MessageBar tone=Tone::Info>{messages::HOST_NOTHING_KEPT.text()}</MessageBar> });
    view! {
        {bar}
        {no_storage}
    }
    .into_any()
}
