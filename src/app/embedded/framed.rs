//! From the first knock to the form: who frames this page, whether it may, and what it wants. Until that is known nothing is
//! drawn but a way to open the page by itself.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::start::{compiled, settings, stop};
use super::super::{App, follow_address};
use super::{events, host, tokens};
use crate::arm::guid::Guid;
use crate::browser::{address, clock, element, parent, random, shell as first_screen, storage};
use crate::cloud::Cloud;
use crate::controls::{Hold, Holds, MessageBar, Tone};
use crate::create::hosted::HostedForm;
use crate::embed::limits::LENGTH_MAX;
use crate::embed::message::{FromPage, Ignored, Options, hello, knock};
use crate::embed::rules::stricter;
use crate::embed::values::field_of_control;
use crate::lazy::PartError;
use crate::messages::{self, Locale, Sentence};
use crate::portal::hosted::Hosted;
use crate::portal::kept_draft;
use crate::portal::route::Route;
use crate::provisioning::link;
use crate::provisioning::rules::Rules;
use crate::settings::{Mode, Settings, offered_rules};

/// How long the page around this one may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Where the tab keeps what was pre-filled last.
const PREFILLED: &str = "identity-portal:prefilled";

/// How far it is.
#[derive(Clone)]
enum Stage {
    /// Nobody has answered yet.
    Waiting,
    /// By itself only: why.
    Alone(Why),
    /// Inside, with the settings of both sides.
    Inside(Box<Settings>),
}

/// Why nothing is shown here.
#[derive(Clone)]
enum Why {
    /// The page around is none of those that may.
    Foreign,
    /// It did not answer in time.
    Silent,
    /// Its rules can't be used.
    Rules(Vec<Sentence>),
}

pub(super) async fn start() {
    let settings = match settings().await {
        Ok(settings) => settings,
        Err(problems) => return stop(problems),
    };
    settings.locale.make_current();
    element::mark_root("data-embedded", Some(""));
    let (stage, route) = (RwSignal::new(Stage::Waiting), RwSignal::new(None));
    host::begin(stage_again(stage));
    first_screen::hand_over(first_screen::draw(move || {
        move || match stage.get() {
            Stage::Waiting => {
                view! { <main id="main" class="framed"><p role="status">{messages::FRAMED_WAITING.text()}</p></main> }.into_any()
            }
            Stage::Alone(why) => alone(&why),
            Stage::Inside(settings) => inside(*settings, route),
        }
    }));
    let framed_by = parent::origin();
    let allowed = settings.allowed_origins.clone();
    let asked: Vec<String> = match &framed_by {
        Some(origin) => allowed.iter().filter(|allowed| *allowed == origin).cloned().collect(),
        None => allowed,
    };
    let Some(nonce) = random::secret().map(|bytes| Guid::from_random(bytes).to_string()) else {
        stage.set(Stage::Alone(Why::Silent));
        return;
    };
    listen(asked.clone(), nonce.clone(), settings, stage, route);
    if asked.is_empty() {
        stage.set(Stage::Alone(Why::Foreign));
        return;
    }
    for origin in &asked {
        parent::say(&knock(&nonce), origin);
    }
    clock::wait(PATIENCE).await;
    if matches!(stage.get_untracked(), Stage::Waiting) {
        stage.set(Stage::Alone(Why::Silent));
    }
}

/// Draws the page anew, as for another language.
fn stage_again(stage: RwSignal<Stage>) -> Callback<()> {
    Callback::new(move |()| stage.update(|_| {}))
}

/// Hears everything that is said to this window, and takes one answer to the knock: of the parent, of an origin that may,
/// of our protocol, with our one-time word and one port.
fn listen(allowed: Vec<String>, nonce: String, settings: Settings, stage: RwSignal<Stage>, route: RwSignal<Option<Route>>) {
    parent::listen(LENGTH_MAX, move |heard| {
        let may = heard.by_parent && allowed.contains(&heard.origin) && !host::is_known();
        let answer = if may { heard.text.as_deref().map_or(Err(Ignored::Shape), |text| hello(text, &nonce)) } else { Err(Ignored::Replay) };
        match (answer, heard.port) {
            (Ok(options), Some(port)) => {
                host::know(port, &options);
                let settings = settings.clone();
                spawn_local(async move {
                    match dressed(settings, &options).await {
                        Ok(settings) => enter(settings, &options, stage, route),
                        Err(problems) => {
                            let told = problems.iter().map(Sentence::text).collect::<Vec<_>>().join(" ");
                            host::say(&FromPage::Failed { code: "bad-rules".to_owned(), message: told });
                            stage.set(Stage::Alone(Why::Rules(problems)));
                        }
                    }
                });
            }
            _ => host::ignore(1),
        }
    });
}

crate::part! {
    in azure:
    fn offered(rules: String) -> Result<Rules, Vec<Sentence>> {
        offered_rules(&rules)
    }
}

