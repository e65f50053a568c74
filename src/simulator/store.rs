//! What survives a reload: every table, in JSON, with the number of its shape.

use serde::{Deserialize, Serialize};

use super::world::{Tables, World};

/// Most bytes that are saved: browsers give a page's session a few megabytes, and this is one of several things kept there.
pub const SAVED_MAX: usize = 256 * 1024;
/// Goes up when the tables change their shape; what was saved in another shape is left.
const SHAPE: u32 = 2;

#[derive(Serialize, Deserialize)]
struct Saved {
    shape: u32,
    ids_given: u64,
    tables: Tables,
}

pub(crate) fn save(world: &World) -> String {
    let mut saved = Saved { shape: SHAPE, ids_given: world.ids.given, tables: world.tables.clone() };
    loop {
        let text = serde_json::to_string(&saved).unwrap_or_default();
        if text.len() <= SAVED_MAX {
            return text;
        }
        if saved.tables.deployments.is_empty() {
            return String::new();
        }
        let oldest = saved.tables.deployments.len().div_ceil(4);
        saved.tables.deployments.drain(..oldest);
    }
}

pub(crate) fn restore(world: &mut World, text: &str) {
    let Ok(saved) = serde_json::from_str::<Saved>(text) else { return };
    if saved.shape == SHAPE {
        world.tables = saved.tables;
        world.ids.given = saved.ids_given;
        world.revision += 1;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::simulator::seed::DEVELOPMENT;
    use crate::simulator::trial::Trial;

    #[test]
    fn what_was_made_survives() {
        let path = format!("/subscriptions/{DEVELOPMENT}/resourcegroups/rg-new?api-version=2024-07-01");
        let mut trial = Trial::new("");
        let before = trial.simulator.revision();
        trial.get(&path);
        assert_eq!(trial.simulator.revision(), before);
        trial.send("PUT", &path, Some(json!({ "location": "eastus" })));
        assert!(trial.simulator.revision() > before);
        let saved = trial.simulator.saved();
        let mut other = Trial::new("");
        for bad in ["", "{", "[]", "{}", "{\"shape\":0,\"ids_given\":0,\"tables\":{}}", &saved.replace("\"shape\":2", "\"shape\":0")] {
            other.simulator.restore(bad, other.now);
            assert_eq!(other.get(&path).status, 404);
        }
        other.simulator.restore(&saved, other.now);
        assert_eq!(other.get(&path).status, 200);
        other.simulator.reset();
        assert_eq!(other.get(&path).status, 404);
    }
}
