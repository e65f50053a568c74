//! Starts the program.

#[cfg(target_arch = "wasm32")]
fn main() {
    identity_portal::browser::panic::set_hook();
    identity_portal::browser::shell::mount(identity_portal::app::App);
}

/// On the host there is no page to start; `shell` prints its first screen.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
