//! The promised browsers, from `tests/compat/browsers.json`, the only file with their versions.

use anyhow::{Context, Result};
use serde_json::{Map, Value};

const PROMISED: &str = include_str!("../../tests/compat/browsers.json");

/// The esbuild option that targets them.
pub(crate) fn esbuild_target() -> Result<String> {
    let promised: Map<String, Value> = serde_json::from_str(PROMISED).context("tests/compat/browsers.json")?;
    let all: Vec<_> = promised.iter().map(|(name, version)| format!("{name}{}", version.as_str().unwrap_or_default())).collect();
    Ok(format!("--target={}", all.join(",")))
}

#[cfg(test)]
mod tests {
    use super::esbuild_target;

    #[test]
    fn the_target_has_names_with_versions() {
        let target = esbuild_target().unwrap();
        for (name, version) in [("chrome", 3), ("firefox", 3), ("safari", 4)] {
            let (_, rest) = target.split_once(name).unwrap();
            assert_eq!(rest.split(',').next().unwrap().len(), version, "{target}");
        }
    }
}
