//! Saves all tables as JSON with a format version, so that they survive a reload. Hand-written: derived serde code for these
//! records was larger than the rest of the simulator's JSON code together.

use serde_json::{Map, Value};

use super::caller::Caller;
use super::deployment::{Deployment, DeploymentOutcome, DeploymentRequest, PlannedResource, Progress};
use super::json::{json, object};
use super::records::{Group, Registration, Subscription};
use super::resource::Resource;
use super::world::{Tables, World};

/// Maximum size in bytes: browsers give a page's session storage a few megabytes, and this is one of several things kept there.
pub const SAVED_MAX: usize = 256 * 1024;
/// Incremented when the tables' format changes; data in another format is ignored.
const FORMAT: u64 = 6;

pub(crate) fn save(world: &World) -> String {
    let mut saved = json!({ "shape": FORMAT, "ids_given": world.ids.given, "instead_of_seed": is_instead(world) });
    saved["tables"] = world.tables.write();
    loop {
        let text = saved.to_string();
        if text.len() <= SAVED_MAX {
            return text;
        }
        match saved["tables"]["deployments"].as_array_mut() {
            Some(deployments) if !deployments.is_empty() => drop(deployments.drain(..deployments.len().div_ceil(4))),
            _ => return String::new(),
        }
    }
}

pub(crate) fn restore(world: &mut World, text: &str) {
    let Ok(saved) = serde_json::from_str::<Value>(text) else { return };
    if saved["shape"] == FORMAT
        && saved["instead_of_seed"] == is_instead(world)
        && let (Some(tables), Some(given)) = (Tables::read(&saved["tables"]), saved["ids_given"].as_u64())
    {
        world.tables = tables;
        world.ids.given = given;
        world.revision += 1;
    }
}

/// Whether an offline snapshot replaces the seed, so that saved tables do not belong to a seeded world.
fn is_instead(world: &World) -> bool {
    world.offline_snapshot.as_ref().is_some_and(|offline_snapshot| offline_snapshot.is_instead_of_seed)
}

/// A type that can be saved as JSON.
trait Stored: Sized {
    fn write(&self) -> Value;
    fn read(value: &Value) -> Option<Self>;
}

/// Implements it for structs, field by field.
macro_rules! stored {
    ($($record:ident { $($field:ident),* })*) => { $(
        impl Stored for $record {
            fn write(&self) -> Value {
                object(&mut *std::mem::ManuallyDrop::new([$((stringify!($field), self.$field.write())),*]))
            }

            fn read(value: &Value) -> Option<Self> {
                Some(Self { $($field: Stored::read(&value[stringify!($field)])?),* })
            }
        }
    )* };
}

stored! {
    Tables { subscriptions, groups, deleted, resources, registrations, deployments }
    Subscription { id, name, enabled, tags }
    Group { subscription, name, location, tags, gone_at }
    Resource { kind, scope, name, location, tags, properties, made_at }
    Registration { subscription, namespace, since }
    Deployment { asked, by, described, parameters, correlation, tracking, started, ended, planned, progress, outputs, error }
    DeploymentRequest { subscription, group, name, location, tags, mode, template, given }
    PlannedResource { key, id, kind, name, api_version, at, copy, after, made, done }
    Progress { operation, started, ended, status, error }
}

/// Implements it for JSON's own types.
macro_rules! plain {
    ($($kind:ty: $value:ident => $read:expr),*) => { $(
        impl Stored for $kind {
            fn write(&self) -> Value {
                self.clone().into()
            }

            fn read($value: &Value) -> Option<Self> {
                $read
            }
        }
    )* };
}

plain! {
    String: value => value.as_str().map(str::to_owned),
    bool: value => value.as_bool(),
    u64: value => value.as_u64(),
    i64: value => value.as_i64(),
    u16: value => value.as_u64().and_then(|number| number.try_into().ok()),
    usize: value => value.as_u64().and_then(|number| number.try_into().ok()),
    Value: value => Some(value.clone()),
    Map<String, Value>: value => value.as_object().cloned()
}

// Only Preview is saved, which has a single caller.
impl Stored for Caller {
    fn write(&self) -> Value {
        Value::Null
    }

    fn read(_: &Value) -> Option<Self> {
        Some(Self::default())
    }
}

impl Stored for DeploymentOutcome {
    fn write(&self) -> Value {
        self.word().into()
    }

    fn read(value: &Value) -> Option<Self> {
        [Self::Succeeded, Self::Failed, Self::Canceled].into_iter().find(|outcome| value == outcome.word())
    }
}

impl<T: Stored> Stored for Option<T> {
    fn write(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::write)
    }

    fn read(value: &Value) -> Option<Self> {
        if value.is_null() { Some(None) } else { T::read(value).map(Some) }
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn write(&self) -> Value {
        Value::Array(self.iter().map(T::write).collect())
    }

    fn read(value: &Value) -> Option<Self> {
        let mut items = Self::new();
        for item in value.as_array()? {
            items.push(T::read(item)?);
        }
        Some(items)
    }
}

impl<A: Stored, B: Stored> Stored for (A, B) {
    fn write(&self) -> Value {
        Value::Array(vec![self.0.write(), self.1.write()])
    }

    fn read(value: &Value) -> Option<Self> {
        Some((A::read(&value[0])?, B::read(&value[1])?))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::simulator::seed::DEVELOPMENT;
    use crate::simulator::test_harness::TestHarness;
    use crate::simulator::{Faults, Settings, Simulator};

    #[test]
    fn seeded_ids_do_not_depend_on_the_random_bytes() {
        let path =
            format!("/subscriptions/{DEVELOPMENT}/providers/Microsoft.ManagedIdentity/userAssignedIdentities?api-version=2023-01-31");
        let identities = |random: u8| {
            let mut harness = TestHarness::new("");
            let settings = Settings { endpoint: "https://management.azure.com".into(), random: [random; 16], faults: Faults::default() };
            harness.simulator = Simulator::new(settings);
            harness.get(&path).body
        };
        assert_eq!(identities(1)["value"].as_array().map(Vec::len), Some(7));
        assert_eq!(identities(1), identities(2));
    }

    #[test]
    fn created_resources_survive() {
        let path = format!("/subscriptions/{DEVELOPMENT}/resourcegroups/rg-new?api-version=2024-07-01");
        let mut harness = TestHarness::new("");
        let before = harness.simulator.revision();
        harness.get(&path);
        assert_eq!(harness.simulator.revision(), before);
        harness.send("PUT", &path, Some(json!({ "location": "eastus" })));
        assert!(harness.simulator.revision() > before);
        let saved = harness.simulator.saved();
        let mut other = TestHarness::new("");
        let older = saved.replace("\"shape\":6", "\"shape\":0");
        let torn = saved.replace("\"made_at\"", "\"ade_at\"");
        for bad in ["", "{", "[]", "{}", "{\"shape\":6,\"ids_given\":0,\"tables\":{}}", &older, &torn] {
            other.simulator.restore(bad, other.now);
            assert_eq!(other.get(&path).status, 404);
        }
        other.simulator.restore(&saved, other.now);
        assert_eq!(other.get(&path).status, 200);
        other.simulator.reset();
        assert_eq!(other.get(&path).status, 404);
    }
}
