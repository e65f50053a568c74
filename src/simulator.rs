//! Azure Resource Manager in memory, at the level of HTTP requests and responses. Pure: time and random bytes come in as
//! arguments, and whoever calls waits the milliseconds that an answer takes.
//!
//! `docs/simulator.md` lists its faults and what is not simulated, and says how to add a resource type.

mod call;
mod caller;
mod credentials;
mod deployment;
mod deployment_path;
mod deployment_type;
mod deployments;
mod engine;
mod faults;
mod filter;
mod identities;
mod ids;
mod json;
mod locks;
mod offline_snapshot;
mod operations;
mod page;
mod permissions;
mod policy;
mod preconditions;
mod providers;
mod records;
mod refusal;
mod regions;
mod resource;
mod resource_groups;
mod resource_list;
mod resource_type;
mod response;
mod rights;
mod role_definitions;
mod roles;
mod route;
pub mod seed;
mod storage_accounts;
mod store;
mod subscriptions;
mod tag_rules;
mod tags;
mod template;
#[cfg(test)]
mod test_harness;
mod time;
mod types;
mod versions;
mod wire;
mod world;

pub use caller::{Caller, Role, Tenant};
pub use engine::{Engine, engine};
pub use faults::{FAULTS, Fault, Faults};

use crate::arm::http::{Request, Response};
use crate::arm::last_read::LastRead;
use call::Call;
use world::World;

/// What a simulator is made with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where it seems to be, such as `https://management.azure.com`: what absolute links in answers begin with.
    pub endpoint: String,
    /// What every fresh id derives from: the same bytes give the same ids.
    pub random: [u8; 16],
    /// Faults and data sets.
    pub faults: Faults,
}

/// What comes back, once the caller has waited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// An answer, good or bad.
    Answer {
        /// The answer.
        response: Response,
        /// How long it takes, in milliseconds.
        after_ms: u32,
    },
    /// No answer: the network is gone.
    Unreachable {
        /// How long it takes to find out, in milliseconds.
        after_ms: u32,
    },
}

/// The last moment that can be written with four digits for its year.
const LAST_MS: u64 = 253_402_300_799_999;

/// A simulated Azure.
#[derive(Debug)]
pub struct Simulator {
    settings: Settings,
    world: World,
    engine: Option<Engine>,
}

impl Simulator {
    /// The seeded world, with the deployment engine.
    pub fn new(settings: Settings) -> Self {
        Self { engine: Some(engine()), ..Self::without_engine(settings) }
    }

    /// The seeded world without the deployment engine, for where that is loaded later: see [`needs_engine`](Self::needs_engine).
    pub fn without_engine(settings: Settings) -> Self {
        let world = World::new(settings.endpoint.clone(), settings.random, settings.faults, seed::tables::tables());
        Self { settings, world, engine: None }
    }

    /// Gives it the deployment engine.
    pub fn set_engine(&mut self, engine: Engine) {
        self.engine = Some(engine);
    }

    /// Whether `request` has to wait for [`set_engine`](Self::set_engine): it may start or check a deployment, or one is under way.
    /// Until then, deployments stand still and requests for new ones are refused with 503.
    pub fn needs_engine(&self, request: &Request) -> bool {
        self.engine.is_none() && (deployments::under_way(&self.world) || deployments::needs_engine(&Call::of(request, 0)))
    }

    /// The answer to `request` at `now`, in milliseconds since 1970.
    pub fn answer(&mut self, request: &Request, now: u64) -> Reply {
        let now = now.min(LAST_MS);
        self.advance(now);
        self.world.budget.refill(1);
        wire::carry(&mut self.world, self.engine, &Call::of(request, now))
    }

    /// The same for `caller`, with links that begin with `endpoint`.
    pub fn answer_for(&mut self, caller: &Caller, endpoint: &str, request: &Request, now: u64) -> Reply {
        self.world.caller = caller.clone();
        endpoint.clone_into(&mut self.world.endpoint);
        self.answer(request, now)
    }

    /// Adds subscriptions, by id and name, of a directory that is not seeded; a [`reset`](Self::reset) takes them away.
    pub fn add_subscriptions(&mut self, tenant: &str, subscriptions: &[(&str, &str)]) {
        self.world.add_subscriptions(tenant, subscriptions);
    }

    /// Shows what was read of another cloud: instead of the seeded world where its subscriptions were read, else besides it.
    /// To be called before [`restore`](Self::restore).
    pub fn offline_snapshot(&mut self, lists: &LastRead) {
        self.world.take_offline_snapshot(lists);
    }

    /// The directory that a subscription belongs to; `None` where there is no such subscription.
    pub fn tenant_of(&self, subscription: &str) -> Option<&str> {
        self.world.tenant_of(subscription)
    }

    /// What is there, a running deployment included, as JSON of at most [`SAVED_MAX`] bytes: the oldest deployments go first.
    pub fn saved(&self) -> String {
        store::save(&self.world)
    }

    /// Puts back what [`saved`](Self::saved) gave, and what has gone on since then. What cannot be read, or is of
    /// another release's shape, is left.
    pub fn restore(&mut self, saved: &str, now: u64) {
        store::restore(&mut self.world, saved);
        self.advance(now.min(LAST_MS));
    }

    /// The seeded world again.
    pub fn reset(&mut self) {
        let revision = self.world.revision;
        self.world = World::new(self.settings.endpoint.clone(), self.settings.random, self.settings.faults, seed::tables::tables());
        self.world.revision = revision + 1;
    }

    fn advance(&mut self, now: u64) {
        match self.engine {
            Some(engine) => (engine.advance)(&mut self.world, now),
            // Nothing may overtake what they do.
            None if deployments::under_way(&self.world) => return,
            None => {}
        }
        resource_groups::advance(&mut self.world, now);
    }

    /// Goes up with every change, so that a caller saves after changes alone.
    pub fn revision(&self) -> u64 {
        self.world.revision
    }
}

pub use store::SAVED_MAX;
pub use time::spoken;
