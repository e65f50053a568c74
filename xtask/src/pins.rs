//! The versions of every tool that is not a crate of ours. The test packages of Node stand in
//! `tests/e2e/package-lock.json`, and `wasm-bindgen` follows `Cargo.lock`, which must match it exactly.

/// Builds the app.
pub(crate) const TRUNK: &str = "0.21.14";

/// Cuts the wasm into parts; goes with `wasm_split_helpers` as leptos brings it.
pub(crate) const WASM_SPLIT: &str = "0.2.4";

/// `wasm-opt`, from npm. Debian's 108 makes pages that die at start after wasm-bindgen 0.2.130.
pub(crate) const BINARYEN: &str = "132.0.0";

/// Joins and minifies scripts and styles.
pub(crate) const ESBUILD: &str = "0.28.2";

/// The oldest Node that the build and the tests run on.
pub(crate) const NODE_MAJOR: u32 = 20;

/// The crate whose version in `Cargo.lock` the `wasm-bindgen` tool must have.
pub(crate) const WASM_BINDGEN_CRATE: &str = "wasm-bindgen";
