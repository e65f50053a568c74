//! Prints the markup of the form's first screen for `index.html`, rendered by the same components as in the app.

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("{}", identity_portal::app::shell());
}

#[cfg(target_arch = "wasm32")]
fn main() {}
