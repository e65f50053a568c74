//! The versions of every tool that is not one of our crates. The test packages of Node are in
//! `tests/e2e/package-lock.json`, and the tools that are crates in `xtask/wasm-tools`.

/// Splits the wasm into parts; must match the `wasm_split_helpers` that leptos depends on.
pub(crate) const WASM_SPLIT: &str = "0.2.4";

/// Only a test needs it: `cargo xtask build` doesn't use it.
pub(crate) const TRUNK: &str = "0.21.14";

/// `wasm-opt`, from npm. With Debian's 108, pages crash at start after wasm-bindgen 0.2.130.
pub(crate) const BINARYEN: &str = "132.0.0";

/// Bundles and minifies scripts and styles.
pub(crate) const ESBUILD: &str = "0.28.2";

/// The minimum Node version of the build and the tests.
pub(crate) const NODE_MAJOR: u32 = 20;
