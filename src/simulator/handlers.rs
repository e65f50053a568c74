//! The handlers of every request that is no [`Lookup`](super::lookups::Lookup), and of the stored state. The
//! [`Simulator`](super::Simulator) gets them as a value, because browsers load them only with the first request that needs them.

use serde_json::Value;

use super::call::Call;
use super::engine::Engine;
use super::permitted::Rights;
use super::response::ArmResult;
use super::world::World;
use super::{built_in_roles, resource_groups, route, store};

/// Their entry points. Only [`handlers()`] creates one.
#[derive(Clone, Copy, Debug)]
pub struct Handlers {
    pub(super) answer: fn(&mut World, Option<Engine>, &Call) -> ArmResult,
    /// Ends the deletions that are complete at a time, in milliseconds since 1970.
    pub(super) advance: fn(&mut World, u64),
    pub(super) save: fn(&World) -> String,
    pub(super) restore: fn(&mut World, &str),
    /// What the role with an ID permits.
    pub(super) role: fn(&str) -> Option<Rights>,
    /// The text of any JSON.
    pub(super) write: fn(&Value) -> String,
}

/// Calling this links all of their code.
pub fn handlers() -> Handlers {
    Handlers {
        answer: route::answer,
        advance: resource_groups::advance,
        save: store::save,
        restore: store::restore,
        role: built_in_roles::rights,
        write: Value::to_string,
    }
}
