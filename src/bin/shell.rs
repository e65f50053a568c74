//! Prints the form's first screen as markup, for `index.html`: what the program will draw, from the
//! same components.

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("{}", identity_portal::app::shell());
}

#[cfg(target_arch = "wasm32")]
fn main() {}