/// The settings of this deployment with what the host wants of them. Its rules only add.
async fn dressed(mut settings: Settings, options: &Options) -> Result<Settings, Vec<Sentence>> {
    if !options.rules.is_empty() {
        let offered = offered(options.rules.clone()).await.unwrap_or_else(|PartError| Err(vec![messages::PART_FAILED.into()]))?;
        settings.rules = stricter(&settings.rules, &compiled(offered).await?);
    }
    options.prefill.fill(&mut settings.defaults);
    if options.locale == "pseudo" {
        settings.locale = Locale::Pseudo;
    }
    Ok(settings)
}

fn enter(settings: Settings, options: &Options, stage: RwSignal<Stage>, route: RwSignal<Option<Route>>) {
    settings.locale.make_current();
    // What is pre-filled anew begins anew; the same again, as after a reload, leaves what was typed since.
    let prefilled = serde_json::to_string(&options.prefill).unwrap_or_default();
    if storage::read(PREFILLED).is_some_and(|before| before != prefilled) {
        kept_draft::forget();
    } else if let Some(mut kept) = kept_draft::kept() {
        host::fixed().fill(&mut kept);
        kept_draft::store(&kept);
    }
    storage::write(PREFILLED, &prefilled);
    host::dress(&options.theme);
    let mode = if settings.mode == Mode::Live { "live" } else { "preview" };
    tokens::set_up(&settings, options.tokens);
    stage.set(Stage::Inside(Box::new(settings)));
    spawn_local(async move {
        // First the frame, then its page, as at any start.
        clock::wait(Duration::ZERO).await;
        host::say(&FromPage::Ready { mode });
        route.set(Some(place()));
        follow_address(route, place);
        clock::wait(Duration::ZERO).await;
        host::entered();
        parent::on_height(|height| host::say(&FromPage::Resize { height }));
    });
}

/// The page of the address: the form, and what it leads to.
fn place() -> Route {
    match super::super::addressed() {
        route @ Route::CreateIdentity(_) => route,
        route @ (Route::Deployment(_) | Route::Identity(_) | Route::Identities) if !host::code_only() => route,
        _ => Route::CreateIdentity(String::new()),
    }
}

fn inside(settings: Settings, route: RwSignal<Option<Route>>) -> AnyView {
    let cloud =
        (settings.mode == Mode::Live).then(|| Cloud::new(tokens::send, tokens::present, settings.cloud.resource_manager.clone().leak()));
    let take: fn(_) = events::take;
    provide_context(Hosted { cloud, note, began: events::began, closed: || host::say(&FromPage::Cancelled {}) });
    provide_context(HostedForm { opened: events::opened, take: host::code_only().then_some(take) });
    provide_context(Holds(hold));
    view! { <App settings=settings route=route/> }.into_any()
}

/// How a field is held, by its control's id.
fn hold(id: &str) -> Hold {
    field_of_control(id).map_or(Hold::Free, host::hold)
}

/// Only the way out.
fn alone(why: &Why) -> AnyView {
    let (text, problems) = match why {
        Why::Foreign => (messages::FRAMED_FOREIGN, None),
        Why::Silent => (messages::FRAMED_SILENT, None),
        Why::Rules(problems) => (messages::HOST_RULES_TITLE, Some(problems.iter().map(Sentence::text).collect::<Vec<_>>())),
    };
    let problems = problems.map(|problems| problems.into_iter().map(|problem| view! { <li>{problem}</li> }).collect::<Vec<_>>());
    let here = [address::base(), Route::CreateIdentity(String::new()).href()].concat();
    view! {
        <main id="main" class="framed">
            <h1>{messages::PRODUCT_NAME.text()}</h1>
            <p>{text.text()}</p>
            {problems.map(|problems| view! { <ul>{problems}</ul> })}
            {way_out(Signal::stored(here))}
        </main>
    }
    .into_any()
}

/// The page by itself. A link of its own: the control for it would be one more file for what shares it.
fn way_out(here: Signal<String>) -> AnyView {
    view! {
        <div class="actions">
            <a class="button" data-kind="primary" href=move || here.get() target="_blank" rel="noopener">{messages::OPEN_IN_NEW_TAB.text()}</a>
        </div>
    }
    .into_any()
}

/// Above every page: what can't be done here.
fn note() -> AnyView {
    let giving = tokens::giving();
    let here = Signal::derive(move || {
        let query = host::form().and_then(|form| form.draft.try_with(link::query)).unwrap_or_default();
        [address::base(), Route::CreateIdentity(query).href()].concat()
    });
    let bar = move || {
        let text = match giving.map(|giving| giving.get()).unwrap_or_default() {
            tokens::Giving::Given => return None,
            tokens::Giving::Nobody => messages::HOST_NO_TOKENS,
            tokens::Giving::Refused => messages::HOST_TOKEN_REFUSED,
        };
        Some(view! {
            <MessageBar tone=Tone::Warning>
                <p>{text.text()}</p>
                {way_out(here)}
            </MessageBar>
        })
    };
    let forgetful =
        parent::keeps_nothing().then(|| view! { <MessageBar tone=Tone::Info>{messages::HOST_NOTHING_KEPT.text()}</MessageBar> });
    view! {
        {bar}
        {forgetful}
    }
    .into_any()
}
