//! Azure Resource Manager in memory, at the level of HTTP requests and responses. Pure: time and random bytes are arguments,
//! and the caller waits out the milliseconds that a response takes.
//!
//! `docs/simulator.md` lists its faults and what is not simulated, and explains how to add a resource type.

mod authorization_filter;
mod built_in_roles;
mod call;
mod caller;
mod clusters;
mod condition;
mod credentials;
mod delegation;
mod deployment;
mod deployment_path;
mod deployment_type;
mod deployments;
mod engine;
mod faults;
mod filter;
mod handlers;
mod identities;
mod ids;
mod json;
mod locks;
mod lookups;
mod offline_snapshot;
mod operations;
mod page;
mod permissions;
mod permitted;
mod policy;
mod preconditions;
mod providers;
mod readable;
mod records;
mod refusal;
mod regions;
mod registries;
mod resource;
mod resource_graph;
mod resource_graph_type;
mod resource_groups;
mod resource_handler;
mod resource_handlers;
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
pub use handlers::{Handlers, handlers};

use crate::arm::http::{Request, Response};
use crate::arm::last_read::LastRead;
use call::Call;
use lookups::Lookup;
use world::World;

#[derive(Clone, Debug)]
pub struct Settings {
    /// The origin of absolute links in responses, such as `https://management.azure.com`.
    pub endpoint: String,
    /// The seed of all fresh IDs: the same bytes give the same IDs.
    pub random: [u8; 16],
    /// Faults and datasets.
    pub faults: Faults,
}

/// The result of a request, due after a delay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// A response of any status.
    Answer {
        response: Response,
        /// The delay in milliseconds.
        after_ms: u32,
    },
    /// No response: the network is down.
    Unreachable {
        /// The delay in milliseconds.
        after_ms: u32,
    },
}

/// The latest time with a four-digit year.
const LAST_MS: u64 = 253_402_300_799_999;

/// A simulated Azure.
#[derive(Debug)]
pub struct Simulator {
    settings: Settings,
    world: World,
    handlers: Option<Handlers>,
    engine: Option<Engine>,
    /// A saved state that waits for the handlers.
    saved: Option<String>,
}

/// What a request must wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    /// See [`set_handlers`](Simulator::set_handlers).
    pub handlers: bool,
    /// See [`set_engine`](Simulator::set_engine).
    pub engine: bool,
}

impl Simulator {
    /// The seeded world with all that requests may need.
    pub fn new(settings: Settings) -> Self {
        Self { handlers: Some(handlers()), engine: Some(engine()), ..Self::for_lookups(settings) }
    }

    /// The seeded world with only what the form needs for its lists and checks. The rest is loaded later: see
    /// [`missing`](Self::missing).
    pub fn for_lookups(settings: Settings) -> Self {
        let world = World::new(settings.endpoint.clone(), settings.random, settings.faults, seed::tables::tables());
        Self { settings, world, handlers: None, engine: None, saved: None }
    }

    /// Adds the handlers, and restores the state that waits for them.
    pub fn set_handlers(&mut self, handlers: Handlers) {
        self.handlers = Some(handlers);
        if let Some(saved) = self.saved.take() {
            (handlers.restore)(&mut self.world, &saved);
        }
    }

    pub fn set_engine(&mut self, engine: Engine) {
        self.engine = Some(engine);
    }

    /// What `request` must wait for; once that is there, a saved state may need more. The handlers: it is no lookup, or a saved state
    /// waits for them. The engine: it may start or validate a deployment, or a deployment is running. Without these, the request
    /// gets a 503, and deployments make no progress.
    pub fn missing(&self, request: &Request) -> Missing {
        let call = Call::of(request, 0);
        Missing {
            handlers: self.handlers.is_none() && (self.saved.is_some() || Lookup::of(&call).is_none()),
            engine: self.engine.is_none() && (deployments::under_way(&self.world) || deployments::needs_engine(&call)),
        }
    }

    /// The reply to `request` at `now`, in milliseconds since 1970.
    pub fn answer(&mut self, request: &Request, now: u64) -> Reply {
        let now = now.min(LAST_MS);
        self.advance(now);
        self.world.budget.refill(1);
        wire::carry(&mut self.world, self.handlers, self.engine, &Call::of(request, now))
    }

    /// The same for `caller`, with absolute links below `endpoint`.
    pub fn answer_for(&mut self, caller: &Caller, endpoint: &str, request: &Request, now: u64) -> Reply {
        self.world.caller = caller.clone();
        endpoint.clone_into(&mut self.world.endpoint);
        self.answer(request, now)
    }

    /// Adds subscriptions, as pairs of ID and name, in a tenant that is not seeded. [`reset`](Self::reset) removes them.
    pub fn add_subscriptions(&mut self, tenant: &str, subscriptions: &[(&str, &str)]) {
        self.world.add_subscriptions(tenant, subscriptions);
    }

    /// Gives the principal, a user, the built-in role with this ID, under a condition if there is one. [`reset`](Self::reset) takes it
    /// back.
    pub fn assign_role(&mut self, scope: &str, role: &str, principal: &str, condition: Option<&str>) {
        self.world.tables.resources.push(roles::of_user(scope, role, principal, condition));
    }

    /// Shows another cloud's lists: in place of the seeded world if they include subscriptions, otherwise in addition to it.
    /// Call it before [`restore`](Self::restore).
    pub fn offline_snapshot(&mut self, lists: &LastRead) {
        self.world.take_offline_snapshot(lists);
    }

    /// The tenant of a subscription; `None` if the subscription does not exist.
    pub fn tenant_of(&self, subscription: &str) -> Option<&str> {
        self.world.tenant_of(subscription)
    }

    /// The state, including running deployments, as JSON of at most [`SAVED_MAX`] bytes: the oldest deployments are dropped
    /// first. Empty without the handlers: nothing has changed.
    pub fn saved(&self) -> String {
        self.handlers.map_or_else(String::new, |handlers| (handlers.save)(&self.world))
    }

    /// Restores the output of [`saved`](Self::saved) and advances it to `now`, once the handlers are there. Invalid data, or data
    /// of another release's format, is ignored.
    pub fn restore(&mut self, saved: &str, now: u64) {
        match self.handlers {
            Some(handlers) => (handlers.restore)(&mut self.world, saved),
            None => self.saved = Some(saved.to_owned()),
        }
        self.advance(now.min(LAST_MS));
    }

    /// Restores the seeded world.
    pub fn reset(&mut self) {
        let revision = self.world.revision;
        self.world = World::new(self.settings.endpoint.clone(), self.settings.random, self.settings.faults, seed::tables::tables());
        self.world.revision = revision + 1;
    }

    fn advance(&mut self, now: u64) {
        // Only the handlers change anything.
        let Some(handlers) = self.handlers else { return };
        self.world.role = handlers.role;
        match self.engine {
            Some(engine) => (engine.advance)(&mut self.world, now),
            // The engine must advance running deployments before anything else changes.
            None if deployments::under_way(&self.world) => return,
            None => {}
        }
        (handlers.advance)(&mut self.world, now);
    }

    /// Incremented on every change, so that a caller saves only after changes.
    pub fn revision(&self) -> u64 {
        self.world.revision
    }
}

pub use store::SAVED_MAX;
pub use time::spoken;
