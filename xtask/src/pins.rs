//! The versions of every tool that is not one of our crates. The test packages of Node are in
//! `tests/e2e/package-lock.json`, and `wasm-bindgen` must match `Cargo.lock` exactly.

/// Builds the app.
pub(crate) const TRUNK: &str = "0.21.14";

/// Splits the wasm into parts; must match the `wasm_split_helpers` that leptos depends on.
pub(crate) const WASM_SPLIT: &str = "0.2.4";

/// `wasm-opt`, from npm. With Debian's 108, pages crash at start after wasm-bindgen 0.2.130.
pub(crate) const BINARYEN: &str = "132.0.0";

/// Bundles and minifies scripts and styles.
pub(crate) const ESBUILD: &str = "0.28.2";

/// The minimum Node version of the build and the tests.
pub(crate) const NODE_MAJOR: u32 = 20;

/// The crate whose version in `Cargo.lock` the `wasm-bindgen` tool must have.
pub(crate) const WASM_BINDGEN_CRATE: &str = "wasm-bindgen";
