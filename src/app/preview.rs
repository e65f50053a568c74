//! The cloud of Preview: the simulator, a part of the program that loads with the first request to it. The handlers of what the form
//! doesn't ask before it is sent, and the deployment engine, are two more parts, loaded with the first request that needs them.
//!
//! The tab stores what a person creates in it, so that it survives a reload.

use std::cell::{RefCell, RefMut};
use std::mem::ManuallyDrop;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;

use super::lists;
use crate::arm::call::may_send;
use crate::arm::caller::Caller;
use crate::arm::http::{Request, Response};
use crate::arm::last_read::{LastRead, List};
use crate::arm::transport::WireError;
use crate::browser::{address, clock, random, storage};
use crate::cloud::{Backend, Cloud, ResponseFuture};
use crate::controls::{MessageBar, Part, Tone};
use crate::lazy::PartError;
use crate::messages;
use crate::settings::Settings;
use crate::simulator::{self, Engine, Faults, Handlers, Missing, Reply, Simulator};

/// The storage key of the simulator's state.
const WORLD: &str = "identity-portal:world";

/// The origin of the simulated ARM. Nothing is ever sent there.
const ORIGIN: &str = "https://management.azure.com";

/// The simulator, and the lists of Live that it shows.
struct World {
    simulator: Simulator,
    shown: Option<LastRead>,
}

/// Answers requests from the simulator, once its part is loaded.
struct SimulatorBackend {
    /// Whether the browser stores Live's lists.
    keeps_lists: bool,
    /// Never dropped, like the page: the code that would drop it stays out of the first load.
    world: RefCell<Option<ManuallyDrop<World>>>,
}

/// The cloud of Preview.
#[derive(Clone, Copy)]
pub(super) struct Preview {
    backend: StoredValue<Rc<SimulatorBackend>, LocalStorage>,
    cloud: Cloud,
}

impl Preview {
    pub(super) fn new(settings: &Settings) -> Self {
        let backend = Rc::new(SimulatorBackend { keeps_lists: settings.keeps_lists(), world: RefCell::default() });
        Self { backend: StoredValue::new_local(Rc::clone(&backend)), cloud: Cloud::new(backend) }
    }

    pub(super) fn cloud(self) -> Cloud {
        self.cloud
    }

    /// When Live read a list that is shown; `None` if no list of Live is shown.
    pub(super) fn read_at(self, list: &List) -> Option<u64> {
        let backend = self.backend.get_value();
        let world = backend.world.borrow();
        let shown = world.as_ref()?.shown.as_ref()?;
        (shown.subscriptions.at > 0).then(|| shown.read_at(list))
    }
}

impl Backend for SimulatorBackend {
    fn send(self: Rc<Self>, request: Request, pinned: Option<Caller>) -> ResponseFuture {
        Box::pin(async move { answered(self, request, pinned).await.map_err(|PartError| WireError::PartMissing)?.await })
    }

    fn caller(&self) -> Caller {
        Caller::preview(ORIGIN)
    }

    fn origin(&self) -> &str {
        ORIGIN
    }
}

/// Deletes everything that was created.
pub(super) fn reset() {
    storage::forget(WORLD);
}

/// A note for the page if the address names something that can't be simulated.
pub(super) fn simulation_note(asked: Vec<String>) -> Option<AnyView> {
    (!asked.is_empty()).then(|| view! { <Part load=move || judged(asked.clone())/> }.into_any())
}

crate::part! {
    in sandbox:
    /// Lists the unknown names; empty if all are known.
    fn judged(asked: Vec<String>) -> AnyView {
        let (_, unknown) = Faults::read(&asked.join(","));
        let told = (!unknown.is_empty()).then(|| {
            let text = messages::SIMULATIONS_UNKNOWN.with([&unknown.join(", "), &Faults::names()]).text();
            view! { <MessageBar tone=Tone::Warning>{text}</MessageBar> }
        });
        told.into_any()
    }
}

crate::part! {
    in sandbox:
    fn answered(backend: Rc<SimulatorBackend>, request: Request, pinned: Option<Caller>) -> ResponseFuture {
        Box::pin(answer(backend, request, pinned))
    }
}

crate::part! {
    in handlers:
    fn handlers() -> Handlers {
        simulator::handlers()
    }
}

crate::part! {
    in deploy:
    fn deployment_engine() -> Engine {
        simulator::engine()
    }
}

async fn answer(backend: Rc<SimulatorBackend>, request: Request, pinned: Option<Caller>) -> Result<Response, WireError> {
    may_send(&request, pinned.as_ref(), Some(&Caller::preview(ORIGIN)))?;
    loop {
        let missing = backend.simulator().missing(&request);
        if !missing.handlers && !missing.engine {
            break;
        }
        load(&backend, missing).await.map_err(|PartError| WireError::PartMissing)?;
    }
    let (answered, after_ms) = match backend.reply(&request) {
        Reply::Answer { response, after_ms } => (Ok(response), after_ms),
        Reply::Unreachable { after_ms } => (Err(WireError::Unreachable), after_ms),
    };
    clock::wait(Duration::from_millis(after_ms.into())).await;
    answered
}

/// Loads what is missing, both parts at once.
async fn load(backend: &SimulatorBackend, missing: Missing) -> Result<(), PartError> {
    let handlers = async { if missing.handlers { handlers().await.map(Some) } else { Ok(None) } };
    let engine = async { if missing.engine { deployment_engine().await.map(Some) } else { Ok(None) } };
    let (handlers, engine) = futures::join!(handlers, engine);
    if let Some(handlers) = handlers? {
        backend.simulator().set_handlers(handlers);
    }
    if let Some(engine) = engine? {
        backend.simulator().set_engine(engine);
    }
    Ok(())
}

impl SimulatorBackend {
    fn simulator(&self) -> RefMut<'_, Simulator> {
        RefMut::map(self.world.borrow_mut(), |world| {
            &mut world.get_or_insert_with(|| ManuallyDrop::new(restored(self.keeps_lists))).simulator
        })
    }

    /// The simulator's reply. What it changes is stored.
    fn reply(&self, request: &Request) -> Reply {
        let mut simulator = self.simulator();
        let before = simulator.revision();
        let reply = simulator.answer(request, clock::now());
        if simulator.revision() != before {
            storage::write(WORLD, &simulator.saved());
        }
        reply
    }
}

/// The state that this tab stored.
fn restored(keeps_lists: bool) -> World {
    // The names are in the address, which is read once.
    let names = Settings::default().at_address(&address::query(), &address::fragment()).simulate;
    let (faults, _) = Faults::read(&names.join(","));
    let mut simulator = Simulator::for_lookups(simulator::Settings { endpoint: ORIGIN.to_owned(), random: random::id(), faults });
    let shown = lists::for_preview(keeps_lists);
    if let Some(lists) = &shown {
        simulator.offline_snapshot(lists);
    }
    if let Some(saved) = storage::read(WORLD) {
        simulator.restore(&saved, clock::now());
    }
    World { simulator, shown }
}
