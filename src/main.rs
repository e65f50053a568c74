//! Starts the program.

#[cfg(target_arch = "wasm32")]
fn main() {
    identity_portal::browser::panic::set_hook();
    // Not leptos' own, which is only set up when something is mounted.
    wasm_bindgen_futures::spawn_local(identity_portal::app::start());
}

/// On the host there is no page to start; `shell` prints its first screen.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
