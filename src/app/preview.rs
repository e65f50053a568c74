//! The cloud of Preview: the simulator, a part of the program that loads with the first request to it. Its deployment engine is
//! another part, loaded with the first request that needs it.
//!
//! What a person makes in it is kept for the tab, so that a reload finds it again.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use leptos::prelude::*;

use super::lists;
use crate::arm::call::may_send;
use crate::arm::caller::Caller;
use crate::arm::http::{Request, Response};
use crate::arm::last_read::{LastRead, List};
use crate::arm::transport::WireError;
use crate::browser::{address, clock, random, storage};
use crate::cloud::{Answering, Cloud};
use crate::controls::{MessageBar, Part, Tone};
use crate::lazy::PartError;
use crate::messages;
use crate::settings::Settings;
use crate::simulator::{self, Engine, Faults, Reply, Simulator};

/// Where the tab keeps what was made.
const WORLD: &str = "identity-portal:world";

/// Where the simulated ARM says it is. Nothing is ever sent there.
const ORIGIN: &str = "https://management.azure.com";

thread_local! {
    /// Whether the browser keeps Live's lists.
    static KEEPS_LISTS: Cell<bool> = const { Cell::new(false) };
    /// What of Live is shown.
    static SHOWN: RefCell<Option<LastRead>> = const { RefCell::new(None) };
    static SIMULATOR: RefCell<Option<Simulator>> = const { RefCell::new(None) };
}

/// The simulated cloud.
pub(super) fn cloud(settings: &Settings) -> Cloud {
    KEEPS_LISTS.set(settings.keeps_lists());
    Cloud::new(send, || Caller::preview(ORIGIN), ORIGIN)
}

/// Forgets everything that was made.
pub(super) fn reset() {
    storage::forget(WORLD);
}

/// When a list that is shown was read in Live; `None` where no list of Live's is shown.
pub(super) fn read_at(list: &List) -> Option<u64> {
    SHOWN.with_borrow(|shown| shown.as_ref().filter(|shown| shown.subscriptions.at > 0).map(|shown| shown.read_at(list)))
}

/// A note for the page where the address asks for what can't be simulated.
pub(super) fn simulation_note(asked: Vec<String>) -> Option<AnyView> {
    (!asked.is_empty()).then(|| view! { <Part load=move || judged(asked.clone())/> }.into_any())
}

crate::part! {
    in sandbox:
    /// Says which names mean nothing; nothing where all mean something.
    fn judged(asked: Vec<String>) -> AnyView {
        let (_, unknown) = Faults::read(&asked.join(","));
        let told = (!unknown.is_empty()).then(|| {
            let text = messages::SIMULATIONS_UNKNOWN.with([&unknown.join(", "), &Faults::names()]).text();
            view! { <MessageBar tone=Tone::Warning>{text}</MessageBar> }
        });
        told.into_any()
    }
}

fn send(request: Request, pinned: Option<Caller>) -> Answering {
    Box::pin(async move { answered(request, pinned).await.map_err(|PartError| WireError::PartMissing)?.await })
}

crate::part! {
    in sandbox:
    fn answered(request: Request, pinned: Option<Caller>) -> Answering {
        Box::pin(answer(request, pinned))
    }
}

crate::part! {
    in deploy:
    fn deployment_engine() -> Engine {
        simulator::engine()
    }
}

async fn answer(request: Request, pinned: Option<Caller>) -> Result<Response, WireError> {
    may_send(&request, pinned.as_ref(), Some(&Caller::preview(ORIGIN)))?;
    if with_simulator(|simulator| simulator.needs_engine(&request)) {
        let engine = deployment_engine().await.map_err(|PartError| WireError::PartMissing)?;
        with_simulator(|simulator| simulator.set_engine(engine));
    }
    let reply = with_simulator(|simulator| {
        let before = simulator.revision();
        let reply = simulator.answer(&request, clock::now());
        if simulator.revision() != before {
            storage::write(WORLD, &simulator.saved());
        }
        reply
    });
    let (answered, after_ms) = match reply {
        Reply::Answer { response, after_ms } => (Ok(response), after_ms),
        Reply::Unreachable { after_ms } => (Err(WireError::Unreachable), after_ms),
    };
    clock::wait(Duration::from_millis(after_ms.into())).await;
    answered
}

fn with_simulator<T>(act: impl FnOnce(&mut Simulator) -> T) -> T {
    SIMULATOR.with_borrow_mut(|simulator| act(simulator.get_or_insert_with(wake)))
}

/// The simulator as this tab left it.
fn wake() -> Simulator {
    // The names stand in the address, which is read once.
    let names = Settings::default().at_address(&address::query(), &address::fragment()).simulate;
    let (faults, _) = Faults::read(&names.join(","));
    let mut simulator = Simulator::without_engine(simulator::Settings { endpoint: ORIGIN.to_owned(), random: random::id(), faults });
    if let Some(lists) = lists::for_preview(KEEPS_LISTS.get()) {
        simulator.offline_snapshot(&lists);
        SHOWN.set(Some(lists));
    }
    if let Some(saved) = storage::read(WORLD) {
        simulator.restore(&saved, clock::now());
    }
    simulator
}
